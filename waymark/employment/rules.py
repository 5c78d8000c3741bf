"""The clock of sustained work, and what fits a customer's wishes. Pure: days in, days out.

The reports say that work kept for 26 weeks is sustained (P:L325, P:L950) and that customers get something at 13
(P:L1444). Whether breaks are allowed they do not say; so that is a setting of the pack (all local):

- a break of at most `break_days` between two spells is bridged: the clock goes on, its days do not count;
- spells apart by at most `linked_days` are linked: the clock stands still between them and goes on afterwards;
- after a longer time out of work a new clock begins. That is a beginning, not a failure;
- a change of employer breaks nothing where `other_employer_counts`; two jobs on one day are one day of work.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DAY = timedelta(days=1)
WEEK = 7
PENCE_WEEKS = {
    "week": Decimal(1),
    "fortnight": Decimal(2),
    "four_weeks": Decimal(4),
    "month": Decimal(52) / 12,
    "year": Decimal(52),
}


@dataclass(frozen=True)
class Spell:
    """Work from a first to a last day, both worked; no last day: it goes on."""

    first: date
    last: date | None
    employer: str = ""
    hours: Decimal = Decimal(0)


@dataclass(frozen=True)
class ClockRules:
    """The settings `employment.*` as the clock needs them; weeks are the milestones, the smallest first."""

    weeks: tuple[int, ...] = (13, 26)
    break_days: int = 7
    linked_days: int = 56
    least_hours: Decimal = Decimal(0)
    other_employer_counts: bool = True


@dataclass(frozen=True)
class Break:
    """Days without work between two spells of one clock; `linked` where the clock stood still for long."""

    first: date
    last: date
    linked: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Milestone:
    """`weeks` of work: the day on which they were reached; or else the day on which they will be, if work goes on.

    Neither day is known while nobody works.
    """

    weeks: int
    reached_on: date | None
    expected_on: date | None


@dataclass(frozen=True)
class Clock:
    """Where sustained work stands on a day.

    since: the first day that counts; days: days worked that count, up to and with the day asked for;
    working: somebody works on that day; lapses_on: the last day on which new work still links, while nobody works.
    """

    since: date
    days: int
    working: bool
    breaks: tuple[Break, ...]
    milestones: tuple[Milestone, ...]
    lapses_on: date | None = None

    @property
    def full_weeks(self) -> int:
        return self.days // WEEK

    @property
    def next_milestone(self) -> Milestone | None:
        return next((one for one in self.milestones if one.reached_on is None), None)


def clock(spells: Iterable[Spell], rules: ClockRules, on: date) -> Clock | None:
    """The clock as it stands on a day. None where no work counts, or the last lies too far back to link."""
    worked = _worked(spells, rules, on)
    if not worked:
        return None
    ours = _last_chain(worked, rules)
    lapses = ours[-1][1] + DAY * max(rules.linked_days, rules.break_days)
    working = ours[-1][1] >= on
    if not working and lapses < on:
        return None
    days = sum((last - first).days + 1 for first, last in ours)
    return Clock(
        since=ours[0][0],
        days=days,
        working=working,
        breaks=tuple(_breaks(ours, rules)),
        milestones=tuple(_milestone(weeks, ours, days, working, on) for weeks in sorted(rules.weeks)),
        lapses_on=None if working else lapses,
    )


def _worked(spells: Iterable[Spell], rules: ClockRules, on: date) -> list[tuple[date, date]]:
    """Stretches of days on which somebody worked, in order, none touching another.

    Hours of two jobs at once add up, so that two small ones can count where one would not.
    """
    begun = [
        spell for spell in spells if spell.first <= on and (spell.last is None or spell.last >= spell.first)
    ]
    if not rules.other_employer_counts and begun:
        latest = max(begun, key=lambda spell: (spell.first, spell.employer)).employer
        begun = [spell for spell in begun if spell.employer == latest]
    edges = sorted({spell.first for spell in begun} | {_end(spell, on) + DAY for spell in begun})
    found: list[tuple[date, date]] = []
    for first, after in zip(edges, edges[1:], strict=False):
        there = [spell for spell in begun if spell.first <= first and _end(spell, on) >= first]
        if not there or sum((spell.hours for spell in there), Decimal(0)) < rules.least_hours:
            continue
        if found and found[-1][1] + DAY == first:
            found[-1] = (found[-1][0], after - DAY)
        else:
            found.append((first, after - DAY))
    return found


def _end(spell: Spell, on: date) -> date:
    return on if spell.last is None else min(spell.last, on)


def _last_chain(worked: Sequence[tuple[date, date]], rules: ClockRules) -> list[tuple[date, date]]:
    """The stretches of the clock that runs last: back to the first time out of work that is too long."""
    most = max(rules.break_days, rules.linked_days)
    chain = [worked[-1]]
    for first, last in reversed(worked[:-1]):
        if (chain[0][0] - last).days - 1 > most:
            break
        chain.insert(0, (first, last))
    return chain


def _breaks(chain: Sequence[tuple[date, date]], rules: ClockRules) -> list[Break]:
    pairs = zip(chain, chain[1:], strict=False)
    return [
        Break(left[1] + DAY, right[0] - DAY, (right[0] - left[1]).days - 1 > rules.break_days)
        for left, right in pairs
    ]


def _milestone(
    weeks: int, chain: Sequence[tuple[date, date]], days: int, working: bool, on: date
) -> Milestone:
    need = weeks * WEEK
    left = need
    for first, last in chain:
        here = (last - first).days + 1
        if here >= left:
            return Milestone(weeks, first + DAY * (left - 1), None)
        left -= here
    return Milestone(weeks, None, on + DAY * (need - days) if working else None)


def weekly_pence(pay_pence: int | None, period: str, hours: Decimal) -> int | None:
    """Pay a week before tax, in whole pence; None where the pay is not known."""
    if pay_pence is None:
        return None
    if period == "hour":
        return int(pay_pence * hours)
    return int(pay_pence / PENCE_WEEKS[period])


def call_days(starts_on: date, days: Sequence[int]) -> list[date]:
    """The days of the calls in the first weeks, counted from the first day of the job."""
    return [starts_on + DAY * count for count in sorted(set(days))]


@dataclass(frozen=True)
class Wished:
    """What a customer wants of work: None where they said nothing."""

    least_hours: Decimal | None = None
    most_hours: Decimal | None = None
    most_travel_minutes: int | None = None
    avoid: str = ""
    times: str = ""


def hints(wished: Wished, *, hours: Decimal, travel_minutes: int | None = None) -> list[str]:
    """Where a job is other than the customer wished: something to talk about, never a block (M:L3090-3096)."""
    found = []
    if wished.most_hours is not None and hours > wished.most_hours:
        found.append(
            f"These are more hours than the customer wants: at most {_plain(wished.most_hours)} a week."
        )
    if wished.least_hours is not None and hours < wished.least_hours:
        found.append(
            f"These are fewer hours than the customer wants: at least {_plain(wished.least_hours)} a week."
        )
    if (
        travel_minutes is not None
        and wished.most_travel_minutes
        and travel_minutes > wished.most_travel_minutes
    ):
        found.append(f"The way there is longer than {wished.most_travel_minutes} minutes.")
    if wished.times:
        found.append(f"Do the hours fit? The customer said: {wished.times}.")
    if wished.avoid:
        found.append(f"The customer wants to avoid: {wished.avoid}.")
    return found


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
