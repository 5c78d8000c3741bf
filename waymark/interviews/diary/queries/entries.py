"""What fills the time of people and of rooms."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import F, Field, Func, Q, QuerySet
from django.utils import timezone

from waymark.interviews.diary.queries.moments import moment
from waymark.interviews.diary.rules import Stretch
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import DiaryEntry
from waymark.kernel.composed import composed


def live_entries(first: date, last: date, now: datetime | None = None) -> QuerySet[DiaryEntry]:
    """What stands in diaries from a day to a day, without what was kept and has lapsed."""
    return entries_at(moment(first, 0), moment(last, 24 * 60), now)


def entries_at(start: datetime, end: datetime, now: datetime | None = None) -> QuerySet[DiaryEntry]:
    """What stands in diaries between two moments; with `now`, without what was kept and has lapsed."""
    between = Func(start, end, function="tstzrange", output_field=DateTimeRangeField())
    # That it has not ended before is part of the overlap; said apart, it lets an index leave out the past.
    entries = DiaryEntry.objects.filter(live=True, during__overlap=between, during__endswith__gt=start)
    if now is None:
        return entries
    return entries.exclude(appointment__state=AppointmentState.HELD, appointment__held_until__lte=now)


# Whole numbers come out of the database ten times faster than ranges of moments do, and a plain `Field` hands
# them on as they are: an office that is booked out for weeks has thousands of entries.
DAY_NUMBER = "({local}::date - DATE '0001-01-01') + 1"


MINUTE = "(extract(epoch FROM {local}::time) / 60)::int"


def _local(end: str, form: str) -> Func:
    """An end of `during` in the time of the place, as the number of its day or of its minute."""
    zone = timezone.get_default_timezone_name()
    local = f"({end}(%(expressions)s) AT TIME ZONE '{zone}')"
    return Func(F("during"), template=form.format(local=local), output_field=Field())


def _by_person_and_day() -> dict[int, dict[date, list[Stretch]]]:
    return defaultdict(lambda: defaultdict(list))


@dataclass
class _Taken:
    people: dict[int, dict[date, list[Stretch]]] = field(default_factory=_by_person_and_day)
    meetings: dict[int, dict[date, list[Stretch]]] = field(default_factory=_by_person_and_day)
    rooms: dict[int, dict[date, list[Stretch]]] = field(default_factory=_by_person_and_day)
    booked: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))


def load_taken(
    people: Collection[int],
    rooms: Collection[int],
    first: date,
    last: date,
    now: datetime | None,
    *,
    but_not: str = "",
) -> _Taken:
    """Busy stretches of persons (in whatever office) and of rooms; `but_not`: a meeting that counts as free."""
    found = _Taken()
    start, end = moment(first, 0), moment(last, 24 * 60)
    rows = _taken(people, rooms, start, end, now, but_not, lapses=now is not None, all_meetings=not but_not)
    for person_id, room_id, appointment_id, from_day, start, until_day, end in rows:
        for number in range(from_day, until_day + 1):
            stretch = (start if number == from_day else 0, end if number == until_day else 24 * 60)
            day = date.fromordinal(number)
            found.people[person_id][day].append(stretch)
            if room_id is not None:
                found.rooms[room_id][day].append(stretch)
            if appointment_id is not None:
                found.meetings[person_id][day].append(stretch)
                # The number of the Monday: the first day of all was one.
                found.booked[person_id][number - (number - 1) % 7] += 1
    return found


@composed
def _taken(
    people: Collection[int],
    rooms: Collection[int],
    start: datetime,
    end: datetime,
    now: datetime | None,
    but_not: str,
    *,
    lapses: bool,
    all_meetings: bool,
) -> QuerySet[DiaryEntry, tuple[Any, ...]]:
    entries = entries_at(start, end, now if lapses else None)
    return (
        (entries if all_meetings else entries.exclude(meeting=but_not))
        .filter(Q(person__one_of=people) | Q(room__one_of=rooms))
        .order_by()
        .annotate(
            from_day=_local("lower", DAY_NUMBER),
            from_minute=_local("lower", MINUTE),
            until_day=_local("upper", DAY_NUMBER),
            until_minute=_local("upper", MINUTE),
        )
        .values_list(
            "person_id", "room_id", "appointment_id", "from_day", "from_minute", "until_day", "until_minute"
        )
    )
