"""What work does when interviews speak: a claim that ends does not end the help that goes on after it."""

from datetime import datetime

from waymark.customers.models import Claim
from waymark.employment.common import case_task, in_working_days, rules_of
from waymark.employment.enums import JobState, TransitionState
from waymark.employment.models import Job
from waymark.employment.verbs.calls import next_call
from waymark.employment.verbs.transition import begin_transition, reopen_task
from waymark.interviews import announcing
from waymark.interviews.announcing import Said
from waymark.kernel.clock import day_of
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind


def listen() -> None:
    announcing.listen(interviews_said)


def interviews_said(claim: Claim, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened. The claim's tasks are closed by then."""
    if said != Said.CLAIM_ENDED:
        return
    claim = Claim.objects.select_related("customer", "office__district").get(pk=claim.pk)
    rules = rules_of(claim, now)
    ended = rules.reasons("claim_end").get(claim.end_code)
    for job in claim.jobs.filter(state=JobState.RUNNING):
        job.claim = claim
        if ended is not None and ended.yes("ends_help"):
            job.calls.filter(state="planned").update(task=None)  # nobody is rung any more (D:L288-290)
        else:
            _support_goes_on(job, rules, by, now)
    _way_on(claim, rules, by, now)


def _support_goes_on(job: Job, rules: Rules, by: Post | None, now: datetime) -> None:
    """Most who start a job leave the benefit: that is when our calls are wanted (M:L3987-3989, M:L3106)."""
    job.calls.filter(state="planned").update(task=None)
    next_call(job, rules, by=by, now=now)
    if job.support:
        return
    case_task(
        job.claim,
        TaskKind.OFFER_IN_WORK,
        due_on=in_working_days(now, rules.value("employment.offer_within_working_days")),
        origin=Happened.CLAIM_ENDED,
        words=f"Offer support beside the job at {job.employer}; a no is all right.",
        by=by,
        now=now,
    )


def _way_on(claim: Claim, rules: Rules, by: Post | None, now: datetime) -> None:
    """Who loses a benefit gets a plan for the time after it; one that was begun goes on."""
    for plan in claim.transitions.exclude(state=TransitionState.CLOSED):
        plan.claim = claim
        reopen_task(plan, by=by, now=now)
        return
    rows = rules.reasons("entitlement_lost").values()
    row = next((one for one in rows if claim.end_code in one.words("claim_end")), None)
    if row is not None:
        begin_transition(claim, because=row.code, lost_on=claim.ended_on or day_of(now), by=by, now=now)
