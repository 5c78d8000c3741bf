"""Our calls in the first weeks of a job, and the support that is offered beside it. All of it may be declined."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.employment.common import (
    case_task,
    day_past,
    in_working_days,
    insist_on_a_next_step,
    refs,
)
from waymark.employment.enums import IN_WORK_CALL_LIFE, Answer, CallState, Going, JobKind, JobState
from waymark.employment.models import InWorkCall, Job, SupportOffer
from waymark.employment.rules import call_days
from waymark.employment.verbs.holding import hold
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task


def plan_calls(job: Job, rules: Rules, *, by: Post | None, now: datetime) -> list[InWorkCall]:
    """The calls of the first weeks, planned at the start of a job; those whose day has passed are left out.

    The next one is a task. With a job told late, the first call is due at once.
    """
    key = (
        "employment.in_work_calls_days" if job.kind in JobKind.jobs() else "employment.small_work_calls_days"
    )
    days = call_days(job.starts_on, rules.value(key))
    to_come = [day for day in days if day >= day_of(now)] or days[-1:]
    calls = InWorkCall.objects.bulk_create(
        [InWorkCall(ref=new_ref("I"), job=job, due_on=max(day, day_of(now))) for day in to_come]
    )
    next_call(job, rules, by=by, now=now)
    return calls


def next_call(job: Job, rules: Rules, *, by: Post | None, now: datetime) -> InWorkCall | None:
    """The call that comes next becomes a task of the adviser; None when all are done."""
    call = job.calls.filter(state=CallState.PLANNED).order_by("due_on", "id").first()
    if call is None or call.task_id is not None:
        return call
    call.task = case_task(
        job.claim,
        TaskKind.IN_WORK_CALL,
        due_on=call.due_on,
        origin=Happened.JOB_STARTED,
        words=f"How is it going at {job.employer}?",
        by=by,
        now=now,
    )
    call.save(update_fields=["task"])
    return call


@transaction.atomic
def offer_support(
    job: Job,
    *,
    forms: Collection[str],
    answer: Answer,
    calls_welcome: bool = True,
    words: str = "",
    ask_again_on: date | None = None,
    by: Post,
    now: datetime,
) -> SupportOffer:
    """Support beside the job was offered, and what the customer said. No answer has any consequence.

    forms: codes of reasons/in_work_support.csv that were named; calls_welcome: whether we ring in the first weeks;
    ask_again_on: the day on which it is asked again, where they say perhaps later.
    """
    job, rules = hold(job, by, now)
    insist(_goes_on(job))
    known = rules.reasons("in_work_support")
    if not forms or any(code not in known for code in forms):
        raise Refused("no_forms", "What was offered?", "Mark what you named to the customer.")
    if answer == Answer.LATER:
        if ask_again_on is None:
            raise Refused("no_day", "Perhaps later: when?", "Give the day on which you ask again.")
        insist(day_past(ask_again_on, now, "The day to ask again"))
    offer = SupportOffer.objects.create(
        job=job,
        on=day_of(now),
        forms=list(forms),
        answer=answer,
        calls_welcome=calls_welcome,
        words=words.strip()[:300],
        ask_again_on=ask_again_on if answer == Answer.LATER else None,
        by=by,
    )
    asked = list(job.claim.tasks.filter(kind=TaskKind.OFFER_IN_WORK, closed_at=None))
    job.support, job.calls_welcome = answer, calls_welcome
    job.save(update_fields=["support", "calls_welcome"])
    if offer.ask_again_on is not None:
        case_task(
            job.claim,
            TaskKind.OFFER_IN_WORK,
            due_on=offer.ask_again_on,
            origin=Happened.IN_WORK_OFFERED,
            words=f"Ask again about support beside the job at {job.employer}, as agreed.",
            by=by,
            now=now,
        )
    dropped = [] if calls_welcome else _calls_not_wanted(job)
    insist_on_a_next_step(job.claim, *asked, *dropped)
    for task in asked:
        close_task(task, by=by, now=now)
    for task in dropped:
        close_task(task, outcome=Outcome.OVERTAKEN, by=by, now=now)
    _note(
        Happened.IN_WORK_OFFERED,
        job,
        by,
        now,
        why=words,
        answer=str(offer.get_answer_display()),
        forms=[known[code].title for code in forms],
        calls_welcome=calls_welcome,
    )
    return offer


@transaction.atomic
def talk(
    call: InWorkCall,
    *,
    going: Going,
    problems: Collection[str] = (),
    words: str = "",
    again_on: date | None = None,
    by: Post,
    now: datetime,
) -> InWorkCall:
    """The customer was reached: how the job goes, what is hard. The next call follows; `again_on` puts one between."""
    call, job, rules = _held_call(call, by, now)
    unknown = [code for code in problems if code not in rules.reasons("in_work_problem")]
    if unknown:
        raise Refused("no_such_code", f"The programme knows no “{unknown[0]}” here.", "Choose from the list.")
    if going != Going.WELL and not words.strip():
        raise Refused("no_words", "What is hard, and what follows?", "Write it in a sentence.")
    if again_on is not None:
        insist(day_past(again_on, now, "The day of the next call"))
    _end_call(call, CallState.TALKED, by, now)
    call.held_at, call.held_by, call.going = now, by, going
    call.problems, call.words = list(problems), words.strip()
    call.save()
    if again_on is not None and not job.calls.filter(state=CallState.PLANNED, due_on=again_on).exists():
        InWorkCall.objects.create(ref=new_ref("I"), job=job, due_on=again_on)
    next_call(job, rules, by=by, now=now)
    insist_on_a_next_step(job.claim, call.task)
    _done_with(call, by, now)
    titles = rules.reasons("in_work_problem")
    _note(
        Happened.IN_WORK_CALLED,
        job,
        by,
        now,
        why=words,
        going=str(call.get_going_display()),
        problems=[titles[code].title for code in problems],
    )
    return call


@transaction.atomic
def not_reached(call: InWorkCall, *, words: str = "", by: Post, now: datetime) -> InWorkCall:
    """Nobody answered. It is tried again a few times, then left until the next call: nobody is chased."""
    call, job, rules = _held_call(call, by, now)
    call.tries += 1
    if call.tries < rules.value("employment.in_work_call_tries"):
        old = call.task
        call.task = case_task(
            job.claim,
            TaskKind.IN_WORK_CALL,
            due_on=in_working_days(now, 1),
            origin=Happened.IN_WORK_CALLED,
            words=f"Try again: how is it going at {job.employer}?",
            by=by,
            now=now,
        )
        call.save(update_fields=["tries", "task"])
        if old is not None:
            close_task(old, by=by, now=now)
    else:
        _end_call(call, CallState.NOT_REACHED, by, now)
        call.words = words.strip()
        call.save()
        next_call(job, rules, by=by, now=now)
        insist_on_a_next_step(job.claim, call.task)
        _done_with(call, by, now)
    _note(Happened.IN_WORK_CALLED, job, by, now, why=words, going="", problems=[], tries=call.tries)
    return call


def end_calls(job: Job, *, by: Post | None, now: datetime) -> list[Task]:
    """The calls still planned are no longer needed; says their open tasks, for the caller to close."""
    return _end_planned(job, CallState.OVERTAKEN)


def _calls_not_wanted(job: Job) -> list[Task]:
    return _end_planned(job, CallState.NOT_WANTED)


def _end_planned(job: Job, state: CallState) -> list[Task]:
    planned = list(job.calls.filter(state=CallState.PLANNED).select_related("task"))
    for call in planned:
        IN_WORK_CALL_LIFE.insist(call.state, state)
    job.calls.filter(pk__in=[call.pk for call in planned]).update(state=state)
    return [call.task for call in planned if call.task is not None and call.task.closed_at is None]


def _held_call(call: InWorkCall, by: Post, now: datetime) -> tuple[InWorkCall, Job, Rules]:
    job, rules = hold(Job.objects.get(calls=call.pk), by, now)
    insist(_goes_on(job))
    call = InWorkCall.objects.select_for_update(of=("self",)).select_related("task").get(pk=call.pk)
    call.job = job
    if call.state != CallState.PLANNED:
        raise Refused(
            "call_over", f"This call is “{call.get_state_display()}”.", "The next one stands below it."
        )
    return call, job, rules


def _end_call(call: InWorkCall, state: CallState, by: Post, now: datetime) -> None:
    IN_WORK_CALL_LIFE.insist(call.state, state)
    call.state = state


def _done_with(call: InWorkCall, by: Post, now: datetime) -> None:
    if call.task is not None:
        close_task(call.task, by=by, now=now)


def _goes_on(job: Job) -> Refused | None:
    if job.state == JobState.RUNNING:
        return None
    return Refused(
        "not_running", f"This job is “{job.get_state_display()}”.", "Support goes with a job that goes on."
    )


def _note(kind: Happened, job: Job, by: Post, now: datetime, *, why: str, **details: Any) -> None:
    note_event(
        kind,
        by=by,
        now=now,
        why=why.strip(),
        job=job.ref,
        employer=job.employer,
        **details,
        **refs(job.claim),
    )


__all__ = ["end_calls", "next_call", "not_reached", "offer_support", "plan_calls", "talk"]
