"""The simulations lived by two processes at once: nothing is done twice, left out, or in each other's way."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db.models import Count

from tests.properties.walking import LEFT_ALONE, empty
from waymark.customers.models import Claim, Customer
from waymark.demo import half_year
from waymark.demo.parts import WHOLE, parts
from waymark.demo.year import run
from waymark.insight import integrity
from waymark.interviews.models import Appointment
from waymark.kernel.clock import at
from waymark.programme.verbs import load_packs
from waymark.referrals.models import Referral
from waymark.worklist.models import Task

START = date(2006, 1, 2)
PLAN = run.Plan(customers=60, days=26, start=START, seed=5)
SIZE = half_year.Size(referrals=40, services=60, days=60, seed=5)


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The other processes see what is committed, so it is; and taken out again."""
    with django_db_blocker.unblock():
        empty()
        load_packs(settings.PROGRAMMES, now=at(START, run.EARLY))
        try:
            yield
        finally:
            empty(LEFT_ALONE)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_everybody_is_in_one_part_and_stays_there(count):
    for key in range(20):
        assert [part.has(key) for part in parts(count)].count(True) == 1
    assert all(WHOLE.has(key) for key in range(20))


def test_a_year_goes_on_side_by_side(committed):
    lived = run.simulate(PLAN, workers=2)

    assert dict(lived.tally.failed) == {}
    assert [(f.rule.sentence, f.named) for f in integrity.check(replays=20) if f.count] == []
    assert Customer.objects.count() >= PLAN.customers - 2
    assert not Customer.objects.values("ni_number").annotate(times=Count("pk")).filter(times__gt=1).exists()
    # Both parts were lived: of each there are customers who were rung or booked.
    for part in parts(2):
        worked = part.only(Task.objects.exclude(closed_at=None), "claim_id")
        assert worked.exists()
        assert part.only(Appointment.objects.all(), "interview__claim_id").exists()
    assert sum(lived.tally.calls.values()) > Claim.objects.count()


def test_half_a_year_of_referrals_loses_nobody_side_by_side(committed):
    world, proof = half_year.simulate(SIZE, workers=2)

    assert proof.sound
    assert proof.made == SIZE.referrals == len(world.fates)
    assert Referral.objects.values("claim").distinct().count() == SIZE.referrals
