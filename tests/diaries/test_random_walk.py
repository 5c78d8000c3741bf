"""Whatever is done in whatever order: nobody is in two places, and a freed time can be booked again."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import factories as make
from tests.diaries import makers as diary
from tests.diaries.makers import NOW, at
from waymark.interviews.diary import queries, verbs
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import Appointment, DiaryEntry
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role

pytestmark = pytest.mark.django_db
LIVE = {AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.TOOK_PLACE}
people = st.integers(0, 1)
quarters = st.integers(0, 7)
EXPECTED = {
    "slot_taken",
    "has_appointment",
    "hold_lapsed",
    "slot_past",
    "not_yet",
    "appointment_cannot_become_booked",
    "appointment_cannot_become_moved",
    "appointment_cannot_become_cancelled",
    "appointment_cannot_become_lapsed",
    "appointment_cannot_become_took_place",
}


class Diaries(RuleBasedStateMachine):
    """Two advisers, an assessor and a room, two hours of a morning, and a clock that only goes forward."""

    appointments: Bundle = Bundle("appointments")

    def __init__(self) -> None:
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.now = NOW
        self.office = make.office()
        self.people = [diary.adviser(self.office), diary.adviser(self.office)]
        self.assessor = diary.adviser(self.office, role=Role.ASSESSOR)
        self.room = diary.room(self.office)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    def slot(self, person: int, quarter: int, assessor: bool, room: bool):
        return diary.slot(
            self.people[person],
            at(9, 15 * (quarter % 4)) + timedelta(hours=quarter // 4),
            assessor=self.assessor if assessor else None,
            room_id=self.room.pk if room else None,
        )

    def attempt(self, verb, *args, **kwargs):
        try:
            return verb(*args, now=self.now, **kwargs)
        except Refused as refused:
            assert refused.code in EXPECTED
            assert refused.message
            return None

    @rule(target=appointments, person=people, quarter=quarters, assessor=st.booleans(), room=st.booleans())
    def hold(self, person, quarter, assessor, room):
        slot = self.slot(person, quarter, assessor, room)
        return self.attempt(verbs.hold, diary.interview(self.office), slot, by=None)

    @rule(target=appointments, person=people, quarter=quarters, assessor=st.booleans(), room=st.booleans())
    def book(self, person, quarter, assessor, room):
        slot = self.slot(person, quarter, assessor, room)
        return self.attempt(verbs.book, diary.interview(self.office), slot, by=None)

    @rule(appointment=appointments)
    def book_what_is_kept(self, appointment):
        if appointment is not None:
            self.attempt(verbs.book, appointment.interview, appointment, by=None)

    @rule(target=appointments, appointment=appointments, person=people, quarter=quarters, room=st.booleans())
    def move(self, appointment, person, quarter, room):
        if appointment is None:
            return None
        slot = self.slot(person, quarter, False, room)
        return self.attempt(verbs.move, appointment, slot, caused_by="us", reason="adviser_ill", by=None)

    @rule(appointment=appointments)
    def cancel_and_book_the_freed_time_again(self, appointment):
        if appointment is None:
            return
        gone = self.attempt(verbs.cancel, appointment, caused_by="us", reason="adviser_ill", by=None)
        if gone is not None and gone.starts_at > self.now:
            again = Appointment.objects.get(pk=gone.pk)
            adviser = next(post for post in self.people if post.person_id == again.adviser_id)
            with transaction.atomic():
                slot = diary.slot(
                    adviser,
                    again.starts_at,
                    assessor=self.assessor if again.with_assessor else None,
                    room_id=again.room_id,
                )
                assert (
                    verbs.book(again.interview, slot, by=None, now=self.now).state == AppointmentState.BOOKED
                )
                transaction.set_rollback(True)

    @rule(appointment=appointments)
    def give_back(self, appointment):
        if appointment is not None:
            self.attempt(verbs.let_go, appointment)

    @rule(appointment=appointments)
    def take_place(self, appointment):
        if appointment is not None:
            self.attempt(verbs.took_place, appointment, by=None)

    @rule(minutes=st.integers(1, 12))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def release(self):
        verbs.release_expired(self.now)
        assert not Appointment.objects.filter(state="held", held_until__lte=self.now).exists()

    @rule()
    def what_a_search_offers_first_can_be_booked(self):
        found = queries.find_slots(
            self.office,
            kind="adviser_interview",
            minutes=45,
            mode="office",
            not_before=self.now + timedelta(minutes=1),
            until=self.now.date(),
            with_assessor_minutes=30,
            private_room=True,
            now=self.now,
            limit=1,
        )
        with transaction.atomic():
            verbs.book(diary.interview(self.office), found.slots[0], by=None, now=self.now)
            transaction.set_rollback(True)

    @invariant()
    def nobody_and_no_room_is_in_two_places(self):
        entries = list(DiaryEntry.objects.filter(live=True))
        for number, one in enumerate(entries):
            for other in entries[number + 1 :]:
                same = one.person_id == other.person_id or (
                    one.room_id is not None and one.room_id == other.room_id
                )
                if same and one.appointment_id != other.appointment_id:
                    assert one.during.upper <= other.during.lower or other.during.upper <= one.during.lower

    @invariant()
    def time_is_filled_by_live_appointments_and_by_them_alone(self):
        for appointment in Appointment.objects.prefetch_related("entries"):
            live = [entry for entry in appointment.entries.all() if entry.live]
            wanted = (2 if appointment.with_assessor else 1) if appointment.state in LIVE else 0
            assert len(live) == wanted


def test_a_random_walk_through_the_diaries_never_books_anybody_twice():
    run_state_machine_as_test(
        Diaries,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
