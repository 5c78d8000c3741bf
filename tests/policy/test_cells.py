from datetime import date, timedelta

import pytest

from tests.policy.samples import BOOK, ON, accepts
from waymark.policy import NOT_KNOWN, Interval
from waymark.policy.cells import parse_cell
from waymark.policy.findings import Malformed


def days(number: int) -> date:
    return ON + timedelta(days=number)


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("-", ["jsa", "ib", NOT_KNOWN], []),
        ("", ["jsa", NOT_KNOWN], []),
        ("ib", ["ib"], ["jsa", "sda", NOT_KNOWN]),
        ("ib, sda", ["ib", "sda"], ["jsa", NOT_KNOWN]),
        ("not(jsa)", ["ib", "sda"], ["jsa", NOT_KNOWN]),
        ("not(jsa, ib)", ["sda"], ["jsa", "ib", NOT_KNOWN]),
        ("known", ["jsa", "ib"], [NOT_KNOWN]),
        ("not known", [NOT_KNOWN], ["jsa", "ib"]),
    ],
)
def test_a_choice_cell_accepts_its_words(cell, yes, no):
    assert all(accepts(cell, value) for value in yes)
    assert not any(accepts(cell, value) for value in no)


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("yes", [True], [False, NOT_KNOWN]),
        ("no", [False], [True, NOT_KNOWN]),
        ("not(yes)", [False], [True, NOT_KNOWN]),
        ("known", [True, False], [NOT_KNOWN]),
        ("not known", [NOT_KNOWN], [True, False]),
    ],
)
def test_a_yes_no_cell_accepts_its_answer(cell, yes, no):
    assert all(accepts(cell, value, "pregnant") for value in yes)
    assert not any(accepts(cell, value, "pregnant") for value in no)


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("16", [16], [15, 17, NOT_KNOWN]),
        ("16, 18", [16, 18], [15, 17, 19]),
        (">= 60", [60, 61, 120], [59, 0, NOT_KNOWN]),
        ("> 60", [61], [60]),
        ("< 16", [15, 0], [16, 120]),
        ("<= 16", [16], [17]),
        ("<16", [15], [16]),
        ("[16..17]", [16, 17], [15, 18, NOT_KNOWN]),
        ("not(>= 60)", [59], [60, NOT_KNOWN]),
        ("not([16..17])", [15, 18], [16, 17, NOT_KNOWN]),
        ("< 16, >= 60", [15, 60], [16, 59]),
        ("known", [0, 16], [NOT_KNOWN]),
        ("not known", [NOT_KNOWN], [0]),
    ],
)
def test_a_number_cell_accepts_its_stretches(cell, yes, no):
    assert all(accepts(cell, value, "age") for value in yes)
    assert not any(accepts(cell, value, "age") for value in no)


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("2004-05-04", [days(0)], [days(-1), days(1), NOT_KNOWN]),
        ("< 2008-10-01", [date(2008, 9, 30)], [date(2008, 10, 1), NOT_KNOWN]),
        (
            "[2004-01-01..2004-12-31]",
            [date(2004, 1, 1), date(2004, 12, 31)],
            [date(2003, 12, 31), date(2005, 1, 1)],
        ),
        ("<= today", [days(0), days(-1)], [days(1)]),
        ("> today + 11 weeks", [days(78)], [days(77), NOT_KNOWN]),
        ("<= today + 11 weeks", [days(77)], [days(78)]),
        ("[today..today + 2 weeks]", [days(0), days(14)], [days(-1), days(15)]),
        ("not(<= today)", [days(1)], [days(0), NOT_KNOWN]),
        ("today, 2004-06-01", [days(0), date(2004, 6, 1)], [days(1)]),
        ("known", [days(0)], [NOT_KNOWN]),
        ("not known", [NOT_KNOWN], [days(0)]),
    ],
)
def test_a_date_cell_accepts_its_stretches(cell, yes, no):
    assert all(accepts(cell, value, "due_date") for value in yes)
    assert not any(accepts(cell, value, "due_date") for value in no)


STAY = Interval(date(2004, 5, 1), date(2004, 5, 20))
OPEN_STAY = Interval(date(2004, 5, 1))


@pytest.mark.parametrize(
    ("column", "cell", "yes", "no"),
    [
        ("hospital_stay", "known", [STAY, OPEN_STAY], [NOT_KNOWN]),
        ("hospital_stay", "not known", [NOT_KNOWN], [STAY]),
        ("hospital_stay.start", "<= today", [STAY, OPEN_STAY], [Interval(days(1)), NOT_KNOWN]),
        ("hospital_stay.end", ">= today", [STAY], [OPEN_STAY, Interval(days(-9), days(-1)), NOT_KNOWN]),
        ("hospital_stay.end", "known", [STAY], [OPEN_STAY, NOT_KNOWN]),
        ("hospital_stay.end", "not known", [OPEN_STAY, NOT_KNOWN], [STAY]),
    ],
)
def test_an_interval_is_read_by_its_ends(column, cell, yes, no):
    assert all(accepts(cell, value, column) for value in yes)
    assert not any(accepts(cell, value, column) for value in no)


@pytest.mark.parametrize(
    ("cell", "fact", "part"),
    [
        ("ibb", "benefit", ""),
        ("not(ib", "benefit", ""),
        ("ib,", "benefit", ""),
        ("ib or sda", "benefit", ""),
        ("not()", "benefit", ""),
        ("not(known)", "benefit", ""),
        ("maybe", "pregnant", ""),
        ("Yes", "pregnant", ""),
        ("true", "pregnant", ""),
        ("sixteen", "age", ""),
        (">= ", "age", ""),
        ("=> 16", "age", ""),
        ("16.5", "age", ""),
        ("[16..]", "age", ""),
        ("[17..16]", "age", ""),
        ("[16-17]", "age", ""),
        ("2004-02-30", "due_date", ""),
        ("< certificate_until", "due_date", ""),
        ("today + 2", "due_date", ""),
        ("[today + 2 weeks..today]", "due_date", ""),
        ("[2004-12-31..2004-01-01]", "due_date", ""),
        ("<= today", "hospital_stay", ""),
        ("soon", "hospital_stay", "end"),
    ],
)
def test_a_malformed_cell_is_refused_with_a_cure(cell, fact, part):
    with pytest.raises(Malformed) as refused:
        parse_cell(cell, BOOK[fact], part)
    assert refused.value.message.endswith(".")
    assert refused.value.cure


def test_a_misspelt_choice_is_met_with_the_nearest():
    with pytest.raises(Malformed, match="Did you mean sda"):
        parse_cell("sdaa", BOOK["benefit"])
