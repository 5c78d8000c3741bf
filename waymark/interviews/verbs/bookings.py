"""The decision behind an interview that is booked without a conversation: it explains itself like any other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from waymark.interviews.advice import RECONTACT, Advice, advise, derived
from waymark.interviews.enums import Authority, Choice, DecisionState, Stage
from waymark.interviews.models import Decision, Interview
from waymark.interviews.verbs.common import rules_for
from waymark.interviews.verbs.decisions import ADVISED_CHOICE
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.organisations.models import Post
from waymark.programme.queries import Rules

NOT_KNOWN = "not known"


def decide_to_book(
    interview: Interview, *, stage: Stage, given: Mapping[str, Any], words: str = "", by: Post, now: datetime
) -> Decision:
    """Keep why an interview is booked that was put off, waived or could not be agreed on (D:L290, D:L860).

    `given`: what is known, as JSON values; nobody was asked the rest, and the table is told so. `words`: why,
    in a sentence; the table's own without it. Writes the decision alone: rows and event are the caller's.
    """
    on = day_of(now)
    rules = rules_for(interview.claim, on)
    known = {**given, **derived(interview.claim.customer, rules, on)}
    facts, advice = as_far_as_known(rules, known, on)
    return Decision.objects.create(
        ref=new_ref("B"),
        interview=interview,
        stage=stage,
        choice=Choice.BOOK,
        advice=ADVISED_CHOICE.get(advice.choice, ""),
        because=words.strip() or advice.because,
        pack=rules.version,
        facts=rules.facts.to_json(facts),
        trace=advice.trace.to_json(),
        on=on,
        decided_at=now,
        decided_by=by,
        authority=Authority.NONE,
        state=DecisionState.IN_FORCE,
    )


def as_far_as_known(rules: Rules, given: Mapping[str, Any], on: date) -> tuple[dict[str, Any], Advice]:
    """The facts and what the re-contact table advises, where whatever it would still ask is not known."""
    facts = rules.facts.parse(given)
    advice = advise(rules, facts, on, RECONTACT)
    while advice.to_ask:
        facts |= rules.facts.parse(dict.fromkeys(advice.to_ask, NOT_KNOWN))
        advice = advise(rules, facts, on, RECONTACT)
    return facts, advice
