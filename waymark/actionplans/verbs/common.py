"""What the verbs of a plan share: the plan held, begun where there is none, and the version every change leaves."""

from datetime import datetime, timedelta

from django.db.models import Max

from waymark.actionplans import access
from waymark.actionplans.models import Plan, Version
from waymark.actionplans.wording import content_of
from waymark.casework.verbs import take_on
from waymark.customers.models import Claim
from waymark.employment.common import case_task, lock, rules_of, worked
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind


def hold(claim: Claim, by: Post | None, now: datetime) -> tuple[Plan, Rules]:
    """The plan of a claim, held against others, with the rules of the day; begun where there is none."""
    claim = lock(claim)
    insist(access.may_help(claim, by))
    rules = rules_of(claim, now)
    plan = Plan.objects.filter(claim=claim).first()
    return plan or _begin(claim, rules, by, now), rules


def _begin(claim: Claim, rules: Rules, by: Post | None, now: datetime) -> Plan:
    """The first step, goal or barrier begins the plan, and with it the day on which it is looked at again.

    Whoever has a plan has somebody who is responsible for the whole of it (R:L1118).
    """
    take_on(claim, by=by, now=now)
    review_on = worked(day_of(now) + timedelta(days=rules.value("plans.review_days")))
    plan = Plan(ref=new_ref("P"), claim=claim, review_on=review_on, begun_at=now, begun_by=by)
    plan.review_task = case_task(
        claim,
        TaskKind.PLAN_REVIEW,
        due_on=review_on,
        origin=Happened.STEP_ADDED,
        words="Look at the plan together: what was done, what has changed, what comes next.",
        by=by,
        now=now,
    )
    plan.save()
    return plan


def keep_version(
    plan: Plan, rules: Rules, *, changed: str, why: str = "", by: Post | None, now: datetime
) -> Version:
    """The plan as it is now, with what changed and why. It is a draft until the customer agrees."""
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        plan=plan,
        number=last + 1,
        changed=changed,
        why=why.strip(),
        content=content_of(plan, rules),
        at=now,
        by=by,
    )
