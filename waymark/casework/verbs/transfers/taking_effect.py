"""The moment a transfer holds: one manager ends, the next begins, and everybody is told."""

from datetime import date, datetime

from django.db import transaction

from waymark.casework.enums import Held, NewsKind, Told, TransferKind, TransferState
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.casework.telling import tell_customer
from waymark.casework.verbs.cases import overtake
from waymark.casework.verbs.common import (
    keep_a_next_step,
    manager_now,
    rules_for,
    succeed,
    task_for,
    working_day,
)
from waymark.casework.verbs.transfers.common import locked, move, tell_of, transfer_refs
from waymark.casework.verbs.workers import keep_party
from waymark.kernel.clock import day_of, words
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind


@transaction.atomic
def have_met(transfer: Transfer, *, on: date, by: Post | None, now: datetime) -> Transfer:
    """The customer has met the one who takes over. What waited for that goes over now."""
    transfer = locked(transfer)
    transfer.met_on, transfer.introduced = on, True
    transfer.save(update_fields=["met_on", "introduced"])
    if transfer.state == TransferState.ACCEPTED:
        _takes_effect(transfer, rules_for(transfer.case.claim, day_of(now)), by=by, now=now)
    return transfer


def agreed(transfer: Transfer, rules: Rules, *, by: Post, now: datetime) -> Transfer:
    """It holds now; or once the customer has met them, and bringing that about is the next step."""
    if not transfer.hold_until_met or transfer.met_on is not None:
        return _takes_effect(transfer, rules, by=by, now=now)
    task_for(
        transfer.case.claim,
        TaskKind.PLAN_HANDOVER,
        manager_now(transfer.case),
        due_on=working_day(rules.value("casework.meet_within_days"), now),
        origin=Happened.TRANSFER_ANSWERED,
        words=f"{transfer.to_name} takes over when they have met.",
        by=by,
        now=now,
    )
    said = f"{transfer.to_name} takes over from {transfer.from_manager.name} when they have met."
    tell_of(transfer, NewsKind.ACCEPTED, said, by=by, now=now)
    return transfer


def _takes_effect(transfer: Transfer, rules: Rules, *, by: Post | None, now: datetime) -> Transfer:
    """The moment it holds: the old manager ends, the new one begins, everybody is told."""
    case = transfer.case
    held = manager_now(case)
    lent = transfer.kind == TransferKind.TEMPORARY
    for running in Transfer.objects.filter(case=case, state=TransferState.RUNNING):
        overtake(running, "The case was handed over for good.", by=by, now=now)
    manager = succeed(
        held,
        transfer.receiver,
        kind=Held.TEMPORARY if lent else Held.OVERARCHING,
        lent_by=held if lent else None,
        made_as=transfer.received_as,
        why=transfer.why,
        agreed_with=transfer.agreed_with,
        now=now,
    )
    transfer.manager = manager
    move(transfer, TransferState.RUNNING if lent else TransferState.DONE, "manager")
    told = Told.YES if transfer.lender_hears else Told.NOT_ASKED
    keep_interest(case, held, "was responsible before", told=told, by=by, now=now)
    if transfer.to_contact is not None:
        # A yes to the handover is none to hearing how it goes elsewhere: that is asked by itself (ADR 0019).
        part = "is responsible"
        keep_party(case, transfer.to_contact, part=part, may_be_told=Told.NOT_ASKED, by=by, now=now)
    keep_a_next_step(
        case.claim,
        TaskKind.PLAN_HANDOVER,
        TaskKind.TRANSFER_DECLINED,
        words=f"With {manager.name} now.",
        origin=Happened.CASE_LENT if lent else Happened.CASE_MANAGER_CHANGED,
        by=by,
        now=now,
    )
    note_event(
        Happened.CASE_LENT if lent else Happened.CASE_MANAGER_CHANGED,
        by=by,
        now=now,
        why=transfer.why,
        before=held.name,
        manager=manager.name,
        place=manager.place,
        until=transfer.returns_on.isoformat() if transfer.returns_on else "",
        when=transfer.returns_when,
        **transfer_refs(transfer),
    )
    say_hello(transfer, manager, back=False, by=by, now=now)
    if lent and transfer.ask_on is not None:
        _ask_for_return(transfer, by=by, now=now)
    tell_customer(case, before=held.name, manager=manager, by=by, now=now)
    until = f" until {words(transfer.returns_on)}" if transfer.returns_on else ""
    said = f"{manager.name}, {manager.place}, is case manager{until}, after {held.name}."
    tell_of(transfer, NewsKind.CHANGED, said, by=by, now=now)
    return transfer


def say_hello(
    transfer: Transfer, manager: CaseManager, *, back: bool, by: Post | None, now: datetime
) -> None:
    """Who is responsible now gets in touch: a dated task, so that a handover is seen by the one it is to."""
    claim = transfer.case.claim
    days: int = rules_for(claim, day_of(now)).value("casework.meet_within_days")
    due = working_day(days, now)
    transfer.case.next_contact_on = due
    transfer.case.save(update_fields=["next_contact_on"])
    task_for(
        claim,
        TaskKind.CASE_CONTACT,
        manager if manager.post else transfer.from_manager,
        due_on=due,
        origin=Happened.CASE_RETURNED if back else Happened.CASE_LENT,
        words=_hello_words(transfer, manager, back),
        by=by,
        now=now,
    )


def _hello_words(transfer: Transfer, manager: CaseManager, back: bool) -> str:
    if back:
        return f"With you again, from {transfer.to_name}. Ask how it went."
    if manager.post is None:
        return f"{manager.name} is responsible now. Ask whether they have been in touch."
    until = f" until {words(transfer.returns_on)}" if transfer.returns_on else ""
    return f"With you{until}, from {transfer.from_manager.name}. {transfer.why}"


def _ask_for_return(transfer: Transfer, *, by: Post | None, now: datetime) -> None:
    task_for(
        transfer.case.claim,
        TaskKind.ASK_RETURN,
        transfer.from_manager,
        due_on=transfer.ask_on or day_of(now),
        origin=Happened.CASE_LENT,
        words=f"It comes back when: {transfer.returns_when}",
        by=by,
        now=now,
    )


def keep_interest(
    case: Case, manager: CaseManager, part: str, *, told: Told, by: Post | None, now: datetime
) -> None:
    who = manager.post or manager.contact
    if who is not None:
        keep_party(case, who, part=part, may_be_told=told, by=by, now=now)
