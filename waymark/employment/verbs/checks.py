"""Sustained work: at so many weeks somebody sees whether it goes on. It is a reason to be glad, never a test."""

from datetime import datetime

from django.db import transaction

from waymark.employment.clocks import clock_of, jobs_of
from waymark.employment.common import case_task, insist_on_a_next_step, refs
from waymark.employment.enums import JobState
from waymark.employment.models import Job, SustainedCheck
from waymark.employment.settings import counting_kinds
from waymark.employment.verbs.holding import hold
from waymark.kernel.clock import day_of
from waymark.kernel.clock import words as long_day
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task


def plan_check(job: Job, rules: Rules, *, by: Post | None, now: datetime) -> Task | None:
    """The next milestone becomes a task of the day on which it would be reached. None where no work counts."""
    if job.kind not in counting_kinds(rules):
        return None
    found = clock_of(jobs_of(job.claim), rules, max(day_of(now), job.starts_on))
    coming = found.next_milestone if found is not None else None
    if coming is None or coming.expected_on is None:
        return None
    for old in open_checks(job):
        close_task(old, outcome=Outcome.OVERTAKEN, by=by, now=now)
    return case_task(
        job.claim,
        TaskKind.SUSTAINED_CHECK,
        due_on=coming.expected_on,
        origin=Happened.JOB_STARTED,
        words=f"{coming.weeks} weeks of work, if it goes on. How is it at {job.employer}?",
        by=by,
        now=now,
    )


@transaction.atomic
def note_sustained(job: Job, *, weeks: int, words: str = "", by: Post, now: datetime) -> SustainedCheck:
    """The work goes on and this milestone is reached: noted once for each clock, with what was said of it."""
    job, rules = hold(job, by, now)
    if job.state != JobState.RUNNING:
        raise Refused(
            "not_running", f"This job is “{job.get_state_display()}”.", "Choose a job that goes on."
        )
    found = clock_of(jobs_of(job.claim), rules, day_of(now))
    milestone = next((one for one in found.milestones if one.weeks == weeks), None) if found else None
    if found is None or milestone is None or milestone.reached_on is None:
        raise Refused(
            "not_reached",
            f"{weeks} weeks of work are not reached yet.",
            f"They will be on {long_day(milestone.expected_on)}."
            if milestone is not None and milestone.expected_on is not None
            else "Check the days of the jobs.",
        )
    if SustainedCheck.objects.filter(job__claim=job.claim, weeks=weeks, clock_from=found.since).exists():
        raise Refused("noted_already", "This was noted already.", "The next milestone stands below it.")
    check = SustainedCheck.objects.create(
        job=job,
        weeks=weeks,
        clock_from=found.since,
        reached_on=milestone.reached_on,
        words=words.strip()[:300],
        noted_at=now,
        by=by,
    )
    old = open_checks(job)
    fresh = plan_check(job, rules, by=by, now=now)
    if fresh is None:
        insist_on_a_next_step(job.claim, *old)
    for task in old:
        close_task(task, by=by, now=now)
    note_event(
        Happened.WORK_SUSTAINED,
        by=by,
        now=now,
        why=words.strip(),
        weeks=weeks,
        employer=job.employer,
        job=job.ref,
        **refs(job.claim),
    )
    return check


def open_checks(job: Job) -> list[Task]:
    return list(job.claim.tasks.filter(kind=TaskKind.SUSTAINED_CHECK, closed_at=None))
