"""Steps that a meeting agreed."""

from datetime import datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import StepState
from waymark.casework.models import AgreedStep, Case
from waymark.casework.verbs.common import close_task, lock, refs
from waymark.customers.enums import ClaimStatus
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def end_step(step: AgreedStep, *, state: StepState, words: str = "", by: Post, now: datetime) -> AgreedStep:
    """What was agreed is done, or is dropped for a reason."""
    held = (
        AgreedStep.objects.select_for_update(of=("self",))
        .select_related("meeting__case", "task")
        .get(pk=step.pk)
    )
    case = lock(held.meeting.case)
    insist(access.may_help(case.claim, by))
    if held.state != StepState.OPEN:
        raise Refused("step_ended", f"This step is “{held.get_state_display()}” already.", "")
    if state == StepState.DROPPED and not words.strip():
        raise Refused("no_reason", "A step is dropped for a reason.", "Write why it is not done.")
    if held.task is not None:
        _insist_on_a_next_step(held, case)
        close_task(held.task, by=by, now=now)
    held.state, held.ended_on, held.ended_by, held.ended_words = state, day_of(now), by, words.strip()[:300]
    held.save(update_fields=["state", "ended_on", "ended_by", "ended_words"])
    note_event(
        Happened.AGREED_STEP_ENDED,
        by=by,
        now=now,
        why=words.strip(),
        words=held.words,
        done=state == StepState.DONE,
        case=case.ref,
        **refs(case.claim),
    )
    return held


def _insist_on_a_next_step(step: AgreedStep, case: Case) -> None:
    if step.task is None:
        return
    others = case.claim.tasks.filter(closed_at=None).exclude(pk=step.task.pk).exists()
    if case.claim.status == ClaimStatus.LIVE and not others:
        raise Refused(
            "only_next_step",
            "This step is the only next step of the claim; without it the customer would be lost.",
            "Say what comes next first, then come back.",
        )
