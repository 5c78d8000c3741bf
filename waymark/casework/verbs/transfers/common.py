"""What every step of a transfer shares: the row held, its state, its task, what an event says of it."""

from datetime import datetime

from waymark.casework.enums import TRANSFER_LIFE, NewsKind, TransferState
from waymark.casework.models import Case, Transfer
from waymark.casework.verbs.common import (
    close_task,
    keep_a_next_step,
    lock,
    manager_now,
    name_of,
    refs,
    task_for,
    working_day,
)
from waymark.casework.verbs.news import tell_interested
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.worklist.enums import Outcome, TaskKind


def move(transfer: Transfer, state: TransferState, *also: str) -> None:
    TRANSFER_LIFE.insist(transfer.state, state)
    transfer.state = state
    transfer.save(update_fields=["state", *also])


def locked(transfer: Transfer) -> Transfer:
    case = lock(Case(pk=transfer.case_id, claim_id=transfer.case.claim_id))
    held = (
        Transfer.objects.select_for_update(of=("self",))
        .select_related(
            "from_manager__post__person",
            "from_manager__post__team__office",
            "from_manager__contact__organisation",
            "to_post__person",
            "to_post__team__office",
            "to_contact__organisation",
            "back_to__person",
            "back_to__team__office",
            "proposed_by__person",
            "proposed_by__team",
            "task",
        )
        .get(pk=transfer.pk)
    )
    held.case = case
    return held


def insist_waiting(transfer: Transfer) -> None:
    if transfer.state != TransferState.PROPOSED:
        raise Refused(
            "transfer_answered",
            f"This transfer is “{transfer.get_state_display()}”.",
            "There is nothing to answer any more.",
        )


def close_question(transfer: Transfer, *, by: Post | None, now: datetime) -> None:
    if transfer.task is not None:
        close_task(transfer.task, by=by, now=now)


def end(
    transfer: Transfer,
    state: TransferState,
    words: str,
    *,
    by: Post | None,
    now: datetime,
    again: bool = True,
) -> None:
    transfer.ended_at, transfer.ended_by, transfer.ended_words = now, by, words.strip()[:300]
    move(transfer, state, "ended_at", "ended_by", "ended_words")
    if transfer.task is not None:
        close_task(transfer.task, outcome=Outcome.OVERTAKEN, by=by, now=now)
    if again:
        keep_a_next_step(
            transfer.case.claim,
            TaskKind.PLAN_HANDOVER,
            words=words,
            origin=Happened.TRANSFER_WITHDRAWN,
            by=by,
            now=now,
        )


def decide_again(transfer: Transfer, words: str, *, by: Post | None, now: datetime) -> None:
    task_for(
        transfer.case.claim,
        TaskKind.TRANSFER_DECLINED,
        transfer.proposed_by,
        due_on=working_day(1, now),
        origin=Happened.TRANSFER_ANSWERED,
        words=words,
        by=by,
        now=now,
    )


def transfer_refs(transfer: Transfer) -> dict[str, str]:
    return {"transfer": transfer.ref, "case": transfer.case.ref, **refs(transfer.case.claim)}


def about(transfer: Transfer) -> dict[str, str]:
    return {
        "how": transfer.kind,
        "before": transfer.from_manager.name,
        "to": name_of(transfer.receiver),
        "made_as": transfer.made_as,
        **transfer_refs(transfer),
    }


def tell_of(transfer: Transfer, kind: NewsKind, said: str, *, by: Post | None, now: datetime) -> None:
    """All with an interest hear where the customer is; but who is asked, or takes over, has a task that says it."""
    receiver = transfer.to_post.person if transfer.to_post else None
    tell_interested(transfer.case, kind, said, but_not=[receiver], by=by, now=now)


def stays_words(transfer: Transfer) -> str:
    """Why does not go further: who said no, and why, stays between colleagues."""
    return f"{manager_now(transfer.case).name} stays case manager; {transfer.to_name} does not take over."
