"""An agent asks a team leader during a call, and the answer comes back."""

from datetime import datetime

from django.db import transaction

from waymark.interviews import access
from waymark.interviews.models import Conversation, Question
from waymark.interviews.verbs.common import refs, team
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_task, open_task


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
