"""The week of an office: who is free and used how much, and the first free times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, DateTimeField, F, Func, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from waymark.interviews.diary import rules
from waymark.interviews.diary.queries.entries import entries_at
from waymark.interviews.diary.queries.moments import moment
from waymark.interviews.diary.queries.office import Diary, load_diary
from waymark.interviews.diary.queries.slots import slot_sentence
from waymark.interviews.diary.rules import Slot, Wish, Worker
from waymark.interviews.models import DiaryEntry
from waymark.kernel.composed import composed
from waymark.organisations.enums import Role
from waymark.organisations.models import Office


@dataclass(frozen=True)
class DayLoad:
    """One person's day in minutes. `away` is the word for an absence or a holiday."""

    day: date
    free: int
    booked: int
    other: int
    appointments: int
    away: str = ""

    @property
    def used(self) -> int:
        return self.booked + self.other


@dataclass(frozen=True)
class PersonWeek:
    ref: str
    name: str
    role: str
    days: tuple[DayLoad, ...]

    @property
    def free(self) -> int:
        return sum(day.free for day in self.days)

    @property
    def used(self) -> int:
        return sum(day.used for day in self.days)

    @property
    def appointments(self) -> int:
        return sum(day.appointments for day in self.days)


@dataclass(frozen=True)
class NextFree:
    """The first free time of a usual kind, in words."""

    label: str
    slot: Slot | None

    @property
    def sentence(self) -> str:
        if self.slot is None:
            return _("%(label)s: none in the next three weeks") % {"label": self.label}
        return _("%(label)s: %(slot)s") % {"label": self.label, "slot": slot_sentence(self.slot)}


@dataclass(frozen=True)
class OfficeWeek:
    """The diaries of an office in a week: who is free and used how much, and the first free times."""

    office: Office
    days: tuple[date, ...]
    people: tuple[PersonWeek, ...]
    holidays: Mapping[date, str]
    next_free: tuple[NextFree, ...]


FIRST, LATER, ASSESSOR, VISIT = "adviser_interview", "adviser_later", "financial_assessor", "home_visit"


def usual(lengths: Mapping[str, int]) -> list[tuple[str, Wish]]:
    """What callers ask for most, in words. `lengths`: minutes of each kind of appointment, as the pack has them.

    A wish for a kind that the pack does not have is left out.
    """
    found: list[tuple[str, Wish]] = []
    if FIRST in lengths:
        minutes = lengths[FIRST]
        found.append((_("First %(n)d minutes at the office") % {"n": minutes}, Wish(minutes)))
        found.append((_("First private room"), Wish(minutes, private_room=True)))
        if ASSESSOR in lengths:
            both = Wish(minutes, assessor_minutes=lengths[ASSESSOR])
            found.append((_("First with a financial assessor before"), both))
    if LATER in lengths:
        found.append((_("First by telephone"), Wish(lengths[LATER], mode="phone")))
    if VISIT in lengths:
        found.append((_("First home visit"), Wish(lengths[VISIT], mode="home")))
    return found


LOOK_AHEAD = timedelta(days=21)


def week(
    office: Office,
    monday: date,
    *,
    now: datetime,
    wishes: Sequence[tuple[str | Promise, Wish]] = (),
) -> OfficeWeek:
    """The week of an office, and the first free time of each of `wishes` from `now` or that Monday on.

    Six queries. A week that is over has no free times.
    """
    monday = rules.monday(monday)
    sunday = monday + timedelta(days=6)
    not_before = max(now, moment(monday, 0))
    over = timezone.localdate(now) > sunday
    last = sunday if over else timezone.localdate(not_before) + LOOK_AHEAD
    diary = load_diary(office, monday, max(sunday, last), now=now)
    shown = days_shown(diary, monday)
    return OfficeWeek(
        office=office,
        days=shown,
        people=_people_weeks(diary, shown),
        holidays=diary.holidays,
        next_free=() if over else _next_free(diary, wishes, not_before, last),
    )


class Booked(NamedTuple):
    """How much of a person's week is booked."""

    name: str
    appointments: int
    minutes: int


def booked_in_week(office: Office, week: date) -> list[Booked]:
    """Appointments at an office in the week of a day, by person: one query."""
    monday = rules.monday(week)
    rows = _booked(office, moment(monday, 0), moment(monday + timedelta(days=7), 0))
    return [Booked(name, count, int(long.total_seconds() // 60)) for _id, name, count, long in rows]


@composed
def _booked(
    office: Office, start: datetime, end: datetime
) -> QuerySet[DiaryEntry, tuple[int, str, int, timedelta]]:
    length = Func(F("during"), function="upper", output_field=DateTimeField()) - Func(
        F("during"), function="lower", output_field=DateTimeField()
    )
    return (
        entries_at(start, end)
        .filter(appointment__office=office)
        .order_by("person__name", "person")
        .values_list("person", "person__name")
        .annotate(count=Count("pk"), long=Sum(length))
    )


def _next_free(
    diary: Diary, wishes: Sequence[tuple[str | Promise, Wish]], not_before: datetime, last: date
) -> tuple[NextFree, ...]:
    found = []
    for label, wish in wishes:
        slots = diary.slots(wish, kind="", not_before=not_before, until=last, limit=1)
        found.append(NextFree(str(label), slots[0] if slots else None))
    return tuple(found)


def days_shown(diary: Diary, monday: date) -> tuple[date, ...]:
    """Monday to Friday, and the weekend where somebody works on it."""
    worked = {hours.weekday for worker in (*diary.advisers, *diary.assessors) for hours in worker.hours}
    week_days = [monday + timedelta(days=number) for number in range(7)]
    return tuple(day for day in week_days if day.weekday() < 5 or day.weekday() in worked)


def everybody(diary: Diary) -> list[tuple[Worker, Role]]:
    return [
        *((worker, Role.ADVISER) for worker in diary.advisers),
        *((worker, Role.ASSESSOR) for worker in diary.assessors),
    ]


def _people_weeks(diary: Diary, shown: Sequence[date]) -> tuple[PersonWeek, ...]:
    return tuple(
        PersonWeek(worker.ref, worker.name, role, tuple(_day_load(diary, worker, day) for day in shown))
        for worker, role in everybody(diary)
    )


def _day_load(diary: Diary, worker: Worker, day: date) -> DayLoad:
    hours = rules.working(worker, day, diary.holidays)
    taken = worker.busy.get(day, ())
    left = rules.minutes_of(rules.without(hours, taken)) if hours else 0
    booked = rules.minutes_of(worker.meetings.get(day, ()))
    return DayLoad(
        day=day,
        free=left,
        booked=booked,
        other=rules.minutes_of(taken) - booked,
        appointments=len(worker.meetings.get(day, ())),
        away=away_words(diary, worker, day),
    )


def away_words(diary: Diary, worker: Worker, day: date) -> str:
    if day in diary.holidays:
        return diary.holidays[day]
    return _("away") if worker.is_away(day) else ""
