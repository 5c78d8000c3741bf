"""Somebody is away: their appointments move at once, each customer is told, and none is left silently (E:L3349)."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.managing.conftest import NOW
from waymark.interviews.managing.proposing import appointments_of, propose
from waymark.interviews.managing.queries import absences_ahead
from waymark.interviews.managing.verbs import rebook_absence
from waymark.interviews.models import Appointment, Interview, Preferences
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.models import Absence
from waymark.record.models import Event
from waymark.staffing.verbs import note_absence
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
THURSDAY = date(2004, 5, 6)
FRIDAY = date(2004, 5, 7)


def away(place, first=THURSDAY, last=FRIDAY):
    person = place.adviser.person
    note_absence(person, first_day=first, last_day=last, reason="ill", cover=None, by=place.manager, now=NOW)
    return person


def proposals(place, last=FRIDAY):
    person = place.adviser.person
    theirs = appointments_of(person, THURSDAY, FRIDAY, NOW)
    return propose(theirs, away=person, last=last, now=NOW)


def rebook(place, slots, **others):
    return rebook_absence(place.adviser.person, THURSDAY, FRIDAY, slots, by=place.manager, now=NOW, **others)


class TestProposing:
    def test_the_same_adviser_after_the_absence_is_proposed_when_that_is_in_time(self, place, booked):
        appointment = booked()
        away(place)
        (found,) = proposals(place)
        assert found.slots[0].adviser_id == place.adviser.person_id
        assert found.slots[0].day > FRIDAY
        assert found.appointment == appointment

    def test_a_colleague_is_proposed_when_the_absence_is_long(self, place, booked):
        booked()
        away(place, last=date(2004, 6, 30))
        (found,) = proposals(place, last=date(2004, 6, 30))
        assert found.slots[0].adviser_id == place.second_adviser.person_id

    def test_a_customer_who_does_not_mind_whom_they_meet_keeps_their_day(self, place, booked):
        appointment = booked()
        Preferences.objects.create(
            claim=appointment.interview.claim, same_adviser=False, asked_on=day_of(NOW)
        )
        away(place)
        (found,) = proposals(place)
        assert found.slots[0].adviser_id == place.second_adviser.person_id
        assert found.slots[0].starts_at == appointment.starts_at

    def test_nobody_is_proposed_whom_the_customer_asked_not_to_meet(self, place, booked):
        appointment = booked()
        wishes = Preferences.objects.create(claim=appointment.interview.claim, asked_on=day_of(NOW))
        wishes.avoid.add(place.second_adviser.person)
        away(place, last=date(2004, 8, 30))
        (found,) = proposals(place, last=date(2004, 8, 30))
        assert found.slots == ()

    def test_the_half_of_the_day_the_customer_asked_for_is_kept(self, place, booked):
        appointment = booked()
        Preferences.objects.create(
            claim=appointment.interview.claim, time_of_day="afternoon", asked_on=day_of(NOW)
        )
        away(place)
        (found,) = proposals(place)
        assert found.slots[0].starts_at.hour >= 12

    def test_no_time_is_proposed_to_two_customers(self, place, booked):
        for _each in range(3):
            booked()
        away(place)
        first = [(found.slots[0].adviser_id, found.slots[0].starts_at) for found in proposals(place)]
        assert len(first) == len(set(first)) == 3


class TestMoving:
    def test_each_customer_is_told_the_reason_and_the_new_day(self, place, booked):
        some = [booked(), booked()]
        away(place)
        result = rebook(place, {each.appointment.ref: each.slots[0] for each in proposals(place)})
        assert len(result.moved) == 2 and result.left == ()
        for appointment in some:
            letter = Notice.objects.get(claim=appointment.interview.claim, kind="cancelled_by_us")
            assert "The adviser is absent for some time" in letter.html
            assert "no decision about your claim" in letter.html
        assert Event.objects.filter(kind="absence_rebooked").count() == 1
        assert not appointments_of(place.adviser.person, THURSDAY, FRIDAY, NOW)

    def test_what_finds_no_time_stays_booked_and_becomes_a_dated_task(self, place, booked):
        appointment = booked()
        away(place)
        result = rebook(place, {appointment.ref: None})
        assert [left.appointment for left in result.left] == [appointment]
        assert Interview.objects.get(pk=appointment.interview_id).state == "booked"
        task = Task.objects.get(claim=appointment.interview.claim, kind="rebook", closed_at=None)
        assert task.due_on == day_of(NOW) + timedelta(days=1)

    def test_asking_twice_makes_one_task(self, place, booked):
        appointment = booked()
        away(place)
        rebook(place, {appointment.ref: None})
        rebook(place, {appointment.ref: None})
        assert Task.objects.filter(kind="rebook").count() == 1

    def test_moving_it_later_closes_the_task(self, place, booked):
        appointment = booked()
        away(place)
        (found,) = proposals(place)
        rebook(place, {appointment.ref: None})
        rebook(place, {appointment.ref: found.slots[0]})
        assert not Task.objects.filter(kind="rebook", closed_at=None).exists()

    def test_a_time_that_was_taken_meanwhile_leaves_that_one_and_moves_the_others(self, place, booked):
        one, other = booked(), booked()
        away(place)
        found = proposals(place)
        slot = found[0].slots[0]
        result = rebook(place, {one.ref: slot, other.ref: slot})
        assert len(result.moved) == 1 and len(result.left) == 1
        assert "taken" in result.left[0].why

    def test_progress_is_said_for_every_customer(self, place, booked):
        booked(), booked()
        away(place)
        steps: list[int] = []
        rebook(place, {}, progress=steps.append)
        assert steps == [1, 1]

    def test_a_manager_of_another_office_is_refused(self, place, booked):
        booked()
        stranger = factories.post("adviser_manager", office=factories.office())
        with pytest.raises(Refused) as refused:
            rebook_absence(place.adviser.person, THURSDAY, FRIDAY, {}, by=stranger, now=NOW)
        assert refused.value.code == "diary_of_another"

    def test_an_absence_ahead_says_how_many_appointments_stand_in_it(self, place, booked):
        booked(), booked()
        away(place)
        Absence.objects.create(
            person=place.second_adviser.person, first_day=THURSDAY, last_day=THURSDAY, reason="leave"
        )
        found = {each.name: each.appointments for each in absences_ahead(place.office, NOW)}
        assert found == {place.adviser.person.name: 2, place.second_adviser.person.name: 0}
        assert Appointment.objects.filter(state="booked").count() == 2
