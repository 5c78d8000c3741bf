"""Reading work: jobs with their calls, the clock, and the time after a benefit. It all starts from a post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from waymark.customers.models import Claim
from waymark.customers.queries import claims_visible_to
from waymark.employment.clocks import clock_of
from waymark.employment.enums import JobState, TransitionState
from waymark.employment.models import (
    Disclosure,
    InWorkCall,
    Job,
    JobEvidence,
    JobWishes,
    SupportOffer,
    SustainedCheck,
    Terms,
    TransitionPlan,
)
from waymark.employment.rules import Clock, Wished, weekly_pence
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

OF_WORK = (TaskKind.JOB_START, TaskKind.OFFER_IN_WORK, TaskKind.AFTER_JOB, TaskKind.SUSTAINED_CHECK)


@dataclass(frozen=True)
class Card:
    """Work in few words, for a page that gathers several things. Each line: label, value, address, arguments."""

    title: str
    lines: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    next: str


@dataclass(frozen=True)
class WorkPage:
    """A customer's work as it stands."""

    jobs: tuple[Job, ...]
    clock: Clock | None
    noted: tuple[SustainedCheck, ...]
    disclosure: Disclosure | None
    disclosures_before: int
    wishes: JobWishes | None
    open_kinds: frozenset[str]

    @property
    def running(self) -> tuple[Job, ...]:
        return tuple(job for job in self.jobs if job.state == JobState.RUNNING)

    @property
    def to_begin(self) -> tuple[Job, ...]:
        return tuple(job for job in self.jobs if job.state == JobState.AGREED)

    @property
    def over(self) -> tuple[Job, ...]:
        return tuple(job for job in self.jobs if job.state in {JobState.ENDED, JobState.NOT_TAKEN})

    def reached(self) -> list[int]:
        """The milestones that are reached and not noted yet."""
        if self.clock is None or not self.clock.working:
            return []
        noted = {one.weeks for one in self.noted if one.clock_from == self.clock.since}
        return [one.weeks for one in self.clock.milestones if one.reached_on and one.weeks not in noted]


def work_page(claim: Claim, rules: Rules, on: date) -> WorkPage:
    """Everything about a claim's work: ten statements at most, however many jobs."""
    jobs = list(
        Job.objects.filter(claim=claim)
        .select_related("noted_by__person")
        .prefetch_related(
            Prefetch("calls", InWorkCall.objects.select_related("held_by__person", "task__person")),
            Prefetch("offers", SupportOffer.objects.select_related("by__person")),
            Prefetch("evidence", JobEvidence.objects.select_related("seen_by__person")),
            Prefetch("terms", Terms.objects.order_by("since", "id")),
        )
    )
    disclosures = list(Disclosure.objects.filter(claim=claim).select_related("by__person"))
    tasks = Task.objects.filter(claim=claim, closed_at=None, kind__in=OF_WORK)
    return WorkPage(
        jobs=tuple(jobs),
        clock=clock_of(jobs, rules, on),
        noted=tuple(SustainedCheck.objects.filter(job__claim=claim).select_related("by__person", "job")),
        disclosure=next((one for one in disclosures if one.until is None), None),
        disclosures_before=sum(one.until is not None for one in disclosures),
        wishes=JobWishes.objects.filter(claim=claim).first(),
        open_kinds=frozenset(tasks.values_list("kind", flat=True)),
    )


def wished(wishes: JobWishes | None) -> Wished:
    """What the customer wants of work, for `rules.hints`."""
    if wishes is None:
        return Wished()
    return Wished(
        wishes.least_hours, wishes.most_hours, wishes.most_travel_minutes, wishes.avoid, wishes.times
    )


def weekly_pay(job: Job) -> int | None:
    """Pence a week before tax, as worked out from hours and pay; None where the pay is not known."""
    return weekly_pence(job.pay_pence, job.pay_period, job.hours)


def job_for(post: Post, ref: str) -> Job:
    """A job with its claim. Raises Job.DoesNotExist for strangers."""
    return Job.objects.select_related("claim__customer", "claim__office__district").get(
        ref=ref, claim__in=claims_visible_to(post).order_by().values("pk")
    )


def call_for(post: Post, ref: str) -> InWorkCall:
    """A call with its job. Raises InWorkCall.DoesNotExist for strangers."""
    return InWorkCall.objects.select_related("job__claim__customer", "job__claim__office__district").get(
        ref=ref, job__claim__in=claims_visible_to(post).order_by().values("pk")
    )


def last_calls(job: Job) -> Sequence[InWorkCall]:
    """What was said in earlier calls, the last first: nobody is asked twice (M:L2272-2289)."""
    return list(job.calls.filter(state="talked").select_related("held_by__person").order_by("-held_at")[:3])


def disclosure_of(claim: Claim) -> Disclosure | None:
    """The advice that holds. One query."""
    return Disclosure.objects.filter(claim=claim, until=None).select_related("by__person").first()


def transition_of(claim: Claim) -> TransitionPlan | None:
    """The newest plan for the time after a benefit, with its help; None where there is none."""
    return (
        TransitionPlan.objects.filter(claim=claim)
        .select_related("person", "told_by__person", "task__person")
        .prefetch_related("help")
        .order_by("-begun_at", "-id")
        .first()
    )


def transitions_open(post: Post) -> list[TransitionPlan]:
    """Everybody within reach whose benefit has ended and who is not left alone with it, the next contact first."""
    return list(
        TransitionPlan.objects.filter(claim__in=claims_visible_to(post).order_by().values("pk"))
        .exclude(state=TransitionState.CLOSED)
        .select_related("claim__customer", "claim__office", "person", "task__person", "task__team")
        .order_by("task__due_on", "id")
    )


def card_of(claim: Claim, on: date) -> Card:
    """Work in few words: what goes on, when we ring. Two statements."""
    jobs = list(Job.objects.filter(claim=claim))
    running = [job for job in jobs if job.state == JobState.RUNNING]
    coming = [job for job in jobs if job.state == JobState.AGREED]
    call = (
        InWorkCall.objects.filter(job__in=running, state="planned").order_by("due_on").first()
        if running
        else None
    )
    lines = [
        (str(job.get_kind_display()).capitalize(), job.employer, "employment:work", (claim.ref,))
        for job in (*running, *coming)
    ]
    nothing = (("Work", "none told of", "employment:work", (claim.ref,)),)
    return Card(
        title="Work",
        lines=tuple(lines) or nothing,
        next=f"We ring on {call.due_on:%d %B %Y}" if call is not None else "",
    )
