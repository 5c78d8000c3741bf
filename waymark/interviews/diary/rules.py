"""Finding free times. No database, no clock: hours, absences and busy stretches go in, free starts come out.

Within a day, time is counted in whole minutes since midnight, in the time of the place; a stretch is a pair
of them, the second excluded. So nothing here knows of time zones or of clocks that go forward.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

GRID = 15  # minutes between the starts that are offered
HOME_VISIT = 90  # minutes, with the journey (local: no report says)

Mode = Literal["office", "phone", "home", "outreach"]
Stretch = tuple[int, int]
Stretches = Sequence[Stretch]
Busy = Mapping[date, Stretches]


@dataclass(frozen=True)
class Hours:
    """A stretch of a weekday in which a person takes appointments, and of which sort."""

    weekday: int
    starts: int
    ends: int
    in_office: bool = True
    by_phone: bool = True
    at_home: bool = False
    valid_from: date = date.min
    valid_until: date | None = None

    def hold_on(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )

    def serve(self, mode: str) -> bool:
        """Outreach is a journey like a home visit: it needs hours in which the person travels."""
        return {"office": self.in_office, "phone": self.by_phone}.get(mode, self.at_home)


@dataclass(frozen=True)
class Worker:
    """Somebody who takes appointments.

    busy: all that fills the time; meetings: the part of it that is appointments; booked: how many there are
    in the week of a Monday.
    """

    id: int
    ref: str
    name: str
    hours: Sequence[Hours] = ()
    away: Sequence[tuple[date, date]] = ()
    posts: Sequence[tuple[date, date | None]] = ((date.min, None),)
    busy: Busy = field(default_factory=dict)
    meetings: Busy = field(default_factory=dict)
    booked: Mapping[date, int] = field(default_factory=dict)

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.away)

    def in_post(self, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self.posts)


@dataclass(frozen=True)
class Place:
    """A room of the office."""

    id: int
    name: str
    private: bool = True
    step_free: bool = True
    busy: Busy = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What a time must offer. `assessor_minutes` comes first, then `minutes` with the adviser: one visit."""

    minutes: int
    mode: str = "office"
    assessor_minutes: int = 0
    private_room: bool = False
    step_free: bool = False

    @property
    def total(self) -> int:
        return self.assessor_minutes + self.minutes

    @property
    def needs_room(self) -> bool:
        """A room is kept where one is asked for; others meet in the open office (E:L2236-2285)."""
        return self.mode == "office" and (self.private_room or self.step_free)


@dataclass(frozen=True)
class Slot:
    """A time that can be kept or booked, with all that the diaries need to know of it.

    starts_at: aware, in the time of the place. minutes: the adviser's part; the assessor's comes before it.
    """

    office_id: int
    kind: str
    mode: str
    starts_at: datetime
    minutes: int
    adviser_id: int
    adviser_name: str
    assessor_minutes: int = 0
    assessor_id: int | None = None
    assessor_name: str = ""
    room_id: int | None = None
    room_name: str = ""
    private_room: bool = False
    step_free: bool = False

    @property
    def total_minutes(self) -> int:
        """How long the customer's visit takes in all; it must be told to them (D:L980)."""
        return self.assessor_minutes + self.minutes

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.total_minutes)

    @property
    def adviser_at(self) -> datetime:
        """When the adviser's part begins."""
        return self.starts_at + timedelta(minutes=self.assessor_minutes)

    @property
    def day(self) -> date:
        return self.starts_at.date()


@dataclass(frozen=True)
class Free:
    """A time that fits: the day, the first minute, and who and what is free for it."""

    day: date
    start: int
    adviser: Worker
    assessor: Worker | None = None
    room: Place | None = None


def length(minutes: int, mode: str, home_visit: int = HOME_VISIT) -> int:
    """How long a meeting takes out of a diary: at home never less than a home visit with its journey."""
    return max(minutes, home_visit) if mode == "home" else minutes


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time with overlapping and touching stretches joined, in order."""
    joined: list[Stretch] = []
    ordered = sorted(stretches)
    if len(ordered) == 1:  # most days of most people
        return [pair for pair in ordered if pair[0] < pair[1]]
    for start, end in ordered:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of `stretches` when `taken` is taken out of them."""
    left = merged(stretches)
    for start, end in merged(taken):
        left = [
            piece
            for first, last in left
            for piece in ((first, min(last, start)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return left


def minutes_of(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in merged(stretches))


def working(worker: Worker, day: date, holidays: Collection[date], mode: str | None = None) -> list[Stretch]:
    """When a person takes appointments on a day, of a mode or of any, whatever already fills that time."""
    if day in holidays or worker.is_away(day) or not worker.in_post(day):
        return []
    return merged(
        (hours.starts, hours.ends)
        for hours in worker.hours
        if hours.hold_on(day) and (mode is None or hours.serve(mode))
    )


def free(worker: Worker, day: date, holidays: Collection[date], mode: str | None = None) -> list[Stretch]:
    """What is left of a person's working time on a day."""
    return without(working(worker, day, holidays, mode), worker.busy.get(day, ()))


def fits(stretches: Stretches, start: int, minutes: int) -> bool:
    return any(first <= start and start + minutes <= last for first, last in stretches)


def starts(stretches: Stretches, minutes: int, not_before: int = 0) -> Iterator[int]:
    """Every start on the grid from which `minutes` lie inside one of the stretches."""
    for first, last in stretches:
        start = -(-max(first, not_before) // GRID) * GRID
        while start + minutes <= last:
            yield start
            start += GRID


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_name(worker: Worker) -> tuple[str, int]:
    return worker.name, worker.id


def least_used(workers: Iterable[Worker], day: date) -> list[Worker]:
    """Those with the fewest appointments in the week of `day` first, then by name."""
    week = monday(day)
    return sorted(workers, key=lambda worker: (worker.booked.get(week, 0), worker.name, worker.id))


def room_for(rooms: Iterable[Place], wish: Wish, day: date, start: int) -> Place | None:
    """The first room that is free for the whole visit and is as wished; plain rooms before scarce ones."""
    fitting = (
        room
        for room in sorted(rooms, key=lambda room: (room.private, room.step_free, room.id))
        if (room.private or not wish.private_room)
        and (room.step_free or not wish.step_free)
        and fits(without([(start, start + wish.total)], room.busy.get(day, ())), start, wish.total)
    )
    return next(fitting, None)


def free_on(
    day: date,
    wish: Wish,
    *,
    advisers: Sequence[Worker],
    assessors: Sequence[Worker] = (),
    rooms: Sequence[Place] = (),
    holidays: Collection[date] = frozenset(),
    not_before: int = 0,
    spread: bool = True,
) -> Iterator[Free]:
    """The free times of a day in order, one for each start.

    Of several advisers free at the same time the one with the fewest appointments that week is named
    (`spread=False`: the first by name). An adviser who is also an assessor does not meet the customer twice.
    """
    order = least_used(advisers, day) if spread else sorted(advisers, key=_by_name)
    shift = wish.assessor_minutes
    chosen: dict[int, list[Worker]] = {}
    for adviser in order:
        earlier = [(first - shift, last - shift) for first, last in free(adviser, day, holidays, wish.mode)]
        for start in starts(earlier, wish.minutes, max(not_before, 0)):
            chosen.setdefault(start, []).append(adviser)
    helpers = (
        [(one, free(one, day, holidays, wish.mode)) for one in least_used(assessors, day)] if shift else []
    )
    for start in sorted(chosen):
        room = room_for(rooms, wish, day, start) if wish.needs_room else None
        if wish.needs_room and room is None:
            continue
        pair = _pair(chosen[start], helpers, start, shift) if shift else (chosen[start][0], None)
        if pair is not None:
            yield Free(day, start, pair[0], pair[1], room)


def outside(found: Iterable[Free], minutes: int, taken: Mapping[int, Stretches]) -> Iterator[Free]:
    """Those that lie in no hours that are taken. taken: stretches of each weekday, Monday being 0."""
    for one in found:
        stretches = taken.get(one.day.weekday(), ())
        if not any(first < one.start + minutes and one.start < last for first, last in stretches):
            yield one


def _pair(
    advisers: Sequence[Worker], helpers: Sequence[tuple[Worker, Stretches]], start: int, minutes: int
) -> tuple[Worker, Worker] | None:
    """The first assessor free before the adviser, and an adviser who is another person."""
    pairs = (
        (adviser, helper)
        for adviser in advisers
        for helper, stretches in helpers
        if helper.id != adviser.id and fits(stretches, start, minutes)
    )
    return next(pairs, None)


def spread_over_day(found: Sequence[Free], most: int | None) -> list[Free]:
    """At most `most` of a day's times, the first among them and the others evenly over the day."""
    if most is None or len(found) <= most:
        return list(found)
    if most == 1:
        return [found[0]]
    step = (len(found) - 1) / (most - 1)
    return [found[round(place * step)] for place in range(most)]


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
