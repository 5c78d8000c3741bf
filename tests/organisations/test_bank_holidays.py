"""Bank holidays of England and Wales: worked out, shipped, read from a list."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from waymark.organisations import rules
from waymark.organisations.rules import bank_holidays, easter, read_holidays

SHIPPED = Path(rules.__file__).with_name("bank_holidays.csv")


@pytest.mark.parametrize(
    "sunday",
    [
        date(2002, 3, 31),
        date(2003, 4, 20),
        date(2004, 4, 11),
        date(2005, 3, 27),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2019, 4, 21),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter_falls_on_the_known_sunday(sunday):
    assert easter(sunday.year) == sunday


def test_an_ordinary_year_has_eight_bank_holidays():
    assert list(bank_holidays(2003)) == [
        date(2003, 1, 1),
        date(2003, 4, 18),
        date(2003, 4, 21),
        date(2003, 5, 5),
        date(2003, 5, 26),
        date(2003, 8, 25),
        date(2003, 12, 25),
        date(2003, 12, 26),
    ]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2004, [date(2004, 12, 27), date(2004, 12, 28)]),
        (2005, [date(2005, 12, 26), date(2005, 12, 27)]),
        (2009, [date(2009, 12, 25), date(2009, 12, 28)]),
        (2007, [date(2007, 12, 25), date(2007, 12, 26)]),
    ],
)
def test_christmas_on_a_weekend_has_substitute_days(year, days):
    assert [day for day in bank_holidays(year) if day.month == 12] == days


def test_new_years_day_on_a_saturday_is_kept_on_the_monday():
    assert date(2005, 1, 3) in bank_holidays(2005)
    assert date(2005, 1, 1) not in bank_holidays(2005)


@pytest.mark.parametrize(
    ("day", "instead_of"),
    [
        (date(2002, 6, 4), date(2002, 5, 27)),
        (date(2012, 6, 4), date(2012, 5, 28)),
        (date(2020, 5, 8), date(2020, 5, 4)),
        (date(2022, 6, 2), date(2022, 5, 30)),
    ],
)
def test_a_holiday_moved_by_proclamation_is_on_its_new_day_only(day, instead_of):
    assert day in bank_holidays(day.year)
    assert instead_of not in bank_holidays(day.year)


@pytest.mark.parametrize(
    "day",
    [
        date(2002, 6, 3),
        date(2011, 4, 29),
        date(2012, 6, 5),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    ],
)
def test_holidays_given_once_are_there(day):
    assert day in bank_holidays(day.year)


def test_no_bank_holiday_falls_on_a_weekend():
    days = [day for year in range(2002, 2029) for day in bank_holidays(year)]
    assert [day for day in days if day.weekday() > 4] == []


def test_the_shipped_list_is_what_the_rules_give_for_2002_to_2028():
    shipped = read_holidays(SHIPPED.read_text(encoding="utf-8"))
    worked_out = {day: name for year in range(2002, 2029) for day, name in bank_holidays(year).items()}
    assert (shipped.days, shipped.bad) == (worked_out, ())


def test_the_shipped_list_reaches_18_months_past_the_programmes_that_are_shipped():
    last_change = date(2009, 10, 1)  # waivers end in the provider-led programme (P:L495)
    shipped = read_holidays(SHIPPED.read_text(encoding="utf-8"))
    assert max(shipped.days) > last_change + timedelta(days=548)


def test_a_list_is_read_with_and_without_heading_in_both_ways_to_write_a_day():
    text = "\ufeffDay,Name\n2029-12-25,Christmas Day\n\n26/12/2029,Boxing Day\n"
    assert read_holidays(text).days == {date(2029, 12, 25): "Christmas Day", date(2029, 12, 26): "Boxing Day"}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2029-02-30,Nothing", "is not a day"),
        ("Christmas,2029-12-25", "is not a day"),
        ("2029-12-25,", "Write the name"),
        ("2029-12-25," + "x" * 101, "longer than 100"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_keeps_no_other_out(row, says):
    found = read_holidays(f"{row}\n2029-12-26,Boxing Day\n")
    assert list(found.days) == [date(2029, 12, 26)]
    assert (found.bad[0].line, found.bad[0].text) == (1, row)
    assert says in found.bad[0].problem


def test_a_day_named_twice_is_kept_once_and_the_second_row_is_reported():
    found = read_holidays("2029-12-25,Christmas Day\n25/12/2029,Christmas\n")
    assert found.days == {date(2029, 12, 25): "Christmas Day"}
    assert "as Christmas Day" in found.bad[0].problem
