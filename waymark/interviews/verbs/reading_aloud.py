"""A letter to somebody who cannot read is a call as well: a task, and what was read out is kept (E:L3053-3061)."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from waymark.customers.models import Claim
from waymark.interviews.verbs.common import refs, team
from waymark.interviews.verbs.letters import ASKERS
from waymark.kernel.clock import day_of
from waymark.kernel.working_days import add_working_days
from waymark.notices import reading_aloud as notices
from waymark.notices.models import Notice
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_tasks, open_task


def ask_to_read(on: date, now: datetime) -> int:
    """Whoever cannot read what went to them is rung: one task a claim, by the next working day. Says how many."""
    letters: dict[int, list[Notice]] = defaultdict(list)
    asked = Task.objects.filter(claim=OuterRef("claim"), kind=TaskKind.READ_LETTER, closed_at=None)
    waiting = notices.to_read_aloud(on).filter(~Exists(asked))
    for notice in waiting.select_related("claim__customer", "claim__office__district"):
        letters[notice.claim_id].append(notice)
    for found in letters.values():
        _ask(found[0].claim, found, on, now)
    return len(letters)


@transaction.atomic
def letter_read_aloud(notice: Notice, *, on: date, words: str = "", by: Post, now: datetime) -> Notice:
    """A letter was read to the customer; with the last of them the task is done. A claim is never left without a step.

    words: what they said to it. What they want to have answered is a message of its own.
    """
    notice = notices.note_read_aloud(notice, on=on, words=words, by=by, now=now)
    claim = notice.claim
    if not notices.to_read_aloud(day_of(now)).filter(claim=claim).exists():
        _done(claim, by=by, now=now)
    return notice


def _ask(claim: Claim, letters: list[Notice], on: date, now: datetime) -> None:
    titles = "; ".join(dict.fromkeys(letter.subject for letter in letters))
    open_task(
        claim,
        TaskKind.READ_LETTER,
        team=team(claim.office, *ASKERS),
        due_on=add_working_days(on, 1, organisations.holidays()),
        origin=Happened.NOTICES_TO_READ,
        words=titles[:300],
        by=None,
        now=now,
    )
    note_event(Happened.NOTICES_TO_READ, by=None, now=now, notices=len(letters), **refs(claim))


def _done(claim: Claim, *, by: Post, now: datetime) -> None:
    closed = close_tasks(claim, TaskKind.READ_LETTER, by=by, now=now)
    if closed and not claim.tasks.filter(closed_at=None).exists():
        open_task(
            claim,
            TaskKind.NEXT_STEP,
            team=team(claim.office, *ASKERS),
            due_on=add_working_days(day_of(now), 1, organisations.holidays()),
            origin=Happened.NOTICE_READ_ALOUD,
            by=by,
            now=now,
        )
