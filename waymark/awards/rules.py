"""Money by the week: instalments, what a stop leaves due, what was paid too much. Pure; sums in pence."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
PENCE = 100
HOURS_OF_WORK = 16
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Part:
    """One instalment: the days it is for, both counted, the day it is due, and how much."""

    number: int
    covers_from: date
    covers_until: date
    due_on: date
    pence: int


def pounds(pence: int) -> str:
    """£1,234.50; whole pounds without pence: £40."""
    sign, sum_ = ("−" if pence < 0 else ""), abs(pence)
    whole, rest = divmod(sum_, PENCE)
    return f"{sign}£{whole:,}" if not rest else f"{sign}£{whole:,}.{rest:02d}"


def pounds_exactly(pence: int) -> str:
    """£1,234.50 and £40.00: for sums under each other."""
    sign, sum_ = ("−" if pence < 0 else ""), abs(pence)
    return f"{sign}£{sum_ // PENCE:,}.{sum_ % PENCE:02d}"


def last_day(starts_on: date, weeks: int) -> date:
    """The last day of so many weeks from a day."""
    return starts_on + WEEK * weeks - DAY


def weekly_parts(starts_on: date, weeks: int, weekly_pence: int, every: int) -> list[Part]:
    """The instalments of a weekly award: `every` so many weeks, each due the day after its last day.

    The last may be for fewer weeks. They cover every day of the award once, and add up to weeks times the rate.
    """
    parts: list[Part] = []
    done = 0
    while done < weeks:
        length = min(every, weeks - done)
        begins = starts_on + WEEK * done
        ends = last_day(begins, length)
        parts.append(Part(len(parts) + 1, begins, ends, ends + DAY, length * weekly_pence))
        done += length
    return parts


def weeks_due(starts_on: date, stops_on: date, weeks: int) -> int:
    """Weeks that are paid when the last day is `stops_on`: a week that has begun counts whole (local)."""
    if stops_on < starts_on:
        return 0
    return min(weeks, (stops_on - starts_on).days // WEEK.days + 1)


def enough_until(starts_on: date, last_seen: date | None, weeks: int) -> date | None:
    """The last day that may be paid for on what was seen: so many weeks after it, or after the beginning.

    None where the programme never asks (`weeks` is 0).
    """
    if weeks <= 0:
        return None
    return max(starts_on, last_seen or starts_on) + WEEK * weeks


@dataclass(frozen=True)
class Settled:
    """What a stop leaves: instalments cut short (number, last day, pence), those no longer due, what was overpaid."""

    shortened: tuple[tuple[int, date, int], ...]
    dropped: tuple[int, ...]
    overpaid: int


def settle(parts: Iterable[Part], paid: Collection[int], ends_on: date, weekly_pence: int) -> Settled:
    """What becomes of the instalments when the last day paid for is `ends_on`.

    `paid`: the numbers that have been paid; those stay, and what they paid beyond the end is what was paid too
    much. Of the others what lies beyond the end is cut or dropped.
    """
    shortened: list[tuple[int, date, int]] = []
    dropped: list[int] = []
    overpaid = 0
    for part in parts:
        due = _due(part, ends_on, weekly_pence)
        if part.number in paid:
            overpaid += part.pence - due
        elif due == 0:
            dropped.append(part.number)
        elif due < part.pence:
            weeks = due // weekly_pence
            shortened.append((part.number, last_day(part.covers_from, weeks), due))
    return Settled(tuple(shortened), tuple(dropped), overpaid)


def _due(part: Part, ends_on: date, weekly_pence: int) -> int:
    weeks = weeks_due(part.covers_from, ends_on, part.pence // weekly_pence)
    return weeks * weekly_pence


def financial_year(on: date) -> int:
    """The year in which it begins: 2004 for 1 April 2004 to 31 March 2005."""
    return on.year if (on.month, on.day) >= (4, 1) else on.year - 1


def yearly_pounds(weekly_pence: int) -> int:
    """Weekly pay as whole pounds a year, rounded down."""
    return weekly_pence * WEEKS_A_YEAR // PENCE


def whole_pounds_up(pence: int) -> int:
    return -(-pence // PENCE)
