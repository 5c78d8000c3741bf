"""What happens to the interviews works on a case, always in the customer's favour; lifting stays a person's act."""

from datetime import time, timedelta

import pytest

from tests.diaries.makers import slot
from tests.interviews.sitting import hold
from tests.sanctions import making
from tests.sanctions.making import moment
from waymark.interviews import verbs as interviews
from waymark.interviews.announcing import Said, announce
from waymark.interviews.models import Interview
from waymark.interviews.series.verbs import settle_requirement
from waymark.interviews.sittings.rules import NextWish
from waymark.kernel.clock import at
from waymark.notices.models import Notice
from waymark.sanctions.models import Breach, Sanction
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def claim_of(sanction):
    return sanction.ruling.bundle.breach.interview.claim


def open_kinds(claim) -> set[str]:
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def test_a_case_closes_by_itself_when_interviews_become_a_choice(place):
    claim = making.opened(place).interview.claim
    settle_requirement(claim, because="own_choice", words="By choice.", by=place.adviser, now=moment(12))
    assert Breach.objects.get().state == "closed"
    assert open_kinds(claim)
    assert "hear_reason" not in open_kinds(claim)


def test_a_case_closes_by_itself_when_the_claim_ends(place):
    claim = making.opened(place).interview.claim
    interviews.end_claim(claim, reason="started_work", on=making.day(12), by=place.adviser, now=moment(12))
    assert Breach.objects.get().closed_because == "The claim has ended"
    assert open_kinds(claim) == set()


def test_a_reduction_that_has_not_begun_is_set_aside_by_itself_and_its_letter_kept_back(place, centre):
    sanction = making.reduced(place, centre, sent=False)
    settle_requirement(
        claim_of(sanction), because="own_choice", words="By choice.", by=place.adviser, now=moment(30)
    )
    sanction = Sanction.objects.get()
    assert (sanction.state, sanction.lifted_because) == ("set_aside", "not_required")
    assert Notice.objects.get(kind="payment_change").state == "withdrawn"


def test_coming_to_an_interview_asks_somebody_to_lift_the_reduction_the_same_day(place, centre):
    sanction = making.in_effect(place, centre)
    claim = claim_of(sanction)
    day = sanction.starts_on + timedelta(days=4)
    while day.weekday() > 4:
        day += timedelta(days=1)
    interview = Interview.objects.get(claim=claim)
    appointment = interviews.book_interview(
        interview,
        slot(place.adviser, at(day, time(10))),
        by=place.adviser,
        now=at(day - timedelta(days=3), time(10)),
    )
    hold(place, appointment, NextWish("follow_up", on=day + timedelta(days=3)))
    task = Task.objects.get(claim=claim, kind="lift", closed_at=None)
    assert (task.due_on, task.person) == (day, place.adviser.person)
    assert Sanction.objects.get().state == "in_effect"  # the system lifts nothing by itself


def test_the_task_to_lift_is_opened_once(place, centre):
    sanction = making.in_effect(place, centre)
    now = at(sanction.starts_on + timedelta(days=4), time(10))
    for _twice in range(2):
        announce(claim_of(sanction), Said.ATTENDED, by=place.adviser, now=now)
    assert Task.objects.filter(kind="lift").count() == 1


def test_when_the_claim_ends_the_reduction_ends_with_it(place, centre):
    sanction = making.in_effect(place, centre)
    claim = claim_of(sanction)
    day = sanction.starts_on + timedelta(days=4)
    interviews.end_claim(claim, reason="started_work", on=day, by=place.adviser, now=at(day, time(10)))
    assert Sanction.objects.get().state == "lifted"
    assert open_kinds(claim) == set()
