"""A benefit is lost: rights with dates, help that goes on, a person, and a day (P:L257, P:L1153, P:L1472, P:L1539)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories
from waymark.employment import verbs
from waymark.employment.enums import Appeal, GoesOn, TransitionState
from waymark.employment.models import TransitionPlan
from waymark.employment.verbs import Help
from waymark.interviews.verbs import end_claim
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

TODAY, NOW = factories.TODAY, factories.NOW
COURSE = Help("The course at Calder College", GoesOn.YES, "until July, paid already", "Tom Walsh")


@pytest.fixture
def claim(place):
    return place.claim().claim


def open_tasks(claim):
    return list(Task.objects.filter(claim=claim, closed_at=None).order_by("due_on"))


def settle_the_books():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def lost(claim, place, **fields) -> TransitionPlan:
    end_claim(claim, reason="not_entitled", on=TODAY, by=place.adviser, now=NOW, **fields)
    return TransitionPlan.objects.get(claim=claim)


def agree(plan, place, **fields):
    values = {
        "help": [COURSE],
        "person": place.adviser.person,
        "contact_on": TODAY + timedelta(days=14),
        "told_on": TODAY,
        "by": place.adviser,
        "now": NOW,
    }
    return verbs.agree_transition(plan, **{**values, **fields})


def test_who_loses_a_benefit_has_somebody_who_begins_within_a_working_day(claim, place):
    """Customers found out when the money stopped, and nobody told them what else there was (P:L1299, P:L1364)."""
    plan = lost(claim, place)
    assert plan.state == TransitionState.OPEN
    assert [(task.kind, task.due_on) for task in open_tasks(claim)] == [
        (TaskKind.TRANSITION, TODAY + timedelta(days=1))
    ]
    assert plan.appeal == Appeal.THINKING
    assert plan.appeal_by == TODAY + timedelta(days=31)
    assert plan.other_benefits
    settle_the_books()


def test_who_claims_no_more_by_their_own_wish_needs_no_such_plan(claim, place):
    end_claim(claim, reason="claims_no_more", on=TODAY, by=place.adviser, now=NOW)
    assert not TransitionPlan.objects.filter(claim=claim).exists()
    assert open_tasks(claim) == []


def test_what_goes_on_whom_to_ring_and_the_last_day_to_appeal_are_sent_in_writing(claim, place):
    plan = agree(lost(claim, place), place)
    letter = Notice.objects.get(claim=claim, kind=NoticeKind.TRANSITION)
    for words in ("The course at Calder College", "Friday 4 June 2004", place.adviser.person.name):
        assert words in letter.html
    assert plan.state == TransitionState.AGREED
    assert [(task.kind, task.due_on) for task in open_tasks(claim)] == [
        (TaskKind.APPEAL_CONTACT, TODAY + timedelta(days=14))
    ]
    settle_the_books()


def test_vague_help_is_no_help(claim, place):
    plan = lost(claim, place)
    with pytest.raises(Refused, match="What goes on"):
        agree(plan, place, help=[])
    with pytest.raises(Refused, match="how"):
        agree(plan, place, help=[Help("The course", GoesOn.TO_FIND_OUT)])


def test_nobody_waits_alone_for_an_appeal(claim, place):
    """While they appealed, support was suspended and nobody was in touch (P:L1472)."""
    plan = agree(lost(claim, place), place)
    plan = verbs.note_appeal(
        plan, Appeal.RUNNING, contact_on=TODAY + timedelta(days=28), by=place.adviser, now=NOW
    )
    assert plan.contact_on == date(2004, 6, 1)
    with pytest.raises(Refused, match="An appeal is under way"):
        verbs.close_transition(plan, why="Enough", by=place.adviser, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        TransitionPlan.objects.filter(pk=plan.pk).update(contact_on=None)


def test_an_open_plan_without_a_next_contact_is_refused_by_the_database(claim, place):
    plan = agree(lost(claim, place), place)
    settle_the_books()
    with pytest.raises(IntegrityError, match="Nobody would be in touch"), transaction.atomic():
        Task.objects.filter(pk=plan.task_id).update(closed_at=NOW, outcome="done")
        settle_the_books()


def test_a_won_appeal_leads_to_a_contact_and_then_the_plan_is_closed(claim, place):
    plan = agree(lost(claim, place), place)
    plan = verbs.note_appeal(
        plan, Appeal.RUNNING, contact_on=TODAY + timedelta(days=28), by=place.adviser, now=NOW
    )
    plan = verbs.note_appeal(
        plan, Appeal.WON, contact_on=TODAY + timedelta(days=30), by=place.adviser, now=NOW
    )
    plan = verbs.close_transition(plan, why="A new claim begins.", by=place.adviser, now=NOW)
    assert plan.state == TransitionState.CLOSED
    assert open_tasks(claim) == []
    settle_the_books()


def test_a_plan_begun_before_the_claim_ends_goes_on_after_it(claim, place):
    plan = verbs.begin_transition(claim, because="assessment", lost_on=TODAY, by=place.adviser, now=NOW)
    agree(plan, place)
    end_claim(claim, reason="not_entitled", on=TODAY, by=place.adviser, now=NOW)
    assert [(task.kind, task.due_on) for task in open_tasks(claim)] == [
        (TaskKind.APPEAL_CONTACT, TODAY + timedelta(days=14))
    ]
    settle_the_books()


def test_a_move_to_another_benefit_has_nothing_to_appeal_against(claim, place):
    """Who moved to Jobseeker's Allowance lost what was begun (P:L1434, P:L1539)."""
    end_claim(
        claim,
        reason="other_benefit",
        moved_to="Jobseeker's Allowance",
        on=TODAY,
        by=place.adviser,
        now=NOW,
    )
    plan = TransitionPlan.objects.get(claim=claim)
    assert plan.appeal == Appeal.NOT_POSSIBLE
    assert plan.appeal_by is None


def test_each_contact_brings_the_next_until_the_plan_is_closed(claim, place):
    plan = agree(lost(claim, place), place)
    with pytest.raises(Refused, match="How are things"):
        verbs.in_touch(plan, words="", contact_on=TODAY + timedelta(days=40), by=place.adviser, now=NOW)
    plan = verbs.in_touch(
        plan,
        words="He is glad of the course.",
        contact_on=TODAY + timedelta(days=41),
        by=place.adviser,
        now=NOW,
    )
    assert [task.due_on for task in open_tasks(claim)] == [date(2004, 6, 14)]
