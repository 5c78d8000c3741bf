"""What is coming at an office: absences with appointments in them, over-booked days, who is about to leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from waymark.customers.models import Claim
from waymark.interviews.diary.queries import moment
from waymark.interviews.enums import AppointmentState
from waymark.interviews.managing.overbooking import ON_A_DAY
from waymark.interviews.managing.proposing import appointments_of
from waymark.interviews.managing.verbs.leaving import HeldBack, what_holds_back
from waymark.interviews.models import Appointment, Caseload, DiaryEntry
from waymark.interviews.series.queries import caseload
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence, Office, Person, Post
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task


@dataclass(frozen=True)
class AbsenceAhead:
    """Days on which somebody is or will be away, and how many appointments stand in them."""

    ref: str
    name: str
    first_day: date
    last_day: date
    cover: str
    appointments: int


@dataclass(frozen=True)
class OverDay:
    """A day of an office with more appointments than places."""

    day: date
    within: int
    over: int


@dataclass(frozen=True)
class Leaver:
    """Somebody whose customers are to be handed over, and each with the booked appointment if there is one."""

    person: Person
    claims: tuple[Claim, ...]
    booked: Mapping[int, Appointment]
    held_back: HeldBack


def people_of(post: Post) -> QuerySet[Person]:
    """The people whose diaries and customers a manager may move: who works, or has worked, at their office."""
    here = Caseload.objects.filter(until=None, claim__office=post.team.office_id).values("adviser")
    return Person.objects.filter(Q(posts__team__office=post.team.office_id) | Q(pk__in=here)).distinct()


def absences_ahead(office: Office, now: datetime) -> list[AbsenceAhead]:
    """Absences of the people of an office that are not over, soonest first. Two queries."""
    today = day_of(now)
    rows = (
        Absence.objects.filter(
            last_day__gte=today,
            person__left_on=None,
            person__posts__in=Post.objects.filter(team__office=office).filter(
                Q(ends_on=None) | Q(ends_on__gte=today)
            ),
        )
        .select_related("person", "cover")
        .distinct()
        .order_by("first_day", "person__name", "id")
    )
    absences = list(rows)
    entries = DiaryEntry.objects.filter(
        person__in=[each.person_id for each in absences],
        live=True,
        appointment__state=AppointmentState.BOOKED,
        appointment__starts_at__gt=now,
    ).values_list("person", "appointment", "appointment__starts_at")
    booked = [(person, appointment, day_of(starts)) for person, appointment, starts in entries]
    return [
        AbsenceAhead(
            each.person.ref,
            each.person.name,
            each.first_day,
            each.last_day,
            each.cover.name if each.cover else "",
            len(
                {
                    appointment
                    for person, appointment, day in booked
                    if person == each.person_id and each.first_day <= day <= each.last_day
                }
            ),
        )
        for each in absences
    ]


def to_move(office: Office) -> QuerySet[Task]:
    """Appointments we cannot keep and for which another time is still to be found, the most pressing first."""
    return (
        Task.objects.filter(kind=TaskKind.REBOOK, closed_at=None, office_id=office.pk)
        .select_related("claim__customer", "team", "person")
        .order_by("due_on", "id")
    )


def over_days(office: Office, now: datetime) -> list[OverDay]:
    """The days from today on with over-booked appointments. One query."""
    rows = (
        Appointment.objects.filter(office=office, starts_at__gte=moment(day_of(now), 0), state__in=ON_A_DAY)
        .annotate(day=TruncDate("starts_at"))
        .values("day")
        .annotate(within=Count("pk", filter=Q(overbooked=False)), over=Count("pk", filter=Q(overbooked=True)))
        .filter(over__gt=0)
        .order_by("day")
    )
    return [OverDay(row["day"], row["within"], row["over"]) for row in rows]


def caseload_sizes(office: Office) -> dict[int, int]:
    """How many live customers of an office are with each adviser, by the person's id. One query."""
    rows = (
        Caseload.objects.filter(until=None, claim__status="live", claim__office=office)
        .values_list("adviser")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return dict(rows)


def advisers_for(office: Office, on: date, *, but_not: Person) -> QuerySet[Person]:
    """Who can take customers over at an office."""
    posts = Post.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), role=Role.ADVISER, team__office=office, starts_on__lte=on
    )
    return (
        Person.objects.filter(left_on=None, posts__in=posts)
        .exclude(pk=but_not.pk)
        .distinct()
        .order_by("name")
    )


def leaver_of(person: Person, office: Office, now: datetime) -> Leaver:
    """The customers of an office that are with a person, and what keeps the person from leaving. Six queries."""
    claims = tuple(
        caseload(person)
        .filter(office=office)
        .select_related("preferences", "customer__access_needs")
        .prefetch_related("preferences__avoid")
        .annotate(held=Count("interviews", filter=Q(interviews__state="held")), since=F("caseload__since"))
    )
    booked = appointments_of(person, day_of(now), date.max.replace(month=1), now)
    return Leaver(
        person,
        claims,
        {each.interview.claim_id: each for each in booked if each.adviser_id == person.pk},
        what_holds_back(person, day_of(now)),
    )
