"""Letters about what was wrong: drafted from findings, sent only by a person who says what was put right."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from waymark.interviews.verbs.common import rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.sanctions import access
from waymark.sanctions.models import PuttingRight
from waymark.sanctions.redress import Finding
from waymark.sanctions.rules import pounds
from waymark.sanctions.verbs.common import insist_on_words


@transaction.atomic
def draft_letters(
    findings: Iterable[Finding], *, because: str, by: Post | None, now: datetime
) -> list[PuttingRight]:
    """A draft for each finding that has none yet. Nothing is sent. because: what was wrong, for the customer to read."""
    wrong = insist_on_words(because, "It is not said what was wrong.", "Write it for the customer to read.")
    return [made for found in findings if (made := _draft(found, wrong, by, now)) is not None]


def _draft(found: Finding, wrong: str, by: Post | None, now: datetime) -> PuttingRight | None:
    if PuttingRight.objects.filter(about=found.about).exists():
        return None
    made = PuttingRight.objects.create(
        ref=new_ref("G"),
        claim=found.claim,
        about=found.about,
        what=found.what[:300],
        was=found.was[:300],
        would_be=found.would_be[:300],
        because=wrong,
        pence=found.pence,
        drafted_at=now,
        drafted_by=by,
    )
    _note(made, "drafted", by, now)
    return made


@transaction.atomic
def put_right(draft: PuttingRight, right_words: str, *, by: Post, now: datetime) -> PuttingRight:
    """Send the letter: what was wrong, what differs, what was put right (`right_words`) and the money, if any."""
    draft = _locked(draft, by)
    draft.words = insist_on_words(
        right_words, "It is not said what was put right.", "Do it first, then write it."
    )
    words = {
        "wrong_words": draft.because,
        "differs_words": f"{draft.what}: {draft.was}. With the mistake put right, {draft.would_be}.",
        "right_words": draft.words,
        "contact_name": by.person.name,
    }
    if draft.pence:
        words["money_words"] = f"As far as we know now, this is about {pounds(draft.pence)}."
    rules = rules_for(draft.claim, day_of(now))
    draft.notice = notices.queue_notice(
        draft.claim, NoticeKind.REDRESS, words=words, rules=rules, by=by, now=now
    )
    return _settled(draft, "told", by, now)


@transaction.atomic
def leave_as_is(draft: PuttingRight, why: str, *, by: Post, now: datetime) -> PuttingRight:
    """No letter goes: the decision was right after all, or the customer knows already."""
    draft = _locked(draft, by)
    draft.words = insist_on_words(why, "A reason is missing.", "Write why nothing is to be put right.")
    return _settled(draft, "dropped", by, now)


def _locked(draft: PuttingRight, by: Post) -> PuttingRight:
    draft = (
        PuttingRight.objects.select_for_update(of=("self",))
        .select_related("claim__customer", "claim__office__district")
        .get(pk=draft.pk)
    )
    insist(access.may_put_right(draft.claim, by))
    if draft.settled_at is not None:
        raise Refused("settled_already", "This has been settled already.", "Take the next one.")
    return draft


def _settled(draft: PuttingRight, what: str, by: Post, now: datetime) -> PuttingRight:
    draft.settled_at, draft.settled_by = now, by
    draft.save(update_fields=["settled_at", "settled_by", "words", "notice"])
    _note(draft, what, by, now)
    return draft


def _note(draft: PuttingRight, what: str, by: Post | None, now: datetime) -> None:
    note_event(
        Happened.PUT_RIGHT,
        by=by,
        now=now,
        why=draft.words or draft.because,
        customer=draft.claim.customer.ref,
        claim=draft.claim.ref,
        what=what,
        decision=draft.what,
        was=draft.was,
        would_be=draft.would_be,
    )
