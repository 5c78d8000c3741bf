"""The contact before a deferral ends: attempts, the letter, and every way it can go on."""

from datetime import date

import pytest

from tests.recontact.makers import (
    GIVEN,
    WELL,
    again,
    deferred,
    open_kinds,
    put_off_again,
    slot,
    waived,
)
from waymark.customers.models import Claim
from waymark.interviews import verbs
from waymark.interviews.models import Appointment, CustomerView, Deferral
from waymark.interviews.verbs import Wish
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
RECONTACT = 52  # the days from the deferral to its re-contact in these tests


@pytest.fixture
def deferral(place, moment):
    return deferred(place, moment())


def ring(deferral, outcome, place, now, **fields):
    return verbs.attempt_recontact(deferral, outcome=outcome, by=place.adviser, now=now, **fields)


def code_of(refused) -> str:
    return refused.value.code


# Attempts


def test_an_unanswered_call_is_kept_and_the_next_one_is_set_at_another_time_of_day(place, deferral, moment):
    ring(deferral, "no_answer", place, moment(RECONTACT, hour=10))
    task = Task.objects.get(claim=deferral.interview.claim, kind="recontact", closed_at=None)
    assert task.window_from.hour >= 12  # the first was in the morning (D:L858)
    assert open_kinds(deferral.interview) >= {"recontact"}


def test_after_three_unanswered_calls_a_letter_asks_the_customer_to_ring(place, deferral, moment):
    for day in (0, 3, 4):  # Friday, Monday, Tuesday 29 June
        ring(deferral, "no_answer", place, moment(RECONTACT + day))
    assert Notice.objects.filter(kind="recontact").count() == 1  # D:L858-860
    task = Task.objects.get(claim=deferral.interview.claim, kind="recontact_letter", closed_at=None)
    assert task.due_on == date(2004, 7, 6)  # five working days
    assert "recontact" not in open_kinds(deferral.interview)


def test_a_wrong_number_leads_to_a_letter_at_once(place, deferral, moment):
    ring(deferral, "wrong_number", place, moment(RECONTACT))
    assert "recontact_letter" in open_kinds(deferral.interview)


def test_a_time_asked_for_is_kept_as_it_was_asked_for(place, deferral, moment):
    window = (moment(RECONTACT + 1, hour=15), moment(RECONTACT + 1, hour=16))
    ring(deferral, "call_back_requested", place, moment(RECONTACT), window=window)
    task = Task.objects.get(claim=deferral.interview.claim, kind="recontact", closed_at=None)
    assert (task.window_from, task.window_until) == window


def test_a_call_back_without_its_time_is_refused(place, deferral, moment):
    with pytest.raises(Refused) as refused:
        ring(deferral, "call_back_requested", place, moment(RECONTACT))
    assert code_of(refused) == "no_time"


def test_nobody_rings_while_contact_is_stopped(place, deferral, moment):
    verbs.stop_contact(
        deferral.interview.claim.customer,
        reason="terminal_illness",
        words="",
        look_again_on=date(2004, 9, 1),
        by=place.adviser,
        now=moment(40),
    )
    with pytest.raises(Refused) as refused:
        ring(deferral, "no_answer", place, moment(RECONTACT))
    assert code_of(refused) == "contact_stopped"


def test_where_ringing_is_not_safe_a_letter_goes_instead(place, deferral, moment):
    verbs.ask_by_letter(deferral, why="It is not safe to ring.", by=place.adviser, now=moment(RECONTACT))
    assert Notice.objects.filter(kind="recontact").exists()
    assert "recontact_letter" in open_kinds(deferral.interview)


def test_where_neither_call_nor_letter_is_safe_somebody_goes_there(place, deferral, moment):
    customer = deferral.interview.claim.customer
    customer.address, customer.email = "", ""
    customer.save()
    for day in range(3):
        ring(deferral, "no_answer", place, moment(RECONTACT + day))
    assert "home_visit" in open_kinds(deferral.interview)
    assert not Notice.objects.filter(kind="recontact").exists()


def test_a_deferral_that_has_ended_is_not_rung_about(place, deferral, moment):
    verbs.bring_forward(
        deferral.interview, asked_by="customer", words="Home early.", by=place.adviser, now=moment(20)
    )
    with pytest.raises(Refused) as refused:
        ring(deferral, "no_answer", place, moment(21))
    assert code_of(refused) == "deferral_ended"


# Booked by letter


def letter_sent(deferral, place, moment) -> None:
    ring(deferral, "number_gone", place, moment(RECONTACT))


def test_an_unanswered_letter_leads_to_an_interview_booked_by_letter(place, deferral, moment):
    letter_sent(deferral, place, moment)
    later = moment(RECONTACT + 9)
    verbs.book_by_letter(deferral.interview, slot(place, later, days=5), by=place.adviser, now=later)
    deferral.refresh_from_db()
    assert deferral.outcome == "booked_by_letter"  # D:L860
    assert Notice.objects.filter(kind="booked_by_letter").count() == 1
    assert "hold_interview" in open_kinds(deferral.interview)
    assert "recontact_letter" not in open_kinds(deferral.interview)


def test_a_time_that_the_letter_would_come_too_late_for_is_refused(place, deferral, moment):
    letter_sent(deferral, place, moment)
    later = moment(RECONTACT + 9)
    with pytest.raises(Refused) as refused:
        verbs.book_by_letter(deferral.interview, slot(place, later, days=1), by=place.adviser, now=later)
    assert code_of(refused) == "too_soon_by_letter"


def test_nothing_is_booked_by_letter_before_the_letter_could_be_answered(place, deferral, moment):
    letter_sent(deferral, place, moment)
    with pytest.raises(Refused) as refused:
        verbs.book_by_letter(
            deferral.interview,
            slot(place, moment(RECONTACT), days=6),
            by=place.adviser,
            now=moment(RECONTACT + 1),
        )
    assert code_of(refused) == "letter_not_due"


def test_nothing_is_booked_by_letter_before_calls_and_a_letter(place, deferral, moment):
    with pytest.raises(Refused) as refused:
        verbs.book_by_letter(
            deferral.interview,
            slot(place, moment(RECONTACT), days=6),
            by=place.adviser,
            now=moment(RECONTACT),
        )
    assert code_of(refused) == "not_tried_enough"


# Reached: what follows


def test_the_reason_is_over_so_the_interview_is_booked(place, deferral, moment):
    now = moment(RECONTACT)
    decision = again(deferral.interview, Wish("book", slot=slot(place, now)), WELL, by=place.adviser, now=now)
    deferral.refresh_from_db()
    assert (decision.advice, decision.choice) == ("book", "book")
    assert (deferral.outcome, deferral.changed) == ("book", "It is as before.")
    assert Appointment.objects.get().state == "booked"


def test_a_home_visit_with_a_time_is_told_apart_from_a_booking_at_the_office(place, deferral, moment):
    now = moment(RECONTACT)
    given = {**GIVEN, "could_manage_at_home_or_by_phone": True}
    wish = Wish("book", slot=slot(place, now, mode="home"))
    decision = again(deferral.interview, wish, given, by=place.adviser, now=now)
    deferral.refresh_from_db()
    assert (decision.advice, deferral.outcome) == ("book", "home_visit")


def test_a_home_visit_without_a_time_is_arranged_by_the_advisers(place, deferral, moment):
    now = moment(RECONTACT)
    given = {**GIVEN, "could_manage_at_home_or_by_phone": True}
    again(deferral.interview, Wish("book", at_home=True), given, by=place.adviser, now=now)
    deferral.refresh_from_db()
    task = Task.objects.get(claim=deferral.interview.claim, kind="home_visit", closed_at=None)
    assert (deferral.outcome, task.team) == ("home_visit", place.adviser.team)


def test_the_reason_goes_on_so_it_is_put_off_again_with_a_new_reason_and_end(place, deferral, moment):
    decision = put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT))
    deferral.refresh_from_db()
    assert (deferral.outcome, decision.deferral.previous, decision.deferral.in_a_row) == (
        "defer_again",
        deferral,
        2,
    )
    assert decision.reason == "recovering"
    assert decision.authority == "none"  # an adviser decides alone (D:L942)
    assert Notice.objects.filter(kind="deferred").count() == 2


def test_the_third_deferral_in_a_row_waits_for_the_team_leader(place, deferral, moment):
    put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT))
    third = put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT + 25))
    assert (third.authority, third.state) == ("authorise_before", "proposed")
    assert "authorise" in open_kinds(deferral.interview)
    assert Event.objects.filter(kind="decision_proposed").count() == 1
    verbs.agree(third.check_made, by=place.leader, now=moment(RECONTACT + 25, hour=12))
    assert [d.in_a_row for d in Deferral.objects.order_by("id")] == [1, 2, 3]
    assert "recontact" in open_kinds(deferral.interview)


def test_a_third_deferral_that_is_not_agreed_leads_to_a_booking(place, deferral, moment):
    put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT))
    third = put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT + 25))
    verbs.reverse(
        third.check_made, words="She would like to come.", by=place.leader, now=moment(RECONTACT + 26)
    )
    third.refresh_from_db()
    assert third.state == "reversed"
    assert [d.outcome for d in Deferral.objects.order_by("id")] == ["defer_again", "book"]
    assert "book" in open_kinds(deferral.interview)


def test_a_proposal_whose_end_has_come_meanwhile_is_not_put_in_force(place, deferral, moment):
    put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT))
    third = put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT + 25), days=20)
    with pytest.raises(Refused) as refused:
        verbs.agree(third.check_made, by=place.leader, now=moment(RECONTACT + 46))
    assert code_of(refused) == "waited_too_long"


def test_it_is_now_clear_that_work_is_never_possible_so_a_waiver_is_proposed(place, deferral, moment):
    given = {**GIVEN, "what_has_changed": "worse", "never_able_now": True}
    wish = Wish("waive", reason="never_able_to_work")
    decision = again(deferral.interview, wish, given, by=place.adviser, now=moment(RECONTACT))
    assert (decision.advice, decision.state) == ("waive", "proposed")
    verbs.agree(decision.check_made, by=place.leader, now=moment(RECONTACT, hour=13))
    deferral.refresh_from_db()
    assert deferral.outcome == "waive"
    assert "review_waiver" in open_kinds(deferral.interview)


@pytest.mark.parametrize("outcome", ["in_work", "claim_ended"])
def test_work_or_the_end_of_the_claim_ends_everything_that_waited(outcome, place, deferral, moment):
    verbs.end_after_recontact(
        deferral,
        outcome=outcome,
        on=moment(RECONTACT).date(),
        words="Started at the bakery.",
        by=place.adviser,
        now=moment(RECONTACT),
    )
    deferral.refresh_from_db()
    assert (deferral.outcome, deferral.changed) == (outcome, "Started at the bakery.")
    assert Claim.objects.get(pk=deferral.interview.claim_id).status == "ended"
    assert open_kinds(deferral.interview) == set()
    assert Event.objects.filter(kind="recontact_settled").count() == 1


def test_only_the_outcomes_that_ask_for_a_last_day_end_a_claim(place, deferral, moment):
    with pytest.raises(Refused) as refused:
        verbs.end_after_recontact(
            deferral, outcome="book", on=date(2004, 6, 25), words="x", by=place.adviser, now=moment(RECONTACT)
        )
    assert code_of(refused) == "no_such_outcome"


def test_what_has_changed_is_always_asked(place, deferral, moment):
    with pytest.raises(Refused) as refused:
        put_off_again(deferral.interview, words=" ", by=place.adviser, now=moment(RECONTACT))
    assert code_of(refused) == "no_change_asked"  # D:L920


def test_the_interview_is_offered_before_it_is_put_off_again(place, deferral, moment):
    not_offered = {name: value for name, value in GIVEN.items() if name != "wants_to_come_now"}
    with pytest.raises(Refused) as refused:
        put_off_again(deferral.interview, given=not_offered, by=place.adviser, now=moment(RECONTACT))
    assert code_of(refused) == "not_offered"  # D:L1256


@pytest.mark.parametrize(
    ("view", "code"), [(None, "view_missing"), ({"when": "In autumn."}, "view_incomplete")]
)
def test_nothing_is_put_off_again_without_the_customers_four_answers(view, code, place, deferral, moment):
    with pytest.raises(Refused) as refused:
        put_off_again(deferral.interview, view=view, by=place.adviser, now=moment(RECONTACT))
    assert code_of(refused) == code  # D:L1255


def test_the_answers_given_again_are_kept_beside_those_of_the_first_call(place, deferral, moment):
    decision = put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT))
    assert CustomerView.objects.filter(conversation__interview=deferral.interview).count() == 2
    assert decision.conversation.view.when == "When I am better."


def test_a_customer_who_wants_to_come_is_advised_to_be_booked_whatever_else(place, deferral, moment):
    with pytest.raises(Refused) as refused:
        put_off_again(
            deferral.interview,
            given={**GIVEN, "wants_to_come_now": True},
            by=place.adviser,
            now=moment(RECONTACT),
        )
    assert code_of(refused) == "other_than_advised"  # D:L290


# Brought forward


@pytest.mark.parametrize("day", [1, 20, 60])
def test_a_deferred_interview_is_brought_forward_on_any_day(day, place, deferral, moment):
    verbs.bring_forward(
        deferral.interview, asked_by="customer", words="I am well.", by=place.adviser, now=moment(day)
    )
    deferral.refresh_from_db()
    assert deferral.outcome == "brought_forward"
    assert open_kinds(deferral.interview) - {"check"} == {"book"}


def test_a_deferred_interview_is_brought_forward_with_a_time(place, deferral, moment):
    verbs.bring_forward(
        deferral.interview,
        asked_by="adviser",
        words="A place has come free.",
        slot=slot(place, moment(9)),
        by=place.adviser,
        now=moment(9),
    )
    deferral.refresh_from_db()
    deferral.interview.refresh_from_db()
    assert (deferral.outcome, deferral.interview.state) == ("brought_forward", "booked")
    assert open_kinds(deferral.interview) - {"check"} == {"hold_interview"}


@pytest.mark.parametrize("day", [1, 400])
def test_a_waived_interview_is_brought_forward_on_any_day(day, place, moment):
    waiver = waived(place, moment())
    verbs.bring_forward(
        waiver.interview, asked_by="customer", words="I would like one.", by=place.adviser, now=moment(day)
    )
    waiver.refresh_from_db()
    assert waiver.outcome == "brought_forward"  # D:L290, D:L637
    assert open_kinds(waiver.interview) == {"book"}


def test_bringing_forward_overtakes_a_proposal_that_waits(place, deferral, moment):
    put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT))
    third = put_off_again(deferral.interview, by=place.adviser, now=moment(RECONTACT + 25))
    verbs.bring_forward(
        deferral.interview,
        asked_by="customer",
        words="Better now.",
        by=place.adviser,
        now=moment(RECONTACT + 26),
    )
    third.refresh_from_db()
    third.check_made.refresh_from_db()
    assert (third.state, third.check_made.state) == ("ended", "overtaken")
    assert "authorise" not in open_kinds(deferral.interview)


def test_bringing_forward_says_why(place, deferral, moment):
    with pytest.raises(Refused) as refused:
        verbs.bring_forward(
            deferral.interview, asked_by="customer", words="", by=place.adviser, now=moment(3)
        )
    assert code_of(refused) == "no_words"


# The review of a waiver


def test_a_waiver_that_goes_on_is_looked_at_again_after_three_years(place, moment):
    waiver = waived(place, moment())
    now = moment(3 * 365)
    verbs.review_waiver(waiver, trigger_meeting=False, words="As before.", by=place.adviser, now=now)
    waiver.refresh_from_db()
    assert waiver.review_on == date(2010, 5, 4)  # three years after 4 May 2007, D:L290
    task = Task.objects.get(claim=waiver.interview.claim, kind="review_waiver", closed_at=None)
    assert task.due_on == waiver.review_on


def test_a_trigger_meeting_is_offered_in_writing_and_looked_after(place, moment):
    waiver = waived(place, moment())
    verbs.review_waiver(
        waiver, trigger_meeting=True, words="May like to talk.", by=place.adviser, now=moment(1095)
    )
    assert Notice.objects.filter(kind="trigger_meeting").count() == 1
    assert open_kinds(waiver.interview) == {"trigger_meeting"}


def test_a_review_says_what_it_found(place, moment):
    waiver = waived(place, moment())
    with pytest.raises(Refused) as refused:
        verbs.review_waiver(waiver, trigger_meeting=False, words="", by=place.adviser, now=moment(1095))
    assert code_of(refused) == "no_words"


def test_a_waiver_that_has_ended_is_not_reviewed(place, moment):
    waiver = waived(place, moment())
    verbs.bring_forward(waiver.interview, asked_by="customer", words="Yes.", by=place.adviser, now=moment(9))
    with pytest.raises(Refused) as refused:
        verbs.review_waiver(waiver, trigger_meeting=False, words="x", by=place.adviser, now=moment(10))
    assert code_of(refused) == "waiver_ended"
