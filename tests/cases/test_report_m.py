"""The cases of the report on mental health, through the real verbs, rules and letters.

Which point of which case is checked where, and which are open, stands in `report_m.toml`.
"""

from datetime import time, timedelta

import pytest
from django.template.loader import render_to_string

from tests.cases.doing import happened, kinds
from tests.cases.series import (
    HOUR,
    NOW,
    TODAY,
    decide_before,
    end,
    held_so_far,
    latest,
    letter,
    letters,
    of_six,
    put_off_wish,
    read_beforehand,
    refusal,
    task,
)
from tests.interviews.sitting import a_slot, book, called_first, hold, sit
from tests.interviews.talking import VIEW
from waymark.customers import queries as customer_queries
from waymark.customers import verbs as customers
from waymark.customers.models import Claim
from waymark.daily import run_day
from waymark.inbound import verbs as inbound
from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots, slots_to_move_to
from waymark.interviews.enums import Privacy
from waymark.interviews.models import Appointment, Interview, SeriesReview
from waymark.interviews.series import verbs as series
from waymark.interviews.series.before import set_preferences
from waymark.interviews.series.preferences import honoured, wishes_of
from waymark.interviews.series.queries import way
from waymark.interviews.series.taken_hours import set_taken_hours
from waymark.interviews.series.troubles import changes_of
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.interviews.taken_hours import Taken, not_at
from waymark.kernel.clock import day_of
from waymark.sanctions import verbs as sanctions
from waymark.sanctions.enums import BreachKind
from waymark.sanctions.models import Breach
from waymark.worklist import queries as worklist
from waymark.worklist.rules import TO_LEADER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]


@pytest.fixture
def interview(place) -> Interview:
    """The first of six interviews of a new claim."""
    return of_six(place)


@pytest.fixture
def booked(place, interview) -> Appointment:
    return book(place, interview, now=NOW, after=NOW + timedelta(days=14))


def worker(place, claim: Claim, **may):
    """Her support worker, who may speak for her unless it says otherwise."""
    return customers.add_representative(
        claim.customer,
        name="Ruth Hall",
        relationship="support worker",
        from_day=TODAY,
        by=place.adviser,
        now=NOW,
        **{"may_speak_for": True, "may_be_told": True, **may},
    )


# V1 and V31: open plan, and somebody who speaks for her


def test_for_whom_the_office_is_too_much_each_time_says_whether_it_is_at_home_or_private(place, interview):
    claim = interview.claim
    wish = {"privacy": Privacy.PRIVATE, "mode": "home", "by": place.adviser, "now": NOW}
    set_preferences(claim, **wish)
    wishes = wishes_of(claim)
    assert honoured(a_slot(place, NOW), wishes)[1] == ("at home", "private room")
    assert honoured(a_slot(place, NOW, mode="home"), wishes) == (("at home",), ())


def test_what_was_bad_at_the_first_interview_is_read_before_the_second(place, booked):
    why = "You could not listen: others were talking beside you."
    sitting = end(place, booked, "stopped", NextWish("rebook", about="the same, at home"), why=why)
    again = book(place, latest(booked.interview.claim), now=booked.ends_at, mode="home")
    last = read_beforehand(place, again).last_times[0]
    assert (last.sitting.pk, last.sitting.outcome_why) == (sitting.pk, why)
    assert last.sitting.next_about == "the same, at home"


def test_the_call_before_the_deferral_ends_finds_her_support_worker(place, booked):
    claim = booked.interview.claim
    worker(place, claim)
    until = TODAY + timedelta(days=60)
    decide_before(place, booked.interview, put_off_wish(until), now=NOW + HOUR)
    recontact = task(claim, "recontact")
    assert recontact.due_on < until
    known = customer_queries.must_know(claim.customer, recontact.due_on)
    assert known.representatives == ("Ruth Hall (support worker) may speak for the customer and be told",)


def test_her_support_worker_asks_and_it_is_put_off_for_what_the_office_does_to_her(place, booked):
    claim = booked.interview.claim
    worker(place, claim)
    asked = inbound.log(
        claim,
        way="call",
        about="pause",
        words="She cannot sit in the open office again.",
        from_name="Ruth Hall",
        by=place.agent,
        now=NOW + HOUR,
    )
    wish = put_off_wish(
        TODAY + timedelta(days=42),
        because="The open office is too much for you.",
        evidence="representative_word",
        otherwise_code="carer_or_worker_advises",
        otherwise_words="Ruth Hall, her support worker.",
    )
    decision = decide_before(place, booked.interview, wish, now=NOW + 2 * HOUR)
    inbound.answer(asked, words="Put off until June.", told_by="call", by=place.adviser, now=NOW + 2 * HOUR)
    assert (decision.evidence, decision.because) == (
        "representative_word",
        "The open office is too much for you.",
    )
    assert Appointment.objects.get().state == "cancelled"
    assert "The open office is too much for you." in letter(claim, "deferred")
    assert kinds(claim) == {"recontact"}


def test_who_speaks_for_her_needs_her_leave(place, interview):
    nothing = {"may_speak_for": False, "may_be_told": False}
    assert refusal(worker, place, interview.claim, **nothing).code == "may_do_nothing"


def test_another_place_is_offered_before_it_is_put_off(place, booked):
    told = letter(booked.interview.claim, "first_interview")
    assert "ask for a talk at home, near your home or by telephone" in told


# V2: a wish nobody took up


def test_what_somebody_would_like_has_an_owner_and_a_day(place, booked):
    sitting = sit(place, booked)
    sittings.note_interest(sitting, "Voluntary work", by=place.adviser, now=booked.starts_at)
    waits = task(booked.interview.claim, "answer_interest")
    assert (waits.person, waits.words) == (place.adviser.person, "Voluntary work")


def test_a_wish_nobody_answers_rises_to_the_leader(place, booked):
    sitting = sit(place, booked)
    sittings.note_interest(sitting, "Voluntary work", by=place.adviser, now=booked.starts_at)
    waits = task(booked.interview.claim, "answer_interest")
    late = waits.due_on + timedelta(days=3)
    run_day(late, now=booked.starts_at + timedelta(days=30))
    assert waits in worklist.escalated_in(place.manager.team.office_id, TO_LEADER)


def test_after_the_sixth_somebody_looks_back_and_is_in_touch_on_a_day(place, interview):
    claim, now = held_so_far(place, interview, 6, NextWish("end_series"))
    assert kinds(claim) == {"series_review"}
    by_then = day_of(now) + timedelta(days=60)
    series.review_series(claim, achieved="Two courses done.", follow_up_on=by_then, by=place.adviser, now=now)
    assert task(claim, "follow_up").due_on == by_then
    assert "we will get in touch about" in letter(claim, "end_of_series")


def test_nobody_falls_silent_after_the_sixth(place, interview):
    claim, now = held_so_far(place, interview, 6, NextWish("end_series"))
    silent = {"achieved": "Two courses done.", "by": place.adviser, "now": now}
    assert refusal(series.review_series, claim, **silent).code == "day_or_word"
    series.review_series(claim, no_contact_because="She asked for none.", **silent)
    assert task(claim, "follow_up").due_on > day_of(now) + timedelta(days=300)


# V7: the drinking got worse


def test_what_is_still_hard_at_the_end_goes_with_the_day_to_be_in_touch(place, interview):
    claim, now = held_so_far(place, interview, 6, NextWish("end_series"))
    series.review_series(
        claim,
        achieved="Came to all six.",
        still_hard="The drinking has become worse.",
        follow_up_on=day_of(now) + timedelta(days=28),
        by=place.adviser,
        now=now,
    )
    assert SeriesReview.objects.get(claim=claim).still_hard == "The drinking has become worse."
    assert task(claim, "follow_up").due_on == day_of(now) + timedelta(days=28)


def test_at_the_end_the_letter_says_again_whom_to_ring_and_that_they_may(place, interview):
    claim, now = held_so_far(place, interview, 6, NextWish("end_series"))
    series.review_series(
        claim, achieved="Came.", follow_up_on=day_of(now) + timedelta(days=28), by=place.adviser, now=now
    )
    told = letter(claim, "end_of_series")
    assert "You can talk to an adviser whenever you like" in told
    assert claim.office.telephone in told


# V8: the wrong time


def test_at_the_interview_how_far_work_is_stands_as_each_of_them_sees_it(place, booked):
    sitting = sit(place, booked)
    views = {"distance_adviser": "year", "distance_customer": "not_seen"}
    sittings.note_state(sitting, **views, by=place.adviser, now=booked.starts_at)
    sitting.refresh_from_db()
    assert (sitting.distance_adviser, sitting.distance_customer) == ("year", "not_seen")


def test_the_adviser_can_put_the_next_one_off_to_a_day_and_is_in_touch_before(place, booked):
    until = day_of(booked.ends_at) + timedelta(days=60)
    later = NextWish("defer", decision=put_off_wish(until), words="The divorce is too near.", view=VIEW)
    hold(place, booked, later)
    claim = booked.interview.claim
    following = latest(claim)
    assert (following.number, following.state) == (2, "deferred")
    assert day_of(booked.ends_at) < task(claim, "recontact").due_on < until
    assert {"deferred", "summary"} <= set(letters(claim))


# V10: going down


def test_nobody_is_counted_as_interviewed_before_it_is_said_that_they_could_take_part(place, booked):
    sitting = sittings.open_sitting(booked, by=place.adviser, now=booked.starts_at)
    held = {"by": place.adviser, "now": booked.ends_at}
    refused = refusal(
        settling.settle, sitting, Ended("held", understood="yes"), NextWish("find_time"), **held
    )
    assert refused.code == "capacity_not_asked"


def test_the_customer_asks_for_a_pause_and_from_then_nothing_goes_on(place, booked):
    claim = booked.interview.claim
    asked = inbound.log(
        claim, way="portal", about="pause", words="I am going down again.", by=None, now=NOW + HOUR
    )
    assert task(claim, "answer_message") == asked.task
    assert refusal(settling.missed, booked, by=place.adviser, now=booked.ends_at).code == "message_waits"


def test_a_pause_that_was_asked_for_is_a_deferral_with_its_reason_and_its_end(place, booked):
    until = TODAY + timedelta(days=42)
    wish = put_off_wish(until, "mental_health", because="You are in a low time.")
    decision = decide_before(place, booked.interview, wish, now=NOW + HOUR, words="A depressive phase began.")
    assert (decision.state, decision.reason, decision.deferral.until) == ("in_force", "mental_health", until)
    assert happened(booked.interview.claim)[-1] == "interview_deferred"


# V11: strong medicine


def unable(place, booked):
    why = "Your tablets made you too drowsy."
    return end(place, booked, "unable_today", NextWish("rebook"), why=why, capacity="unable")


def test_not_able_today_is_no_failure_to_take_part_and_has_another_day(place, booked):
    sitting = unable(place, booked)
    claim = booked.interview.claim
    assert sitting.counts is False
    assert kinds(claim) == {"book"}
    past = Appointment.objects.get()
    opening = {"why": "Fell asleep.", "by": place.adviser, "now": booked.ends_at + HOUR}
    refused = refusal(sanctions.open_breach, past, BreachKind.NOT_TAKING_PART, **opening)
    assert refused.code == "unable_is_no_breach"
    assert not Breach.objects.exists()


def test_it_cannot_be_written_down_as_held(place, booked):
    sitting = sit(place, booked, capacity="unable")
    held = {"by": place.adviser, "now": booked.ends_at}
    refused = refusal(
        settling.settle, sitting, Ended("held", understood="yes"), NextWish("find_time"), **held
    )
    assert refused.code == "was_unable"


def test_the_customer_is_told_that_it_does_not_count_against_them(place, booked):
    unable(place, booked)
    assert "It does not count against you" in letter(booked.interview.claim, "unable_today")


def test_what_medicine_does_can_be_said_before_by_the_customer(place, booked):
    claim = booked.interview.claim
    set_preferences(
        claim, privacy=Privacy.EITHER, medication="Too drowsy before noon.", by=None, now=NOW + HOUR
    )
    assert read_beforehand(place, booked).preferences.medication == "Too drowsy before noon."
    assert wishes_of(claim).in_words == ("medicine: Too drowsy before noon.",)


# V13: in counselling


def in_counselling(place, booked):
    wish = put_off_wish(TODAY + timedelta(days=84), "mental_health", evidence="treating_person")
    words = "Intensive counselling until July; he does not want the wounds opened."
    return decide_before(place, booked.interview, wish, now=NOW + HOUR, words=words)


def test_during_counselling_it_is_put_off_and_looked_at_when_that_ends(place, booked):
    decision = in_counselling(place, booked)
    recontact = task(booked.interview.claim, "recontact")
    assert recontact.due_on == decision.deferral.recontact_on
    assert 3 <= (decision.deferral.until - recontact.due_on).days <= 8


def test_a_job_found_meanwhile_is_what_became_of_it(place, booked):
    decision = in_counselling(place, booked)
    verbs.end_after_recontact(
        decision.deferral,
        outcome="in_work",
        on=TODAY + timedelta(days=70),
        words="A job in a shop, found with his doctor's help.",
        by=place.agent,
        now=NOW + timedelta(days=79),
    )
    claim = Claim.objects.get(pk=booked.interview.claim_id)
    assert claim.status == "ended"
    assert "A job in a shop, found with his doctor" in claim.end_reason
    assert decision.interview.deferrals.get().outcome == "in_work"


# V25: good days and bad days


@pytest.mark.parametrize("reason", ["customer_unwell", "customer_asked_to_move"])
def test_another_day_because_of_health_is_no_failure_however_often(place, booked, reason):
    appointment, now = booked, NOW
    for _again in range(4):
        now += timedelta(days=1)
        appointment = verbs.move_interview(
            appointment,
            a_slot(place, appointment.starts_at + timedelta(days=7)),
            caused_by="customer",
            reason=reason,
            words="A bad day." if reason == "customer_unwell" else "A clinic the same day.",
            by=place.agent,
            now=now,
        )
    claim = booked.interview.claim
    assert kinds(claim) == {"hold_interview"}
    assert "missed" not in letters(claim)
    for moved in Appointment.objects.filter(state="moved"):
        opening = {"by": place.adviser, "now": now}
        assert refusal(sanctions.open_breach, moved, BreachKind.NOT_ATTENDING, **opening).code == "not_missed"


def test_after_some_changes_another_pace_is_suggested(place, booked):
    appointment = booked
    for days in (1, 2, 3):
        assert not changes_of(booked.interview.claim, NOW.date()).other_pace
        appointment = verbs.move_interview(
            appointment,
            a_slot(place, appointment.starts_at + timedelta(days=7)),
            caused_by="customer",
            reason="customer_unwell",
            by=place.agent,
            now=NOW + timedelta(days=days),
        )
    changes = changes_of(booked.interview.claim, NOW.date())
    assert changes.other_pace
    assert "Perhaps another pace suits them better" in render_to_string(
        "diaries/_changes.html", {"changes": changes}
    )


# V26: times that are taken


def test_hours_that_are_taken_stand_beside_the_times_to_choose_from(place, interview):
    claim = interview.claim
    set_preferences(
        claim, privacy=Privacy.EITHER, not_on="Thursday mornings: therapy", by=place.adviser, now=NOW
    )
    assert wishes_of(claim).in_words == ("taken: Thursday mornings: therapy",)


THERAPY = Taken(3, time(9), time(12), "therapy")


def test_times_in_those_hours_are_not_offered(place, interview):
    claim = interview.claim
    called_first(place, interview, now=NOW)
    set_taken_hours(claim, [THERAPY], by=None, now=NOW)
    wanted = {
        "kind": "adviser_interview",
        "minutes": 45,
        "mode": "office",
        "until": TODAY + timedelta(days=7),
    }
    every = find_slots(place.office, **wanted, not_before=NOW, limit=400).slots
    offered = find_slots(place.office, **wanted, not_before=NOW, limit=400, not_at=not_at(claim.pk)).slots
    assert any(THERAPY.touches(slot) for slot in every)
    assert offered and not any(THERAPY.touches(slot) for slot in offered)
    inside = next(slot for slot in every if THERAPY.touches(slot))
    assert wishes_of(claim).in_words == ("cannot come: Thursday 9am to midday (therapy)",)
    assert honoured(inside, wishes_of(claim))[1] == (
        "the customer cannot come then: Thursday 9am to midday (therapy)",
    )
    refused = refusal(verbs.book_interview, interview, inside, by=place.adviser, now=NOW)
    assert refused.code == "hours_are_taken"
    said = "The therapist is away that week."
    made = verbs.book_interview(interview, inside, despite=said, by=place.adviser, now=NOW)
    assert made.starts_at == inside.starts_at
    to_move = slots_to_move_to(made, mode="office", not_before=NOW, now=NOW, limit=400).slots
    assert to_move and not any(THERAPY.touches(slot) for slot in to_move)


def test_the_customer_has_in_writing_what_is_next_and_when(place, booked):
    slot = a_slot(place, booked.ends_at + timedelta(days=20))
    hold(
        place,
        booked,
        NextWish("interview", slot=slot, about="the hours at the workshop"),
        agreed_steps=["You ask the workshop about two mornings."],
    )
    told = letter(booked.interview.claim, "summary")
    assert "You ask the workshop about two mornings." in told
    assert "the hours at the workshop" in told


# V29: told again and again


def test_what_is_known_and_not_to_be_asked_again_is_read_first(place, booked):
    customer = booked.interview.claim.customer
    words = "Her drug use of the nineties"
    customers.write_note(customer, kind="do_not_ask", text=words, by=place.adviser, now=NOW)
    assert customer_queries.must_know(customer, TODAY).do_not_ask == (words,)
    hold(place, booked, said=["Your back hurts when you stand."])
    again = book(place, latest(booked.interview.claim), now=booked.ends_at)
    assert read_beforehand(place, again).last_times[0].said == ["Your back hurts when you stand."]


def test_a_private_room_that_was_asked_for_is_in_the_search_and_in_the_letter(place, interview):
    claim = interview.claim
    customers.set_access_needs(claim.customer, private_room=True, by=place.adviser, now=NOW)
    search = find_slots(
        place.office,
        kind="adviser_interview",
        minutes=45,
        mode="office",
        private_room=True,
        not_before=NOW + timedelta(days=7),
        until=TODAY + timedelta(days=28),
    )
    appointment = verbs.book_interview(latest(claim), search.slots[0], by=place.adviser, now=NOW)
    assert appointment.room.private
    assert "a private room" in letter(claim, "first_interview")


def test_it_still_counts_as_one_of_six_when_it_is_held_at_home(place, interview):
    at_home = book(place, interview, now=NOW, mode="home")
    hold(place, at_home)
    assert way(interview.claim, day_of(at_home.ends_at)).counted == 1
