"""Asking somebody to be responsible for a customer, and taking the question back (R:L1120)."""

from datetime import datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import NewsKind, TransferKind, TransferState
from waymark.casework.models import Case, Transfer
from waymark.casework.verbs.common import (
    Holder,
    lock,
    manager_now,
    reason_in,
    rules_for,
    task_for,
    working_day,
)
from waymark.casework.verbs.transfers.common import about, end, locked, move, stays_words, tell_of
from waymark.casework.verbs.transfers.sense import Wanted, insist_on_sense
from waymark.casework.verbs.transfers.taking_effect import agreed
from waymark.directory.models import Contact
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind


@transaction.atomic
def propose_transfer(case: Case, wanted: Wanted, *, by: Post, now: datetime) -> Transfer:
    """Ask somebody to be responsible for a customer.

    For good, it holds when they accept; until then nothing changes. For a time, it holds at once, as an absence
    cannot wait, and comes back by itself. Either waits for the customer to have met them where that is wished
    (R:L964). Refused without the customer's yes, except for a reason that allows it, and for somebody whom the
    customer asked not to meet.
    """
    case = lock(case)
    claim, on = case.claim, day_of(now)
    insist(access.is_open(case))
    insist(access.may_help(claim, by))
    rules = rules_for(claim, on)
    held = manager_now(case)
    reason = reason_in(rules, "transfer", wanted.reason)
    insist_on_sense(case, held, wanted, reason, rules, on)
    post, contact = _sides(wanted.to)
    transfer = Transfer.objects.create(
        ref=new_ref("H"),
        case=case,
        kind=wanted.kind,
        from_manager=held,
        to_post=post,
        to_contact=contact,
        reason=wanted.reason,
        remit=list(wanted.remit),
        why=wanted.why.strip(),
        made_as=wanted.made_as or by.role,
        received_as=post.role if post else "",
        customer_prefers=wanted.customer_prefers.strip(),
        customer_needs=wanted.customer_needs.strip(),
        knows_the_case=wanted.knows_the_case.strip(),
        can_provide=wanted.can_provide.strip(),
        customer_agreed=wanted.customer_agreed,
        agreed_with=wanted.agreed_with.strip()[:200],
        lender_hears=wanted.lender_hears,
        returns_on=wanted.returns_on,
        returns_when=wanted.returns_when.strip()[:300],
        ask_on=wanted.ask_on,
        hold_until_met=wanted.hold_until_met,
        proposed_at=now,
        proposed_by=by,
    )
    note_event(
        Happened.TRANSFER_PROPOSED,
        by=by,
        now=now,
        why=transfer.why or reason.title,
        until=transfer.returns_on.isoformat() if transfer.returns_on else "",
        **about(transfer),
    )
    if wanted.kind == TransferKind.PERMANENT:
        _ask(transfer, rules, by=by, now=now)
        tell_of(
            transfer,
            NewsKind.ASKED,
            f"{transfer.to_name} is asked to take over from {held.name}.",
            by=by,
            now=now,
        )
        return transfer
    move(transfer, TransferState.ACCEPTED)
    return agreed(transfer, rules, by=by, now=now)


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, words: str, by: Post, now: datetime) -> Transfer:
    """Take a question back, or an agreement that does not hold yet. Nothing has changed for the customer."""
    transfer = locked(transfer)
    insist(access.may_help(transfer.case.claim, by))
    if not words.strip():
        raise Refused("no_reason", "It is taken back for a reason.", "Write why.")
    end(transfer, TransferState.WITHDRAWN, words, by=by, now=now)
    note_event(Happened.TRANSFER_WITHDRAWN, by=by, now=now, why=words.strip(), **about(transfer))
    tell_of(transfer, NewsKind.STAYS, stays_words(transfer), by=by, now=now)
    return transfer


def _ask(transfer: Transfer, rules: Rules, *, by: Post, now: datetime) -> None:
    """The question is a dated task of the one who is asked; of who asks, where they do not sign in here."""
    transfer.answer_by = working_day(rules.value("casework.transfer_answer_days"), now)
    asked = f"{transfer.case.claim.customer.name}, from {transfer.from_manager.name}. {transfer.why}"
    transfer.task = task_for(
        transfer.case.claim,
        TaskKind.ANSWER_TRANSFER,
        transfer.to_post or by,
        due_on=transfer.answer_by,
        origin=Happened.TRANSFER_PROPOSED,
        words=asked if transfer.to_post else f"Ask {transfer.to_name}, {transfer.to_place}. {transfer.why}",
        by=by,
        now=now,
    )
    transfer.save(update_fields=["answer_by", "task"])


def _sides(holder: Holder) -> tuple[Post | None, Contact | None]:
    return (holder, None) if isinstance(holder, Post) else (None, holder)
