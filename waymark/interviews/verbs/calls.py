"""The course of a call: begun, held, broken off, taken up again, ended."""

from datetime import datetime
from typing import Any

from django.db import transaction

from waymark.customers import queries as customers
from waymark.interviews import access
from waymark.interviews.enums import CALL_LIFE, CallState, Direction, InterviewState
from waymark.interviews.models import Conversation, Interview
from waymark.interviews.verbs.common import CALL_TASKS, lock, owner_after, refs, rules_for, team
from waymark.interviews.verbs.talking import save_answers, touch
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_tasks, open_task


@transaction.atomic
def start_conversation(
    interview: Interview, *, direction: Direction, by: Post, now: datetime
) -> Conversation:
    """Begin to talk, or go on with a conversation that was begun: there is one unfinished one at most."""
    interview = lock(interview)
    insist(access.may_act(interview, by))
    if direction == Direction.OUT:
        insist(access.may_ring(interview.claim, customers.open_stop(interview.claim.customer)))
    unfinished = interview.conversations.exclude(state=CallState.FINISHED).first()
    if unfinished is not None:
        return resume(unfinished, by=by, now=now)
    if interview.state not in {InterviewState.DUE, InterviewState.BOOKED}:
        raise Refused(
            "nothing_to_settle",
            f"This interview is {interview.get_state_display()}.",
            "To talk about it anew, bring it forward or record a contact.",
        )
    claim = interview.claim
    rules = rules_for(claim, day_of(now))
    conversation = Conversation.objects.create(
        ref=new_ref("K"),
        interview=interview,
        pack_id=rules.version.pk,
        direction=direction,
        agent=by,
        started_at=now,
        touched_at=now,
    )
    known: dict[str, Any] = {"benefit": claim.benefit, "group": claim.group}
    if claim.period_until is not None:
        known["wholly_retrospective"] = claim.wholly_retrospective_on(day_of(now))
    save_answers(conversation, {k: v for k, v in known.items() if k in rules.facts}, now)
    Task.objects.filter(claim=claim, closed_at=None, kind__in=CALL_TASKS, person=None).update(
        person=by.person
    )
    note_event(Happened.CALL_STARTED, by=by, now=now, direction=direction, **refs(claim))
    return conversation


@transaction.atomic
def hold(conversation: Conversation, *, by: Post, now: datetime) -> Conversation:
    """The customer waits on the line while somebody is asked."""
    insist(access.may_talk(conversation, by))
    _move(conversation, CallState.ON_HOLD, now)
    note_event(Happened.CALL_ON_HOLD, by=by, now=now, **refs(conversation.interview.claim))
    return conversation


@transaction.atomic
def break_off(
    conversation: Conversation,
    *,
    why: str,
    window: tuple[datetime, datetime] | None = None,
    by: Post,
    now: datetime,
) -> Conversation:
    """The call ended before a decision: what was said is kept, and finishing it is the next step."""
    insist(access.may_talk(conversation, by))
    _move(conversation, CallState.BROKEN_OFF, now)
    claim = conversation.interview.claim
    close_tasks(claim, *CALL_TASKS, by=by, now=now)
    open_task(
        claim,
        TaskKind.FINISH_CALL,
        team=team(claim.office, TeamKind.FIRST_CONTACT),
        person=by.person,
        due_on=day_of(window[0]) if window else day_of(now),
        window=window,
        origin=Happened.CALL_BROKEN_OFF,
        words=why,
        by=by,
        now=now,
    )
    note_event(Happened.CALL_BROKEN_OFF, by=by, now=now, why=why, **refs(claim))
    return conversation


@transaction.atomic
def leave_off(conversation: Conversation, *, now: datetime) -> Conversation:
    """A conversation that nobody ended (a browser closed, a line that died) becomes one to finish, owned by its agent.

    When the agent has left it is their team's, and when that has closed, the team's that makes the calls now.
    """
    claim = conversation.interview.claim
    finishing, person = owner_after(conversation.agent, claim.office, TeamKind.FIRST_CONTACT)
    _move(conversation, CallState.BROKEN_OFF, now)
    close_tasks(claim, *CALL_TASKS, by=None, now=now)
    open_task(
        claim,
        TaskKind.FINISH_CALL,
        team=finishing,
        person=person,
        due_on=day_of(now),
        origin=Happened.CALL_BROKEN_OFF,
        words="Nobody ended this conversation.",
        by=None,
        now=now,
    )
    note_event(
        Happened.CALL_BROKEN_OFF, by=None, now=now, why="Nobody ended this conversation.", **refs(claim)
    )
    return conversation


@transaction.atomic
def resume(conversation: Conversation, *, by: Post, now: datetime) -> Conversation:
    """Go on where it was left; a colleague who resumes it takes it over."""
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    insist(access.may_act(conversation.interview, by))
    taken_over = conversation.agent.person_id != by.person_id
    if conversation.state == CallState.OPEN and not taken_over:
        return conversation
    if conversation.state != CallState.OPEN:
        CALL_LIFE.insist(conversation.state, CallState.OPEN)
    conversation.state, conversation.agent, conversation.touched_at = CallState.OPEN, by, now
    conversation.save(update_fields=["state", "agent", "touched_at"])
    claim = conversation.interview.claim
    Task.objects.filter(claim=claim, closed_at=None, kind__in=CALL_TASKS).update(person=by.person)
    note_event(Happened.CALL_RESUMED, by=by, now=now, taken_over=taken_over, **refs(claim))
    return conversation


def finish(conversation: Conversation, now: datetime) -> None:
    """Close a conversation whose decision is made; the decision's event tells of it."""
    _move(conversation, CallState.FINISHED, now)
    conversation.finished_at = now
    conversation.save(update_fields=["finished_at"])


def _move(conversation: Conversation, state: CallState, now: datetime) -> None:
    CALL_LIFE.insist(conversation.state, state)
    touch(conversation, now, state=state)
