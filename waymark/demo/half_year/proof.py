"""The proof at the end: Waymark's list of what stands still, held against what the world knows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time

from waymark.demo.half_year.world import DAY, World
from waymark.kernel.clock import at
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.referrals import queries
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Referral

NO_ANSWER_AFTER = 5


@dataclass(frozen=True)
class Proof:
    """What stands at the end: everything by state, what the list says, and what it should have said."""

    made: int
    by_state: dict[str, int]
    orphans: int
    by_reason: dict[str, int]
    missing: list[str]
    nobody_acts: list[str]
    left_to_nobody: list[str]
    without_consent: list[str]
    unbalanced: int
    refused: dict[str, int]

    @property
    def sound(self) -> bool:
        every = sum(self.by_state.values()) == self.made
        gaps = (self.missing, self.nobody_acts, self.left_to_nobody, self.without_consent, self.unbalanced)
        return every and not any(gaps)


def prove(world: World, on: date) -> Proof:
    """Hold Waymark's list against what the world knows on the last day."""
    listed = queries.all_orphans(on)
    refs = {one.referral.ref for one in listed}
    states = dict(Referral.objects.values_list("ref", "state"))
    reasons: Counter[str] = Counter(why for one in listed for why in one.why)
    return Proof(
        made=len(world.fates),
        by_state=dict(Counter(states.values())),
        orphans=len(listed),
        by_reason=dict(reasons.most_common()),
        missing=sorted(ref for ref in _should_be_listed(world, states, on) if ref not in refs),
        nobody_acts=sorted(one.referral.ref for one in listed if not one.who),
        left_to_nobody=queries.left_to_nobody(),
        without_consent=queries.told_without_consent(),
        unbalanced=queries.unbalanced_days(),
        refused=dict(world.refused),
    )


def _should_be_listed(world: World, states: dict[str, str], on: date) -> set[str]:
    """By the world's account: sent, never reached or never answered, and long enough ago."""
    holidays = organisations.holidays()
    return {
        fate.ref
        for fate in world.fates.values()
        if fate.sent_on is not None
        and not fate.reached
        and not fate.over
        and on > add_working_days(fate.sent_on, NO_ANSWER_AFTER, holidays)
    } | {
        fate.ref
        for fate in world.fates.values()
        if fate.sent_on is None
        and states[fate.ref] == ReferralState.PROPOSED
        and Referral.objects.filter(ref=fate.ref, made_at__lt=at(on - DAY * 7, time())).exists()
    }
