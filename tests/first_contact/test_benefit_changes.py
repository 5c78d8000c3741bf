"""The benefit changes while a call is going on: the advice follows it, and the conversation says so."""

import pytest

from tests.first_contact import makers
from waymark.interviews import verbs
from waymark.interviews.models import Conversation

pytestmark = pytest.mark.django_db
SAID = "The benefit was changed during this call, from Incapacity Benefit to Income Support"


@pytest.fixture
def call(agent, claim):
    return makers.begin(agent, claim)


def change(call, where) -> Conversation:
    """Change the benefit of the claim that the call is about, by a colleague."""
    kept = Conversation.objects.get(ref=call.ref)
    claim, now = kept.interview.claim, kept.touched_at
    on = claim.claimed_on
    verbs.change_benefit(claim, "is", why="She claims for her child.", on=on, by=where.colleague, now=now)
    return kept


def test_the_answer_of_an_open_call_is_brought_up_to_date(call, where):
    kept = change(call, where)
    assert verbs.talking.answers_of(kept)["benefit"] == "is"
    assert call.page().context["talk"].facts["benefit"] == "is"


def test_the_call_says_what_changed_and_why(call, where):
    assert SAID not in call.page().content.decode()
    change(call, where)
    body = call.page().content.decode()
    assert SAID in body
    assert "She claims for her child." in body


def test_a_call_that_is_broken_off_goes_on_with_the_new_benefit(call, where, now):
    kept = Conversation.objects.get(ref=call.ref)
    verbs.break_off(kept, why="The line went dead.", by=where.agent, now=now)
    assert verbs.talking.answers_of(change(call, where))["benefit"] == "is"


def test_a_change_before_the_call_is_not_said_in_it(agent, where, claim, now):
    verbs.change_benefit(claim, "is", why="Before.", on=claim.claimed_on, by=where.colleague, now=now)
    call = makers.begin(agent, claim)
    assert "The benefit was changed during this call" not in call.page().content.decode()
    assert call.page().context["talk"].facts["benefit"] == "is"
