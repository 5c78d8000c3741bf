"""What a customer says on the telephone, and what is decided from it: the tables advise, the people follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from waymark.customers.models import Claim
from waymark.demo.stories import BOOKED, STORIES, WAIVED, Story
from waymark.demo.year.day import Day
from waymark.interviews.advice import Advice, advise, derived
from waymark.interviews.enums import Choice
from waymark.interviews.verbs import Wish
from waymark.interviews.verbs.wishes import range_for
from waymark.programme.queries import Rules

FIRST_CONTACT, RECONTACT = "first-contact", "recontact"
VIEW_NAMES = ("appropriate_now", "when", "return_circumstances", "support_wanted")
PLAIN = Story("nothing in the way", "ib", "sick_or_disabled", 1, {})
STILL = {
    "recontact_answer": "reached",
    "claim_has_ended": False,
    "started_work": False,
    "what_has_changed": "nothing",
}


@dataclass(frozen=True)
class Heard:
    """What was asked and answered, and what the table makes of it; `view`: the customer's four answers."""

    given: Mapping[str, Any]
    advice: Advice
    view: Mapping[str, str]


def story_for(day: Day, claim: Claim) -> Story:
    """What this customer's circumstances are today: mostly nothing that stands in the way."""
    dice, rates = day.random.random(), day.rates
    stories = BOOKED
    if dice < rates.put_off_first:
        stories = STORIES
    elif dice < rates.put_off_first + rates.not_asked:
        stories = WAIVED[:1]
    fitting = [one for one in stories if one.group == claim.group] or [PLAIN]
    return day.random.choices(fitting, [one.weight for one in fitting])[0]


def hear(day: Day, claim: Claim, story: Story, table: str = FIRST_CONTACT, **known: Any) -> Heard:
    """Everything the table asks, answered: from the story, else no, else not known."""
    rules = day.rules(claim)
    given = {
        **story.facts(day.on),
        "benefit": claim.benefit,
        "group": claim.group,
        **derived(claim.customer, rules, day.on),
        **known,
    }
    given = {name: value for name, value in given.items() if name in rules.facts}
    key = (rules.version.pk, table, story.name, tuple(sorted((k, str(v)) for k, v in given.items())))
    if key not in day.cache:
        day.cache[key] = _answered(rules, given, table, day.on)
    answered, advice = day.cache[key]
    view = dict(zip(VIEW_NAMES, story.view, strict=True))
    return Heard(answered, advice, view)


def _answered(rules: Rules, given: dict[str, Any], table: str, on: date) -> tuple[dict[str, Any], Advice]:
    facts = rules.facts.parse(given)
    said = dict(given)
    advice = advise(rules, facts, on, table)
    while advice.to_ask:
        for name in advice.to_ask:
            said[name] = False if rules.facts[name].type == "yes_no" else "not known"
        facts = rules.facts.parse(said)
        advice = advise(rules, facts, on, table)
    return {name: value for name, value in said.items() if not rules.facts[name].derived}, advice


def wish_of(day: Day, claim: Claim, advice: Advice) -> Wish:
    """What the advice comes to; booked where it is not settled."""
    choice = {"defer_again": "defer"}.get(advice.choice, advice.choice) if advice.settled else ""
    if choice == "defer":
        return put_off(day, claim, advice.reason, advice)
    if choice == "waive":
        return wish(Choice.WAIVE, advice.reason)
    return wish(Choice.BOOK)


def wish(choice: Choice, reason: str = "", **more: Any) -> Wish:
    """What is decided; where the table advises otherwise, the customer would like it so."""
    words = "So the customer would like it."
    return Wish(choice, reason, otherwise_code="customer_wishes", otherwise_words=words, **more)


def put_off(day: Day, claim: Claim, reason: str, advice: Advice | None = None) -> Wish:
    """A deferral as long as is usual for its reason."""
    rules = day.rules(claim)
    row = rules.reasons("deferral")[reason]
    stretch = range_for(row, advice, rules, day.on)
    until = (advice.until if advice else None) or day.on + timedelta(days=row.number("usual_min_days") or 28)
    until = max(until, day.on + timedelta(days=1))
    why = "That is how long it takes." if stretch.says(until) else ""
    evidence = "customer_word" if row.yes("needs_evidence") else ""
    return wish(Choice.DEFER, reason, until=until, evidence=evidence, length_reason=why)
