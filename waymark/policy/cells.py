"""What a cell asks of a fact.

A cell is one of five things: anything (``-``), ``known``, ``not known``, some words of a choice (``ib,
sda``), or some stretches of numbers or days (``[16..17]``, ``> today + 11 weeks``). The last two may be
turned round by ``not(...)``. Numbers and days are discrete, so every stretch is closed: ``> 16`` is "from 17
on". A day counts as its ordinal.

``NOT_KNOWN`` passes only ``-`` and ``not known``: what nobody knows is not a no, so ``not(jsa)`` refuses it
too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waymark.policy.dates import DateExpression, parse_date
from waymark.policy.findings import Malformed
from waymark.policy.kinds import NOT_KNOWN, Fact, FactType, Interval, Value, did_you_mean

PARTS = ("start", "end")
COMPARISON = re.compile(r"(<=|>=|<|>)\s*(.+)")
STRETCH = re.compile(r"\[(.+)\.\.(.+)\]")
NOT_OF = re.compile(r"not\s*\((.*)\)", re.DOTALL)
SOME_DAY = date(2004, 2, 29)


class Asks(StrEnum):
    ANYTHING = "anything"
    KNOWN = "known"
    NOT_KNOWN = "not known"
    WORDS = "words"
    STRETCHES = "stretches"


@dataclass(frozen=True, slots=True)
class Point:
    """A number or a day, moved by one where the comparison leaves its end out."""

    base: int | DateExpression
    move: int = 0

    def at(self, on: date) -> int:
        if isinstance(self.base, int):
            return self.base + self.move
        day = self.base.on(on, _no_fact)
        if day is None:
            raise ValueError(f"{self.base} is not a day by itself")
        return day.toordinal() + self.move

    def relative(self) -> bool:
        return not isinstance(self.base, int) and self.base.relative()


@dataclass(frozen=True, slots=True)
class Stretch:
    low: Point | None
    high: Point | None

    def holds(self, ordinal: int, on: date) -> bool:
        return (self.low is None or self.low.at(on) <= ordinal) and (
            self.high is None or ordinal <= self.high.at(on)
        )

    def points(self) -> tuple[Point, ...]:
        return tuple(point for point in (self.low, self.high) if point)


@dataclass(frozen=True, slots=True)
class Test:
    """A cell that has been read. ``text`` is what stood in the table."""

    __test__ = False  # not a test class, whatever a collector of tests makes of the name

    text: str
    asks: Asks
    words: frozenset[Value] = frozenset()
    stretches: tuple[Stretch, ...] = ()
    negated: bool = False

    def accepts(self, value: Value, on: date) -> bool:
        """Does an answer pass? ``value`` is an answer of the fact's type or NOT_KNOWN, never None."""
        if self.asks is Asks.ANYTHING:
            return True
        if value is NOT_KNOWN or self.asks is Asks.NOT_KNOWN:
            return value is NOT_KNOWN and self.asks is Asks.NOT_KNOWN
        if self.asks is Asks.KNOWN:
            return True
        if self.asks is Asks.WORDS:
            return (value in self.words) is not self.negated
        ordinal = ordinal_of(value)
        return any(stretch.holds(ordinal, on) for stretch in self.stretches) is not self.negated

    def edges(self, on: date) -> set[int]:
        """Where the answer to this cell can change: the first number or day of each side."""
        lows = {stretch.low.at(on) for stretch in self.stretches if stretch.low}
        return lows | {stretch.high.at(on) + 1 for stretch in self.stretches if stretch.high}

    def points(self) -> list[Point]:
        return [point for stretch in self.stretches for point in stretch.points()]

    def relative(self) -> bool:
        return any(point.relative() for point in self.points())


ANYTHING = Test("-", Asks.ANYTHING)


def ordinal_of(value: Value) -> int:
    """A number is its own ordinal, a day counts from the year 1."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, int):
        return value
    raise TypeError(f"{value!r} is neither a whole number nor a date")


def part_of(value: Value, part: str) -> Value:
    """``value`` itself, or the start or end of an interval; an end that is still open is not known."""
    if not part or not isinstance(value, Interval):
        return value
    return value.start if part == "start" else value.end or NOT_KNOWN


def part_type(fact: Fact, part: str) -> FactType:
    return FactType.DATE if part else fact.type


def split_name(name: str) -> tuple[str, str]:
    """``hospital_stay.end`` is the fact hospital_stay and its part end; other names have no part."""
    stem, _, part = name.rpartition(".")
    return (stem, part) if stem and part in PARTS else (name, "")


def parse_cell(text: str, fact: Fact, part: str = "") -> Test:
    """Read a cell of the column of this fact. Raises Malformed with a sentence and a cure."""
    text = text.strip()
    if text in ("", "-"):
        return ANYTHING
    if text in ("known", "not known"):
        return Test(text, Asks(text))
    turned = NOT_OF.fullmatch(text)
    inner = turned[1] if turned else text
    kind = part_type(fact, part)
    if kind is FactType.DATE_INTERVAL:
        raise Malformed(
            f"{text} cannot be asked of the period {fact.name}.",
            f"Use known or not known, or a column {fact.name}.start or {fact.name}.end.",
        )
    items = [item.strip() for item in inner.split(",")]
    if not all(items):
        raise Malformed(f"{text} has an empty place.", "Take out the comma too many, or fill the place.")
    if kind in (FactType.CHOICE, FactType.YES_NO):
        words = frozenset(_word(item, fact) for item in items)
        return Test(text, Asks.WORDS, words=words, negated=bool(turned))
    read = _number if kind is FactType.WHOLE_NUMBER else _day
    stretches = tuple(_stretch(item, read) for item in items)
    return Test(text, Asks.STRETCHES, stretches=stretches, negated=bool(turned))


def _word(item: str, fact: Fact) -> Value:
    words: dict[str, Value] = (
        {"yes": True, "no": False}
        if fact.type is FactType.YES_NO
        else {choice: choice for choice in fact.choices}
    )
    if item not in words:
        raise Malformed(f"{item} is not an answer to {fact.name}.", did_you_mean(item, words))
    return words[item]


def _stretch(item: str, read: Callable[[str], int | DateExpression]) -> Stretch:
    compared = COMPARISON.fullmatch(item)
    if compared:
        sign, base = compared[1], read(compared[2])
        if sign[0] == ">":
            return Stretch(Point(base, 1 if sign == ">" else 0), None)
        return Stretch(None, Point(base, -1 if sign == "<" else 0))
    between = STRETCH.fullmatch(item)
    if not between:
        return Stretch(Point(read(item)), Point(read(item)))
    low, high = Point(read(between[1])), Point(read(between[2]))
    if low.relative() == high.relative() and low.at(SOME_DAY) > high.at(SOME_DAY):
        raise Malformed(f"{item} ends before it begins.", "Put the smaller end first.")
    return Stretch(low, high)


def _number(text: str) -> int:
    try:
        return int(text.strip())
    except ValueError:
        raise Malformed(
            f"{text} is not a whole number.", "Write for example 16, >= 60 or [16..17]."
        ) from None


def _day(text: str) -> DateExpression:
    expression = parse_date(text)
    if expression.needs():
        raise Malformed(
            f"{text}: a cell compares with a date or with today, not with another fact.",
            "Let the caller work out the comparison as a fact of its own.",
        )
    return expression


def _no_fact(name: str) -> date | None:
    return None
