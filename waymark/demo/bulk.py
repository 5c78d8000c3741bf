"""A caseload in every state, written in bulk: the rows that the verbs would have written, by the thousand.

Decisions are made by the real tables and keep a real trace, so that they replay; letters are really written.
`waymark check` holds on the result, and a test says so.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from operator import attrgetter
from random import Random
from typing import Any

from django.db import models, transaction
from psycopg.types.json import Jsonb
from psycopg.types.range import TimestamptzRange

from waymark.customers.models import AccessNeeds, Claim, Customer, SafeContact
from waymark.customers.rules import name_keys
from waymark.demo import names
from waymark.demo.district import PROGRAMME, Demo
from waymark.demo.stories import BOOKED, STORIES, WAIVED, Story
from waymark.interviews import notice_words
from waymark.interviews.advice import Advice, advise
from waymark.interviews.models import (
    Answer,
    Appointment,
    Check,
    Conversation,
    CustomerView,
    Decision,
    Deferral,
    DiaryEntry,
    Interview,
    Waiver,
)
from waymark.interviews.rules import recontact_day
from waymark.kernel.clock import add_months, at, day_of
from waymark.kernel.copying import copy_rows, next_ids
from waymark.kernel.refs import new_ref
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Office, Post, Team
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist.models import Task

BATCH = 500
Settled = tuple[dict[str, Any], Advice, dict[str, Any]]
WHOLE = 100
# Of a hundred customers: how many are where on their way.
SHARES = [
    ("to_call", 10),
    ("call_back", 4),
    ("broken_off", 1),
    ("booked", 14),
    ("deferred", 22),
    ("waived", 9),
    ("to_authorise", 1),
    ("held", 29),
    ("ended", 10),
]
# In the order in which rows need each other.
KINDS: list[type[models.Model]] = [
    Customer,
    SafeContact,
    AccessNeeds,
    Claim,
    Interview,
    Task,
    Conversation,
    Answer,
    CustomerView,
    Decision,
    Check,
    Deferral,
    Waiver,
    Appointment,
    DiaryEntry,
    Notice,
    Event,
]


@dataclass
class Rows:
    """What one batch writes, by table."""

    by_kind: dict[type[models.Model], list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def add(self, row: Any) -> Any:
        self.by_kind[type(row)].append(row)
        return row

    def write(self) -> None:
        for kind in KINDS:
            _copy(kind, self.by_kind[kind])


def _copy(kind: type[models.Model], rows: list[Any]) -> None:
    """Write model instances by COPY; those they point at have been written before and have their ids."""
    for row, key in zip(rows, next_ids(kind, len(rows)), strict=True):
        row.pk = key
    columns = kind._meta.local_concrete_fields
    readers = [_reader(column) for column in columns]
    copy_rows(
        kind, [str(column.column) for column in columns], ([read(row) for read in readers] for row in rows)
    )


def _reader(column: Any) -> Callable[[Any], Any]:
    """How a row's value is taken for COPY; only JSON needs more than the value itself."""
    if column.is_relation:
        return lambda row: _key(row, column)
    if isinstance(column, models.JSONField):
        return lambda row: Jsonb(getattr(row, column.attname))
    return attrgetter(column.attname)


def _key(row: Any, column: Any) -> Any:
    other = row._state.fields_cache.get(column.name)
    return other.pk if other is not None else getattr(row, column.attname)


class Diary:
    """Free times of one office's advisers: forward from tomorrow, and back from yesterday."""

    LENGTH = timedelta(minutes=45)
    STARTS = [time(9, 15), time(10, 15), time(11, 15), time(13, 30), time(14, 30), time(15, 30)]

    def __init__(self, advisers: list[Post], on: date, holidays: frozenset[date]) -> None:
        self.ahead = self._times(advisers, on, holidays, +1)
        self.behind = self._times(advisers, on, holidays, -1)

    def _times(
        self, advisers: list[Post], on: date, holidays: frozenset[date], step: int
    ) -> Iterator[tuple[Post, datetime]]:
        day = on
        while True:
            day += timedelta(days=step)
            if day.weekday() > 4 or day in holidays:
                continue
            for start in self.STARTS:
                for adviser in advisers:
                    if not self._gap(adviser, day, start):
                        yield adviser, at(day, start)

    @staticmethod
    def _gap(adviser: Post, day: date, start: time) -> bool:
        """Every third time or so stays free, so that there is something to find."""
        return (adviser.pk + day.toordinal() + start.hour) % 3 == 0


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

    # one customer

    def customer(self, where: str) -> None:
        getattr(self, where)(self._claim(where))
        self.number += 1

    def to_call(self, claim: Claim) -> None:
        self._task(claim, "first_call", self._first_contact(), self._worked(claim.claimed_on))

    def call_back(self, claim: Claim) -> None:
        on = next_working_day(self.on + timedelta(days=self.random.randrange(-1, 2)), self.holidays)
        start = at(on, time(self.random.choice([9, 11, 13, 15])))
        self._task(
            claim,
            "call_back",
            self._first_contact(),
            on,
            origin=Happened.CALL_BACK_AGREED,
            window_from=start,
            window_until=start + timedelta(hours=1),
            words="Asked to be called back",
        )
        self._event(claim, Happened.CALL_BACK_AGREED, next(self.agents), outcome="Asked to be called back")

    def broken_off(self, claim: Claim) -> None:
        agent = next(self.agents)
        story = self.random.choice(STORIES)
        talk = self._talk(
            claim, story, agent, self.now - timedelta(hours=2), state="broken_off", finished=False
        )
        self._task(
            claim,
            "finish_call",
            self._first_contact(),
            self.on,
            person=agent.person,
            origin=Happened.CALL_BROKEN_OFF,
        )
        self._event(claim, Happened.CALL_BROKEN_OFF, agent, at_=talk.touched_at, why="The line went dead.")

    def booked(self, claim: Claim) -> None:
        story, moment = self.random.choice(BOOKED), self._called(claim)
        agent = next(self.agents)
        decision, _ = self._decide(claim, story, agent, moment, "book")
        adviser, starts = next(self.diaries[claim.office_id].ahead)
        appointment = self._appointment(decision.interview, adviser, starts, "booked", agent, moment)
        self._task(
            claim,
            "hold_interview",
            self._advisers(claim.office),
            day_of(starts),
            person=adviser.person,
            origin=Happened.INTERVIEW_BOOKED,
            window_from=starts,
            window_until=starts + timedelta(minutes=15),
        )
        self._letter(claim, NoticeKind.BOOKED, notice_words.of_appointment(appointment), agent, moment)
        self._booked_event(claim, decision, appointment, agent, moment)

    def deferred(self, claim: Claim) -> None:
        story, moment = self._story(STORIES), self._called(claim)
        agent = next(self.agents)
        decision, advice = self._decide(claim, story, agent, moment, "defer")
        self._checked(decision, moment)
        until = decision.until or self.on
        deferral = self.rows.add(
            Deferral(
                interview=decision.interview,
                decision=decision,
                starts_on=day_of(moment),
                until=until,
                recontact_on=recontact_day(until, 5, day_of(moment), self.holidays),
            )
        )
        team = self._callers(claim.office)
        self._task(
            claim,
            "recontact",
            team,
            deferral.recontact_on,
            origin=Happened.INTERVIEW_DEFERRED,
            words=decision.because[:300],
        )
        words = {
            **notice_words.team_that_rings(team, claim.office),
            **notice_words.of_deferral(decision.because, until, deferral.recontact_on),
        }
        self._letter(claim, NoticeKind.DEFERRED, words, agent, moment)
        self._event(
            claim,
            Happened.INTERVIEW_DEFERRED,
            agent,
            at_=moment,
            why=decision.because,
            until=until.isoformat(),
            recontact_on=deferral.recontact_on.isoformat(),
            in_a_row=1,
            view=story.view[1],
        )

    def waived(self, claim: Claim) -> None:
        story, moment = self._story(WAIVED), self._called(claim)
        agent = next(self.agents)
        decision, _ = self._decide(claim, story, agent, moment, "waive")
        assert decision.review_on is not None
        self._checked(decision, moment, settled=True)
        waiver = self.rows.add(
            Waiver(
                interview=decision.interview,
                decision=decision,
                starts_on=day_of(moment),
                review_on=decision.review_on,
            )
        )
        self._task(
            claim,
            "review_waiver",
            self._callers(claim.office),
            waiver.review_on,
            origin=Happened.INTERVIEW_WAIVED,
            words=decision.because[:300],
        )
        words = {
            **notice_words.advisers_of(claim.office),
            "reason": decision.because,
            "review_on": waiver.review_on,
        }
        self._letter(claim, NoticeKind.WAIVED, words, agent, moment)
        self._event(
            claim,
            Happened.INTERVIEW_WAIVED,
            agent,
            at_=moment,
            why=decision.because,
            review_on=waiver.review_on.isoformat(),
        )

    def to_authorise(self, claim: Claim) -> None:
        """A waiver that a team leader has not agreed to yet."""
        moment = self.now - timedelta(hours=self.random.randrange(1, 20))
        self._decide(claim, self._story(WAIVED), next(self.agents), moment, "waive", state="proposed")
        decision = self.rows.by_kind[Decision][-1]
        decision.interview.state = "due"
        task = self._task(
            claim,
            "authorise",
            self.demo.team(claim.office, TeamKind.LEADERS),
            add_working_days(day_of(moment), 1, self.holidays),
            origin=Happened.INTERVIEW_WAIVED,
            words=decision.because[:300],
        )
        self.rows.add(Check(decision=decision, task=task))

    def held(self, claim: Claim) -> None:
        story, moment = self.random.choice(BOOKED), self._called(claim)
        agent = next(self.agents)
        decision, _ = self._decide(claim, story, agent, moment, "book", state="ended")
        adviser, starts = next(self.diaries[claim.office_id].behind)
        appointment = self._appointment(decision.interview, adviser, starts, "took_place", agent, moment)
        decision.interview.state = "held"
        self._booked_event(claim, decision, appointment, agent, moment)
        due = next_working_day(self.on + timedelta(days=self.random.randrange(-2, 60)), self.holidays)
        words = self.random.choice(
            ["Ring about the course", "Look at the better-off sum", "Ask how the job search goes"]
        )
        self._task(
            claim,
            "next_step",
            self._advisers(claim.office),
            due,
            person=adviser.person,
            origin=Happened.INTERVIEW_HELD,
            words=words,
        )
        self._event(
            claim, Happened.INTERVIEW_HELD, adviser, at_=starts, why=words, number=1, next_on=due.isoformat()
        )

    def ended(self, claim: Claim) -> None:
        claim.status, claim.ended_on = "ended", self.on - timedelta(days=self.random.randrange(1, 90))
        claim.end_reason = self.random.choice(["Back at work", "Moved to another benefit", "Claim withdrawn"])
        self._interview(claim).state = "closed"
        self._event(
            claim,
            Happened.CLAIM_ENDED,
            self.demo.advisers[claim.office_id][0],
            why=claim.end_reason,
            ended_on=claim.ended_on.isoformat(),
        )

    # the parts

    def _claim(self, where: str) -> Claim:
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
        self._needs(customer)
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
            Interview(
                ref=new_ref("V"), claim=claim, number=1, due_by=add_working_days(claimed_on, 4, self.holidays)
            )
        )
        self._event(
            claim, Happened.CLAIM_MADE, next(self.agents), at_=added, benefit=benefit, office=office.name
        )
        return claim

    def _needs(self, customer: Customer) -> None:
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

    def _interview(self, claim: Claim) -> Interview:
        found: Interview = self.rows.by_kind[Interview][-1]
        assert found.claim is claim
        return found

    def _story(self, stories: list[Story]) -> Story:
        return self.random.choices(stories, [story.weight for story in stories])[0]

    def _called(self, claim: Claim) -> datetime:
        """When the conversation was: on the day of the claim or the working day after."""
        day = self._worked(claim.claimed_on + timedelta(days=self.random.randrange(2)))
        moment = at(day, time(9 + self.random.randrange(8), self.random.randrange(60)))
        return min(moment, self.now - timedelta(minutes=5))

    def _worked(self, day: date) -> date:
        return next_working_day(day, self.holidays)

    def _talk(
        self,
        claim: Claim,
        story: Story,
        agent: Post,
        moment: datetime,
        state: str = "finished",
        finished: bool = True,
    ) -> Conversation:
        rules = self.rules[claim.office_id]
        talk: Conversation = self.rows.add(
            Conversation(
                ref=new_ref("K"),
                interview=self._interview(claim),
                pack_id=rules.version.pk,
                direction=self.random.choice(["in", "out"]),
                agent=agent,
                state=state,
                started_at=moment - timedelta(minutes=9),
                touched_at=moment,
                finished_at=moment if finished else None,
                notes=story.note,
                support_explained_at=moment - timedelta(minutes=4) if finished else None,
                offered_at=moment - timedelta(minutes=3) if finished else None,
            )
        )
        return talk

    def _decide(
        self, claim: Claim, story: Story, agent: Post, moment: datetime, choice: str, state: str = "in_force"
    ) -> tuple[Decision, Advice]:
        """A decision as advised, with its conversation and the customer's view."""
        claim.benefit, claim.group = story.benefit, story.group
        rules, on = self.rules[claim.office_id], day_of(moment)
        talk = self._talk(claim, story, agent, moment)
        facts, advice, trace = self._settle(
            rules, {**story.facts(on), "wants_interview": choice == "book"}, on
        )
        if advice.choice != choice:
            raise ValueError(
                f"“{story.name}” is advised to {advice.choice}, not to {choice}: {advice.because}"
            )
        self.rows.add(
            CustomerView(
                conversation=talk,
                given_at=moment,
                **dict(
                    zip(
                        ("appropriate_now", "when", "return_circumstances", "support_wanted"),
                        story.view,
                        strict=True,
                    )
                ),
            )
        )
        interview = self._interview(claim)
        interview.state = {"book": "booked", "defer": "deferred", "waive": "waived"}[choice]
        authority = {"book": "none", "defer": rules.value("authority.defer"), "waive": "authorise_before"}[
            choice
        ]
        decision: Decision = self.rows.add(
            Decision(
                ref=new_ref("B"),
                interview=interview,
                conversation=talk,
                stage="first_contact",
                choice=choice,
                advice=choice,
                reason=advice.reason,
                because=advice.because,
                until=advice.until if choice == "defer" else None,
                review_on=(advice.review_on or add_months(on, 36)) if choice == "waive" else None,
                evidence="customer_word" if choice == "defer" else "",
                pack_id=rules.version.pk,
                facts=facts,
                trace=trace,
                on=on,
                decided_at=moment,
                decided_by=agent,
                authority=authority,
                state=state,
            )
        )
        return decision, advice

    def _settle(self, rules: Rules, given: dict[str, Any], on: date) -> Settled:
        """Answer no, or not known, to what is still asked, as the customer would who has nothing else to tell."""
        key = (json.dumps(given, sort_keys=True), on)
        if key not in self.settled:
            self.settled[key] = self._really_settle(rules, given, on)
        return self.settled[key]

    def _really_settle(self, rules: Rules, given: dict[str, Any], on: date) -> Settled:
        facts = rules.facts.parse({"age": 40, "waiver_allowed": "yes", **given})
        advice = advise(rules, facts, on)
        while advice.to_ask:
            for name in advice.to_ask:
                yes_no = rules.facts[name].type == "yes_no"
                facts |= rules.facts.parse({name: False if yes_no else "not known"})
            advice = advise(rules, facts, on)
        return rules.facts.to_json(facts), advice, advice.trace.to_json()

    def _checked(self, decision: Decision, moment: datetime, *, settled: bool = False) -> None:
        """Most checks are made the same day; today's still wait."""
        claim = decision.interview.claim
        before = decision.authority == "authorise_before"
        waits = not settled and not before and day_of(moment) >= self.on - timedelta(days=4)
        leader = next(self.leaders)
        looked = None if waits else min(moment + timedelta(hours=2), self.now)
        task = self._task(
            claim,
            "authorise" if before else "check",
            self.demo.team(claim.office, TeamKind.LEADERS),
            self._worked(day_of(moment)),
            origin=Happened.INTERVIEW_DEFERRED,
            closed_at=looked,
            closed_by=None if waits else leader,
            outcome="" if waits else "done",
        )
        self.rows.add(
            Check(
                decision=decision,
                task=task,
                state="waiting" if waits else "agreed",
                looked_at_by=None if waits else leader,
                looked_at=looked,
            )
        )
        if not waits:
            happened = Happened.DECISION_AUTHORISED if before else Happened.DECISION_CHECKED
            self._event(
                claim,
                happened,
                leader,
                at_=looked,
                choice=decision.choice,
                decided_by=decision.decided_by.person.name,
            )

    def _appointment(
        self, interview: Interview, adviser: Post, starts: datetime, state: str, by: Post, moment: datetime
    ) -> Appointment:
        ends = starts + Diary.LENGTH
        appointment: Appointment = self.rows.add(
            Appointment(
                ref=new_ref("A"),
                interview=interview,
                kind="adviser_interview",
                mode="office",
                office=interview.claim.office,
                starts_at=starts,
                ends_at=ends,
                adviser=adviser.person,
                state=state,
                made_by=by,
                made_at=moment,
            )
        )
        self.rows.add(
            DiaryEntry(person=adviser.person, appointment=appointment, during=TimestamptzRange(starts, ends))
        )
        return appointment

    def _letter(
        self, claim: Claim, kind: NoticeKind, words: dict[str, Any], by: Post, moment: datetime
    ) -> None:
        """A letter that went to the printer the same day."""
        if self.whole_letters > 0 or kind not in self.samples:
            self.whole_letters -= 1
            seen = notices.preview(claim, kind, words=words, rules=self.rules[claim.office_id], now=moment)
            self.samples[kind] = Sample(seen.filled.subject, seen.content, str(seen.html), seen.pdf())
        sample = self.samples[kind]
        self.rows.add(
            Notice(
                ref=new_ref("N"),
                claim=claim,
                kind=kind,
                pack_id=self.rules[claim.office_id].version.pk,
                channel="post",
                address=f"{claim.customer.address}, {claim.customer.postcode}",
                subject=sample.subject,
                content=sample.content,
                html=sample.html,
                pdf=sample.pdf,
                state="sent",
                queued_by=by,
                queued_at=moment,
                try_at=moment,
                tries=1,
                sent_at=min(moment + timedelta(minutes=30), self.now),
            )
        )

    def _task(self, claim: Claim, kind: str, team: Team, due_on: date, **fields: Any) -> Task:
        values = {"origin": Happened.CLAIM_MADE, "opened_at": claim.added_at, **fields}
        task: Task = self.rows.add(
            Task(ref=new_ref("T"), claim=claim, kind=kind, team=team, due_on=due_on, **values)
        )
        return task

    def _event(
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

    def _booked_event(
        self, claim: Claim, decision: Decision, appointment: Appointment, agent: Post, moment: datetime
    ) -> None:
        self._event(
            claim,
            Happened.INTERVIEW_BOOKED,
            agent,
            at_=moment,
            why=decision.because,
            starts=appointment.starts_at.isoformat(),
            adviser=appointment.adviser.name,
            mode=appointment.mode,
            office=claim.office.name,
        )

    def _first_contact(self) -> Team:
        return self.demo.teams[self.demo.centre.pk, TeamKind.FIRST_CONTACT]

    def _advisers(self, office: Office) -> Team:
        return self.demo.team(office, TeamKind.ADVISERS)

    def _callers(self, office: Office) -> Team:
        """Where an office has a deferrals team it calls for that office; elsewhere the advisers do."""
        return self.demo.teams.get((office.pk, TeamKind.DEFERRALS)) or self._advisers(office)


def fill(maker: Maker, customers: int, progress: Callable[[int], None]) -> None:
    """Make so many customers, in batches that are each a whole."""
    order = [where for where, share in SHARES for _ in range(share)]
    maker.random.shuffle(order)
    done = 0
    while done < customers:
        count = min(BATCH, customers - done)
        maker.rows = Rows()
        for index in range(done, done + count):
            maker.customer(order[index % WHOLE])
        with transaction.atomic():
            maker.rows.write()
        done += count
        progress(count)
