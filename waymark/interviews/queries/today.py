"""What a person has to do today, in the order to do it. Every list is cut at `MOST`; every count is whole."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from waymark.customers.enums import NoteKind
from waymark.customers.models import Note, Stop
from waymark.inbound.models import Message
from waymark.interviews.diary.queries import my_appointments
from waymark.interviews.enums import CallState
from waymark.interviews.models import Appointment, CallAttempt, Check, Conversation, Interview, Question
from waymark.kernel.composed import composed
from waymark.organisations.models import Post
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.queries import Counted, Whose, to_do

MOST = 10  # of each part of the page; the link under it lists them all
MOST_QUESTIONS = 50


# Tasks as rows


def with_pointers(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with what their row says and opens.

    `interview_ref`, `conversation_ref`, `question_ref`, `decision_ref` and `message_ref` are what the task is
    about, empty or None where it is about no such thing; `attempts` were made to ring, `stopped` says that
    contact is stopped.
    """
    interviews = Interview.objects.filter(claim=OuterRef("claim")).order_by("-number")
    talks = Conversation.objects.filter(interview__claim=OuterRef("claim")).exclude(state=CallState.FINISHED)
    tried = CallAttempt.objects.filter(claim=OuterRef("claim")).order_by().values("claim")
    asked = Question.objects.filter(task=OuterRef("pk"))
    checked = Check.objects.filter(task=OuterRef("pk"))
    told = Message.objects.filter(task=OuterRef("pk"))
    # What stands in few rows is asked for row by row: every table joined makes the plan dearer.
    return tasks.select_related("claim__customer__safe_contact", "office", "person").annotate(
        interview_ref=Subquery(interviews.values("ref")[:1]),
        conversation_ref=Subquery(talks.order_by("-started_at").values("ref")[:1]),
        question_ref=Subquery(asked.values("ref")[:1]),
        decision_ref=Subquery(checked.values("decision__ref")[:1]),
        message_ref=Subquery(told.values("ref")[:1]),
        attempts=Coalesce(Subquery(tried.annotate(n=Count("pk")).values("n")[:1]), 0),
        stopped=Exists(Stop.objects.filter(customer=OuterRef("claim__customer"), lifted_at=None)),
    )


def first_keys(parts: Mapping[str, QuerySet[Task]], most: int = MOST) -> QuerySet[Task, tuple[str, int]]:
    """The keys of the first rows of several lists of tasks, each with its list's name: one statement for all."""
    first, *others = [
        tasks.select_related(None).annotate(part=Value(name)).values_list("part", "pk")[:most]
        for name, tasks in parts.items()
    ]
    return first.union(*others, all=True) if others else first


def in_order(keys: Iterable[int]) -> list[Task]:
    """The tasks of one page of a list, in its order: sorting a long list is cheap while its rows are bare."""
    wanted = list(keys)
    rows = {row.pk: row for row in _rows(wanted)}
    return [rows[key] for key in wanted]


@composed
def _rows(keys: Collection[int]) -> QuerySet[Task]:
    return with_pointers(Task.objects.filter(pk__one_of=keys))


def callable_first(tasks: QuerySet[Task], now: datetime) -> QuerySet[Task]:
    """In working order: times asked for that have come, then whoever may be rung any time, then times to come."""
    turn = Case(
        When(window_from__lte=now, then=Value(0)),
        When(window_from=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return tasks.order_by("due_on", turn, F("window_from").asc(nulls_last=True), "id")


OfOffice = Callable[[int, date], QuerySet[Task, Counted]]


@dataclass(frozen=True)
class Counts:
    """Open tasks of one kind that are late, and due today."""

    late: int
    today: int


def late_on(on: date, now: datetime) -> Q:
    """Late: due on an earlier day, or asked for at a time that has passed. An interview may take its time."""
    return Q(due_on__lt=on) | (Q(window_until__lt=now) & ~Q(kind=TaskKind.HOLD_INTERVIEW))


def counts_of(
    mine: Whose, office: int, on: date, now: datetime, beside: OfOffice | None = None
) -> tuple[dict[str, Counts], tuple[int, int]]:
    """How many are late and due today, by kind, and the two counts of the office that `beside` asks for. One query."""
    counted = {kind: both for kind, *both in _counts(*mine, office, on, now, beside=beside)}
    first, second = counted.pop("", (0, 0))
    return {kind: Counts(*both) for kind, both in counted.items()}, (first, second)


@composed
def _counts(
    people: list[int],
    team: int,
    uncovered: list[int],
    office: int,
    on: date,
    now: datetime,
    *,
    beside: OfOffice | None,
) -> QuerySet[Task, Counted]:
    late = late_on(on, now)
    own = (
        to_do(Whose(people, team, uncovered))
        .filter(due_on__lte=on)
        .order_by()
        .select_related(None)
        .values_list("kind")
        .annotate(late=Count("due_on", filter=late), today=Count("due_on", filter=~late))
    )
    return own.union(beside(office, on), all=True) if beside else own


@dataclass(frozen=True)
class Coming:
    """The next day on which something is due, and how much."""

    on: date
    tasks: int


def coming_after(mine: Whose, on: date) -> Coming | None:
    """What comes on the next day that has something. Two queries, asked only when nothing is due today."""
    later = to_do(mine).filter(due_on__gt=on).order_by().select_related(None)
    day = later.aggregate(day=Min("due_on"))["day"]
    return Coming(day, later.filter(due_on=day).count()) if day else None


# Who waits for a team leader


def questions_of(post: Post, on: date) -> list[Question]:
    """What this agent asked a team leader in conversations that are not finished, the oldest first. One query."""
    return _questions(post.person_id)


@composed
def _questions(person: int) -> QuerySet[Question]:
    open_talks = ~Q(conversation__state=CallState.FINISHED)
    return (
        Question.objects.filter(open_talks, asked_by__person=person)
        .select_related("conversation__interview__claim__customer", "answered_by__person")
        .only(
            "words",
            "answer",
            "conversation__ref",
            "conversation__interview__claim__customer__ref",
            "conversation__interview__claim__customer__given_names",
            "conversation__interview__claim__customer__family_name",
            "answered_by__person__name",
        )
        .order_by("asked_at")[:MOST_QUESTIONS]
    )


# Appointments of the day


def appointments_today(post: Post, on: date) -> list[Appointment]:
    """The appointments a person holds today, with what must be known of each customer. One query.

    Each has `topics`, what is not to be asked again, and `stopped`, whether contact is stopped.
    """
    whose = "interview__claim__customer"
    topics = Note.objects.filter(kind=NoteKind.DO_NOT_ASK, customer=OuterRef(whose)).order_by("written_at")
    stops = Stop.objects.filter(lifted_at=None, customer=OuterRef(whose))
    return list(
        my_appointments(post, on)
        .select_related(None)
        .select_related(f"{whose}__safe_contact", f"{whose}__access_needs", "room", "office")
        .annotate(topics=ArraySubquery(topics.values("text")), stopped=Exists(stops))
    )
