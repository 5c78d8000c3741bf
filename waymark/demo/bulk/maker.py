"""One customer at a time, with a claim, its first interview, tasks and events, into the rows of a batch."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from waymark.customers.models import AccessNeeds, Claim, Customer, SafeContact
from waymark.customers.rules import name_keys
from waymark.demo import names
from waymark.demo.bulk.diary import Diary
from waymark.demo.bulk.rows import Rows
from waymark.demo.district import PROGRAMME, Demo
from waymark.demo.stories import Story
from waymark.interviews.advice import Advice
from waymark.interviews.models import Interview, Requirement
from waymark.kernel.clock import at, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Office, Post, Team
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist.models import Task

Settled = tuple[dict[str, Any], Advice, dict[str, Any]]


@dataclass(frozen=True)
class Sample:
    """A letter as written; beyond the first so many, further customers keep a copy of the last one of its kind."""

    subject: str
    content: Any
    html: str
    pdf: bytes


@dataclass
class Maker:
    """Makes customers, one at a time, into the rows of the batch."""

    demo: Demo
    rules: dict[int, Rules]
    holidays: frozenset[date]
    now: datetime
    random: Random
    whole_letters: int
    rows: Rows = field(default_factory=Rows)
    number: int = 0
    samples: dict[str, Sample] = field(default_factory=dict)
    settled: dict[tuple[str, date], Settled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.on = day_of(self.now)
        self.diaries = {
            o.pk: Diary(self.demo.advisers[o.pk], self.on, self.holidays) for o in self.demo.offices
        }
        self.agents = cycle(self.demo.agents)
        self.leaders = cycle(self.demo.leaders)

    def claim(self, where: str) -> Claim:
        random = self.random
        given, family = names.a_name(random)
        office = random.choice(self.demo.offices)
        days = (
            random.randrange(0, 4)
            if where in {"to_call", "call_back", "broken_off"}
            else random.randrange(2, 75)
        )
        claimed_on = self.on - timedelta(days=days)
        added = at(claimed_on, time(9 + random.randrange(7), random.randrange(60)))
        customer = self.rows.add(
            Customer(
                ref=new_ref("C"),
                title=random.choice(["Mr", "Mrs", "Ms", "Miss", ""]),
                given_names=given,
                family_name=family,
                born_on=date(
                    self.on.year - random.randrange(19, 58), random.randrange(1, 13), random.randrange(1, 29)
                ),
                ni_number=names.ni_number(self.number),
                address=names.address(random, office.name.split(" office")[0]),
                postcode=names.postcode(random, office.address.split()[-2]),
                telephone=names.telephone(random),
                added_at=added,
                name_keys=sorted(name_keys(f"{given} {family}")),
            )
        )
        self.needs(customer)
        benefit, group = random.choice(
            [("ib", "sick_or_disabled"), ("ib", "sick_or_disabled"), ("is", "lone_parent"), ("ica", "carer")]
        )
        claim = self.rows.add(
            Claim(
                ref=new_ref("L"),
                customer=customer,
                programme=PROGRAMME,
                benefit=benefit,
                group=group,
                office=office,
                claimed_on=claimed_on,
                period_from=claimed_on,
                route=random.choice(["call", "call", "form", "file"]),
                added_at=added,
            )
        )
        self.rows.add(
            Requirement(
                claim=claim,
                standing="mandatory",
                because="required",
                pack_id=self.rules[office.pk].version.pk,
                since=claimed_on,
            )
        )
        self.rows.add(
            Interview(
                ref=new_ref("V"), claim=claim, number=1, due_by=add_working_days(claimed_on, 4, self.holidays)
            )
        )
        self.event(
            claim, Happened.CLAIM_MADE, next(self.agents), at_=added, benefit=benefit, office=office.name
        )
        return claim

    def needs(self, customer: Customer) -> None:
        random = self.random
        if random.random() < 0.15:
            warning = random.choice(
                ["Do not say who is calling", "Speaks with a friend", "Hard of hearing: speak slowly"]
            )
            self.rows.add(
                SafeContact(
                    customer=customer,
                    warning=warning,
                    may_leave_message=random.random() < 0.5,
                    ring_until=time(17) if random.random() < 0.3 else None,
                )
            )
        if random.random() < 0.15:
            self.rows.add(
                AccessNeeds(
                    customer=customer,
                    large_print=random.random() < 0.2,
                    step_free=random.random() < 0.4,
                    private_room=random.random() < 0.3,
                    companion=random.random() < 0.3,
                    cannot_sit_long=random.random() < 0.2,
                )
            )

    def interview(self, claim: Claim) -> Interview:
        found: Interview = self.rows.by_kind[Interview][-1]
        assert found.claim is claim
        return found

    def story(self, stories: list[Story]) -> Story:
        return self.random.choices(stories, [story.weight for story in stories])[0]

    def called(self, claim: Claim) -> datetime:
        """When the conversation was: on the day of the claim or the working day after."""
        day = self.worked(claim.claimed_on + timedelta(days=self.random.randrange(2)))
        moment = at(day, time(9 + self.random.randrange(8), self.random.randrange(60)))
        return min(moment, self.now - timedelta(minutes=5))

    def worked(self, day: date) -> date:
        return next_working_day(day, self.holidays)

    def task(self, claim: Claim, kind: str, team: Team, due_on: date, **fields: Any) -> Task:
        values = {"origin": Happened.CLAIM_MADE, "opened_at": claim.added_at, **fields}
        task: Task = self.rows.add(
            Task(ref=new_ref("T"), claim=claim, kind=kind, team=team, due_on=due_on, **values)
        )
        return task

    def event(
        self,
        claim: Claim,
        kind: Happened,
        by: Post,
        *,
        at_: datetime | None = None,
        why: str = "",
        **details: Any,
    ) -> None:
        self.rows.add(
            Event(
                kind=kind,
                at=at_ or self.now,
                by=by,
                customer_ref=claim.customer.ref,
                claim_ref=claim.ref,
                why=why,
                details=details,
            )
        )

    def first_contact(self) -> Team:
        return self.demo.teams[self.demo.centre.pk, TeamKind.FIRST_CONTACT]

    def advisers(self, office: Office) -> Team:
        return self.demo.team(office, TeamKind.ADVISERS)

    def callers(self, office: Office) -> Team:
        """Where an office has a deferrals team it calls for that office; elsewhere the advisers do."""
        return self.demo.teams.get((office.pk, TeamKind.DEFERRALS)) or self.advisers(office)
