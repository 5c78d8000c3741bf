"""A conversation, and a decision as the tables advise it, with the trace that replays it."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from waymark.customers.models import Claim
from waymark.demo.bulk.maker import Maker, Settled
from waymark.demo.stories import Story
from waymark.interviews.advice import Advice, advise
from waymark.interviews.models import Check, Conversation, CustomerView, Decision
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened


def have_talk(
    maker: Maker,
    claim: Claim,
    story: Story,
    agent: Post,
    moment: datetime,
    state: str = "finished",
    finished: bool = True,
) -> Conversation:
    rules = maker.rules[claim.office_id]
    talk: Conversation = maker.rows.add(
        Conversation(
            ref=new_ref("K"),
            interview=maker.interview(claim),
            pack_id=rules.version.pk,
            direction=maker.random.choice(["in", "out"]),
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


def decide(
    maker: Maker,
    claim: Claim,
    story: Story,
    agent: Post,
    moment: datetime,
    choice: str,
    state: str = "in_force",
) -> tuple[Decision, Advice]:
    """A decision as advised, with its conversation and the customer's view."""
    claim.benefit, claim.group = story.benefit, story.group
    rules, on = maker.rules[claim.office_id], day_of(moment)
    talk = have_talk(maker, claim, story, agent, moment)
    facts, advice, trace = _settle(maker, rules, {**story.facts(on), "wants_interview": choice == "book"}, on)
    if advice.choice != choice:
        raise ValueError(f"“{story.name}” is advised to {advice.choice}, not to {choice}: {advice.because}")
    maker.rows.add(
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
    interview = maker.interview(claim)
    interview.state = {"book": "booked", "defer": "deferred", "waive": "waived"}[choice]
    authority = {"book": "none", "defer": rules.value("authority.defer"), "waive": "authorise_before"}[choice]
    decision: Decision = maker.rows.add(
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


def _settle(maker: Maker, rules: Rules, given: dict[str, Any], on: date) -> Settled:
    """Answer no, or not known, to what is still asked, as the customer would who has nothing else to tell."""
    key = (json.dumps(given, sort_keys=True), on)
    if key not in maker.settled:
        maker.settled[key] = _really_settle(maker, rules, given, on)
    return maker.settled[key]


def _really_settle(maker: Maker, rules: Rules, given: dict[str, Any], on: date) -> Settled:
    facts = rules.facts.parse({"age": 40, "waiver_allowed": "yes", **given})
    advice = advise(rules, facts, on)
    while advice.to_ask:
        for name in advice.to_ask:
            yes_no = rules.facts[name].type == "yes_no"
            facts |= rules.facts.parse({name: False if yes_no else "not known"})
        advice = advise(rules, facts, on)
    return rules.facts.to_json(facts), advice, advice.trace.to_json()


def check(maker: Maker, decision: Decision, moment: datetime, *, settled: bool = False) -> Post:
    """Most checks are made the same day; today's still wait. Says whose check it is."""
    claim = decision.interview.claim
    before = decision.authority == "authorise_before"
    waits = not settled and not before and day_of(moment) >= maker.on - timedelta(days=4)
    leader = next(maker.leaders)
    looked = None if waits else min(moment + timedelta(hours=2), maker.now)
    task = maker.task(
        claim,
        "authorise" if before else "check",
        maker.demo.team(claim.office, TeamKind.LEADERS),
        maker.worked(day_of(moment)),
        origin=Happened.INTERVIEW_DEFERRED,
        closed_at=looked,
        closed_by=None if waits else leader,
        outcome="" if waits else "done",
    )
    maker.rows.add(
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
        maker.event(
            claim,
            happened,
            leader,
            at_=looked,
            choice=decision.choice,
            decided_by=decision.decided_by.person.name,
        )
    return leader
