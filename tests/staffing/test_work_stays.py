"""People go, posts end, teams close: the tasks stay, owned and dated."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import NOW, TODAY
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role, TeamKind
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist import people
from waymark.worklist.enums import TaskKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def admin(office):
    return make.post(Role.ADMINISTRATOR, office=office)


@pytest.fixture
def adviser(office):
    return make.post(Role.ADVISER, office=office)


def taken(post, **fields):
    """An open task of the post's team that the person has taken."""
    claim = make.claim(office=post.office, task=None)
    return make.open_task(claim, team=post.team, person=post.person, **fields)


def refused(code, act):
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def test_what_a_leaver_had_taken_goes_back_to_its_team_with_its_day(admin, adviser):
    task = taken(adviser, due_on=TODAY + DAY)
    assert people.person_leaves(adviser.person, on=TODAY, by=admin, now=NOW) == 1
    task.refresh_from_db()
    assert (task.person, task.team, task.due_on, task.closed_at) == (None, adviser.team, TODAY + DAY, None)
    assert {event.kind for event in Event.objects.all()} == {Happened.PERSON_LEFT, Happened.WORK_HANDED_OVER}


def test_a_refused_leaving_hands_nothing_back(admin, adviser):
    task = taken(adviser)
    refused("leaves_later", lambda: people.person_leaves(adviser.person, on=TODAY + DAY, by=admin, now=NOW))
    task.refresh_from_db()
    assert task.person == adviser.person


def test_before_somebody_leaves_their_work_is_counted_by_kind_and_team(adviser):
    taken(adviser, kind=TaskKind.RECONTACT, due_on=TODAY - DAY)
    taken(adviser, kind=TaskKind.RECONTACT, due_on=TODAY)
    taken(adviser, kind=TaskKind.HOLD_INTERVIEW, due_on=TODAY)
    piles = {pile.kind: (pile.team, pile.tasks, pile.late) for pile in people.work_of(adviser.person, TODAY)}
    name = adviser.team.name
    assert piles == {TaskKind.RECONTACT: (name, 2, 1), TaskKind.HOLD_INTERVIEW: (name, 1, 0)}


def test_when_a_post_is_over_only_the_tasks_of_its_team_go_back(admin, adviser, office):
    other = make.post(Role.TEAM_LEADER, office=office, person=adviser.person)
    mine, theirs = taken(adviser), taken(other)
    assert people.post_ends(adviser, ends_on=TODAY - DAY, by=admin, now=NOW) == 1
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.person, theirs.person) == (None, adviser.person)


def test_a_post_that_ends_today_keeps_its_tasks_until_the_daily_run_after_it(admin, adviser):
    task = taken(adviser)
    assert people.post_ends(adviser, ends_on=TODAY, by=admin, now=NOW) == 0
    assert people.release_ended(TODAY, NOW) == {"tasks_handed_back": 0}
    task.refresh_from_db()
    assert task.person == adviser.person
    assert people.release_ended(TODAY + DAY, NOW) == {"tasks_handed_back": 1}
    assert people.release_ended(TODAY + DAY, NOW) == {"tasks_handed_back": 0}
    task.refresh_from_db()
    assert task.person is None


def test_the_daily_run_leaves_tasks_with_those_who_may_work_on_them(office):
    """The contact centre works for every office of its district (worklist.access.may_work)."""
    agent = make.post(Role.AGENT, office=make.contact_centre(district=office.district))
    claim = make.claim(office=office, task=None)
    make.open_task(claim, team=make.team(TeamKind.ADVISERS, office=office), person=agent.person)
    assert people.release_ended(TODAY, NOW) == {"tasks_handed_back": 0}


def test_the_daily_run_takes_tasks_from_who_has_moved_to_another_office(office, adviser):
    taken(adviser)
    adviser.ends_on = TODAY - DAY
    adviser.save()
    make.post(Role.ADVISER, office=make.office(district=office.district), person=adviser.person)
    assert people.release_ended(TODAY, NOW) == {"tasks_handed_back": 1}


def test_a_team_closes_into_another_with_its_tasks_and_its_people(admin, adviser, office):
    task = taken(adviser)
    successor = make.team(TeamKind.DEFERRALS, office=office)
    assert people.team_closes(adviser.team, successor=successor, on=TODAY, by=admin, now=NOW) == 1
    task.refresh_from_db()
    adviser.refresh_from_db()
    adviser.team.refresh_from_db()
    assert (task.team, adviser.team.closed_on, adviser.ends_on) == (successor, TODAY, TODAY - DAY)
    moved = adviser.person.posts.get(team=successor)
    assert (moved.role, moved.starts_on, moved.ends_on) == (Role.ADVISER, TODAY, None)
    assert [event.kind for event in Event.objects.all()] == [Happened.TEAM_CLOSED]


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.ADVISER_MANAGER, Role.AGENT])
def test_only_administrators_close_teams(role, adviser, office):
    by = make.post(role, office=office)
    successor = make.team(TeamKind.DEFERRALS, office=office)
    refused(
        "not_administrator",
        lambda: people.team_closes(adviser.team, successor=successor, on=TODAY, by=by, now=NOW),
    )


def test_a_team_closes_only_into_an_open_one_of_its_district_and_not_ahead_of_time(admin, adviser, office):
    here = make.team(TeamKind.DEFERRALS, office=office)

    def closes(successor, on=TODAY):
        return lambda: people.team_closes(adviser.team, successor=successor, on=on, by=admin, now=NOW)

    refused("team_of_elsewhere", closes(make.team(TeamKind.ADVISERS)))
    refused("no_successor", closes(adviser.team))
    refused("closes_later", closes(here, on=TODAY + DAY))


def test_the_load_of_teams_is_counted_in_one_query(adviser, office, django_assert_num_queries):
    taken(adviser, due_on=TODAY - DAY)
    make.open_task(make.claim(office=office, task=None), team=adviser.team)
    with django_assert_num_queries(1):
        loads = people.load_of_teams(office.district, TODAY)
    assert loads == {adviser.team.pk: people.Load(open=2, late=1, free=1)}
