"""A conversation in a few lines, for tests: what is asked, said and answered."""

from waymark.interviews import verbs
from waymark.interviews.advice import advise, facts_of
from waymark.interviews.models import Conversation
from waymark.interviews.verbs.talking import answers_of
from waymark.kernel.clock import day_of
from waymark.programme.queries import as_decided

ENOUGH = 90

VIEW = {
    "appropriate_now": "Not now.",
    "when": "When I am better.",
    "return_circumstances": "When my back lets me sit.",
    "support_wanted": "Somebody to talk to about training.",
}


def answer_until_settled(conversation, facts, *, by, now) -> int:
    """Answer whatever is asked: from `facts`, else no, else not known. Says how many answers it took."""
    rules = as_decided(conversation.pack, day_of(now))
    verbs.answer(conversation, facts, by=by, now=now)
    for asked in range(ENOUGH):
        known = facts_of(conversation, answers_of(conversation), rules, day_of(now))
        to_ask = advise(rules, known, day_of(now)).to_ask
        if not to_ask:
            return asked
        yes_no = rules.facts[to_ask[0]].type == "yes_no"
        verbs.answer(conversation, {to_ask[0]: False if yes_no else "not known"}, by=by, now=now)
    return ENOUGH


def talk(place, interview, facts=None, *, wanted=False, view=VIEW, now, by=None, **others) -> Conversation:
    """Start, ask, explain, offer, and hear the customer's view."""
    by = by or place.agent
    conversation = verbs.start_conversation(interview, direction="out", by=by, now=now)
    asked = answer_until_settled(
        conversation, {**(facts or {}), **others, "wants_interview": wanted}, by=by, now=now
    )
    assert asked < ENOUGH, "the questions never end"
    verbs.explain_support(conversation, ["better_off"], by=by, now=now)
    verbs.offer_interview(conversation, wanted=wanted, by=by, now=now)
    if view is not None:
        verbs.give_view(conversation, **view, by=by, now=now)
    return Conversation.objects.get(pk=conversation.pk)
