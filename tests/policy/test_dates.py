from datetime import date

import pytest

from waymark.policy.dates import add, compiled, fixed_on, iso_date, parse_date
from waymark.policy.findings import Malformed

TODAY = date(2004, 5, 4)
DATES = {"due_date": date(2004, 8, 1), "hospital_stay.end": date(2004, 5, 20), "missing": None}


def day(text: str) -> date | None:
    return parse_date(text).on(TODAY, DATES.get)


@pytest.mark.parametrize(
    ("start", "number", "unit", "end"),
    [
        (date(2004, 5, 4), 1, "day", date(2004, 5, 5)),
        (date(2004, 5, 4), 11, "week", date(2004, 7, 20)),
        (date(2004, 1, 31), 1, "month", date(2004, 2, 29)),
        (date(2003, 1, 31), 1, "month", date(2003, 2, 28)),
        (date(2004, 3, 31), -1, "month", date(2004, 2, 29)),
        (date(2004, 11, 30), 3, "month", date(2005, 2, 28)),
        (date(2004, 12, 15), 1, "month", date(2005, 1, 15)),
        (date(2004, 2, 29), 1, "year", date(2005, 2, 28)),
        (date(2004, 2, 29), 4, "year", date(2008, 2, 29)),
        (date(2004, 1, 1), -1, "day", date(2003, 12, 31)),
    ],
)
def test_lengths_are_added_by_the_calendar(start, number, unit, end):
    assert add(start, number, unit) == end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", TODAY),
        ("2004-02-29", date(2004, 2, 29)),
        ("due_date", date(2004, 8, 1)),
        ("due_date + 7 weeks", date(2004, 9, 19)),
        ("hospital_stay.end + 2 weeks", date(2004, 6, 3)),
        ("today + 3 years", date(2007, 5, 4)),
        ("today + 1 month - 1 day", date(2004, 6, 3)),
        ("today - 1 week", date(2004, 4, 27)),
        ("max(due_date, today + 4 weeks)", date(2004, 8, 1)),
        ("min(due_date, today + 4 weeks)", date(2004, 6, 1)),
        ("first known(missing, today + 4 weeks)", date(2004, 6, 1)),
        ("first known(due_date, today)", date(2004, 8, 1)),
        ("max(first known(missing, today), today + 1 day) + 1 day", date(2004, 5, 6)),
    ],
)
def test_an_expression_gives_its_day(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    "text",
    ["missing", "missing + 2 weeks", "max(missing, today)", "min(today, missing)", "first known(missing)"],
)
def test_an_expression_over_a_missing_date_gives_none(text):
    assert day(text) is None


def test_an_expression_names_the_dates_it_needs():
    assert parse_date("max(due_date, hospital_stay.end + 1 day)").needs() == {"due_date", "hospital_stay.end"}


def test_an_expression_is_written_as_it_is_read():
    text = "first known(due_date + 7 weeks, min(today - 1 day, 2004-01-01))"
    assert str(parse_date(text)) == text


def test_what_depends_on_the_day_alone_is_worked_out_once():
    made = fixed_on(parse_date("first known(due_date + 1 week, today + 4 weeks)"), TODAY)
    assert str(made) == "first known(due_date + 1 week, 2004-06-01)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today +",
        "today + 2",
        "today + two weeks",
        "today + 2 fortnights",
        "today 2 weeks",
        "2004-02-30",
        "soonest(today)",
        "max(today",
        "max(today due_date)",
        "today + 101 years",
        "Today",
        "7 weeks",
        "today & 1",
        "(today)",
    ],
)
def test_a_malformed_expression_is_refused(text):
    with pytest.raises(Malformed):
        parse_date(text)


@pytest.mark.parametrize("text", ["20040504", "2004-W19-2", "4.5.2004", "2004-5-4", "2003-02-29"])
def test_only_plain_calendar_dates_are_read(text):
    with pytest.raises(Malformed):
        iso_date(text)


@pytest.mark.parametrize(
    "expression",
    [
        "today",
        "2004-05-04",
        "a",
        "a + 2 weeks - 1 day",
        "a + 1 month",
        "a - 2 years",
        "max(a, b, today)",
        "min(a, b)",
        "first known(a, b + 1 year, today + 3 months)",
        "max(first known(max(a, b), b), today + 2 weeks)",
    ],
)
@pytest.mark.parametrize("known", [{}, {"a": date(2004, 1, 31)}, {"b": date(2004, 2, 29)}])
def test_a_compiled_expression_gives_the_same_day(expression, known):
    today, parsed = date(2004, 5, 4), parse_date(expression)
    for dates in (known, known | {"a": date(2005, 8, 31)}):
        by_hand = parsed.on(today, dates.get)
        assert compiled(parsed, today, lambda name: lambda given: given.get(name))(dates) == by_hand
