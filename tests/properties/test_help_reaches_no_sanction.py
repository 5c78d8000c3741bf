"""Whatever is declined, missed, dropped or left on the side of the help, nothing comes of it for what is compulsory.

A walk takes acts of the help at random, most of them a customer who does not go along, and lets days pass on that side
(R:L480, R:L776-778). No case of not attending is opened, no letter speaks of one, and no interview has moved.
"""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from tests.factories import NOW
from tests.place import Place
from tests.referrals import making
from waymark.actionplans import verbs as plans
from waymark.actionplans.enums import Origin
from waymark.actionplans.models import Step
from waymark.actionplans.owners import StepOwner
from waymark.awards import daily as awards
from waymark.casework import daily as casework
from waymark.customers.models import Claim
from waymark.employment import verbs as work
from waymark.employment.enums import JobKind, JobState
from waymark.employment.models import Job
from waymark.employment.verbs import NewJob
from waymark.interviews.models import Interview, Requirement
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.referrals import daily as referrals
from waymark.referrals import verbs
from waymark.referrals.enums import Given, NotThere, ReferralKind
from waymark.referrals.models import Referral
from waymark.sanctions.models import Breach, Sanction

pytestmark = pytest.mark.django_db
STEPS, SEEDS = 60, range(4)
OF_NOT_ATTENDING = {"missed", "home_visit", "sent_to_decision_maker", "reduction", "reason_accepted"}


class Walk:
    """Three customers, and somebody who tries all there is to do with them."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.chance, self.now = place, random.Random(seed), NOW
        self.claims: list[Claim] = [place.claim().claim for _number in range(3)]
        self.done: set[str] = set()

    @property
    def claim(self) -> Claim:
        return self.chance.choice(self.claims)

    def referral(self, **such: object) -> Referral:
        found = list(Referral.objects.filter(claim__in=self.claims, **such))
        if not found:
            raise Refused("none", "No referral yet.", "")
        return self.chance.choice(found)

    def refer(self) -> None:
        making.sent(self.claim, self.place.adviser, self.now)

    def say_no_to_everything(self) -> None:
        referral = making.proposed(self.claim, self.place.adviser, self.now)
        said = {item.code: False for item in referral.items.all()} | {"feedback": False}
        verbs.consent(referral, said, values={}, how=Given.IN_PERSON, by=self.place.adviser, now=self.now)

    def signpost(self) -> None:
        referral = making.proposed(self.claim, self.place.adviser, self.now, kind=ReferralKind.SIGNPOST)
        verbs.signpost(referral, by=self.place.adviser, now=self.now)

    def not_there(self) -> None:
        referral = self.referral()
        verbs.attend(referral, day_of(self.now), came=False, by=making.by_link(referral), now=self.now)

    def there(self) -> None:
        referral = self.referral()
        verbs.attend(referral, day_of(self.now), came=True, by=making.by_link(referral), now=self.now)

    def rung(self) -> None:
        agreed = self.chance.choice(list(NotThere))
        verbs.ring_kindly(
            self.referral(state="not_come"), agreed, reason="not_said", by=self.place.adviser, now=self.now
        )

    def sent_back(self) -> None:
        referral = self.referral()
        verbs.give_it_back(referral, "not_willing", by=making.by_link(referral), now=self.now)

    def stopped(self) -> None:
        referral, on = self.referral(), day_of(self.now)
        verbs.end_help(referral, "customer_stopped", on=on, by=making.by_link(referral), now=self.now)

    def taken_back(self) -> None:
        verbs.take_back(self.referral(state="sent"), "customer_stopped", by=None, now=self.now)

    def yes_taken_back(self) -> None:
        verbs.withdraw_consent(self.referral(), ["name"], how=Given.IN_PERSON, by=None, now=self.now)

    def plan(self) -> None:
        on = day_of(self.now) + timedelta(days=5)
        asked = {"words": "Ask about the group", "who": StepOwner.customer(), "due_on": on}
        plans.add_step(self.claim, **asked, origin=Origin.TALK, by=self.place.adviser, now=self.now)

    def step_dropped(self) -> None:
        step = self.chance.choice([*Step.objects.filter(plan__claim__in=self.claims, state="open"), None])
        if step is not None:
            plans.drop_step(step, why="Not now.", by=self.place.adviser, now=self.now)

    def job(self) -> None:
        new = NewJob("Calder Nurseries", JobKind.EMPLOYED, Decimal(20), day_of(self.now))
        work.record_job(self.claim, new, by=self.place.adviser, now=self.now)

    def job_left(self) -> None:
        job = self.chance.choice([*Job.objects.filter(claim__in=self.claims, state=JobState.RUNNING), None])
        if job is not None:
            next_on = day_of(self.now) + timedelta(days=3)
            said = {"because": "other", "words": "Walked out.", "next_words": "Talk", "next_on": next_on}
            work.leave_job(job, on=day_of(self.now), **said, by=self.place.adviser, now=self.now)

    def days_pass(self) -> None:
        self.now += timedelta(days=self.chance.choice([1, 3, 14]))
        for step in (casework.run, awards.run, referrals.run):
            step(day_of(self.now), self.now)

    def take(self) -> None:
        act = self.chance.choice(ACTS)
        try:
            with transaction.atomic():
                act(self)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except Refused:
            return
        self.done.add(act.__name__)


ACTS = (
    Walk.refer,
    Walk.refer,
    Walk.say_no_to_everything,
    Walk.signpost,
    Walk.not_there,
    Walk.not_there,
    Walk.there,
    Walk.rung,
    Walk.sent_back,
    Walk.stopped,
    Walk.taken_back,
    Walk.yes_taken_back,
    Walk.plan,
    Walk.step_dropped,
    Walk.job,
    Walk.job_left,
    Walk.days_pass,
)


def compulsory() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What the customers must come to, and whether they must."""
    interviews = Interview.objects.order_by("pk").values_list("ref", "state", "due_by")
    return list(interviews), list(
        Requirement.objects.order_by("pk").values_list("claim", "standing", "until")
    )


def test_nothing_on_the_side_of_the_help_reaches_a_sanction(place):
    tried: set[str] = set()
    for seed in SEEDS:
        walk = Walk(place, seed)
        before = compulsory()
        for _number in range(STEPS):
            walk.take()
        tried |= walk.done
        assert compulsory() == before
    assert not Breach.objects.exists()
    assert not Sanction.objects.exists()
    assert not OF_NOT_ATTENDING & set(Notice.objects.values_list("kind", flat=True))
    # The walk has really been everywhere.
    assert tried == {act.__name__ for act in ACTS}
