"""Writing diaries: kept, booked, moved, cancelled, and what is refused."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction

from tests import factories as make
from tests.diaries import makers as diary
from tests.diaries.makers import NOW, TUESDAY, at
from waymark.interviews.diary import verbs
from waymark.interviews.models import Appointment, DiaryEntry, WorkingPattern
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence
from waymark.record.enums import Happened
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
WHY = {"caused_by": "customer", "reason": "customer_asked_to_move", "by": None, "now": NOW}


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def tom(office):
    return diary.adviser(office, "Tom Walsh")


def booked(office, post, when, **fields) -> Appointment:
    return verbs.book(diary.interview(office), diary.slot(post, when, **fields), by=None, now=NOW)


def live(post) -> list[tuple]:
    entries = DiaryEntry.objects.filter(person=post.person, live=True)
    return sorted((entry.during.lower, entry.during.upper) for entry in entries)


def test_a_visit_with_an_assessor_fills_both_diaries_one_after_the_other(office, tom):
    sue = diary.adviser(office, role=Role.ASSESSOR)
    visit = booked(office, tom, at(9), assessor=sue)
    assert (visit.starts_at, visit.ends_at, visit.with_assessor) == (at(9), at(10, 15), True)
    assert live(sue) == [(at(9), at(9, 30))]
    assert live(tom) == [(at(9, 30), at(10, 15))]


def test_a_time_that_is_taken_is_refused_with_other_times_to_choose_from(office, tom):
    booked(office, tom, at(9))
    with pytest.raises(Refused) as refused:
        booked(office, tom, at(9, 30))
    assert refused.value.code == "slot_taken"
    assert refused.value.message == "That time has just been taken."
    assert refused.value.cure.startswith("Choose another: Tue 4 May 09:45 with Tom Walsh;")


def test_after_a_refusal_the_callers_transaction_goes_on(office, tom):
    booked(office, tom, at(9))
    with transaction.atomic():
        with pytest.raises(Refused):
            booked(office, tom, at(9))
        other = booked(office, tom, at(11))
    assert Appointment.objects.get(pk=other.pk).state == "booked"
    assert Appointment.objects.count() == 2


def test_one_directly_after_the_other_is_no_overlap(office, tom):
    booked(office, tom, at(9))
    booked(office, tom, at(9, 45))
    assert live(tom) == [(at(9), at(9, 45)), (at(9, 45), at(10, 30))]


def test_a_room_taken_meanwhile_is_replaced_by_one_as_good(office, tom):
    ann = diary.adviser(office)
    red, green = diary.room(office, "Red"), diary.room(office, "Green")
    diary.room(office, "Open", private=False)
    private = {"room_id": red.pk, "private_room": True}
    booked(office, tom, at(9), **private)
    assert booked(office, ann, at(9), **private).room == green
    third = diary.adviser(office)
    with pytest.raises(Refused) as refused:
        booked(office, third, at(9), **private)
    assert refused.value.code == "slot_taken"


def test_a_kept_time_is_booked(office, tom):
    interview = diary.interview(office)
    held = verbs.hold(interview, diary.slot(tom, at(9)), by=tom, now=NOW)
    assert (held.state, held.held_until) == ("held", NOW + timedelta(minutes=10))
    made = verbs.book(interview, held, by=tom, now=NOW + timedelta(minutes=3))
    assert (made.pk, made.state, made.held_until) == (held.pk, "booked", None)


def test_a_kept_time_can_be_booked_late_while_nobody_has_taken_it(office, tom):
    interview = diary.interview(office)
    held = verbs.hold(interview, diary.slot(tom, at(9)), by=None, now=NOW)
    assert verbs.book(interview, held, by=None, now=NOW + timedelta(minutes=20)).state == "booked"


def test_a_time_kept_too_long_gives_way_to_the_next_and_cannot_be_booked_then(office, tom):
    first, second = diary.interview(office), diary.interview(office)
    held = verbs.hold(first, diary.slot(tom, at(9)), by=None, now=NOW)
    with pytest.raises(Refused):
        verbs.hold(second, diary.slot(tom, at(9)), by=None, now=NOW + timedelta(minutes=9))
    verbs.hold(second, diary.slot(tom, at(9, 15)), by=None, now=NOW + timedelta(minutes=10))
    held.refresh_from_db()
    assert held.state == "lapsed"
    with pytest.raises(Refused) as refused:
        verbs.book(first, held, by=None, now=NOW + timedelta(minutes=11))
    assert refused.value.code == "hold_lapsed"


def test_a_time_kept_for_one_interview_is_not_booked_for_another(office, tom):
    held = verbs.hold(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    with pytest.raises(Refused) as refused:
        verbs.book(diary.interview(office), held, by=None, now=NOW)
    assert refused.value.code == "kept_for_another"


def test_a_kept_time_given_back_is_free_at_once(office, tom):
    held = verbs.hold(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    assert verbs.let_go(held, now=NOW).state == "lapsed"
    booked(office, tom, at(9))


def test_releasing_frees_only_what_has_run_out(office, tom):
    verbs.hold(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    verbs.hold(diary.interview(office), diary.slot(tom, at(10)), by=None, now=NOW, minutes=30)
    assert verbs.release_expired(NOW + timedelta(minutes=10)) == 1
    assert verbs.release_expired(NOW + timedelta(minutes=10)) == 0
    assert live(tom) == [(at(10), at(10, 45))]


def test_an_interview_has_one_appointment_at_a_time(office, tom):
    interview = diary.interview(office)
    verbs.book(interview, diary.slot(tom, at(9)), by=None, now=NOW)
    with pytest.raises(Refused) as refused:
        verbs.book(interview, diary.slot(tom, at(14)), by=None, now=NOW)
    assert refused.value.code == "has_appointment"


def test_moving_keeps_the_old_appointment_with_who_and_why_and_frees_its_time(office, tom):
    old = booked(office, tom, at(9))
    new = verbs.move(old, diary.slot(tom, at(14)), words="bus is late", **WHY)
    old.refresh_from_db()
    assert (old.state, old.caused_by, old.reason, old.words) == (
        "moved",
        "customer",
        "customer_asked_to_move",
        "bus is late",
    )
    assert (new.state, new.moved_from, new.interview) == ("booked", old, old.interview)
    assert live(tom) == [(at(14), at(14, 45))]


def test_an_appointment_can_be_moved_by_a_quarter_of_an_hour(office, tom):
    new = verbs.move(booked(office, tom, at(9)), diary.slot(tom, at(9, 15)), **WHY)
    assert new.starts_at == at(9, 15)


def test_when_the_new_time_is_lost_the_old_appointment_stands(office, tom):
    booked(office, tom, at(14))
    old = booked(office, tom, at(9))
    with pytest.raises(Refused):
        verbs.move(old, diary.slot(tom, at(14)), **WHY)
    old.refresh_from_db()
    assert (old.state, old.reason) == ("booked", "")
    assert live(tom) == [(at(9), at(9, 45)), (at(14), at(14, 45))]


@pytest.mark.parametrize("wrong", [{"caused_by": ""}, {"reason": " "}, {"caused_by": "somebody"}])
def test_no_appointment_is_moved_or_cancelled_without_who_and_why(office, tom, wrong):
    appointment = booked(office, tom, at(9))
    with pytest.raises(Refused) as refused:
        verbs.cancel(appointment, **{**WHY, **wrong})
    assert refused.value.code == "no_reason"
    with pytest.raises(Refused):
        verbs.move(appointment, diary.slot(tom, at(14)), **{**WHY, **wrong})


def test_a_cancelled_time_can_be_booked_again_and_a_cancelled_appointment_cannot_be_moved(office, tom):
    appointment = booked(office, tom, at(9))
    assert verbs.cancel(appointment, **WHY).state == "cancelled"
    booked(office, tom, at(9))
    with pytest.raises(Refused) as refused:
        verbs.move(appointment, diary.slot(tom, at(14)), **WHY)
    assert refused.value.code == "appointment_cannot_become_moved"


def test_an_appointment_takes_place_when_its_time_has_come_and_not_before(office, tom):
    appointment = booked(office, tom, at(9))
    with pytest.raises(Refused) as refused:
        verbs.took_place(appointment, by=None, now=at(8, 50))
    assert refused.value.code == "not_yet"
    assert verbs.took_place(appointment, by=None, now=at(9, 5)).state == "took_place"
    assert live(tom) == [(at(9), at(9, 45))]


def test_a_time_in_the_past_and_a_person_who_has_fallen_ill_are_refused(office, tom):
    with pytest.raises(Refused) as refused:
        verbs.hold(diary.interview(office), diary.slot(tom, at(7)), by=None, now=NOW)
    assert refused.value.code == "slot_past"
    Absence.objects.create(person=tom.person, first_day=TUESDAY, last_day=TUESDAY, reason="ill", noted_at=NOW)
    with pytest.raises(Refused) as refused:
        booked(office, tom, at(9))
    assert refused.value.message == "Tom Walsh is away on Tue 4 May."
    assert "Wed 5 May" in refused.value.cure


def test_other_work_fills_the_time_and_names_what_is_in_its_way(office, tom):
    verbs.block(tom.person, (at(10), at(12)), "Training", by=tom, now=NOW)
    with pytest.raises(Refused):
        booked(office, tom, at(11))
    with pytest.raises(Refused) as refused:
        verbs.block(tom.person, (at(11), at(13)), "Team meeting", by=tom, now=NOW)
    assert refused.value.message == "Tom Walsh has Training on Tue 4 May 10:00."
    assert Event.objects.filter(kind=Happened.TIME_BLOCKED, by=tom).count() == 1


def test_other_work_given_back_frees_the_time_and_an_appointment_is_not_freed_that_way(office, tom):
    entry = verbs.block(tom.person, (at(10), at(12)), "Training", by=tom, now=NOW)
    verbs.unblock(entry, by=tom, now=NOW)
    appointment = booked(office, tom, at(10))
    with pytest.raises(Refused) as refused:
        verbs.unblock(appointment.entries.get(), by=tom, now=NOW)
    assert refused.value.code == "is_appointment"


def test_a_colleague_does_not_fill_my_diary_but_the_manager_of_my_office_may(office, tom):
    colleague = diary.adviser(office)
    manager = make.post(Role.ADVISER_MANAGER, office=office)
    stranger = make.post(Role.ADVISER_MANAGER, office=make.office())
    for by in (colleague, stranger):
        with pytest.raises(Refused):
            verbs.block(tom.person, (at(10), at(11)), "Training", by=by, now=NOW)
    verbs.block(tom.person, (at(10), at(11)), "Training", by=manager, now=NOW)


def test_hours_are_set_by_the_manager_and_do_not_overlap(office, tom):
    manager = make.post(Role.ADVISER_MANAGER, office=office)
    WorkingPattern.objects.all().delete()
    wish = {"weekdays": [1, 3], "starts": time(9), "ends": time(12), "valid_from": TUESDAY, "now": NOW}
    with pytest.raises(Refused) as refused:
        verbs.set_hours(tom.person, office, by=tom, **wish)
    assert refused.value.code == "not_the_manager"
    made, _thursday = verbs.set_hours(tom.person, office, by=manager, **wish)
    with pytest.raises(Refused) as refused:
        verbs.set_hours(tom.person, office, by=manager, **{**wish, "starts": time(11), "ends": time(13)})
    assert refused.value.code == "hours_overlap"
    verbs.end_hours(made, last_day=date(2004, 5, 31), by=manager, now=NOW)
    verbs.set_hours(
        tom.person, office, by=manager, **{**wish, "weekdays": [1], "valid_from": date(2004, 6, 1)}
    )
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert kinds == {Happened.HOURS_SET, Happened.HOURS_ENDED}


def test_hours_that_end_before_they_start_are_refused_in_words(office, tom):
    manager = make.post(Role.ADVISER_MANAGER, office=office)
    with pytest.raises(Refused) as refused:
        verbs.set_hours(
            tom.person,
            office,
            weekdays=[6],
            starts=time(12),
            ends=time(9),
            valid_from=TUESDAY,
            by=manager,
            now=NOW,
        )
    assert "The hours end after they start." in refused.value.message


def test_a_new_calendar_key_is_made_by_the_person_alone(office, tom):
    old = tom.person.calendar_key
    with pytest.raises(Refused):
        verbs.renew_calendar_key(tom.person, by=diary.adviser(office), now=NOW)
    assert verbs.renew_calendar_key(tom.person, by=tom, now=NOW).calendar_key != old
