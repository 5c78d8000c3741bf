"""What a day brings to customers and desks, in one go, for all of them or for one part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from random import Random
from time import perf_counter

from waymark.demo.parts import Part, parts
from waymark.demo.process import Each
from waymark.demo.year import arrivals, happenings, place, work
from waymark.demo.year.day import Day, Tally
from waymark.kernel.clock import at, day_of

DESKS = time(17, 5)


@dataclass(frozen=True)
class Order:
    """A part of the customers, the moment their day begins, its dice, and the numbers of all who come in today."""

    part: Part
    now: datetime
    seed: int
    coming: range


@dataclass
class Lived:
    """What was called, the seconds each stretch of the day took, and the moment of the last act."""

    now: datetime
    tally: Tally = field(default_factory=Tally)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Crew:
    """Who lives the day of the customers: so many parts, side by side where `each` does so, with the dice of a seed."""

    each: Each
    count: int
    seed: int

    def live(self, now: datetime, coming: range) -> Iterable[Lived]:
        return self.each(live, [Order(part, now, self.seed, coming) for part in parts(self.count)])


def live(order: Order) -> Lived:
    """New claims, what happens by itself, the desks, the interviews, the desks."""
    on = day_of(order.now)
    lived = Lived(order.now)
    dice = Random(f"{order.seed} {on} {order.part.number} of {order.part.of}")
    day = Day(on, place.load(on), lived.tally, dice, order.part)
    day.now = order.now
    timed(lived.seconds, "arrivals", partial(_arrive, day, order.coming))
    timed(lived.seconds, "happenings", partial(happenings.to_customers, day))
    timed(lived.seconds, "desks", partial(work.at_desks, day))
    timed(lived.seconds, "interviews", partial(work.interviews, day))
    day.now = max(day.now, at(on, DESKS))
    timed(lived.seconds, "desks", partial(work.at_desks, day))
    lived.now = day.now
    return lived


def _arrive(day: Day, coming: range) -> None:
    for number in coming:
        if day.part.has(number):
            arrivals.new_claim(day, number)


def timed(seconds: dict[str, float], stretch: str, what: Callable[[], object]) -> None:
    started = perf_counter()
    what()
    seconds[stretch] = seconds.get(stretch, 0.0) + perf_counter() - started
