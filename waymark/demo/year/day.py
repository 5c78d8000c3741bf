"""One simulated day: its moment, its dice, who is there, and the one door through which every verb is called."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from random import Random
from time import perf_counter
from typing import Any, TypeVar

from waymark.customers.models import Claim
from waymark.demo.parts import WHOLE, Part
from waymark.demo.year.place import Place
from waymark.demo.year.rates import RATES, Rates
from waymark.demo.year.times import Times
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind, Role
from waymark.organisations.models import Post
from waymark.programme import queries as programme
from waymark.programme.queries import Rules
from waymark.worklist.models import Task

log = logging.getLogger("waymark.simulation")
Given = TypeVar("Given")
OPENS = time(9)
A_WHILE = timedelta(seconds=1)


@dataclass
class Tally:
    """What was called and how it went: per verb how often and how long, refusals by code, errors by their words."""

    calls: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=partial(defaultdict, float))
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        self.calls += other.calls
        self.refused += other.refused
        self.failed += other.failed
        for name, spent in other.seconds.items():
            self.seconds[name] += spent


@dataclass
class Day:
    """A working day in the district, or a part of it: that of some of the customers."""

    on: date
    place: Place
    tally: Tally
    random: Random
    part: Part = WHOLE
    rates: Rates = RATES
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = at(self.on, OPENS)
        self.times = Times(self.place.offices, self.on, self.now, self.part)
        self._rules: dict[tuple[str, int], Rules] = {}
        self.cache: dict[Any, Any] = {}

    @cached_property
    def holidays(self) -> frozenset[date]:
        return organisations.holidays()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def do(
        self, verb: Callable[..., Given], *args: Any, now: datetime | None = None, **kwargs: Any
    ) -> Given | None:
        """Call a verb, a moment later than the last one; None when it was refused in words.

        What is no refusal is an error of ours: it is kept with the verb's name, and the day goes on without it.
        """
        if now is None:
            self.now += A_WHILE
        started, name = perf_counter(), verb.__name__
        try:
            return verb(*args, now=now or self.now, **kwargs)
        except Refused as refused:
            self.tally.refused[f"{name}: {refused.code}"] += 1
            return None
        except Exception as error:
            self.tally.failed[f"{name}: {type(error).__name__}: {' '.join(str(error).split())[:200]}"] += 1
            log.exception("%s failed on %s", name, self.on)
            return None
        finally:
            self.tally.calls[name] += 1
            self.tally.seconds[name] += perf_counter() - started

    def rules(self, claim: Claim) -> Rules:
        """What holds today for a claim."""
        key = (claim.programme, claim.office_id)
        if key not in self._rules:
            place = programme.Place(claim.office.district.code, claim.office.code)
            self._rules[key] = programme.holding(claim.programme, self.on, place)
        return self._rules[key]

    # Who does it

    def agent(self) -> Post:
        return self.random.choice(self.place.there(self.place.posts[Role.AGENT]))

    def leader(self) -> Post:
        return self.random.choice(self.place.there(self.place.posts[Role.TEAM_LEADER]))

    def decider(self, *but_not: int) -> Post:
        """A decision maker who is none of these people."""
        posts = [p for p in self.place.posts[Role.DECISION_MAKER] if p.person_id not in but_not]
        return self.random.choice(posts)

    def adviser(self, claim: Claim) -> Post:
        return self.random.choice(self.place.there(self.place.advisers[claim.office_id]))

    def manager(self, claim: Claim) -> Post:
        return self.place.managers[claim.office_id]

    def owner(self, task: Task) -> Post:
        """Who works on a task today: whoever has taken it, if they are there; else somebody of its team."""
        office = task.team.office
        if task.person_id is not None and task.person_id not in self.place.away:
            post = self.place.by_person.get((task.person_id, task.claim.office_id))
            post = post or self.place.by_person.get((task.person_id, office.pk))
            if post is not None:
                return post
        if office.kind == OfficeKind.CONTACT_CENTRE:
            return self.leader() if task.team.kind == "leaders" else self.agent()
        return self.adviser(task.claim)

    def adviser_owning(self, task: Task) -> Post:
        """Likewise, for what only an adviser does."""
        post = self.owner(task)
        return post if post.role == Role.ADVISER else self.adviser(task.claim)
