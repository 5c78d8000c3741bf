"""From the conversation to booked, deferred or waived, with what must follow."""

from datetime import date

import pytest

from tests.interviews.talking import talk
from waymark.daily import run_days
from waymark.interviews import verbs
from waymark.interviews.models import Conversation, Decision
from waymark.interviews.verbs import Wish
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
HOSPITAL = {
    "health_matters": True,
    "hospital": "due_within_two_weeks",
    "hospital_stay": {"start": "2004-05-18", "end": "2004-05-25"},
    "recovered_by": "2004-06-30",
    "terminal_illness": False,
    "progressive_condition": False,
    "severe_condition": False,
    "contagious_disease": False,
}
HOSPITAL_WISH = Wish(choice="defer", reason="hospital_due", until=date(2004, 6, 30), evidence="customer_word")


def open_kinds(interview) -> set[str]:
    return set(Task.objects.filter(claim=interview.claim, closed_at=None).values_list("kind", flat=True))


def defer_for_hospital(place, now, **fields) -> Decision:
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, now=now, **fields)
    return verbs.decide(conversation, HOSPITAL_WISH, by=place.agent, now=now)


def test_a_new_claim_has_a_first_call_due_and_an_interview_within_four_days(place):
    interview = place.claim()
    assert open_kinds(interview) == {"first_call"}
    assert interview.due_by == date(2004, 5, 10)  # 8 May is a Saturday (D:L572)


def test_a_deferral_sets_the_recontact_five_days_before_its_end(place, moment):
    decision = defer_for_hospital(place, moment())
    deferral = decision.deferral
    assert deferral.until == date(2004, 6, 30)
    assert deferral.recontact_on == date(2004, 6, 25)  # D:L838
    recontact = Task.objects.get(claim=decision.interview.claim, kind="recontact")
    assert (recontact.due_on, recontact.team.kind) == (date(2004, 6, 25), "deferrals")


def test_a_deferral_is_told_in_writing_with_reason_and_date(place, moment):
    decision = defer_for_hospital(place, moment())
    notice = Notice.objects.get(claim=decision.interview.claim)
    assert notice.kind == "deferred"
    assert "30 June 2004" in notice.html


def test_a_deferral_by_an_agent_is_checked_by_a_team_leader_the_same_day(place, moment):
    decision = defer_for_hospital(place, moment())
    assert decision.authority == "check_after"
    assert decision.state == "in_force"
    task = decision.check_made.task
    assert (task.kind, task.due_on, task.team) == ("check", date(2004, 5, 4), place.leader.team)


def test_the_decision_keeps_facts_trace_and_version_and_replays(place, moment):
    decision = defer_for_hospital(place, moment())
    assert decision.facts["hospital"] == "due_within_two_weeks"
    trace, same = verbs.replay(decision)
    assert same
    assert trace.evaluation.outputs["advice"] == "defer"


def test_nothing_is_decided_before_the_support_is_explained(place, moment):
    interview = place.claim()
    conversation = verbs.start_conversation(interview, direction="out", by=place.agent, now=moment())
    with pytest.raises(Refused) as refused:
        verbs.decide(conversation, HOSPITAL_WISH, by=place.agent, now=moment())
    assert refused.value.code == "support_not_explained"


def test_nothing_is_deferred_without_the_customers_four_answers(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, view=None, now=moment())
    with pytest.raises(Refused) as refused:
        verbs.decide(conversation, HOSPITAL_WISH, by=place.agent, now=moment())
    assert refused.value.code == "view_missing"


def test_three_answers_of_four_are_refused_and_counted(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, view=None, now=moment())
    with pytest.raises(Refused) as refused:
        verbs.give_view(
            conversation,
            appropriate_now="no",
            when="June",
            support_wanted="none",
            by=place.agent,
            now=moment(),
        )
    assert "1 of the four" in refused.value.message


def test_why_the_four_were_not_asked_will_do(place, moment):
    interview = place.claim()
    conversation = talk(
        place, interview, HOSPITAL, view={"not_asked_because": "customer_too_unwell"}, now=moment()
    )
    assert verbs.decide(conversation, HOSPITAL_WISH, by=place.agent, now=moment()).state == "in_force"


def test_deciding_otherwise_needs_a_reason(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, now=moment())
    with pytest.raises(Refused) as refused:
        verbs.decide(conversation, Wish(choice="book"), by=place.agent, now=moment())
    assert refused.value.code == "other_than_advised"


def test_deciding_otherwise_with_a_reason_is_kept_beside_the_advice(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, now=moment())
    wish = Wish(choice="book", otherwise_code="other_way_found", otherwise_words="She can talk by telephone.")
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment())
    assert (decision.advice, decision.choice) == ("defer", "book")
    assert decision.otherwise_words == "She can talk by telephone."


def test_a_length_out_of_the_usual_range_needs_a_reason(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, now=moment())
    long = Wish(choice="defer", reason="hospital_due", until=date(2004, 10, 1), evidence="customer_word")
    with pytest.raises(Refused) as refused:
        verbs.decide(conversation, long, by=place.agent, now=moment())
    assert refused.value.code == "unusual_length"


def test_more_than_six_months_waits_for_the_team_leader(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, now=moment())
    wish = Wish(
        choice="defer",
        reason="hospital_due",
        until=date(2004, 12, 1),
        evidence="customer_word",
        length_reason="Two operations, one after the other.",
    )
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment())
    assert (decision.authority, decision.state) == ("authorise_before", "proposed")
    assert open_kinds(interview) == {"authorise"}
    assert not Notice.objects.exists()
    verbs.agree(decision.check_made, by=place.leader, now=moment(hour=11))
    decision.refresh_from_db()
    assert decision.state == "in_force"
    assert open_kinds(interview) == {"recontact"}
    assert Notice.objects.get().kind == "deferred"


TERMINAL = {
    "health_matters": True,
    "terminal_illness": True,
    "contagious_disease": False,
    "hospital": "none",
}


def test_a_waiver_is_authorised_before_and_reviewed_after_three_years(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, TERMINAL, now=moment())
    decision = verbs.decide(
        conversation,
        Wish(choice="waive", reason="terminal_illness", stop_contact=True),
        by=place.agent,
        now=moment(),
    )
    assert decision.state == "proposed"
    verbs.agree(decision.check_made, by=place.leader, now=moment(hour=12))
    decision.refresh_from_db()
    assert decision.waiver.review_on == date(2007, 5, 4)  # D:L290
    assert Task.objects.get(claim=interview.claim, kind="review_waiver").due_on == date(2007, 5, 4)
    assert Notice.objects.get().state == "held"


def test_a_leader_does_not_check_their_own_decision(place, moment):
    interview = place.claim()
    conversation = talk(place, interview, HOSPITAL, by=place.leader, now=moment())
    decision = verbs.decide(conversation, HOSPITAL_WISH, by=place.leader, now=moment())
    with pytest.raises(Refused) as refused:
        verbs.agree(decision.check_made, by=place.leader, now=moment())
    assert refused.value.code == "own_decision"


def test_a_reversal_makes_booking_the_next_step_and_withdraws_the_letter(place, moment):
    decision = defer_for_hospital(place, moment())
    verbs.reverse(decision.check_made, words="She wants to come.", by=place.leader, now=moment(hour=15))
    interview = decision.interview
    interview.refresh_from_db()
    decision.refresh_from_db()
    assert (interview.state, decision.state) == ("due", "reversed")
    assert open_kinds(interview) == {"book"}
    assert Notice.objects.get().state == "withdrawn"


def test_a_question_back_goes_to_the_decider_and_returns(place, moment):
    check = defer_for_hospital(place, moment()).check_made
    verbs.ask_back(check, "Is the date certain?", by=place.leader, now=moment(hour=12))
    task = Task.objects.get(kind="answer_check")
    assert task.person == place.agent.person
    check = verbs.answer_check(check, "Yes, from the hospital's letter.", by=place.agent, now=moment(hour=13))
    assert check.state == "waiting"
    assert verbs.agree(check, by=place.leader, now=moment(hour=14)).state == "agreed"


def test_jobseekers_are_never_deferred(place, moment):
    interview = place.claim(benefit="jsa", group="jobseeker")
    conversation = talk(place, interview, HOSPITAL, now=moment())
    wish = Wish(
        choice="defer",
        reason="hospital_due",
        until=date(2004, 6, 30),
        evidence="customer_word",
        otherwise_code="customer_wishes",
        otherwise_words="He asks for it.",
    )
    with pytest.raises(Refused) as refused:
        verbs.decide(conversation, wish, by=place.agent, now=moment())
    assert refused.value.code == "never_deferred"


def test_a_conversation_left_open_overnight_becomes_one_to_finish(place, moment):
    from_yesterday = place.claim()
    verbs.start_conversation(from_yesterday, direction="in", by=place.agent, now=moment())
    run_days(date(2004, 5, 5), now=moment(day=1, hour=6))
    assert open_kinds(from_yesterday) == {"finish_call"}
    assert Conversation.objects.get().state == "broken_off"


def test_every_step_is_in_the_record(place, moment):
    decision = defer_for_hospital(place, moment())
    kinds = list(
        Event.objects.filter(claim_ref=decision.interview.claim.ref)
        .order_by("id")
        .values_list("kind", flat=True)
    )
    assert kinds == [
        "claim_made",
        "requirement_settled",
        "call_started",
        "support_explained",
        "interview_offered",
        "view_given",
        "notice_queued",
        "interview_deferred",
    ]


def test_the_record_of_a_waiver_names_who_decided_and_who_authorised(place, moment):
    conversation = talk(place, place.claim(), TERMINAL, now=moment())
    wish = Wish(choice="waive", reason="terminal_illness")
    decision = verbs.decide(conversation, wish, by=place.agent, now=moment())
    verbs.agree(decision.check_made, by=place.leader, now=moment(hour=12))
    event = Event.objects.get(kind="interview_waived")
    assert event.by == place.leader
    assert event.details["decided_by"] == place.agent.person.name
    assert event.details["authorised_by"] == place.leader.person.name


def test_the_record_of_a_deferral_decided_alone_names_nobody_who_authorised(place, moment):
    defer_for_hospital(place, moment())
    event = Event.objects.get(kind="interview_deferred")
    assert event.details["decided_by"] == place.agent.person.name
    assert "authorised_by" not in event.details


def test_ending_the_claim_leaves_nothing_open(place, moment):
    decision = defer_for_hospital(place, moment())
    claim = decision.interview.claim
    verbs.end_claim(claim, reason="started_work", on=date(2004, 5, 20), by=place.adviser, now=moment(day=16))
    assert not Task.objects.filter(claim=claim, closed_at=None).exists()
    assert dict(Notice.objects.values_list("kind", "state")) == {
        "deferred": "withdrawn",
        "claim_ended": "waiting",
    }
    assert decision.interview.deferrals.get().ended_on == date(2004, 5, 20)
