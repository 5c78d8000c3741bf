"""An interview that is booked without a conversation has a decision that explains itself and replays."""

import pytest

from tests.recontact.makers import deferred, slot, waived
from waymark.interviews import verbs
from waymark.interviews.models import Decision, Interview
from waymark.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
RECONTACT = 52


@pytest.fixture
def deferral(place, moment):
    return deferred(place, moment())


def decided(interview: Interview) -> Decision:
    """The last decision about an interview."""
    return interview.decisions.order_by("-id").first()


def explains_itself(decision: Decision) -> bool:
    _again, same = verbs.replay(decision)
    return same and bool(decision.because) and decision.state == "in_force"


def test_a_booking_by_letter_is_decided_by_the_row_of_the_unanswered_letter(place, deferral, moment):
    verbs.attempt_recontact(deferral, outcome="number_gone", by=place.adviser, now=moment(RECONTACT))
    later = moment(RECONTACT + 9)
    verbs.book_by_letter(deferral.interview, slot(place, later, days=5), by=place.adviser, now=later)
    decision = decided(deferral.interview)
    assert (decision.stage, decision.choice, decision.advice) == ("recontact", "book", "book")
    assert decision.facts["recontact_answer"] == "letter_unanswered"
    assert decision.because == (  # row C030, D:L860
        "The letter was not answered in time, so an interview is booked and a letter says when. It can be moved."
    )
    assert decision.decided_by == place.adviser
    assert explains_itself(decision)


def test_a_customer_who_comes_forward_is_advised_to_be_booked_and_is_quoted(place, deferral, moment):
    verbs.bring_forward(
        deferral.interview, asked_by="customer", words="I am well.", by=place.adviser, now=moment(20)
    )
    decision = decided(deferral.interview)
    assert (decision.stage, decision.choice, decision.advice) == ("brought_forward", "book", "book")  # D:L290
    assert decision.facts["wants_to_come_now"] is True
    assert decision.because == "I am well."
    assert explains_itself(decision)


def test_what_nobody_asked_is_kept_as_not_known(place, deferral, moment):
    verbs.bring_forward(
        deferral.interview, asked_by="adviser", words="A place is free.", by=place.adviser, now=moment(20)
    )
    facts = decided(deferral.interview).facts
    assert facts["started_work"] == facts["wants_to_come_now"] == "not known"
    assert explains_itself(decided(deferral.interview))


def test_a_waived_interview_brought_forward_has_its_decision(place, moment):
    waiver = waived(place, moment())
    verbs.bring_forward(
        waiver.interview, asked_by="customer", words="I would like one.", by=place.adviser, now=moment(9)
    )
    assert decided(waiver.interview).stage == "brought_forward"
    assert explains_itself(decided(waiver.interview))


def test_no_decision_is_kept_where_the_booking_is_refused(place, deferral, moment):
    before = Decision.objects.count()
    with pytest.raises(Refused):
        verbs.book_by_letter(
            deferral.interview, slot(place, moment(RECONTACT), days=6), by=place.adviser, now=moment(2)
        )
    assert Decision.objects.count() == before
