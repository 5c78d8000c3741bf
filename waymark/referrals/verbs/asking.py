"""A service asks us something, and somebody answers by a day."""

from datetime import datetime

from django.db import transaction

from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.access import Receiver
from waymark.referrals.common import clocks_of, in_working_days, lock, note, owner_of, rules_on
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Question, Referral
from waymark.referrals.verbs.answering import said, taken_up
from waymark.referrals.verbs.posting import dispatch
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_task, open_task

S = ReferralState


@transaction.atomic
def ask(referral: Referral, words: str, *, by: Receiver, now: datetime) -> Question:
    """The service asks us something; somebody answers by a day."""
    referral = taken_up(referral, by)
    if not words.strip():
        raise Refused("no_words", "Nothing is asked.", "Write your question.")
    clocks = clocks_of(rules_on(referral, now))
    its_team, person = owner_of(referral, now)
    task = open_task(
        referral.claim,
        TaskKind.REFERRAL_QUESTION,
        team=its_team,
        person=person,
        due_on=in_working_days(now, clocks.question),
        origin=Happened.REFERRAL_QUESTION_ASKED,
        words=f"{referral.service.name}: {words.strip()}"[:300],
        by=by.post,
        now=now,
    )
    made = Question.objects.create(
        ref=new_ref("Q"),
        referral=referral,
        words=words.strip(),
        task=task,
        noted_by=by.post,
        at=now,
        said_by=by.name.strip()[:100],
        through=by.through,
    )
    note(Happened.REFERRAL_QUESTION_ASKED, referral, by=by.post, now=now, why=made.words, **said(by))
    return made


def _locked(question: Question) -> tuple[Question, Referral]:
    question = Question.objects.select_for_update(of=("self",)).select_related("task").get(pk=question.pk)
    if question.answered_at is not None:
        raise Refused("answered_already", "This has been answered already.", "Read the answer.")
    return question, lock(question.referral)


def _settle(
    question: Question, referral: Referral, words: str, who: str, by: Receiver | None, now: datetime
) -> Question:
    if not words.strip():
        raise Refused("no_words", "The answer is empty.", "Write it.")
    question.answer, question.answered_at, question.answered_by = words.strip(), now, who.strip()[:100]
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    if question.task is not None:
        close_task(question.task, by=by.post if by else None, now=now)
    return question


@transaction.atomic
def answer(question: Question, words: str, *, by: Post, now: datetime) -> Question:
    """Our answer to what a service asks; nothing about the customer that they have not agreed to."""
    question, referral = _locked(question)
    insist(access.may_work(referral.claim, by))
    made = _settle(question, referral, words, by.person.name, None, now)
    if referral.state in S.with_the_service():
        days = clocks_of(rules_on(referral, now)).link_days
        dispatch(referral, "answer", days=days, by=by, now=now)
    note(Happened.REFERRAL_QUESTION_ANSWERED, referral, by=by, now=now, why=made.answer)
    return made
