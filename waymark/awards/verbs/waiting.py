"""Payments that wait: said so, with somebody who asks the customer; and let go again. Nothing is lost by waiting."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from waymark.awards import access
from waymark.awards.enums import AwardKind, HeldBecause
from waymark.awards.holding import Shown
from waymark.awards.models import Award, Instalment
from waymark.awards.rules import pounds
from waymark.awards.verbs.common import finish, insist_on_words, lock_award, note, owner, task
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task


def waiting(rows: Collection[Instalment], on: date) -> dict[int, HeldBecause]:
    """Which of the payments due cannot go out, by key, and why. Some four statements, however many there are."""
    shown = Shown({row.award_id: row.award for row in rows}.values(), on)
    found = ((row.pk, shown.why_waits(row)) for row in rows)
    return {key: why for key, why in found if why is not None}


def hold(rows: Collection[Instalment], why: Mapping[int, HeldBecause], *, now: datetime) -> int:
    """Keep that payments wait, and have somebody ask. Says how many wait that did not before."""
    fresh = [row for row in rows if row.held_at is None]
    for row in rows:
        if row.held_because != why[row.pk]:
            row.held_at, row.held_because = row.held_at or now, why[row.pk]
            row.save(update_fields=["held_at", "held_because"])
    for award in {row.award_id: row.award for row in fresh}.values():
        parts = [row for row in fresh if row.award_id == award.pk]
        note(
            Happened.AWARD_PAYMENT_HELD,
            award,
            by=None,
            now=now,
            held_because=why[parts[0].pk].value,
            pence=sum(part.pence for part in parts),
        )
    for award in {row.award_id: row.award for row in rows}.values():
        parts = [row for row in rows if row.award_id == award.pk]
        _have_asked(award, sum(part.pence for part in parts), why[parts[0].pk], now)
    return len(fresh)


def ask(award: Award, due_on: date, words: str, *, origin: Happened, by: Post | None, now: datetime) -> bool:
    """Somebody sees whether what an award is for goes on; nothing where somebody is about it already."""
    if Task.objects.filter(claim=award.claim_id, kind=TaskKind.AWARD_EVIDENCE, closed_at=None).exists():
        return False
    task(
        award.claim,
        TaskKind.AWARD_EVIDENCE,
        whose=owner(award.claim, award.decided_by),
        due_on=next_working_day(max(due_on, day_of(now)), organisations.holidays()),
        words=words,
        origin=origin,
        by=by,
        now=now,
    )
    return True


def _have_asked(award: Award, pence: int, why: HeldBecause, now: datetime) -> None:
    name = AwardKind(award.kind).label.capitalize()
    words = f"{name}: {pounds(pence)} waits, since {why.label}. Ring and ask; their word is enough."
    ask(award, day_of(now), words, origin=Happened.AWARD_PAYMENT_HELD, by=None, now=now)


def shown_again(award: Award, *, by: Post | None, now: datetime) -> int:
    """Something shows that it goes on: what waited for that goes with the next file. Says how many payments."""
    held = list(award.instalments.filter(held_at__isnull=False).select_for_update())
    still = waiting([_of(award, part) for part in held], day_of(now)) if held else {}
    freed = [part.pk for part in held if part.pk not in still]
    Instalment.objects.filter(pk__in=freed).update(held_at=None, held_because="")
    if not still:
        finish(award, TaskKind.AWARD_EVIDENCE, origin=Happened.AWARD_EVIDENCE_SEEN, by=by, now=now)
    return len(freed)


def _of(award: Award, part: Instalment) -> Instalment:
    part.award = award
    return part


@transaction.atomic
def let_go(award: Award, *, why: str, by: Post, now: datetime) -> int:
    """A person has the payments that wait paid all the same, and says why. They go with the next file.

    Says how much, in pence. A payment that comes to wait later waits again.
    """
    award = lock_award(award)
    insist(access.may_decide(award.claim, by))
    said = insist_on_words(why, "It is not said why.", "Say what you know of how it goes.")
    held = list(award.instalments.filter(held_at__isnull=False).select_for_update())
    if not held:
        raise Refused("nothing_waits", "No payment of it waits.", "Look at the instalments.")
    Instalment.objects.filter(pk__in=[part.pk for part in held]).update(
        held_at=None, held_because="", released_at=now, released_by=by, released_why=said[:300]
    )
    finish(award, TaskKind.AWARD_EVIDENCE, origin=Happened.AWARD_PAYMENT_RELEASED, by=by, now=now)
    pence = sum(part.pence for part in held)
    note(Happened.AWARD_PAYMENT_RELEASED, award, by=by, now=now, why=said, pence=pence, payments=len(held))
    return pence
