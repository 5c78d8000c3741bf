"""Better-off calculations against examples worked out by hand, line by line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import pack_of
from waymark.awards.better_off import (
    BadRates,
    Household,
    Job,
    NoRates,
    choose,
    lint,
    rate_sets,
    wages,
    work_out,
)
from waymark.awards.better_off.rates import to_weekly, whole
from waymark.awards.better_off.shapes import inputs_of, inputs_to_json, outcome_of
from waymark.awards.better_off.tax_credits import tax_credits
from waymark.awards.better_off.universal_credit import most


@lru_cache
def rates(on: date, scheme: str = "tax_credits"):
    return choose(rate_sets(pack_of("pathways-2003").files), scheme, on)


def lines(column) -> dict[str, int]:
    return {line.label: line.pence for line in column.lines}


def test_a_single_person_with_a_disability_takes_sixteen_hours_in_2004():
    """Example A, by hand. 4 May 2004; uprating statement 2003-04 (Commons, 11 December 2003), tax credits of 2004-05.

    Now, a week: Incapacity Benefit 74.15 and Income Support 5.20, which together make the living allowance of
    55.65 + 23.70 (disability premium) = 79.35; Housing Benefit and Council Tax Benefit in full, 55.00 and 12.00.
    Left after rent and council tax: 79.35.

    In the job: 16 hours, 80.00 before tax, which is 4,160 a year.
    - Income tax: below 4,745, nothing. National Insurance: below 91.00 a week, nothing.
    - Working Tax Credit: basic 1,570 + disabled worker 2,100 = 3,670; income below 5,060, so in full;
      3,670 / 52 = 70.577, rounded 70.58.
    - Housing Benefit: counted are wages 80.00 - 20.00 and the credit 70.58 = 130.58; above 79.35 are 51.23;
      65 % of it is 33.2995, rounded 33.30; 55.00 - 33.30 = 21.70.
    - Council Tax Benefit: 20 % of 51.23 is 10.246, rounded 10.25; 12.00 - 10.25 = 1.75.
    - Return-to-work credit 40.00 (E:L365-367), first year only. Fares 6.00.
    First year: 80.00 + 70.58 + 21.70 + 1.75 + 40.00 - 6.00 - 55.00 - 12.00 = 141.03, so 61.68 more than now.
    Second year: 101.03, so 21.68 more.
    """
    home = Household(
        disability=True,
        rent=5500,
        council_tax=1200,
        incapacity_benefit=7415,
        income_support=520,
        housing_benefit=5500,
        council_tax_benefit=1200,
    )
    found = work_out(home, Job(hours=16, gross=8000, travel=600, credit=4000), rates(date(2004, 5, 4)))
    assert lines(found.first_year) == {
        "Pay before tax": 8000,
        "Working Tax Credit": 7058,
        "Housing Benefit": 2170,
        "Council Tax Benefit": 175,
        "Return-to-work credit": 4000,
        "Getting to work": -600,
        "Rent": -5500,
        "Council tax": -1200,
    }
    assert found.now.left == 7935
    assert (found.first_year.left, found.better_first) == (14_103, 6168)
    assert (found.second_year.left, found.better_second) == (10_103, 2168)


def test_a_lone_parent_with_two_children_and_childcare_in_2006():
    """Example B, by hand. 1 June 2006; uprating statement 2006 (Lords, 11 December 2006), tax credits of 2006-07.

    Now: Income Support 57.45; Child Tax Credit (545 + 2 x 1,765) / 52 = 78.365, entered as 78.37; Child Benefit
    17.45 + 11.70 = 29.15; Housing Benefit 70.00 and Council Tax Benefit 15.00 in full. Left: 164.97.

    In the job: 20 hours, 120.00, which is 6,240 a year.
    - Income tax: 6,240 - 5,035 = 1,205 at 10 % is 120.50 a year, 2.317 a week, rounded 2.32.
    - National Insurance: 11 % of 120.00 - 97.00 is 2.53. After tax: 115.15.
    - Tax credits: 1,665 + 1,640, and 80 % of childcare 60.00 a week (2,496), is 5,801; income above 5,220 is
      1,020, at 37 % 377.40; Working Tax Credit 5,423.60 / 52 = 104.30; Child Tax Credit stays 4,075 / 52 = 78.37.
    - Housing Benefit: wages 115.15 - 25.00 - 60.00 (childcare) = 30.15, credits 182.67, Child Benefit 29.15:
      241.97. Living allowance 57.45 + 2 x 45.58 + 16.25 = 164.86. Above it 77.11; 65 % is 50.1215, rounded
      50.12; 70.00 - 50.12 = 19.88.
    - Council Tax Benefit: 20 % of 77.11 is 15.42, more than 15.00: nothing.
    - Fares 10.00, childcare 60.00. No credit: she does not claim because of an illness.
    Both years: 120 - 2.32 - 2.53 + 104.30 + 78.37 + 29.15 + 19.88 - 10 - 60 - 70 - 15 = 191.85; 26.88 more.
    """
    home = Household(
        children=2,
        childcare=6000,
        rent=7000,
        council_tax=1500,
        income_support=5745,
        housing_benefit=7000,
        council_tax_benefit=1500,
        child_tax_credit=7837,
        child_benefit=2915,
    )
    found = work_out(home, Job(hours=20, gross=12_000, travel=1000), rates(date(2006, 6, 1)))
    assert lines(found.first_year) == {
        "Pay before tax": 12_000,
        "Income tax": -232,
        "National Insurance": -253,
        "Working Tax Credit": 10_430,
        "Child Tax Credit": 7837,
        "Child Benefit": 2915,
        "Housing Benefit": 1988,
        "Getting to work": -1000,
        "Childcare": -6000,
        "Rent": -7000,
        "Council tax": -1500,
    }
    assert found.now.left == 16_497
    assert found.better_first == found.better_second == 2688


def test_the_second_year_can_be_worse_than_now():
    """Example C, by hand, of the kind a customer told of: rosy for a year, then down (M:L1342-1345). 4 May 2004.

    Single, 30, no disability premium. Now: Incapacity Benefit 74.15. Housing Benefit: 74.15 - 55.65 = 18.50 above;
    65 % is 12.025: of 60.00 rent it leaves 47.97. Council Tax Benefit: 20 % is 3.70; of 10.00 it leaves 6.30.
    Left: 74.15 + 47.97 + 6.30 - 70.00 = 58.42.

    In the job: 20 hours, 110.00, which is 5,720 a year. Tax 10 % of 975 = 97.50, 1.875 a week, rounded 1.88.
    National Insurance 11 % of 19.00 = 2.09. After tax 106.03. No Working Tax Credit (no child, no disability, under
    30 hours). Housing Benefit: 106.03 - 5.00 - 55.65 = 45.38 above; 65 % is 29.497, rounded 29.50; 30.50. Council
    Tax Benefit: 20 % is 9.076, rounded 9.08; 0.92. Fares 15.00.
    First year: 106.03 + 30.50 + 0.92 + 40.00 - 15.00 - 70.00 = 92.45, 34.03 more. Second: 52.45, 5.97 less.
    """
    home = Household(
        rent=6000, council_tax=1000, incapacity_benefit=7415, housing_benefit=4797, council_tax_benefit=630
    )
    found = work_out(home, Job(hours=20, gross=11_000, travel=1500, credit=4000), rates(date(2004, 5, 4)))
    assert found.now.left == 5842
    assert found.better_first == 3403
    assert found.better_second == -597


def test_the_example_of_today_with_universal_credit():
    """Example D, by hand, with the rates from 7 April 2025 (benefit and pension rates 2025 to 2026).

    Single, over 25, unable to prepare for work because of health, rent 100.00 a week. Universal Credit a week:
    400.14 x 12 / 52 = 92.34; 423.27 x 12 / 52 = 97.678, rounded 97.68; with the rent 290.02. Help with council tax
    20.00 of 20.00. Left now: 290.02 + 20.00 - 100.00 - 20.00 = 190.02.

    In the job: 16 hours at 12.21 = 195.36, below tax and National Insurance. Not counted: 411 x 12 / 52 = 94.846,
    rounded 94.85. Above it 100.51; 55 % is 55.2805, rounded 55.28; Universal Credit 234.74. Fares 10.00.
    Left: 195.36 + 234.74 + 20.00 - 10.00 - 100.00 - 20.00 = 320.10, in both years; 130.08 more.
    """
    home = Household(disability=True, rent=10_000, council_tax=2000, council_tax_benefit=2000)
    found = work_out(
        home, Job(hours=16, gross=19_536, travel=1000), rates(date(2025, 6, 2), "universal_credit")
    )
    assert found.now.left == 19_002
    assert found.first_year.left == found.second_year.left == 32_010


def test_a_lone_parent_with_dear_childcare_in_2003():
    """Example E, by hand. 2 June 2003: uprating statement of 11 December 2003 (column 2003), tax credits of 2003-04.

    One child. Now: Income Support 54.65; Child Tax Credit (545 + 1,445) / 52 = 38.269, entered as 38.27; Child Benefit
    16.05; Housing Benefit 60.00 and Council Tax Benefit 11.00 in full. Left: 108.97.

    In the job: 20 hours, 84.00, which is 4,368 a year: below 4,615, no tax; below 89.00, no National Insurance.
    - Tax credits: 1,525 + 1,500, and 70 % of childcare 100.00 a week (of at most 135.00), which is 3,640 a year: 6,665;
      income below 5,060, in full: 6,665 / 52 = 128.173, rounded 128.17. Child Tax Credit stays 38.27.
    - Housing Benefit: wages 84.00 - 25.00 = 59.00 and credits 166.44 are 225.44; childcare comes off up to 94.50, which
      is more than the wages and so comes off the credits as well: 130.94. With Child Benefit 146.99. Living
      allowance 54.65 + 38.50 + 15.75 = 108.90. Above it 38.09; 65 % is 24.7585, rounded 24.76; 60.00 - 24.76 = 35.24.
    - Council Tax Benefit: 20 % of 38.09 is 7.618, rounded 7.62; 11.00 - 7.62 = 3.38.
    Both years: 84.00 + 128.17 + 38.27 + 16.05 + 35.24 + 3.38 - 8.00 - 100.00 - 60.00 - 11.00 = 126.11; 17.14 more.
    The 94.50 is a number nobody has found in print: the outcome says so.
    """
    home = Household(
        children=1,
        childcare=10_000,
        rent=6000,
        council_tax=1100,
        income_support=5465,
        housing_benefit=6000,
        council_tax_benefit=1100,
        child_tax_credit=3827,
        child_benefit=1605,
    )
    found = work_out(home, Job(hours=20, gross=8400, travel=800), rates(date(2003, 6, 2)))
    assert lines(found.first_year) == {
        "Pay before tax": 8400,
        "Working Tax Credit": 12_817,
        "Child Tax Credit": 3827,
        "Child Benefit": 1605,
        "Housing Benefit": 3524,
        "Council Tax Benefit": 338,
        "Getting to work": -800,
        "Childcare": -10_000,
        "Rent": -6000,
        "Council tax": -1100,
    }
    assert found.now.left == 10_897
    assert found.better_first == found.better_second == 1714
    assert found.unconfirmed == ("Housing Benefit: childcare counted for one child",)


def test_a_couple_and_thirty_hours_in_2005():
    """Example F, by hand. 6 June 2005; living allowances of 2005 (Taxation, 20 April 2006), tax credits of SI 2005/681.

    A couple without children, disability premium. Now: Incapacity Benefit 76.45 and Income Support 45.90, together the
    living allowance 88.15 + 34.20 = 122.35; Housing Benefit 80.00 and Council Tax Benefit 18.00 in full. Left: 122.35.

    In the job: 30 hours, 165.00, which is 8,580 a year.
    - Income tax: 8,580 - 4,895 = 3,685; 10 % of 2,090 is 209.00, 22 % of 1,595 is 350.90; 559.90 / 52 = 10.767, rounded
      10.77. National Insurance: 11 % of 165.00 - 94.00 is 7.81. After both: 146.42.
    - Working Tax Credit: 1,620 + 1,595 (couple) + 660 (30 hours) + 2,165 (disability) = 6,040; 37 % of 8,580 - 5,220 is
      1,243.20; 4,796.80 / 52 = 92.246, rounded 92.25.
    - Housing Benefit: 146.42 - 20.00 + 92.25 = 218.67; above 122.35 are 96.32; 65 % is 62.608, rounded 62.61; 17.39.
    - Council Tax Benefit: 20 % is 19.26, more than 18.00: nothing.
    First year, with the credit of 40.00 and fares of 12.00: 146.42 + 92.25 + 17.39 + 40.00 - 12.00 - 98.00 = 186.06,
    63.71 more. Second: 146.06, 23.71 more.
    """
    home = Household(
        couple=True,
        disability=True,
        rent=8000,
        council_tax=1800,
        incapacity_benefit=7645,
        income_support=4590,
        housing_benefit=8000,
        council_tax_benefit=1800,
    )
    job = Job(hours=30, gross=16_500, travel=1200, credit=4000)
    found = work_out(home, job, rates(date(2005, 6, 6)))
    assert lines(found.first_year) == {
        "Pay before tax": 16_500,
        "Income tax": -1077,
        "National Insurance": -781,
        "Working Tax Credit": 9225,
        "Housing Benefit": 1739,
        "Return-to-work credit": 4000,
        "Getting to work": -1200,
        "Rent": -8000,
        "Council tax": -1800,
    }
    assert found.now.left == 12_235
    assert (found.better_first, found.better_second) == (6371, 2371)
    assert found.unconfirmed == ()


def test_a_person_of_twenty_three_in_full_time_work_in_2008():
    """Example G, by hand. 2 June 2008; uprating statement of 6 December 2007, income tax after the change of that year.

    Single, 23, no premium. Now: Incapacity Benefit 75.40. Housing Benefit: 75.40 - 47.95 = 27.45 above; 65 % is 17.8425,
    of 75.00 rent it leaves 57.16. Council Tax Benefit: 20 % is 5.49; of 9.00 it leaves 3.51. Left: 52.07.

    In the job: 35 hours at 5.52 = 193.20, which is 10,046.40 a year.
    - Income tax: 20 % of 10,046.40 - 6,035 = 4,011.40 is 802.28; / 52 = 15.428, rounded 15.43. National Insurance: 11 % of
      88.20 is 9.702, rounded 9.70. After both: 168.07.
    - No Working Tax Credit before 25 without a child or a disability.
    - Housing Benefit: 168.07 - 5.00 - 47.95 = 115.12 above; 65 % is 74.828, rounded 74.83; 0.17. No Council Tax Benefit.
    First year, with 40.00 credit and fares of 10.00: 168.07 + 0.17 + 40.00 - 10.00 - 84.00 = 114.24, 62.17 more.
    Second: 74.24, 22.17 more.
    """
    home = Household(
        under_25=True,
        rent=7500,
        council_tax=900,
        incapacity_benefit=7540,
        housing_benefit=5716,
        council_tax_benefit=351,
    )
    job = Job(hours=35, gross=19_320, travel=1000, credit=4000)
    found = work_out(home, job, rates(date(2008, 6, 2)))
    assert lines(found.first_year) == {
        "Pay before tax": 19_320,
        "Income tax": -1543,
        "National Insurance": -970,
        "Housing Benefit": 17,
        "Return-to-work credit": 4000,
        "Getting to work": -1000,
        "Rent": -7500,
        "Council tax": -900,
    }
    assert found.now.left == 5207
    assert (found.better_first, found.better_second) == (6217, 2217)


def test_from_november_2009_child_benefit_no_longer_lowers_help_with_rent():
    """Community Care, 4 September 2009: with 20.00 of Child Benefit it was 13.00 (65 %) of Housing Benefit and 4.00
    (20 %) of Council Tax Benefit."""
    home = Household(children=1, rent=12_000, council_tax=4000, child_benefit=2000)
    job = Job(hours=16, gross=9000)
    before = lines(work_out(home, job, rates(date(2009, 10, 5))).second_year)
    after = lines(work_out(home, job, rates(date(2009, 11, 2))).second_year)
    assert after["Housing Benefit"] - before["Housing Benefit"] == 1300
    assert after["Council Tax Benefit"] - before["Council Tax Benefit"] == 400


def test_the_example_of_today_with_the_rates_of_2026():
    """Example H, by hand, with the rates proposed for 6 April 2026.

    Single, over 25, unable to prepare for work because of health since before April 2026, rent 100.00 a week. Universal
    Credit a week: 424.90 x 12 / 52 = 98.054, rounded 98.05; 429.80 x 12 / 52 = 99.185, rounded 99.18; with the rent
    297.23. Help with council tax 20.00 of 20.00. Left now: 197.23.

    In the job: 16 hours at 12.71 = 203.36, below tax (12,570 / 52 = 241.73) and National Insurance (242.00). Not counted:
    427 x 12 / 52 = 98.538, rounded 98.54. Above it 104.82; 55 % is 57.651, rounded 57.65; Universal Credit 239.58. Fares
    10.00. Left: 203.36 + 239.58 + 20.00 - 10.00 - 100.00 - 20.00 = 332.94, in both years; 135.71 more.
    The 427 of 2026 was found on one calculator's page only: the outcome names it.
    """
    home = Household(disability=True, rent=10_000, council_tax=2000, council_tax_benefit=2000)
    found = work_out(
        home, Job(hours=16, gross=20_336, travel=1000), rates(date(2026, 6, 1), "universal_credit")
    )
    assert found.now.left == 19_723
    assert found.first_year.left == found.second_year.left == 33_294
    assert found.better_first == 13_571
    assert found.unconfirmed == ("Wages not counted where rent is paid for",)


def test_since_april_2026_a_third_child_counts_in_universal_credit():
    """By hand: 424.90 x 12 / 52 = 98.05; 303.94 x 12 / 52 = 70.14. In 2025 two children counted: 92.34, 2 x 67.57."""
    home = Household(children=3)
    assert most(home, rates(date(2026, 6, 1), "universal_credit")) == 9805 + 3 * 7014
    assert most(home, rates(date(2025, 6, 2), "universal_credit")) == 9234 + 2 * 6757


def test_a_pack_of_before_the_new_lines_still_works_a_sum_out():
    """Its council limit for childcare is that of the tax credits, and Child Benefit counts."""
    year = rates(date(2003, 6, 2))
    before = replace(
        year, rates={key: rate for key, rate in year.rates.items() if not key.startswith("hb.child")}
    )
    before.rates["hb.child"] = year.rates["hb.child"]
    home = Household(children=1, childcare=10_000, rent=6000, child_benefit=1605)
    job = Job(hours=20, gross=8400)
    now, old = work_out(home, job, year), work_out(home, job, before)
    assert lines(old.second_year)["Housing Benefit"] - lines(now.second_year)["Housing Benefit"] == 358
    assert old.unconfirmed == ()


def test_wages_of_four_hundred_pounds_in_2008():
    """By hand: 20,800 - 6,035 = 14,765 at 20 % is 2,953 a year, 56.788 a week; 11 % of 295.00 is 32.45."""
    year = rates(date(2008, 5, 6))
    assert wages.tax(40_000, year) == 5679
    assert wages.national_insurance(40_000, year) == 3245


def test_work_that_is_permitted_keeps_the_benefit_and_falls_only_on_income_support():
    """M:L2680-2684. 2004: ten hours, 50.00; no tax. Income Support 20.00 falls with 50.00 - 20.00 to nothing."""
    home = Household(incapacity_benefit=7415, income_support=2000)
    found = work_out(home, Job(hours=10, gross=5000, benefit_goes_on=True), rates(date(2004, 5, 4)))
    assert lines(found.first_year) == {"Pay before tax": 5000, "Incapacity Benefit": 7415}


def test_a_partners_benefit_that_falls_is_in_the_sums():
    """E:L899-903: where the partner claims too, staying on benefit can be better. 2004: 100.00 - 10.00 counted."""
    home = Household(couple=True, incapacity_benefit=7415, partner_benefit=8730)
    found = work_out(home, Job(hours=16, gross=10_000), rates(date(2004, 5, 4)))
    net = 10_000 - wages.tax(10_000, rates(date(2004, 5, 4))) - 99
    assert lines(found.first_year).get("Your partner's benefit", 0) == max(0, 8730 - (net - 1000))
    assert any("partner" in note for note in found.notes)


SUMS = st.integers(0, 30_000)
HOMES = st.builds(
    Household,
    couple=st.booleans(),
    under_25=st.booleans(),
    children=st.integers(0, 5),
    disability=st.booleans(),
    childcare=SUMS,
    rent=SUMS,
    council_tax=SUMS,
    incapacity_benefit=SUMS,
    income_support=SUMS,
    housing_benefit=SUMS,
    child_benefit=SUMS,
    partner_hours=st.integers(0, 50),
    partner_gross=SUMS,
    partner_benefit=SUMS,
    partner_benefit_falls=st.booleans(),
)
JOBS = st.builds(
    Job,
    hours=st.integers(1, 60),
    gross=st.integers(1, 90_000),
    travel=SUMS,
    credit=st.sampled_from([0, 4000]),
    benefit_goes_on=st.booleans(),
)
SOME_DAYS = [date(2003, 5, 6), date(2005, 5, 6), date(2008, 5, 6), date(2009, 9, 1)]
DAYS = st.sampled_from(SOME_DAYS)


@pytest.fixture(autouse=True, scope="module")
def read_before():
    """The packs are read outside the examples, whose time is measured."""
    for day in SOME_DAYS:
        rates(day)


@given(home=HOMES, job=JOBS, on=DAYS)
def test_the_lines_add_up_and_the_years_differ_by_the_credit_alone(home, job, on):
    found = work_out(home, job, rates(on))
    for column in found.columns:
        assert sum(line.pence for line in column.lines) == column.left
    assert found.first_year.left - found.second_year.left == job.credit
    assert outcome_of(found.to_json()) == found


@given(home=HOMES, job=JOBS, on=DAYS)
def test_no_help_is_below_nothing_or_above_what_it_helps_with(home, job, on):
    inside = lines(work_out(home, job, rates(on)).second_year)
    assert 0 <= inside.get("Housing Benefit", 0) <= home.rent
    assert 0 <= inside.get("Council Tax Benefit", 0) <= home.council_tax
    assert inside.get("Working Tax Credit", 0) >= 0
    assert inside.get("Income tax", 0) <= 0


@given(home=HOMES, job=JOBS, on=DAYS, more=st.integers(1, 5000))
def test_tax_credits_never_rise_with_the_pay(home, job, on, more):
    before = sum(tax_credits(home, job, rates(on)))
    after = sum(tax_credits(home, replace(job, gross=job.gross + more), rates(on)))
    assert after <= before


@given(home=HOMES, job=JOBS)
def test_what_went_in_is_kept_as_it_was(home, job):
    assert inputs_of(inputs_to_json(home, job)) == (home, job)


@pytest.mark.parametrize(
    "slug", ["jobcentre-plus-2002", "pathways-2003", "pathways-existing-2005", "provider-led-2007"]
)
def test_every_pack_has_rates_for_2003_to_2009_without_a_gap_and_an_example_of_today(slug):
    sets = rate_sets(pack_of(slug).files)
    old = [one for one in sets if one.scheme == "tax_credits"]
    assert old[0].holds_from <= date(2003, 5, 1) and old[-1].holds_until >= date(2009, 12, 31)
    for one, after in zip(old, old[1:], strict=False):
        assert (after.holds_from - one.holds_until).days == 1
    assert any(one.scheme == "universal_credit" for one in sets)
    assert all(rate.source or not rate.confirmed for one in sets for rate in one.rates.values())
    assert lint(pack_of(slug).files) == []


def test_what_nobody_found_in_print_is_marked_year_by_year():
    """Of Incapacity Benefit the tables of 2005, 2006 and 2009 were read, the others not."""
    marked = {
        one.holds_from.isoformat(): [rate.key for rate in one.unconfirmed if rate.key == "ib.long"]
        for one in rate_sets(pack_of("pathways-2003").files)
        if one.scheme == "tax_credits"
    }
    assert [day for day, keys in marked.items() if keys] == [
        "2003-04-06",
        "2004-04-06",
        "2007-04-06",
        "2008-04-06",
    ]


def test_after_the_last_year_the_last_rates_are_taken_and_do_not_hold():
    found = rates(date(2026, 1, 5))
    assert found.holds_from == date(2009, 11, 2)
    assert not found.holds_on(date(2026, 1, 5))


def test_before_the_first_year_there_are_none():
    with pytest.raises(NoRates):
        rates(date(2001, 1, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key,title,unit,2003-04-06,source,note\na,A,percent,1,x,\n", "# scheme"),
        ("# scheme: s\n# title: t\n# until: 2004-01-01\nkey,title,unit,source,note\n", "years"),
        (
            "# scheme: s\n# title: t\n# until: 2004-01-01\nkey,title,unit,2003-04-06,source,note\na,A,percent,,x,\n",
            "number",
        ),
        (
            "# scheme: s\n# title: t\n# until: 2004-01-01\nkey,title,unit,2003-04-06,source,note\na,A,percent,1,,\n",
            "neither a source nor the mark",
        ),
        (
            "# scheme: s\n# title: t\n# until: 2005-01-01\n"
            "key,title,unit,2003-04-06,2004-04-06,source,unconfirmed,note\na,A,percent,1,1,,2003-04-06,\n",
            "line 5: a has neither a source nor the mark",
        ),
        (
            "# scheme: s\n# title: t\n# until: 2004-01-01\n"
            "key,title,unit,2003-04-06,source,unconfirmed,note\na,A,percent,1,x,2004-04-06,\n",
            "no such column",
        ),
        (
            "# scheme: s\n# title: t\n# until: 2004-01-01\nkey,title,unit,2003-04-06,source,note\n"
            "a,A,percent,1,x,\na,A,percent,2,x,\n",
            "twice",
        ),
    ],
)
def test_rates_with_a_gap_are_refused_with_their_line(text, said):
    with pytest.raises(BadRates, match=said):
        rate_sets({"rates/one.csv": text})


@pytest.mark.parametrize(
    ("source", "mark"), [("", "all"), ("", "2003-04-06"), ("a book", "all"), ("local", "")]
)
def test_a_marked_rate_is_read_and_is_not_confirmed(source, mark):
    text = (
        "# scheme: s\n# title: t\n# until: 2004-01-01\n"
        f"key,title,unit,2003-04-06,source,unconfirmed,note\na,A,percent,1,{source},{mark},\n"
    )
    assert [rate.title for rate in rate_sets({"rates/one.csv": text})[0].unconfirmed] == ["A"]


def test_the_lint_names_the_file_and_the_line_of_a_rate_without_source_and_mark():
    text = "# scheme: s\n# title: t\n# until: 2004-01-01\nkey,title,unit,2003-04-06,source,note\na,A,percent,1,,\n"
    (found,) = lint({"rates/one.csv": text, "rates/two.txt": "", "tables/other.csv": "x"})
    assert (found.path, found.line, found.severity) == ("rates/one.csv", 5, "error")


def test_half_a_penny_goes_up():
    assert whole(Decimal("187.5")) == 188
    assert to_weekly(Decimal(40_014), "pounds a month") == 9234
