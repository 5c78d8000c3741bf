"""Calls and the conversation: everything is saved as it is said, so that nothing typed is lost."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from waymark.customers import queries as customers
from waymark.interviews import access
from waymark.interviews.enums import CALL_LIFE, CallState, Direction, InterviewState, Stage
from waymark.interviews.models import (
    Answer,
    CallAttempt,
    Conversation,
    CustomerView,
    Interview,
    Question,
    Said,
)
from waymark.interviews.rules import FOUR_ANSWERS, call_again_at
from waymark.interviews.verbs.common import CALL_TASKS, lock, owner_after, refs, rules_for, team
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules, as_decided
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task, close_tasks, open_task

HOUR = timedelta(hours=1)


@transaction.atomic
def attempt_call(
    interview: Interview,
    *,
    outcome: str,
    words: str = "",
    window: tuple[datetime, datetime] | None = None,
    by: Post,
    now: datetime,
) -> CallAttempt:
    """A first call that was tried: kept, and the next one is set, at the time asked for or another time of day.

    After as many attempts as the programme says, the next step is an interview booked by letter (D:L860).
    """
    interview = lock(interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    insist(access.may_ring(claim, customers.open_stop(claim.customer)))
    rules = rules_for(claim, day_of(now))
    reason = rules.reasons("call_outcome").get(outcome)
    if reason is None:
        raise Refused("no_such_outcome", "That is no way for a call to end.", "Choose one from the list.")
    step = reason.columns["next_step"]
    if step == "call_at_agreed_time" and window is None:
        raise Refused(
            "no_time", "The customer asked to be called back.", "Write when: the day and the hours."
        )
    attempt = CallAttempt.objects.create(
        claim=claim,
        interview=interview,
        stage=Stage.FIRST_CONTACT,
        at=now,
        by=by,
        outcome=outcome,
        words=words,
    )
    if step != "go_on":
        _set_next_call(interview, reason, rules, window, by, now)
    note_event(
        Happened.CALL_BACK_AGREED if window else Happened.CALL_ATTEMPTED,
        by=by,
        now=now,
        why=words,
        outcome=reason.title,
        when=window[0].isoformat() if window else "",
        **refs(claim),
    )
    return attempt


def _set_next_call(
    interview: Interview,
    reason: Reason,
    rules: Rules,
    window: tuple[datetime, datetime] | None,
    by: Post,
    now: datetime,
) -> Task:
    """The task that follows an attempt; the earlier call tasks close."""
    claim = interview.claim
    counting = [code for code, each in rules.reasons("call_outcome").items() if each.yes("counts_as_attempt")]
    tried = interview.call_attempts.filter(stage=Stage.FIRST_CONTACT, outcome__in=counting).count()
    unreachable = reason.columns["next_step"] in {"find_number", "do_not_call"}
    close_tasks(claim, *CALL_TASKS, outcome=Outcome.DONE, by=by, now=now)
    callers = team(claim.office, TeamKind.FIRST_CONTACT)
    if unreachable or (not window and tried >= rules.value("timings.first_call_attempts_before_letter")):
        return open_task(
            claim,
            TaskKind.SEND_RECONTACT_LETTER,
            team=callers,
            due_on=day_of(now),
            origin=Happened.CALL_ATTEMPTED,
            words=reason.title,
            by=by,
            now=now,
        )
    if window is None:
        centre = callers.office
        start = call_again_at(
            now,
            reason.number("again_after_hours") or rules.value("timings.call_again_after_hours"),
            reason.yes("other_time_of_day"),
            centre.opens,
            centre.closes,
            organisations.holidays(),
        )
        window = (start, start + 2 * HOUR)
    return open_task(
        claim,
        TaskKind.CALL_BACK,
        team=callers,
        due_on=day_of(window[0]),
        window=window,
        origin=Happened.CALL_ATTEMPTED,
        words=reason.title,
        by=by,
        now=now,
    )


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
    _save_answers(conversation, {k: v for k, v in known.items() if k in rules.facts}, now)
    Task.objects.filter(claim=claim, closed_at=None, kind__in=CALL_TASKS, person=None).update(
        person=by.person
    )
    note_event(Happened.CALL_STARTED, by=by, now=now, direction=direction, **refs(claim))
    return conversation


def answer(conversation: Conversation, given: Mapping[str, Any], *, by: Post, now: datetime) -> Conversation:
    """Keep answers: fact to JSON value; None takes an answer back. Raises `BadFacts` for what cannot be read."""
    insist(access.may_talk(conversation, by))
    rules = as_decided(conversation.pack, day_of(now))
    unknown = [name for name in given if name not in rules.facts]
    kept = {name: value for name, value in given.items() if value is not None}
    parsed = rules.facts.parse(kept)
    if unknown:
        raise Refused(
            "no_such_fact", f"Nothing is asked under “{unknown[0]}”.", "Use the questions of the script."
        )
    with transaction.atomic():
        Answer.objects.filter(
            conversation=conversation, fact__in=[name for name, value in given.items() if value is None]
        ).delete()
        _save_answers(conversation, rules.facts.to_json(parsed), now)
        _touch(conversation, now, current="")
    return conversation


def jump_to(conversation: Conversation, question: str, *, by: Post, now: datetime) -> Conversation:
    """Go to a question of the script, asked or not."""
    insist(access.may_talk(conversation, by))
    return _touch(conversation, now, current=question)


def write_notes(conversation: Conversation, text: str, *, by: Post, now: datetime) -> Conversation:
    """Keep the notes as they stand."""
    insist(access.may_talk(conversation, by))
    return _touch(conversation, now, notes=text)


def say(conversation: Conversation, items: Iterable[str], *, by: Post, now: datetime) -> Conversation:
    """Keep that these items were said to the customer; `items` replaces what was ticked before."""
    insist(access.may_talk(conversation, by))
    wanted = set(items)
    with transaction.atomic():
        conversation.said.exclude(item__in=wanted).delete()
        Said.objects.bulk_create(
            [Said(conversation=conversation, item=item, said_at=now) for item in sorted(wanted)],
            ignore_conflicts=True,
        )
        _touch(conversation, now)
    return conversation


@transaction.atomic
def explain_support(
    conversation: Conversation, items: Iterable[str], *, by: Post, now: datetime
) -> Conversation:
    """The support on offer was explained, item by item."""
    said = list(items)
    if not said:
        raise Refused("nothing_explained", "No support was ticked.", "Tick what you told the customer about.")
    others = conversation.said.filter(item__startswith="say:").values_list("item", flat=True)
    say(conversation, [*said, *others], by=by, now=now)
    _touch(conversation, now, support_explained_at=conversation.support_explained_at or now)
    note_event(Happened.SUPPORT_EXPLAINED, by=by, now=now, items=said, **refs(conversation.interview.claim))
    return conversation


@transaction.atomic
def offer_interview(
    conversation: Conversation, *, wanted: bool | None, by: Post, now: datetime
) -> Conversation:
    """The interview was offered, always before a decision (D:L496); `wanted` is what the customer said, None unsure."""
    insist(access.may_talk(conversation, by))
    if conversation.support_explained_at is None:
        raise Refused(
            "support_not_explained",
            "Explain the support first, then offer the interview.",
            "The customer can then judge what the interview is for.",
        )
    _touch(conversation, now, offered_at=conversation.offered_at or now)
    _save_answers(conversation, {"wants_interview": "not known" if wanted is None else wanted}, now)
    note_event(
        Happened.INTERVIEW_OFFERED,
        by=by,
        now=now,
        wanted={True: "yes", False: "no", None: "not sure"}[wanted],
        **refs(conversation.interview.claim),
    )
    return conversation


@transaction.atomic
def give_view(
    conversation: Conversation,
    *,
    appropriate_now: str = "",
    when: str = "",
    return_circumstances: str = "",
    support_wanted: str = "",
    not_asked_because: str = "",
    by: Post,
    now: datetime,
) -> CustomerView:
    """The customer's four answers in their words, or a code that says why they were not asked (D:L1255)."""
    insist(access.may_talk(conversation, by))
    answers = dict(
        zip(FOUR_ANSWERS, (appropriate_now, when, return_circumstances, support_wanted), strict=True)
    )
    missing = [name for name, words in answers.items() if not words.strip()]
    if missing and not not_asked_because:
        raise Refused(
            "view_incomplete",
            f"{len(missing)} of the four answers are missing.",
            "Write down what the customer said, or say why it was not asked.",
        )
    rules = as_decided(conversation.pack, day_of(now))
    if not_asked_because and not_asked_because not in rules.reasons("not_asked", by.role):
        raise Refused("no_such_reason", "That is no reason for not asking.", "Choose one from the list.")
    view, _ = CustomerView.objects.update_or_create(
        conversation=conversation,
        defaults={**answers, "not_asked_because": not_asked_because, "given_at": now},
    )
    _touch(conversation, now)
    note_event(
        Happened.VIEW_GIVEN,
        by=by,
        now=now,
        **answers,
        not_asked=not_asked_because and rules.reasons("not_asked")[not_asked_because].title,
        **refs(conversation.interview.claim),
    )
    return view


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


@transaction.atomic
def consult(conversation: Conversation, words: str, *, by: Post, now: datetime) -> Question:
    """Ask a team leader; the answer comes back in the conversation (D:L498)."""
    insist(access.may_talk(conversation, by))
    if not words.strip():
        raise Refused("no_question", "The question is empty.", "Write what you want to know.")
    claim = conversation.interview.claim
    task = open_task(
        claim,
        TaskKind.ANSWER_QUESTION,
        team=team(by.team.office, TeamKind.LEADERS, TeamKind.MANAGERS),
        due_on=day_of(now),
        origin=Happened.QUESTION_PUT,
        words=words[:300],
        by=by,
        now=now,
    )
    question = Question.objects.create(
        ref=new_ref("Q"), conversation=conversation, asked_by=by, asked_at=now, words=words, task=task
    )
    note_event(Happened.QUESTION_PUT, by=by, now=now, why=words, **refs(claim))
    return question


@transaction.atomic
def answer_question(question: Question, words: str, *, by: Post, now: datetime) -> Question:
    """A team leader answers; who asked sees it in place."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if by.role not in access.LOOK_AGAIN:
        raise Refused("role_cannot", "Questions are answered by a team leader.", "Ask yours.")
    insist(access.may_reach(question.conversation.interview.claim, by))
    if question.answer:
        raise Refused("answered", f"{question.answered_by} has answered already.", "Read the answer.")
    if not words.strip():
        raise Refused("no_answer", "The answer is empty.", "Write what to do, and why.")
    question.answer, question.answered_by, question.answered_at = words, by, now
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    close_task(question.task, by=by, now=now)
    note_event(
        Happened.QUESTION_ANSWERED,
        by=by,
        now=now,
        why=words,
        question=question.words,
        **refs(question.conversation.interview.claim),
    )
    return question


def finish(conversation: Conversation, now: datetime) -> None:
    """Close a conversation whose decision is made; the decision's event tells of it."""
    _move(conversation, CallState.FINISHED, now)
    conversation.finished_at = now
    conversation.save(update_fields=["finished_at"])


def answers_of(conversation: Conversation) -> dict[str, Any]:
    """What has been answered, fact to JSON value."""
    return {fact: json.loads(value) for fact, value in conversation.answers.values_list("fact", "value")}


def _save_answers(conversation: Conversation, values: Mapping[str, Any], now: datetime) -> None:
    Answer.objects.bulk_create(
        [
            Answer(conversation=conversation, fact=fact, value=json.dumps(value), answered_at=now)
            for fact, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["conversation", "fact"],
        update_fields=["value", "answered_at"],
    )


def _touch(conversation: Conversation, now: datetime, **fields: Any) -> Conversation:
    for name, value in fields.items():
        setattr(conversation, name, value)
    conversation.touched_at = now
    conversation.save(update_fields=["touched_at", *fields])
    return conversation


def _move(conversation: Conversation, state: CallState, now: datetime) -> None:
    CALL_LIFE.insist(conversation.state, state)
    _touch(conversation, now, state=state)
