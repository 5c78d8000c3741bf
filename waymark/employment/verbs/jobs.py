"""A job begins: agreed, begun, changed, seen. A job does not by itself end the claim, and nobody has to tell of one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from waymark.customers.models import Claim
from waymark.employment import access
from waymark.employment.announcing import Said, announce
from waymark.employment.common import case_task, in_working_days, insist_on_a_next_step, lock, refs, rules_of
from waymark.employment.enums import JOB_LIFE, EvidenceKind, JobKind, JobState, PayPeriod
from waymark.employment.models import Job, JobEvidence, JobWishes, Terms
from waymark.employment.verbs.calls import plan_calls
from waymark.employment.verbs.checks import plan_check
from waymark.employment.verbs.holding import hold
from waymark.employment.verbs.letters import tell_of_start
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks


@dataclass(frozen=True)
class NewJob:
    """What is known of a job. pay_pence: before tax, for a `pay_period`; None where unpaid or not known."""

    employer: str
    kind: JobKind
    hours: Decimal
    starts_on: date
    work: str = ""
    pay_pence: int | None = None
    pay_period: PayPeriod | str = ""
    lasting: bool | None = None
    adjustments: tuple[str, ...] = ()


@transaction.atomic
def record_job(claim: Claim, new: NewJob, *, by: Post | None, now: datetime) -> Job:
    """A job of the customer. One to come is looked after until it begins; one that has begun begins at once."""
    claim = lock(claim)
    insist(access.may_go_on_helping(claim, by))
    insist(_complete(new))
    rules = rules_of(claim, now)
    insist(_known("adjustment", new.adjustments, rules))
    job = Job.objects.create(
        ref=new_ref("J"),
        claim=claim,
        kind=new.kind,
        employer=new.employer.strip()[:200],
        work=new.work.strip()[:200],
        lasting=new.lasting,
        hours=new.hours,
        pay_pence=new.pay_pence,
        pay_period=new.pay_period if new.pay_pence is not None else "",
        adjustments=list(new.adjustments),
        state=JobState.AGREED,
        starts_on=new.starts_on,
        noted_at=now,
        noted_by=by,
    )
    _keep_terms(job, new.starts_on, "", by, now)
    if new.starts_on > day_of(now):
        _wait_for(job, rules, by, now)
        _note(Happened.JOB_AGREED, job, by, now)
        return job
    return _begin(job, rules, by, now)


@transaction.atomic
def start_job(job: Job, *, on: date, by: Post, now: datetime) -> Job:
    """The job has begun, on this day. The offer of support and our calls begin with it."""
    job, rules = hold(job, by, now)
    if on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Come back when the job has begun.")
    if on != job.starts_on:
        job.starts_on = on
        job.save(update_fields=["starts_on"])
        _keep_terms(job, on, "Begun on another day than agreed", by, now)
    return _begin(job, rules, by, now)


@transaction.atomic
def not_taken(job: Job, *, why: str, by: Post, now: datetime) -> Job:
    """The job was not begun after all. That happens; nothing follows from it."""
    job, _rules = hold(job, by, now)
    if not why.strip():
        raise Refused("no_reason", "Why was it not begun?", "Write what came of it.")
    JOB_LIFE.insist(job.state, JobState.NOT_TAKEN)
    waiting = job.claim.tasks.filter(kind=TaskKind.JOB_START, closed_at=None)
    insist_on_a_next_step(job.claim, *waiting)
    job.state, job.ended_words = JobState.NOT_TAKEN, why.strip()[:300]
    job.save(update_fields=["state", "ended_words"])
    close_tasks(job.claim, TaskKind.JOB_START, outcome=Outcome.OVERTAKEN, by=by, now=now)
    _note(Happened.JOB_NOT_TAKEN, job, by, now, why=why)
    return job


@transaction.atomic
def change_job(
    job: Job,
    *,
    since: date,
    hours: Decimal,
    pay_pence: int | None = None,
    pay_period: PayPeriod | str = "",
    why: str = "",
    by: Post,
    now: datetime,
) -> Job:
    """Other hours or pay from a day on; what held before is kept. Whoever pays something for the job is told."""
    job, _rules = hold(job, by, now)
    if job.state != JobState.RUNNING:
        raise Refused("not_running", f"This job is “{job.get_state_display()}”.", "Change one that goes on.")
    if since < job.starts_on or since > day_of(now):
        raise Refused(
            "wrong_day", "A change lies between the first day of the job and today.", "Check the day."
        )
    period = pay_period if pay_pence is not None else ""
    if (hours, pay_pence, period) == (job.hours, job.pay_pence, job.pay_period):
        raise Refused("nothing_changed", "Hours and pay are those we have.", "Write what is new, or go back.")
    insist(_right_hours(hours))
    insist(_right_pay(pay_pence, period))
    job.hours, job.pay_pence, job.pay_period = hours, pay_pence, period
    job.save(update_fields=["hours", "pay_pence", "pay_period"])
    _keep_terms(job, since, why, by, now)
    announce(job, Said.JOB_CHANGED, by=by, now=now)
    _note(Happened.JOB_CHANGED, job, by, now, why=why, since=since.isoformat())
    return job


@transaction.atomic
def see_evidence(
    job: Job, *, kind: EvidenceKind, shows: str, on: date, by: Post, now: datetime
) -> JobEvidence:
    """Somebody has seen something of the job: what it was, and what it shows (P:L971)."""
    job, _rules = hold(job, by, now)
    if not shows.strip():
        raise Refused(
            "no_words", "What does it show?", "Write it: that the job has begun, its hours, its pay."
        )
    if on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Give the day on which you saw it.")
    seen = JobEvidence.objects.create(job=job, kind=kind, shows=shows.strip()[:200], seen_on=on, seen_by=by)
    _note(Happened.JOB_EVIDENCE_SEEN, job, by, now, why=shows, evidence=str(seen.get_kind_display()))
    return seen


@transaction.atomic
def set_wishes(
    claim: Claim,
    *,
    work: str = "",
    least_hours: Decimal | None = None,
    most_hours: Decimal | None = None,
    most_travel_minutes: int | None = None,
    times: str = "",
    avoid: str = "",
    by: Post,
    now: datetime,
) -> JobWishes:
    """What work should be like, as the customer says it. It is held against every job, and blocks none."""
    claim = lock(claim)
    insist(access.may_go_on_helping(claim, by))
    if least_hours is not None and most_hours is not None and most_hours < least_hours:
        raise Refused("hours_order", "The most hours are fewer than the least.", "Check the two numbers.")
    wishes, _made = JobWishes.objects.update_or_create(
        claim=claim,
        defaults={
            "work": work.strip()[:200],
            "least_hours": least_hours,
            "most_hours": most_hours,
            "most_travel_minutes": most_travel_minutes,
            "times": times.strip()[:200],
            "avoid": avoid.strip()[:300],
            "asked_on": day_of(now),
            "asked_by": by,
        },
    )
    note_event(Happened.JOB_WISHES_SET, by=by, now=now, why=wishes.work, **refs(claim))
    return wishes


def _begin(job: Job, rules: Rules, by: Post | None, now: datetime) -> Job:
    JOB_LIFE.insist(job.state, JobState.RUNNING)
    job.state = JobState.RUNNING
    job.save(update_fields=["state"])
    case_task(
        job.claim,
        TaskKind.OFFER_IN_WORK,
        due_on=in_working_days(now, rules.value("employment.offer_within_working_days")),
        origin=Happened.JOB_STARTED,
        words=f"Offer support beside the job at {job.employer}; a no is all right.",
        by=by,
        now=now,
    )
    plan_calls(job, rules, by=by, now=now)
    plan_check(job, rules, by=by, now=now)
    close_tasks(job.claim, TaskKind.JOB_START, by=by, now=now)
    told = tell_of_start(job, rules, by=by, now=now)
    announce(job, Said.JOB_STARTED, by=by, now=now)
    _note(Happened.JOB_STARTED, job, by, now, written=told)
    return job


def _wait_for(job: Job, rules: Rules, by: Post | None, now: datetime) -> None:
    case_task(
        job.claim,
        TaskKind.JOB_START,
        due_on=job.starts_on,
        origin=Happened.JOB_AGREED,
        words=f"Has the job at {job.employer} begun? Until then: money, the way there, what helps.",
        by=by,
        now=now,
    )


def _keep_terms(job: Job, since: date, why: str, by: Post | None, now: datetime) -> None:
    Terms.objects.create(
        job=job,
        since=since,
        hours=job.hours,
        pay_pence=job.pay_pence,
        pay_period=job.pay_period,
        why=why.strip()[:300],
        noted_at=now,
        noted_by=by,
    )


def _complete(new: NewJob) -> Refused | None:
    if not new.employer.strip():
        return Refused(
            "no_employer", "Who is the work for?", "Write the employer, or what the self-employed do."
        )
    return _right_hours(new.hours) or _right_pay(new.pay_pence, new.pay_period)


def _right_hours(hours: Decimal) -> Refused | None:
    if 0 < hours <= 168:
        return None
    return Refused("wrong_hours", "Give the hours a week.", "More than none, no more than 168.")


def _right_pay(pence: int | None, period: str) -> Refused | None:
    if pence is None or period:
        return None
    return Refused("no_period", "What is the pay for?", "Choose an hour, a week, a month or a year.")


def _known(name: str, codes: Collection[str], rules: Rules) -> Refused | None:
    known = rules.reasons(name)
    unknown = [code for code in codes if code not in known]
    if not unknown:
        return None
    return Refused("no_such_code", f"The programme knows no “{unknown[0]}” here.", "Choose from the list.")


def _note(kind: Happened, job: Job, by: Post | None, now: datetime, *, why: str = "", **details: Any) -> None:
    note_event(
        kind,
        by=by,
        now=now,
        why=why.strip(),
        job=job.ref,
        employer=job.employer,
        job_kind=str(job.get_kind_display()),
        hours=f"{job.hours:f}",
        starts=job.starts_on.isoformat(),
        **details,
        **refs(job.claim),
    )
