"""What awards do when lower parts speak: a job answers the questions of the tables, and the credit runs with it.

That a job has ended is a fact somebody noted; the credit ends with it, and the customer is told. That hours or pay
have changed is for a person to look at: it becomes a task. With a claim ends what goes with its benefit; what is for
people who take up work goes on, with everything that was still to be done about it.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from waymark.awards.advice import answers_of_job
from waymark.awards.enums import HOLDING, OF_A_JOB, OPEN, Advice
from waymark.awards.models import Award, Instalment
from waymark.awards.rules import DAY
from waymark.awards.verbs.changing import advise_on_change, stop_with_claim, stop_with_job
from waymark.awards.verbs.common import keep_answers, owner, rules_for, task
from waymark.customers.models import Claim
from waymark.employment import announcing
from waymark.employment.announcing import Said
from waymark.employment.models import Job
from waymark.employment.rules import weekly_pence
from waymark.interviews import announcing as interviews
from waymark.kernel.clock import day_of
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task

OF_AWARDS = (TaskKind.AGREE_AWARD, TaskKind.AWARD_CHANGE, TaskKind.AWARD_ENDING, TaskKind.AWARD_EVIDENCE)


def listen() -> None:
    announcing.listen(employment_said)
    interviews.listen(claim_said)


def claim_said(claim: Claim, said: interviews.Said, by: Post | None, now: datetime) -> None:
    """In the transaction in which a claim ends. Its tasks are closed by then."""
    if said != interviews.Said.CLAIM_ENDED:
        return
    claim = Claim.objects.select_related("customer", "office__district").get(pk=claim.pk)
    rules = rules_for(claim, day_of(now))
    row = rules.pack.reasons("claim_end").get(claim.end_code)
    code = row.columns.get("awards_stop", "") if row is not None else ""
    reason = rules.pack.reasons("award_stopped").get(code)
    for award in Award.objects.filter(claim=claim, state__in=HOLDING).order_by("pk"):
        if reason is not None and (not reason.words("kinds") or award.kind in reason.words("kinds")):
            stop_with_claim(award, reason.code, by=by, now=now)
    _go_on(claim, by, now)


def _go_on(claim: Claim, by: Post | None, now: datetime) -> None:
    """What was to be done about an award that goes on is to be done still, by the same people (E:L365-367)."""
    waits = Exists(Instalment.objects.filter(award=OuterRef("pk"), held_at__isnull=False))
    if not Award.objects.filter(Q(state__in=OPEN) | waits, claim=claim).exists():
        return
    closed = Task.objects.filter(claim=claim, kind__in=OF_AWARDS, closed_at=now, outcome=Outcome.OVERTAKEN)
    for old in closed.select_related("team", "person").order_by("pk"):
        new = task(
            claim,
            TaskKind(old.kind),
            whose=(old.team, old.person),
            due_on=old.due_on,
            words=old.words,
            origin=Happened(old.origin),
            by=by,
            now=now,
        )
        Award.objects.filter(authorise_task=old).update(authorise_task=new)


def employment_said(job: Job, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened."""
    awards = list(
        Award.objects.filter(
            claim__customer=job.claim.customer_id, job_ref=job.ref, kind__in=OF_A_JOB, state__in=HOLDING
        ).select_related("claim__customer", "claim__office__district", "decided_by__team__office")
    )
    if said == Said.JOB_LEFT:
        keep_answers(job.claim, {"has_job": "no"}, job_ref=job.ref, by=by, now=now)
        for award in awards:
            _stop(award, job, by, now)
        return
    answers = job_answers(job)
    keep_answers(job.claim, answers, job_ref=job.ref, by=by, now=now)
    for award in awards:
        _look_at(award, answers, by, now)


def job_answers(job: Job) -> dict[str, str]:
    """What a job says to the tables; where the pay is not known, only that there is one and its hours."""
    weekly = weekly_pence(job.pay_pence, job.pay_period, job.hours)
    if weekly is None:
        return {"has_job": "yes", "job_hours": str(int(job.hours))}
    return answers_of_job(float(job.hours), weekly)


def _stop(award: Award, job: Job, by: Post | None, now: datetime) -> None:
    last = job.ended_on or day_of(now)
    if award.starts_on is not None and last < award.starts_on:
        last = award.starts_on - DAY
    if award.until is not None:
        last = min(last, award.until)
    stop_with_job(award, last_day=last, by=by, now=now)


def _look_at(award: Award, answers: dict[str, str], by: Post | None, now: datetime) -> None:
    """Where the tables would not give it any more, somebody looks at it; nothing stops by itself."""
    advised = advise_on_change(award, answers, day_of(now))
    if not (advised.settled and advised.advice == Advice.NO):
        return
    if Task.objects.filter(claim=award.claim, kind=TaskKind.AWARD_CHANGE, closed_at=None).exists():
        return
    task(
        award.claim,
        TaskKind.AWARD_CHANGE,
        whose=owner(award.claim, award.decided_by),
        due_on=next_working_day(day_of(now), organisations.holidays()),
        words=advised.because,
        origin=Happened.AWARD_CHANGED,
        by=by,
        now=now,
    )
