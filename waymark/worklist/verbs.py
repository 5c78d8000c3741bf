"""Writing the worklist: tasks opened, taken, given, moved, closed; work that outlives people and teams."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Person, Post, Team
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist import access
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task


def open_task(
    claim: Claim,
    kind: TaskKind,
    *,
    team: Team,
    due_on: date,
    origin: Happened,
    by: Post | None,
    now: datetime,
    person: Person | None = None,
    words: str = "",
    window: tuple[datetime, datetime] | None = None,
) -> Task:
    """A next step for a claim. Called inside the verb that brings it: its event is the origin."""
    if team.closed_on is not None:
        raise Refused("team_closed", f"{team.name} is closed.", "Choose a team that is open.")
    return Task.objects.create(
        ref=new_ref("T"),
        claim=claim,
        office_id=claim.office_id,
        kind=kind,
        team=team,
        person=person,
        due_on=due_on,
        window_from=window[0] if window else None,
        window_until=window[1] if window else None,
        origin=origin,
        words=words,
        opened_at=now,
        opened_by=by,
    )


def close_task(task: Task, *, outcome: Outcome = Outcome.DONE, by: Post | None, now: datetime) -> Task:
    """Close one task; closing a closed one changes nothing."""
    task = _held.one(task.pk)
    if task.closed_at is None:
        task.closed_at, task.closed_by, task.outcome = now, by, outcome
        task.save(update_fields=["closed_at", "closed_by", "outcome"])
    return task


@composed
def _held(key: int) -> QuerySet[Task]:
    return Task.objects.select_for_update().filter(pk=key)


def close_tasks(
    claim: Claim,
    *kinds: TaskKind,
    outcome: Outcome = Outcome.DONE,
    by: Post | None,
    now: datetime,
    but_not: Task | None = None,
) -> int:
    """Close the open tasks of these kinds (of all kinds when none is named); says how many there were."""
    tasks = Task.objects.filter(claim=claim, closed_at=None)
    if kinds:
        tasks = tasks.filter(kind__in=kinds)
    if but_not is not None:
        tasks = tasks.exclude(pk=but_not.pk)
    return tasks.update(closed_at=now, closed_by=by, outcome=outcome)


@transaction.atomic
def take(task: Task, *, by: Post, now: datetime) -> Task:
    """The asking person takes the task. Refused when a colleague was quicker, naming them."""
    task = _locked(task)
    insist(access.may_work(task, by))
    insist(access.is_open(task))
    if task.person_id == by.person_id:
        return task
    if task.person is not None and not access.stands_in(task.person, by, day_of(now)):
        raise Refused("taken_by_another", f"{task.person.name} has taken this task.", "Take the next one.")
    task.person = by.person
    task.save(update_fields=["person"])
    note_event(Happened.TASK_TAKEN, by=by, now=now, task=task.kind, **_of(task))
    return task


@transaction.atomic
def give(task: Task, *, person: Person | None, team: Team | None = None, by: Post, now: datetime) -> Task:
    """Give the task to a person of its team, to another team, or back to the team (`person=None`)."""
    task = _locked(task)
    team = team or task.team
    insist(access.may_work(task, by))
    insist(access.is_open(task))
    insist(access.may_give(task, person, team, by))
    if person is not None and not access.works_in(person, team, day_of(now)):
        raise Refused(
            "not_of_the_team", f"{person.name} does not work in {team.name}.", "Choose one of its people."
        )
    task.person, task.team = person, team
    task.save(update_fields=["person", "team"])
    note_event(
        Happened.TASK_GIVEN,
        by=by,
        now=now,
        task=task.kind,
        to=person.name if person else team.name,
        **_of(task),
    )
    return task


@transaction.atomic
def move(task: Task, *, due_on: date, why: str, by: Post, now: datetime) -> Task:
    """Another due date, with a reason. The escalation starts afresh."""
    task = _locked(task)
    insist(access.may_work(task, by))
    insist(access.is_open(task))
    if not why.strip():
        raise Refused("no_reason", "A new day needs a reason.", "Write why it is moved.")
    if due_on < day_of(now):
        raise Refused("new_day_past", "That day has passed.", "Choose today or a later day.")
    old, task.due_on, task.escalation = task.due_on, due_on, 0
    task.save(update_fields=["due_on", "escalation"])
    note_event(
        Happened.TASK_MOVED,
        by=by,
        now=now,
        why=why,
        task=task.kind,
        old=old.isoformat(),
        new=due_on.isoformat(),
        **_of(task),
    )
    return task


@transaction.atomic
def make_promise(claim: Claim, *, words: str, due_on: date, by: Post, now: datetime) -> Task:
    """Something promised to the customer becomes a task of who promised it: `words`, by `due_on` (today or later)."""
    claim = (
        Claim.objects.select_for_update(of=("self",)).select_related("office", "customer").get(pk=claim.pk)
    )
    insist(access.may_promise(claim, by))
    if not words.strip():
        raise Refused("no_words", "What was promised is missing.", "Write it the way the customer heard it.")
    if due_on < day_of(now):
        raise Refused("promise_past", "A promise cannot be due in the past.", "Choose today or a later day.")
    task = open_task(
        claim,
        TaskKind.PROMISE,
        team=by.team,
        person=by.person,
        due_on=due_on,
        origin=Happened.PROMISE_MADE,
        words=words.strip()[:300],
        by=by,
        now=now,
    )
    note_event(Happened.PROMISE_MADE, by=by, now=now, words=task.words, due=due_on.isoformat(), **_of(task))
    return task


@transaction.atomic
def keep_promise(task: Task, *, words: str = "", by: Post, now: datetime) -> Task:
    """The promise is kept; `words` say how. Refused while it is the only next step of a live claim."""
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=task.claim_id)
    task = _locked(task)
    insist(access.may_work(task, by))
    if task.kind != TaskKind.PROMISE:
        raise Refused("no_promise", "This task is no promise.", "Do what it asks for; it closes by itself.")
    if task.closed_at is not None:
        raise Refused("task_closed", "This promise has been kept already.", "Nothing more is to be done.")
    others = claim.tasks.filter(closed_at=None).exclude(pk=task.pk)
    if claim.status == ClaimStatus.LIVE and not others.exists():
        raise Refused(
            "only_next_step",
            "This promise is the only next step of the claim; without it the customer would be lost.",
            "Say what comes next first, then come back.",
        )
    task = close_task(task, by=by, now=now)
    note_event(Happened.PROMISE_KEPT, by=by, now=now, why=words.strip(), words=task.words, **_of(task))
    return task


def release_work(person: Person, *, by: Post | None, now: datetime, teams: list[Team] | None = None) -> int:
    """Tasks a person had taken go back to their teams: nobody takes work with them. Says how many."""
    tasks = Task.objects.filter(person=person, closed_at=None)
    if teams is not None:
        tasks = tasks.filter(team__in=teams)
    count = tasks.update(person=None)
    if count:
        note_event(Happened.WORK_HANDED_OVER, by=by, now=now, person=person.name, tasks=count)
    return count


@transaction.atomic
def close_team(team: Team, *, successor: Team, on: date, by: Post, now: datetime) -> int:
    """Close a team; its open tasks, taken or not, go to `successor`. Says how many went."""
    if successor.pk == team.pk or successor.closed_on is not None:
        raise Refused("no_successor", "The work needs another home.", "Name an open team that takes it over.")
    moved = Task.objects.filter(team=team, closed_at=None).update(team=successor, person=None)
    team.closed_on = on
    team.save(update_fields=["closed_on"])
    note_event(Happened.TEAM_CLOSED, by=by, now=now, team=team.name, successor=successor.name, tasks=moved)
    return moved


def _locked(task: Task) -> Task:
    """The task with what access asks about it, held against others."""
    return (
        Task.objects.select_for_update(of=("self",))
        .select_related("person", "team__office", "claim__customer", "claim__office")
        .get(pk=task.pk)
    )


def _of(task: Task) -> dict[str, str]:
    return {"customer": task.claim.customer.ref, "claim": task.claim.ref}
