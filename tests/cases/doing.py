"""What the tests of cases do again and again: answer, talk, decide, look at what follows."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tests import factories
from tests.diaries.makers import slot as slot_of
from tests.interviews.talking import VIEW
from tests.place import Place
from waymark.customers.models import Claim
from waymark.interviews import queries, verbs
from waymark.interviews.advice import FIRST_CONTACT, Advice, advise, age_on
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import Conversation, Decision, Interview
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.models import Event
from waymark.worklist.models import Task

ENOUGH = 90
HEALTH = {"health_matters": True}
ABLE = {"able_to_take_part": True}
WORK = {"work_matters": True}
NO_JOURNEY_FACTS = {**HEALTH, **ABLE, "cannot_travel": True, "help_to_attend_accepted": False}


def days(count: int, *, after: date = factories.TODAY) -> date:
    return after + timedelta(days=count)


def settle(rules: Rules, facts: Mapping[str, Any], **known: Any) -> tuple[dict[str, Any], Advice, list[str]]:
    """Ask what the table asks, and answer no (or not known) to all that `facts` does not say.

    Gives every answer, the settled advice, and what was asked in its order.
    """
    given = {"waiver_allowed": "yes", "age": age_on(date(1961, 3, 12), rules.on), **known, **facts}
    asked: list[str] = []
    table = rules.table(FIRST_CONTACT)
    while to_ask := table.evaluate(rules.facts.parse(given), rules.on).ask:
        assert len(asked) < ENOUGH, "the questions never end"
        asked.append(to_ask[0])
        given[to_ask[0]] = False if rules.facts[to_ask[0]].type == "yes_no" else "not known"
    return given, advise(rules, rules.facts.parse(given), rules.on), asked


def talk(
    place: Place,
    interview: Interview,
    facts: Mapping[str, Any],
    *,
    wanted: bool = False,
    view: Mapping[str, str] | None = VIEW,
    by: Post | None = None,
    now: datetime,
) -> Conversation:
    """A whole conversation: asked and answered, support explained, interview offered, the customer heard."""
    by = by or place.agent
    claim = interview.claim
    conversation = verbs.start_conversation(interview, direction="out", by=by, now=now)
    rules = verbs.calls.rules_for(claim, now.date())
    known = {"benefit": claim.benefit, "group": claim.group, "wants_interview": wanted}
    given, _found, _asked = settle(rules, facts, **known)
    answers = {name: value for name, value in given.items() if not rules.facts[name].derived}
    verbs.answer(conversation, answers, by=by, now=now)
    verbs.explain_support(conversation, ["better_off"], by=by, now=now)
    verbs.offer_interview(conversation, wanted=wanted, by=by, now=now)
    if view is not None:
        verbs.give_view(conversation, **view, by=by, now=now)
    return Conversation.objects.get(pk=conversation.pk)


def seen(conversation: Conversation, by: Post, now: datetime) -> queries.Talk:
    """The conversation as its page shows it."""
    return queries.talk(queries.get_conversation(by, conversation.ref), now.date())


def slot(place: Place, starts_at: datetime, **fields: Any) -> Slot:
    """A time of the first adviser."""
    return slot_of(place.adviser, starts_at, **fields)


def kinds(claim: Claim) -> set[str]:
    """What is open for a claim."""
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def happened(claim: Claim) -> list[str]:
    return list(Event.objects.filter(claim_ref=claim.ref).order_by("id").values_list("kind", flat=True))


def authorised(decision: Decision, place: Place, now: datetime) -> Decision:
    """The team leader agrees to what was proposed."""
    verbs.agree(decision.check_made, knows_wishes=True, by=place.leader, now=now)
    return Decision.objects.get(pk=decision.pk)
