"""The clock of sustained work: 26 weeks are sustained (P:L325, P:L950); breaks and links are settings of the pack."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waymark.employment.rules import ClockRules, Spell, Wished, call_days, clock, hints, weekly_pence

MONDAY = date(2004, 5, 10)
# A busy machine is no fault of the clock.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RULES = ClockRules(weeks=(13, 26), break_days=7, linked_days=56)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def spell(first: int, last: int | None = None, employer: str = "Nursery", hours: int = 16) -> Spell:
    return Spell(day(first), None if last is None else day(last), employer, Decimal(hours))


def test_26_weeks_are_reached_on_the_last_day_of_the_26th_week():
    found = clock([spell(0)], RULES, day(26 * 7 - 1))
    assert found.days == 26 * 7
    assert [one.reached_on for one in found.milestones] == [day(13 * 7 - 1), day(26 * 7 - 1)]
    assert found.next_milestone is None


def test_a_day_before_the_26_weeks_they_are_expected_for_tomorrow():
    found = clock([spell(0)], RULES, day(26 * 7 - 2))
    assert found.next_milestone.weeks == 26
    assert found.next_milestone.reached_on is None
    assert found.next_milestone.expected_on == day(26 * 7 - 1)


def test_a_job_to_come_starts_no_clock():
    assert clock([spell(10)], RULES, day(9)) is None


def test_a_break_of_a_week_is_bridged_and_its_days_do_not_count():
    found = clock([spell(0, 27), spell(35, employer="Shop")], RULES, day(62))
    assert found.since == day(0)
    assert found.days == 28 + 28
    assert [(one.days, one.linked) for one in found.breaks] == [(7, False)]


def test_jobs_some_weeks_apart_are_linked_and_the_clock_stands_still_between_them():
    found = clock([spell(0, 27), spell(28 + 56)], RULES, day(28 + 56 + 6))
    assert found.days == 28 + 7
    assert [(one.days, one.linked) for one in found.breaks] == [(56, True)]


def test_after_a_longer_time_out_of_work_a_new_clock_begins():
    found = clock([spell(0, 27), spell(28 + 57)], RULES, day(28 + 57 + 6))
    assert found.since == day(28 + 57)
    assert found.days == 7
    assert found.breaks == ()


def test_while_nobody_works_the_clock_says_until_when_new_work_still_links():
    found = clock([spell(0, 27)], RULES, day(40))
    assert not found.working
    assert found.lapses_on == day(27 + 56)
    assert found.next_milestone.expected_on is None
    assert clock([spell(0, 27)], RULES, day(27 + 56)) is not None
    assert clock([spell(0, 27)], RULES, day(27 + 57)) is None


def test_a_change_of_employer_breaks_nothing_unless_the_pack_says_so():
    jobs = [spell(0, 27, "Nursery"), spell(28, None, "Shop")]
    assert clock(jobs, RULES, day(41)).days == 42
    one_employer = ClockRules(other_employer_counts=False)
    assert clock(jobs, one_employer, day(41)).days == 14


def test_two_jobs_on_one_day_are_one_day_of_work():
    found = clock([spell(0, 20), spell(10, 30, "Shop")], RULES, day(30))
    assert found.days == 31
    assert found.breaks == ()


def test_hours_of_two_small_jobs_add_up_to_the_least():
    least = ClockRules(least_hours=Decimal(16))
    small = [spell(0, None, "Nursery", 8), spell(7, None, "Shop", 8)]
    assert clock(small, least, day(13)).days == 7
    assert clock(small[:1], least, day(13)) is None


SPELLS = st.lists(
    st.builds(
        lambda first, length, goes_on, hours: spell(first, None if goes_on else first + length, hours=hours),
        st.integers(0, 400),
        st.integers(0, 200),
        st.booleans(),
        st.integers(1, 40),
    ),
    max_size=6,
)
ANY_RULES = st.builds(
    ClockRules,
    break_days=st.integers(0, 30),
    linked_days=st.integers(0, 120),
    least_hours=st.sampled_from([Decimal(0), Decimal(8), Decimal(16)]),
)
DAYS = st.integers(0, 700).map(day)


@unhurried
@given(SPELLS, ANY_RULES, DAYS)
def test_never_more_days_count_than_have_passed(spells, rules, on):
    found = clock(spells, rules, on)
    if found is None:
        return
    assert 0 < found.days <= (on - found.since).days + 1
    assert found.days + sum(one.days for one in found.breaks) <= (on - found.since).days + 1


@unhurried
@given(SPELLS, ANY_RULES, DAYS, st.randoms())
def test_the_order_in_which_jobs_were_told_does_not_matter(spells, rules, on, random):
    mixed = list(spells)
    random.shuffle(mixed)
    assert clock(mixed, rules, on) == clock(spells, rules, on)


@unhurried
@given(SPELLS, ANY_RULES, DAYS)
def test_a_job_told_twice_counts_once(spells, rules, on):
    without_hours = ClockRules(rules.weeks, rules.break_days, rules.linked_days)
    assert clock([*spells, *spells], without_hours, on) == clock(spells, without_hours, on)


@unhurried
@given(SPELLS, DAYS, st.integers(0, 400), st.integers(0, 100))
def test_more_work_never_makes_fewer_days_worked_since_the_same_first_day(spells, on, first, length):
    before = clock(spells, RULES, on)
    after = clock([*spells, spell(first, first + length)], RULES, on)
    if before is not None:
        assert after is not None
        if after.since <= before.since:
            assert after.days >= before.days


@unhurried
@given(st.integers(1, 300), st.integers(1, 299), DAYS)
def test_a_spell_cut_in_two_without_a_gap_is_one_spell(length, cut, on):
    cut = min(cut, length)
    whole = clock([spell(0, length)], RULES, on)
    assert clock([spell(0, cut - 1), spell(cut, length, "Shop")], RULES, on) == whole


@unhurried
@given(SPELLS, ANY_RULES, DAYS)
def test_a_milestone_reached_stays_reached_the_next_day_while_the_clock_runs(spells, rules, on):
    today, tomorrow = clock(spells, rules, on), clock(spells, rules, on + timedelta(days=1))
    if today is None or tomorrow is None or tomorrow.since != today.since:
        return
    reached = {one.weeks: one.reached_on for one in today.milestones if one.reached_on}
    later = {one.weeks: one.reached_on for one in tomorrow.milestones if one.reached_on}
    assert reached.items() <= later.items()


def test_calls_are_on_days_counted_from_the_first_day_of_the_job():
    assert call_days(MONDAY, [21, 7]) == [day(7), day(21)]


@pytest.mark.parametrize(
    ("pence", "period", "hours", "weekly"),
    [
        (500, "hour", "16", 8000),
        (8000, "week", "16", 8000),
        (32000, "four_weeks", "16", 8000),
        (1500000, "year", "37.5", 28846),
        (None, "", "16", None),
    ],
)
def test_pay_a_week_is_worked_out_from_any_period(pence, period, hours, weekly):
    assert weekly_pence(pence, period, Decimal(hours)) == weekly


def test_a_job_of_30_hours_is_talked_about_where_20_are_wished():
    """Client 11 preferred 20 hours and took a job with long travel (M:L1436-1448, M:L3369-3381)."""
    wished = Wished(most_hours=Decimal(20), most_travel_minutes=45)
    said = hints(wished, hours=Decimal(30), travel_minutes=90)
    assert said == [
        "These are more hours than the customer wants: at most 20 a week.",
        "The way there is longer than 45 minutes.",
    ]
    assert hints(wished, hours=Decimal(16), travel_minutes=20) == []
