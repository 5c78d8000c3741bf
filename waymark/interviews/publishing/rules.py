"""What a version of a programme says of one claim, and whether another says otherwise. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from waymark.interviews.series.rules import Past, Regime, compulsory_until, standing_by_rules, stations

DONE = "series_done"


@dataclass(frozen=True)
class Known:
    """What is known of a claim; past: its compulsory interviews."""

    benefit: str
    claimed_on: date
    born_on: date | None
    past: Sequence[Past] = ()

    @property
    def counted(self) -> int:
        return sum(each.counts for each in self.past)


@dataclass(frozen=True)
class Says:
    """What a version says of a claim: the code, how many interviews at most, and the next one still to be planned."""

    because: str
    compulsory: bool
    total: int
    next_on: date | None


def says(
    regime: Regime, known: Known, *, compulsory_codes: Collection[str], on: date, first_due_by: date
) -> Says:
    """What a regime asks of a claim on a day; nothing more of somebody who has done all it asks for.

    first_due_by: when the first interview would be due if the claim has none.
    """
    because = standing_by_rules(
        regime, benefit=known.benefit, claimed_on=known.claimed_on, born_on=known.born_on, on=on
    )
    compulsory = because in compulsory_codes
    if compulsory and known.counted and known.counted >= regime.total:
        because, compulsory = DONE, False
    if not compulsory:
        return Says(because, False, 0, None)
    if not known.past:
        return Says(because, True, regime.total, first_due_by)
    ahead = stations(
        known.past,
        total=regime.total,
        interval_days=regime.interval_days,
        ends_on=compulsory_until(regime, known.born_on),
        today=on,
    )
    planned = [station.on for station in ahead if station.state == "planned"]
    return Says(because, True, regime.total, planned[0] if planned else None)


def differ(before: Says, after: Says) -> bool:
    """Whether a change touches a claim: its standing, how many interviews, or when the next would follow."""
    return (before.compulsory, before.total, before.next_on) != (after.compulsory, after.total, after.next_on)
