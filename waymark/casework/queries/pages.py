"""What the pages of cases show. What a person sees starts from their post."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from waymark.casework.enums import WAITING, Arrangement, Held, MeetingState, TransferState
from waymark.casework.models import (
    AgreedStep,
    Attendee,
    Case,
    CaseManager,
    CaseWorker,
    ContactMade,
    Enquiry,
    KeptWhy,
    Meeting,
    MovedMeeting,
    Party,
    Transfer,
)
from waymark.casework.queries.cases import WHO, manager_of
from waymark.casework.rules import Continuity, Stretch, contact_rule, continuity
from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim
from waymark.directory.enums import ContactDuring
from waymark.directory.models import Contact, Service
from waymark.interviews.diary.queries import day_words
from waymark.interviews.holding import rules_for
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.programme.queries import Rules

CONTACTS_SHOWN = 30
WORKER = ("organisation", "contact", "service", "post__person", "post__team__office")
TRANSFER = (
    "from_manager__post__person",
    "from_manager__contact",
    "to_post__person",
    "to_post__team__office",
    "to_contact__organisation",
    "proposed_by__person",
    "answered_by__person",
)


def claims_seen_by(post: Post) -> QuerySet[Claim]:
    """The claims a post reaches, with what a page on a customer needs."""
    return Claim.objects.filter(claims_within_reach(post)).select_related(
        "customer__safe_contact", "customer__access_needs", "office__district"
    )


def claim_for(post: Post, ref: str) -> Claim:
    """One claim. Raises Claim.DoesNotExist for strangers."""
    return claims_seen_by(post).get(ref=ref)


def cases_seen_by(post: Post) -> QuerySet[Case]:
    return Case.objects.filter(claim__in=Claim.objects.filter(claims_within_reach(post))).select_related(
        "claim__customer", "claim__office__district", "contact_via__organisation"
    )


def case_for(post: Post, ref: str) -> Case:
    """One case. Raises Case.DoesNotExist for strangers."""
    return cases_seen_by(post).get(ref=ref)


def last_case_of(claim: Claim) -> Case | None:
    """The open case, else the one closed last. One query."""
    return (
        Case.objects.filter(claim=claim)
        .select_related("contact_via__organisation", "closed_by__person", "claim")
        .order_by("-opened_at")
        .first()
    )


def transfer_for(post: Post, ref: str) -> Transfer:
    """A transfer of a case the post reaches, or that they are asked to take."""
    reached = Q(case__claim__in=Claim.objects.filter(claims_within_reach(post)))
    return (
        Transfer.objects.filter(reached | Q(to_post__person=post.person_id))
        .select_related("case__claim__customer", "case__claim__office__district", *TRANSFER)
        .get(ref=ref)
    )


def meeting_for(post: Post, ref: str) -> Meeting:
    """A meeting about a customer the post reaches. Raises Meeting.DoesNotExist for strangers."""
    return (
        Meeting.objects.filter(case__claim__in=Claim.objects.filter(claims_within_reach(post)))
        .select_related("case__claim__customer", "case__claim__office__district", "transfer")
        .prefetch_related(
            Prefetch(
                "attendees",
                Attendee.objects.select_related("post__team__office", "contact__organisation"),
            ),
            Prefetch("moves", MovedMeeting.objects.select_related("moved_by__person")),
            "steps",
        )
        .get(ref=ref)
    )


def enquiry_for(post: Post, ref: str) -> Enquiry:
    reached = Q(case__claim__in=Claim.objects.filter(claims_within_reach(post)))
    return (
        Enquiry.objects.filter(reached | Q(case=None, asked_by__person=post.person_id))
        .select_related("case__claim__customer", "service__organisation", "asked_by__person")
        .get(ref=ref)
    )


def worker_for(case: Case, ref: str) -> CaseWorker:
    return case.workers.select_related(*WORKER).get(ref=ref)


def step_for(post: Post, ref: str) -> AgreedStep:
    return (
        AgreedStep.objects.filter(meeting__case__claim__in=Claim.objects.filter(claims_within_reach(post)))
        .select_related("meeting__case__claim__customer", "attendee")
        .get(ref=ref)
    )


@dataclass(frozen=True)
class CasePage:
    """All that the page of a case shows. Ten queries, however much there is."""

    case: Case
    manager: CaseManager | None
    managers: list[CaseManager]
    workers: list[CaseWorker]
    parties: list[Party]
    transfers: list[Transfer]
    meetings: list[Meeting]
    contacts: list[ContactMade]
    contacts_total: int
    enquiries: list[Enquiry]
    kept: KeptWhy | None
    steady: Continuity

    @property
    def under_way(self) -> Transfer | None:
        """The transfer that waits, or the loan that runs."""
        return next((t for t in self.transfers if t.state in WAITING), None) or self.loan

    @property
    def loan(self) -> Transfer | None:
        return next((t for t in self.transfers if t.state == TransferState.RUNNING), None)

    @property
    def waiting(self) -> Transfer | None:
        return next((t for t in self.transfers if t.state in WAITING), None)


def case_page(case: Case, now: datetime) -> CasePage:
    managers = list(case.managers.select_related(*WHO, "lent_by__post__person").order_by("since", "id"))
    contacts = case.contacts_made.select_related("by__person", "contact__organisation")
    meetings = case.meetings.prefetch_related(
        "attendees",
        Prefetch("steps", AgreedStep.objects.select_related("attendee")),
    )
    return CasePage(
        case=case,
        manager=next((each for each in managers if each.until is None), None),
        managers=managers,
        workers=list(case.workers.select_related(*WORKER)),
        parties=list(case.parties.filter(until=None).select_related(*WHO, "asked_by__person")),
        transfers=list(case.transfers.select_related(*TRANSFER)),
        meetings=list(meetings),
        contacts=list(contacts[:CONTACTS_SHOWN]),
        contacts_total=contacts.count(),
        enquiries=list(case.enquiries.select_related("service__organisation", "asked_by__person")),
        kept=case.kept_because.select_related("by__person").first(),
        steady=steady(managers, now),
    )


def steady(managers: list[CaseManager], now: datetime) -> Continuity:
    """How steady a case was up to now. No query."""
    return continuity(
        [
            Stretch(
                who=f"post-person-{m.post.person_id}" if m.post else f"contact-{m.contact_id}",
                since=day_of(m.since),
                until=day_of(m.until or now),
                lent=m.kind == Held.TEMPORARY,
            )
            for m in managers
        ]
    )


def contact_words(worker: CaseWorker, rules: Rules) -> str:
    """The rule of the place for keeping in touch while somebody is with a service: a word of ContactDuring."""
    if worker.service is None:
        return ContactDuring.AS_USUAL
    return contact_rule(
        worker.service.contact_during, worker.service.provision, rules.value("casework.contact_during")
    )


# Lists


@dataclass(frozen=True)
class Mine:
    """A customer somebody is responsible for: the line of their list."""

    case: Case
    manager: CaseManager
    lent_until: date | None
    lent_when: str
    helpers: int
    last_contact: datetime | None


def my_cases(post: Post) -> list[Mine]:
    """Customers the person is responsible for, the next contact first. Three queries."""
    managers = list(
        CaseManager.objects.filter(until=None, post__person=post.person_id)
        .select_related("case__claim__customer__safe_contact", "case__claim__office", "post__person")
        .annotate(helpers=Count("case__workers", filter=Q(case__workers__ended_on=None)))
        .order_by("case__next_contact_on", "case__claim__customer__family_name", "id")
    )
    loans = {
        each.case_id: each
        for each in Transfer.objects.filter(
            case__in=[m.case_id for m in managers], state=TransferState.RUNNING
        )
    }
    last: dict[int, datetime] = {}
    made = ContactMade.objects.filter(
        case__in=[m.case_id for m in managers], whom="customer", reached=True
    ).values_list("case_id", "at")
    for case_id, at in made.order_by("at"):
        last[case_id] = at
    return [
        Mine(
            case=m.case,
            manager=m,
            lent_until=loans[m.case_id].returns_on if m.case_id in loans else None,
            lent_when=loans[m.case_id].returns_when if m.case_id in loans else "",
            helpers=m.helpers,
            last_contact=last.get(m.case_id),
        )
        for m in managers
    ]


def lent_by(post: Post) -> list[Transfer]:
    """Cases this person has lent: with whom they are, and when they come back. One query."""
    return list(
        Transfer.objects.filter(state=TransferState.RUNNING, from_manager__post__person=post.person_id)
        .select_related("case__claim__customer", "manager__post__person", "manager__contact", *TRANSFER)
        .order_by("returns_on", "id")
    )


def transfers_to_answer(post: Post) -> list[Transfer]:
    """What this person is asked to take over, the oldest first. One query."""
    return list(
        Transfer.objects.filter(state=TransferState.PROPOSED, to_post__person=post.person_id)
        .select_related("case__claim__customer", "case__claim__office", *TRANSFER)
        .order_by("answer_by", "id")
    )


def transfers_seen_by(post: Post) -> QuerySet[Transfer]:
    """Transfers under way of the claims a post reaches: those who oversee an office see what waits."""
    return (
        Transfer.objects.filter(
            case__claim__in=Claim.objects.filter(claims_within_reach(post)),
            state__in=[*WAITING, TransferState.RUNNING],
        )
        .select_related("case__claim__customer", "case__claim__office", *TRANSFER)
        .order_by("answer_by", "returns_on", "id")
    )


def meetings_ahead(post: Post, now: datetime) -> list[Meeting]:
    """Planned meetings about this person's customers, or to which they are asked. One query."""
    mine = Q(case__managers__until=None, case__managers__post__person=post.person_id)
    asked = Exists(Attendee.objects.filter(meeting=OuterRef("pk"), post__person=post.person_id))
    return list(
        Meeting.objects.filter(mine | asked, state=MeetingState.PLANNED)
        .select_related("case__claim__customer")
        .distinct()
        .order_by("starts_at", "id")
    )


def enquiries_of(post: Post) -> QuerySet[Enquiry]:
    """What a person has asked services, the open ones first."""
    return (
        Enquiry.objects.filter(asked_by__person=post.person_id)
        .select_related("service__organisation", "case__claim__customer")
        .order_by("led_to", "-asked_at")
    )


def not_seen_for(post: Post, on: date, days: int) -> QuerySet[Case]:
    """Open cases whose contact is overdue: whom nobody has been in touch with for longer than planned."""
    return (
        cases_seen_by(post)
        .filter(closed_at=None, next_contact_on__lt=on - timedelta(days=days))
        .order_by("next_contact_on", "id")
    )


# Whom to choose


def holders_for(claim: Claim, on: date) -> QuerySet[Post]:
    """Colleagues who could be responsible: advisers of the claim's office, disability advisers of its district."""
    here = Q(team__office=claim.office_id, role__in=[Role.ADVISER, Role.ADVISER_MANAGER])
    specialist = Q(team__office__district=claim.office.district_id, role=Role.DISABILITY_ADVISER)
    return (
        Post.objects.filter(here | specialist, starts_on__lte=on, person__left_on=None, team__closed_on=None)
        .exclude(ends_on__lt=on)
        .select_related("person", "team__office")
        .order_by("role", "person__name")
    )


def contacts_for(claim: Claim, on: date) -> QuerySet[Contact]:
    """People of services who could be party to a case: those of organisations that help in the district."""
    district = claim.office.district_id
    served = Service.objects.filter(
        Q(districts=None) | Q(districts=district), organisation=OuterRef("organisation"), withdrawn_on=None
    )
    return (
        Contact.objects.filter(Exists(served))
        .filter(Q(until=None) | Q(until__gte=on))
        .select_related("organisation")
        .order_by("organisation__name", "-link_worker", "name")
    )


def services_for(claim: Claim) -> QuerySet[Service]:
    """Services of the claim's district that are not withdrawn."""
    return (
        Service.objects.filter(Q(districts=None) | Q(districts=claim.office.district_id), withdrawn_on=None)
        .select_related("organisation")
        .distinct()
        .order_by("name", "id")
    )


# For the customer, and for the page that gathers all help


@dataclass(frozen=True)
class Helper:
    """Somebody who helps the customer, as the customer sees it. `telephone` is a number that is answered."""

    name: str
    place: str
    part: str
    telephone: str
    manages: bool
    until: date | None
    coming: bool = False


def helpers_of(claim: Claim) -> list[Helper]:
    """Who helps a customer: the one who is there for everything, who comes next, who helps with a part. Three queries.

    During a handover both stand here, the one who goes and the one who comes (R:L639, R:L964).
    """
    manager = manager_of(claim)
    if manager is None:
        return []
    office = claim.office.telephone
    transfers = manager.case.transfers.filter(
        state__in=[TransferState.ACCEPTED, TransferState.RUNNING]
    ).select_related(*TRANSFER)
    found: list[Helper] = []
    for transfer in transfers:
        if transfer.state == TransferState.ACCEPTED:
            number = _number(transfer.to_post, transfer.to_contact) or office
            found.append(Helper(transfer.to_name, transfer.to_place, "", number, False, None, coming=True))
    loan = next((t for t in transfers if t.state == TransferState.RUNNING), None)
    first = Helper(
        manager.name,
        manager.place,
        "",
        manager.telephone or office,
        True,
        loan.returns_on if loan else None,
    )
    workers = manager.case.workers.filter(ended_on=None).select_related(*WORKER)
    parts = [
        Helper(
            w.name,
            w.place if w.place != w.name else "",
            w.part,
            w.telephone or office,
            False,
            w.expected_until,
        )
        for w in workers
    ]
    return [first, *found, *parts]


def _number(post: Post | None, contact: Contact | None) -> str:
    if post is not None:
        return post.team.office.telephone
    return (contact.telephone or contact.organisation.telephone) if contact is not None else ""


@dataclass(frozen=True)
class Card:
    """A few words for the page that gathers all help: title, lines (label, value, url name, args), what is next."""

    title: str
    lines: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    next: str


def card_of(claim: Claim, on: date) -> Card:
    """Who is responsible, who helps, and the next meeting. Three queries."""
    manager = manager_of(claim)
    if manager is None:
        return Card("case", (), "take_on")
    workers = manager.case.workers.filter(ended_on=None).select_related(*WORKER)
    lines = [("manager", f"{manager.name}, {manager.place}", "casework:case", (claim.ref,))]
    lines += [("worker", f"{w.name}: {w.part}", "casework:case", (claim.ref,)) for w in workers]
    ahead = manager.case.meetings.filter(state=MeetingState.PLANNED).order_by("starts_at").first()
    if ahead is not None:
        when = localtime(ahead.starts_at)
        said = f"{ahead.get_kind_display()}, {day_words(when.date())} {when:%H:%M}, {ahead.place}"
        lines.append(("meeting", said, "casework:meeting", (ahead.ref,)))
    due = manager.case.next_contact_on
    return Card("case", tuple(lines), due.isoformat() if due else "")


def rules_of(claim: Claim, on: date) -> Rules:
    """What the claim's programme says on a day, with the local values of its place."""
    return rules_for(claim, on)


def contacts_of_case(case: Case) -> QuerySet[Contact]:
    """People of the services that help in a case, and of those with an interest in it."""
    helping = case.workers.filter(ended_on=None).values("organisation")
    named = case.parties.filter(until=None, contact__isnull=False).values("contact")
    managing = case.managers.filter(until=None, contact__isnull=False).values("contact")
    return (
        Contact.objects.filter(Q(organisation__in=helping) | Q(pk__in=named) | Q(pk__in=managing))
        .filter(until=None)
        .select_related("organisation")
        .order_by("organisation__name", "-link_worker", "name")
    )


def services_near(post: Post) -> QuerySet[Service]:
    """Services of the district a post works in that are not withdrawn."""
    district = post.team.office.district_id
    return (
        Service.objects.filter(Q(districts=None) | Q(districts=district), withdrawn_on=None)
        .select_related("organisation")
        .distinct()
        .order_by("name", "id")
    )


def roles_of(post: Post, rules: Rules) -> list[Role]:
    """In which roles somebody may act about a case: their own, and the other one where a district lets people do both.

    R:L339, R:L587: who is both formally changes the role or does not; which it was is kept.
    """
    own = Role(post.role)
    both = rules.value("casework.dea_arrangement") in (Arrangement.DUAL, Arrangement.MERGED)
    others = {Role.ADVISER: Role.DISABILITY_ADVISER, Role.DISABILITY_ADVISER: Role.ADVISER}
    return [own, others[own]] if both and own in others else [own]


def arrangement_of(rules: Rules) -> Arrangement:
    """How disability advisers and personal advisers work together here."""
    return Arrangement(rules.value("casework.dea_arrangement"))


def may_refer_to(kind: str, role: str, rules: Rules) -> bool:
    """Whether a role refers to `pathways` or `specialist` help itself here, or hands the customer over first.

    It advises: who does otherwise in the customer's interest says why (R:L492, R:L585-593).
    """
    if arrangement_of(rules) == Arrangement.MERGED:
        return True
    if kind == "specialist":
        return role == Role.DISABILITY_ADVISER or bool(
            rules.value("casework.adviser_may_refer_to_specialist")
        )
    return role != Role.DISABILITY_ADVISER or bool(rules.value("casework.dea_may_refer_to_pathways"))
