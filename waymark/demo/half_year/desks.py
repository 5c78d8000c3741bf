"""The desks: what advisers do with what is due. Some of it stays, for days or for good."""

from datetime import date, datetime
from functools import partial

from waymark.demo.half_year.world import DAY, World
from waymark.referrals import verbs
from waymark.referrals.enums import NotThere, ReferralState
from waymark.referrals.models import Referral
from waymark.worklist.enums import TaskKind


def work(world: World, day: date, now: datetime) -> None:
    """Advisers do part of what is due today for the customers of this part."""
    due = (
        Referral.objects.filter(task__closed_at=None, task__due_on=day)
        .select_related("task", "made_by__person", "made_by__team__office", "service__organisation")
        .order_by("pk")
    )
    for referral in world.part.only(due, "claim_id"):
        if world.chance(75):
            world.call(f"adviser: {referral.state}", partial(_do, world, referral, now))


def _do(world: World, referral: Referral, now: datetime) -> None:
    by, state = referral.made_by, referral.state
    fate = world.fates[referral.ref]
    if state == ReferralState.NOT_COME or (referral.task and referral.task.kind == TaskKind.REFERRAL_RING):
        agreed = world.dice.choice([NotThere.ENCOURAGED, NotThere.ACCOMPANY, NotThere.STOPS])
        verbs.ring_kindly(referral, agreed, reason="not_said", by=by, now=now)
        if agreed != NotThere.STOPS:
            world.later(now.date() + DAY * 5, "make a time", referral.ref)
    elif state in {ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED}:
        verbs.look_at_wait(referral, words="Would rather wait.", alternative=True, by=by, now=now)
    elif state == ReferralState.SENT:
        # They ring; a letter that was lost is sent again, and may arrive.
        if fate.temper.name == "loses post" and world.chance(60):
            fate.reached = True
            world.later(now.date() + DAY * 3, "arrived", referral.ref)
    elif state in ReferralState.under_way():
        verbs.hear_from_customer(referral, "It is all right.", by=by, now=now)
    elif state == ReferralState.ENDED and referral.task and referral.task.kind == TaskKind.REFERRAL_MEETING:
        verbs.close(referral, words="Rest, and then a course.", met_on=now.date(), by=by, now=now)
        fate.over = True
    elif state == ReferralState.RETURNED:
        verbs.close(referral, words="Something else.", by=by, now=now)
        fate.over = True
    elif state == ReferralState.TOLD:
        verbs.not_taken_up(referral, reason="not_said", by=by, now=now)
        fate.over = True
