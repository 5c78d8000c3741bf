"""Nobody is lost between us and a service: what stands still and who has to act, and whether both sides' counts agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from waymark.customers.enums import ClaimStatus
from waymark.directory.enums import Taking
from waymark.directory.models import Contact, Service
from waymark.interviews.holding import rules_for
from waymark.kernel.clock import LONDON, day_of
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.referrals.access import referrals_within_reach
from waymark.referrals.common import clocks_of
from waymark.referrals.enums import ReferralKind, ReferralState
from waymark.referrals.models import Consent, Question, Referral
from waymark.referrals.rules import FEEDBACK, Balance, Clocks, Standing, Stuck, stuck
from waymark.worklist.models import Task

HANDLED = sorted(ReferralState.open())


@dataclass(frozen=True)
class Orphan:
    """A referral that stands still: every reason, and who has to act (a person, else a team)."""

    referral: Referral
    why: tuple[Stuck, ...]
    who: str
    task: Task | None
    days: int

    @property
    def first(self) -> Stuck:
        return self.why[0]


def open_with_standing(within: Q) -> QuerySet[Referral]:
    """Open referrals with all that tells whether they move, also those whose claim has ended. One query."""
    agreed = Consent.objects.filter(
        claim=OuterRef("claim"), service=OuterRef("service"), item=FEEDBACK, withdrawn_at=None
    )
    late = Question.objects.filter(
        referral=OuterRef("pk"), answered_at=None, from_service=True, task__closed_at=None
    )
    return (
        Referral.objects.filter(within, state__in=HANDLED)
        .select_related(
            "claim__customer",
            "claim__office__district",
            "service__organisation",
            "task__person",
            "task__team",
        )
        .annotate(
            reachable=Exists(Service.objects.filter(pk=OuterRef("service")).filter(_reach())),
            tells_us=Exists(agreed),
            asked_on=late.order_by("task__due_on").values("task__due_on")[:1],
        )
    )


def _reach() -> Q:
    """Of services: somebody there can be written to or rung."""
    people = Contact.objects.filter(organisation=OuterRef("organisation"), until=None)
    return Q(
        ~Q(organisation__email="")
        | ~Q(organisation__telephone="")
        | ~Q(email="")
        | ~Q(telephone="")
        | Q(organisation__office__isnull=False)
        | Exists(people.exclude(email="", telephone=""))
    )


def orphans(post: Post, on: date, *, within: Q | None = None) -> list[Orphan]:
    """Every referral one reaches that stands still, the longest first, with why and who has to act."""
    return stuck_among(open_with_standing(referrals_within_reach(post) & (within or Q())), on)


def all_orphans(on: date) -> list[Orphan]:
    """The same of the whole database, for proofs and simulations."""
    return stuck_among(open_with_standing(Q()), on)


def stuck_among(rows: Iterable[Referral], on: date) -> list[Orphan]:
    holidays = organisations.holidays()
    known: dict[tuple[str, int], Clocks] = {}
    found = []
    for referral in rows:
        where = (referral.claim.programme, referral.claim.office_id)
        if where not in known:
            known[where] = clocks_of(rules_for(referral.claim, on))
        why = stuck(standing_of(referral, on), on, known[where], holidays)
        if why:
            found.append(_orphan(referral, why, on))
    return sorted(found, key=lambda one: (-one.days, one.referral.pk))


def standing_of(referral: Referral, on: date) -> Standing:
    """What `rules.stuck` asks, of a row of `open_with_standing`."""
    row: object = referral
    asked_on = getattr(row, "asked_on", None)
    return Standing(
        state=referral.state,
        sent_on=day_of(referral.sent_at) if referral.sent_at else None,
        acknowledged=referral.acknowledged_at is not None,
        vetting=referral.vetting,
        contact_by=referral.contact_by,
        appointment_on=day_of(referral.appointment_at) if referral.appointment_at else None,
        feedback_due_on=referral.feedback_due_on,
        ended_on=referral.ended_on,
        reported=referral.reported_at is not None,
        feedback_agreed=bool(getattr(row, "tells_us", False)),
        made_on=day_of(referral.made_at),
        alternative_on=referral.alternative_offered_on,
        task_due_on=referral.task.due_on if referral.task else None,
        question_late=asked_on is not None and asked_on < on,
        reachable=bool(getattr(row, "reachable", True)),
        service_withdrawn=referral.service.taking == Taking.WITHDRAWN,
        claim_ended=referral.claim.status != ClaimStatus.LIVE,
        owned=referral.task is not None and referral.task.closed_at is None,
    )


def _orphan(referral: Referral, why: list[Stuck], on: date) -> Orphan:
    task = referral.task if referral.task and referral.task.closed_at is None else None
    who = ""
    if task is not None:
        who = task.person.name if task.person else task.team.name
    since = referral.sent_at or referral.made_at
    return Orphan(referral, tuple(why), who, task, (on - day_of(since)).days)


def left_to_nobody() -> list[str]:
    """Open referrals without an open task, whether the claim is live or has ended: none, or the database has been
    tampered with."""
    open_task = Task.objects.filter(pk=OuterRef("task"), closed_at=None)
    rows = Referral.objects.filter(~Exists(open_task), state__in=HANDLED)
    return list(rows.values_list("ref", flat=True))


def told_without_consent() -> list[str]:
    """Items that were sent at a moment at which no consent stood: none, or the database has been tampered with."""
    rows = Referral.objects.filter(sent__isnull=False).values_list(
        "ref", "claim", "service", "sent__item", "sent__sent_at"
    )
    given: dict[tuple[int, int, str], list[tuple[datetime, datetime | None]]] = {}
    for claim, service, item, since, until in Consent.objects.values_list(
        "claim", "service", "item", "given_at", "withdrawn_at"
    ):
        given.setdefault((claim, service, item), []).append((since, until))
    return [
        f"{ref} {item}"
        for ref, claim, service, item, at in rows
        if not any(
            since <= at and (until is None or at <= until)
            for since, until in given.get((claim, service, item), [])
        )
    ]


@dataclass(frozen=True)
class Day:
    """What left us for one organisation on one day, and where it is now."""

    organisation: str
    organisation_ref: str
    on: date
    balance: Balance


ANSWERED = Q(acknowledged_at__isnull=False, returned_at=None) & ~Q(state=ReferralState.WITHDRAWN)
CAME_BACK = Q(returned_at__isnull=False)
TAKEN_BACK = Q(state=ReferralState.WITHDRAWN, returned_at=None)
PENDING = Q(acknowledged_at=None, returned_at=None) & ~Q(state=ReferralState.WITHDRAWN)
PARTS = {"acknowledged": ANSWERED, "pending": PENDING, "returned": CAME_BACK, "taken_back": TAKEN_BACK}


def reconciliation(post: Post, since: date, until: date, organisation: str = "") -> list[Day]:
    """Per organisation and day: sent, and of these arrived, without an answer, sent back, taken back. One query.

    Sent is counted by itself, so that a day on which the parts do not make it up is seen.
    """
    rows = _sent_between(post, since, until)
    if organisation:
        rows = rows.filter(service__organisation__ref=organisation)
    counted = (
        rows.annotate(on=TruncDate("sent_at", tzinfo=LONDON))
        .values("on", "service__organisation__name", "service__organisation__ref")
        .annotate(
            sent_count=Count("pk"),
            acknowledged=Count("pk", filter=ANSWERED),
            pending=Count("pk", filter=PENDING),
            returned=Count("pk", filter=CAME_BACK),
            taken_back=Count("pk", filter=TAKEN_BACK),
        )
        .order_by("-on", "service__organisation__name")
    )
    return [
        Day(
            row["service__organisation__name"],
            row["service__organisation__ref"],
            row["on"],
            Balance(
                row["sent_count"], row["acknowledged"], row["pending"], row["returned"], row["taken_back"]
            ),
        )
        for row in counted
    ]


def of_day(post: Post, on: date, organisation: str, part: str = "") -> QuerySet[Referral]:
    """The referrals behind one number."""
    rows = _sent_between(post, on, on).filter(service__organisation__ref=organisation)
    if part in PARTS:
        rows = rows.filter(PARTS[part])
    return rows.select_related(
        "claim__customer", "service__organisation", "task__person", "task__team"
    ).order_by("sent_at", "id")


def _sent_between(post: Post, since: date, until: date) -> QuerySet[Referral]:
    start = datetime.combine(since, time(), tzinfo=LONDON)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=LONDON)
    return Referral.objects.filter(referrals_within_reach(post), sent_at__gte=start, sent_at__lt=end)


def unbalanced_days() -> int:
    """On how many days of an organisation what was sent is not what arrived, waits, came back or was taken back: none."""
    counted = (
        Referral.objects.filter(sent_at__isnull=False)
        .annotate(on=TruncDate("sent_at", tzinfo=LONDON))
        .values("on", "service__organisation")
        .annotate(
            sent_count=Count("pk"),
            elsewhere=Count("pk", filter=ANSWERED)
            + Count("pk", filter=PENDING)
            + Count("pk", filter=CAME_BACK)
            + Count("pk", filter=TAKEN_BACK),
        )
    )
    return sum(1 for row in counted if row["sent_count"] != row["elsewhere"])


@dataclass(frozen=True)
class KindCount:
    """How many of a kind were made in some days. Each kind apart: they are not the same thing (R:L258, R:L637)."""

    kind: str
    label: str
    made: int
    begun: int
    back: int


def counts_by_kind(post: Post, since: date, until: date) -> list[KindCount]:
    """Referrals with papers, by word of mouth, signposts: made, begun, sent back or not taken up. One query."""
    start = datetime.combine(since, time(), tzinfo=LONDON)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=LONDON)
    rows = (
        Referral.objects.filter(referrals_within_reach(post), made_at__gte=start, made_at__lt=end)
        .values("kind")
        .annotate(
            made=Count("pk"),
            begun=Count("pk", filter=Q(started_on__isnull=False)),
            back=Count("pk", filter=Q(returned_at__isnull=False) | Q(state=ReferralState.NOT_TAKEN_UP)),
        )
    )
    by_kind = {row["kind"]: row for row in rows}
    none = {"made": 0, "begun": 0, "back": 0}
    return [
        KindCount(
            kind.value,
            str(kind.label),
            **{name: by_kind.get(kind.value, none)[name] for name in ("made", "begun", "back")},
        )
        for kind in ReferralKind
    ]
