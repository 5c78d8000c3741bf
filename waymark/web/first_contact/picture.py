"""Days on a line: today, what the customer told us of, the suggested end, the day somebody gets in touch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from waymark.interviews.queries import Talk, recontact_on
from waymark.policy.kinds import Interval

WIDTH, EDGE, TOP = 640, 26, 34
ROOM = 20
"""Marks nearer to each other than this are set one above the other."""


@dataclass(frozen=True)
class Mark:
    """A day that counts. `kind`: today, told, advised or contact."""

    day: date
    label: str
    kind: str


@dataclass(frozen=True)
class Placed:
    mark: Mark
    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """The picture: marks with their places, the usual stretch, the first days of months."""

    marks: Sequence[Placed]
    months: Sequence[tuple[int, str]]
    usual: tuple[int, int] | None
    height: int
    base: int
    width: int = WIDTH

    @property
    def usual_width(self) -> int:
        return max(self.usual[1] - self.usual[0], 2) if self.usual else 0


def marks_of(talk: Talk) -> list[Mark]:
    """The days of a conversation in order."""
    book, advice = talk.rules.facts, talk.advice
    found = [Mark(talk.on, _("Today"), "today")]
    for name, value in talk.facts.items():
        words = book[name].words.removesuffix(" on")
        words = words[:1].upper() + words[1:]
        if isinstance(value, Interval):
            found.append(Mark(value.start, _("%(what)s, first day") % {"what": words}, "told"))
            if value.end:
                found.append(Mark(value.end, _("%(what)s, last day") % {"what": words}, "told"))
        elif isinstance(value, date):
            found.append(Mark(value, words, "told"))
    if advice.until:
        found.append(Mark(recontact_on(talk, advice.until), _("Somebody gets in touch"), "contact"))
        found.append(Mark(advice.until, _("Suggested end"), "advised"))
    if advice.review_on:
        found.append(Mark(advice.review_on, _("Looked at again"), "advised"))
    return sorted(found, key=lambda mark: mark.day)


def draw(talk: Talk) -> Line | None:
    """The line, or nothing where there is only today."""
    marks = marks_of(talk)
    if len(marks) < 2:
        return None
    advice = talk.advice
    ends = [mark.day for mark in marks] + [day for day in (advice.earliest, advice.latest) if day]
    first, last = min(ends), max(ends)
    days = max((last - first).days, 1)

    def x(day: date) -> int:
        return EDGE + round((day - first).days * (WIDTH - 2 * EDGE) / days)

    placed = place(marks, x)
    lowest = max(one.y for one in placed)
    usual = (x(advice.earliest), x(advice.latest)) if advice.earliest and advice.latest else None
    base = lowest + 22
    return Line(placed, months(first, last, x), usual, base + 34, base)


def place(marks: Iterable[Mark], x: Callable[[date], int]) -> list[Placed]:
    """Marks that would touch stand one above the other."""
    rows: list[int] = []
    placed = []
    for number, mark in enumerate(marks, start=1):
        at = x(mark.day)
        row = next((n for n, end in enumerate(rows) if at - end >= ROOM), len(rows))
        rows[row : row + 1] = [at]
        placed.append(Placed(mark, number, at, TOP - 16 + row * 26))
    return placed


def months(first: date, last: date, x: Callable[[date], int]) -> list[tuple[int, str]]:
    """The first days of months, thinned out where they would crowd."""
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    found: list[tuple[int, str]] = []
    while day <= last:
        at = x(day)
        if (not found or at - found[-1][0] >= 46) and at <= WIDTH - EDGE - 10:
            found.append((at, f"{day:%b} {day:%y}" if day.month == 1 else f"{day:%b}"))
        day = (day + timedelta(days=32)).replace(day=1)
    return found
