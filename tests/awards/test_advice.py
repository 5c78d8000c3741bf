"""What the tables advise about money, and what they still ask. The cases of the reports, row by row."""

import pytest

from tests.awards.making import CREDIT, DAY, FUND, JOB, PERMITTED, PREMIUM, SMALL_JOB, claim_in, fund, know
from waymark.awards import queries
from waymark.awards.enums import Advice

pytestmark = pytest.mark.django_db


def money(claim, kind):
    found = queries.money_of(claim, DAY)
    return next(one.advised for one in [*found.kinds, *found.elsewhere] if one.kind == kind)


def test_before_anything_is_known_it_asks_and_advises_nothing(paying, place):
    found = money(claim_in(place), CREDIT)
    assert not found.settled
    assert [fact.name for fact in found.to_ask] == ["has_job"]


@pytest.mark.parametrize(
    ("hours", "yearly", "advice", "row"),
    [
        ("16", "14999", Advice.AWARD, "C080"),
        ("15", "9000", Advice.NO, "C060"),
        ("16", "15000", Advice.NO, "C070"),
        ("40", "14999", Advice.AWARD, "C080"),
    ],
)
def test_the_credit_needs_sixteen_hours_and_less_than_fifteen_thousand(
    packs, place, hours, yearly, advice, row
):
    """E:L365-367, and the boundaries of V74."""
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": hours, "job_gross_yearly": yearly})
    found = money(claim, CREDIT)
    assert (found.advice, found.row) == (advice, row)
    assert found.because and found.source


def test_exactly_sixteen_hours_are_the_credit_and_not_permitted_work(paying, place):
    """M:L3040, M:L4782: the clear boundary."""
    claim = claim_in(place)
    know(place, claim, **JOB)
    assert money(claim, CREDIT).can_be_had
    assert money(claim, PERMITTED).advice == Advice.NO


def test_fewer_hours_are_permitted_work_and_not_the_credit(paying, place):
    claim = claim_in(place)
    know(place, claim, **SMALL_JOB)
    assert money(claim, PERMITTED).can_be_had
    assert money(claim, CREDIT).advice == Advice.NO


def test_permitted_work_above_the_limit_of_the_day_cannot_be_had(paying, place):
    """78 pounds a week until September 2005."""
    claim = claim_in(place)
    know(place, claim, **{**SMALL_JOB, "job_weekly_pay": "78"})
    assert money(claim, PERMITTED).can_be_had
    know(place, claim, job_weekly_pay="79")
    assert money(claim, PERMITTED).row == "W055"


def test_permitted_work_at_twenty_pounds_has_no_end_and_above_it_has_one(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**SMALL_JOB, "job_weekly_pay": "20"})
    assert not money(claim, PERMITTED).ends
    know(place, claim, job_weekly_pay="21")
    assert money(claim, PERMITTED).ends


def test_the_premium_is_for_existing_customers_only(packs, place):
    """E:L394-396, E:L4720."""
    known = {"preparing_for_work": "yes", "preparing_agreed": "yes"}
    old, new = claim_in(place), claim_in(place, "pathways-2003")
    for claim in (old, new):
        know(place, claim, **known)
    assert money(old, PREMIUM).can_be_had
    assert money(new, PREMIUM).row == "J010"


def test_the_first_programme_pays_no_credit(paying, place):
    claim = claim_in(place, "jobcentre-plus-2002")
    assert money(claim, CREDIT).advice == Advice.NO
    assert money(claim, CREDIT).settled


def test_the_credit_is_for_those_who_claim_because_of_their_health(paying, place):
    """E:L379-381: Income Support counts where the group says so."""
    parent = claim_in(place, benefit="is", group="lone_parent")
    ill = claim_in(place, benefit="is", group="sick_or_disabled")
    for claim in (parent, ill):
        know(place, claim, **JOB)
    assert money(parent, CREDIT).row == "C020"
    assert money(ill, CREDIT).can_be_had


def test_an_offer_without_a_day_is_not_yet(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "has_job": "offered"})
    assert money(claim, CREDIT).advice == Advice.LATER


def test_what_the_customer_does_not_know_is_said_and_not_guessed(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": "not known"})
    found = money(claim, CREDIT)
    assert (found.settled, found.row) == (True, "C090")


def test_without_money_in_the_fund_it_says_so(paying, place):
    claim = claim_in(place)
    know(place, claim, fund_helps="yes", others_pay="no")
    assert money(claim, FUND).row == "F050"
    fund(place)
    assert money(claim, FUND).can_be_had


def test_every_row_that_did_not_match_says_why(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": "12"})
    told = " ".join(money(claim, CREDIT).every_row)
    assert "Not C080" in told and "12" in told
