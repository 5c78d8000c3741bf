"""Searching the diaries of an office."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.diaries import makers as diary
from tests.diaries.makers import NOW, TUESDAY, at
from waymark.interviews.diary import queries, verbs
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence, BankHoliday
from waymark.programme.queries import appointment_lengths

pytestmark = pytest.mark.django_db
FRIDAY = date(2004, 5, 7)


def search(office, **wish):
    defaults = {
        "kind": "adviser_interview",
        "minutes": 45,
        "mode": "office",
        "not_before": NOW,
        "until": FRIDAY,
    }
    return queries.find_slots(office, **{**defaults, **wish})


def test_the_earliest_time_of_all_advisers_is_found_and_said_in_words():
    office = make.office()
    diary.adviser(office, "Tom Walsh", start=10)
    diary.adviser(office, "Ann Reid", start=11)
    found = search(office)
    assert found.within_target
    assert found.slots[0].starts_at == at(10)
    assert found.sentence == "The first 45-minute slot is Tue 4 May 10:00 with Tom Walsh."


def test_when_nothing_is_free_by_the_wanted_day_it_is_said_and_the_first_time_after_is_given():
    office = make.office()
    tom = diary.adviser(office, "Tom Walsh", start=9)
    diary.room(office, "Green room")
    Absence.objects.create(
        person=tom.person, first_day=TUESDAY, last_day=date(2004, 5, 10), reason="leave", noted_at=NOW
    )
    found = search(office, private_room=True)
    assert not found.within_target
    assert found.slots[0].starts_at == at(9, day=11)
    assert (
        found.sentence == "No 45-minute slot with a private room by Fri 7 May; "
        "the first is Tue 11 May 09:00 with Tom Walsh, Green room."
    )


def test_an_office_without_a_private_room_says_that_none_is_free_at_all():
    office = make.office()
    diary.adviser(office)
    found = search(office, private_room=True)
    assert found.slots == ()
    assert found.sentence.startswith("No 45-minute slot with a private room is free before ")


def test_a_combined_visit_says_both_persons_and_its_whole_length():
    office = make.office()
    diary.adviser(office, "Tom Walsh")
    diary.adviser(office, "Sue Lane", role=Role.ASSESSOR)
    slot = search(office, with_assessor_minutes=30).slots[0]
    assert slot.total_minutes == 75
    assert queries.slot_words(slot) == "09:00 with Sue Lane, then Tom Walsh from 09:30"
    assert slot.ends_at == at(10, 15)


def test_a_home_visit_takes_ninety_minutes():
    office = make.office()
    diary.adviser(office, at_home=True)
    assert search(office, mode="home").slots[0].total_minutes == 90


def test_persons_to_avoid_are_left_out_and_a_wanted_adviser_is_the_only_one():
    office = make.office()
    tom, ann = diary.adviser(office, "Tom Walsh"), diary.adviser(office, "Ann Reid")
    assert {slot.adviser_name for slot in search(office, not_with=[ann.person]).slots} == {"Tom Walsh"}
    assert {slot.adviser_name for slot in search(office, only_with=ann.person).slots} == {"Ann Reid"}
    assert search(office, only_with=tom.person, not_with=[tom.person]).slots == ()


def test_of_two_advisers_the_one_with_fewer_appointments_that_week_is_offered():
    office = make.office()
    ann, tom = diary.adviser(office, "Ann Reid"), diary.adviser(office, "Tom Walsh")
    verbs.book(diary.interview(office), diary.slot(ann, at(15, day=6)), by=None, now=NOW)
    assert search(office).slots[0].adviser_name == "Tom Walsh"
    verbs.book(diary.interview(office), diary.slot(tom, at(15, day=6)), by=None, now=NOW)
    assert search(office).slots[0].adviser_name == "Ann Reid"


def test_few_times_a_day_leave_room_for_several_days():
    office = make.office()
    diary.adviser(office)
    found = search(office, per_day=3, limit=9).slots
    assert [slot.day for slot in found].count(TUESDAY) == 3
    assert len({slot.day for slot in found}) == 3


def test_bank_holidays_and_people_of_other_offices_are_not_offered():
    office = make.office()
    diary.adviser(make.office())
    diary.adviser(office, "Tom Walsh")
    BankHoliday.objects.create(day=TUESDAY, name="A holiday")
    found = search(office).slots
    assert found[0].starts_at == at(9, day=5)
    assert {slot.adviser_name for slot in found} == {"Tom Walsh"}


def test_a_post_that_ends_is_offered_until_its_last_day():
    office = make.office()
    post = diary.adviser(office)
    post.ends_on = TUESDAY
    post.save()
    assert {slot.day for slot in search(office, limit=100).slots} == {TUESDAY}


def test_work_in_another_office_fills_the_time_too():
    office, elsewhere = make.office(), make.office()
    tom = diary.adviser(office, "Tom Walsh")
    there = make.post(Role.ADVISER, office=elsewhere, person=tom.person)
    verbs.book(diary.interview(elsewhere), diary.slot(there, at(9)), by=None, now=NOW)
    assert search(office).slots[0].starts_at == at(9, 45)


def test_a_time_kept_for_somebody_is_taken_until_its_minutes_are_over():
    office = make.office()
    tom = diary.adviser(office)
    verbs.hold(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    assert search(office, now=NOW).slots[0].starts_at == at(9, 45)
    later = NOW + timedelta(minutes=11)
    assert search(office, now=later).slots[0].starts_at == at(9)


def test_local_times_hold_when_the_clocks_change():
    office = make.office()
    diary.adviser(office)
    winter = search(office, not_before=at(0, day=29, month=10), until=date(2004, 11, 2), per_day=1)
    assert [slot.starts_at.hour for slot in winter.slots] == [9] * len(winter.slots)
    offsets = {slot.starts_at.utcoffset() for slot in winter.slots}
    assert offsets == {timedelta(hours=1), timedelta(0)}


def test_a_slot_comes_back_from_its_key_and_a_made_up_key_does_not():
    office = make.office()
    diary.adviser(office)
    slot = search(office).slots[0]
    assert queries.slot_from_key(queries.slot_key(slot)) == slot
    assert queries.slot_from_key(queries.slot_key(slot) + "x") is None
    assert queries.slot_from_key("09:00 with me") is None


def test_a_search_takes_six_queries_however_many_advisers_rooms_and_days(django_assert_num_queries):
    office = make.office()
    for _number in range(12):
        diary.adviser(office)
        diary.adviser(office, role=Role.ASSESSOR)
    for number in range(4):
        diary.room(office, f"Room {number}")
    with django_assert_num_queries(6):
        search(office, private_room=True, with_assessor_minutes=30, limit=200)
    single = make.office()
    diary.adviser(single)
    with django_assert_num_queries(6):
        search(single)


def test_the_week_says_free_and_used_minutes_absence_and_the_next_free_of_each_kind():
    office = make.office()
    tom, ann = diary.adviser(office, "Tom Walsh"), diary.adviser(office, "Ann Reid")
    verbs.book(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    verbs.block(tom.person, (at(10), at(11)), "Training", by=None, now=NOW)
    Absence.objects.create(person=ann.person, first_day=TUESDAY, last_day=TUESDAY, reason="ill", noted_at=NOW)
    wishes = queries.usual({"adviser_interview": 45, "financial_assessor": 30})
    shown = queries.week(office, TUESDAY, now=NOW, wishes=wishes)
    assert [day.isoformat() for day in shown.days][0] == "2004-05-03" and len(shown.days) == 5
    people = {one.name: one for one in shown.people}
    tuesday = people["Tom Walsh"].days[1]
    assert (tuesday.free, tuesday.booked, tuesday.other, tuesday.appointments) == (480 - 105, 45, 60, 1)
    assert people["Ann Reid"].days[1].away == "away"
    assert people["Ann Reid"].days[1].free == 0
    assert shown.next_free[0].sentence == "First 45 minutes at the office: Tue 4 May 11:00 with Tom Walsh"
    assert shown.next_free[1].sentence == "First private room: none in the next three weeks"


def test_the_usual_wishes_are_as_long_as_the_programme_says(pack):
    lengths = appointment_lengths(TUESDAY)
    of_pack = {entry["code"]: entry["minutes"] for entry in pack.about["appointment_kinds"]}
    assert lengths == of_pack
    minutes = [wish.minutes for _words, wish in queries.usual(lengths)]
    first = of_pack["adviser_interview"]
    assert minutes == [first, first, first, of_pack["adviser_later"], of_pack["home_visit"]]


def test_a_kind_the_programme_does_not_have_is_not_wished_for():
    assert [words for words, _wish in queries.usual({"home_visit": 90})] == ["First home visit"]


def test_what_is_booked_in_a_week_is_counted_by_person():
    office = make.office()
    tom = diary.adviser(office, "Tom Walsh")
    verbs.book(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    verbs.block(tom.person, (at(11), at(12)), "Training", by=None, now=NOW)
    assert queries.booked_in_week(office, TUESDAY) == [("Tom Walsh", 1, 45)]
    assert queries.booked_in_week(office, TUESDAY + timedelta(days=7)) == []


def test_the_day_shows_what_fills_it_and_what_is_free_in_order():
    office = make.office()
    tom = diary.adviser(office, "Tom Walsh", end=12)
    booked = diary.interview(office)
    verbs.book(booked, diary.slot(tom, at(10)), by=None, now=NOW)
    verbs.block(tom.person, (at(11), at(12)), "Training", by=None, now=NOW)
    (only,) = queries.day(office, TUESDAY, now=NOW)
    assert [(item.kind, item.start, item.end) for item in only.items] == [
        ("free", at(9), at(10)),
        ("booked", at(10), at(10, 45)),
        ("free", at(10, 45), at(11)),
        ("other", at(11), at(12)),
    ]
    assert only.items[1].words == booked.claim.customer.name


def test_my_appointments_are_those_i_hold_as_adviser_or_as_assessor():
    office = make.office()
    tom, sue = diary.adviser(office), diary.adviser(office, role=Role.ASSESSOR)
    visit = verbs.book(diary.interview(office), diary.slot(tom, at(10), assessor=sue), by=None, now=NOW)
    gone = verbs.book(diary.interview(office), diary.slot(tom, at(14)), by=None, now=NOW)
    verbs.cancel(gone, caused_by="customer", reason="customer_unwell", by=None, now=NOW)
    assert list(queries.my_appointments(tom, TUESDAY)) == [visit]
    assert list(queries.my_appointments(sue, TUESDAY)) == [visit]
    assert list(queries.my_appointments(tom, FRIDAY)) == []
