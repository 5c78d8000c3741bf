"""The passing of days: nothing late stays unseen, no day is left out, none is done twice."""

from datetime import date, timedelta

import pytest

from tests import factories
from waymark.daily import missed_days, run_day, run_days
from waymark.record.models import Event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import DayRun, Task

pytestmark = pytest.mark.django_db
TUESDAY = factories.TODAY


def test_the_first_run_ever_is_of_that_day_alone():
    assert missed_days(TUESDAY) == [TUESDAY]


def test_missed_days_are_caught_up_oldest_first(moment):
    run_days(TUESDAY, now=moment())
    runs = run_days(TUESDAY + timedelta(days=3), now=moment(day=3))
    assert [run.on.day for run in runs] == [5, 6, 7]


def test_a_day_that_is_done_is_left_alone(place, moment):
    place.claim()
    run_days(date(2004, 5, 7), now=moment(day=3))
    before = Event.objects.count()
    assert run_days(date(2004, 5, 7), now=moment(day=3, hour=18)) == []
    assert run_day(date(2004, 5, 7), now=moment(day=3, hour=18)).figures == DayRun.objects.get().figures
    assert Event.objects.count() == before


def test_a_task_a_day_late_is_the_team_leaders_to_see(place, moment):
    place.claim()
    run_day(date(2004, 5, 5), now=moment(day=1))
    assert Task.objects.get().escalation == 1


def test_a_task_three_working_days_late_is_the_managers_to_see(place, moment):
    place.claim()
    run_day(date(2004, 5, 7), now=moment(day=3))
    assert Task.objects.get().escalation == 2


def test_a_weekend_makes_nothing_late(place, moment):
    interview = place.claim(now=moment(day=3))
    Task.objects.filter(claim=interview.claim).update(due_on=date(2004, 5, 7))
    run_day(date(2004, 5, 9), now=moment(day=5))
    assert Task.objects.get().escalation == 0


def test_each_rise_is_in_the_record_once(place, moment):
    place.claim()
    for day in range(1, 6):
        run_day(TUESDAY + timedelta(days=day), now=moment(day=day))
    levels = [e.details["level"] for e in Event.objects.filter(kind="task_escalated").order_by("id")]
    assert levels == [1, 2]


def test_what_somebody_took_goes_back_to_the_team_when_their_post_ends(place, moment):
    interview = place.claim()
    Task.objects.filter(claim=interview.claim).update(person=place.agent.person)
    place.agent.ends_on = TUESDAY
    place.agent.save()
    run_day(date(2004, 5, 5), now=moment(day=1))
    task = Task.objects.get(claim=interview.claim, kind=TaskKind.FIRST_CALL)
    assert (task.person, task.team) == (None, place.agent.team)
