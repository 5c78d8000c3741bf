"""The sums and the times, without a database."""

import pytest

from tests.sanctions.making import day
from waymark.sanctions.rules import pace, pounds, reduction, taken


@pytest.mark.parametrize(
    ("paid", "percent", "pence", "floor", "off"),
    [
        (7220, 20, 0, 4000, 1444),
        (7221, 20, 0, 4000, 1444),  # in the customer's favour
        (7220, 20, 1000, 4000, 1000),  # a sum goes before a share
        (4500, 20, 0, 4000, 500),  # down to the floor
        (4000, 20, 0, 4000, 0),
        (3000, 20, 0, 4000, 0),
        (7220, 100, 0, 4000, 3220),  # never ten pence (P:L686)
    ],
)
def test_a_reduction_stops_at_the_floor(paid, percent, pence, floor, off):
    assert reduction(paid, percent=percent, pence=pence, floor=floor) == off


def test_money_is_written_as_on_a_payment_letter():
    assert [pounds(7220), pounds(5), pounds(123456)] == ["£72.20", "£0.05", "£1,234.56"]


def test_what_was_taken_is_counted_by_days():
    assert taken(1400, day(0), day(10)) == 2000
    assert taken(1400, day(10), day(0)) == 0


def test_few_cases_make_no_figure():
    assert pace([3, 4], 5).days is None
    assert pace([1, 9, 3, 4, 4], 5).days == 4
    assert pace([1, 9, 3, 4, 4], 5).longest == 9
