"""The cases of the report on deferrals and waivers, through the real verbs, rules and letters.

Which point of which case is checked where, and which are open, stands in `report_d.toml`.
"""

from datetime import date, timedelta
from itertools import product

import pytest

from tests import factories
from tests.cases.doing import (
    ABLE,
    HEALTH,
    NO_JOURNEY_FACTS,
    WORK,
    authorised,
    days,
    happened,
    kinds,
    seen,
    settle,
    slot,
    talk,
)
from tests.conftest import pack_of
from tests.interviews.sitting import hold, sit
from tests.interviews.talking import VIEW
from waymark.customers import verbs as customers
from waymark.daily import run_day
from waymark.insight import own_page
from waymark.interviews import queries, verbs
from waymark.interviews.advice import FIRST_CONTACT, RECONTACT
from waymark.interviews.models import Appointment, Decision, Sitting
from waymark.interviews.sittings import settling
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.interviews.verbs import Wish
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.programme.queries import Rules
from waymark.worklist import queries as worklist
from waymark.worklist.models import Task
from waymark.worklist.rules import TO_LEADER, TO_MANAGER

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY
ILL = {"benefit": "ib", "group": "sick_or_disabled", "wants_interview": False}
LONE = {"benefit": "is", "group": "lone_parent", "wants_interview": False}
NO_JOURNEY = NO_JOURNEY_FACTS
TERMINAL = {**HEALTH, "terminal_illness": True}
JOB = {**HEALTH, **WORK, "job_to_return_to": True, "can_do_that_job_again": True}
UNABLE = {**HEALTH, "able_to_take_part": False}
NOTE = {"sick_note": True, "certificate_until": "2004-06-15"}


@pytest.fixture
def rules() -> Rules:
    """The rules of 2002 on the day of the tests, without a place."""
    return Rules(pack_of("jobcentre-plus-2002"), TODAY)


def refusal(act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value


def deferred(place, moment, facts=NO_JOURNEY, reason="cannot_travel", until=28, **fields) -> Decision:
    """An interview put off at first contact."""
    interview = fields.pop("interview", None) or place.claim()
    conversation = talk(place, interview, facts, now=moment())
    wish = Wish(choice="defer", reason=reason, until=days(until), evidence="customer_word", **fields)
    return verbs.decide(conversation, wish, by=place.agent, now=moment())


# V1: a problem with his lungs


def test_lungs_in_the_notes_raise_the_question_about_getting_here(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.write_notes(conversation, "A problem with his lungs. Glad to come.", by=place.agent, now=moment())
    prompt = seen(conversation, place.agent, moment()).prompts[0]
    assert prompt.page.facts == ("cannot_travel", "cannot_sit_long", "cannot_go_out_alone")
    assert "equipment" in prompt.heard.cue.prompt


def test_somebody_who_will_gladly_come_is_not_booked_before_the_journey_is_asked_about(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.answer(conversation, HEALTH, by=place.agent, now=moment())
    verbs.explain_support(conversation, ["better_off"], by=place.agent, now=moment())
    verbs.offer_interview(conversation, wanted=True, by=place.agent, now=moment())
    assert "cannot_travel" in seen(conversation, place.agent, moment()).advice.to_ask
    assert refusal(verbs.decide, conversation, Wish("book"), by=place.agent, now=moment()).code == (
        "other_than_advised"
    )


def test_who_cannot_travel_is_offered_home_before_the_office(rules):
    _given, advice, _asked = settle(rules, {**ILL, **HEALTH, "wants_interview": True, "cannot_travel": True})
    assert (advice.choice, advice.modes) == ("book", ("home", "phone", "outreach"))


# V2: a terminal brain tumour


def test_nothing_is_deferred_without_a_reason(place, moment):
    conversation = talk(place, place.claim(), NO_JOURNEY, now=moment())
    wish = Wish("defer", until=days(28), evidence="customer_word")
    assert refusal(verbs.decide, conversation, wish, by=place.agent, now=moment()).code == "no_reason"


def test_a_terminal_illness_suggests_a_waiver(rules):
    _given, advice, _asked = settle(rules, {**ILL, **TERMINAL})
    assert (advice.choice, advice.reason) == ("waive", "terminal_illness")


def test_once_it_is_waived_there_is_no_recontact_to_make(place, moment):
    deferral = deferred(place, moment).deferral
    decision = verbs.decide_again(
        deferral.interview,
        Wish("waive", reason="terminal_illness", stop_contact=True),
        stage="recontact",
        table=RECONTACT,
        given={
            "recontact_answer": "reached",
            "claim_has_ended": False,
            "started_work": False,
            "what_has_changed": "worse",
            "never_able_now": True,
            "wants_to_come_now": False,
        },
        words="The hospital can do nothing more.",
        view={"not_asked_because": "terminal_illness"},
        by=place.adviser,
        now=moment(day=24),
    )
    assert decision.advice == "waive"
    authorised(decision, place, moment(day=24, hour=12))
    # The deferral was checked after it was made; that check stays, and everything about the customer is over.
    assert kinds(deferral.interview.claim) - {"check"} == {"review_waiver", "stopped"}
    again = refusal(
        verbs.attempt_recontact, deferral, outcome="no_answer", by=place.adviser, now=moment(day=25)
    )
    assert again.code == "deferral_ended"


def test_whoever_rings_sees_the_reason_before_the_call(place, moment):
    decision = deferred(place, moment)
    task = queries.summary(decision.interview.claim.customer, place.adviser, TODAY).tasks[-1]
    assert (task.kind, task.words) == ("recontact", decision.because)
    assert "journey" in task.words


# V4: plaster here, plaster there


def test_the_same_answers_bring_the_same_advice_in_every_office(place, moment):
    elsewhere = factories.office(district=place.district)
    factories.team("advisers", office=elsewhere)
    decisions = [
        deferred(place, moment, interview=place.claim(office=office)) for office in (place.office, elsewhere)
    ]
    first, second = decisions
    assert first.advice == "defer"
    assert (first.trace, first.facts, first.because) == (second.trace, second.facts, second.because)


def test_to_ask_the_customer_to_come_all_the_same_needs_a_reason(place, moment):
    conversation = talk(place, place.claim(), NO_JOURNEY, now=moment())
    assert refusal(verbs.decide, conversation, Wish("book"), by=place.agent, now=moment()).code == (
        "other_than_advised"
    )


# V5: a job to go back to, and an operation first

OPERATION = {
    **JOB,
    "awaiting_consultant_or_operation": True,
    "consultant_on": "2004-06-01",
    "sick_note": True,
    "certificate_until": "2004-07-13",
}


def test_with_a_job_to_return_to_the_interview_waits_for_operation_and_certificate(rules):
    _given, advice, _asked = settle(rules, {**ILL, **OPERATION})
    assert (advice.choice, advice.until) == ("defer", date(2004, 7, 13))
    _given, sooner, _asked = settle(
        rules, {**ILL, **OPERATION, "sick_note": False, "certificate_until": None}
    )
    assert (sooner.choice, sooner.until) == ("defer", date(2004, 6, 15))


def test_with_a_job_to_return_to_it_is_booked_when_the_customer_wants_it(place, moment):
    wanted = talk(place, place.claim(), OPERATION, wanted=True, now=moment())
    assert verbs.decide(wanted, Wish("book"), by=place.agent, now=moment()).advice == "book"
    unwanted = talk(place, place.claim(), OPERATION, now=moment())
    assert refusal(verbs.decide, unwanted, Wish("book"), by=place.agent, now=moment()).code == (
        "other_than_advised"
    )


# V7: a job to go back to, and curious


def test_advice_that_is_wanted_now_goes_before_the_job_to_return_to(place, moment):
    conversation = talk(place, place.claim(), {**JOB, "wants_advice_now": True}, now=moment())
    decision = verbs.decide(
        conversation, Wish("book", slot=slot(place, moment(day=1))), by=place.agent, now=moment()
    )
    why = queries.why(queries.get_decision(place.adviser, decision.ref), place.adviser)
    assert decision.advice == "book"
    assert any("other work" in said.question and said.answer == "yes" for said in why.facts)
    assert why.decision.conversation.view.support_wanted == VIEW["support_wanted"]


def test_what_came_of_the_interview_is_kept(place, moment):
    conversation = talk(place, place.claim(), {**JOB, "wants_advice_now": True}, now=moment())
    verbs.decide(conversation, Wish("book", slot=slot(place, moment(day=1))), by=place.agent, now=moment())
    appointment = Appointment.objects.get()
    follows = NextWish("follow_up", on=days(3), about="Send the list of evening courses.")
    hold(place, appointment, follows)
    claim = appointment.interview.claim
    assert happened(claim)[-2:] == ["sitting_settled", "case_taken_on"]
    assert Task.objects.get(claim=claim, closed_at=None).due_on == days(3)
    assert Sitting.objects.get().next_about == "Send the list of evening courses."


# V8: heavy work


def test_a_job_to_return_to_raises_the_question_whether_it_can_be_done_again(rules):
    _given, _advice, asked = settle(rules, {**ILL, **WORK, "job_to_return_to": True})
    assert "can_do_that_job_again" in asked


def test_a_job_that_cannot_be_done_again_prompts_a_talk_about_other_work(rules):
    answers = {**ILL, **WORK, "job_to_return_to": True, "can_do_that_job_again": False}
    _given, waiting, asked = settle(rules, answers)
    assert "wants_advice_now" in asked
    assert "What other work could be possible?" in waiting.probe
    assert "support_catalogue" in waiting.show
    _given, unsure, _asked = settle(rules, {**answers, "wants_advice_now": "not known"})
    assert (unsure.choice, unsure.row) == ("book", "R812")


# V10: not alone


def test_cannot_go_out_alone_raises_the_question_and_the_other_ways_to_meet(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.write_notes(conversation, "Panic attacks, cannot go out alone.", by=place.agent, now=moment())
    page = seen(conversation, place.agent, moment())
    assert any("companion" in prompt.heard.cue.prompt for prompt in page.prompts)
    assert "someone coming along" in page.rules.facts["help_to_attend_accepted"].question


def test_with_somebody_along_it_is_booked_and_otherwise_put_off(rules):
    alone = {**ILL, **HEALTH, **ABLE, "cannot_go_out_alone": True}
    _given, helped, asked = settle(rules, {**alone, "help_to_attend_accepted": True})
    assert (helped.choice, helped.modes) == ("book", ("home", "phone", "office"))
    _given, not_helped, asked = settle(rules, {**alone, "help_to_attend_accepted": False})
    assert (not_helped.choice, not_helped.reason) == ("defer", "cannot_go_out_alone")


def test_asking_a_colleague_stays_in_the_record_beside_the_decision(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, {**HEALTH, **ABLE, "cannot_go_out_alone": True}, now=moment())
    question = verbs.consult(conversation, "Must she come alone?", by=place.agent, now=moment())
    verbs.answer_question(question, "No. Offer her a visit.", by=place.leader, now=moment(minute=5))
    wish = Wish("book", otherwise_code="consulted", otherwise_words="The leader said: offer a visit.")
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment(minute=9))
    assert happened(interview.claim)[-3:] == ["question_put", "question_answered", "interview_booked"]
    assert decision.otherwise_words == "The leader said: offer a visit."


# V11: there in body, not in mind


def test_being_too_upset_to_talk_is_a_reason_at_the_first_call(rules):
    _given, advice, _asked = settle(rules, {**LONE, "distressed": True})
    assert (advice.choice, advice.reason, advice.until) == ("defer", "distress", days(14))


def test_an_interview_broken_off_in_distress_is_put_off_and_does_not_count_as_held(place, moment):
    interview = place.claim(benefit="is", group="lone_parent")
    verbs.book_interview(interview, slot(place, moment(day=1)), by=place.agent, now=moment())
    decision = verbs.decide_again(
        interview,
        Wish("defer", reason="distress", until=days(15)),
        stage="at_interview",
        table=FIRST_CONTACT,
        given=settle(Rules(pack_of("jobcentre-plus-2002"), days(1)), {**LONE, "distressed": True})[0],
        words="She wept and could not go on.",
        view={"not_asked_because": "customer_too_upset"},
        by=place.adviser,
        now=moment(day=1, hour=10, minute=20),
    )
    interview.refresh_from_db()
    assert (interview.state, decision.authority) == ("deferred", "none")
    assert kinds(interview.claim) == {"recontact"}
    assert "interview_held" not in happened(interview.claim)
    assert Appointment.objects.get().state == "cancelled"


# V13: a visit at home


def test_asking_for_a_home_visit_raises_the_questions_about_how_ill_the_customer_is(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.write_notes(conversation, "Would like a home visit.", by=place.agent, now=moment())
    page = seen(conversation, place.agent, moment()).prompts[0].page
    assert {"terminal_illness", "progressive_condition", "severe_condition"} <= set(page.facts)


def test_never_able_to_work_is_waived_and_looked_at_again_after_three_years(place, moment):
    interview = place.claim()
    never = {**HEALTH, "severe_condition": True, "could_ever_work": "no"}
    conversation = talk(place, interview, never, now=moment())
    decision = verbs.decide(
        conversation, Wish("waive", reason="never_able_to_work"), by=place.agent, now=moment()
    )
    assert decision.advice == "waive"
    waiver = authorised(decision, place, moment(hour=12)).waiver
    assert waiver.review_on == date(2007, 5, 4)
    assert Task.objects.get(claim=interview.claim, closed_at=None).due_on == date(2007, 5, 4)


# V14: his father rings

PSYCHOSIS = {
    **UNABLE,
    "mental_health_condition": True,
    "mental_health_severity": "severe",
    "controlled_by_medication": False,
}


def test_a_father_who_rings_is_noted_as_speaking_for_his_son(place, moment):
    customer = place.claim().claim.customer
    customers.add_representative(
        customer,
        name="Arthur Price",
        relationship="father",
        may_speak_for=True,
        from_day=TODAY,
        by=place.agent,
        now=moment(),
    )
    conversation = verbs.start_conversation(
        customer.claims.get().interviews.get(), direction="in", by=place.agent, now=moment()
    )
    must_know = seen(conversation, place.agent, moment()).must_know
    assert any("Arthur Price" in words for words in must_know.representatives)


def test_six_months_for_a_severe_illness_of_the_mind_needs_a_reason(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, PSYCHOSIS, now=moment())
    wish = {"choice": "defer", "reason": "mental_health", "until": date(2004, 11, 4)}
    assert refusal(verbs.decide, conversation, Wish(**wish), by=place.agent, now=moment()).code == (
        "unusual_length"
    )
    long = Wish(**wish, length_reason="Six months until the new medicine can be judged.")
    decision = verbs.decide(conversation, long, by=place.agent, now=moment())
    assert decision.length_reason.startswith("Six months")


def test_with_a_severe_illness_of_the_mind_a_waiver_is_thought_of(rules):
    _given, _advice, asked = settle(rules, {**ILL, **PSYCHOSIS})
    assert "could_ever_work" in asked
    _given, never, _asked = settle(rules, {**ILL, **PSYCHOSIS, "could_ever_work": "no"})
    assert (never.choice, never.reason) == ("waive", "never_able_to_work")


# V16: a jobseeker whose health fails


def test_a_jobseeker_can_be_put_off_only_after_the_change_of_benefit(place, moment):
    interview = place.claim(benefit="jsa", group="jobseeker")
    conversation = talk(place, interview, UNABLE, now=moment())
    wish = Wish(
        "defer",
        reason="unable_now",
        until=days(28),
        evidence="medical_certificate",
        otherwise_code="customer_wishes",
        otherwise_words="He is ill.",
    )
    assert refusal(verbs.decide, conversation, wish, by=place.agent, now=moment()).code == "never_deferred"
    customers.change_benefit(
        interview.claim, "ib", why="His health has failed.", on=TODAY, by=place.agent, now=moment()
    )
    again = talk(place, place_interview(interview), UNABLE, now=moment(hour=11))
    decision = verbs.decide(
        again,
        Wish("defer", reason="unable_now", until=days(28), evidence="medical_certificate"),
        by=place.agent,
        now=moment(hour=11),
    )
    assert (decision.advice, decision.state) == ("defer", "in_force")


def test_six_months_after_the_change_of_benefit_need_a_reason_and_are_told_in_writing(place, moment):
    interview = place.claim(benefit="jsa", group="jobseeker")
    customers.change_benefit(
        interview.claim, "ib", why="His health has failed.", on=TODAY, by=place.agent, now=moment()
    )
    conversation = talk(place, place_interview(interview), UNABLE, now=moment())
    wish = {
        "choice": "defer",
        "reason": "unable_now",
        "until": date(2004, 11, 4),
        "evidence": "medical_certificate",
    }
    assert refusal(verbs.decide, conversation, Wish(**wish), by=place.agent, now=moment()).code == (
        "unusual_length"
    )
    verbs.decide(
        conversation, Wish(**wish, length_reason="The doctor said so."), by=place.agent, now=moment()
    )
    notice = Notice.objects.get()
    assert (notice.kind, "4 November 2004" in notice.html) == ("deferred", True)


def place_interview(interview):
    """The interview as the next call finds it."""
    return (
        type(interview)
        .objects.select_related("claim__customer", "claim__office__district")
        .get(pk=interview.pk)
    )


# V17: the agent's own operation

VEINS = {**HEALTH, "hospital": "just_out", "recovered_by": "2004-05-25"}


def test_the_agents_own_experience_is_no_evidence(place, moment, rules):
    conversation = talk(place, place.claim(), VEINS, now=moment())
    wish = Wish("defer", reason="recovering", until=days(21), evidence="own_experience")
    assert refusal(verbs.decide, conversation, wish, by=place.agent, now=moment()).code == "no_evidence"
    titles = " ".join(reason.title for reason in rules.reasons("evidence").values()).lower()
    assert "experience" not in titles
    assert "colleague" not in titles


def test_certificate_and_recovery_are_asked_before_the_length_is_set(place, moment, rules):
    _given, advice, asked = settle(rules, {**LONE, **HEALTH, "hospital": "just_out"})
    assert {"recovered_by", "sick_note"} <= set(asked)
    _given, advice, _asked = settle(rules, {**LONE, **VEINS})
    assert advice.until == date(2004, 5, 25)


# V19: a hand, and a note for four weeks

HAND = {
    **HEALTH,
    "short_illness_or_injury": True,
    "affects_work": True,
    "sick_note": True,
    "certificate_until": "2004-06-01",
}


def test_the_end_of_the_note_is_the_end_that_is_suggested(rules):
    _given, advice, _asked = settle(rules, {**ILL, **HAND})
    assert (advice.choice, advice.until) == ("defer", date(2004, 6, 1))


def test_the_customer_is_told_the_end_of_the_note_and_rung_five_days_before(place, moment):
    decision = deferred(place, moment, HAND, "short_illness")
    assert decision.deferral.recontact_on == date(2004, 5, 27)
    assert "1 June 2004" in Notice.objects.get().html


# V20: a job to go back to, and no use for an interview

KEPT = {**JOB, **NOTE, "sick_pay": True}


def test_with_a_job_to_return_to_the_interview_is_not_pressed(rules):
    _given, advice, _asked = settle(rules, {**ILL, **KEPT})
    assert (advice.choice, advice.reason, advice.until) == ("defer", "job_to_return", date(2004, 6, 15))


def test_the_letter_speaks_of_the_job_to_go_back_to(place, moment):
    deferred(place, moment, KEPT, "job_to_return", 42)
    assert "job to go back to" in Notice.objects.get().html


# V22: twelve months of rehabilitation

REHAB = {**HEALTH, "in_rehabilitation": True, "rehab_programme_months": 12}


def test_for_twelve_months_of_rehabilitation_six_to_nine_are_usual(rules):
    _given, advice, _asked = settle(rules, {**ILL, **REHAB})
    assert (advice.until, advice.latest) == (date(2004, 11, 4), date(2005, 2, 4))


def test_the_day_agreed_with_the_worker_is_kept_and_goes_first(place, moment):
    agreed = {**REHAB, "worker_agreed_until": "2005-02-04"}
    conversation = talk(place, place.claim(), agreed, now=moment())
    wish = Wish("defer", reason="rehabilitation", until=date(2005, 2, 4), evidence="worker_agreement")
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment())
    assert (decision.evidence, decision.facts["worker_agreed_until"]) == ("worker_agreement", "2005-02-04")
    assert "agreed with the worker" in decision.because
    assert decision.authority == "authorise_before"


# V23: the consultant


def test_it_waits_until_two_weeks_after_the_consultant_and_says_why(place, moment, rules):
    waiting = {**HEALTH, "awaiting_consultant_or_operation": True, "consultant_on": "2004-05-25"}
    _given, advice, _asked = settle(rules, {**ILL, **waiting})
    assert advice.until == date(2004, 6, 8)
    decision = deferred(place, moment, waiting, "awaiting_consultant", 35)
    assert decision.length_reason == ""
    assert "appointment or operation" in decision.because


# V25: papers only


def test_nothing_is_put_off_on_papers_alone(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="out", by=place.agent, now=moment())
    verbs.answer(conversation, {**HEALTH, **NOTE}, by=place.agent, now=moment())
    wish = Wish("defer", reason="short_illness", until=days(42), evidence="medical_certificate")
    assert refusal(verbs.decide, conversation, wish, by=place.agent, now=moment()).code == (
        "support_not_explained"
    )


def test_a_sick_note_alone_is_no_reason(rules):
    _given, advice, _asked = settle(rules, {**ILL, **HEALTH, **ABLE, **NOTE})
    assert (advice.choice, advice.row) == ("book", "R850")
    assert "affects_work" in advice.probe


def test_an_exception_is_in_the_record_with_its_reason(place, moment):
    interview = place.claim()
    view = {"not_asked_because": "not_reached_papers_only"}
    conversation = talk(place, interview, HAND, view=view, now=moment())
    wish = Wish("defer", reason="short_illness", until=days(28), evidence="medical_certificate")
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment())
    why = queries.why(queries.get_decision(place.leader, decision.ref), place.leader)
    assert why.not_asked == "Nobody could be reached and only the form was there"


# V26: so that the money comes faster


def test_there_is_no_reason_for_faster_benefit(place, moment, rules):
    titles = " ".join(reason.title for reason in rules.reasons("deferral").values()).lower()
    assert not any(word in titles for word in ("benefit faster", "processing", "workload", "busy"))
    assert "faster benefit processing" in rules.value("principles.not_a_reason")
    conversation = talk(place, place.claim(), NO_JOURNEY, now=moment())
    wish = Wish("defer", reason="faster_benefit", until=days(28))
    assert refusal(verbs.decide, conversation, wish, by=place.agent, now=moment()).code == "no_reason"


def test_a_leader_who_doubts_a_deferral_asks_the_agent(place, moment):
    check = deferred(place, moment).check_made
    verbs.ask_back(check, "Was it for the money?", by=place.leader, now=moment(hour=12))
    task = Task.objects.get(kind="answer_check", closed_at=None)
    assert (task.person, task.words) == (place.agent.person, "Was it for the money?")


# V28: one word


def test_one_word_raises_the_question_how_bad_it_is(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.write_notes(conversation, "Customer suffering from depression.", by=place.agent, now=moment())
    assert seen(conversation, place.agent, moment()).prompts[0].page.facts == ("mental_health_severity",)


def test_depression_without_how_bad_it_is_cannot_be_the_reason(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.answer(conversation, {**HEALTH, "mental_health_condition": True}, by=place.agent, now=moment())
    verbs.explain_support(conversation, ["better_off"], by=place.agent, now=moment())
    verbs.offer_interview(conversation, wanted=False, by=place.agent, now=moment())
    verbs.give_view(conversation, **VIEW, by=place.agent, now=moment())
    wish = Wish(
        "defer",
        reason="mental_health",
        until=days(28),
        otherwise_code="customer_wishes",
        otherwise_words="She is depressed.",
    )
    refused = refusal(verbs.decide, conversation, wish, by=place.agent, now=moment())
    assert refused.code == "not_asked_yet"
    assert "How much does it affect a normal day?" in refused.message


# V29: an empty stomach


def test_the_letter_gives_the_whole_length_and_speaks_of_food_and_medicine(place, moment):
    wanted = slot(place, moment(day=1), assessor=place.assessor)
    verbs.book_interview(place.claim(), wanted, by=place.agent, now=moment())
    letter = Notice.objects.get().html
    assert "about 75 minutes" in letter
    assert "Please eat before your visit, and take or bring any medicine" in letter
    assert "they are cared for during all of that time" in letter


# V31: a bad day


def test_a_bad_day_is_put_off_the_same_morning_and_is_no_failure(place, moment):
    interview = place.claim()
    verbs.book_interview(interview, slot(place, moment(day=1, hour=14)), by=place.agent, now=moment())
    decision = verbs.decide_again(
        interview,
        Wish(
            "defer",
            reason="unwell_on_the_day",
            until=days(8),
            otherwise_code="customer_wishes",
            otherwise_words="Cannot get up today.",
        ),
        stage="before_interview",
        table=FIRST_CONTACT,
        given={**HEALTH, "able_to_take_part": False},
        words="A bad day; most are better.",
        view=VIEW,
        by=place.agent,
        now=moment(day=1, hour=9),
    )
    interview.refresh_from_db()
    assert (interview.state, decision.deferral.until) == ("deferred", days(8))
    assert "interview_not_held" not in happened(interview.claim)
    assert Appointment.objects.get().reason == "deferred_instead"


def test_another_day_at_a_word_is_no_failure_either(place, moment):
    interview = place.claim()
    first = verbs.book_interview(interview, slot(place, moment(day=1, hour=14)), by=place.agent, now=moment())
    verbs.move_interview(
        first,
        slot(place, moment(day=3, hour=14)),
        caused_by="customer",
        reason="customer_unwell",
        by=place.agent,
        now=moment(day=1, hour=9),
    )
    interview.refresh_from_db()
    assert interview.state == "booked"
    assert happened(interview.claim)[-1] == "interview_moved"


# V32: separated


def test_two_weeks_for_a_separation_need_no_further_reason(place, moment):
    alone = {"loss_matters": True, "newly_separated_and_distressed": True, "distressed": True}
    interview = place.claim(benefit="is", group="lone_parent")
    decision = deferred(place, moment, alone, "separation", 14, interview=interview)
    assert (decision.advice, decision.length_reason) == ("defer", "")


# V34: cut short


def test_an_interview_cannot_end_without_its_next_step(place, moment):
    interview = place.claim()
    appointment = verbs.book_interview(interview, slot(place, moment(day=1)), by=place.agent, now=moment())
    sitting = sit(place, appointment)
    no_day = NextWish("follow_up", about="Ring.")
    held = Ended("held", understood="yes")
    refused = refusal(settling.settle, sitting, held, no_day, by=place.adviser, now=appointment.ends_at)
    assert refused.code == "no_day"
    run_day(days(4), now=moment(day=4, hour=6))
    left = Task.objects.get(claim=interview.claim, closed_at=None)
    assert (left.kind, left.escalation) == ("hold_interview", TO_LEADER)


def test_an_interview_put_off_half_way_is_told_in_a_letter(place, moment):
    interview = place.claim()
    verbs.book_interview(interview, slot(place, moment(day=1)), by=place.agent, now=moment())
    verbs.decide_again(
        interview,
        Wish(
            "defer",
            reason="distress",
            until=days(15),
            otherwise_code="fact_not_in_questions",
            otherwise_words="He wept after ten minutes.",
        ),
        stage="at_interview",
        table=FIRST_CONTACT,
        given={"distressed": True},
        words="He wept and went home.",
        view={"not_asked_because": "customer_too_upset"},
        by=place.adviser,
        now=moment(day=1, hour=10, minute=20),
    )
    letters = Notice.objects.exclude(state="withdrawn").order_by("id")
    assert letters.last().kind == "deferred"
    assert "19 May 2004" in letters.last().html


def test_a_shortened_interview_is_settled_as_counting_or_not_by_a_person(place, moment):
    interview = place.claim()
    appointment = verbs.book_interview(interview, slot(place, moment(day=1)), by=place.agent, now=moment())
    sitting = sit(place, appointment)
    done = {"by": place.adviser, "now": appointment.ends_at}
    cut = {"outcome": "shortened", "why": "He had to go to work."}
    assert refusal(settling.settle, sitting, Ended(**cut), NextWish("rebook"), **done).code == "counts_open"
    settled = settling.settle(sitting, Ended(**cut, counts=False), NextWish("rebook"), **done)
    interview.refresh_from_db()
    assert (settled.outcome, settled.counts, interview.state) == ("shortened", False, "due")
    assert Notice.objects.filter(kind="shortened").exists()


# V35: nobody rang


def test_a_call_not_made_is_the_leaders_after_one_day_and_the_managers_after_three(place, moment):
    task = Task.objects.get(claim=deferred(place, moment).interview.claim, kind="recontact")
    assert task.due_on == date(2004, 5, 27)
    run_day(date(2004, 5, 28), now=moment(day=24, hour=6))
    assert list(worklist.escalated_in(place.manager.team.office_id, TO_LEADER)) == [task]
    assert not worklist.escalated_in(place.manager.team.office_id, TO_MANAGER).exists()
    run_day(date(2004, 6, 1), now=moment(day=28, hour=6))
    assert list(worklist.escalated_in(place.manager.team.office_id, TO_MANAGER)) == [task]


def test_an_office_that_rings_nobody_has_every_recontact_late(place, moment):
    for _ in range(3):
        deferred(place, moment)
    late = worklist.late_in(place.manager.team.office_id, date(2004, 6, 1)).filter(kind="recontact")
    assert late.count() == Task.objects.filter(kind="recontact", closed_at=None).count() == 3


# V37: he rings himself


def test_who_answers_sees_what_is_due_since_when(place, moment):
    claim = deferred(place, moment).interview.claim
    verbs.agree(claim.interviews.get().decisions.get().check_made, by=place.leader, now=moment(hour=12))
    summary = queries.summary(claim.customer, place.agent, date(2004, 6, 1))
    assert (summary.next_task.kind, summary.next_task.due_on) == ("recontact", date(2004, 5, 27))
    assert summary.now.deferred_until == date(2004, 6, 1)


def test_his_own_page_shows_what_is_put_off_and_when_somebody_rings(place, moment):
    customer = deferred(place, moment).interview.claim.customer
    own = own_page.own(customer, TODAY)
    assert (own.now.state, own.now.deferred_until) == ("deferred", date(2004, 6, 1))
    assert (own.next_task.kind, own.next_task.due_on) == ("recontact", date(2004, 5, 27))


def test_the_interview_he_asks_for_is_booked_in_one_step(place, moment):
    interview = deferred(place, moment).interview
    verbs.bring_forward(
        interview,
        asked_by="customer",
        words="He rang: nobody had.",
        slot=slot(place, moment(day=30)),
        by=place.agent,
        now=moment(day=28),
    )
    interview.refresh_from_db()
    assert interview.state == "booked"
    assert kinds(interview.claim) - {"check"} == {"hold_interview"}
    assert interview.deferrals.get().outcome == "brought_forward"


# V38: a new agent


def test_a_question_in_mid_call_is_answered_in_place(place, moment):
    conversation = verbs.start_conversation(place.claim(), direction="in", by=place.agent, now=moment())
    verbs.hold(conversation, by=place.agent, now=moment())
    question = verbs.consult(conversation, "May a carer wait?", by=place.agent, now=moment())
    assert Task.objects.get(question=question).team == place.leader.team
    verbs.answer_question(question, "Yes, if nobody can stand in.", by=place.leader, now=moment(minute=3))
    verbs.resume(conversation, by=place.agent, now=moment(minute=4))
    shown = seen(conversation, place.agent, moment(minute=4)).questions
    assert [one.answer for one in shown] == ["Yes, if nobody can stand in."]


def test_an_agent_who_decides_alone_is_checked_the_same_day(place, moment):
    decision = deferred(place, moment)
    assert (decision.state, decision.authority) == ("in_force", "check_after")
    assert decision.check_made.task.due_on == TODAY


# V40 and V41: who wants to come, comes


def test_a_terminally_ill_customer_who_wants_to_come_is_booked(rules):
    _given, advice, _asked = settle(rules, {**ILL, **TERMINAL, "wants_interview": True})
    assert advice.choice == "book"
    assert any(row["id"] == "R100" for row in matched(advice))


def matched(advice) -> list[dict]:
    """The rows that fit the facts, the one that won among them."""
    return [row for row in advice.trace.to_json()["rows"] if row["verdict"] == "matched"]


DEATH = {"loss_matters": True, "bereaved_recently": True, "bereaved_on": "2004-04-13"}
WIDOW = {"benefit": "bereavement", "group": "bereaved", "wants_interview": False}


def test_a_widow_who_wants_help_with_her_affairs_is_booked(rules):
    _given, advice, _asked = settle(rules, {**WIDOW, **DEATH, "wants_help_with_affairs": True})
    assert advice.choice == "book"
    _given, quiet, _asked = settle(rules, {**WIDOW, **DEATH, "wants_help_with_affairs": False})
    assert (quiet.choice, quiet.until) == ("defer", date(2004, 7, 13))


# V43: starts soon

START = {**WORK, "starting_work": True, "start_work_on": "2004-05-25", "start_is_certain": True}


def test_before_a_start_it_is_put_off_to_that_day_or_booked_when_the_start_is_unsure(rules):
    _given, sure, _asked = settle(rules, {**LONE, **START})
    assert (sure.choice, sure.until) == ("defer", date(2004, 5, 25))
    _given, unsure, _asked = settle(rules, {**LONE, **START, "start_is_certain": False})
    assert unsure.choice == "book"


def test_before_a_start_either_can_be_decided_with_its_reason(place, moment):
    first = place.claim(benefit="is", group="lone_parent")
    assert deferred(place, moment, START, "starting_work", 21, interview=first).advice == "defer"
    second = place.claim(benefit="is", group="lone_parent")
    wish = Wish("book", otherwise_code="start_may_fall_through", otherwise_words="It is a trial week.")
    decision = verbs.decide(talk(place, second, START, now=moment()), wish, by=place.agent, now=moment())
    assert (decision.advice, decision.choice) == ("defer", "book")


# V44: cared for him

CARING = {"caring_matters": True, "caring": True}


def test_whatever_a_carer_says_of_the_caring_nothing_is_waived(rules):
    carer = {"benefit": "ica", "group": "carer", "wants_interview": False}
    yes_no = ("substitute_care_possible", "new_carer", "child_sick", "carer_wants_break_or_work")
    for answers in product([True, False], repeat=len(yes_no)):
        said = dict(zip(yes_no, answers, strict=True))
        _given, advice, _asked = settle(rules, {**carer, **CARING, **said})
        assert advice.choice in {"book", "defer"}


def test_when_the_person_cared_for_dies_the_interview_is_open_again(place, moment):
    interview = place.claim(benefit="ica", group="carer")
    nobody = {**CARING, "substitute_care_possible": False, "help_to_attend_accepted": False}
    deferred(place, moment, nobody, "no_substitute_care", interview=interview)
    verbs.bring_forward(
        interview,
        asked_by="customer",
        words="He has died; she would like to work.",
        by=place.adviser,
        now=moment(day=10),
    )
    interview.refresh_from_db()
    assert interview.state == "due"
    assert "book" in kinds(interview.claim)


# V46: objects

AGAINST = {**VIEW, "appropriate_now": "No. I do not see what good it would do."}


def test_what_the_customer_holds_against_it_is_read_by_the_adviser(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, NO_JOURNEY, view=AGAINST, now=moment())
    wish = Wish(
        "book",
        slot=slot(place, moment(day=2), mode="phone"),
        otherwise_code="adviser_to_judge_face_to_face",
        otherwise_words="He could take part, and would rather not.",
    )
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment())
    read = queries.get_decision(place.adviser, decision.ref)
    assert read.otherwise_words == "He could take part, and would rather not."
    assert read.conversation.view.appropriate_now == AGAINST["appropriate_now"]


def test_the_adviser_then_decides_alone(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, {**HEALTH, **ABLE}, view=AGAINST, now=moment())
    verbs.decide(conversation, Wish("book", slot=slot(place, moment(day=2))), by=place.agent, now=moment())
    decision = verbs.decide_again(
        interview,
        Wish(
            "defer",
            reason="other_circumstance",
            until=days(30),
            otherwise_code="customer_wishes",
            otherwise_words="His back is worse than it sounded.",
        ),
        stage="before_interview",
        table=FIRST_CONTACT,
        given=HEALTH,
        words="His back.",
        view=AGAINST,
        by=place.adviser,
        now=moment(day=1),
    )
    assert (decision.authority, decision.state) == ("none", "in_force")
    assert timedelta(days=30) == decision.until - TODAY
