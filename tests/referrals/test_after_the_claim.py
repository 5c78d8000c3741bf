"""Help that goes on when the claim has ended: somebody has it, by a day, until it is over (P:L559, P:L1153, P:L1539)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import NOW, TODAY
from tests.referrals import making
from waymark.insight import integrity
from waymark.interviews.verbs import claims as interviews
from waymark.referrals import daily, queries, verbs
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Referral
from waymark.referrals.rules import Stuck
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def end(place, claim, reason="started_work", on=TODAY, now=NOW):
    interviews.end_claim(claim, reason=reason, on=on, by=place.adviser, now=now)
    connection.check_constraints()


def after(referral):
    referral.refresh_from_db()
    return referral


def test_help_that_goes_on_has_an_owner_and_a_day(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim)
    task = after(begun).task
    assert (task.kind, task.closed_at) == ("referral_feedback", None)
    assert (task.person, task.team) == (place.adviser.person, place.adviser.team)
    assert TODAY < task.due_on <= TODAY + timedelta(days=21)
    assert "the claim has ended" in task.words


def test_help_that_had_ended_is_still_looked_back_on(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    verbs.end_help(begun, "completed", on=TODAY, by=making.by_link(begun), report="Done.", now=NOW)
    end(place, claim)
    assert after(begun).task.kind == "referral_meeting"
    verbs.close(begun, words="She is in work and rings if need be.", met_on=TODAY, by=place.adviser, now=NOW)
    assert after(begun).state == ReferralState.CLOSED
    assert not Task.objects.filter(claim=claim, closed_at=None, kind__startswith="referral").exists()


def test_a_report_that_was_owed_is_owed_still(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    verbs.end_help(begun, "completed", on=TODAY, by=making.by_link(begun), now=NOW)
    before = after(begun).task
    end(place, claim)
    task = after(begun).task
    assert (task.kind, task.closed_at) == ("referral_report", None)
    assert task.due_on <= before.due_on


def test_a_question_of_the_service_is_answered_after_the_claim_has_ended(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    question = verbs.ask(begun, "May he come on Thursdays?", by=making.by_link(begun), now=NOW)
    end(place, claim)
    question.refresh_from_db()
    assert (question.task.kind, question.task.closed_at) == ("referral_question", None)
    later = verbs.ask(begun, "And on Fridays?", by=making.by_link(begun), now=NOW)
    assert later.task.closed_at is None
    verbs.answer(question, "Yes.", by=place.adviser, now=NOW)
    verbs.answer(later, "Yes.", by=place.adviser, now=NOW)
    assert not Task.objects.filter(claim=claim, kind="referral_question", closed_at=None).exists()


def test_news_of_a_service_reaches_those_whose_claim_has_ended(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim)
    told = verbs.tell_news(begun.service.organisation, "Sally is ill.", by=making.by_link(begun), now=NOW)
    assert told.touches == 1
    assert Task.objects.filter(claim=claim, kind="referral_news", closed_at=None).exists()


def test_what_nobody_asks_about_is_named_with_who_has_to_act(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim)
    due = after(begun).task.due_on
    assert not queries.orphans(place.adviser, due)
    found = queries.orphans(place.adviser, due + timedelta(days=1))
    assert [(one.referral, one.first, one.who) for one in found] == [
        (begun, Stuck.AFTER_CLAIM, place.adviser.person.name)
    ]


def test_asking_the_customer_keeps_it_going_and_asks_again(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim)
    now = NOW + timedelta(days=3)
    verbs.hear_from_customer(begun, "Goes well; Wednesdays after work.", by=place.adviser, now=now)
    task = after(begun).task
    assert task.kind == "referral_feedback" and task.due_on > TODAY + timedelta(days=14)
    connection.check_constraints()


def test_the_database_leaves_no_help_to_nobody_after_the_claim(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim)
    with pytest.raises(IntegrityError, match="left to nobody"), transaction.atomic():
        Task.objects.filter(pk=after(begun).task_id).update(closed_at=NOW, outcome="done")
        connection.check_constraints()


def test_help_that_was_lost_before_is_taken_up_by_the_daily_work(place, claim):
    """As a database of before this rule may hold it."""
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim)
    Referral.objects.filter(pk=begun.pk).update(task=None)
    assert queries.left_to_nobody() == [begun.ref]
    found = {one.rule.name: one.named for one in integrity.check(replays=0)}
    assert any(begun.ref in named for names in found.values() for named in names)
    assert [one.first for one in queries.all_orphans(TODAY)] == [Stuck.AFTER_CLAIM]
    assert daily.run(TODAY, NOW)["referrals_taken_up_again"] == 1
    assert daily.run(TODAY, NOW)["referrals_taken_up_again"] == 0
    assert after(begun).task.closed_at is None
    assert queries.left_to_nobody() == []


def test_when_a_customer_has_died_somebody_tells_the_service(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    end(place, claim, reason="died")
    assert "tell the service" in after(begun).task.words


def test_the_list_can_be_narrowed_to_what_goes_on_after_the_claim(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    assert not queries.listed(place.adviser, state="after_claim")
    end(place, claim)
    assert list(queries.listed(place.adviser, state="after_claim")) == [begun]
