"""What customers tell us is kept, owned, answered by a day, and stops everything against them."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import TODAY
from waymark.inbound import queries, verbs
from waymark.inbound.enums import About, Way
from waymark.inbound.models import Message
from waymark.interviews import verbs as interviews
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.models import Appointment
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.enums import Role
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(place, moment) -> Appointment:
    """An interview on the next day with an adviser of the office."""
    interview = place.claim()
    search = find_slots(
        place.office,
        kind="adviser_first",
        minutes=45,
        mode="office",
        not_before=moment(day=1, hour=9),
        until=TODAY.replace(day=6),
    )
    return interviews.book_interview(interview, search.slots[0], by=place.agent, now=moment())


def told(claim, now, **fields) -> Message:
    wanted = {"way": Way.CALL, "about": About.CANNOT_COME, "by": None, **fields}
    return verbs.log(claim, now=now, **wanted)


def test_a_message_is_a_task_of_the_adviser_whose_appointment_is_next(place, booked, moment):
    message = told(booked.interview.claim, moment(), by=place.agent, appointment=booked.ref)
    assert message.task.kind == "answer_message"
    assert message.task.person == booked.adviser


def test_without_an_appointment_it_belongs_to_the_advisers_of_the_office(place, moment):
    message = told(place.claim().claim, moment())
    assert message.task.team == place.adviser.team
    assert message.task.person is None


def test_it_is_to_be_answered_within_two_working_days(place, moment):
    message = told(place.claim().claim, moment(day=2))  # a Thursday
    assert message.answer_by == date(2004, 5, 10)
    assert message.task.due_on == message.answer_by


def test_a_call_that_broke_off_is_rung_back_the_same_day(place, moment):
    """P:L1291: the client's telephone ran out of credit, and a warning letter went out."""
    message = told(place.claim().claim, moment(hour=14), complete=False, by=place.agent)
    assert message.answer_by == TODAY
    assert message.task.window_from == moment(hour=14)
    assert message.task.window_until == factories.at(TODAY, time(17))


def test_a_call_that_broke_off_after_hours_is_rung_back_when_the_lines_open(place, moment):
    message = told(place.claim().claim, moment(day=3, hour=19), about=About.BROKEN_OFF)
    assert not message.complete
    assert message.answer_by == date(2004, 5, 10)  # the Monday after
    assert message.task.window_from == factories.at(date(2004, 5, 10), time(9))


def test_a_question_without_words_is_no_message(place, moment):
    with pytest.raises(Refused) as refusal:
        told(place.claim().claim, moment(), about=About.QUESTION)
    assert refusal.value.code == "no_words"


def test_the_database_keeps_no_question_without_words(place, moment):
    message = told(place.claim().claim, moment())
    with pytest.raises(IntegrityError, match="message_has_words"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(about=About.QUESTION)


def test_one_event_with_the_customers_words_stands_in_the_record(place, moment):
    claim = place.claim().claim
    told(claim, moment(), words="My daughter is in hospital.")
    event = Event.objects.get(kind="message_logged")
    assert (event.customer_ref, event.why, event.by) == (
        claim.customer.ref,
        "My daughter is in hospital.",
        None,
    )


def test_reading_it_does_not_answer_it(place, booked, moment):
    message = told(booked.interview.claim, moment())
    verbs.read(message, by=place.adviser, now=moment(hour=11))
    message.refresh_from_db()
    assert message.read_by == place.adviser
    assert list(queries.unanswered(booked.interview.claim)) == [message]
    assert Task.objects.get(pk=message.task_id).closed_at is None


def test_an_answer_says_what_was_done_and_closes_the_task(place, booked, moment):
    message = told(booked.interview.claim, moment())
    verbs.answer(message, words="Moved to Friday.", told_by=Way.CALL, by=place.adviser, now=moment(hour=11))
    message.refresh_from_db()
    assert (message.answer, message.told_by, message.read_by) == ("Moved to Friday.", "call", place.adviser)
    assert Task.objects.get(pk=message.task_id).outcome == "done"
    assert not queries.unanswered(booked.interview.claim).exists()


def test_an_answer_needs_words(place, booked, moment):
    message = told(booked.interview.claim, moment())
    with pytest.raises(Refused) as refusal:
        verbs.answer(message, words="  ", told_by=Way.CALL, by=place.adviser, now=moment())
    assert refusal.value.code == "no_answer"


def test_a_message_is_answered_once(place, booked, moment):
    message = told(booked.interview.claim, moment())
    verbs.answer(message, words="Moved.", told_by=Way.CALL, by=place.adviser, now=moment())
    with pytest.raises(Refused) as refusal:
        verbs.answer(message, words="Again.", told_by=Way.CALL, by=place.adviser, now=moment())
    assert refusal.value.code == "answered_already"


def test_an_answer_by_letter_is_written(place, booked, moment):
    message = told(booked.interview.claim, moment(), about=About.QUESTION, words="Do I have to bring papers?")
    verbs.answer(
        message, words="You need not bring any papers.", told_by=Way.LETTER, by=place.adviser, now=moment()
    )
    notice = Notice.objects.get(claim=booked.interview.claim, kind="message_answered")
    assert "You need not bring any papers." in notice.html


def test_the_database_keeps_no_answer_that_nobody_read(place, booked, moment):
    message = told(booked.interview.claim, moment())
    with pytest.raises(IntegrityError, match="message_read_then_answered"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            answered_at=moment(), answered_by=place.adviser, answer="Yes.", told_by="call"
        )


def test_while_a_message_waits_no_appointment_becomes_missed(place, booked, moment):
    """P:L1291: the message was not passed on, and the letter went out all the same."""
    told(booked.interview.claim, moment())
    with pytest.raises(IntegrityError, match="told us something"), transaction.atomic():
        Appointment.objects.filter(pk=booked.pk).update(state="missed")


def test_once_it_is_answered_the_office_goes_on(place, booked, moment):
    message = told(booked.interview.claim, moment())
    verbs.answer(message, words="Moved.", told_by=Way.CALL, by=place.adviser, now=moment())
    Appointment.objects.filter(pk=booked.pk).update(state="missed")
    booked.refresh_from_db()
    assert booked.state == "missed"


def test_any_colleague_who_reaches_the_customer_writes_it_down(place, moment):
    """V1: any staff member logs inbound contact."""
    message = told(place.claim().claim, moment(), by=place.assessor, way=Way.DESK)
    assert message.logged_by == place.assessor


def test_a_stranger_neither_writes_nor_answers(place, booked, moment):
    with pytest.raises(Refused) as refusal:
        told(booked.interview.claim, moment(), by=place.elsewhere)
    assert refusal.value.code == "claim_of_elsewhere"
    message = told(booked.interview.claim, moment())
    with pytest.raises(Refused):
        verbs.answer(message, words="No.", told_by=Way.CALL, by=place.elsewhere, now=moment())


def test_an_assessor_does_not_answer(place, booked, moment):
    message = told(booked.interview.claim, moment())
    with pytest.raises(Refused) as refusal:
        verbs.answer(message, words="Yes.", told_by=Way.DESK, by=place.assessor, now=moment())
    assert refusal.value.code == "not_a_caseworker"


def test_nobody_is_lost_by_an_answer(place, moment):
    """Where the answer is the only next step of a claim, something else comes next first."""
    interview = place.claim()
    message = told(interview.claim, moment())
    Task.objects.filter(claim=interview.claim).exclude(pk=message.task_id).update(
        closed_at=moment(), outcome="done"
    )
    with pytest.raises(Refused) as refusal:
        verbs.answer(message, words="Yes.", told_by=Way.CALL, by=place.adviser, now=moment())
    assert refusal.value.code == "only_next_step"


def test_messages_are_seen_by_those_who_reach_the_customer(place, booked, moment):
    message = told(booked.interview.claim, moment())
    other = factories.post(Role.ADVISER, office=factories.office(district=place.district))
    assert list(queries.messages_seen_by(place.agent)) == [message]
    assert list(queries.messages_seen_by(place.adviser)) == [message]
    assert not queries.messages_seen_by(other).exists()
    assert not queries.messages_seen_by(place.elsewhere).exists()


def test_figures_say_how_many_were_answered_by_their_day(place, moment):
    claims = [place.claim().claim for _ in range(4)]
    first, second, _overdue = (told(claim, moment()) for claim in claims[:3])
    verbs.answer(first, words="Yes.", told_by=Way.CALL, by=place.adviser, now=moment(day=1))
    verbs.answer(second, words="Yes.", told_by=Way.CALL, by=place.adviser, now=moment(day=3))
    told(claims[3], moment(day=3))
    found = queries.figures(place.leader, TODAY, TODAY.replace(day=7), moment(day=3))
    assert (found.came, found.in_time, found.late, found.overdue, found.waiting) == (4, 1, 1, 1, 2)
    assert found.share == 33


def test_figures_of_quiet_days_have_no_share(place, moment):
    assert queries.figures(place.leader, TODAY, TODAY, moment()).share is None
