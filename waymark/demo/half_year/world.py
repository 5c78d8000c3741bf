"""What the world knows, apart from Waymark's tables: what happened to each referral, and what is still to happen.

Plain values only, since a part of the world goes to a process of its own and comes back every day.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappush
from random import Random

from waymark.demo.parts import WHOLE, Part
from waymark.directory.enums import Channel
from waymark.kernel.refusal import Refused

FIRST_DAY = date(2004, 1, 5)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Size:
    """How much happens: referrals in all, services, calendar days, and the dice."""

    referrals: int = 10_000
    services: int = 60
    days: int = 182
    seed: int = 2004


@dataclass(frozen=True)
class Temper:
    """How a service behaves, in hundredths: letters that never arrive, places refused, days to an answer and to a place."""

    name: str
    lost: int
    back: int
    answer_days: int
    wait_days: int
    channel: Channel


# One in ten answers nobody; one in six loses post; one in eight is full (R:L500, R:L635, P:L738).
TEMPERS = (
    *[Temper("usual", 1, 6, 3, 21, Channel.LINK)] * 34,
    *[Temper("with an account", 0, 6, 2, 18, Channel.ACCOUNT)] * 6,
    *[Temper("loses post", 30, 6, 4, 24, Channel.PAPER)] * 9,
    *[Temper("silent", 100, 0, 0, 0, Channel.LINK)] * 5,
    *[Temper("full", 1, 45, 4, 60, Channel.LINK)] * 6,
)


@dataclass
class Fate:
    """What the world knows of one referral: its service's temper, and whether word ever reached it and came back."""

    ref: str
    temper: Temper
    sent_on: date | None = None
    reached: bool = False
    over: bool = False


@dataclass
class World:
    """The customers by the keys of their claims, the services by theirs, and what is still to happen to whom.

    `plan`: (day, order, what, reference). A part of it has a part of the customers, and dice of its own.
    """

    dice: Random
    part: Part
    claims: list[int]
    services: list[tuple[int, Temper]]
    fates: dict[str, Fate] = field(default_factory=dict)
    plan: list[tuple[date, int, str, str]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    order: int = 0

    def later(self, on: date, what: str, ref: str) -> None:
        self.order += 1
        heappush(self.plan, (on, self.order, what, ref))

    def chance(self, hundredths: int) -> bool:
        return self.dice.randrange(100) < hundredths

    def call(self, what: str, act: Callable[[], object]) -> None:
        """A verb may refuse: somebody else was quicker, or it is over. That is counted, and nothing goes wrong."""
        try:
            act()
            self.calls[what] += 1
        except Refused as refusal:
            self.refused[f"{what}: {refusal.code}"] += 1


def together(worlds: Iterable[World]) -> World:
    """What all parts know, as one; no day is lived with it."""
    whole = World(Random(), WHOLE, [], [])
    for part in worlds:
        whole.claims += part.claims
        whole.fates |= part.fates
        whole.plan += part.plan
        whole.calls += part.calls
        whole.refused += part.refused
    return whole
