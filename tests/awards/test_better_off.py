"""Better-off calculations against examples worked out by hand, line by line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import pack_of
from waymark.awards.better_off import BadRates, Household, Job, NoRates, choose, rate_sets, wages, work_out
from waymark.awards.better_off.rates import to_weekly, whole
from waymark.awards.better_off.shapes import inputs_of, inputs_to_json, outcome_of
from waymark.awards.better_off.tax_credits import tax_credits


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
DAYS = st.sampled_from([date(2003, 5, 6), date(2005, 5, 6), date(2008, 5, 6), date(2009, 9, 1)])


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
    assert all(rate.source for one in sets for rate in one.rates.values())


def test_after_the_last_year_the_last_rates_are_taken_and_do_not_hold():
    found = rates(date(2026, 1, 5))
    assert found.holds_from == date(2009, 4, 6)
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
            "source",
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


def test_half_a_penny_goes_up():
    assert whole(Decimal("187.5")) == 188
    assert to_weekly(Decimal(40_014), "pounds a month") == 9234
