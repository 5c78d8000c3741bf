"""An adviser leaves: customers and their next interviews go to colleagues, who know what they must (E:L1476)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.managing.conftest import NOW
from waymark.interviews.managing.queries import leaver_of
from waymark.interviews.managing.verbs import adviser_leaves, hand_over_caseload
from waymark.interviews.models import Appointment, Caseload, Preferences
from waymark.interviews.series.queries import adviser_of
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.models import Person
from waymark.record.models import Event
from waymark.staffing.verbs import leave
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
NOTE = "Likes to be rung first. Looking at the computer course."
TODAY = day_of(NOW)


def hand_over(place, *appointments, to=None, note=NOTE):
    to = to or place.second_adviser.person
    notes = {each.interview.claim.ref: (to, note) for each in appointments}
    return hand_over_caseload(place.adviser.person, notes, by=place.manager, now=NOW)


def test_the_interview_goes_to_the_new_adviser_at_the_same_time(place, booked):
    appointment = booked()
    result = hand_over(place, appointment)
    moved = Appointment.objects.get(moved_from=appointment)
    assert (moved.starts_at, moved.adviser) == (appointment.starts_at, place.second_adviser.person)
    assert adviser_of(appointment.interview.claim) == place.second_adviser.person
    assert result.given == (appointment.interview.claim,)


def test_the_customer_gets_one_letter_that_says_who_it_is_now_and_what_they_know(place, booked):
    appointment = booked()
    before = Notice.objects.count()
    hand_over(place, appointment)
    letter = Notice.objects.get(kind="adviser_changed")
    assert Notice.objects.count() == before + 1
    assert place.second_adviser.person.name in letter.html
    assert NOTE not in letter.html


def test_the_new_adviser_gets_to_know_the_customer_as_a_dated_task(place, booked):
    appointment = booked()
    hand_over(place, appointment)
    task = Task.objects.get(claim=appointment.interview.claim, kind="take_over", closed_at=None)
    assert task.person == place.second_adviser.person
    assert task.due_on > TODAY
    line = Caseload.objects.get(claim=appointment.interview.claim, until=None)
    assert line.handover == NOTE


def test_another_time_is_found_where_the_new_adviser_is_not_free(place, booked):
    appointment = booked()
    theirs = booked(place.second_adviser)
    assert theirs.starts_at == appointment.starts_at
    hand_over(place, appointment)
    moved = Appointment.objects.get(moved_from=appointment)
    assert moved.adviser == place.second_adviser.person
    assert moved.starts_at != appointment.starts_at
    assert Notice.objects.filter(claim=appointment.interview.claim, kind="cancelled_by_us").exists()


def test_somebody_the_customer_asked_not_to_meet_does_not_get_them(place, booked):
    appointment = booked()
    wishes = Preferences.objects.create(claim=appointment.interview.claim, asked_on=TODAY)
    wishes.avoid.add(place.second_adviser.person)
    result = hand_over(place, appointment)
    assert result.given == ()
    assert "asked not to meet" in result.kept[0].why
    assert adviser_of(appointment.interview.claim) == place.adviser.person


def test_no_customer_goes_without_a_note(place, booked):
    result = hand_over(place, booked(), note="  ")
    assert "no handover note" in result.kept[0].why


def test_nobody_leaves_while_customers_are_with_them(place, booked):
    appointment = booked()
    with pytest.raises(Refused) as refused:
        adviser_leaves(place.adviser.person, on=TODAY, by=place.administrator, now=NOW)
    assert refused.value.code == "customers_with_them"
    hand_over(place, appointment)
    adviser_leaves(place.adviser.person, on=TODAY, by=place.administrator, now=NOW)
    assert Person.objects.get(pk=place.adviser.person_id).left_on == TODAY


def test_nobody_leaves_while_later_appointments_are_booked_with_them(place, booked):
    appointment = booked()
    give_caseload(appointment.interview.claim, place.second_adviser.person, by=place.manager, now=NOW)
    with pytest.raises(Refused) as refused:
        adviser_leaves(place.adviser.person, on=TODAY, by=place.administrator, now=NOW)
    assert refused.value.code == "appointments_with_them"


def test_the_database_lets_nobody_leave_customers_behind(place, booked):
    booked()
    with pytest.raises(IntegrityError, match="Customers are still with this person"), transaction.atomic():
        leave(place.adviser.person, on=TODAY, by=place.administrator, now=NOW)


def test_the_database_gives_nobody_to_somebody_who_has_left(place, booked):
    claim = booked(place.second_adviser).interview.claim
    leave(place.adviser.person, on=TODAY, by=place.administrator, now=NOW)
    Caseload.objects.filter(claim=claim).update(until=TODAY)
    with pytest.raises(IntegrityError, match="never with somebody who has left"), transaction.atomic():
        Caseload.objects.create(claim=claim, adviser=place.adviser.person, since=TODAY)


def test_what_is_to_be_handed_over_is_listed_with_the_next_interview(place, booked):
    appointment = booked()
    found = leaver_of(place.adviser.person, place.office, NOW)
    assert [claim.ref for claim in found.claims] == [appointment.interview.claim.ref]
    assert found.booked[appointment.interview.claim_id] == appointment
    assert found.held_back.customers == 1


def test_the_leavers_other_tasks_about_the_customer_go_along(place, booked):
    appointment = booked()
    claim = appointment.interview.claim
    task = Task.objects.filter(claim=claim, closed_at=None).get()
    Task.objects.create(
        ref="T123456789",
        claim=claim,
        office_id=claim.office_id,
        kind="promise",
        team=task.team,
        person=place.adviser.person,
        due_on=TODAY + timedelta(days=3),
        origin="promise_made",
        opened_at=NOW,
    )
    hand_over(place, appointment)
    assert Task.objects.get(ref="T123456789").person == place.second_adviser.person
    assert not Task.objects.filter(claim=claim, person=place.adviser.person, closed_at=None).exists()
    assert Event.objects.filter(kind="caseload_handed_over").count() == 1
