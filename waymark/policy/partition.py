"""All combinations of answers, without going through them all.

Between the ends of the stretches in a column nothing changes, so each fact has a handful of *classes* of
answers, "not known" among them. A combination is one class for each fact. Classes are bit masks of the rows
that accept them, and of the guards, above the rows. So asking "is there a combination that no row matches?"
is a search that

* stops as soon as some row left has nothing more to ask (everything below is matched),
* takes of several classes only those that leave the fewest rows (if they make no gap, the others cannot), and
* remembers the sets of rows from which no gap was found.

A fact whose guard is false is not known: so a guard's facts are chosen before the fact, and a guard that
fails leaves one class only. The search is exact. It gives up, and says so, after a number of steps that no
sensible table needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_

from waymark.policy.cells import Test, part_of, part_type
from waymark.policy.dates import add
from waymark.policy.facts import FactBook
from waymark.policy.kinds import EARLIEST, LATEST, NOT_KNOWN, Fact, FactType, Interval, Value
from waymark.policy.matrix import Matrix

MOST_STEPS = 20_000
MOST_DAYS = 56
PLAIN_DAY = date(2004, 3, 15)
AWKWARD_DAYS = (PLAIN_DAY, date(2004, 1, 31), date(2003, 1, 31), date(2004, 2, 29), date(2004, 12, 31))
Witness = dict[str, str]


class TooLarge(Exception):
    """The search would take too long."""


@dataclass(frozen=True, slots=True)
class Class:
    """Answers of one fact that no cell tells apart: one of them, how to say it, and the bits that accept
    them."""

    value: Value
    words: str
    accepted_by: int


class Space:
    """The combinations of answers that a table can see, on one day."""

    def __init__(self, matrix: Matrix, book: FactBook, on: date) -> None:
        self.book = book
        self.on = on
        self.rows = (1 << matrix.row_count) - 1
        self.guard_bits = matrix.guard_bits
        self.all_bits = (1 << matrix.row_count + len(matrix.guards)) - 1
        self.tests: dict[str, list[tuple[str, int, Test]]] = {}
        for column, tests in matrix.tests.items():
            self.tests.setdefault(column.fact, []).extend((column.part, bit, test) for bit, test in tests)
        self.tests = {name: self.tests[name] for name in sorted(self.tests, key=book.position)}
        self.classes = {name: self._classes(book[name]) for name in self.tests}
        self.accepts = {name: self._accepts_by_bit(name) for name in self.tests}
        self.anything = {name: (1 << len(classes)) - 1 for name, classes in self.classes.items()}

    def possible(self, rows: tuple[int, ...]) -> dict[str, int] | None:
        """For each fact, the classes with which all these rows match, as bits; None when they never do.

        A guarded fact that cannot be "not known" here needs its guard, which narrows the guard's facts in
        turn.
        """
        allowed = dict(self.anything)
        for name, accepts in self.accepts.items():
            allowed[name] &= reduce(
                and_, (accepts[row] for row in rows if row in accepts), self.anything[name]
            )
        changed = True
        while changed and all(allowed.values()):
            changed = False
            for name, bit in self.guard_bits.items():
                if name in allowed and not allowed[name] & 1:
                    for other in {condition.fact for condition in self.book.guard(name)}:
                        narrowed = allowed[other] & self.accepts[other][bit]
                        changed = changed or narrowed != allowed[other]
                        allowed[other] = narrowed
        return allowed if all(allowed.values()) else None

    def example(self, allowed: Mapping[str, int]) -> Witness:
        """One combination in words. Facts about which nothing is asked are left out."""
        return {
            name: self.classes[name][bits.bit_length() - 1].words
            for name, bits in allowed.items()
            if bits != self.anything[name]
        }

    def unmatched(self, rows: int, within: tuple[int, ...] = ()) -> Witness | None:
        """A combination that none of ``rows`` matches, though all of ``within`` do; None when there is none.

        Raises TooLarge.
        """
        allowed = self.possible(within)
        return None if allowed is None else _Search(self, allowed).run(rows)

    # Classes. Not known is always the first, bit 0.

    def _classes(self, fact: Fact) -> list[Class]:
        answers = [(NOT_KNOWN, f"{fact.words} is not known"), *self._answers(fact)]
        return [Class(value, words, self._accepted_by(fact.name, value)) for value, words in answers]

    def _answers(self, fact: Fact) -> Iterator[tuple[Value, str]]:
        match fact.type:
            case FactType.CHOICE:
                yield from ((choice, f"{fact.words} is {choice}") for choice in fact.choices)
            case FactType.YES_NO:
                yield from ((value, f"{fact.words} is {'yes' if value else 'no'}") for value in (True, False))
            case FactType.DATE_INTERVAL:
                yield from self._intervals(fact)
            case _:
                for low, high in self._stretches(fact, ""):
                    yield self._typed(fact, low, high), f"{fact.words} is {self._in_words(fact, low, high)}"

    def _intervals(self, fact: Fact) -> Iterator[tuple[Value, str]]:
        for low, high in self._stretches(fact, "start"):
            begins = f"{fact.words} starts {self._in_words(fact, low, high)}"
            first = date.fromordinal(low if low is not None else EARLIEST.toordinal())
            yield Interval(first), f"{begins} and is open"
            for soon, late in self._stretches(fact, "end"):
                last = date.fromordinal(late if late is not None else LATEST.toordinal())
                if last >= first:
                    yield Interval(first, last), f"{begins} and ends {self._in_words(fact, soon, late)}"

    def _stretches(self, fact: Fact, part: str) -> Iterator[tuple[int | None, int | None]]:
        low, high = self._range(fact)
        edges = {
            edge for where, _, test in self.tests[fact.name] if where == part for edge in test.edges(self.on)
        }
        inner = sorted(
            edge for edge in edges if (low is None or edge > low) and (high is None or edge <= high)
        )
        yield from zip([low, *inner], [*(edge - 1 for edge in inner), high], strict=True)

    def _range(self, fact: Fact) -> tuple[int | None, int | None]:
        return (fact.minimum, fact.maximum) if fact.type is FactType.WHOLE_NUMBER else (None, None)

    def _typed(self, fact: Fact, low: int | None, high: int | None) -> Value:
        some = low if low is not None else high if high is not None else 0
        return some if part_type(fact, "") is FactType.WHOLE_NUMBER else date.fromordinal(max(some, 1))

    def _in_words(self, fact: Fact, low: int | None, high: int | None) -> str:
        if low is None and high is None:
            return "anything"
        number = fact.type is FactType.WHOLE_NUMBER
        write = str if number else _write_day
        if low is None:
            return f"{write(high or 0)} or {'less' if number else 'earlier'}"
        if high is None:
            return f"{write(low)} or {'more' if number else 'later'}"
        if low == high:
            return write(low)
        return f"from {write(low)} to {write(high)}"

    def _accepted_by(self, name: str, value: Value) -> int:
        accepted = self.all_bits
        for part, bit, test in self.tests[name]:
            if not test.accepts(part_of(value, part), self.on):
                accepted &= ~(1 << bit)
        return accepted

    def _accepts_by_bit(self, name: str) -> dict[int, int]:
        bits = {bit for _, bit, _ in self.tests[name]}
        return {
            bit: sum(
                1 << number for number, each in enumerate(self.classes[name]) if each.accepted_by >> bit & 1
            )
            for bit in bits
        }


class _Search:
    """One search for a combination that no row matches."""

    def __init__(self, space: Space, allowed: Mapping[str, int]) -> None:
        self.space = space
        self.allowed = allowed
        self.steps = 0
        self.fruitless: set[tuple[int, frozenset[str]]] = set()

    def run(self, rows: int) -> Witness | None:
        facts = frozenset(self.asking) | frozenset(self.space.guard_bits) & frozenset(self.space.classes)
        return self._below(rows | self.space.all_bits & ~self.space.rows, facts)

    @cached_property
    def asking(self) -> dict[str, int]:
        """For each fact, the bits that do not accept everything still allowed."""
        return {
            name: sum(1 << bit for bit, classes in accepts.items() if self.allowed[name] & ~classes)
            for name, accepts in self.space.accepts.items()
        }

    def _below(self, bits: int, facts: frozenset[str]) -> Witness | None:
        rows = bits & self.space.rows
        if not rows:
            return {}
        counts = {name: (self.asking[name] & rows).bit_count() for name in facts}
        still_asked = 0
        for name in facts:
            still_asked |= self.asking[name]
        if rows & ~still_asked or (bits, facts) in self.fruitless:
            return None
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooLarge
        name = self._after_its_guard(max(sorted(counts), key=counts.__getitem__), facts)
        for left, words in self._options(name, bits):
            witness = self._below(left, facts - {name})
            if witness is not None:
                return {name: words, **witness}
        self.fruitless.add((bits, facts))
        return None

    def _after_its_guard(self, name: str, facts: frozenset[str]) -> str:
        for condition in self.space.book.guard(name):
            if condition.fact in facts:
                return self._after_its_guard(condition.fact, facts)
        return name

    def _options(self, name: str, bits: int) -> list[tuple[int, str]]:
        """What choosing each class of this fact leaves, the fewest rows first, without those another one
        covers."""
        guard = self.space.guard_bits.get(name)
        applies = guard is None or bool(bits >> guard & 1)
        lefts: dict[int, str] = {}
        for number, each in enumerate(self.space.classes[name]):
            if self.allowed[name] >> number & 1 and (applies or each.value is NOT_KNOWN):
                # Words of a real answer read better than "not known": the later class wins.
                lefts[bits & each.accepted_by] = each.words
        rows = self.space.rows
        ordered = sorted(lefts.items(), key=lambda option: (option[0] & rows).bit_count())
        kept: list[tuple[int, str]] = []
        for left, words in ordered:
            if not any(not (other & rows & ~left) and not (left & ~rows & ~other) for other, _ in kept):
                kept.append((left, words))
        return kept


def days_to_try(matrix: Matrix) -> tuple[tuple[date, ...], bool]:
    """The days on which the classes of a table can differ in kind, and whether these are all of them.

    Stretches relative to today keep their order from day to day, unless a column also has fixed dates (then
    the order changes where they meet) or months (whose lengths differ).
    """
    days: set[date] = set()
    for tests in matrix.tests.values():
        points = [
            point.base for _, test in tests for point in test.points() if not isinstance(point.base, int)
        ]
        moving = [point for point in points if point.relative()]
        fixed = [
            day for point in points if not point.relative() and (day := point.on(PLAIN_DAY, lambda _: None))
        ]
        if moving:
            days.add(PLAIN_DAY)
        if any(unit in str(point) for point in moving for unit in ("month", "year")):
            days.update(AWKWARD_DAYS)
        for point in moving:
            shift = (point.on(PLAIN_DAY, lambda _: None) or PLAIN_DAY) - PLAIN_DAY
            days.update(add(day - shift, move, "day") for day in fixed for move in range(-3, 4))
    if not days:
        return (PLAIN_DAY,), True
    return tuple(sorted(days)[:MOST_DAYS]), len(days) <= MOST_DAYS


def _write_day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
