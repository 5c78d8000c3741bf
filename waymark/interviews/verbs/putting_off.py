"""Deferrals and waivers: put in force, and ended."""

from datetime import datetime

from waymark.interviews import notice_words
from waymark.interviews.announcing import Said, announce
from waymark.interviews.enums import CHECK_LIFE, DECISION_LIFE, CheckState, DecisionState, InterviewState
from waymark.interviews.models import Check, Decision, Deferral, Interview, Waiver
from waymark.interviews.rules import recontact_day
from waymark.interviews.verbs.common import CALL_TASKS, refs, rules_for, set_state, team
from waymark.kernel.clock import day_of
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks, open_task

OVER = (
    *CALL_TASKS,
    TaskKind.HOLD_INTERVIEW,
    TaskKind.RECONTACT,
    TaskKind.SEND_RECONTACT_LETTER,
    TaskKind.HOME_VISIT,
    TaskKind.REVIEW_WAIVER,
    TaskKind.TRIGGER_MEETING,
    TaskKind.AUTHORISE,
)


def put_off(decision: Decision, *, by: Post, now: datetime) -> Deferral:
    """A deferral comes into force: re-contact is set before it ends (D:L838), and the customer is told."""
    interview, claim = decision.interview, decision.interview.claim
    on = day_of(now)
    rules = rules_for(claim, on)
    previous = end_deferral(interview, outcome="defer_again", now=now)
    end_waiver(interview, outcome="defer_again", now=now)
    assert decision.until is not None
    deferral = Deferral.objects.create(
        interview=interview,
        decision=decision,
        previous=previous,
        in_a_row=previous.in_a_row + 1 if previous else 1,
        starts_on=on,
        until=decision.until,
        recontact_on=recontact_day(
            decision.until,
            rules.value("timings.recontact_days_before_end"),
            on,
            organisations.holidays(),
        ),
    )
    if interview.state != InterviewState.DEFERRED:
        set_state(interview, InterviewState.DEFERRED)
    close_tasks(claim, *OVER, by=by, now=now)
    callers = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS)
    open_task(
        claim,
        TaskKind.RECONTACT,
        team=callers,
        due_on=deferral.recontact_on,
        origin=Happened.INTERVIEW_DEFERRED,
        words=decision.because[:300],
        by=by,
        now=now,
    )
    told = {
        **notice_words.team_that_rings(callers, claim.office),
        **notice_words.of_deferral(decision.because, deferral.until, deferral.recontact_on),
    }
    notices.queue_notice(claim, NoticeKind.DEFERRED, words=told, rules=rules, by=by, now=now)
    note_event(
        Happened.INTERVIEW_DEFERRED,
        by=by,
        now=now,
        why=decision.because,
        until=deferral.until.isoformat(),
        recontact_on=deferral.recontact_on.isoformat(),
        in_a_row=deferral.in_a_row,
        **_who(decision, by),
        **_view(decision),
        **refs(claim),
    )
    announce(claim, Said.DEFERRED, by=by, now=now)
    return deferral


def waive(decision: Decision, *, by: Post, now: datetime) -> Waiver:
    """A waiver comes into force: it is reviewed (D:L290), and the customer is told how to come back."""
    interview, claim = decision.interview, decision.interview.claim
    on = day_of(now)
    rules = rules_for(claim, on)
    end_deferral(interview, outcome="waive", now=now)
    end_waiver(interview, outcome="continues", now=now)
    assert decision.review_on is not None
    waiver = Waiver.objects.create(
        interview=interview, decision=decision, starts_on=on, review_on=decision.review_on
    )
    if interview.state != InterviewState.WAIVED:
        set_state(interview, InterviewState.WAIVED)
    close_tasks(claim, *OVER, by=by, now=now)
    open_task(
        claim,
        TaskKind.REVIEW_WAIVER,
        team=team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS),
        due_on=waiver.review_on,
        origin=Happened.INTERVIEW_WAIVED,
        words=decision.because[:300],
        by=by,
        now=now,
    )
    told = {
        **notice_words.advisers_of(claim.office),
        "reason": decision.because,
        "review_on": waiver.review_on,
    }
    notices.queue_notice(claim, NoticeKind.WAIVED, words=told, rules=rules, by=by, now=now)
    note_event(
        Happened.INTERVIEW_WAIVED,
        by=by,
        now=now,
        why=decision.because,
        review_on=waiver.review_on.isoformat(),
        **_who(decision, by),
        **_view(decision),
        **refs(claim),
    )
    announce(claim, Said.WAIVED, by=by, now=now)
    return waiver


def end_deferral(interview: Interview, *, outcome: str, now: datetime, changed: str = "") -> Deferral | None:
    """End the open deferral, if there is one; says which."""
    deferral = interview.deferrals.filter(ended_on=None).first()
    if deferral is None:
        return None
    deferral.ended_on, deferral.outcome = max(day_of(now), deferral.starts_on), outcome
    deferral.changed = changed or deferral.changed
    deferral.save(update_fields=["ended_on", "outcome", "changed"])
    _end(deferral.decision)
    return deferral


def end_waiver(interview: Interview, *, outcome: str, now: datetime) -> Waiver | None:
    """End the open waiver, if there is one; says which."""
    waiver = interview.waivers.filter(ended_on=None).first()
    if waiver is None:
        return None
    waiver.ended_on, waiver.outcome = day_of(now), outcome
    waiver.save(update_fields=["ended_on", "outcome"])
    _end(waiver.decision)
    return waiver


def drop_proposals(interview: Interview, *, by: Post, now: datetime) -> None:
    """Proposals that wait for authority are overtaken by what is decided now."""
    if not interview.decisions.filter(state=DecisionState.PROPOSED).exists():
        return
    for check in Check.objects.filter(
        decision__interview=interview, decision__state=DecisionState.PROPOSED
    ).select_related("decision", "task"):
        CHECK_LIFE.insist(check.state, CheckState.OVERTAKEN)
        check.state = CheckState.OVERTAKEN
        check.save(update_fields=["state"])
        _end(check.decision)
        overtaken = (TaskKind.AUTHORISE, TaskKind.ANSWER_CHECK)
        close_tasks(interview.claim, *overtaken, outcome=Outcome.OVERTAKEN, by=by, now=now)


def _end(decision: Decision) -> None:
    if decision.state in {DecisionState.IN_FORCE, DecisionState.PROPOSED}:
        DECISION_LIFE.insist(decision.state, DecisionState.ENDED)
        decision.state = DecisionState.ENDED
        decision.save(update_fields=["state"])


def _who(decision: Decision, by: Post) -> dict[str, str]:
    """Who decided, and who authorised it where that is another: the event is noted by whoever put it in force."""
    decider = decision.decided_by.person
    authorised = {} if by.person_id == decider.pk else {"authorised_by": by.person.name}
    return {"decided_by": decider.name, **authorised}


def _view(decision: Decision) -> dict[str, str]:
    """What the customer would like, for the record's sentence."""
    view = getattr(decision.conversation, "view", None) if decision.conversation else None
    return {"view": view.when} if view and view.when else {}
