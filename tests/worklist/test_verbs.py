"""Taking, giving, moving; promises made and kept; what the passing of days does to tasks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Absence
from waymark.record.models import Event
from waymark.worklist import daily, queries, verbs
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make.contact_centre()


@pytest.fixture
def agent(centre):
    return make.post(Role.AGENT, office=centre)


@pytest.fixture
def task(centre, agent):
    claim = make.claim(office=make.office(district=centre.district), task=None)
    return make.open_task(claim, team=agent.team)


def refused(act) -> str:
    with pytest.raises(Refused) as found:
        act()
    return found.value.code


def test_a_task_that_is_taken_belongs_to_the_person_and_still_to_the_team(task, agent):
    taken = verbs.take(task, by=agent, now=make.NOW)
    assert (taken.person, taken.team) == (agent.person, agent.team)
    assert Event.objects.get().kind == "task_taken"


def test_taking_it_twice_notes_it_once(task, agent):
    verbs.take(task, by=agent, now=make.NOW)
    verbs.take(task, by=agent, now=make.NOW)
    assert Event.objects.count() == 1


def test_who_was_slower_is_told_who_was_quicker(task, agent, centre):
    verbs.take(task, by=agent, now=make.NOW)
    slower = make.post(Role.AGENT, office=centre)
    with pytest.raises(Refused) as found:
        verbs.take(task, by=slower, now=make.NOW)
    assert found.value.message == f"{agent.person.name} has taken this task."


def test_cover_takes_over_what_somebody_away_had_taken(task, agent, centre):
    verbs.take(task, by=agent, now=make.NOW)
    cover = make.post(Role.AGENT, office=centre)
    Absence.objects.create(
        person=agent.person, first_day=make.TODAY, last_day=make.TODAY, reason="ill", cover=cover.person
    )
    assert verbs.take(task, by=cover, now=make.NOW).person == cover.person


def test_a_colleague_who_does_not_cover_cannot_take_it_from_somebody_away(task, agent, centre):
    verbs.take(task, by=agent, now=make.NOW)
    cover, other = make.post(Role.AGENT, office=centre), make.post(Role.AGENT, office=centre)
    Absence.objects.create(
        person=agent.person, first_day=make.TODAY, last_day=make.TODAY, reason="ill", cover=cover.person
    )
    assert refused(lambda: verbs.take(task, by=other, now=make.NOW)) == "taken_by_another"


def test_strangers_and_administrators_take_nothing(task, centre):
    assert refused(lambda: verbs.take(task, by=make.post(Role.AGENT), now=make.NOW)) == "task_of_elsewhere"
    administrator = make.post(Role.ADMINISTRATOR, office=centre)
    assert refused(lambda: verbs.take(task, by=administrator, now=make.NOW)) == "not_a_caseworker"


def test_a_closed_task_is_neither_taken_nor_given_nor_moved(task, agent):
    make.open_task(task.claim, team=agent.team)
    verbs.close_task(task, by=agent, now=make.NOW)
    later = make.TODAY + timedelta(days=1)
    assert refused(lambda: verbs.take(task, by=agent, now=make.NOW)) == "task_closed"
    assert refused(lambda: verbs.give(task, person=None, by=agent, now=make.NOW)) == "task_closed"
    assert (
        refused(lambda: verbs.move(task, due_on=later, why="Asked", by=agent, now=make.NOW)) == "task_closed"
    )


def test_a_task_is_given_to_a_person_of_the_team_only(task, agent, centre):
    colleague, stranger = make.post(Role.AGENT, office=centre), make.post(Role.AGENT)
    assert verbs.give(task, person=colleague.person, by=agent, now=make.NOW).person == colleague.person
    task.refresh_from_db()
    leader = make.post(Role.TEAM_LEADER, office=centre)
    assert (
        refused(lambda: verbs.give(task, person=stranger.person, by=leader, now=make.NOW))
        == "not_of_the_team"
    )


def test_somebody_whose_post_ends_later_can_still_be_given_work(task, agent, centre):
    leaving = make.post(Role.AGENT, office=centre, ends_on=make.TODAY + timedelta(days=7))
    assert verbs.give(task, person=leaving.person, by=agent, now=make.NOW).person == leaving.person


def test_given_to_another_team_it_belongs_to_nobody_of_it_yet(task, agent, centre):
    verbs.take(task, by=agent, now=make.NOW)
    leaders = make.team(TeamKind.LEADERS, office=centre)
    given = verbs.give(task, person=None, team=leaders, by=agent, now=make.NOW)
    assert (given.person, given.team) == (None, leaders)


def test_a_new_day_needs_a_reason_and_lies_ahead(task, agent):
    tomorrow, yesterday = make.TODAY + timedelta(days=1), make.TODAY - timedelta(days=1)
    assert refused(lambda: verbs.move(task, due_on=tomorrow, why=" ", by=agent, now=make.NOW)) == "no_reason"
    assert (
        refused(lambda: verbs.move(task, due_on=yesterday, why="Asked", by=agent, now=make.NOW))
        == "new_day_past"
    )


def test_a_moved_task_is_no_longer_raised_and_the_record_has_both_days(task, agent):
    Task.objects.filter(pk=task.pk).update(escalation=2)
    moved = verbs.move(task, due_on=date(2004, 5, 7), why="Asked for Friday", by=agent, now=make.NOW)
    assert (moved.due_on, moved.escalation) == (date(2004, 5, 7), 0)
    event = Event.objects.get()
    assert (event.why, event.details["old"], event.details["new"]) == (
        "Asked for Friday",
        "2004-05-04",
        "2004-05-07",
    )


def test_a_promise_is_a_task_of_who_promised_it(task, agent):
    made = verbs.make_promise(
        task.claim, words="Information on training", due_on=date(2004, 5, 14), by=agent, now=make.NOW
    )
    assert (made.kind, made.person, made.due_on) == ("promise", agent.person, date(2004, 5, 14))
    assert Event.objects.get().kind == "promise_made"


@pytest.mark.parametrize(
    ("words", "due_on", "code"),
    [("", date(2004, 5, 14), "no_words"), ("A leaflet", date(2004, 5, 3), "promise_past")],
)
def test_a_promise_says_what_and_by_a_day_to_come(task, agent, words, due_on, code):
    assert (
        refused(lambda: verbs.make_promise(task.claim, words=words, due_on=due_on, by=agent, now=make.NOW))
        == code
    )


def test_nobody_promises_for_a_claim_out_of_reach_or_ended(task, agent):
    promise = {"words": "A leaflet", "due_on": make.TODAY, "now": make.NOW}
    assert (
        refused(lambda: verbs.make_promise(task.claim, by=make.post(Role.AGENT), **promise))
        == "claim_of_elsewhere"
    )
    ended = make.claim(
        office=task.claim.office, task=None, status="ended", ended_on=make.TODAY, end_reason="In work"
    )
    assert refused(lambda: verbs.make_promise(ended, by=agent, **promise)) == "claim_ended"


def test_a_kept_promise_is_closed_and_told(task, agent):
    made = verbs.make_promise(task.claim, words="A leaflet", due_on=make.TODAY, by=agent, now=make.NOW)
    kept = verbs.keep_promise(made, words="Sent by post", by=agent, now=make.NOW)
    assert kept.outcome == "done"
    assert Event.objects.filter(kind="promise_kept", why="Sent by post").exists()


def test_a_promise_that_is_the_only_next_step_cannot_be_closed(agent, centre):
    claim = make.claim(office=make.office(district=centre.district), task=None)
    made = make.open_task(claim, kind=TaskKind.PROMISE, team=agent.team)
    assert refused(lambda: verbs.keep_promise(made, by=agent, now=make.NOW)) == "only_next_step"


def test_only_a_promise_is_kept(task, agent):
    assert refused(lambda: verbs.keep_promise(task, by=agent, now=make.NOW)) == "no_promise"


def test_two_working_days_late_goes_to_the_leader_three_to_the_manager(task):
    daily.run(date(2004, 5, 5), make.NOW)
    task.refresh_from_db()
    assert task.escalation == 1
    daily.run(date(2004, 5, 7), make.NOW)
    task.refresh_from_db()
    assert task.escalation == 2
    before = Event.objects.count()
    daily.run(date(2004, 5, 7), make.NOW)
    assert Event.objects.count() == before


def test_a_person_sees_own_team_and_covered_work_and_no_more(task, agent, centre):
    colleague = make.post(Role.AGENT, office=centre)
    theirs = make.open_task(task.claim, team=agent.team, person=colleague.person)
    assert set(queries.tasks_of(agent, make.TODAY)) == {task}
    Absence.objects.create(
        person=colleague.person, first_day=make.TODAY, last_day=make.TODAY, reason="ill", cover=agent.person
    )
    assert set(queries.tasks_of(agent, make.TODAY)) == {task, theirs}


def test_the_work_of_somebody_away_without_cover_shows_as_free(task, agent, centre):
    colleague = make.post(Role.AGENT, office=centre)
    theirs = make.open_task(task.claim, team=agent.team, person=colleague.person)
    Absence.objects.create(person=colleague.person, first_day=make.TODAY, last_day=make.TODAY, reason="ill")
    assert set(queries.tasks_of(agent, make.TODAY)) == {task, theirs}


def test_what_a_post_may_look_at_ends_at_its_office_or_district(task, agent):
    here = make.post(Role.ADVISER, office=task.claim.office)
    elsewhere = make.post(Role.ADVISER)
    assert task in queries.tasks_seen_by(agent)
    assert task in queries.tasks_seen_by(here)
    assert task not in queries.tasks_seen_by(elsewhere)
    assert task not in queries.tasks_seen_by(make.post(Role.ADMINISTRATOR, office=agent.team.office))


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_leave_a_live_claim_without_a_next_step():
    with transaction.atomic():
        claim = make.claim()
    with pytest.raises(IntegrityError, match="without a next step"), transaction.atomic():
        verbs.close_tasks(claim, by=None, now=make.NOW)
