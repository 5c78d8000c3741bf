"""What plans do when work speaks: a job that has ended becomes a step back in, with a day."""

from datetime import datetime

from waymark.actionplans.enums import Origin
from waymark.actionplans.owners import StepOwner
from waymark.actionplans.verbs.steps import add_step, step_reached
from waymark.customers.enums import ClaimStatus
from waymark.employment import announcing
from waymark.employment.announcing import Said
from waymark.employment.common import whose
from waymark.employment.models import Job
from waymark.organisations.models import Person, Post


def listen() -> None:
    announcing.listen(work_said)


def work_said(job: Job, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened to the job."""
    if said == Said.JOB_STARTED:
        step_reached(job.ref, by=by, now=now)
    elif said == Said.JOB_LEFT and job.claim.status == ClaimStatus.LIVE and job.next_on is not None:
        add_step(
            job.claim,
            words=job.next_words,
            who=_who(job, by),
            due_on=job.next_on,
            made_of=job.ref,
            origin=Origin.JOB,
            why=f"The job at {job.employer} has ended. You have not lost your place with us.",
            by=by,
            now=now,
        )


def _who(job: Job, by: Post | None) -> StepOwner:
    """The adviser looks after it, so that the customer need not come and ask."""
    person: Person | None = whose(job.claim)[1] or (by.person if by is not None else None)
    return StepOwner.adviser(person) if person is not None else StepOwner.customer()
