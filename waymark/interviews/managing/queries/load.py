"""How full the diaries of an office are, week by week, and where they have gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from waymark.interviews.diary import rules
from waymark.interviews.diary.queries import moment
from waymark.interviews.diary.queries.office import Diary, load_diary
from waymark.interviews.diary.rules import Worker
from waymark.interviews.managing.overbooking import ON_A_DAY
from waymark.interviews.models import Appointment, Sitting
from waymark.kernel.clock import day_of
from waymark.organisations.models import Office

WEEK = timedelta(days=7)
GAP = 45  # minutes: the shortest stretch in which an interview fits (E:L2293)


@dataclass(frozen=True)
class WeekLoad:
    """A week of one adviser in minutes: working hours, what appointments and other work take, what is free."""

    monday: date
    hours: int
    booked: int
    other: int
    free: int
    appointments: int

    @property
    def percent(self) -> int | None:
        """The share of the hours that is booked; None without hours. It can be over a hundred."""
        return round(100 * self.booked / self.hours) if self.hours else None


@dataclass(frozen=True)
class Load:
    """An adviser's weeks, and how many customers are with them."""

    id: int
    ref: str
    name: str
    weeks: tuple[WeekLoad, ...]


@dataclass(frozen=True)
class Gap:
    """A free stretch of an adviser's day, in minutes since midnight."""

    ref: str
    name: str
    day: date
    starts: datetime
    minutes: int


@dataclass(frozen=True)
class Arrivals:
    """Today at an office: how many are booked, how many beside another, who has arrived."""

    within: int
    over: int
    arrived: int

    @property
    def more_than_places(self) -> bool:
        """More customers have come than the diaries had places: interviews get short (E:L2312-2317)."""
        return self.arrived > self.within


def load(office: Office, monday: date, *, weeks: int = 4, now: datetime) -> list[Load]:
    """The booked share of every adviser's hours, week by week from a Monday. Six queries."""
    first = rules.monday(monday)
    diary = load_diary(office, first, first + weeks * WEEK - timedelta(days=1), now=now)
    return [
        Load(
            each.id,
            each.ref,
            each.name,
            tuple(_week(diary, each, first + number * WEEK) for number in range(weeks)),
        )
        for each in diary.advisers
    ]


def gaps(office: Office, *, now: datetime, days: int = 5, shortest: int = GAP) -> list[Gap]:
    """Free stretches in the next working days, in which an interview would fit. Six queries."""
    today = day_of(now)
    diary = load_diary(office, today, today + timedelta(days=days * 2), now=now)
    worked = [
        day
        for day in rules.days(diary.first, diary.last)
        if any(rules.working(each, day, diary.holidays) for each in diary.advisers)
    ]
    found = (gap for day in worked[:days] for each in diary.advisers for gap in _gaps(diary, each, day, now))
    return [gap for gap in found if gap.minutes >= shortest]


def arrivals(office: Office, day: date) -> Arrivals:
    """Today's appointments and arrivals at an office. Two queries."""
    todays = Appointment.objects.filter(
        office=office, starts_at__range=(moment(day, 0), moment(day, 24 * 60)), state__in=ON_A_DAY
    )
    counted = todays.aggregate(
        within=Count("pk", filter=Q(overbooked=False)), over=Count("pk", filter=Q(overbooked=True))
    )
    arrived = Sitting.objects.filter(appointment__in=todays, arrived_at__isnull=False).count()
    return Arrivals(counted["within"], counted["over"], arrived)


def _week(diary: Diary, worker: Worker, monday: date) -> WeekLoad:
    hours = booked = other = free = appointments = 0
    for day in rules.days(monday, monday + timedelta(days=6)):
        working = rules.working(worker, day, diary.holidays)
        meetings = worker.meetings.get(day, ())
        filled = rules.minutes_of(worker.busy.get(day, ()))
        hours += rules.minutes_of(working)
        booked += sum(end - start for start, end in meetings)
        other += filled - rules.minutes_of(meetings)
        free += rules.minutes_of(rules.free(worker, day, diary.holidays))
        appointments += len(meetings)
    return WeekLoad(monday, hours, booked, other, free, appointments)


def _gaps(diary: Diary, worker: Worker, day: date, now: datetime) -> Iterator[Gap]:
    for start, end in rules.free(worker, day, diary.holidays):
        begins = max(moment(day, start), now)
        minutes = int((moment(day, end) - begins).total_seconds()) // 60
        if minutes > 0:
            yield Gap(worker.ref, worker.name, day, begins, minutes)
