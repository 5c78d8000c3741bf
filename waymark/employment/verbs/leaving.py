"""A job ends. That is a step on the way and no failure: a kind call, a day for what comes next, nothing else."""

from datetime import date, datetime

from django.db import transaction

from waymark.employment.announcing import Said, announce
from waymark.employment.common import case_task, day_past, in_working_days, insist_on_a_next_step, refs
from waymark.employment.enums import JOB_LIFE, JobKind, JobState
from waymark.employment.models import Job
from waymark.employment.verbs.calls import end_calls
from waymark.employment.verbs.checks import open_checks
from waymark.employment.verbs.holding import hold
from waymark.employment.verbs.letters import tell_of_end
from waymark.kernel.clock import day_of
from waymark.kernel.clock import words as long_day
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task


@transaction.atomic
def leave_job(
    job: Job,
    *,
    on: date,
    because: str,
    words: str = "",
    next_words: str,
    next_on: date,
    by: Post,
    now: datetime,
) -> Job:
    """The job has ended: its last day, a reason of reasons/job_ended.csv, and what comes next by which day.

    next_words, next_on: the next step, agreed with the customer or proposed to them; it goes into their plan while
    the claim is live. Whatever runs with the job hears of it. The customer gets kind words, and a call soon; where
    the reason says that they go on in another job (`calls` is no), no call is due.
    """
    job, rules = hold(job, by, now)
    JOB_LIFE.insist(job.state, JobState.ENDED)
    reason = rules.reasons("job_ended").get(because)
    if reason is None:
        raise Refused("no_reason", "Why did the job end?", "Choose a reason from the list.")
    if reason.yes("needs_words") and not words.strip():
        raise Refused("no_words", "Why did the job end?", "Write it in a sentence, as the customer says it.")
    if not job.starts_on <= on <= day_of(now):
        raise Refused(
            "wrong_day", "The last day lies between the first day of the job and today.", "Check the day."
        )
    if not next_words.strip():
        raise Refused("no_next", "What comes next?", "Write one small step, and a day for it.")
    insist(day_past(next_on, now, "The day of what comes next"))
    job.state, job.ended_on, job.ended_because = JobState.ENDED, on, because
    job.ended_words = words.strip()[:300]
    job.next_words, job.next_on = next_words.strip()[:300], next_on
    job.save(update_fields=["state", "ended_on", "ended_because", "ended_words", "next_words", "next_on"])
    if reason.yes("calls") or not _works_on(job):
        case_task(
            job.claim,
            TaskKind.AFTER_JOB,
            due_on=in_working_days(now, rules.value("employment.after_job_working_days")),
            origin=Happened.JOB_LEFT,
            words=f"The job at {job.employer} has ended. How is it for them? {reason.columns['ask']}".strip(),
            by=by,
            now=now,
        )
    announce(job, Said.JOB_LEFT, by=by, now=now)
    _close_what_went_with_it(job, by, now)
    told = tell_of_end(
        job,
        kind_words=reason.columns["letter_words"],
        next_words=job.next_words,
        next_on=next_on,
        rules=rules,
        by=by,
        now=now,
    )
    note_event(
        Happened.JOB_LEFT,
        by=by,
        now=now,
        why=words.strip(),
        reason=reason.title,
        job=job.ref,
        employer=job.employer,
        on=on.isoformat(),
        next_step=job.next_words,
        next_on=long_day(next_on),
        written=told,
        **refs(job.claim),
    )
    return job


@transaction.atomic
def called_after(job: Job, *, words: str, by: Post, now: datetime) -> Job:
    """Somebody has talked with the customer after a job ended: what was said, and what would suit them better."""
    job, _rules = hold(job, by, now)
    if not words.strip():
        raise Refused("no_words", "What was said?", "Write it, with what would suit the customer better.")
    tasks = list(job.claim.tasks.filter(kind=TaskKind.AFTER_JOB, closed_at=None))
    insist_on_a_next_step(job.claim, *tasks)
    for task in tasks:
        close_task(task, by=by, now=now)
    note_event(
        Happened.AFTER_JOB_CALLED,
        by=by,
        now=now,
        why=words.strip(),
        job=job.ref,
        employer=job.employer,
        **refs(job.claim),
    )
    return job


def _close_what_went_with_it(job: Job, by: Post, now: datetime) -> None:
    """Calls and offers of this job, and the clock's check where no other work goes on."""
    tasks: list[Task] = end_calls(job, by=by, now=now)
    if not _works_on(job):
        tasks += open_checks(job)
        tasks += job.claim.tasks.filter(kind=TaskKind.OFFER_IN_WORK, closed_at=None)
    insist_on_a_next_step(job.claim, *tasks)
    for task in tasks:
        close_task(task, outcome=Outcome.OVERTAKEN, by=by, now=now)


def _works_on(job: Job) -> bool:
    others = Job.objects.filter(claim=job.claim, state=JobState.RUNNING).exclude(pk=job.pk)
    return others.filter(kind__in=JobKind.jobs()).exists()
