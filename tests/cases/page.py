"""The page on the cases, `docs/cases.md`: made from the cases and their points, never by hand."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "cases.md"
TITLES = {
    "d": "The report on deferrals and waivers",
    "e": "The report on existing customers",
    "m": "The report on mental health",
    "p": "The report on provider-led Pathways",
    "r": "The report on referral",
}
INTRODUCTION = """# The cases of the reports

Each report tells of people. What Waymark should do for each of them is split into points. A point is checked by
tests (`tests/cases/test_report_d.py`, `…_e.py`, `…_m.py`, `…_p.py` and `…_r.py`; on the help, `test_help_e.py`,
`…_m.py`, `…_p.py` and `test_report_r_help.py`), or open, with the reason; a reason that begins with “Fault” is one to
be mended. The cases of the report on deferrals and waivers are customers of the demonstration as well
(`waymark/demo/cases.toml`). Every person is synthetic. This page is made by `python -m tests.cases.page`.
"""


@dataclass(frozen=True)
class Point:
    """Something a case asks for: the tests that check it, or why none does yet."""

    says: str
    checked: tuple[str, ...]
    open: str


@dataclass(frozen=True)
class Case:
    """What happened to somebody, where it is told, and what should happen here."""

    number: str
    title: str
    situation: str
    source: str
    points: tuple[Point, ...]


def demonstrated() -> dict[str, dict[str, Any]]:
    """The cases that are customers of the demonstration, by their number."""
    text = (ROOT / "waymark" / "demo" / "cases.toml").read_text(encoding="utf-8")
    return {case["id"]: case for case in tomllib.loads(text)["cases"]}


def cases(report: str) -> list[Case]:
    """The cases of a report in its order. Those of report D are told in the demonstration."""
    found = tomllib.loads((HERE / f"report_{report}.toml").read_text(encoding="utf-8"))
    if report == "d":
        told = demonstrated()
        found = {number: {**told[number], "points": points} for number, points in found.items()}
    return [_case(number, told) for number, told in found.items()]


def _case(number: str, told: dict[str, Any]) -> Case:
    points = tuple(Point(p["says"], tuple(p.get("checked", ())), p.get("open", "")) for p in told["points"])
    return Case(number, told["title"], told["situation"], told["source"], points)


def page() -> str:
    """The whole page as Markdown."""
    every = {report: cases(report) for report in TITLES}
    lines = [INTRODUCTION, *_table(every), ""]
    for report, found in every.items():
        lines += [f"## {TITLES[report]}\n", *(line for case in found for line in _section(case))]
    return "\n".join(lines)


def _table(every: dict[str, list[Case]]) -> Iterator[str]:
    yield "| report | cases | points | checked | open |"
    yield "|---|---:|---:|---:|---:|"
    for report, found in every.items():
        yield _row(TITLES[report], found)
    yield _row("All", [case for found in every.values() for case in found])


def _row(title: str, found: list[Case]) -> str:
    points = [point for case in found for point in case.points]
    checked = sum(bool(point.checked) for point in points)
    return f"| {title} | {len(found)} | {len(points)} | {checked} | {len(points) - checked} |"


def _section(case: Case) -> Iterator[str]:
    yield f"### {case.number} {case.title}\n"
    yield f"{case.situation} ({case.source})\n"
    for point in case.points:
        if point.checked:
            yield f"- Checked: {point.says}"
            yield from (f"  - {_sentence(test)}" for test in point.checked)
        else:
            yield f"- **Open**: {point.says} {point.open}"
    yield ""


def _sentence(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
