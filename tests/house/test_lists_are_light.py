"""The lists of the help ask the database as often for many rows as for one, and read what is first off an index."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.awards.making import JOB, claim_in
from tests.conftest import pack_of
from tests.house.test_pages_are_light import statements
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.actionplans import verbs as plans
from waymark.actionplans.enums import Origin
from waymark.actionplans.owners import StepOwner
from waymark.awards import verbs as awards
from waymark.awards.enums import AwardKind
from waymark.awards.models import Instalment
from waymark.employment.verbs.transition import begin_transition
from waymark.kernel.clock import day_of
from waymark.programme.verbs import load_pack
from waymark.referrals import queries

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = day_of(NOW)
LONG_AGO = NOW - timedelta(days=70)
LISTS = [
    "referrals:list",
    "referrals:orphans",
    "referrals:reconcile",
    "casework:mine",
    "awards:chances",
    "awards:payments",
    "awards:held",
    "employment:transitions",
]


@pytest.fixture
def paying(pack):
    load_pack(pack_of("pathways-existing-2005"), now=factories.NOW)


def one_more(place, to) -> None:
    """A customer with a referral that stands still, a plan, money that is due, money that waits, and a benefit lost."""
    claim = claim_in(place)
    making.sent(claim, place.adviser, LONG_AGO, to)
    plans.add_step(
        claim,
        words="Ring the college",
        who=StepOwner.customer(),
        due_on=TODAY,
        origin=Origin.TALK,
        by=place.adviser,
        now=NOW,
    )
    awards.note_answers(claim, JOB, by=place.adviser, now=LONG_AGO)
    wish = awards.Wish(
        give=True, starts_on=day_of(LONG_AGO), employer="A shop", seen=(awards.Seen("pay_slip", TODAY),)
    )
    award = awards.decide(claim, AwardKind.RETURN_TO_WORK_CREDIT, wish, by=place.adviser, now=NOW)
    Instalment.objects.filter(award=award, number=1).update(held_at=NOW, held_because="not_shown")
    begin_transition(claim, because="assessment", lost_on=TODAY, by=place.adviser, now=NOW)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_many_rows_as_for_one(paying, place, client, name):
    sign_in(client, place.adviser)
    to = making.service()
    one_more(place, to)
    address = reverse(name)
    statements(client, address)
    few = statements(client, address)
    for _ in range(3):
        one_more(place, to)
    assert len(statements(client, address)) == len(few), "\n".join(few)


def test_the_order_of_referrals_stands_in_an_index(place):
    rows = queries.listed(place.adviser)
    with CaptureQueriesContext(connection) as captured, connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_incremental_sort = off")
        plan = rows[:25].explain()
    assert captured is not None
    assert "referral_in_order" in plan, plan
