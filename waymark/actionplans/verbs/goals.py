"""What the customer wants, and what stands in the way."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from waymark.actionplans import access
from waymark.actionplans.announcing import announce_new_barriers
from waymark.actionplans.enums import GOAL_LIFE, GoalState
from waymark.actionplans.models import Goal, Plan
from waymark.actionplans.verbs.common import hold, keep_version
from waymark.actionplans.wording import barrier_titles
from waymark.customers.models import Claim
from waymark.employment.common import lock, refs, rules_of
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def set_aim(claim: Claim, *, words: str, why: str = "", by: Post, now: datetime) -> Plan:
    """What the customer hopes for, in their own words: it stands at the head of the plan (E:L2100-2106)."""
    plan, rules = hold(claim, by, now)
    if not words.strip():
        raise Refused("no_words", "What does the customer hope for?", "Write it as they say it.")
    if words.strip() == plan.aim:
        raise Refused("nothing_changed", "Nothing is other than before.", "Write what is new.")
    plan.aim = words.strip()
    plan.save(update_fields=["aim"])
    keep_version(plan, rules, changed=f"What you hope for: {_stop(plan.aim)}", why=why, by=by, now=now)
    note_event(Happened.GOAL_SET, by=by, now=now, why=why, goal=plan.aim, aim=True, **refs(plan.claim))
    return plan


@transaction.atomic
def set_goal(claim: Claim, *, words: str, why: str = "", by: Post, now: datetime) -> Goal:
    """Something to reach. Small is good: little steps are steps (E:L2154-2174)."""
    plan, rules = hold(claim, by, now)
    if not words.strip():
        raise Refused("no_words", "What is the goal?", "Write it in the customer's words.")
    goal = Goal.objects.create(ref=new_ref("G"), plan=plan, words=words.strip()[:300], set_on=day_of(now))
    keep_version(plan, rules, changed=f"New goal: {_stop(goal.words)}", why=why, by=by, now=now)
    note_event(Happened.GOAL_SET, by=by, now=now, why=why, goal=goal.words, **refs(plan.claim))
    return goal


@transaction.atomic
def close_goal(goal: Goal, *, reached: bool, why: str = "", by: Post, now: datetime) -> Goal:
    """The goal is reached, or no longer wanted for a reason. Its steps stay as they are."""
    claim = lock(Claim.objects.get(plan__goals=goal.pk))
    insist(access.may_help(claim, by))
    goal = Goal.objects.select_for_update(of=("self",)).select_related("plan").get(pk=goal.pk)
    state = GoalState.REACHED if reached else GoalState.DROPPED
    GOAL_LIFE.insist(goal.state, state)
    if not reached and not why.strip():
        raise Refused("no_reason", "A goal is given up for a reason.", "Write why, for the customer to read.")
    goal.state, goal.closed_on, goal.closed_why = state, day_of(now), why.strip()[:300]
    goal.save(update_fields=["state", "closed_on", "closed_why"])
    changed = f"Reached: {_stop(goal.words)}" if reached else f"No longer a goal: {_stop(goal.words)}"
    keep_version(goal.plan, rules_of(claim, now), changed=changed, why=why, by=by, now=now)
    note_event(
        Happened.GOAL_CLOSED, by=by, now=now, why=why.strip(), goal=goal.words, reached=reached, **refs(claim)
    )
    return goal


@transaction.atomic
def set_barriers(claim: Claim, codes: Collection[str], *, why: str = "", by: Post, now: datetime) -> Plan:
    """What stands in the way, as the customer agrees to have it in their plan; codes of the pack's interview."""
    plan, rules = hold(claim, by, now)
    titles = barrier_titles(rules)
    unknown = [code for code in codes if code not in titles]
    if unknown:
        raise Refused("no_such_code", f"The programme knows no “{unknown[0]}” here.", "Choose from the list.")
    wanted = [code for code in titles if code in set(codes)]
    if wanted == plan.barriers:
        raise Refused("nothing_changed", "Nothing is other than before.", "Mark what is new, or go back.")
    gone = [titles[code] for code in plan.barriers if code not in wanted and code in titles]
    fresh = [titles[code] for code in wanted if code not in plan.barriers]
    plan.barriers = wanted
    plan.save(update_fields=["barriers"])
    said = [f"What makes it hard: {', '.join(fresh)}."] * bool(fresh)
    said += [f"No longer in the way: {', '.join(gone)}."] * bool(gone)
    keep_version(plan, rules, changed=" ".join(said), why=why, by=by, now=now)
    note_event(
        Happened.PLAN_BARRIERS_SET,
        by=by,
        now=now,
        why=why.strip(),
        barriers=[titles[code] for code in wanted],
        gone=gone,
        **refs(plan.claim),
    )
    if fresh:
        announce_new_barriers(plan.claim, fresh, by=by, now=now)
    return plan


def _stop(words: str) -> str:
    """The words with the full stop that ends a sentence."""
    return words if words.endswith((".", "!", "?")) else f"{words}."
