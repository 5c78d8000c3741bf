"""The diary of an office: all that fills the time of its people and rooms, read at once (six queries)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from waymark.interviews.diary import rules
from waymark.interviews.diary.queries.entries import load_taken
from waymark.interviews.diary.queries.moments import minute_of, moment
from waymark.interviews.diary.rules import Slot, Wish, Worker
from waymark.interviews.models import WorkingPattern
from waymark.kernel.composed import composed
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence, BankHoliday, Office, Post, Room

LIMIT = 20


@dataclass(frozen=True)
class Diary:
    """All that fills the time of an office from one day to another."""

    office: Office
    first: date
    last: date
    advisers: tuple[Worker, ...]
    assessors: tuple[Worker, ...]
    rooms: tuple[rules.Place, ...]
    holidays: Mapping[date, str]

    def slots(
        self,
        wish: Wish,
        *,
        kind: str,
        not_before: datetime,
        until: date,
        limit: int = LIMIT,
        per_day: int | None = None,
        spread: bool = True,
        not_with: Collection[int] = frozenset(),
        only_with: int | None = None,
        not_at: Mapping[int, rules.Stretches] | None = None,
    ) -> list[Slot]:
        """The earliest times that fit, at most `limit`. Persons are named by their ids; not_at: hours by weekday."""
        start = timezone.localtime(not_before)
        advisers = [
            one
            for one in self.advisers
            if one.id not in not_with and (only_with is None or one.id == only_with)
        ]
        assessors = [one for one in self.assessors if one.id not in not_with]
        found: list[Slot] = []
        for day in rules.days(max(self.first, start.date()), min(self.last, until)):
            fitting = rules.free_on(
                day,
                wish,
                advisers=advisers,
                assessors=assessors,
                rooms=self.rooms,
                holidays=self.holidays,
                not_before=minute_of(start) if day == start.date() else 0,
                spread=spread,
            )
            if not_at:
                fitting = rules.outside(fitting, wish.total, not_at)
            room_left = limit - len(found)
            todays = rules.spread_over_day(list(fitting), per_day) if per_day else _first(fitting, room_left)
            found += [self._slot(one, wish, kind) for one in todays[:room_left]]
            if len(found) >= limit:
                break
        return found

    def _slot(self, found: rules.Free, wish: Wish, kind: str) -> Slot:
        return Slot(
            office_id=self.office.pk,
            kind=kind,
            mode=wish.mode,
            starts_at=moment(found.day, found.start),
            minutes=wish.minutes,
            adviser_id=found.adviser.id,
            adviser_name=found.adviser.name,
            assessor_minutes=wish.assessor_minutes,
            assessor_id=found.assessor.id if found.assessor else None,
            assessor_name=found.assessor.name if found.assessor else "",
            room_id=found.room.id if found.room else None,
            room_name=found.room.name if found.room else "",
            private_room=wish.private_room,
            step_free=wish.step_free,
        )


def load_diary(office: Office, first: date, last: date, *, now: datetime | None = None) -> Diary:
    """Everybody who takes appointments at an office, with what fills their time: six queries.

    Times kept for a caller (`hold`) count as taken; with `now`, only while they last.
    """
    posts = _posts(office, first, last)
    people = {row[0] for row in posts}
    week_start = rules.monday(first)
    hours = every_hour_of(people, first, last, office)
    away = absences_of(people, first, last)
    holidays = dict(_holidays(first, last))
    rooms = _rooms(office)
    taken = load_taken(people, [room.pk for room in rooms], week_start, last, now)
    workers: dict[tuple[str, int], Worker] = {}
    for person_id, ref, name, role, starts_on, ends_on in posts:
        known = workers.get((role, person_id))
        if known is not None:
            workers[role, person_id] = replace(known, posts=(*known.posts, (starts_on, ends_on)))
            continue
        workers[role, person_id] = Worker(
            id=person_id,
            ref=ref,
            name=name,
            hours=hours.get(person_id, ()),
            away=away.get(person_id, ()),
            posts=((starts_on, ends_on),),
            busy=taken.people.get(person_id, {}),
            meetings=taken.meetings.get(person_id, {}),
            booked={date.fromordinal(week): count for week, count in taken.booked[person_id].items()},
        )
    return Diary(
        office=office,
        first=first,
        last=last,
        advisers=tuple(worker for (role, _id), worker in workers.items() if role == Role.ADVISER),
        assessors=tuple(worker for (role, _id), worker in workers.items() if role == Role.ASSESSOR),
        rooms=tuple(
            rules.Place(room.pk, room.name, room.private, room.step_free, taken.rooms.get(room.pk, {}))
            for room in rooms
        ),
        holidays=holidays,
    )


@composed
def _posts(office: Office, first: date, last: date) -> QuerySet[Post, tuple[Any, ...]]:
    return (
        Post.objects.filter(team__office=office, role__in=[Role.ADVISER, Role.ASSESSOR], starts_on__lte=last)
        .filter(Q(ends_on=None) | Q(ends_on__gte=first))
        .filter(Q(person__left_on=None) | Q(person__left_on__gte=first))
        .order_by("person__name", "person_id")
        .values_list("person_id", "person__ref", "person__name", "role", "starts_on", "ends_on")
    )


@composed
def _holidays(first: date, last: date) -> QuerySet[BankHoliday, tuple[date, str]]:
    return BankHoliday.objects.filter(day__gte=first, day__lte=last).values_list("day", "name")


@composed
def _rooms(office: Office) -> QuerySet[Room]:
    return Room.objects.filter(office=office)


def every_hour_of(
    people: Collection[int], first: date, last: date, office: Office | None = None
) -> dict[int, list[rules.Hours]]:
    """The hours of people that hold between two days, at an office or at any. One query."""
    found: dict[int, list[rules.Hours]] = defaultdict(list)
    rows = _patterns(people, first, last, office, anywhere=office is None)
    for person_id, weekday, starts, ends, in_office, by_phone, at_home, since, until in rows:
        span = (minute_of(starts), minute_of(ends))
        found[person_id].append(rules.Hours(weekday, *span, in_office, by_phone, at_home, since, until))
    return found


@composed
def _patterns(
    people: Collection[int], first: date, last: date, office: Office | None, *, anywhere: bool
) -> QuerySet[WorkingPattern, tuple[Any, ...]]:
    patterns = WorkingPattern.objects.filter(person__one_of=people, valid_from__lte=last)
    return (
        (patterns if anywhere else patterns.filter(office=office))
        .filter(Q(valid_until=None) | Q(valid_until__gte=first))
        .values_list(
            "person_id",
            "weekday",
            "starts",
            "ends",
            "in_office",
            "by_phone",
            "at_home",
            "valid_from",
            "valid_until",
        )
    )


def absences_of(people: Collection[int], first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    """The first and last days on which people are away, where they touch a stretch of days. One query."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for person_id, first_day, last_day in _absences(people, first, last):
        found[person_id].append((first_day, last_day))
    return found


@composed
def _absences(people: Collection[int], first: date, last: date) -> QuerySet[Absence, tuple[int, date, date]]:
    away = Absence.objects.filter(person__one_of=people, first_day__lte=last, last_day__gte=first)
    return away.values_list("person_id", "first_day", "last_day")


def _first(found: Iterable[rules.Free], limit: int) -> list[rules.Free]:
    return list(islice(found, limit))
