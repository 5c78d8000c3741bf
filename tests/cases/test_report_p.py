"""The cases of the report on provider-led Pathways, through the real verbs, rules and letters.

Which point of which case is checked where, and which are open, stands in `report_p.toml`. The chain of not
attending is one and the same in every programme (tests/sanctions tells it step by step); it is tried here where
the helpers for it stand, in May 2004.
"""

from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.cases.doing import authorised, happened, kinds
from tests.cases.series import (
    HOUR,
    decide_before,
    held_so_far,
    latest,
    letter,
    letters,
    no_interview_wish,
    of_six,
    read_beforehand,
    refusal,
    task,
)
from tests.diaries.makers import slot
from tests.interviews.sitting import book, hold, sit
from tests.interviews.talking import VIEW
from tests.sanctions import making
from tests.sanctions.making import DAY_OF_IT, PAID, READY, moment
from waymark.customers import queries as customer_queries
from waymark.daily import run_day
from waymark.inbound import verbs as inbound
from waymark.inbound.enums import About
from waymark.interviews import daily, verbs
from waymark.interviews.holding import rules_for
from waymark.interviews.managing.queries.continuity import continuity
from waymark.interviews.managing.verbs.handing_over import hand_over_caseload
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.series import verbs as series
from waymark.interviews.series.before import set_preferences
from waymark.interviews.series.queries import adviser_of, requirement_of, way
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.afterwards import debrief
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import LONDON, day_of
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.organisations.enums import Role
from waymark.programme.models import LocalSetting
from waymark.programme.queries import holding
from waymark.record.models import Event
from waymark.sanctions import verbs as sanctions
from waymark.sanctions.enums import Answer, BreachKind, RulingOutcome
from waymark.sanctions.models import Breach, Bundle, Sanction
from waymark.sanctions.queries.times import times
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]
LED = datetime(2008, 2, 5, 9, 30, tzinfo=LONDON)  # a Tuesday in the provider-led programme


@pytest.fixture
def interview(place) -> Interview:
    """The first interview of a new claim in the provider-led programme: one here, up to five there."""
    return of_six(place, programme="provider-led-2007", now=LED)


@pytest.fixture
def booked(place, interview) -> Appointment:
    appointment = book(place, interview, now=LED, after=LED + timedelta(days=14))
    deliver_due(LED + HOUR)
    return appointment


def told_us(appointment: Appointment, about: About, *, by, now, **fields):
    claim = appointment.interview.claim
    wanted = {
        "way": "call",
        "words": "I cannot make it on Tuesday.",
        "appointment": appointment.ref,
        **fields,
    }
    return inbound.log(claim, about=about, by=by, now=now, **wanted)


# V1: the message that was not passed on


def test_whoever_takes_the_call_writes_it_down_and_the_adviser_has_a_task(place, booked):
    message = told_us(booked, About.CANNOT_COME, by=place.agent, now=LED + HOUR)
    waits = task(booked.interview.claim, "answer_message")
    assert message.appointment == booked.ref
    assert waits.person == booked.adviser
    assert "cannot make it on Tuesday" in waits.words


def test_while_it_waits_nobody_is_marked_as_missing(place, booked):
    told_us(booked, About.CANNOT_COME, by=place.agent, now=LED + HOUR)
    refused = refusal(settling.missed, booked, by=place.adviser, now=booked.ends_at)
    assert refused.message == "The customer has told us something that nobody has answered yet."
    assert "find_out" not in kinds(booked.interview.claim)


def test_a_call_found_out_later_stops_the_letter_that_asks_why(place, booked):
    settling.missed(booked, by=place.adviser, now=booked.ends_at)
    told_us(booked, About.EXPLAIN, by=place.agent, now=booked.ends_at + HOUR)
    opening = {"by": place.adviser, "now": booked.ends_at + 2 * HOUR}
    missed = Appointment.objects.get(pk=booked.pk)
    assert refusal(sanctions.open_breach, missed, BreachKind.NOT_ATTENDING, **opening).code == (
        "unanswered_message"
    )
    assert "missed" not in letters(booked.interview.claim)


def test_who_asked_beforehand_never_failed_even_when_it_was_answered_too_late(place, booked):
    message = told_us(booked, About.CANNOT_COME, by=place.agent, now=LED + HOUR)
    inbound.answer(message, words="We noted it.", told_by="call", by=place.adviser, now=booked.starts_at)
    settling.missed(booked, by=place.adviser, now=booked.ends_at)
    missed = Appointment.objects.get(pk=booked.pk)
    opening = {"by": place.adviser, "now": booked.ends_at + HOUR}
    assert refusal(sanctions.open_breach, missed, BreachKind.NOT_ATTENDING, **opening).code == (
        "asked_beforehand"
    )


# V2: the call dropped


def test_a_call_that_dropped_is_rung_back_the_same_day(place, booked):
    cut = told_us(booked, About.BROKEN_OFF, words="", by=place.agent, now=LED + HOUR)
    assert not cut.complete
    assert (cut.task.due_on, cut.task.window_from) == (LED.date(), LED + HOUR)


def test_nothing_goes_on_before_the_call_back(place, booked):
    cut = told_us(booked, About.BROKEN_OFF, words="", by=place.agent, now=LED + HOUR)
    assert refusal(settling.missed, booked, by=place.adviser, now=booked.ends_at).code == "message_waits"
    inbound.answer(
        cut, words="Rang back: she comes on Friday.", told_by="call", by=place.adviser, now=LED + 2 * HOUR
    )
    assert settling.missed(booked, by=place.adviser, now=booked.ends_at).pk == booked.pk


@pytest.mark.parametrize("way_in", ["text", "portal", "email", "desk"])
def test_to_cancel_needs_no_credit_on_the_telephone(place, booked, way_in):
    by = None if way_in == "portal" else place.agent
    told_us(booked, About.CANNOT_COME, way=way_in, by=by, now=LED + HOUR)
    assert refusal(settling.missed, booked, by=place.adviser, now=booked.ends_at).code == "message_waits"


# V4: stopped, and nobody said so


def test_the_customer_is_told_before_anything_changes_and_that_it_went_out_is_kept(place, centre):
    sanction = making.reduced(place, centre, sent=False)
    early = {"by": centre.second, "now": making.at(sanction.starts_on, making.time(9))}
    assert refusal(sanctions.put_into_effect, sanction, **early).code == "not_told"
    deliver_due(moment(READY + 2, 11))
    told = Notice.objects.get(kind="payment_change")
    assert told.state == "sent"
    assert day_of(told.sent_at) < sanction.starts_on
    assert told.pdf


def test_the_letter_says_why_how_to_challenge_what_other_money_and_whom_to_ring(place, centre):
    sanction = making.reduced(place, centre)
    told = letter(sanction.ruling.bundle.breach.interview.claim, "payment_change")
    for words in (
        "You did not come, and we could not reach you.",
        "After that you can appeal to a tribunal",
        "Jobseeker’s Allowance",
        "help for hardship",
        place.adviser.person.name,
    ):
        assert words in told, words


def test_somebody_rings_about_food_and_rent(place, centre):
    sanction = making.reduced(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    assert task(claim, "welfare_call").due_on <= making.day(READY + 6)
    empty = {"by": place.adviser, "now": moment(READY + 3)}
    assert refusal(sanctions.welfare_called, sanction, " ", **empty).code == "no_words"
    sanctions.welfare_called(sanction, "Behind with the rent; told of the council.", **empty)
    assert "welfare_call" not in kinds(claim)


def test_somebody_ill_in_hospital_is_not_taken_anything(place, centre):
    breach = making.opened(place)
    sanctions.give_reason(breach, "I was ill.", way="call", by=place.adviser, now=moment(11))
    sanctions.judge_reason(
        breach, "hospital", good=True, why="The ward confirmed it.", by=place.adviser, now=moment(11, 11)
    )
    assert Breach.objects.get().state == "good_cause"
    assert not Bundle.objects.exists()


# V11: sixty part-way


def test_the_way_shows_beforehand_where_sixty_comes_before_its_end(place):
    customer = factories.customer(added_by=place.agent, born_on=date(1948, 6, 1))
    found = way(of_six(place, programme="provider-led-2007", now=LED, customer=customer).claim, LED.date())
    assert found.ends_on == date(2008, 6, 1)
    assert len(found.stops) < found.total == 6


def test_on_the_birthday_what_is_compulsory_ends_and_the_help_stays(place):
    customer = factories.customer(added_by=place.agent, born_on=date(1948, 6, 1))
    interview = of_six(place, programme="provider-led-2007", now=LED, customer=customer)
    birthday = datetime(2008, 6, 1, 6, tzinfo=LONDON)
    daily.run(birthday.date(), birthday)
    assert requirement_of(interview.claim).because == "over_age"
    assert Interview.objects.get(pk=interview.pk).state == "closed"
    assert kinds(interview.claim) == {"follow_up"}
    assert "The help is still there" in letter(interview.claim, "requirement_ended")


# V13: dying


def dying(place, booked):
    wish = no_interview_wish("terminal_illness", because="You are very ill.", stop_contact=True)
    decision = decide_before(
        place, booked.interview, wish, now=LED + HOUR, view={"not_asked_because": "customer_too_upset"}
    )
    return authorised(decision, place, LED + 2 * HOUR)


def test_who_is_dying_is_asked_to_nothing_any_more(place, booked):
    decision = dying(place, booked)
    claim = booked.interview.claim
    assert (decision.state, Appointment.objects.get().state) == ("in_force", "cancelled")
    assert {stop.state for stop in way(claim, LED.date()).stops} == {"waived"}
    run_day(LED.date() + timedelta(days=60), now=LED + timedelta(days=60))
    assert not Appointment.objects.filter(state="booked").exists()


def test_no_letter_and_no_call_goes_to_who_is_dying_before_somebody_has_looked(place, booked):
    dying(place, booked)
    claim = booked.interview.claim
    sent = Notice.objects.filter(claim=claim, state="sent").count()
    deliver_due(LED + 3 * HOUR)
    assert Notice.objects.filter(claim=claim, state="sent").count() == sent
    assert not customer_queries.must_know(claim.customer, LED.date()).may_contact
    assert "stopped" in kinds(claim)


def test_somebody_talks_with_the_adviser_who_had_to_hear_it(place, booked):
    sitting = sit(place, booked)
    sittings.note_state(sitting, hard=True, by=place.adviser, now=booked.starts_at)
    ended = Ended("stopped", why="She has not long to live.")
    settling.settle(sitting, ended, NextWish("rebook"), by=place.adviser, now=booked.ends_at)
    alone = {"words": "It was hard.", "by": place.adviser, "now": booked.ends_at}
    assert refusal(debrief, sitting, **alone).code == "own_interview"
    debrief(sitting, words="We went for a walk.", by=place.manager, now=booked.ends_at + HOUR)
    assert "debrief" not in kinds(booked.interview.claim)


# V14: struggled in


def struggled_in(place, booked) -> Interview:
    sitting = sit(place, booked, capacity="unable")
    waiving = NextWish("waive", decision=no_interview_wish(), words="Could hardly stand.", view=VIEW)
    ended = Ended("unable_today", why="You were too ill to talk.")
    settling.settle(sitting, ended, waiving, by=place.adviser, now=booked.ends_at)
    return Interview.objects.get(pk=booked.interview_id)


def test_a_waiver_at_the_interview_has_its_stage_its_ground_and_who_agreed(place, booked):
    interview = struggled_in(place, booked)
    proposed = interview.decisions.get()
    assert (proposed.stage, proposed.state, interview.state) == ("at_interview", "proposed", "due")
    decision = authorised(proposed, place, booked.ends_at + HOUR)
    assert (decision.reason, decision.decided_by) == ("never_able_to_work", place.adviser)
    event = Event.objects.get(kind="interview_waived")
    assert event.details["authorised_by"] == place.leader.person.name
    assert event.details["decided_by"] == place.adviser.person.name


def test_a_waiver_at_the_interview_is_confirmed_in_writing_and_nothing_is_to_come(place, booked):
    interview = struggled_in(place, booked)
    authorised(interview.decisions.get(), place, booked.ends_at + HOUR)
    told = letter(interview.claim, "waived")
    assert "You do not have to do anything" in told
    assert {stop.state for stop in way(interview.claim, day_of(booked.ends_at)).stops} == {"waived"}
    assert not Appointment.objects.filter(state="booked").exists()


# V16: will come back when well


def test_after_a_waiver_no_case_can_be_opened(place, booked):
    interview = struggled_in(place, booked)
    authorised(interview.decisions.get(), place, booked.ends_at + HOUR)
    opening = {"by": place.adviser, "now": booked.ends_at + 2 * HOUR}
    past = Appointment.objects.get()
    assert refusal(sanctions.open_breach, past, BreachKind.NOT_ATTENDING, **opening).code == "not_missed"
    assert not Breach.objects.exists()


def test_who_is_well_again_comes_back_with_a_word(place, booked):
    interview = struggled_in(place, booked)
    authorised(interview.decisions.get(), place, booked.ends_at + HOUR)
    later = booked.ends_at + timedelta(days=90)
    asked = inbound.log(
        interview.claim, way="portal", about="ask_interview", words="I am well again.", by=None, now=later
    )
    assert task(interview.claim, "answer_message") == asked.task
    verbs.bring_forward(
        interview, asked_by="customer", words="She is well again.", by=place.adviser, now=later + HOUR
    )
    assert Interview.objects.get(pk=interview.pk).state == "due"
    assert "book" in kinds(interview.claim)


def test_by_choice_nothing_follows_from_not_coming(place):
    interview = of_six(place, programme="provider-led-2007", now=LED)
    series.settle_requirement(interview.claim, because="own_choice", words="", by=place.adviser, now=LED)
    talk = series.agree_voluntary(interview.claim, words="When well.", by=place.adviser, now=LED + HOUR)
    appointment = book(place, talk, now=LED + HOUR)
    settling.missed(appointment, by=place.adviser, now=appointment.ends_at)
    missed = Appointment.objects.get(pk=appointment.pk)
    opening = {"by": place.adviser, "now": appointment.ends_at + HOUR}
    refused = refusal(sanctions.open_breach, missed, BreachKind.NOT_ATTENDING, **opening)
    assert refused.message == "A voluntary interview has no consequences."
    assert not Breach.objects.exists()


# V17 and V29: the benefit is lost


def test_when_the_benefit_is_lost_nothing_compulsory_is_left_that_moment(place, booked):
    claim = booked.interview.claim
    verbs.end_claim(claim, reason="not_entitled", on=LED.date(), by=place.adviser, now=LED + HOUR)
    assert Appointment.objects.get().state == "cancelled"
    assert Interview.objects.get(pk=booked.interview_id).state == "closed"
    assert not Task.objects.filter(claim=claim, closed_at=None).exclude(kind="transition").exists()


def test_a_case_and_a_reduction_end_with_the_benefit(place, centre):
    sanction = making.reduced(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    verbs.end_claim(
        claim, reason="not_entitled", on=making.day(READY + 3), by=place.adviser, now=moment(READY + 3)
    )
    assert Sanction.objects.get().state == "set_aside"
    assert not Task.objects.filter(claim=claim, closed_at=None).exclude(kind="transition").exists()


def test_a_letter_says_what_is_over_and_where_to_go_now(place, booked):
    claim = booked.interview.claim
    verbs.end_claim(claim, reason="not_entitled", on=LED.date(), by=place.adviser, now=LED + HOUR)
    told = letter(claim, "claim_ended")
    assert "You do not have to come to interviews with us any more." in told
    assert "is cancelled" in told and "you can appeal" in told
    assert "Jobseeker’s Allowance" in told and claim.office.telephone in told.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_who_moves_to_jobseekers_allowance_is_told_the_same(place, booked):
    claim = booked.interview.claim
    day = LED.date() + timedelta(days=1)
    verbs.change_benefit(claim, "jsa", why="Found fit for work.", on=day, by=place.adviser, now=LED + HOUR)
    claim.refresh_from_db()
    assert (claim.status, claim.ended_on) == ("ended", LED.date())
    assert "under the new benefit, as your choice" in letter(claim, "claim_ended")


def test_a_claim_that_ends_before_the_first_interview_leaves_no_failure_to_come(place, booked):
    claim = booked.interview.claim
    verbs.end_claim(claim, reason="not_entitled", on=LED.date(), by=place.adviser, now=LED + HOUR)
    gone = Appointment.objects.get()
    assert gone.state == "cancelled"
    past = {"by": place.adviser, "now": booked.ends_at}
    assert refusal(settling.missed, gone, **past).code == "claim_ended"
    waiting = Notice.objects.filter(claim=claim, state="waiting")
    assert [notice.kind for notice in waiting] == ["claim_ended"]


# V20: ten pence a week


def test_what_would_be_left_is_shown_in_pounds_before_it_is_sent(place, centre):
    rules = holding("provider-led-2007", LED.date())
    assert sanctions.would_be_paid(rules, PAID) == 5776
    bundle = making.referred(place)
    assert (bundle.paid_now, bundle.would_be_paid) == (7220, 5776)


def test_nobody_is_left_with_ten_pence(place):
    rules = holding("provider-led-2007", LED.date())
    assert sanctions.would_be_paid(rules, 4010) == 4000
    assert refusal(sanctions.would_be_paid, rules, 4000).code == "nothing_to_take"


@pytest.mark.parametrize("question", ["mental_health_condition", "harm_or_crisis", "cannot_travel"])
def test_nobody_vulnerable_is_taken_anything_without_a_visit(place, centre, question):
    breach = making.tried(place, making.opened(place))
    breach = making.safe(place, breach, **{question: Answer.YES})
    sending = {"adviser_view": "I do not know.", "paid_now": PAID, "by": place.adviser, "now": moment(READY)}
    assert refusal(sanctions.refer, breach, **sending).code == "gate_visit"
    assert "safeguard_visit" in kinds(breach.interview.claim)


def test_it_is_decided_by_somebody_who_had_no_part_in_it(place, centre):
    bundle = making.referred(place)
    verdict = sanctions.Verdict(RulingOutcome.SANCTION, "You did not come.")
    own = factories.post(Role.DECISION_MAKER, office=centre.office, person=place.adviser.person)
    deciding = {"now": moment(READY + 1)}
    assert refusal(sanctions.rule, bundle, verdict, by=own, **deciding).code == "own_case"
    assert refusal(sanctions.rule, bundle, verdict, by=place.adviser, **deciding).code == "own_case"


# V22: two cultures


def test_the_same_miss_has_the_same_steps_whoever_has_it(place, centre):
    breach = making.opened(place)
    for by in (place.adviser, place.second_adviser, place.manager):
        sending = {"adviser_view": "He never comes.", "paid_now": PAID, "by": by, "now": moment(READY)}
        assert refusal(sanctions.refer, breach, **sending).code == "gate_attempts"


def test_to_let_it_rest_is_a_reason_of_the_list_and_on_the_record(place):
    breach = making.opened(place)
    closing = {"by": place.adviser, "now": moment(12)}
    assert refusal(sanctions.close, breach, "i_like_him", **closing).code == "no_such_reason"
    sanctions.close(breach, "not_proportionate", words="She is grieving.", **closing)
    event = Event.objects.get(kind="breach_closed")
    assert event.why == "Nothing should follow though no reason was given. She is grieving."
    assert letters(breach.interview.claim)[-1] == "no_change"


def test_both_ends_of_a_case_leave_the_same_trail(place, centre):
    making.reduced(place, centre)
    trail = happened(Breach.objects.get().interview.claim)
    steps = ["breach_opened", "breach_attempted", "safeguards_answered", "breach_referred", "breach_decided"]
    assert [step for step in dict.fromkeys(trail) if step in steps] == steps


# V23: so slow that it made no difference


def test_how_long_each_step_took_is_a_figure(place, centre):
    sanction = making.reduced(place, centre)
    LocalSetting.objects.create(
        slug="jobcentre-plus-2002",
        key="limits.small_number_hidden_below",
        value=1,
        office_code=place.office.code,
        valid_from=making.TODAY,
        because="A single case shall show.",
        set_by="test",
        set_at=moment(0),
    )
    rules = rules_for(sanction.ruling.bundle.breach.interview.claim, making.TODAY)
    steps = {step.code: step.pace for step in times(place.manager, making.TODAY, rules)}
    assert steps["opened"].days == 1
    assert steps["referred"].days == READY - DAY_OF_IT - 1
    assert steps["decided"].days == 2


def test_the_evidence_is_put_together_by_itself_and_waits_at_the_decision_makers(place, centre):
    bundle = making.referred(place)
    assert all(gate["passed"] for gate in bundle.content["gates"])
    assert bytes(bundle.pdf).startswith(b"%PDF")
    waits = task(bundle.breach.interview.claim, "decide_sanction")
    five_working_days_later = date(2004, 5, 31)  # no bank holiday is entered here
    assert (waits.team.office, waits.due_on) == (centre.office, five_working_days_later)


# V34: three advisers in four interviews


def test_the_adviser_of_the_first_interview_has_the_customer(place, booked):
    hold(place, booked)
    assert adviser_of(booked.interview.claim) == place.adviser.person


def test_whoever_opens_an_interview_reads_what_was_said_before(place, booked):
    hold(place, booked, said=["You drove a lorry for ten years."], agreed_steps=["Tom asks the school."])
    later = book(place, latest(booked.interview.claim), now=booked.ends_at)
    last = read_beforehand(place, later, by=place.second_adviser).last_times[0]
    assert last.said == ["You drove a lorry for ten years."]
    assert last.agreed == ["Tom asks the school."]


def test_how_often_somebody_meets_the_same_adviser_again_is_a_figure(place, booked):
    hold(place, booked)
    second = book(place, latest(booked.interview.claim), now=booked.ends_at)
    hold(place, second, by=place.adviser)
    third = book(place, latest(booked.interview.claim), now=second.ends_at)
    hold(place, third, by=place.second_adviser)
    found = continuity(place.manager, place.office, LED.date(), day_of(third.ends_at))
    assert (found.same, found.whole) == (1, 2)


# V35: the wrong address


def test_without_an_address_the_letter_fails_and_nobody_has_failed_to_come(place):
    customer = factories.customer(added_by=place.agent, address="", postcode="")
    refused = refusal(making.booked, place, customer=customer)
    assert refused.code in {"no_address", "no_safe_way"}


def test_a_letter_that_did_not_go_out_is_no_proof(place, centre):
    missed = making.missed_one(place, told=False)
    breach = making.safe(place, making.tried(place, making.opened(place, missed)))
    sending = {"adviser_view": "No idea.", "paid_now": PAID, "by": place.adviser, "now": moment(READY)}
    refused = refusal(sanctions.refer, breach, **sending)
    assert refused.code == "gate_notice"
    assert refused.message == "There is no proof that the customer was told of the appointment beforehand."


def test_a_letter_that_comes_back_pauses_the_case_by_itself(place, centre):
    breach = making.ready(place)
    told = Notice.objects.filter(claim=breach.interview.claim).earliest("queued_at")
    verbs.letter_came_back(told, "gone_away", on=making.day(READY), by=place.adviser, now=moment(READY))
    sending = {"adviser_view": "No idea.", "paid_now": PAID, "by": place.adviser, "now": moment(READY, 12)}
    assert refusal(sanctions.refer, making.fresh(breach), **sending).code == "gate_notice"
    assert "find_address" in kinds(breach.interview.claim)


def test_our_letter_did_not_arrive_is_a_good_reason(place):
    breach = making.opened(place)
    sanctions.give_reason(breach, "I moved in April.", way="call", by=place.adviser, now=moment(11))
    sanctions.judge_reason(
        breach,
        "letter_not_received",
        good=True,
        why="The address was old.",
        by=place.adviser,
        now=moment(11, 11),
    )
    assert Breach.objects.get().closed_because == "Our letter did not arrive"
    assert "reason_accepted" in letters(breach.interview.claim)


# V49: has been through it, asks to come again


def test_who_has_completed_the_series_comes_again_by_choice(place, interview):
    claim, now = held_so_far(place, interview, 6, NextWish("voluntary", about="how it goes"), now=LED)
    talk = latest(claim)
    assert (talk.number, talk.mandatory) == (7, False)
    assert (way(claim, day_of(now)).counted, way(claim, day_of(now)).compulsory) == (6, False)
    appointment = book(place, talk, now=now)
    settling.missed(appointment, by=place.adviser, now=appointment.ends_at)
    missed = Appointment.objects.get(pk=appointment.pk)
    opening = {"by": place.adviser, "now": appointment.ends_at + HOUR}
    assert refusal(sanctions.open_breach, missed, BreachKind.NOT_ATTENDING, **opening).code == "voluntary"


# V52: excused here, called in there


def test_an_interview_that_is_not_asked_for_is_followed_by_none_of_the_series(place, booked):
    wish = no_interview_wish("progressive_condition")
    decision = decide_before(place, booked.interview, wish, now=LED + HOUR)
    authorised(decision, place, LED + 2 * HOUR)
    claim = booked.interview.claim
    for days in (30, 60, 90):
        run_day(LED.date() + timedelta(days=days), now=LED + timedelta(days=days))
    assert claim.interviews.count() == 1
    assert [stop.state for stop in way(claim, LED.date()).stops] == ["waived"]
    assert not Appointment.objects.filter(state="booked").exists()


def test_while_it_is_waived_no_other_compulsory_interview_can_be_made(place, booked):
    decision = decide_before(place, booked.interview, no_interview_wish(), now=LED + HOUR)
    authorised(decision, place, LED + 2 * HOUR)
    making_one = {"due_by": LED.date() + timedelta(days=28), "by": place.adviser, "now": LED + 3 * HOUR}
    assert refusal(series.make_next, booked.interview.claim, **making_one)


# V61: it does not work between them


def test_who_asks_for_another_adviser_is_answered_and_loses_nothing(place, booked):
    asked = told_us(booked, About.OTHER_ADVISER, words="We do not get on.", by=None, way="portal", now=LED)
    assert task(booked.interview.claim, "answer_message") == asked.task
    assert refusal(settling.missed, booked, by=place.adviser, now=booked.ends_at).code == "message_waits"
    assert requirement_of(booked.interview.claim).standing == "mandatory"


def test_another_adviser_takes_over_with_what_was_said(place, booked):
    hold(place, booked)
    claim = booked.interview.claim
    leaver, new = place.adviser.person, place.second_adviser.person
    note = {claim.ref: (new, "Wishes another adviser. Likes to be rung in the morning.")}
    hand_over_caseload(leaver, note, by=place.manager, now=booked.ends_at + HOUR)
    assert adviser_of(claim) == new
    assert task(claim, "take_over").person == new
    told = letter(claim, "adviser_changed")
    assert new.name in told
    assert "Likes to be rung" not in told


def test_nobody_is_booked_with_the_adviser_they_asked_not_to_meet(place, interview):
    set_preferences(
        interview.claim, privacy="private", avoid=[place.adviser.person], by=place.manager, now=LED
    )
    when, booking = LED + timedelta(days=7), {"by": place.manager, "now": LED}
    refused = refusal(verbs.book_interview, interview, slot(place.adviser, when), **booking)
    assert refused.code == "asked_not_to_meet"
    appointment = verbs.book_interview(interview, slot(place.second_adviser, when), **booking)
    assert appointment.adviser == place.second_adviser.person


# V62: not asked about health


def test_an_interview_cannot_be_settled_without_the_part_on_health(place, booked):
    sitting = sit(place, booked)
    sitting.topics.all().delete()
    ended = Ended("held", understood="yes", agreed="yes")
    settle = {"by": place.adviser, "now": booked.ends_at}
    refused = refusal(settling.settle, sitting, ended, NextWish("find_time"), **settle)
    assert "Health and what it does to work" in refused.message
