"""Money by the week: instalments, stops, and what was paid too much."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from waymark.awards.rules import (
    financial_year,
    last_day,
    pounds,
    pounds_exactly,
    settle,
    weekly_parts,
    weeks_due,
    whole_pounds_up,
    yearly_pounds,
)

MONDAY = date(2004, 5, 3)
WEEKS = st.integers(1, 52)
EVERY = st.integers(1, 6)


def test_fifty_two_weeks_of_forty_pounds_are_two_thousand_and_eighty():
    """E:L365-367."""
    parts = weekly_parts(MONDAY, 52, 4000, 2)
    assert sum(part.pence for part in parts) == 208_000
    assert len(parts) == 26
    assert parts[-1].covers_until == date(2005, 5, 1)


def test_twenty_six_weeks_of_twenty_pounds_are_five_hundred_and_twenty():
    """E:L394-395, the sum of vignette V55."""
    assert sum(part.pence for part in weekly_parts(MONDAY, 26, 2000, 2)) == 52_000


def test_an_instalment_is_due_on_the_day_after_its_last():
    assert weekly_parts(MONDAY, 2, 4000, 2)[0].due_on == MONDAY + timedelta(days=14)


@given(weeks=WEEKS, every=EVERY)
def test_instalments_cover_every_day_once_and_add_up(weeks, every):
    parts = weekly_parts(MONDAY, weeks, 4000, every)
    days = [
        part.covers_from + timedelta(days=n)
        for part in parts
        for n in range((part.covers_until - part.covers_from).days + 1)
    ]
    assert days == [MONDAY + timedelta(days=n) for n in range(7 * weeks)]
    assert sum(part.pence for part in parts) == 4000 * weeks
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))


def test_a_week_that_has_begun_is_paid_whole():
    assert weeks_due(MONDAY, MONDAY, 52) == 1
    assert weeks_due(MONDAY, MONDAY + timedelta(days=6), 52) == 1
    assert weeks_due(MONDAY, MONDAY + timedelta(days=7), 52) == 2
    assert weeks_due(MONDAY, MONDAY - timedelta(days=1), 52) == 0


@given(
    weeks=WEEKS,
    every=EVERY,
    paid=st.integers(0, 52),
    days=st.integers(-1, 380),
    rate=st.sampled_from([2000, 4000]),
)
def test_what_was_paid_and_what_is_still_due_add_up_to_the_weeks_that_count(weeks, every, paid, days, rate):
    """Nobody loses a week that counts, and what is beyond the end is overpaid, dropped or cut: nothing else."""
    parts = weekly_parts(MONDAY, weeks, rate, every)
    gone_out = {part.number for part in parts[:paid]}
    ends_on = MONDAY + timedelta(days=days)
    settled = settle(parts, gone_out, ends_on, rate)
    shorter = {number: pence for number, _until, pence in settled.shortened}
    to_come = sum(
        shorter.get(part.number, part.pence)
        for part in parts
        if part.number not in gone_out and part.number not in settled.dropped
    )
    been_paid = sum(part.pence for part in parts if part.number in gone_out)
    assert been_paid + to_come - settled.overpaid == weeks_due(MONDAY, ends_on, weeks) * rate
    assert settled.overpaid >= 0
    assert not gone_out & (set(shorter) | set(settled.dropped))


def test_a_shortened_instalment_ends_with_a_whole_week():
    parts = weekly_parts(MONDAY, 4, 4000, 4)
    assert settle(parts, set(), MONDAY + timedelta(days=8), 4000).shortened == (
        (1, last_day(MONDAY, 2), 8000),
    )


def test_the_financial_year_begins_in_april():
    assert financial_year(date(2004, 4, 1)) == 2004
    assert financial_year(date(2004, 3, 31)) == 2003


def test_limits_are_not_missed_by_rounding():
    """Fifteen thousand pounds a year is 288.46 a week and some; a penny less a week is below."""
    assert yearly_pounds(28_847) == 15_000
    assert yearly_pounds(28_846) == 14_999
    assert whole_pounds_up(2001) == 21


def test_sums_are_written_as_people_write_them():
    assert pounds(4000) == "£40"
    assert pounds(123_450) == "£1,234.50"
    assert pounds(-597) == "−£5.97"
    assert pounds_exactly(4000) == "£40.00"
