"""Many callers at the same moment, in real threads with real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from tests import factories as make
from tests.diaries import makers as diary
from tests.diaries.makers import NOW, at
from waymark.interviews.diary import verbs
from waymark.interviews.models import Appointment, DiaryEntry
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role

pytestmark = pytest.mark.django_db(transaction=True)
CALLERS = 50

OVERLAPPING = """
    SELECT count(*) FROM interviews_diaryentry a JOIN interviews_diaryentry b
    ON a.id < b.id AND a.live AND b.live AND a.during && b.during
    AND (a.person_id = b.person_id OR a.room_id = b.room_id)
"""


def overlaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPPING)
        return cursor.fetchone()[0]


def all_at_once(work: list[Callable[[], object]]) -> list[object]:
    """What each of the calls gave, a refusal included; any other error ends the test."""
    gate = Barrier(len(work))

    def run(call: Callable[[], object]) -> object:
        gate.wait()
        try:
            return call()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def booking(interview, slot, now=NOW) -> Callable[[], object]:
    return lambda: verbs.book(interview, slot, by=None, now=now)


def test_fifty_callers_want_one_time_and_one_gets_it():
    office = make.office()
    tom = diary.adviser(office, "Tom Walsh")
    results = all_at_once(
        [booking(diary.interview(office), diary.slot(tom, at(9))) for _number in range(CALLERS)]
    )
    winners = [one for one in results if isinstance(one, Appointment)]
    losers = [one for one in results if isinstance(one, Refused)]
    assert (len(winners), len(losers)) == (1, CALLERS - 1)
    assert {refused.code for refused in losers} == {"slot_taken"}
    assert all(refused.message and refused.cure.startswith("Choose another: ") for refused in losers)
    assert Appointment.objects.count() == 1
    assert DiaryEntry.objects.count() == 1


def test_fifty_visits_with_crossed_assessors_and_advisers_end_without_overlap_or_deadlock():
    office = make.office()
    people = [diary.adviser(office) for _number in range(4)]
    rooms = [diary.room(office, f"Room {number}") for number in range(2)]
    work = []
    for number in range(CALLERS):
        first, second = people[number % 4], people[(number + 1 + number // 4 % 3) % 4]
        slot = diary.slot(
            first,
            at(9, 15 * (number % 3)),
            assessor=second,
            room_id=rooms[number % 2].pk,
            private_room=True,
        )
        work.append(booking(diary.interview(office), slot))
    results = all_at_once(work)
    assert overlaps() == 0
    losers = [one for one in results if isinstance(one, Refused)]
    assert all(refused.message for refused in losers)
    assert Appointment.objects.filter(state="booked").count() == CALLERS - len(losers) >= 1


def test_moves_into_each_others_time_leave_every_interview_with_one_appointment():
    office = make.office()
    people = [diary.adviser(office) for _number in range(3)]
    booked = [
        verbs.book(diary.interview(office), diary.slot(people[n % 3], at(9 + n // 3)), by=None, now=NOW)
        for n in range(12)
    ]
    work = [
        lambda one=one, n=n: verbs.move(
            one,
            diary.slot(people[(n + 1) % 3], at(9 + (n * 5) % 8)),
            caused_by="customer",
            reason="customer_asked_to_move",
            by=None,
            now=NOW,
        )
        for n, one in enumerate(booked)
    ]
    all_at_once(work)
    assert overlaps() == 0
    assert Appointment.objects.filter(state="booked").values("interview").distinct().count() == 12
    assert Appointment.objects.filter(state="booked").count() == 12


def test_lapsed_times_of_pairs_are_released_by_many_at_once():
    office = make.office()
    people = [diary.adviser(office) for _number in range(4)]
    for n in range(4):
        verbs.hold(
            diary.interview(office),
            diary.slot(people[n], at(9), assessor=people[(n + 1) % 4], assessor_minutes=15, minutes=15)
            if n % 2 == 0
            else diary.slot(people[n], at(10), assessor=people[(n + 1) % 4], assessor_minutes=15, minutes=15),
            by=None,
            now=NOW,
        )
    late = at(8, 30)
    work = [
        booking(diary.interview(office), diary.slot(people[n % 4], at(9 + n % 2), minutes=60), now=late)
        for n in range(24)
    ]
    work += [lambda: verbs.release_expired(late)] * 6
    all_at_once(work)
    assert overlaps() == 0
    assert not Appointment.objects.filter(state="held").exists()


def test_a_loser_inside_a_larger_transaction_keeps_the_rest_of_its_work():
    office = make.office()
    tom = diary.adviser(office, "Tom Walsh")

    def call(interview, hour):
        with transaction.atomic():
            try:
                return verbs.book(interview, diary.slot(tom, at(9)), by=None, now=NOW)
            except Refused:
                return verbs.book(interview, diary.slot(tom, at(hour)), by=None, now=NOW)

    interviews = [diary.interview(office) for _number in range(6)]
    results = all_at_once([lambda one=one, n=n: call(one, 10 + n) for n, one in enumerate(interviews)])
    assert all(isinstance(one, Appointment) for one in results)
    assert Appointment.objects.filter(state="booked", starts_at=at(9)).count() == 1
    assert overlaps() == 0


def test_an_assessor_and_an_adviser_are_each_booked_once_by_two_visits_that_share_them():
    office = make.office()
    tom = diary.adviser(office)
    sue = diary.adviser(office, role=Role.ASSESSOR)
    ann = diary.adviser(office)
    results = all_at_once(
        [
            booking(diary.interview(office), diary.slot(tom, at(9), assessor=sue)),
            booking(diary.interview(office), diary.slot(ann, at(9), assessor=sue)),
        ]
    )
    assert sum(isinstance(one, Appointment) for one in results) == 1
