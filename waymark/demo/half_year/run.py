"""The days, one after the other, and the proof at their end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from heapq import heappop
from random import Random

from waymark.customers.models import Claim, Customer
from waymark.demo.half_year import place
from waymark.demo.half_year.desks import work
from waymark.demo.half_year.proof import Proof, prove
from waymark.demo.half_year.steps import STEPS, refer
from waymark.demo.half_year.world import DAY, FIRST_DAY, Size, World, together
from waymark.demo.parts import parts
from waymark.demo.process import side_by_side
from waymark.directory.models import Service
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import is_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import District
from waymark.referrals import daily

MORNING, EVENING = time(9), time(16)


def simulate(
    size: Size, *, workers: int = 1, on_day: Callable[[date, World], None] | None = None
) -> tuple[World, Proof]:
    """Live through the days and prove the end. The packs must be loaded; refused where somebody is there already.

    workers: so many processes live a day side by side, each with its part of the customers.
    """
    if Customer.objects.exists() or District.objects.exists():
        raise Refused(
            "not_empty",
            "There are customers or districts in this database.",
            "Give it an empty one of its own.",
        )
    worlds = _worlds(size, workers)
    days = _worked(size.days)
    with side_by_side(workers) as each:
        for number, on in enumerate(days, start=1):
            worlds = list(each(live, _orders(worlds, on, share=number / len(days))))
            daily.run(on, at(on, EVENING))
            if on_day is not None:
                on_day(on, together(worlds))
    world = together(worlds)
    return world, prove(world, days[-1])


def _worlds(size: Size, count: int) -> list[World]:
    claims, services = place.settle(size)
    return [
        World(
            Random(f"{size.seed} {part.number} of {part.of}"),
            part,
            [key for key in claims if part.has(key)],
            services,
        )
        for part in parts(count)
    ]


def _worked(days: int) -> list[date]:
    holidays = organisations.holidays()
    every = (FIRST_DAY + DAY * number for number in range(days))
    return [day for day in every if is_working_day(day, holidays)]


@dataclass(frozen=True)
class Order:
    """A day of a part of the world, and how many referrals there shall be by its evening."""

    world: World
    on: date
    until: int


def _orders(worlds: list[World], on: date, share: float) -> list[Order]:
    return [Order(world, on, round(share * len(world.claims))) for world in worlds]


def live(order: Order) -> World:
    """Referrals are made; what was to happen today happens; the desks. Gives the world as it is in the evening."""
    world, morning, evening = order.world, at(order.on, MORNING), at(order.on, EVENING)
    _refer_some(world, order.until, morning)
    while world.plan and world.plan[0][0] <= order.on:
        _on, _order, what, ref = heappop(world.plan)
        world.call(what, partial(STEPS[what], world, ref, evening))
    work(world, order.on, evening)
    return world


def _refer_some(world: World, until: int, now: datetime) -> None:
    """Whose turn it is, each with an adviser of their office and a service by chance."""
    turn = Claim.objects.filter(pk__in=world.claims[len(world.fates) : until]).order_by("pk")
    here = place.advisers()
    known = Service.objects.select_related("organisation").in_bulk([key for key, _temper in world.services])
    for claim in turn.select_related("customer", "office__district"):
        key, temper = world.dice.choice(world.services)
        refer(world, claim, known[key], temper, world.dice.choice(here[claim.office_id]), now)
