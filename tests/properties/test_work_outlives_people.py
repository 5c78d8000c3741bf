"""People leave and teams close in the middle of things: what they began goes on with somebody who is here."""

from datetime import timedelta

import pytest

from tests import factories
from tests.cases.doing import NO_JOURNEY_FACTS, days, slot, talk
from tests.properties.walking import broken_rules
from waymark.daily import run_day
from waymark.interviews import verbs
from waymark.interviews.verbs import Wish
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role, TeamKind
from waymark.worklist import people
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def leave(place, post, moment):
    people.person_leaves(post.person, on=factories.TODAY, by=place.administrator, now=moment(hour=16))


def close(place, team, moment):
    """The team closes into the first-contact team of another centre; says which."""
    successor = factories.team(
        TeamKind.FIRST_CONTACT, office=factories.contact_centre(district=place.district)
    )
    people.team_closes(
        team, successor=successor, on=factories.TODAY, by=place.administrator, now=moment(hour=17)
    )
    return successor


def deferred(place, moment):
    conversation = talk(place, place.claim(), NO_JOURNEY_FACTS, now=moment())
    wish = Wish("defer", "cannot_travel", until=days(28))
    return verbs.decide(conversation, wish, by=place.agent, now=moment())


def test_a_question_about_a_decision_goes_to_the_team_when_who_decided_has_left(place, moment):
    check = deferred(place, moment).check_made
    leave(place, place.agent, moment)
    verbs.ask_back(check, "Is the date certain?", by=place.leader, now=moment(day=1))
    task = Task.objects.get(kind="answer_check")
    assert (task.person, task.team) == (None, place.agent.team)
    assert broken_rules() == []


def test_a_question_about_a_decision_finds_an_open_team_when_that_of_the_decider_has_closed(place, moment):
    check = deferred(place, moment).check_made
    successor = close(place, place.agent.team, moment)
    verbs.ask_back(check, "Is the date certain?", by=place.leader, now=moment(day=1))
    assert Task.objects.get(kind="answer_check").team == successor


def test_a_conversation_that_somebody_left_open_on_their_last_day_is_finished_by_the_team(place, moment):
    interview = place.claim()
    verbs.start_conversation(interview, direction="in", by=place.agent, now=moment(hour=15))
    leave(place, place.agent, moment)
    run_day(days(1), now=moment(day=1, hour=6))
    task = Task.objects.get(claim=interview.claim, closed_at=None)
    assert (task.kind, task.person, task.team) == ("finish_call", None, place.agent.team)
    assert broken_rules() == []


def test_the_day_is_run_though_the_team_of_an_open_conversation_has_closed(place, moment):
    interview = place.claim()
    verbs.start_conversation(interview, direction="in", by=place.agent, now=moment(hour=15))
    successor = close(place, place.agent.team, moment)
    run_day(days(1), now=moment(day=1, hour=6))
    task = Task.objects.get(claim=interview.claim, closed_at=None)
    assert (task.kind, task.team) == ("finish_call", successor)


def test_nobody_is_booked_with_an_adviser_who_has_left(place, moment):
    interview = place.claim()
    leave(place, place.adviser, moment)
    with pytest.raises(Refused) as refused:
        verbs.book_interview(interview, slot(place, moment(day=1)), by=place.agent, now=moment(hour=17))
    assert refused.value.code == "slot_taken"
    assert Task.objects.get(claim=interview.claim, closed_at=None).kind == "first_call"


def test_what_an_absent_colleague_had_taken_can_be_picked_up_by_the_team(place, moment):
    """Nobody takes work with them on holiday either (D:L840)."""
    interview = place.claim()
    verbs.start_conversation(interview, direction="in", by=place.agent, now=moment())
    verbs.break_off(
        verbs.start_conversation(interview, direction="in", by=place.agent, now=moment()),
        why="The line went dead.",
        by=place.agent,
        now=moment(minute=5),
    )
    colleague = factories.post(Role.AGENT, team=place.agent.team)
    conversation = verbs.start_conversation(
        interview, direction="out", by=colleague, now=moment(day=1) + timedelta(minutes=1)
    )
    assert conversation.agent == colleague
    assert Task.objects.get(claim=interview.claim, closed_at=None).person == colleague.person


def test_the_last_team_for_first_contact_closes_only_into_another_of_its_kind(place, moment):
    with pytest.raises(Refused) as refused:
        people.team_closes(
            place.agent.team,
            successor=place.leader.team,
            on=factories.TODAY,
            by=place.administrator,
            now=moment(),
        )
    assert refused.value.code == "nobody_to_call"
