"""The lists of points are complete, true to the tests, and their page up to date."""

import re

import pytest

from tests.cases import (
    test_help_e,
    test_help_m,
    test_help_p,
    test_report_d,
    test_report_e,
    test_report_m,
    test_report_p,
    test_report_r,
    test_report_r_help,
)
from tests.cases.page import PAGE, TITLES, Case, cases, demonstrated, page

MODULES = {
    "d": [test_report_d],
    "e": [test_report_e, test_help_e],
    "m": [test_report_m, test_help_m],
    "p": [test_report_p, test_help_p],
    "r": [test_report_r, test_report_r_help],
}
HOW_MANY = {"d": 31, "e": 51, "m": 25, "p": 44, "r": 40}
EVERY = [(report, case) for report in TITLES for case in cases(report)]
NAMES = [f"{report}-{case.number}" for report, case in EVERY]


def test_every_case_of_the_demonstration_has_its_points_and_no_other():
    assert [case.number for case in cases("d")] == list(demonstrated())


@pytest.mark.parametrize("report", TITLES)
def test_no_case_of_a_report_is_left_out(report):
    assert len(cases(report)) == HOW_MANY[report]


@pytest.mark.parametrize(("report", "case"), EVERY, ids=NAMES)
def test_a_case_says_what_happened_and_where_it_is_told(report: str, case: Case):
    assert 1 <= len(case.title.split()) <= 5
    assert case.situation.endswith((".", "”", "?"))
    letter = report.upper()
    assert re.fullmatch(rf"{letter}:L\d+(-\d+)?(, {letter}:L\d+(-\d+)?)*", case.source)


@pytest.mark.parametrize(("report", "case"), EVERY, ids=NAMES)
def test_a_point_is_checked_or_says_why_it_is_open(report: str, case: Case):
    assert case.points
    for point in case.points:
        assert point.says
        assert bool(point.checked) != bool(point.open.strip()), point.says


@pytest.mark.parametrize("case", cases("d"), ids=[case.number for case in cases("d")])
def test_a_case_of_the_demonstration_has_a_checked_point(case: Case):
    assert any(point.checked for point in case.points)


@pytest.mark.parametrize("report", TITLES)
def test_every_test_that_is_named_exists_and_every_test_is_named(report):
    there = [name for module in MODULES[report] for name in vars(module) if name.startswith("test_")]
    named = [test for case in cases(report) for point in case.points for test in point.checked]
    assert sorted(named) == sorted(there)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("case", demonstrated().values(), ids=demonstrated())
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
