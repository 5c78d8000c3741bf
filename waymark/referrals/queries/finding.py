"""Finding referrals: ours by the claims one reaches, a service’s by its organisation, a link’s by the link."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from waymark.customers.models import Claim, Customer
from waymark.directory.models import Organisation, Service
from waymark.interviews.holding import rules_for
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.referrals.access import referrals_within_reach
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Consent, Feedback, Question, Referral, ToRead, WayOffer
from waymark.referrals.models.referral import urgency
from waymark.referrals.rules import FEEDBACK


def seen_by(post: Post) -> QuerySet[Referral]:
    """The referrals this post may look at, with what a list shows. One query."""
    return Referral.objects.filter(referrals_within_reach(post)).select_related(
        "claim__customer",
        "claim__office",
        "service__organisation",
        "task__person",
        "task__team",
        "made_by__person",
    )


def get_referral(post: Post, ref: str) -> Referral:
    """One referral of ours. Raises Referral.DoesNotExist for strangers; a service’s people have their own way in."""
    return (
        Referral.objects.filter(referrals_within_reach(post))
        .select_related(
            "claim__customer__safe_contact",
            "claim__office__district",
            "service__organisation",
            "task__person",
            "task__team",
            "made_by__person",
            "after__service",
        )
        .get(ref=ref)
    )


def get_question(post: Post, ref: str) -> Question:
    """One question of a service about a referral one reaches. Raises Question.DoesNotExist for strangers."""
    mine = Referral.objects.filter(referrals_within_reach(post)).values("pk")
    return Question.objects.select_related(
        "referral__claim__customer", "referral__service__organisation", "task"
    ).get(referral__in=mine, ref=ref)


def get_way_offer(referral: Referral, ref: str) -> WayOffer:
    """One offer of help with the way to the service. Raises WayOffer.DoesNotExist."""
    return referral.way_offers.select_related("referral").get(ref=ref)


def get_feedback(post: Post, ref: str) -> Feedback:
    """One feedback on a referral one reaches. Raises Feedback.DoesNotExist for strangers."""
    mine = Referral.objects.filter(referrals_within_reach(post)).values("pk")
    return Feedback.objects.select_related("referral__claim__customer", "referral__service").get(
        referral__in=mine, ref=ref
    )


def of_claims(customer: Customer) -> QuerySet[Referral]:
    """Every referral of a customer, newest first."""
    return (
        Referral.objects.filter(claim__customer=customer)
        .select_related(
            "claim__office", "service__organisation", "task__person", "task__team", "made_by__person"
        )
        .order_by("-made_at", "-id")
    )


def of_claim(claim: Claim) -> QuerySet[Referral]:
    return (
        Referral.objects.filter(claim=claim)
        .select_related("service__organisation")
        .order_by("-made_at", "-id")
    )


def live_claim(customer: Customer) -> Claim | None:
    """The claim help hangs on: the live one, newest first."""
    return (
        Claim.objects.filter(customer=customer, status="live")
        .select_related("office__district", "customer")
        .order_by("-claimed_on", "-id")
        .first()
    )


def listed(
    post: Post, *, state: str = "open", kind: str = "", organisation: str = "", words: str = ""
) -> QuerySet[Referral]:
    """The referrals of a list, what is urgent first."""
    rows = seen_by(post)
    if state == "open":
        rows = rows.filter(state__in=sorted(ReferralState.open()))
    elif state == "waiting":
        rows = rows.filter(state__in=sorted(ReferralState.waiting()))
    elif state == "after_claim":
        rows = rows.filter(state__in=sorted(ReferralState.open()), claim__status="ended")
    elif state == "under_way":
        rows = rows.filter(state__in=sorted(ReferralState.under_way()))
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if organisation:
        rows = rows.filter(service__organisation__ref=organisation)
    for word in words.split():
        rows = rows.filter(
            Q(claim__customer__family_name__icontains=word)
            | Q(claim__customer__given_names__icontains=word)
            | Q(service__name__icontains=word)
            | Q(service__organisation__name__icontains=word)
        )
    return rows.order_by(urgency(), "sent_at", "made_at", "id")


def organisations_seen(post: Post) -> QuerySet[Organisation]:
    """The organisations that have referrals one may look at."""
    mine = Referral.objects.filter(referrals_within_reach(post))
    return Organisation.objects.filter(services__referrals__in=mine).distinct().order_by("name")


def tells_us(referral: Referral) -> bool:
    """Whether the customer agrees that the service tells how it goes."""
    return Consent.objects.filter(
        claim=referral.claim_id, service=referral.service_id, item=FEEDBACK, withdrawn_at=None
    ).exists()


def consents_of(referral: Referral) -> dict[str, Consent]:
    """The open consents of a referral’s customer to its service, by item. One query."""
    rows = Consent.objects.filter(
        claim=referral.claim_id, service=referral.service_id, withdrawn_at=None
    ).select_related("given_by__person")
    return {row.item: row for row in rows}


def consents_of_customer(customer: Customer) -> list[Consent]:
    """Every yes that stands, for the customer’s own page. One query."""
    return list(
        Consent.objects.filter(claim__customer=customer, withdrawn_at=None)
        .select_related("service__organisation", "claim")
        .order_by("service__name", "id")
    )


def services_to_choose(words: str = "", limit: int = 50) -> list[Service]:
    """Services that take people, by a word of their name or what they are about; for choosing one by hand."""
    rows = Service.objects.exclude(taking__in=["withdrawn", "stopped"]).select_related("organisation")
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(about__icontains=word) | Q(organisation__name__icontains=word)
        )
    return list(rows.order_by("name")[:limit])


def get_service(ref: str) -> Service:
    """One service. Raises Service.DoesNotExist."""
    return Service.objects.select_related("organisation").get(ref=ref)


def unread_for(post: Post) -> QuerySet[ToRead]:
    """Feedback that is for this person and that they have not read, the oldest first."""
    return (
        ToRead.objects.filter(person=post.person_id, read_at=None)
        .select_related("feedback__referral__claim__customer", "feedback__referral__service")
        .order_by("id")
    )


@dataclass(frozen=True)
class Card:
    """A referral in few words, for the page of all help. lines: label and value; link: page name and reference."""

    title: str
    lines: tuple[tuple[str, str], ...]
    url_name: str
    url_args: tuple[str, ...]
    next: str


def card_of(claim: Claim, on: date) -> Card:
    """The referrals of a claim in few words: what runs, what waits, what is next. One query."""
    rows = [row for row in of_claim(claim).select_related("task") if row.state in ReferralState.open()]
    lines = tuple((row.service.name, str(row.get_state_display())) for row in rows[:4])
    due = min((row for row in rows if row.task and row.task.closed_at is None), key=_due, default=None)
    next_words = ""
    if due is not None and due.task is not None:
        next_words = f"{due.task.get_kind_display()}: {due.service.name}"
    return Card("Referrals", lines, "referrals:of_customer", (claim.customer.ref,), next_words)


def _due(row: Referral) -> date:
    assert row.task is not None
    return row.task.due_on


def of_task(post: Post, task_ref: str) -> Referral:
    """The referral a task is about: its next step, a question, news. Raises Referral.DoesNotExist for strangers."""
    rows = Referral.objects.filter(referrals_within_reach(post))
    found = rows.filter(
        Q(task__ref=task_ref) | Q(questions__task__ref=task_ref) | Q(way_offers__task__ref=task_ref)
    ).first()
    if found is not None:
        return found
    return (
        rows.filter(claim__tasks__ref=task_ref, state__in=sorted(ReferralState.with_the_service()))
        .order_by("-sent_at")[:1]
        .get()
    )


def rules_of_customer(customer: Customer, on: date) -> Rules | None:
    """The rules of the customer’s newest claim, for the words of their own page."""
    claim = (
        Claim.objects.filter(customer=customer)
        .select_related("office__district")
        .order_by("-claimed_on", "-id")
        .first()
    )
    return rules_for(claim, on) if claim is not None else None
