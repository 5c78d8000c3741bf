"""The list of points is complete, true to the tests, and its page up to date."""

import pytest

from tests.cases import test_report_d
from tests.cases.page import PAGE, cases, page, points

TESTS = {name for name in vars(test_report_d) if name.startswith("test_")}


def test_every_case_of_the_demonstration_has_its_points_and_no_other():
    assert list(points()) == list(cases())
    assert len(cases()) == 31


@pytest.mark.parametrize("case", cases())
def test_a_case_has_a_checked_point_and_a_reason_for_every_open_one(case):
    assert any(point.checked for point in points()[case])
    for point in points()[case]:
        assert point.says
        assert bool(point.checked) != bool(point.open.strip()), point.says


def test_every_test_that_is_named_exists_and_every_test_is_named():
    named = [test for of_case in points().values() for point in of_case for test in point.checked]
    assert set(named) == TESTS
    assert len(named) == len(set(named))


@pytest.mark.parametrize("case", cases().values(), ids=cases())
def test_a_case_can_be_tried_as_a_customer(case):
    assert set(case) - {"age"} == {
        "id",
        "title",
        "benefit",
        "group",
        "situation",
        "tells",
        "should",
        "source",
    }
    assert 1 <= len(case["title"].split()) <= 3
    assert "D:L" in case["source"]


def test_the_page_of_cases_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.cases.page"
