"""A loan is over, or lasts longer."""

from datetime import date, datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import TRANSFER_LIFE, NewsKind, Told, TransferState
from waymark.casework.models import CaseManager, Transfer
from waymark.casework.telling import tell_customer
from waymark.casework.verbs.common import (
    Holder,
    keep_a_next_step,
    manager_now,
    post_of,
    somebody_here,
    succeed,
)
from waymark.casework.verbs.news import tell_interested
from waymark.casework.verbs.transfers.common import about, end, locked, transfer_refs
from waymark.casework.verbs.transfers.taking_effect import keep_interest, say_hello
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind


@transaction.atomic
def return_case(transfer: Transfer, *, words: str = "", by: Post | None, now: datetime) -> CaseManager:
    """A loan is over: the case is with its lender again, on its day, or earlier when what it waited for has come."""
    transfer = locked(transfer)
    if by is not None:
        insist(access.may_bring_back(transfer, by))
    TRANSFER_LIFE.insist(transfer.state, TransferState.RETURNED)
    held = manager_now(transfer.case)
    back = _back_to(transfer, now)
    manager = succeed(held, back, why="The case came back.", now=now)
    end(transfer, TransferState.RETURNED, words or "The time agreed is over.", by=by, now=now, again=False)
    keep_a_next_step(
        transfer.case.claim,
        TaskKind.ASK_RETURN,
        words="The case came back.",
        origin=Happened.CASE_RETURNED,
        by=by,
        now=now,
    )
    keep_interest(transfer.case, held, "was responsible for a time", told=Told.NOT_ASKED, by=by, now=now)
    note_event(
        Happened.CASE_RETURNED,
        by=by,
        now=now,
        why=words.strip(),
        before=held.name,
        manager=manager.name,
        **transfer_refs(transfer),
    )
    say_hello(transfer, manager, back=True, by=by, now=now)
    tell_customer(transfer.case, before=held.name, manager=manager, by=by, now=now)
    tell_interested(
        transfer.case,
        NewsKind.RETURNED,
        f"{manager.name} is case manager again, after {held.name}.",
        but_not=[manager.person],
        by=by,
        now=now,
    )
    return manager


@transaction.atomic
def prolong(transfer: Transfer, *, returns_on: date, words: str, by: Post, now: datetime) -> Transfer:
    """A loan lasts longer, until another day, for a reason: a date that passes by itself is never forgotten."""
    transfer = locked(transfer)
    insist(access.may_bring_back(transfer, by))
    if transfer.state != TransferState.RUNNING:
        raise Refused("not_lent", "This case is not lent at present.", "")
    if returns_on <= day_of(now):
        raise Refused("returns_in_past", "It comes back on a day to come.", "Choose a later day.")
    if not words.strip():
        raise Refused("no_reason", "A longer time needs a reason.", "Write why.")
    old, transfer.returns_on = transfer.returns_on, returns_on
    transfer.save(update_fields=["returns_on"])
    note_event(
        Happened.LOAN_PROLONGED,
        by=by,
        now=now,
        why=words.strip(),
        old=old.isoformat() if old else "",
        until=returns_on.isoformat(),
        **about(transfer),
    )
    return transfer


def _back_to(transfer: Transfer, now: datetime) -> Holder:
    """The lender; whoever has their customers by now; else whoever there is."""
    claim, on = transfer.case.claim, day_of(now)
    lender = transfer.from_manager
    if transfer.back_to is not None and access.may_manage(transfer.back_to, on) is None:
        return transfer.back_to
    if lender.contact is not None:
        if access.contact_is_there(lender.contact, on) is None:
            return lender.contact
    elif lender.post is not None:
        post = lender.post if access.may_manage(lender.post, on) is None else None
        post = post or (None if lender.post.person.left_on else post_of(lender.post.person, claim, on))
        if post is not None:
            return post
    found = somebody_here(claim, on)
    if found is None:
        raise Refused(
            "nobody_to_manage",
            f"{claim.office.name} has nobody who could be responsible for this customer.",
            "Give an adviser a post there first.",
        )
    return found
