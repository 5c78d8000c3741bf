"""A miss that was marked by mistake is taken back, with everything it set off (P:L1291, M:L1671)."""

import pytest

from tests.interviews.sitting import sit
from tests.sanctions import making
from tests.sanctions.making import DAY_OF_IT, READY, moment
from waymark.interviews import verbs as interviews
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.sittings import settling
from waymark.interviews.sittings.taking_back import take_back_miss
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.sanctions import verbs
from waymark.sanctions.models import Breach
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
WHY = "She sat in the waiting room, and nobody called her."


def taken_back(appointment: Appointment, by, *, day: int = DAY_OF_IT + 2, words: str = WHY) -> Appointment:
    return take_back_miss(appointment, words=words, by=by, now=moment(day))


def refused_code(*args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        taken_back(*args, **kwargs)
    return refused.value.code


def waiting(appointment: Appointment) -> set[str]:
    claim = appointment.interview.claim_id
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def test_it_is_booked_as_before_and_what_happened_is_written_up_next(place):
    appointment = making.missed_one(place)
    assert waiting(appointment) == {"find_out"}
    taken_back(appointment, place.adviser)
    assert Appointment.objects.get().state == "booked"
    assert Interview.objects.get().state == "booked"
    assert waiting(appointment) == {"hold_interview"}
    [event] = Event.objects.filter(kind="missed_taken_back")
    assert (event.by, event.why) == (place.adviser, WHY)


def test_the_interview_that_took_place_after_all_can_be_written_up_and_counts(place):
    appointment = taken_back(making.missed_one(place), place.adviser)
    sitting = sit(place, appointment)
    assert sitting.state == "open"


def test_whoever_marked_it_or_a_leader_takes_it_back_and_nobody_else(place):
    appointment = making.missed_one(place)
    assert refused_code(appointment, place.second_adviser) == "marked_by_another"
    taken_back(appointment, place.leader)
    assert Appointment.objects.get().state == "booked"


def test_it_is_said_what_really_happened(place):
    assert refused_code(making.missed_one(place), place.adviser, words=" ") == "no_words"


def test_what_was_not_missed_cannot_be_taken_back(place):
    assert refused_code(making.booked(place), place.adviser) == "not_missed"


def test_once_another_time_is_booked_it_is_not_taken_back(place):
    appointment = making.missed_one(place)
    interview = Interview.objects.get()
    settling.reason_heard(interview, words="Ill.", by=place.adviser, now=moment(DAY_OF_IT + 1))
    slot = making.slot(place.adviser, moment(DAY_OF_IT + 6))
    interviews.book_interview(interview, slot, by=place.adviser, now=moment(DAY_OF_IT + 1))
    assert refused_code(appointment, place.adviser) == "decided_since"


def test_a_reason_that_was_heard_is_no_hindrance_and_no_time_is_looked_for_any_more(place):
    appointment = making.missed_one(place)
    settling.reason_heard(
        Interview.objects.get(), words="She was there.", by=place.adviser, now=moment(DAY_OF_IT + 1)
    )
    assert "book" in waiting(appointment)
    taken_back(appointment, place.adviser)
    assert waiting(appointment) == {"hold_interview"}


def test_a_case_that_has_begun_closes_and_its_letter_that_has_not_gone_does_not_go(place):
    appointment = making.missed_one(place)
    verbs.open_breach(appointment, "not_attending", by=place.adviser, now=moment(DAY_OF_IT + 1))
    taken_back(appointment, place.adviser)
    breach = Breach.objects.get()
    assert (breach.state, breach.closed_because) == ("closed", "It was marked as missed by mistake.")
    assert Notice.objects.get(kind="missed").state == "withdrawn"
    assert not Notice.objects.filter(kind="missed_taken_back").exists()
    assert waiting(appointment) == {"hold_interview"}


def test_a_letter_that_has_gone_is_taken_back_by_another(place):
    breach = making.opened(place)
    taken_back(Appointment.objects.get(), place.adviser)
    letter = Notice.objects.get(kind="missed_taken_back")
    said = " ".join(block["text"] for block in letter.content["blocks"])
    assert "You have missed nothing." in said and "We are sorry" in said
    assert Breach.objects.get(pk=breach.pk).state == "closed"


def test_with_the_decision_maker_it_is_closed_first(place, centre):
    making.referred(place)
    assert refused_code(Appointment.objects.get(), place.adviser, day=READY + 1) == "case_is_decided"
    assert Appointment.objects.get().state == "missed"


def test_a_miss_taken_back_does_not_count_among_the_missed(place):
    taken_back(making.missed_one(place), place.adviser)
    settling.missed(Appointment.objects.get(), by=place.adviser, now=moment(DAY_OF_IT + 2, 12))
    assert Appointment.objects.filter(state="missed").count() == 1
