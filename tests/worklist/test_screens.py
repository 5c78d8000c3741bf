"""The worklist on screen: found, sorted, exported, taken, given, moved."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.interviews.talking import talk
from tests.today.seeing import sign_in
from waymark.interviews import verbs as interviews
from waymark.interviews.diary.rules import Slot
from waymark.interviews.queries import current_rules
from waymark.interviews.queries.offers import offers, share_in_time
from waymark.kernel.clock import at
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import BankHoliday
from waymark.record.models import Read
from waymark.worklist.enums import TaskKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def task(place, today):
    return make.open_task(make.claim(office=place.office, task=None), team=place.agent.team, due_on=today)


def page(client, post, name="worklist:list", *refs, **query) -> str:
    sign_in(client, post)
    response = client.get(reverse(name, args=refs), query)
    assert response.status_code == 200
    return response.content.decode()


def shown(text: str, *tasks) -> list[bool]:
    return [task.claim.customer.name in text for task in tasks]


def some(place, today):
    """One late and taken, one due, one to come."""
    claims = [make.claim(office=place.office, task=None) for _ in range(3)]
    days = (today - timedelta(days=1), today, today + timedelta(days=1))
    kinds = (TaskKind.CALL_BACK, TaskKind.FIRST_CALL, TaskKind.RECONTACT)
    people = (place.agent.person, None, None)
    return [
        make.open_task(claim, team=place.agent.team, due_on=day, kind=kind, person=person)
        for claim, day, kind, person in zip(claims, days, kinds, people, strict=True)
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [True, True, True]),
        ({"state": "late"}, [True, False, False]),
        ({"state": "today"}, [False, True, False]),
        ({"state": "later"}, [False, False, True]),
        ({"taken": "no"}, [False, True, True]),
        ({"taken": "yes"}, [True, False, False]),
        ({"taken": "me"}, [True, False, False]),
        ({"kind": "recontact"}, [False, False, True]),
        ({"office": "calder-office"}, [True, True, True]),
        ({"office": "no-such-office"}, [True, True, True]),
        ({"kind": "recontact", "state": "late"}, [False, False, False]),
    ],
)
def test_the_list_is_narrowed_by_what_is_chosen(place, client, today, query, expected):
    tasks = some(place, today)
    assert shown(page(client, place.agent, **query), *tasks) == expected


def test_the_list_is_narrowed_to_a_team_or_a_person(place, client, today):
    tasks = some(place, today)
    assert shown(page(client, place.agent, team=place.agent.team.code), *tasks) == [True, True, True]
    assert shown(page(client, place.agent, person=place.agent.person.ref), *tasks) == [True, False, False]


def test_the_list_is_sorted_either_way(place, client, today):
    first, _second, last = some(place, today)
    text = page(client, place.agent, sort="due")
    assert text.index(first.claim.customer.name) < text.index(last.claim.customer.name)
    text = page(client, place.agent, sort="-due")
    assert text.index(last.claim.customer.name) < text.index(first.claim.customer.name)


def test_a_sort_that_is_not_offered_is_no_error(place, client, today):
    some(place, today)
    assert page(client, place.agent, sort="password")


def test_an_office_sees_the_tasks_of_its_claims_whatever_team_owns_them(place, client, task):
    assert shown(page(client, place.adviser), task) == [True]
    assert shown(page(client, make.post(Role.ADVISER)), task) == [False]


def test_the_list_can_be_exported_and_a_formula_is_made_plain(place, client, today):
    claim = make.claim(office=place.office, task=None, customer=make.customer(given_names="=1+1"))
    make.open_task(claim, team=place.agent.team, due_on=today)
    sign_in(client, place.agent)
    response = client.get(reverse("worklist:list"), {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["claim"] for row in rows] == [claim.ref]
    assert rows[0]["name"].startswith("'=")


def test_a_task_says_what_whose_and_by_when_and_that_is_kept_as_a_look(place, client, task):
    text = page(client, place.agent, "worklist:task", task.ref)
    assert "nobody yet" in text
    assert "today" in text
    assert Read.objects.get().customer_ref == task.claim.customer.ref


@pytest.mark.parametrize("name", ["worklist:task", "worklist:give", "worklist:move"])
def test_strangers_find_no_task(place, client, task, name):
    sign_in(client, place.elsewhere)
    assert client.get(reverse(name, args=[task.ref])).status_code == 404


def test_a_task_is_taken_and_handed_back(place, client, task):
    sign_in(client, place.agent)
    client.post(reverse("worklist:take", args=[task.ref]))
    task.refresh_from_db()
    assert task.person == place.agent.person
    client.post(reverse("worklist:hand_back", args=[task.ref]))
    task.refresh_from_db()
    assert task.person is None


def test_who_comes_second_is_told_who_has_it(place, client, task):
    colleague = make.post(Role.AGENT, office=place.centre)
    task.person = colleague.person
    task.save()
    assert f"{colleague.person.name} has taken this task." in page(
        client, place.agent, "worklist:task", task.ref
    )
    response = client.post(reverse("worklist:take", args=[task.ref]))
    assert response.status_code == 409
    assert f"{colleague.person.name} has taken this task." in response.content.decode()


def test_an_assessor_looks_and_is_told_why_nothing_can_be_done(place, client, task):
    assert "you do not work on tasks" in page(client, place.assessor, "worklist:task", task.ref)
    assert client.post(reverse("worklist:take", args=[task.ref])).status_code == 403


def test_a_task_is_given_to_a_person_or_another_team(place, client, task):
    colleague = make.post(Role.AGENT, office=place.centre)
    deferrals = make.team(TeamKind.DEFERRALS, office=place.office)
    sign_in(client, place.leader)
    client.post(reverse("worklist:give", args=[task.ref]), {"to": f"person-{colleague.person.ref}"})
    task.refresh_from_db()
    assert task.person == colleague.person
    client.post(reverse("worklist:give", args=[task.ref]), {"to": f"team-{deferrals.code}"})
    task.refresh_from_db()
    assert (task.person, task.team) == (None, deferrals)


def test_a_task_is_not_given_to_somebody_of_elsewhere(place, client, task):
    sign_in(client, place.leader)
    response = client.post(
        reverse("worklist:give", args=[task.ref]), {"to": f"person-{place.elsewhere.person.ref}"}
    )
    assert response.status_code == 200
    task.refresh_from_db()
    assert task.person is None


def test_a_task_is_moved_with_a_reason(place, client, task, today):
    sign_in(client, place.agent)
    day = today + timedelta(days=3)
    date = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    response = client.post(reverse("worklist:move", args=[task.ref]), {**date, "why": ""})
    assert "Error:" in response.content.decode()
    client.post(reverse("worklist:move", args=[task.ref]), {**date, "why": "The customer is away"})
    task.refresh_from_db()
    assert task.due_on == day


def test_a_get_changes_nothing(place, client, task):
    sign_in(client, place.agent)
    assert client.get(reverse("worklist:take", args=[task.ref])).status_code == 405


@pytest.mark.parametrize("rows", [1, 60])
def test_the_number_of_queries_does_not_grow(place, client, today, django_assert_num_queries, rows):
    for _ in range(rows):
        make.open_task(make.claim(office=place.office, task=None), team=place.agent.team, due_on=today)
    sign_in(client, place.agent)
    client.get(reverse("worklist:list"))
    with django_assert_num_queries(14):
        client.get(reverse("worklist:list"))


def book(place, moment, day) -> None:
    """Talk on Tuesday 4 May and book the interview for so many days later."""
    talked = talk(place, place.claim(), {}, wanted=True, now=moment())
    slot = Slot(
        office_id=place.office.pk,
        kind="adviser_interview",
        mode="office",
        starts_at=at(make.TODAY + timedelta(days=day), moment(hour=14).time()),
        minutes=45,
        adviser_id=place.adviser.person_id,
        adviser_name=place.adviser.person.name,
    )
    interviews.decide(talked, interviews.Wish(choice="book", slot=slot), by=place.agent, now=moment())


def test_within_four_days_is_counted_from_the_first_contact_and_ends_on_a_working_day(place, moment):
    """Four days after Tuesday 4 May is a Saturday: Monday 10 May is still in time, Tuesday is not (D:L572)."""
    book(place, moment, day=6)
    book(place, moment, day=7)
    found = offers(place.agent, make.TODAY, make.TODAY, current_rules(make.TODAY))
    assert [one.in_time for one in found] == [True, False]
    share = share_in_time(place.agent, make.TODAY, make.TODAY, current_rules(make.TODAY))
    assert (share.part, share.whole, share.percent) == (1, len(found), 50)


def test_the_share_of_days_that_are_over_is_counted_once_and_agrees_with_the_list(
    place, moment, django_assert_num_queries
):
    book(place, moment, day=6)
    book(place, moment, day=7)
    wednesday = make.TODAY + timedelta(days=1)
    rules = current_rules(wednesday)
    first = share_in_time(place.agent, make.TODAY, wednesday, rules)
    with django_assert_num_queries(2):
        again = share_in_time(place.agent, make.TODAY, wednesday, rules)
    found = offers(place.agent, make.TODAY, wednesday, rules)
    assert first == again
    assert (again.part, again.whole) == (sum(one.in_time for one in found), len(found)) == (1, 2)


def test_the_share_follows_a_bank_holiday_that_is_entered_later(place, moment):
    """Monday 10 May made a holiday, the working day that follows is Tuesday: the second one is in time too."""
    book(place, moment, day=6)
    book(place, moment, day=7)
    wednesday = make.TODAY + timedelta(days=1)
    rules = current_rules(wednesday)
    assert share_in_time(place.agent, make.TODAY, wednesday, rules).part == 1
    BankHoliday.objects.create(day=make.TODAY + timedelta(days=6), name="Made up for this test")
    assert share_in_time(place.agent, make.TODAY, wednesday, rules).part == 2


def test_no_time_found_is_not_in_time(place, moment):
    talked = talk(place, place.claim(), {}, wanted=True, now=moment())
    interviews.decide(talked, interviews.Wish(choice="book"), by=place.agent, now=moment())
    found = offers(place.agent, make.TODAY, make.TODAY, current_rules(make.TODAY))
    assert [one.in_time for one in found] == [False]


def test_there_is_no_percentage_of_nothing(place, client):
    assert share_in_time(place.elsewhere, make.TODAY, make.TODAY, current_rules(make.TODAY)).percent is None
    assert "No interview was to be booked" in page(client, place.agent, "worklist:offered")


def test_the_figure_counts_only_customers_within_reach(place, moment):
    book(place, moment, day=1)
    assert offers(place.elsewhere, make.TODAY, make.TODAY, current_rules(make.TODAY)) == []
