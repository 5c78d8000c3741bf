"""Advice: the facts of a conversation put to the programme's tables. It suggests; a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.customers.models import Customer
from waymark.interviews.models import Conversation
from waymark.policy import Trace
from waymark.programme.queries import Rules

FIRST_CONTACT = "first-contact"
RECONTACT = "recontact"
AUTHORITY = "authority"


@dataclass(frozen=True)
class Advice:
    """What a table says of some facts: settled advice, or where it leans and what could still change it."""

    settled: bool
    choice: str
    reason: str
    because: str
    source: str
    row: str
    until: date | None
    review_on: date | None
    earliest: date | None
    latest: date | None
    modes: tuple[str, ...]
    probe: tuple[str, ...]
    show: tuple[str, ...]
    to_ask: tuple[str, ...]
    trace: Trace


def facts_of(
    conversation: Conversation, answers: Mapping[str, Any], rules: Rules, on: date
) -> dict[str, Any]:
    """The answers as the engine takes them, with what is worked out (the age) added."""
    customer = conversation.interview.claim.customer
    return rules.facts.parse({**answers, **derived(customer, rules, on)})


def derived(customer: Customer, rules: Rules, on: date) -> dict[str, Any]:
    """Facts nobody asks: whether waivers are still allowed, and the age where the date of birth is known."""
    known: dict[str, Any] = {"waiver_allowed": rules.value("waiver.allowed")}
    if customer.born_on is not None:
        known["age"] = age_on(customer.born_on, on)
    return {name: value for name, value in known.items() if name in rules.facts}


def age_on(born_on: date, on: date) -> int:
    """Whole years; somebody born on 29 February has a birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def advise(rules: Rules, facts: Mapping[str, Any], on: date, table: str = FIRST_CONTACT) -> Advice:
    """Ask a table. The word of its answer is `advice` at first contact and `outcome` at the re-contact."""
    asked = rules.table(table)
    trace = asked.trace(facts, on)
    found = trace.evaluation
    row = found.row or found.leaning
    outputs = dict(found.outputs or (asked.words_of(found.leaning) if found.leaning else {}))
    word = str(outputs.get("advice") or outputs.get("outcome") or "")
    return Advice(
        settled=found.settled,
        choice=word,
        reason=str(outputs.get("reason") or ""),
        because=row.because if row else "",
        source=row.source if row else "",
        row=row.id if row else "",
        until=_day(outputs, "until"),
        review_on=_day(outputs, "review_on"),
        earliest=_day(outputs, "earliest"),
        latest=_day(outputs, "latest"),
        modes=_list(outputs, "mode"),
        probe=_list(outputs, "ask"),
        show=_list(outputs, "show"),
        to_ask=found.ask,
        trace=trace,
    )


def _day(outputs: Mapping[str, object], name: str) -> date | None:
    value = outputs.get(name)
    return value if isinstance(value, date) else None


def _list(outputs: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = outputs.get(name)
    return value if isinstance(value, tuple) else ()


def authority_for(rules: Rules, *, choice: str, days: int, in_a_row: int, role: str, on: date) -> str:
    """Who must agree: none, check_after or authorise_before, by the authority table and the office's setting."""
    facts = rules.facts.parse(
        {
            "decision": choice,
            "days_long": days,
            "chain_number": in_a_row,
            "decided_by_role": role,
            "office_setting": rules.value("authority.defer"),
        }
    )
    found = rules.table(AUTHORITY).evaluate(facts, on)
    return str((found.outputs or {})["authority"])
