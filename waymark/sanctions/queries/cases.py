"""Reading cases. What a post may see is where every question starts: a decision maker sees what came to them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from waymark.customers.access import CASEWORK, claims_within_reach
from waymark.customers.models import Claim
from waymark.customers.queries import claims_visible_to
from waymark.interviews.models import Appointment, Interview
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.sanctions.access import PURSUE
from waymark.sanctions.enums import CASE_TASKS, UNDER_WAY, BreachState, SanctionState
from waymark.sanctions.models import Breach, Bundle, Challenge, HomeVisit, PuttingRight, Ruling, Sanction
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

PAYMENT_TASKS = (TaskKind.PUT_INTO_EFFECT, TaskKind.WELFARE_CALL, TaskKind.LIFT, TaskKind.RECONSIDER)
DECIDERS_TASKS = (
    TaskKind.DECIDE_SANCTION,
    TaskKind.PUT_INTO_EFFECT,
    TaskKind.RECONSIDER,
    TaskKind.LIFT,
)
UNDER, DECIDED, OVER = "under_way", "decided", "closed"
STATES = {
    UNDER: UNDER_WAY,
    DECIDED: (BreachState.NO_SANCTION, BreachState.SANCTION),
    OVER: (BreachState.GOOD_CAUSE, BreachState.CLOSED),
}
SORTS = {
    "opened": ("opened_at", "id"),
    "customer": ("interview__claim__customer__family_name", "interview__claim__customer__given_names", "id"),
    "due": ("due_on", "id"),
    "state": ("state", "opened_at"),
}


def cases_seen_by(post: Post) -> QuerySet[Breach]:
    """The cases of the claims a caseworker reaches; of a decision maker, those that were ever referred, in the district."""
    found = Breach.objects.select_related(
        "interview__claim__customer",
        "interview__claim__office__district",
        "appointment__adviser",
        "appointment__office",
        "opened_by__person",
        "opened_by__team__office",
        "cause_by__person",
        "asked_by_notice",
    )
    if post.role == Role.DECISION_MAKER:
        return found.filter(
            Exists(Bundle.objects.filter(breach=OuterRef("pk"))),
            interview__claim__office__district=post.team.office.district_id,
        )
    if post.role not in CASEWORK:
        return found.none()
    return found.filter(interview__claim__in=Claim.objects.filter(claims_within_reach(post)))


def listed(
    post: Post, on: date, *, state: str = UNDER, late: bool = False, mine: bool = False, sort: str = ""
) -> QuerySet[Breach]:
    """The list of cases with the next task of each (`due_on`, `task_kind`, `task_person`), the most urgent first."""
    tasks = Task.objects.filter(
        claim=OuterRef("interview__claim"), closed_at=None, kind__in=[*CASE_TASKS, *PAYMENT_TASKS]
    ).order_by("due_on", "id")
    found = cases_seen_by(post).annotate(
        due_on=Subquery(tasks.values("due_on")[:1]),
        task_kind=Subquery(tasks.values("kind")[:1]),
        task_person=Subquery(tasks.values("person__name")[:1]),
    )
    if state in STATES:
        found = found.filter(state__in=STATES[state])
    if late:
        found = found.filter(due_on__lt=on)
    if mine:
        whose = Q(claim=OuterRef("interview__claim"), closed_at=None, person=post.person_id)
        found = found.filter(Q(opened_by__person=post.person_id) | Exists(Task.objects.filter(whose)))
    wanted, back = sort.lstrip("-"), sort.startswith("-")
    order = SORTS.get(wanted, SORTS["due"])
    return found.order_by(*(f"-{name}" if back else name for name in order))


def get_case(post: Post, ref: str) -> Breach:
    """One case. Raises Breach.DoesNotExist for strangers."""
    return cases_seen_by(post).get(ref=ref)


def case_of_claim(post: Post, claim_ref: str) -> Breach:
    """The case under way of a claim, or the last there was. Raises Breach.DoesNotExist."""
    cases = cases_seen_by(post).filter(interview__claim__ref=claim_ref)
    found = cases.filter(state__in=UNDER_WAY).first() or cases.order_by("-opened_at").first()
    if found is None:
        raise Breach.DoesNotExist
    return found


def sanction_of_claim(post: Post, claim_ref: str) -> Sanction:
    """The reduction of a claim that still is, or the last there was. Raises Sanction.DoesNotExist."""
    found = Sanction.objects.filter(ruling__bundle__breach__in=cases_seen_by(post)).filter(
        ruling__bundle__breach__interview__claim__ref=claim_ref
    )
    still = [SanctionState.NOTIFIED, SanctionState.IN_EFFECT]
    last = found.filter(state__in=still).first() or found.order_by("-starts_on", "-id").first()
    if last is None:
        raise Sanction.DoesNotExist
    return last


def get_bundle(post: Post, ref: str) -> Bundle:
    bundle = (
        Bundle.objects.filter(breach__in=cases_seen_by(post))
        .select_related("made_by__person", "made_by__team__office", "proof")
        .defer("pdf", "proof__pdf", "proof__html")
        .get(ref=ref)
    )
    bundle.breach = cases_seen_by(post).get(pk=bundle.breach_id)
    return bundle


def get_pdf(post: Post, ref: str) -> bytes:
    return bytes(
        Bundle.objects.filter(breach__in=cases_seen_by(post)).values_list("pdf", flat=True).get(ref=ref)
    )


def get_sanction(post: Post, ref: str) -> Sanction:
    sanction = (
        Sanction.objects.filter(ruling__bundle__breach__in=cases_seen_by(post))
        .select_related(
            "ruling__decided_by__person",
            "ruling__bundle__made_by__person",
            "notice",
            "contact__person",
            "contact__team__office",
            "in_effect_by__person",
            "lifted_by__person",
            "welfare_by__person",
        )
        .defer("notice__pdf", "notice__html", "ruling__bundle__pdf")
        .get(ref=ref)
    )
    sanction.ruling.bundle.breach = cases_seen_by(post).get(pk=sanction.ruling.bundle.breach_id)
    return sanction


def get_challenge(post: Post, ref: str) -> Challenge:
    challenge = (
        Challenge.objects.filter(ruling__bundle__breach__in=cases_seen_by(post))
        .select_related(
            "ruling__decided_by__person",
            "ruling__bundle__made_by__person",
            "ruling__bundle__breach__opened_by__person",
        )
        .get(ref=ref)
    )
    challenge.ruling.bundle.breach = cases_seen_by(post).get(pk=challenge.ruling.bundle.breach_id)
    return challenge


def get_visit(breach: Breach) -> HomeVisit | None:
    """The visit that is planned, if one is."""
    return breach.visits.filter(done_on=None).select_related("visitor__person").first()


def get_appointment(post: Post, ref: str) -> Appointment:
    """An appointment of a claim the post reaches, to open a case about. Raises Appointment.DoesNotExist."""
    return Appointment.objects.select_related(
        "interview__claim__customer", "interview__claim__office__district", "adviser", "office"
    ).get(ref=ref, interview__claim__in=claims_visible_to(post))


def case_of_appointment(ref: str) -> Breach | None:
    return Breach.objects.filter(appointment__ref=ref).first()


def case_to_open(interview: Interview) -> Appointment | None:
    """The last missed appointment of an interview about which there is no case yet."""
    return (
        interview.appointments.filter(state="missed", breach=None).order_by("-starts_at").first()
        if interview.mandatory
        else None
    )


def under_way(claim: Claim) -> Breach | None:
    return Breach.objects.filter(interview__claim=claim, state__in=UNDER_WAY).first()


def bundles_of(breach: Breach) -> QuerySet[Bundle]:
    return breach.bundles.select_related("made_by__person", "ruling__decided_by__person").defer("pdf")


def ruling_of(bundle: Bundle) -> Ruling | None:
    return Ruling.objects.filter(bundle=bundle).select_related("decided_by__person").first()


def sanction_of(breach: Breach) -> Sanction | None:
    return Sanction.objects.filter(ruling__bundle__breach=breach).first()


def challenges_of(sanction: Sanction) -> QuerySet[Challenge]:
    return sanction.ruling.challenges.select_related("decided_by__person")


def visitors(breach: Breach, on: date) -> QuerySet[Post]:
    """Who may visit: the people of the claim's office who take up cases."""
    held = Q(ends_on=None) | Q(ends_on__gte=on)
    return (
        Post.objects.filter(
            held, team__office=breach.interview.claim.office_id, role__in=PURSUE, starts_on__lte=on
        )
        .select_related("person", "team__office")
        .order_by("person__name", "id")
    )


def possible_contacts(breach: Breach, on: date) -> QuerySet[Post]:
    """Who can be named in the letter: those of the customer's office."""
    return visitors(breach, on)


# The decision makers' Today


def to_decide(post: Post) -> QuerySet[Any]:
    """The bundles that wait for a decision, the oldest first; one's own part in a case is said by its page."""
    newest = Bundle.objects.filter(breach=OuterRef("breach")).order_by("-id").values("pk")[:1]
    due = Task.objects.filter(
        claim=OuterRef("breach__interview__claim"), closed_at=None, kind=TaskKind.DECIDE_SANCTION
    )
    return (
        Bundle.objects.filter(
            breach__in=cases_seen_by(post), breach__state=BreachState.REFERRED, pk=Subquery(newest)
        )
        .select_related(
            "breach__interview__claim__customer", "breach__interview__claim__office", "made_by__person"
        )
        .annotate(due_on=Subquery(due.values("due_on")[:1]))
        .defer("pdf", "content")
        .order_by("due_on", "made_at")
    )


def reductions(post: Post, *states: SanctionState) -> QuerySet[Any]:
    """The reductions in these states, by the day they begin."""
    lift = Task.objects.filter(
        claim=OuterRef("ruling__bundle__breach__interview__claim"), closed_at=None, kind=TaskKind.LIFT
    )
    return (
        Sanction.objects.filter(ruling__bundle__breach__in=cases_seen_by(post), state__in=states)
        .select_related("ruling__bundle__breach__interview__claim__customer", "notice")
        .annotate(to_lift=Exists(lift))
        .defer(
            "notice__pdf", "notice__html", "notice__content", "ruling__bundle__pdf", "ruling__bundle__content"
        )
        .order_by("starts_on", "id")
    )


def open_challenges(post: Post) -> QuerySet[Challenge]:
    return (
        Challenge.objects.filter(ruling__bundle__breach__in=cases_seen_by(post), decided_at=None)
        .select_related("ruling__decided_by__person", "ruling__bundle__breach__interview__claim__customer")
        .defer("ruling__bundle__pdf", "ruling__bundle__content")
        .order_by("asked_on", "id")
    )


# Putting right


def drafts(post: Post) -> QuerySet[PuttingRight]:
    """What waits to be put right in the post's district, the oldest first."""
    return (
        PuttingRight.objects.filter(settled_at=None, claim__office__district=post.team.office.district_id)
        .select_related("claim__customer", "claim__office")
        .order_by("drafted_at", "id")
    )


def get_draft(post: Post, ref: str) -> PuttingRight:
    return PuttingRight.objects.select_related("claim__customer", "claim__office__district").get(
        ref=ref, claim__office__district=post.team.office.district_id
    )
