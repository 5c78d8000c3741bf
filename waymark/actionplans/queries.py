"""Reading plans. What a colleague sees starts from their post; a customer sees their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from waymark.actionplans.enums import GoalState, OwnerKind, StepState
from waymark.actionplans.models import Agreement, Goal, Plan, Step, Version
from waymark.actionplans.wording import barrier_titles, lines_of, who_does
from waymark.casework.models import CaseWorker
from waymark.casework.queries import contacts_for
from waymark.customers.models import Claim
from waymark.customers.queries import MustKnow, claims_visible_to, must_know
from waymark.directory.models import Contact, Service
from waymark.interviews.holding import rules_for
from waymark.interviews.models import Interest
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

OWNERS = ("person", "contact__organisation", "organisation", "goal", "task", "closed_by__person")


@dataclass(frozen=True)
class Card:
    """A plan in few words, for a page that gathers several things. Each line: label, value, address, arguments."""

    title: str
    lines: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    next: str


@dataclass(frozen=True)
class OnClaim:
    """A claim with its rules and what must be known of the customer: what every page of a plan begins with."""

    claim: Claim
    rules: Rules
    must_know: MustKnow

    @property
    def customer(self) -> object:
        return self.claim.customer


@dataclass(frozen=True)
class PlanPage:
    """A plan as it stands. `plan` is None until something is put into it; `version` is the newest."""

    plan: Plan | None
    goals: tuple[Goal, ...]
    barriers: tuple[str, ...]
    open_steps: tuple[Step, ...]
    closed_steps: tuple[Step, ...]
    version: Version | None
    answer: Agreement | None
    agreed: Version | None
    wishes: tuple[Interest, ...]
    promises: tuple[Task, ...]

    @property
    def draft(self) -> bool:
        """Whether the newest version waits for the customer's word."""
        return self.version is not None and (self.answer is None or not self.answer.agreed)

    @property
    def goals_open(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if goal.state == GoalState.OPEN)


def on_claim(post: Post, ref: str, on: date) -> OnClaim:
    """A claim by its reference, live or ended. Raises Claim.DoesNotExist for strangers."""
    claim = (
        claims_visible_to(post)
        .select_related("customer__safe_contact", "customer__access_needs", "office__district")
        .get(ref=ref)
    )
    return OnClaim(claim, rules_for(claim, on), must_know(claim.customer, on))


def plan_page(claim: Claim, rules: Rules) -> PlanPage:
    """Everything of a claim's plan: seven statements at most, however long it is."""
    plan = (
        Plan.objects.filter(claim=claim)
        .prefetch_related(
            "goals",
            Prefetch("steps", Step.objects.select_related(*OWNERS)),
            Prefetch("versions", Version.objects.select_related("by__person").defer("content")),
            Prefetch("versions__agreements", Agreement.objects.select_related("noted_by__person")),
        )
        .first()
    )
    wishes = tuple(Interest.objects.filter(claim=claim, answered_on=None).select_related("owner"))
    promises = tuple(
        Task.objects.filter(claim=claim, closed_at=None, kind=TaskKind.PROMISE)
        .select_related("person", "team")
        .order_by("due_on", "id")
    )
    if plan is None:
        return PlanPage(None, (), (), (), (), None, None, None, wishes, promises)
    titles = barrier_titles(rules)
    steps = list(plan.steps.all())
    versions = list(plan.versions.all())
    newest = versions[-1] if versions else None
    return PlanPage(
        plan=plan,
        goals=tuple(plan.goals.all()),
        barriers=tuple(titles.get(code, code) for code in plan.barriers),
        open_steps=tuple(step for step in steps if step.state == StepState.OPEN),
        closed_steps=tuple(step for step in steps if step.state != StepState.OPEN),
        version=newest,
        answer=_answer(newest),
        agreed=next((one for one in reversed(versions) if _is_agreed(one)), None),
        wishes=wishes,
        promises=promises,
    )


def versions_of(plan: Plan) -> list[tuple[Version, Agreement | None]]:
    """Every version, the newest first, with the customer's last word on it."""
    rows = plan.versions.select_related("by__person").prefetch_related(
        Prefetch("agreements", Agreement.objects.select_related("noted_by__person"))
    )
    return [(one, _answer(one)) for one in reversed(list(rows))]


def version_of(claim: Claim, number: int) -> Version:
    """One version with its words. Raises Version.DoesNotExist."""
    return Version.objects.select_related("plan__claim__customer", "plan__claim__office", "by__person").get(
        plan__claim=claim, number=number
    )


def newest_version(claim: Claim) -> Version | None:
    return (
        Version.objects.filter(plan__claim=claim)
        .select_related("plan__claim__customer", "plan__claim__office")
        .order_by("-number")
        .first()
    )


def lines(version: Version) -> dict[str, list[Any]]:
    """A kept version in lists: what the customer hopes for, what makes it hard, who does what, what is done."""
    return lines_of(version.content)


def step_for(post: Post, ref: str) -> Step:
    """A step with its plan and claim. Raises Step.DoesNotExist for strangers."""
    return _steps(post).get(ref=ref)


def step_of_task(post: Post, task_ref: str) -> Step:
    """The step a task looks after. Raises Step.DoesNotExist for strangers, and where no step rests on it."""
    return _steps(post).get(task__ref=task_ref)


def goal_for(post: Post, ref: str) -> Goal:
    """A goal with its claim. Raises Goal.DoesNotExist for strangers."""
    return Goal.objects.select_related("plan__claim").get(
        ref=ref, plan__claim__in=claims_visible_to(post).order_by().values("pk")
    )


def wish_for(claim: Claim, ref: str) -> Interest:
    """Raises Interest.DoesNotExist."""
    return Interest.objects.select_related("owner").get(claim=claim, ref=ref, answered_on=None)


def promise_for(claim: Claim, ref: str) -> Task:
    """Raises Task.DoesNotExist."""
    return Task.objects.get(claim=claim, ref=ref, kind=TaskKind.PROMISE, closed_at=None)


def colleagues(claim: Claim, post: Post, on: date) -> list[Person]:
    """Who may own a step: whoever has a post in the claim's district that helps customers, and the asking person."""
    held = (
        Post.objects.filter(team__office__district=claim.office.district_id, starts_on__lte=on)
        .exclude(ends_on__lt=on)
        .filter(role__in=["adviser", "disability_adviser", "adviser_manager", "team_leader", "agent"])
    )
    people = Person.objects.filter(
        pk__in=[*held.values_list("person", flat=True), post.person_id], left_on=None
    )
    return list(people.order_by("name"))


def open_step_of(made_of: str) -> Step | None:
    """The open step that stands for a referral, an award or a task; None while there is none. One statement."""
    return Step.objects.filter(made_of=made_of, state=StepState.OPEN).select_related(*OWNERS[:3]).first()


def helpers_to_choose(claim: Claim, words: str, on: date, limit: int = 12) -> list[Contact]:
    """Who of the directory could do a step: those who help this customer, then those a word finds. Two statements.

    words: of a name, a job, a service or an organisation; empty finds nobody more. People of services that help in
    the claim's district, as long as they are there.
    """
    contacts = contacts_for(claim, on)
    mine = contacts.filter(Q(pk__in=_helping(claim)) | Q(service__in=_services_of(claim)))
    found = list(mine[:limit])
    if not words.strip():
        return found
    rows = contacts.exclude(pk__in=[one.pk for one in found])
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(job__icontains=word)
            | Q(organisation__name__icontains=word)
            | Exists(Service.objects.filter(organisation=OuterRef("organisation"), name__icontains=word))
        )
    return [*list(rows[:limit]), *found]


def _helping(claim: Claim) -> QuerySet[CaseWorker, Any]:
    return CaseWorker.objects.filter(case__claim=claim, ended_on=None, contact__isnull=False).values(
        "contact"
    )


def _services_of(claim: Claim) -> QuerySet[CaseWorker, Any]:
    return CaseWorker.objects.filter(case__claim=claim, ended_on=None, service__isnull=False).values(
        "service"
    )


# The customer's own


@dataclass(frozen=True)
class OwnPlan:
    """A plan as its customer sees it: the agreed version, what is proposed since, and the steps of today."""

    plan: Plan
    yours: Sequence[Step]
    others: Sequence[Step]
    done: Sequence[Step]
    goals: Sequence[Goal]
    barriers: Sequence[str]
    proposed: Version | None
    agreed_on: date | None


def own_plan(claim: Claim, rules: Rules) -> OwnPlan | None:
    """The plan of a claim for its customer; None while there is none."""
    found = plan_page(claim, rules)
    if found.plan is None:
        return None
    agreed = _answer(found.agreed) if found.agreed is not None else None
    return OwnPlan(
        plan=found.plan,
        yours=[step for step in found.open_steps if step.owner == OwnerKind.CUSTOMER],
        others=[step for step in found.open_steps if step.owner != OwnerKind.CUSTOMER],
        done=[step for step in found.closed_steps if step.state == StepState.DONE],
        goals=found.goals_open,
        barriers=found.barriers,
        proposed=found.version if found.draft else None,
        agreed_on=agreed.on if agreed is not None else None,
    )


def own_step(claim: Claim, ref: str) -> Step:
    """A step of the customer's own plan. Raises Step.DoesNotExist."""
    return Step.objects.select_related("plan__claim", *OWNERS).get(ref=ref, plan__claim=claim)


def card_of(claim: Claim, on: date) -> Card:
    """The plan in few words: how many steps are open, whose turn it is, when it is looked at. Two statements."""
    plan = Plan.objects.filter(claim=claim).first()
    if plan is None:
        return Card("Plan", (("Steps", "none yet", "actionplans:plan", (claim.ref,)),), "")
    steps = list(Step.objects.filter(plan=plan, state=StepState.OPEN).select_related(*OWNERS[:3]))
    late = sum(step.due_on < on for step in steps)
    first = steps[0] if steps else None
    words = f"{len(steps)} open" + (f", {late} past their day" if late else "")
    return Card(
        title="Plan",
        lines=(
            ("Steps", words, "actionplans:plan", (claim.ref,)),
            ("Looked at again", f"{plan.review_on:%d %B %Y}".lstrip("0"), "actionplans:plan", (claim.ref,)),
        ),
        next=f"{who_does(first)}: {first.words}" if first is not None else "",
    )


def refs_of_tasks(task_ids: Sequence[int]) -> Mapping[int, str]:
    """The reference of the step behind each task, by the task's id. One query."""
    return {
        task: ref
        for task, ref in Step.objects.filter(task__in=task_ids).values_list("task_id", "ref")
        if task
    }


def _steps(post: Post) -> QuerySet[Step]:
    return Step.objects.select_related("plan__claim__customer", "plan__claim__office", *OWNERS).filter(
        plan__claim__in=claims_visible_to(post).order_by().values("pk")
    )


def _is_agreed(version: Version) -> bool:
    return any(one.agreed for one in version.agreements.all())


def _answer(version: Version | None) -> Agreement | None:
    """The customer's last word on a version."""
    said = list(version.agreements.all()) if version is not None else []
    return said[-1] if said else None
