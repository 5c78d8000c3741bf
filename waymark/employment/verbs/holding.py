"""A job held against others while something is written about it."""

from datetime import datetime

from waymark.customers.models import Claim
from waymark.employment import access
from waymark.employment.common import lock, rules_of
from waymark.employment.models import Job
from waymark.kernel.refusal import insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules


def hold(job: Job, by: Post | None, now: datetime) -> tuple[Job, Rules]:
    """The job with its claim and the rules of the day, if this person may work on it; the claim may have ended."""
    claim = lock(Claim.objects.get(jobs=job.pk))
    insist(access.may_go_on_helping(claim, by))
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    job.claim = claim
    return job, rules_of(claim, now)
