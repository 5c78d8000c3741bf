"""Steps: added, changed, looked back at, done, dropped. Each has one owner, one day, and one open task.

A step of the customer is theirs to do: its task asks the adviser to look back at it with them, kindly, some days
after. Nothing is chased, and nothing follows when it is not done.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.actionplans import access
from waymark.actionplans.enums import STEP_LIFE, Origin, OwnerKind, StepState
from waymark.actionplans.models import Goal, Step
from waymark.actionplans.owners import StepOwner
from waymark.actionplans.verbs.common import hold, keep_version
from waymark.actionplans.wording import sentence, who_does
from waymark.customers.models import Claim
from waymark.employment.common import case_task, day_past, insist_on_a_next_step, lock, refs, rules_of
from waymark.interviews.models import Interest
from waymark.interviews.sittings.verbs import answer_interest
from waymark.kernel.clock import day_of
from waymark.kernel.clock import words as long_day
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task

MOST_WORDS = 300


@transaction.atomic
def add_step(
    claim: Claim,
    *,
    words: str,
    who: StepOwner,
    due_on: date,
    made_of: str = "",
    origin: Origin,
    by: Post | None,
    now: datetime,
    goal: Goal | None = None,
    wish: Interest | None = None,
    why: str = "",
) -> Step:
    """A new step of the plan, which begins with its first one. The new version is a draft until it is agreed.

    who: the owner; due_on: today or later; made_of: the reference of the referral, award or task it stands for,
    empty if none (one open step a thing); origin: where it comes from; why: what made us add it.
    """
    plan, rules = hold(claim, by, now)
    claim = plan.claim
    insist(_complete(words, who, due_on, now))
    insist(_not_there_yet(made_of))
    step = Step(
        ref=new_ref("S"),
        plan=plan,
        words=words.strip()[:MOST_WORDS],
        goal=goal,
        due_on=due_on,
        origin=origin,
        made_of=made_of,
        wish=wish,
        added_at=now,
        added_by=by,
        **who.columns,
    )
    step.task = _task_of(step, claim, rules, by, now)
    step.save()
    keep_version(plan, rules, changed=f"Added: {sentence(step)}", why=why, by=by, now=now)
    _note(Happened.STEP_ADDED, step, claim, by, now, why=why, origin=step.origin)
    return step


@transaction.atomic
def from_wish(
    wish: Interest,
    *,
    who: StepOwner | None = None,
    due_on: date | None = None,
    words: str = "",
    by: Post,
    now: datetime,
) -> Step:
    """What the customer would like becomes a step with an owner: theirs who owed the answer, by the day it was owed.

    The wish is answered by it; not acted on, the step is late like any other (M:L3282-3319).
    """
    wish = Interest.objects.select_related("claim", "owner").get(pk=wish.pk)
    if wish.answered_on is not None:
        raise Refused("answered", "This wish has been answered already.", "Add a step in its own words.")
    step = add_step(
        wish.claim,
        words=words or wish.words,
        who=who or StepOwner.adviser(wish.owner),
        due_on=due_on or max(wish.answer_by, day_of(now)),
        origin=Origin.WISH,
        wish=wish,
        by=by,
        now=now,
    )
    answer_interest(wish, answer=f"It stands in the plan: {sentence(step)}", by=by, now=now)
    return step


@transaction.atomic
def from_promise(task: Task, *, by: Post, now: datetime) -> Step:
    """A promise becomes a step of who made it, by the same day. The step takes the place of the promise's task."""
    task = Task.objects.select_related("claim", "person").get(pk=task.pk)
    if task.kind != TaskKind.PROMISE or task.closed_at is not None:
        raise Refused("no_promise", "This is no open promise.", "Add a step in its own words.")
    step = add_step(
        task.claim,
        words=task.words,
        who=StepOwner.adviser(task.person or by.person),
        due_on=max(task.due_on, day_of(now)),
        made_of=task.ref,
        origin=Origin.PROMISE,
        by=by,
        now=now,
    )
    close_task(task, outcome=Outcome.OVERTAKEN, by=by, now=now)
    return step


@transaction.atomic
def change_step(
    step: Step,
    *,
    words: str = "",
    who: StepOwner | None = None,
    due_on: date | None = None,
    why: str,
    by: Post,
    now: datetime,
) -> Step:
    """Other words, another owner or another day, with why. The version before stays as it was."""
    step, rules = _held(step, by, now)
    claim = step.plan.claim
    owner = who or _owner_of(step)
    insist(_complete(words or step.words, owner, due_on or max(step.due_on, day_of(now)), now))
    if not why.strip():
        raise Refused(
            "no_reason", "A change of the plan needs its reason.", "Write why, for the customer to read."
        )
    before = sentence(step)
    step.words, step.due_on = (words.strip() or step.words)[:MOST_WORDS], due_on or step.due_on
    for column, value in owner.columns.items():
        setattr(step, column, value)
    if sentence(step) == before:
        raise Refused(
            "nothing_changed", "Nothing is other than before.", "Change the words, who, or the day."
        )
    old, step.task = step.task, _task_of(step, claim, rules, by, now)
    step.save()
    _close(old, Outcome.OVERTAKEN, by, now)
    keep_version(
        step.plan, rules, changed=f"Changed: {sentence(step)} Before: {before}", why=why, by=by, now=now
    )
    _note(Happened.STEP_CHANGED, step, claim, by, now, why=why, before=before)
    return step


@transaction.atomic
def do_step(step: Step, *, words: str = "", by: Post | None, now: datetime) -> Step:
    """The step is done; `words` say how. Refused while its task is the only next step of the claim."""
    step, _rules = _held(step, by, now)
    insist_on_a_next_step(step.plan.claim, step.task)
    return _end(step, StepState.DONE, words, Happened.STEP_DONE, by, now)


@transaction.atomic
def drop_step(step: Step, *, why: str, by: Post | None, now: datetime) -> Step:
    """The step is not done after all, and that is all right: the reason is kept, nothing follows from it."""
    step, rules = _held(step, by, now)
    if not why.strip():
        raise Refused("no_reason", "A step is dropped for a reason.", "Write why, for the customer to read.")
    insist_on_a_next_step(step.plan.claim, step.task)
    before = sentence(step)
    step = _end(step, StepState.DROPPED, why, Happened.STEP_DROPPED, by, now)
    keep_version(step.plan, rules, changed=f"No longer in the plan: {before}", why=why, by=by, now=now)
    return step


@transaction.atomic
def look_back(step: Step, *, words: str, again_on: date, by: Post, now: datetime) -> Step:
    """Looked back at with the customer and not done yet: it goes on, to another day. Nothing else follows.

    A step that was done is closed by `do_step`, one no longer wanted by `drop_step`.
    """
    step, rules = _held(step, by, now)
    claim = step.plan.claim
    if not words.strip():
        raise Refused("no_words", "How does it stand?", "Write what the customer said.")
    insist(day_past(again_on, now, "The new day"))
    before, step.due_on, step.looked_back_on = sentence(step), again_on, day_of(now)
    old, step.task = step.task, _task_of(step, claim, rules, by, now)
    step.save()
    _close(old, Outcome.DONE, by, now)
    if sentence(step) != before:
        changed = f"More time: {sentence(step)}"
        keep_version(step.plan, rules, changed=changed, why=words, by=by, now=now)
    _note(Happened.STEP_LOOKED_BACK, step, claim, by, now, why=words)
    return step


@transaction.atomic
def step_reached(made_of: str, *, by: Post | None, now: datetime, words: str = "") -> int:
    """What the step stands for has come about: its step is done. Says how many there were, none or one.

    Called by the part that the step is made of, inside its own verb, which sees to the next step of the claim.
    """
    steps = Step.objects.filter(made_of=made_of, state=StepState.OPEN) if made_of else Step.objects.none()
    found = list(steps.select_for_update(of=("self",)).select_related("plan__claim__customer", "task"))
    for step in found:
        _end(step, StepState.DONE, words, Happened.STEP_DONE, by, now)
    return len(found)


def _held(step: Step, by: Post | None, now: datetime) -> tuple[Step, Rules]:
    """An open step, held against others with its claim, if this person may work on it."""
    claim = lock(Claim.objects.get(plan__steps=step.pk))
    insist(access.may_help(claim, by))
    step = (
        Step.objects.select_for_update(of=("self",))
        .select_related("plan", "person", "contact__organisation", "organisation", "task")
        .get(pk=step.pk)
    )
    step.plan.claim = claim
    if step.state != StepState.OPEN:
        raise Refused(
            "step_closed",
            f"This step is {step.get_state_display()} already.",
            "Add a new one if it is wanted.",
        )
    return step, rules_of(claim, now)


def _end(
    step: Step, state: StepState, words: str, happened: Happened, by: Post | None, now: datetime
) -> Step:
    STEP_LIFE.insist(step.state, state)
    step.state, step.closed_on, step.closed_by = state, day_of(now), by
    step.closed_why = words.strip()[:MOST_WORDS]
    step.save(update_fields=["state", "closed_on", "closed_by", "closed_why"])
    _close(step.task, Outcome.DONE if state == StepState.DONE else Outcome.OVERTAKEN, by, now)
    _note(happened, step, step.plan.claim, by, now, why=words)
    return step


def _close(task: Task | None, outcome: Outcome, by: Post | None, now: datetime) -> None:
    if task is not None:
        close_task(task, outcome=outcome, by=by, now=now)


def _task_of(step: Step, claim: Claim, rules: Rules, by: Post | None, now: datetime) -> Task:
    """Whoever looks after the step: its adviser; for a provider's or the customer's own, the adviser of the case."""
    if step.owner == OwnerKind.CUSTOMER:
        kind = TaskKind.STEP_LOOK_BACK
        due_on = step.due_on + timedelta(days=rules.value("plans.look_back_days"))
        words = f"How did it go? {step.words}"
    else:
        kind, due_on = TaskKind.PLAN_STEP, step.due_on
        words = step.words if step.owner == OwnerKind.ADVISER else f"{who_does(step)}: {step.words}"
    return case_task(
        claim,
        kind,
        due_on=due_on,
        origin=Happened.STEP_ADDED,
        words=words,
        person=step.person,
        by=by,
        now=now,
    )


def _owner_of(step: Step) -> StepOwner:
    return StepOwner(OwnerKind(step.owner), step.person, step.contact, step.organisation, step.owner_name)


def _complete(words: str, who: StepOwner, due_on: date, now: datetime) -> Refused | None:
    if not words.strip():
        return Refused(
            "no_words", "The step has no words.", "Write what is done, so that the customer knows."
        )
    if not who.named:
        return Refused(
            "no_owner", "Nobody does this step yet.", "Name the customer, a colleague, or who helps."
        )
    return day_past(due_on, now, "The day of the step")


def _not_there_yet(made_of: str) -> Refused | None:
    if not made_of or not Step.objects.filter(made_of=made_of, state=StepState.OPEN).exists():
        return None
    return Refused("in_the_plan", "This stands in the plan already.", "Change the step that is there.")


def _note(
    kind: Happened, step: Step, claim: Claim, by: Post | None, now: datetime, *, why: str = "", **details: str
) -> None:
    note_event(
        kind,
        by=by,
        now=now,
        why=why.strip(),
        step=step.words,
        who=who_does(step),
        due=long_day(step.due_on),
        **details,
        **refs(claim),
    )
