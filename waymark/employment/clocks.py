"""The clock of a claim, from its jobs."""

from collections.abc import Iterable
from datetime import date

from waymark.customers.models import Claim
from waymark.employment.enums import JobState
from waymark.employment.models import Job
from waymark.employment.rules import Clock, Spell, clock
from waymark.employment.settings import clock_rules, counting_kinds
from waymark.programme.queries import Rules

WORKED = (JobState.RUNNING, JobState.ENDED)


def jobs_of(claim: Claim) -> list[Job]:
    """Every job of a claim, the latest first. One statement."""
    return list(Job.objects.filter(claim=claim).select_related("noted_by__person"))


def clock_of(jobs: Iterable[Job], rules: Rules, on: date) -> Clock | None:
    """Where sustained work stands on a day; None while there is none to count."""
    counted = counting_kinds(rules)
    spells = [
        Spell(job.starts_on, job.ended_on, job.employer, job.hours)
        for job in jobs
        if job.kind in counted and job.state in WORKED
    ]
    return clock(spells, clock_rules(rules), on)
