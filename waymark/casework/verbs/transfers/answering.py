"""The answer of the one who is asked; and none at all."""

from datetime import datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import NewsKind, TransferState
from waymark.casework.models import Transfer
from waymark.casework.verbs.common import reason_in, rules_for
from waymark.casework.verbs.transfers.common import (
    about,
    close_question,
    decide_again,
    end,
    insist_waiting,
    locked,
    move,
    stays_words,
    tell_of,
)
from waymark.casework.verbs.transfers.taking_effect import agreed
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def answer_transfer(
    transfer: Transfer, *, accept: bool, reason: str = "", words: str = "", by: Post, now: datetime
) -> Transfer:
    """The one who is asked says yes or no. A no needs a word why; the customer then stays where they are.

    reason: a code of reasons/disability_adviser.csv whose `for_declining` is yes, where a disability adviser was
    asked (R:L575-579).
    """
    transfer = locked(transfer)
    insist(access.may_answer(transfer, by))
    insist_waiting(transfer)
    rules = rules_for(transfer.case.claim, day_of(now))
    if reason:
        reason_in(rules, "disability_adviser", reason, column="for_declining")
    if not accept and not reason and not words.strip():
        raise Refused("no_reason", "A no needs a word why.", "Say it so that the next try is a better one.")
    transfer.answered_at, transfer.answered_by = now, by
    transfer.answer_reason, transfer.answer_words = reason, words.strip()
    move(
        transfer,
        TransferState.ACCEPTED if accept else TransferState.DECLINED,
        "answered_at",
        "answered_by",
        "answer_reason",
        "answer_words",
    )
    close_question(transfer, by=by, now=now)
    title = rules.pack.reasons("disability_adviser")[reason].title if reason else ""
    note_event(
        Happened.TRANSFER_ANSWERED,
        by=by,
        now=now,
        why=words.strip() or title,
        accepted=accept,
        **about(transfer),
    )
    if accept:
        return agreed(transfer, rules, by=by, now=now)
    decide_again(transfer, f"{transfer.to_name} cannot take it: {words.strip() or title}", by=by, now=now)
    tell_of(transfer, NewsKind.STAYS, stays_words(transfer), by=by, now=now)
    return transfer


@transaction.atomic
def lapse_transfer(transfer: Transfer, *, now: datetime) -> Transfer:
    """Nobody has answered: the customer stays where they are, and who asked decides again."""
    transfer = locked(transfer)
    insist_waiting(transfer)
    end(transfer, TransferState.LAPSED, "It was never answered.", by=None, now=now, again=False)
    note_event(Happened.TRANSFER_LAPSED, by=None, now=now, **about(transfer))
    decide_again(transfer, f"{transfer.to_name} has not answered.", by=None, now=now)
    tell_of(transfer, NewsKind.STAYS, stays_words(transfer), by=None, now=now)
    return transfer
