"""A second person looks: authorises before, or checks after; asks back; reverses."""

from datetime import datetime

from django.db import transaction

from waymark.interviews import access
from waymark.interviews.enums import CHECK_LIFE, DECISION_LIFE, Authority, CheckState, Choice, DecisionState
from waymark.interviews.models import Check, Decision, Interview
from waymark.interviews.verbs.common import CALL_TASKS, owner_after, refs, team
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_task, close_tasks, open_task

WAITS_FOR_AUTHORITY = (*CALL_TASKS, TaskKind.RECONTACT, TaskKind.REVIEW_WAIVER)


def open_check(decision: Decision, rules: Rules, *, by: Post, now: datetime) -> Check:
    """Put a decision in the queue of team leaders: every deferral and waiver passes through it (D:L773)."""
    before = decision.authority == Authority.AUTHORISE_BEFORE
    days = rules.value(
        "timings.authorise_within_working_days" if before else "timings.check_after_working_days"
    )
    claim = decision.interview.claim
    if before:
        close_tasks(claim, *WAITS_FOR_AUTHORITY, by=by, now=now)
    task = open_task(
        claim,
        TaskKind.AUTHORISE if before else TaskKind.CHECK,
        team=team(by.team.office, TeamKind.LEADERS, TeamKind.MANAGERS),
        due_on=add_working_days(day_of(now), days, organisations.holidays()),
        origin=Happened.INTERVIEW_WAIVED if decision.choice == Choice.WAIVE else Happened.INTERVIEW_DEFERRED,
        words=decision.because[:300],
        by=by,
        now=now,
    )
    return Check.objects.create(decision=decision, task=task)


@transaction.atomic
def ask_back(check: Check, question: str, *, by: Post, now: datetime) -> Check:
    """A question to who decided, or to the team when they have left; the check waits for the answer."""
    check = locked(check)
    insist(access.may_look_again(check, by))
    if not question.strip():
        raise Refused("no_question", "The question is empty.", "Write what you want to know.")
    CHECK_LIFE.insist(check.state, CheckState.ASKED_BACK)
    check.state, check.question, check.answer = CheckState.ASKED_BACK, question, ""
    check.save(update_fields=["state", "question", "answer"])
    decision = check.decision
    claim = decision.interview.claim
    answering, person = owner_after(
        decision.decided_by, claim.office, TeamKind.FIRST_CONTACT, TeamKind.ADVISERS
    )
    open_task(
        claim,
        TaskKind.ANSWER_CHECK,
        team=answering,
        person=person,
        due_on=day_of(now),
        origin=Happened.DECISION_ASKED_BACK,
        words=question[:300],
        by=by,
        now=now,
    )
    note_event(Happened.DECISION_ASKED_BACK, by=by, now=now, why=question, **refs(claim))
    return check


@transaction.atomic
def answer_check(check: Check, words: str, *, by: Post, now: datetime) -> Check:
    """Who decided, or a colleague of the team, answers; the check goes on."""
    check = locked(check)
    claim = check.decision.interview.claim
    insist(access.may_reach(claim, by))
    if not words.strip():
        raise Refused("no_answer", "The answer is empty.", "Write it in a sentence.")
    CHECK_LIFE.insist(check.state, CheckState.WAITING)
    check.state, check.answer = CheckState.WAITING, words
    check.save(update_fields=["state", "answer"])
    close_tasks(claim, TaskKind.ANSWER_CHECK, by=by, now=now)
    note_event(Happened.DECISION_ANSWERED, by=by, now=now, why=words, **refs(claim))
    return check


def close_check(check: Check, state: CheckState, words: str, by: Post, now: datetime) -> Check:
    """Settle a check as agreed or reversed."""
    CHECK_LIFE.insist(check.state, state)
    check.state, check.words, check.looked_at_by, check.looked_at = state, words, by, now
    check.save(update_fields=["state", "words", "looked_at_by", "looked_at"])
    close_task(check.task, by=by, now=now)
    close_tasks(
        check.decision.interview.claim, TaskKind.ANSWER_CHECK, outcome=Outcome.OVERTAKEN, by=by, now=now
    )
    return check


def overtake_checks(interview: Interview, *, by: Post | None, now: datetime) -> None:
    """The claim has ended: nobody needs to look any more."""
    open_states = [CheckState.WAITING, CheckState.ASKED_BACK]
    for check in Check.objects.filter(decision__interview=interview, state__in=open_states):
        CHECK_LIFE.insist(check.state, CheckState.OVERTAKEN)
        check.state = CheckState.OVERTAKEN
        check.save(update_fields=["state"])
        close_task(check.task, outcome=Outcome.OVERTAKEN, by=by, now=now)


def mark_reversed(decision: Decision) -> bool:
    """Set a decision reversed; says whether it still held (one that had ended on its own no longer does)."""
    if decision.state == DecisionState.ENDED:
        return False
    DECISION_LIFE.insist(decision.state, DecisionState.REVERSED)
    decision.state = DecisionState.REVERSED
    decision.save(update_fields=["state"])
    return True


def locked(check: Check) -> Check:
    """The check with all it is about, held against others."""
    return (
        Check.objects.select_for_update(of=("self",))
        .select_related(
            "task",
            "decision__decided_by__person",
            "decision__decided_by__team__office",
            "decision__interview__claim__customer",
            "decision__interview__claim__office__district",
            "decision__conversation",
        )
        .get(pk=check.pk)
    )
