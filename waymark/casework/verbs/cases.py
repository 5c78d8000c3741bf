"""A customer is taken on; their case is closed; whoever leaves hands theirs on."""

from datetime import datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import TRANSFER_LIFE, UNDER_WAY, TransferState
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.casework.verbs.common import (
    CASE_TASKS,
    Holder,
    close_task,
    keep_a_next_step,
    lock,
    lock_claim,
    manager_now,
    name_of,
    next_worked_day,
    plan_contact,
    post_of,
    reason_in,
    refs,
    rules_for,
    somebody_here,
    succeed,
    task_for,
)
from waymark.casework.verbs.diaries import no_meetings_any_more
from waymark.customers.models import Claim
from waymark.interviews.series.queries import adviser_of
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind

CLAIM_ENDED = "claim_ended"


@transaction.atomic
def take_on(claim: Claim, *, by: Post | None, now: datetime) -> CaseManager:
    """Somebody becomes responsible for a customer's whole way: the one case manager (R:L1118, R:L1120).

    It is the adviser the claim is with, else `by` where they may be one, else the manager of the office. Does
    nothing where somebody is responsible already, and says who. Refused for a claim that has ended.
    """
    held = CaseManager.objects.filter(case__claim=claim, until=None).select_related("case").first()
    if held is not None:
        return held
    claim = lock_claim(claim)
    insist(access.may_help(claim, None))
    case = Case.objects.filter(claim=claim, closed_at=None).first()
    if case is not None:
        return manager_now(case)
    post = _first_manager(claim, by, now)
    case = Case.objects.create(ref=new_ref("K"), claim=claim, opened_at=now, opened_by=by)
    manager = CaseManager.objects.create(case=case, post=post, made_as=post.role, since=now)
    plan_contact(case, since=day_of(now), rules=rules_for(claim, day_of(now)))
    note_event(Happened.CASE_TAKEN_ON, by=by, now=now, manager=manager.name, case=case.ref, **refs(claim))
    return manager


@transaction.atomic
def close_case(case: Case, *, reason: str, words: str = "", by: Post | None, now: datetime) -> Case:
    """Nobody is responsible any more, for a reason of reasons/case_closed.csv (R:L754, R:L1038).

    The claim goes on, and so does its next step: where the case's tasks were all it had, agreeing what comes next
    is a task. While somebody still helps with a part, only a reason whose `with_help` is yes closes it (R:L802).
    """
    case = lock(case)
    insist(access.is_open(case))
    if by is not None:
        insist(access.may_help(case.claim, by))
    row = reason_in(rules_for(case.claim, day_of(now)), "case_closed", reason)
    if by is not None and row.yes("by_itself"):
        raise Refused("closes_by_itself", f"“{row.title}” closes a case by itself.", "Choose another reason.")
    helping = case.workers.filter(ended_on=None).count()
    if helping and not row.yes("with_help"):
        raise Refused(
            "help_goes_on",
            "Somebody still helps with a part; they would be left without a case manager.",
            "End that help first, or choose a reason for which it may go on.",
        )
    _close(case, reason, words, by=by, now=now)
    note_event(
        Happened.CASE_CLOSED,
        by=by,
        now=now,
        why=words.strip() or row.title,
        reason=row.title,
        case=case.ref,
        **refs(case.claim),
    )
    return case


def _close(case: Case, reason: str, words: str, *, by: Post | None, now: datetime) -> None:
    manager = manager_now(case)
    moment = max(now, manager.since)
    manager.until = moment
    manager.save(update_fields=["until"])
    for transfer in Transfer.objects.select_for_update().filter(case=case, state__in=UNDER_WAY):
        overtake(transfer, "The case was closed.", by=by, now=now)
    case.closed_at, case.closed_why, case.closed_words, case.closed_by = moment, reason, words.strip(), by
    case.next_contact_on = None
    case.save(update_fields=["closed_at", "closed_why", "closed_words", "closed_by", "next_contact_on"])
    case.parties.filter(until=None).update(until=day_of(now))
    keep_a_next_step(
        case.claim,
        *CASE_TASKS,
        words="Nobody manages this case any more.",
        origin=Happened.CASE_CLOSED,
        by=by,
        now=now,
    )
    no_meetings_any_more(case, "The case was closed.", by=by, now=now)


def overtake(transfer: Transfer, words: str, *, by: Post | None, now: datetime) -> None:
    """A transfer that is under way is no longer needed."""
    TRANSFER_LIFE.insist(transfer.state, TransferState.OVERTAKEN)
    transfer.state, transfer.ended_at, transfer.ended_by, transfer.ended_words = (
        TransferState.OVERTAKEN,
        now,
        by,
        words[:300],
    )
    transfer.save(update_fields=["state", "ended_at", "ended_by", "ended_words"])


def end_with_claim(claim: Claim, *, by: Post | None, now: datetime) -> None:
    """The claim has ended, and its case with it; what helps with a part may go on, as the customer's choice."""
    case = Case.objects.filter(claim=claim, closed_at=None).first()
    if case is None:
        return
    case = lock(case)
    _close(case, CLAIM_ENDED, "", by=by, now=now)
    note_event(Happened.CASE_CLOSED, by=by, now=now, why="", reason=CLAIM_ENDED, case=case.ref, **refs(claim))


@transaction.atomic
def name_manager(case: Case, holder: Holder, *, why: str, by: Post | None, now: datetime) -> CaseManager:
    """Somebody else is responsible from now on, without being asked: who had it has gone, or has changed work.

    Whoever still works here is asked first: that is a transfer.
    """
    case = lock(case)
    insist(access.is_open(case))
    if by is not None:
        insist(access.may_help(case.claim, by))
    held = manager_now(case)
    if by is not None and _still_here(held, now):
        raise Refused(
            "still_responsible", f"{held.name} is responsible and works here.", "Propose a transfer instead."
        )
    return _hand_on(held, holder, why=why, by=by, now=now)


def _still_here(manager: CaseManager, now: datetime) -> bool:
    if manager.post is not None:
        return manager.person is not None and post_of(manager.person, manager.claim, day_of(now)) is not None
    contact = manager.contact
    return contact is not None and access.contact_is_there(contact, day_of(now)) is None


def _hand_on(held: CaseManager, holder: Holder, *, why: str, by: Post | None, now: datetime) -> CaseManager:
    """A loan that is handed on stays a loan: it comes back on the same day."""
    fresh = succeed(held, holder, kind=held.kind, lent_by=held.lent_by, why=why, now=now)  # type: ignore[arg-type]
    Transfer.objects.filter(case=held.case, state=TransferState.RUNNING, manager=held).update(manager=fresh)
    Transfer.objects.filter(case=held.case, state__in=UNDER_WAY, from_manager=held).update(from_manager=fresh)
    note_event(
        Happened.CASE_MANAGER_CHANGED,
        by=by,
        now=now,
        why=why,
        before=held.name,
        manager=name_of(holder),
        case=held.case.ref,
        **refs(held.claim),
    )
    return fresh


def customers_given(
    claim: Claim, before: Person | None, adviser: Person, *, by: Post | None, now: datetime
) -> None:
    """The claim is with another adviser: what the one before was responsible for is theirs now.

    A case that they have lent comes back to the new adviser. A case somebody else manages stays with them.
    """
    if before is None or before.pk == adviser.pk:
        return
    case = Case.objects.filter(claim=claim, closed_at=None).first()
    post = post_of(adviser, claim, day_of(now)) if case is not None else None
    if case is None or post is None:
        return
    case = lock(case)
    Transfer.objects.filter(case=case, state=TransferState.RUNNING, from_manager__post__person=before).update(
        back_to=post
    )
    held = manager_now(case)
    if held.person is not None and held.person.pk == before.pk:
        _hand_on(held, post, why=f"{before.name}'s customers were handed over.", by=by, now=now)


def person_leaves(person: Person, *, by: Post | None, now: datetime) -> None:
    """Cases that are still with somebody who leaves go to the claim's adviser, or to the manager of its office.

    Refused where an office has nobody: no customer is left without a case manager (R:L1118).
    """
    held = CaseManager.objects.filter(post__person=person, until=None).select_related(
        "case__claim__customer", "case__claim__office__district", "post__person", "lent_by"
    )
    for manager in held:
        claim = manager.claim
        post = somebody_here(claim, day_of(now), but_not=person)
        if post is None:
            raise Refused(
                "nobody_to_manage",
                f"{claim.office.name} has nobody else who could be responsible for {claim.customer.name}.",
                "Give an adviser a post there first.",
            )
        _hand_on(manager, post, why=f"{person.name} has left.", by=by, now=now)
    _answer_for(person, by=by, now=now)


def _answer_for(person: Person, *, by: Post | None, now: datetime) -> None:
    """What somebody who leaves was asked to take over stays where it is."""
    asked = Transfer.objects.filter(
        to_post__person=person, state__in=[TransferState.PROPOSED, TransferState.ACCEPTED]
    )
    for transfer in asked.select_for_update(of=("self",)).select_related(
        "case__claim__customer",
        "case__claim__office__district",
        "task",
        "proposed_by__person",
        "proposed_by__team",
    ):
        overtake(transfer, f"{person.name} has left.", by=by, now=now)
        if transfer.task is not None:
            close_task(transfer.task, outcome=Outcome.OVERTAKEN, by=by, now=now)
        task_for(
            transfer.case.claim,
            TaskKind.TRANSFER_DECLINED,
            transfer.proposed_by,
            due_on=next_worked_day(now),
            origin=Happened.TRANSFER_ANSWERED,
            words=f"{person.name} has left and cannot take it.",
            by=by,
            now=now,
        )


def _first_manager(claim: Claim, by: Post | None, now: datetime) -> Post:
    on = day_of(now)
    adviser = adviser_of(claim)
    post = post_of(adviser, claim, on) if adviser is not None else None
    if post is None and by is not None and access.may_manage(by, on) is None:
        post = by
    post = post or somebody_here(claim, on)
    if post is None:
        raise Refused(
            "nobody_to_manage",
            f"{claim.office.name} has nobody who could be responsible for this customer.",
            "Give an adviser a post there first.",
        )
    return post
