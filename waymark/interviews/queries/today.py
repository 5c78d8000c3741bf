"""What a person has to do today, in the order to do it. Every list is cut at `MOST`; every count is whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from waymark.customers.access import claims_within_reach
from waymark.customers.enums import NoteKind
from waymark.customers.models import Claim, Note, Stop
from waymark.interviews.diary.queries import my_appointments
from waymark.interviews.enums import CallState, Choice, Stage
from waymark.interviews.models import Appointment, CallAttempt, Conversation, Decision, Interview, Question
from waymark.kernel.clock import day_of
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.programme.pack import UnknownSetting
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

MOST = 50


# Tasks as rows


def with_pointers(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with what their row says and opens: `interview_ref`, `conversation_ref`, `attempts`, `stopped`."""
    interviews = Interview.objects.filter(claim=OuterRef("claim")).order_by("-number")
    talks = Conversation.objects.filter(interview__claim=OuterRef("claim")).exclude(state=CallState.FINISHED)
    tried = CallAttempt.objects.filter(claim=OuterRef("claim")).order_by().values("claim")
    return tasks.select_related(
        "claim__customer__safe_contact",
        "claim__office",
        "team__office",
        "person",
        "question__asked_by__person",
        "check_made__decision__decided_by__person",
    ).annotate(
        interview_ref=Subquery(interviews.values("ref")[:1]),
        conversation_ref=Subquery(talks.order_by("-started_at").values("ref")[:1]),
        attempts=Coalesce(Subquery(tried.annotate(n=Count("pk")).values("n")[:1]), 0),
        stopped=Exists(Stop.objects.filter(customer=OuterRef("claim__customer"), lifted_at=None)),
    )


def first_of_each(parts: Mapping[str, QuerySet[Task]], most: int = MOST) -> dict[str, list[Task]]:
    """The first rows of several lists of tasks, by name, in the order of each list. Two queries for all of them."""
    marked = [
        tasks.select_related(None).annotate(part=Value(name)).values_list("part", "pk")[:most]
        for name, tasks in parts.items()
    ]
    first, *others = marked
    places = list(first.union(*others, all=True)) if others else list(first)
    rows = {row.pk: row for row in with_pointers(Task.objects.filter(pk__in={pk for _part, pk in places}))}
    found: dict[str, list[Task]] = {name: [] for name in parts}
    for part, pk in places:
        found[part].append(rows[pk])
    return found


def in_order(keys: Iterable[int]) -> list[Task]:
    """The tasks of one page of a list, in its order: sorting a long list is cheap while its rows are bare."""
    wanted = list(keys)
    rows = {row.pk: row for row in with_pointers(Task.objects.filter(pk__in=wanted))}
    return [rows[key] for key in wanted]


def callable_first(tasks: QuerySet[Task], now: datetime) -> QuerySet[Task]:
    """In working order: times asked for that have come, then whoever may be rung any time, then times to come."""
    turn = Case(
        When(window_from__lte=now, then=Value(0)),
        When(window_from=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return tasks.order_by("due_on", turn, F("window_from").asc(nulls_last=True), "id")


@dataclass(frozen=True)
class Counts:
    """Open tasks of one kind that are late, and due today."""

    late: int
    today: int


def late_on(on: date, now: datetime) -> Q:
    """Late: due on an earlier day, or asked for at a time that has passed. An interview may take its time."""
    return Q(due_on__lt=on) | (Q(window_until__lt=now) & ~Q(kind=TaskKind.HOLD_INTERVIEW))


def counts_of(tasks: QuerySet[Task], on: date, now: datetime) -> dict[str, Counts]:
    """How many are late and due today, by kind. One query."""
    late = late_on(on, now)
    rows = (
        tasks.filter(due_on__lte=on)
        .order_by()
        .select_related(None)
        .values_list("kind")
        .annotate(late=Count("pk", filter=late), today=Count("pk", filter=~late))
    )
    return {kind: Counts(late_ones, today) for kind, late_ones, today in rows}


@dataclass(frozen=True)
class Coming:
    """The next day on which something is due, and how much."""

    on: date
    tasks: int


def coming_after(tasks: QuerySet[Task], on: date) -> Coming | None:
    """What comes on the next day that has something. Two queries, asked only when nothing is due today."""
    later = tasks.filter(due_on__gt=on).order_by().select_related(None)
    day = later.aggregate(day=Min("due_on"))["day"]
    return Coming(day, later.filter(due_on=day).count()) if day else None


# Who waits for a team leader


def questions_of(post: Post, on: date) -> list[Question]:
    """What this agent asked a team leader in conversations that are not finished, the oldest first. One query."""
    open_talks = ~Q(conversation__state=CallState.FINISHED)
    return list(
        Question.objects.filter(open_talks, asked_by__person=post.person_id)
        .select_related("conversation__interview__claim__customer", "answered_by__person")
        .order_by("asked_at")[:MOST]
    )


# Appointments of the day


def appointments_today(post: Post, on: date) -> list[Appointment]:
    """The appointments a person holds today, with what must be known of each customer. Three queries."""
    whose = "interview__claim__customer"
    topics = Note.objects.filter(kind=NoteKind.DO_NOT_ASK).order_by("written_at")
    return list(
        my_appointments(post, on)
        .select_related(
            f"{whose}__safe_contact",
            f"{whose}__access_needs",
            "interview__claim__office",
            "adviser",
            "room",
            "office",
        )
        .prefetch_related(
            Prefetch(f"{whose}__notes", topics, to_attr="topics"),
            Prefetch(f"{whose}__stops", Stop.objects.filter(lifted_at=None), to_attr="open_stops"),
        )
    )


# Interviews offered in time


@dataclass(frozen=True)
class Offer:
    """An interview that was to be booked at first contact, and the first time that was found for it."""

    customer_ref: str
    customer: str
    office: str
    asked_on: date
    offered_for: date | None
    by_day: date

    @property
    def in_time(self) -> bool:
        return self.offered_for is not None and self.offered_for <= self.by_day


@dataclass(frozen=True)
class Share:
    """How many of how many; no percentage of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole else None


def offers(post: Post, since: date, until: date, rules: Mapping[str, Rules]) -> list[Offer]:
    """Interviews decided to be booked at first contact in a stretch of days, oldest first (D:L572). Two queries.

    In time is a time at most so many days after the first contact began, or on the working day that follows
    when that day is none. An interview for which no time was found is not in time.
    """
    first_time = Appointment.objects.filter(interview=OuterRef("interview")).order_by("made_at", "id")
    reach = Claim.objects.filter(claims_within_reach(post)).values("pk")
    rows = (
        Decision.objects.filter(
            on__gte=since,
            on__lte=until,
            choice=Choice.BOOK,
            stage=Stage.FIRST_CONTACT,
            interview__claim__in=reach,
        )
        .order_by("decided_at")
        .values_list(
            "interview__claim__customer__ref",
            "interview__claim__customer__given_names",
            "interview__claim__customer__family_name",
            "interview__claim__office__name",
            "interview__claim__programme",
            "conversation__started_at",
            Subquery(first_time.values("starts_at")[:1]),
        )
    )
    holidays = organisations.holidays()
    found = []
    for ref, given, family, office, programme, started_at, starts_at in rows:
        days = days_allowed(rules.get(programme))
        if days is None:
            continue
        asked_on = day_of(started_at)
        by_day = next_working_day(asked_on + timedelta(days=days), holidays)
        offered_for = day_of(starts_at) if starts_at else None
        found.append(Offer(ref, f"{given} {family}", office, asked_on, offered_for, by_day))
    return found


def share_in_time(post: Post, since: date, until: date, rules: Mapping[str, Rules]) -> Share:
    """How many of `offers` are in time, counted by day in the database: the two agree. Two queries."""
    rows = (
        Decision.objects.filter(
            on__gte=since,
            on__lte=until,
            choice=Choice.BOOK,
            stage=Stage.FIRST_CONTACT,
            interview__claim__in=Claim.objects.filter(claims_within_reach(post)).values("pk"),
        )
        .annotate(
            # The time that was found is the one booked with the decision itself.
            time=FilteredRelation(
                "interview__appointments", condition=Q(interview__appointments__made_at=F("decided_at"))
            )
        )
        .values_list(
            "interview__claim__programme", TruncDate("conversation__started_at"), TruncDate("time__starts_at")
        )
        .annotate(n=Count("pk", distinct=True))
        .order_by()
    )
    holidays = organisations.holidays()
    part = whole = 0
    for programme, asked_on, offered_for, n in rows:
        days = days_allowed(rules.get(programme))
        if days is None:
            continue
        whole += n
        if offered_for and offered_for <= next_working_day(asked_on + timedelta(days=days), holidays):
            part += n
    return Share(part, whole)


def days_allowed(rules: Rules | None) -> int | None:
    """Within how many days of the first contact the interview should be offered; None where nothing is said."""
    if rules is None:
        return None
    try:
        return int(rules.value("timings.first_interview_within_days"))
    except UnknownSetting:
        return None


def week_start(on: date) -> date:
    return on - timedelta(days=on.weekday())
