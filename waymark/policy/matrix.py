"""A decision table as a matrix of bits: the whole engine is one ``&`` for each column.

The picture
-----------
Row *i* of a table is bit *i* of an integer, the row that takes precedence lowest. For a column and an answer,
the rows whose cell accepts that answer are then one number, and the rows left after all columns are the
numbers of the answers and-ed together. A thirty-column table is thirty dictionary look-ups and thirty ``&``;
the lowest set bit (``x & -x``) is the advice.

Unknown facts, for nothing
--------------------------
Some facts have not been asked. Then each row is in one of three states, as in Kleene's logic: it matches
whatever is answered, it cannot match any more, or that is still open. Two bits hold three states, so every
row has two, in two lanes of the same integer::

        possible lane            certain lane
    [ ... row 2 row 1 row 0 | ... row 2 row 1 row 0 ]

An answer clears both bits of the rows that refuse it. "Not asked" clears only the *certain* bit of the rows
that have something in this column. Both are again one mask and one ``&``; "not asked" is simply the mask
under ``None``. At the end: certain = matches, possible but not certain = undecided, neither = out. "Asked,
but not known" is one more answer with a mask of its own, under ``NOT_KNOWN``.

A third, narrow lane has one bit for each fact, cleared by the same masks when the fact is not asked. So at
the end one integer knows everything: who matches, who might, and what is missing.

Facts that do not apply
-----------------------
``asked_when`` guards are conjunctions of cells, which is what rows are. So every guard in use is one more bit
above the rows, and by the time the facts behind it are reached (guards' facts come first) its two bits say
whether they apply: certainly (use the answers), certainly not (they count as not known), or open (they count
as not asked). Facts behind the same guard stand together, so a "no, no health matters" passes over all of
them with a single mask.

Numbers and days
----------------
The ends of all stretches in a column cut the number line into a few parts on which every cell has a constant
answer. A part is found by bisection the first time a value is seen, and remembered under the value, so the
hot path does not know that numbers differ from words. Columns that speak of today are cut anew for each day,
once.

Why not
-------
The trace is the same idea turned round: each cell that asks something has a bit for "refused" and a bit for
"open", side by side for each row, and every column contributes with one ``|``. See ``tracing.py``.

A whole caseload
----------------
Nothing above looks inside a row. For a million people, number the answers of a column (the parts, the
choices, not known, not asked) and hold one small integer a person; with the lanes in ``uint64`` (two each for
a longer table) the table is ``state &= np.take(masks_of_column, codes)`` for each column, a guard is
``np.where`` on its two bits, and the advice is the lowest set bit of each number. No loop over people, no
branch. ``Day.free`` and ``Day.groups`` are what has to be turned into arrays; tests/policy/test_matrix.py
evaluates a caseload column by column to hold this claim.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from waymark.policy.cells import Test, ordinal_of, part_of, part_type
from waymark.policy.facts import BadFacts, FactBook, Guard, Problem
from waymark.policy.kinds import NOT_KNOWN, Fact, FactType, Interval, Value
from waymark.policy.reading import Column, Sheet

REMEMBERED_VALUES = 4096
PlacedTest = tuple[int, Test]
"""The bit of a row or a guard, and what it asks."""


class WordMasks(dict[Value | None, int]):
    """The mask of each answer of a column of words. Any other answer is a mistake of the caller."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.open = 0
        """The mask while it is open whether the fact applies at all."""

    def __missing__(self, value: Value | None) -> int:
        raise BadFacts(
            [Problem(self.column.fact, value, f"{value!r} is not an answer.", "Parse facts first.")]
        )


class StretchMasks(WordMasks):
    """The mask of each number or day: cut into parts by ``edges``, remembered by value."""

    def __init__(self, column: Column, edges: list[int], parts: list[int]) -> None:
        super().__init__(column)
        self.edges = edges
        self.parts = parts

    def __missing__(self, value: Value | None) -> int:
        part = part_of(value, self.column.part) if value is not None else None
        if part is NOT_KNOWN:
            return self[NOT_KNOWN]
        if isinstance(part, bool) or not isinstance(part, int | date):
            return super().__missing__(value)
        mask = self.parts[bisect_right(self.edges, ordinal_of(part))]
        if len(self) < REMEMBERED_VALUES:
            self[value] = mask
        return mask


class PeriodMasks(WordMasks):
    """A whole interval is only ever known or not known."""

    def __init__(self, column: Column, known: int) -> None:
        super().__init__(column)
        self.known = known

    def __missing__(self, value: Value | None) -> int:
        return self.known if isinstance(value, tuple) else super().__missing__(value)


Member = tuple[str, WordMasks]


@dataclass(frozen=True, slots=True)
class Group:
    """The facts behind one guard. ``certain`` and ``possible`` are the guard's two bits; ``closed``
    stands for all its columns when the guard is false, ``opened`` while that is open."""

    certain: int
    possible: int
    closed: int
    opened: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The matrix for one day, in the order of evaluation: columns that always apply, then groups behind
    guards."""

    start: int
    free: tuple[Member, ...]
    groups: tuple[Group, ...]
    masks: Mapping[Column, WordMasks]


class Matrix:
    """The bits of a sheet: who sits where, and the columns for a given day."""

    def __init__(self, sheet: Sheet, book: FactBook) -> None:
        self.book = book
        self.row_count = len(sheet.rows)
        self.rows = (1 << self.row_count) - 1
        self.facts_in_use = _facts_in_use(sheet, book)
        self.bit_of_guard = self._guards()
        self.guard_bits = {
            name: self.bit_of_guard[book.guard(name)] for name in self.facts_in_use if book.guard(name)
        }
        self.width = self.row_count + len(self.bit_of_guard)
        self.lane = (1 << self.width) - 1
        self.asked = {name: 1 << 2 * self.width + place for place, name in enumerate(self.facts_in_use)}
        self.start = (1 << 2 * self.width + len(self.asked)) - 1
        self.tests = self._tests(sheet)
        self.relative = any(test.relative() for tests in self.tests.values() for _, test in tests)
        self._lasting: dict[Column, WordMasks] = {}

    def certain(self, fact: str) -> int:
        """The bit that says that this fact applies; 0 when it always does."""
        return 1 << self.guard_bits[fact] if fact in self.guard_bits else 0

    def possible(self, fact: str) -> int:
        """The bit that says that this fact may apply; 0 when it always does."""
        return self.certain(fact) << self.width

    def day(self, on: date) -> Day:
        """The columns as they are on this day. Only those that speak of today are made anew."""
        masks = {column: self._column(column, on) for column in self.tests}
        behind: dict[Guard, list[Member]] = {(): []} | {guard: [] for guard in self.bit_of_guard}
        for column, of_column in masks.items():
            behind[self.book.guard(column.fact)].append((column.fact, of_column))
        free = tuple(behind.pop(()))
        return Day(self.start, free, tuple(self._group(*each) for each in behind.items()), masks)

    def _group(self, guard: Guard, members: list[Member]) -> Group:
        certain = 1 << self.bit_of_guard[guard]
        closed = reduce(and_, (masks[NOT_KNOWN] for _, masks in members), self.start)
        opened = reduce(and_, (masks.open for _, masks in members), self.start)
        return Group(certain, certain << self.width, closed, opened, tuple(members))

    # Placing

    def _guards(self) -> dict[Guard, int]:
        """The guards in use and their bits, a guard after those of its own facts."""
        guards = dict.fromkeys(self.book.guard(name) for name in self.facts_in_use)
        ordered = sorted((guard for guard in guards if guard), key=self._depth)
        return {guard: self.row_count + place for place, guard in enumerate(ordered)}

    def _depth(self, guard: Guard) -> int:
        return max((1 + self._depth(self.book.guard(condition.fact)) for condition in guard), default=0)

    def _tests(self, sheet: Sheet) -> dict[Column, list[PlacedTest]]:
        """For each column the cells of rows and guards. A fact that is only computed with has a column
        without."""
        tests: dict[Column, list[PlacedTest]] = {column: [] for column in sheet.columns}
        for guard, bit in self.bit_of_guard.items():
            for condition in guard:
                column = Column(condition.fact, condition.part)
                tests.setdefault(column, []).append((bit, condition.test))
        for bit, row in enumerate(sheet.rows):
            for column, test in row.tests.items():
                tests[column].append((bit, test))
        with_column = {column.fact for column in tests}
        return tests | {Column(name): [] for name in self.facts_in_use if name not in with_column}

    # Columns

    def _column(self, column: Column, on: date) -> WordMasks:
        kept = self._lasting.get(column)
        if kept is not None:
            return kept
        masks = self._masks(column, on)
        if not any(test.relative() for _, test in self.tests[column]):
            self._lasting[column] = masks
        return masks

    def _masks(self, column: Column, on: date) -> WordMasks:
        fact, tests = self.book[column.fact], self.tests[column]
        masks = self._masks_of_values(column, fact, tests, on)
        masks[NOT_KNOWN] = self._mask(tests, NOT_KNOWN, on)
        masks.open = self.start & ~_bits(tests) & ~self.asked[fact.name]
        # Nobody will ask a derived fact: where the caller could not work it out, it is not known.
        masks[None] = masks[NOT_KNOWN] if fact.derived else masks.open
        return masks

    def _masks_of_values(self, column: Column, fact: Fact, tests: list[PlacedTest], on: date) -> WordMasks:
        kind = part_type(fact, column.part)
        if kind is FactType.DATE_INTERVAL:
            return PeriodMasks(column, self._mask(tests, Interval(on), on))
        if kind in (FactType.CHOICE, FactType.YES_NO):
            masks = WordMasks(column)
            values: tuple[Value, ...] = (True, False) if kind is FactType.YES_NO else tuple(fact.choices)
            for value in values:
                masks[value] = self._mask(tests, value, on)
            return masks
        edges = sorted({edge for _, test in tests for edge in test.edges(on)})
        # A probe stands for a number or a day alike: cells compare ordinals.
        probes = [edges[0] - 1, *edges] if edges else [0]
        return StretchMasks(column, edges, [self._mask(tests, probe, on) for probe in probes])

    def _mask(self, tests: list[PlacedTest], value: Value, on: date) -> int:
        refused = _bits([(bit, test) for bit, test in tests if not test.accepts(value, on)])
        return self.start & ~(refused | refused << self.width)


def _facts_in_use(sheet: Sheet, book: FactBook) -> tuple[str, ...]:
    """The facts of a sheet's columns and dates, and those of their guards, in the order of the book."""
    wanted = [column.fact for column in sheet.columns] + [name for row in sheet.rows for name in row.needs]
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            wanted.extend(condition.fact for condition in book.guard(name))
    return tuple(sorted(seen, key=book.position))


def _bits(tests: list[PlacedTest]) -> int:
    # A guard may have two conditions on one fact, so a bit may come twice: or, not plus.
    return reduce(or_, (1 << bit for bit, _ in tests), 0)
