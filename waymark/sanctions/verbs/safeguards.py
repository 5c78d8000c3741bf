"""Before any consequence: the questions about health and vulnerability, and the visit."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from waymark.kernel.clock import LONDON, day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.sanctions import access
from waymark.sanctions.enums import WITH_US, Answer, Channel
from waymark.sanctions.models import Attempt, Breach, HomeVisit, Safeguard
from waymark.sanctions.verbs.common import (
    insist_on_state,
    insist_on_words,
    lock,
    next_step,
    note,
    rules_today,
)


class Said(NamedTuple):
    """An answer to one of the questions: what, in which words, and whom or what was asked."""

    answer: Answer
    words: str
    asked_of: str


@transaction.atomic
def answer_safeguards(breach: Breach, answers: Mapping[str, Said], *, by: Post, now: datetime) -> Breach:
    """Answer questions of the pack, some or all. An answer the pack flags makes a home visit come first (P:L686)."""
    breach = lock(breach)
    insist(access.may_pursue(breach.interview.claim, by))
    insist_on_state(breach, *WITH_US)
    rules = rules_today(breach, now)
    for code, said in answers.items():
        _keep(breach, rules, code, said, by, now)
    because = _why_a_visit(rules, answers)
    if because and not breach.visit_needed:
        breach.visit_needed, breach.visit_because = True, because[:300]
        breach.save(update_fields=["visit_needed", "visit_because"])
    note(
        Happened.SAFEGUARDS_ANSWERED,
        breach,
        by=by,
        now=now,
        answered=len(answers),
        visit=because,
    )
    next_step(breach, origin=Happened.SAFEGUARDS_ANSWERED, by=by, now=now)
    return breach


def _keep(breach: Breach, rules: Rules, code: str, said: Said, by: Post, now: datetime) -> None:
    if code not in breach.questions_needed and code not in rules.reasons("safeguard"):
        raise Refused("no_such_question", "That is none of the questions.", "Answer those of the list.")
    asked_of = insist_on_words(
        said.asked_of,
        "It is not said whom or what was asked.",
        "Write it: the customer, a doctor, the record.",
    )
    Safeguard.objects.update_or_create(
        breach=breach,
        question=code,
        defaults={
            "answer": said.answer,
            "words": said.words.strip(),
            "asked_of": asked_of[:100],
            "at": now,
            "by": by,
        },
    )


def _why_a_visit(rules: Rules, answers: Mapping[str, Said]) -> str:
    """The first question whose answer asks for a visit, as a sentence."""
    questions = rules.pack.reasons("safeguard")
    for code, said in answers.items():
        if code in questions and said.answer in questions[code].words("visit_when"):
            return f"{questions[code].title} {said.answer.label.capitalize()}."
    return ""


@transaction.atomic
def plan_visit(breach: Breach, at: datetime, *, visitor: Post, by: Post, now: datetime) -> HomeVisit:
    """A visit on a day, told by letter: not an inspection. One at a time; another plan takes the place of an old one."""
    breach = lock(breach)
    claim = breach.interview.claim
    insist(access.may_pursue(claim, by))
    insist(access.may_pursue(claim, visitor))
    insist_on_state(breach, *WITH_US)
    if at <= now:
        raise Refused("visit_past", "That time has passed.", "Choose a time to come.")
    day, clock = at.astimezone(LONDON).date(), at.astimezone(LONDON).time()
    letter = notices.queue_notice(
        claim,
        NoticeKind.HOME_VISIT,
        words={
            "visit_date": day,
            "visit_time": clock,
            "visitor": visitor.person.name,
            "contact_name": visitor.person.name,
        },
        rules=rules_today(breach, now),
        by=by,
        now=now,
    )
    visit = (
        breach.visits.select_for_update(of=("self",)).select_related("notice").filter(done_on=None).first()
    )
    if visit is not None and visit.notice is not None and visit.notice.state == NoticeState.WAITING:
        notices.withdraw(visit.notice, "The visit has another time.", by=by, now=now)
    visit = visit or HomeVisit(breach=breach)
    visit.planned_for, visit.visitor, visit.notice = at, visitor, letter
    visit.save()
    if not breach.visit_needed:
        breach.visit_needed, breach.visit_because = True, "Somebody who knows the customer wants one."
        breach.save(update_fields=["visit_needed", "visit_because"])
    note(Happened.VISIT_PLANNED, breach, by=by, now=now, when=at.isoformat(), visitor=visitor.person.name)
    next_step(breach, origin=Happened.VISIT_PLANNED, by=by, now=now)
    return visit


@transaction.atomic
def note_visit(visit: HomeVisit, *, met: bool, found: str, by: Post, now: datetime) -> HomeVisit:
    """What the visit found, or that nobody was in. It is an attempt to reach the customer as well."""
    breach = lock(visit.breach)
    visit = HomeVisit.objects.select_for_update().get(pk=visit.pk)
    insist(access.may_pursue(breach.interview.claim, by))
    insist_on_state(breach, *WITH_US)
    if visit.done_on is not None:
        raise Refused("visit_noted", "This visit is noted already.", "Plan another where one is needed.")
    if day_of(now) < day_of(visit.planned_for):
        raise Refused("visit_to_come", "The visit is still to come.", "Plan it for another day to change it.")
    visit.found = insist_on_words(
        found, "What the visit found is missing.", "Write it, also if nobody was in."
    )
    visit.done_on, visit.met = day_of(now), met
    visit.save(update_fields=["found", "done_on", "met"])
    Attempt.objects.create(
        breach=breach, channel=Channel.VISIT, at=now, on=day_of(now), by=by, reached=met, words=found[:300]
    )
    note(Happened.VISIT_DONE, breach, by=by, now=now, met=met, words=visit.found)
    next_step(breach, origin=Happened.VISIT_DONE, by=by, now=now)
    return visit
