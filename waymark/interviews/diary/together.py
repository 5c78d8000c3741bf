"""Times at which several people are free at once. No database, no clock, as in `rules`."""

from collections.abc import Collection, Sequence
from datetime import date

from waymark.interviews.diary.rules import Stretch, Stretches, Worker, starts, without, working

ALL_DAY: Stretch = (0, 24 * 60)
OFFICE_HOURS: Stretch = (9 * 60, 17 * 60)  # of somebody who takes no appointments, and so has no hours set


def together(
    workers: Sequence[Worker],
    day: date,
    minutes: int,
    *,
    holidays: Collection[date] = frozenset(),
    taken: Stretches = (),
    not_before: int = 0,
) -> list[int]:
    """The starts of a day at which all of these people are free for `minutes`; `taken`: when others cannot.

    Whoever has no hours anywhere (a manager, a disability adviser) is taken to be here in office hours.
    """
    if day in holidays or day.weekday() > 4 and not any(one.hours for one in workers):
        return []
    left = [ALL_DAY]
    for one in workers:
        here = working(one, day, holidays) if one.hours else _in_office_hours(one, day)
        mine = without(here, one.busy.get(day, ()))
        left = without(left, without([ALL_DAY], mine))
    return list(starts(without(left, taken), minutes, max(not_before, 0)))


def _in_office_hours(one: Worker, day: date) -> list[Stretch]:
    there = day.weekday() < 5 and not one.is_away(day) and one.in_post(day)
    return [OFFICE_HOURS] if there else []
