"""The cases of the report on existing customers, through the real verbs, rules and letters.

Which point of which case is checked where, and which are open, stands in `report_e.toml`.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests import factories
from tests.cases.doing import authorised, happened, kinds
from tests.cases.series import (
    HOUR,
    NOW,
    TODAY,
    called_in,
    decide_before,
    end,
    held_so_far,
    latest,
    letter,
    letters,
    no_interview_wish,
    put_off_wish,
    read_beforehand,
    refusal,
    task,
)
from tests.conftest import pack_of
from tests.interviews.sitting import a_slot, book, called_first, hold, sit
from tests.interviews.talking import VIEW
from tests.today.seeing import sign_in
from waymark.customers import queries as customer_queries
from waymark.customers import verbs as customers
from waymark.daily import run_days
from waymark.inbound import verbs as inbound
from waymark.insight.missed import missed_figures
from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.enums import Depth, Explored, OtherWay, Privacy
from waymark.interviews.models import Appointment, Decision, HelpToAttend, Interview, Sitting
from waymark.interviews.series import verbs as series
from waymark.interviews.series.before import arrange_help, note_pre_call, set_preferences
from waymark.interviews.series.objecting import note_objection
from waymark.interviews.series.preferences import honoured, wishes_of
from waymark.interviews.series.queries import way
from waymark.interviews.series.troubles import changes_of
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import day_of
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.programme.models import LocalSetting
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]


@pytest.fixture
def interview(place) -> Interview:
    """The first interview of somebody who was called in after years of claiming."""
    return called_in(place)


@pytest.fixture
def called(place, interview) -> Interview:
    """The same, when the call before the letter has been made."""
    called_first(place, interview, now=NOW)
    return interview


@pytest.fixture
def booked(place, called) -> Appointment:
    return book(place, called, now=NOW)


def moved_by_us(place, booked) -> Appointment:
    later = a_slot(place, booked.starts_at + timedelta(days=7))
    return verbs.move_interview(
        booked, later, caused_by="us", reason="adviser_ill", by=place.adviser, now=NOW + HOUR / 6
    )


# V1: read as rejection


def test_we_cannot_cancel_without_a_new_day_and_a_reason(place, booked):
    cancel = {"caused_by": "us", "reason": "adviser_ill", "by": place.adviser, "now": NOW}
    assert refusal(verbs.cancel_interview, booked, **cancel).code == "needs_a_new_date"
    later = a_slot(place, booked.starts_at + timedelta(days=7))
    move = {"caused_by": "us", "reason": "", "by": place.adviser, "now": NOW}
    assert refusal(verbs.move_interview, booked, later, **move).code == "no_such_reason"


def test_the_letter_about_our_change_says_it_is_no_decision_about_the_claim(place, booked):
    moved_by_us(place, booked)
    told = letter(booked.interview.claim, "cancelled_by_us")
    assert "It is no decision about your claim" in told
    assert "The adviser is ill" in told


def test_after_our_change_the_interview_is_booked_and_nothing_else(place, booked):
    moved = moved_by_us(place, booked)
    now = Interview.objects.get(pk=booked.interview_id)
    assert now.state == "booked"
    assert kinds(now.claim) == {"hold_interview"}
    assert task(now.claim, "hold_interview").due_on == day_of(moved.starts_at)


# V2: annoyed by a cancellation


def test_every_change_of_ours_stays_on_the_record_as_ours(place, booked):
    again = moved_by_us(place, moved_by_us(place, booked))
    before = Appointment.objects.filter(interview=again.interview, state="moved")
    assert list(before.values_list("caused_by", "reason")) == [("us", "adviser_ill")] * 2
    assert happened(again.interview.claim).count("interview_moved") == 2


def test_whoever_would_change_it_again_sees_first_how_often_we_have(place, booked):
    again = moved_by_us(place, moved_by_us(place, booked))
    changes = changes_of(again.interview.claim, NOW.date())
    assert (changes.by_us, changes.by_customer) == (2, 0)
    shown = render_to_string("diaries/_changes.html", {"changes": changes})
    assert "We have changed 2 times for this customer so far." in shown


# V4: rang after the letter


@pytest.fixture
def letter_first(place, interview) -> Appointment:
    """Somebody found no time for the call; the letter went out."""
    note_pre_call(interview, result="left_out", reason="no_time", by=place.adviser, now=NOW)
    appointment = book(place, interview, now=NOW, after=NOW + timedelta(days=10))
    deliver_due(NOW + HOUR)
    return appointment


def test_who_rings_after_the_letter_is_heard_and_their_adviser_answers(place, letter_first):
    message = inbound.log(
        letter_first.interview.claim,
        way="call",
        about="question",
        words="She is afraid that her benefit stops, and asks what the interview is for.",
        by=place.agent,
        now=NOW + timedelta(days=2),
    )
    assert message.received_at > Notice.objects.get(kind="first_interview").sent_at
    assert message.task.person == letter_first.adviser
    assert "afraid that her benefit stops" in message.task.words


def test_the_adviser_reads_beforehand_that_no_call_came_before_the_letter(place, letter_first):
    before = read_beforehand(place, letter_first)
    assert (before.call.result, before.call.reason) == ("left_out", "no_time")


def test_a_call_after_the_letter_does_not_count_as_one_before_it(place, letter_first):
    claim = letter_first.interview.claim
    later = {"by": place.adviser, "now": NOW + timedelta(days=2)}
    assert refusal(
        note_pre_call, letter_first.interview, result="rang_us", understood="yes", **later
    ).code == ("called_already")
    hold(place, letter_first)
    day = day_of(letter_first.starts_at)
    figures = missed_figures(place.manager, place.office, day, day, causes={})
    assert [(group.code, group.whole) for group in figures.calls] == [("not_talked", 1)]
    assert claim.interviews.get(number=1).pre_call.result == "left_out"


# V5: a good call


def test_what_is_said_in_the_call_is_what_reassured():
    said = " ".join(entry["text"] for entry in pack_of("pathways-existing-2005").interview["reassurance"])
    assert "something new" in said
    assert "no check of your claim" in said
    assert "does not change what you are paid" in said
    assert "Everything after that is your choice" in said


def test_whether_the_customer_understood_is_asked_in_the_call(place, interview):
    call = {"result": "reached", "by": place.adviser, "now": NOW}
    assert refusal(note_pre_call, interview, **call).code == "not_asked"


# V7: something hidden


def test_a_worry_that_stays_is_read_before_the_first_interview(place, interview):
    worries = {"hidden_reason": False, "forced_to_work": True}
    called_first(place, interview, now=NOW, concerns=worries)
    before = read_beforehand(place, book(place, interview, now=NOW))
    assert {(title, settled) for title, settled, _words in before.worries} == {
        ("There being something nobody says", False),
        ("Being made to work", True),
    }


# V8: screened out by telephone


def test_no_interview_before_the_first_letter_needs_a_reason_and_the_customers_view(place, called):
    nothing = {"now": NOW, "view": None}
    assert refusal(decide_before, place, called, no_interview_wish(), **nothing).code == "view_missing"
    assert refusal(decide_before, place, called, no_interview_wish(reason=""), now=NOW).code == "no_reason"


def test_no_interview_before_the_first_letter_is_agreed_to_and_looked_at_again(place, called):
    decision = decide_before(place, called, no_interview_wish(), now=NOW)
    assert (decision.stage, decision.state) == ("before_interview", "proposed")
    assert Interview.objects.get(pk=called.pk).state == "due"
    decision = authorised(decision, place, NOW + HOUR)
    assert decision.waiver.review_on == date(2009, 5, 2)
    assert decision.conversation.view.when == VIEW["when"]


# V10: epilepsy, and the letter


def test_where_stress_can_harm_want_of_time_is_no_reason_to_leave_the_call_out(place, interview):
    for reason in ("no_time", "not_useful"):
        left_out = {"result": "left_out", "reason": reason, "gentle": True, "by": place.adviser, "now": NOW}
        assert refusal(note_pre_call, interview, **left_out).code == "call_comes_first"


def test_where_stress_can_harm_the_letter_is_gentle_and_without_a_threat(place, interview):
    called_first(place, interview, now=NOW, gentle=True)
    book(place, interview, now=NOW)
    notice = Notice.objects.get(kind="first_interview")
    assert notice.variant == "gentle"
    assert "You do not need to worry about this letter" in notice.html
    assert not any(word in notice.html.lower() for word in ("sanction", "reduce", "penalty"))


# V11: near retirement


def nearly_sixty(place) -> Interview:
    return called_in(place, customer=factories.customer(added_by=place.agent, born_on=date(1946, 7, 1)))


def test_the_way_ends_where_age_ends_what_is_compulsory(place):
    found = way(nearly_sixty(place).claim, TODAY)
    assert found.ends_on == date(2006, 7, 1)
    assert 0 < len(found.stops) < found.total == 3
    assert all(stop.on < found.ends_on for stop in found.stops)


def test_near_retirement_it_is_a_person_who_decides_and_says_why(place):
    interview = nearly_sixty(place)
    called_first(place, interview, now=NOW)
    wish = put_off_wish(date(2006, 6, 30), otherwise_words="")
    assert refusal(decide_before, place, interview, wish, now=NOW).code == "no_words"
    why = "He is sixty in July and does not want to begin anything."
    wish = put_off_wish(date(2006, 6, 30), otherwise_words=why)
    decision = decide_before(place, interview, wish, now=NOW)
    assert (decision.decided_by, decision.otherwise_words) == (place.adviser, why)


# V13: wrongly thought to want privacy


def test_where_to_talk_is_asked_and_never_inferred(place, booked):
    customers.set_access_needs(
        booked.interview.claim.customer, communication="stammers", by=place.adviser, now=NOW
    )
    assert wishes_of(booked.interview.claim) is None
    assert read_beforehand(place, booked).preferences is None


def test_what_the_customer_says_about_the_room_stands_for_whoever_books(place, booked):
    claim = booked.interview.claim
    set_preferences(claim, privacy=Privacy.OPEN, by=place.adviser, now=NOW)
    assert read_beforehand(place, booked).preferences.privacy == "open"
    assert wishes_of(claim).private is False
    assert honoured(a_slot(place, NOW), wishes_of(claim))[1] == ()


# V14: twenty minutes in the wrong place


def test_what_is_hard_about_coming_is_on_the_record_and_in_the_letter(place, called):
    customer = called.claim.customer
    customers.set_access_needs(
        customer, cannot_sit_long=True, companion=True, other="cannot travel alone", by=place.adviser, now=NOW
    )
    book(place, latest(called.claim), now=NOW)
    known = customer_queries.must_know(customer, TODAY).access_needs
    assert {"cannot sit for long", "comes with somebody", "cannot travel alone"} <= set(known)
    told = letter(called.claim, "first_interview")
    assert "a chair you can get up from" in told
    assert "a talk at home, near your home or by telephone" in told


def test_the_wait_counts_from_the_arrival(place, booked):
    early = booked.starts_at - timedelta(minutes=20)
    sitting = sittings.arrive(booked, by=place.second_adviser, now=early)
    sittings.note_state(
        sitting, capacity="able", started_at=booked.starts_at, by=place.adviser, now=booked.starts_at
    )
    sitting.refresh_from_db()
    assert sitting.started_at - sitting.arrived_at == timedelta(minutes=20)


# V16: the second one by telephone


def test_a_second_interview_by_telephone_counts_with_its_reason(place, booked):
    claim = booked.interview.claim
    hold(place, booked)
    wish = {"privacy": Privacy.EITHER, "mode": "phone", "other": "Sitting in the bus is agony."}
    set_preferences(claim, **wish, by=place.adviser, now=booked.ends_at)
    by_phone = book(place, latest(claim), now=booked.ends_at, mode="phone")
    assert read_beforehand(place, by_phone).preferences.other == "Sitting in the bus is agony."
    sitting = hold(place, by_phone)
    assert sitting.counts
    assert sitting.counts_because == "It was held by telephone, and in this programme that counts."
    assert way(claim, day_of(by_phone.starts_at)).counted == 2


# V17: the carer speaks


def test_what_a_companion_did_to_the_talk_is_kept(place, booked):
    sitting = sit(place, booked)
    with_him = {"role": "carer", "effect": "hindered", "by": place.adviser, "now": booked.starts_at}
    sittings.note_present(sitting, "His wife", **with_him)
    assert list(sitting.present.values_list("name", "effect")) == [("His wife", "hindered")]


def test_before_the_next_one_the_adviser_reads_that_it_was_hard_to_talk(place, booked):
    sitting = sittings.open_sitting(booked, by=place.adviser, now=booked.starts_at)
    with_him = {"role": "carer", "effect": "hindered", "by": place.adviser, "now": booked.starts_at}
    sittings.note_present(sitting, "His wife", **with_him)
    hold(place, booked)
    following = book(place, latest(booked.interview.claim), now=booked.ends_at)
    assert read_beforehand(place, following).last_times[0].hard_with == ["His wife"]
    screen = Client()
    screen.force_login(place.adviser.person)
    shown = screen.get(reverse("sittings:before", args=[following.ref])).content.decode()
    assert "His wife was there, and that made it hard" in shown


def test_after_it_the_next_talk_can_be_by_telephone_at_once(place, booked):
    sitting = sit(place, booked)
    alone = NextWish("interview", slot=a_slot(place, booked.ends_at + timedelta(days=20), mode="phone"))
    settling.settle(sitting, Ended("held", understood="yes"), alone, by=place.adviser, now=booked.ends_at)
    claim = booked.interview.claim
    assert Appointment.objects.get(interview__claim=claim, state="booked").mode == "phone"
    assert "by telephone" in letter(claim, "next_interview")


# V19: taken for the usual help


def test_the_summary_names_the_help_that_was_really_talked_about(place, booked):
    sitting = sit(place, booked)
    when = {"by": place.adviser, "now": booked.starts_at}
    sittings.show_option(sitting, "work_psychologist", Depth.NOT_SHOWN, why_not="He wished to stop.", **when)
    settling.settle(
        sitting, Ended("held", understood="yes"), NextWish("find_time"), by=place.adviser, now=booked.ends_at
    )
    told = letter(booked.interview.claim, "summary")
    assert "Help to manage a health condition" in told
    assert "Work psychologist" not in told


# V20: no English


def test_booking_for_somebody_without_english_asks_for_an_interpreter_before_the_day(place, called):
    customers.set_access_needs(called.claim.customer, interpreter="Polish", by=place.adviser, now=NOW)
    appointment = book(place, latest(called.claim), now=NOW, after=NOW + timedelta(days=7))
    asked = HelpToAttend.objects.get(kind="interpreter")
    waits = task(called.claim, "arrange_help")
    assert waits.due_on < day_of(appointment.starts_at)
    assert "Polish" in waits.words
    arrange_help(asked, arrangement="Mrs Nowak comes at a quarter to.", by=place.adviser, now=NOW + HOUR)
    assert kinds(called.claim) == {"hold_interview"}


def test_without_the_interpreter_it_is_not_settled_until_the_reason_is_kept(place, called):
    customers.set_access_needs(called.claim.customer, interpreter="Polish", by=place.adviser, now=NOW)
    sitting = sit(place, book(place, Interview.objects.get(pk=called.pk), now=NOW))
    settle = {"by": place.adviser, "now": sitting.appointment.ends_at}
    ended = Ended("held", understood="yes")
    assert refusal(settling.settle, sitting, ended, NextWish("find_time"), **settle).code == "no_interpreter"
    told = Ended("held", why="He wished his son to speak for him.", understood="yes")
    assert settling.settle(sitting, told, NextWish("find_time"), **settle).outcome_why == told.why


def test_the_letter_tells_how_to_find_the_right_door(place, called):
    LocalSetting.objects.create(
        slug="pathways-existing-2005",
        key="visit.directions",
        value="The side door in Mill Street, second floor.",
        office_code=place.office.code,
        valid_from=NOW.date(),
        because="People sat in the wrong place.",
        set_by="test",
        set_at=NOW,
    )
    book(place, called, now=NOW)
    assert "The side door in Mill Street, second floor." in letter(called.claim, "first_interview")


# V22: intoxicated


def test_an_interview_to_no_purpose_does_not_count_and_is_to_be_held_again(place, booked):
    sitting = end(
        place, booked, "stopped", NextWish("rebook"), why="He could not follow: he had been drinking."
    )
    now = Interview.objects.get(pk=booked.interview_id)
    assert (sitting.counts, now.state) == (False, "due")
    assert kinds(now.claim) == {"book"}


def test_nothing_is_waived_by_itself_after_an_interview_to_no_purpose(place, booked):
    sitting = sit(place, booked)
    ended = Ended("stopped", why="He had been drinking.")
    by_itself = {"by": place.adviser, "now": booked.ends_at}
    assert refusal(settling.settle, sitting, ended, NextWish("waive"), **by_itself).code == "no_decision"
    assert not Decision.objects.filter(choice="waive").exists()


# V23: she wept


def test_a_talk_that_became_too_much_is_stopped_and_held_on_another_day(place, booked):
    sitting = end(place, booked, "stopped", NextWish("rebook", about="Where we stopped."), why="She wept.")
    assert sitting.counts is False
    assert letters(booked.interview.claim)[-1] == "unable_today"
    assert "It does not count against you" in letter(booked.interview.claim, "unable_today")


def test_notes_can_be_finished_after_the_talk_and_show_when_they_were_written(place, booked):
    sitting = sit(place, booked)
    later = booked.ends_at + HOUR
    words = "I did not type while she wept. She would like to say more next time."
    sittings.save_wording(sitting, "notes", words, based_on=0, by=place.adviser, now=later)
    sitting.refresh_from_db()
    assert sittings.latest(sitting)["notes"].saved_at > sitting.ended_at


# V25: the screen is turned


def test_on_a_screen_the_customer_sees_too_what_is_not_for_them_is_hidden(place, booked):
    sitting = sit(place, booked)
    save = {"based_on": 0, "by": place.adviser, "now": booked.starts_at}
    sittings.save_wording(sitting, "restricted", "His son must not know.", **save)
    sittings.save_wording(sitting, "own_words", "Sleeps badly.", **save)
    screen = Client()
    screen.force_login(place.adviser.person)
    during = reverse("sittings:during", args=[booked.ref])
    assert "His son must not know." in screen.get(during).content.decode()
    screen.post(reverse("sittings:screen", args=[booked.ref]))
    shown = screen.get(during).content.decode()
    assert "Sleeps badly." in shown
    assert "His son must not know." not in shown


# V26: felt discarded


def test_a_topic_that_was_not_for_an_open_office_is_kept_as_declined(place, booked):
    sitting = sit(place, booked)
    when = {"by": place.adviser, "now": booked.starts_at}
    sittings.note_state(sitting, setting=Privacy.OPEN, **when)
    sittings.cover_topic(sitting, "own_story", Explored.DECLINED, **when)
    sittings.save_wording(sitting, "topic:own_story", "Not with others listening.", based_on=0, **when)
    sitting.refresh_from_db()
    assert (sitting.setting, sitting.topics.get(topic="own_story").explored) == ("open", "declined")
    assert sittings.latest(sitting)["topic:own_story"].text == "Not with others listening."


def test_a_private_room_is_found_for_the_next_time(place, booked):
    claim = booked.interview.claim
    hold(place, booked)
    set_preferences(claim, privacy=Privacy.PRIVATE, by=place.adviser, now=booked.ends_at)
    search = find_slots(
        place.office,
        kind="adviser_interview",
        minutes=45,
        mode="office",
        private_room=True,
        not_before=booked.ends_at + timedelta(days=20),
        until=TODAY + timedelta(days=30),
    )
    verbs.book_interview(latest(claim), search.slots[0], by=place.adviser, now=booked.ends_at)
    assert Appointment.objects.get(interview__claim=claim, state="booked").room.private
    assert "a private room" in letter(claim, "next_interview")


# V28: not told, for want of time


def test_what_was_not_talked_about_is_kept_as_not_yet(place, booked):
    sitting = sit(place, booked)
    sittings.see_barrier(sitting, "health", explored=Explored.NOT_YET, by=place.adviser, now=booked.starts_at)
    assert sitting.barriers.get(kind="health").explored == "not_yet"


def test_what_was_not_talked_about_is_read_before_the_second_interview(place, booked):
    sitting = sit(place, booked)
    seen = {"by": place.adviser, "now": booked.starts_at}
    sittings.see_barrier(sitting, "health", explored=Explored.NOT_YET, **seen)
    sittings.see_barrier(sitting, "money", explored=Explored.YES, **seen)
    settling.settle(
        sitting, Ended("held", understood="yes"), NextWish("find_time"), by=place.adviser, now=booked.ends_at
    )
    second = book(place, latest(booked.interview.claim), now=booked.ends_at)
    assert read_beforehand(place, second).last_times[0].not_yet == ["Health"]
    screen = Client()
    screen.force_login(place.adviser.person)
    shown = screen.get(reverse("sittings:before", args=[second.ref])).content.decode()
    assert "Not talked about yet" in shown


# V29: first mobility, then the mind


def test_the_main_thing_in_the_way_can_change_and_each_view_of_it_is_kept(place, booked):
    claim = booked.interview.claim
    yes = {"explored": Explored.YES, "main": True, "by": place.adviser}
    first = sit(place, booked)
    sittings.see_barrier(first, "health", **yes, now=booked.starts_at)
    settling.settle(
        first, Ended("held", understood="yes"), NextWish("find_time"), by=place.adviser, now=booked.ends_at
    )
    later = book(place, latest(claim), now=booked.ends_at)
    second = sit(place, later)
    sittings.see_barrier(second, "confidence", **yes, now=later.starts_at)
    assert first.barriers.get(main=True).kind == "health"
    assert second.barriers.get(main=True).kind == "confidence"


# V31: could not read


def test_no_interview_is_left_without_one_of_the_ways_it_can_go_on(place, booked):
    sitting = sit(place, booked)
    done = {"by": place.adviser, "now": booked.ends_at}
    ended = Ended("held", understood="no")
    assert refusal(settling.settle, sitting, ended, NextWish("end_series"), **done).code == "cannot_follow"
    with pytest.raises(IntegrityError, match="sitting_ends_with_what_comes_next"), transaction.atomic():
        Sitting.objects.filter(pk=sitting.pk).update(state="settled", outcome="held", settled_at=NOW)
    sitting.refresh_from_db()
    assert sitting.state == "open"


def test_that_the_customer_did_not_understand_can_be_said_and_must_be_asked(place, booked):
    sitting = sit(place, booked)
    settled = {"by": place.adviser, "now": booked.ends_at}
    unasked = refusal(settling.settle, sitting, Ended("held"), NextWish("find_time"), **settled)
    assert unasked.code == "not_checked"
    ended = Ended("held", understood="no")
    assert settling.settle(sitting, ended, NextWish("find_time"), **settled).understood == "no"


def test_where_only_the_telephone_is_safe_no_letter_goes(place, called):
    customers.set_safe_contact(
        called.claim.customer, may_write=False, may_email=False, by=place.adviser, now=NOW
    )
    refused = refusal(book, place, latest(called.claim), now=NOW)
    assert refused.code in {"not_safe_to_write", "no_safe_way"}
    assert not Notice.objects.exists()


def test_who_cannot_read_is_read_their_letter_and_that_is_kept(place, booked):
    customers.set_access_needs(booked.interview.claim.customer, read_aloud=True, by=place.adviser, now=NOW)
    deliver_due(NOW)
    tomorrow = NOW + timedelta(days=1)
    run_days(day_of(tomorrow), now=tomorrow)
    claim = booked.interview.claim
    assert Task.objects.filter(claim=claim, kind="read_letter", closed_at=None).count() == 1
    for sent in Notice.objects.filter(claim=claim, state="sent"):
        verbs.letter_read_aloud(sent, on=day_of(tomorrow), by=place.adviser, now=tomorrow)
    assert not Task.objects.filter(claim=claim, kind="read_letter", closed_at=None).exists()
    assert not Notice.objects.filter(claim=claim, state="sent", read_aloud_on=None).exists()


# V32: questions about benefits


def test_a_question_beyond_the_adviser_goes_to_a_specialist_with_a_day(place, booked):
    sitting = sit(place, booked)
    by_then = day_of(booked.starts_at) + timedelta(days=3)
    wish = sittings.note_interest(
        sitting,
        "What would 14 hours do to the rent?",
        owner=place.assessor.person,
        answer_by=by_then,
        by=place.adviser,
        now=booked.starts_at,
    )
    waits = task(booked.interview.claim, "answer_interest")
    assert (waits.person, waits.due_on) == (place.assessor.person, by_then)
    sittings.answer_interest(wish, answer="She rang and told her.", by=place.adviser, now=booked.ends_at)
    assert not Task.objects.filter(kind="answer_interest", closed_at=None).exists()


# V43, V44 and V46: what came before a decision on help


def test_an_interview_thought_to_be_waived_becomes_the_next_one_and_leaves_no_waiver(place, booked):
    sitting = sit(place, booked)
    sittings.note_interest(sitting, "A computer course", by=place.adviser, now=booked.starts_at)
    settling.settle(
        sitting,
        Ended("held", understood="yes", agreed="yes"),
        NextWish("find_time", about="the computer course"),
        by=place.adviser,
        now=booked.ends_at,
    )
    claim = booked.interview.claim
    assert latest(claim).number == 2
    assert not Decision.objects.filter(interview__claim=claim).exists()


def test_at_the_first_interview_no_form_of_help_can_be_left_out_in_silence(place, booked):
    sitting = sit(place, booked, every_option=False)
    one = {"by": place.adviser, "now": booked.starts_at}
    sittings.show_option(sitting, "condition_management", Depth.DISCUSSED, **one)
    held = {"by": place.adviser, "now": booked.ends_at}
    refused = refusal(
        settling.settle, sitting, Ended("held", understood="yes"), NextWish("find_time"), **held
    )
    assert refused.code == "options_open"
    assert "Voluntary work" in refused.message


def test_a_waiver_beside_an_open_wish_is_agreed_to_by_a_leader_who_knows_of_it(client, place, booked):
    sitting = sit(place, booked)
    sittings.note_interest(sitting, "To learn a trade", by=place.adviser, now=booked.starts_at)
    waiving = NextWish("waive", decision=no_interview_wish(), words="It is too much.", view=VIEW)
    settling.settle(
        sitting, Ended("held", understood="yes", agreed="yes"), waiving, by=place.adviser, now=booked.ends_at
    )
    decision = Decision.objects.get(interview__claim=booked.interview.claim)
    now = booked.ends_at + HOUR
    sign_in(client, place.leader)
    page = client.get(reverse("checks:show", args=[decision.ref])).content.decode()
    assert "To learn a trade" in page
    assert "I know what the customer would like, and that it stays owed" in page
    refused = refusal(verbs.agree, decision.check_made, by=place.leader, now=now)
    assert (refused.code, "To learn a trade" in refused.message) == ("wish_open", True)
    verbs.agree(decision.check_made, knows_wishes=True, by=place.leader, now=now)
    assert Interview.objects.get(pk=decision.interview_id).state == "waived"
    assert task(booked.interview.claim, "answer_interest")
    assert Event.objects.get(kind="decision_authorised").details["wishes"] == ["To learn a trade"]


# V59: insisted


def test_being_against_it_is_kept_with_its_reason_and_other_ways_are_offered(place, booked):
    wanted = {"words": "I am too ill, and will not come.", "by": place.adviser, "now": NOW}
    refused = refusal(note_objection, booked.interview, "too_ill", ways=[], **wanted)
    assert refused.code == "no_other_way"
    ways = [OtherWay.LATER, OtherWay.PHONE, OtherWay.BY_CHOICE]
    kept = note_objection(booked.interview, "too_ill", ways=ways, **wanted)
    assert (kept.reason, kept.ways) == ("too_ill", ways)
    [(reason, read)] = read_beforehand(place, booked).objections
    assert (reason, read.words) == ("Feels too ill for it", "I am too ill, and will not come.")
    assert "objection_noted" in happened(booked.interview.claim)
    assert booked.interview.state == Interview.objects.get(pk=booked.interview_id).state


# V64: waived, with a promise


def waived_at_the_interview(place, booked) -> Interview:
    sitting = sit(place, booked)
    sittings.note_interest(sitting, "Details of the evening course", by=place.adviser, now=booked.starts_at)
    waiving = NextWish("waive", decision=no_interview_wish(), words="It is too much.", view=VIEW)
    settling.settle(
        sitting, Ended("held", understood="yes", agreed="yes"), waiving, by=place.adviser, now=booked.ends_at
    )
    interview = latest(booked.interview.claim)
    authorised(interview.decisions.get(), place, booked.ends_at + HOUR)
    return Interview.objects.get(pk=interview.pk)


def test_what_was_promised_is_owed_after_a_waiver_as_before(place, booked):
    interview = waived_at_the_interview(place, booked)
    owed = task(interview.claim, "answer_interest")
    assert interview.state == "waived"
    assert (owed.person, owed.words) == (place.adviser.person, "Details of the evening course")
    assert owed.due_on >= day_of(booked.ends_at)


# V65 and V67: a summary


def test_the_summary_says_when_the_next_one_is_and_what_it_is_about(place, booked):
    slot = a_slot(place, booked.ends_at + timedelta(days=20))
    hold(place, booked, NextWish("interview", slot=slot, about="how the first days of the course went"))
    told = letter(booked.interview.claim, "summary")
    assert "how the first days of the course went" in told
    assert f"{slot.starts_at.day} May 2006" in told


def test_the_summary_of_a_later_interview_fits_on_one_page(place, booked):
    hold(place, booked)
    later = book(place, latest(booked.interview.claim), now=booked.ends_at)
    said = ("You would like to work in the open air.", "Your back hurts when you sit for long.")
    steps = ("Tom finds out what the garden centre asks for, by 9 May.", "You talk with your doctor.")
    sitting = sit(place, later, every_option=False)
    settling.settle(
        sitting,
        Ended("held", understood="yes", said=said, agreed_steps=steps),
        NextWish("find_time"),
        by=place.adviser,
        now=later.ends_at,
    )
    deliver_due(later.ends_at + HOUR)
    pdf = Notice.objects.filter(kind="summary").latest("id").pdf
    pages = PdfReader(BytesIO(bytes(pdf))).pages
    assert len(pages) == 1
    assert "garden centre" in pages[0].extract_text()


def test_the_summary_of_the_first_interview_fits_on_one_page_with_every_form_of_help(place, booked):
    said = ("You would like to work in the open air.", "Your back hurts when you sit for long.")
    steps = ("Tom finds out what the garden centre asks for, by 9 May.", "You talk with your doctor.")
    sitting = sit(place, booked)
    ended = Ended("held", understood="yes", said=said, agreed_steps=steps)
    settling.settle(sitting, ended, NextWish("find_time"), by=place.adviser, now=booked.ends_at)
    deliver_due(booked.ends_at + HOUR)
    [page] = PdfReader(BytesIO(bytes(Notice.objects.get(kind="summary").pdf))).pages
    text = page.extract_text()
    assert "Voluntary work" in text and "What is next" in text and "Yours sincerely" in text


# V68 and V76: after the third


def test_after_the_third_another_talk_can_be_had_and_is_a_choice(place, called):
    claim, _now = held_so_far(place, called, 3, NextWish("voluntary", about="what the course has changed"))
    talk = latest(claim)
    assert (talk.number, talk.mandatory) == (4, False)
    assert not way(claim, day_of(_now)).compulsory


def test_the_letter_about_it_says_that_coming_is_a_choice(place, called):
    claim, now = held_so_far(place, called, 3, NextWish("voluntary", about="the course"))
    book(place, latest(claim), now=now)
    assert "Coming is your choice. If you do not come, nothing changes for you" in letter(
        claim, "voluntary_interview"
    )


def test_an_adviser_who_would_make_a_fourth_compulsory_is_told_how_to_ask_for_it(place, called):
    claim, now = held_so_far(place, called, 3, NextWish("end_series"))
    refused = refusal(series.make_next, claim, due_by=day_of(now), by=place.adviser, now=now)
    assert (refused.code, refused.cure) == ("not_compulsory", "Offer a talk by choice.")


def test_who_asks_for_a_fourth_gets_it_by_choice(place, called):
    claim, now = held_so_far(place, called, 3, NextWish("end_series"))
    talk = series.agree_voluntary(claim, words="She asks for it.", by=place.adviser, now=now)
    assert talk.mandatory is False


# V71: relieved


def test_a_waiver_both_agree_on_says_so(place, booked):
    interview = waived_at_the_interview(place, booked)
    assert booked.sitting.agreed == "yes"
    assert interview.decisions.get().conversation.view.appropriate_now == VIEW["appropriate_now"]


# V73: mentioned in case


def test_help_that_was_mentioned_for_later_is_kept_as_not_now(place, booked):
    sitting = sit(place, booked)
    when = {"by": place.adviser, "now": booked.starts_at}
    sittings.show_option(sitting, "job_broker", Depth.NOT_NOW, **when)
    assert sitting.options.get(option="job_broker").depth == "not_now"


def test_the_summary_says_that_it_is_for_later(place, booked):
    sitting = sit(place, booked)
    sittings.show_option(sitting, "job_broker", Depth.NOT_NOW, by=place.adviser, now=booked.starts_at)
    settling.settle(
        sitting, Ended("held", understood="yes"), NextWish("find_time"), by=place.adviser, now=booked.ends_at
    )
    told = letter(booked.interview.claim, "summary")
    assert "Job broker (for later, if you would like it then)" in told
    assert told.count("for later, if you would like it then") == 1
