"""The page on the cases, `docs/cases.md`: made from the cases and their points, never by hand."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "cases.md"
INTRODUCTION = """# The cases of the report on deferrals and waivers

Each case is a customer of the demonstration (`waymark/demo/cases.toml`); every person is synthetic. What Waymark
should do with it is split into points. A point is checked by tests in `tests/cases/test_report_d.py`, or open, with
the reason. This page is made by `python -m tests.cases.page`.
"""


@dataclass(frozen=True)
class Point:
    """Something a case asks for: the tests that check it, or why none does yet."""

    says: str
    checked: tuple[str, ...]
    open: str


def cases() -> dict[str, dict[str, Any]]:
    """The cases of the demonstration by their number."""
    text = (ROOT / "waymark" / "demo" / "cases.toml").read_text(encoding="utf-8")
    return {case["id"]: case for case in tomllib.loads(text)["cases"]}


def points() -> dict[str, list[Point]]:
    """The points of every case, by its number."""
    found = tomllib.loads((HERE / "report_d.toml").read_text(encoding="utf-8"))
    return {
        case: [Point(p["says"], tuple(p.get("checked", ())), p.get("open", "")) for p in of_case]
        for case, of_case in found.items()
    }


def page() -> str:
    """The whole page as Markdown."""
    every = [point for of_case in points().values() for point in of_case]
    checked = sum(bool(point.checked) for point in every)
    totals = f"{len(cases())} cases, {len(every)} points: {checked} checked, {len(every) - checked} open.\n"
    return "\n".join([INTRODUCTION, totals, *(line for case in cases() for line in _section(case))])


def _section(number: str) -> Iterator[str]:
    case = cases()[number]
    yield f"## {number} {case['title']}\n"
    yield f"{case['situation']} ({case['source']})\n"
    for point in points()[number]:
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
