"""A decision table as one long number: an answer is a number to add, and the whole engine is one ``sum``.

The picture
-----------
Every row of a table keeps two small counters: how many of its cells have been accepted, and how many refused.
All counters stand side by side in one Python integer, so that an answer, which is accepted by some cells and
refused by others, is one number that adds to all the counters it touches. What has been answered is then the
sum of the answers::

    state = start + what "benefit is ib" adds + what "pregnant is no" adds + ...

The sum runs over the answers that were *given*. A fact that nobody has asked adds nothing and costs nothing,
however many columns the table has.

Three states for nothing
------------------------
Some facts are unknown, so each row is in one of three states, as in Kleene's logic: it matches whatever is
answered, it cannot match any more, or that is still open. The counters start so high that they say so by
themselves. With room for 2**k cells in a row, a row of n cells starts its first counter at 2**k - n: the top
bit appears when the last cell has been accepted. The second starts at 2**k - 1: the top bit appears with the
first refusal and stays. So of each row two bits tell: *certain*, *refused*, or neither, which is *open*::

    [ guards | one bit for each fact answered | refused: ... row 1, row 0 | certain: ... row 1, row 0 ]

The row that takes precedence stands lowest, so the advice is the lowest certain bit, ``x & -x``. It is
settled when the rivals above it are all refused and the facts its dates need are answered: all that is in one
mask, and ``state & mask == mask`` is the question.

"Asked, but not known" is one more answer with a number of its own. A derived fact is never asked, so where
the caller could not work it out it counts as not known: that is put into ``start``.

Facts that do not apply
-----------------------
``asked_when`` guards are conjunctions of cells, which is what rows are. So every guard in use has two counters
too, above everything else. Where a guard is refused, all its facts count as not known, and that is again one
number to add; where it is open they count as not asked, which adds nothing. What has to be added depends
only on the guards, on the few bits above everything else, so it is worked out once for each state they can be
in and remembered (``Closings``). Answers that were given though their guard is not certain (somebody changed
their mind) are noticed by the bits of the facts answered, and then left out (``Day.heard``).

Numbers and days
----------------
The ends of all stretches in a column cut the number line into a few parts on which every cell has a constant
answer. A part is found by bisection the first time a value is seen, and remembered under the name and the
value, so the hot path does not know that numbers differ from words. Columns that speak of today are cut anew
for each day, once.

Why not
-------
The trace is the same idea with other counters: two bits for each cell, refused and open. See ``tracing.py``.

A whole caseload
----------------
Nothing above looks inside a row. For a million people, number the answers of a column (the parts, the
choices, not known, not asked) and hold one small integer a person; cut the long number into ``uint64`` words
between counters, and the table is ``state += np.take(what_the_answers_add, codes)`` for each column; a group
of facts behind a guard is one ``np.where`` on the guard's two bits, in the order of ``Day.groups``; and the
advice is the lowest certain bit of each number. No loop over people, no branch. tests/policy/test_matrix.py
evaluates a caseload column by column, guards and all, to hold this claim.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from waymark.policy.cells import Test, ordinal_of, part_of, part_type
from waymark.policy.facts import BadFacts, FactBook, Guard, Problem
from waymark.policy.kinds import NOT_KNOWN, Fact, Facts, FactType, Interval, Value
from waymark.policy.reading import Column, Sheet

REMEMBERED_VALUES = 4096
REMEMBERED_STATES = 1024


PlacedTest = tuple[int, Test]
"""The number of a row, or of a guard counted on from the rows, and what it asks."""


class Counted(NamedTuple):
    """A cell of a column, and what it adds when it accepts or refuses an answer."""

    test: Test
    accepted: int
    refused: int


class Answers:
    """What each answer adds in one column. This one is for columns of words."""

    def __init__(self, column: Column, adds: Mapping[Value, int]) -> None:
        self.column = column
        self.adds = adds

    def of(self, value: Value) -> int:
        """What a value adds. Raises BadFacts for what is no answer: a mistake of the caller."""
        try:
            return self.adds[value]
        except KeyError:
            raise self.refusal(value) from None

    def refusal(self, value: Value) -> BadFacts:
        message = f"{value!r} is not an answer."
        return BadFacts([Problem(self.column.fact, value, message, "Parse facts first.")])


class StretchAnswers(Answers):
    """Numbers or days, cut into parts by ``edges``; ``parts`` is what a value of each adds."""

    def __init__(self, column: Column, unknown: int, edges: list[int], parts: list[int]) -> None:
        super().__init__(column, {NOT_KNOWN: unknown})
        self.edges = edges
        self.parts = parts

    def of(self, value: Value) -> int:
        part = part_of(value, self.column.part)
        if part is NOT_KNOWN:
            return self.adds[NOT_KNOWN]
        if isinstance(part, bool) or not isinstance(part, int | date):
            raise self.refusal(value)
        return self.parts[bisect_right(self.edges, ordinal_of(part))]


class PeriodAnswers(Answers):
    """A whole interval is only ever known or not known."""

    def __init__(self, column: Column, unknown: int, known: int) -> None:
        super().__init__(column, {NOT_KNOWN: unknown})
        self.known = known

    def of(self, value: Value) -> int:
        return self.known if isinstance(value, tuple) else super().of(value)


class Ledger(dict[tuple[str, Value | None], int]):
    """What each answer adds, by name and value. Filled as answers are seen, up to a bound, then begun anew.

    ``answered`` is what any answer to a fact adds besides; ``derived`` facts are not known from the start, so
    an answer to them adds the difference.
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[Answers]],
        answered: Mapping[str, int],
        derived: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.columns = columns
        self.answered = answered
        self.derived = derived

    def __missing__(self, answer: tuple[str, Value | None]) -> int:
        name, value = answer
        adds = 0
        if value is not None and name in self.columns:
            adds = self.of(name, value) - (self.of(name, NOT_KNOWN) if name in self.derived else 0)
        if len(self) >= REMEMBERED_VALUES:
            self.clear()
        self[answer] = adds
        return adds

    def of(self, name: str, value: Value) -> int:
        """What this answer adds to a state in which the fact was not asked."""
        return self.answered.get(name, 0) + sum(column.of(value) for column in self.columns[name])

    def unknown(self, names: Iterable[str]) -> int:
        """What it adds when all these facts are not known."""
        return sum(self.of(name, NOT_KNOWN) for name in names)


class Columns:
    """The cells of a table by column, ready to be cut for a day. Columns that do not speak of today are cut
    once."""

    def __init__(self, book: FactBook, cells: Mapping[Column, Sequence[Counted]]) -> None:
        self.book = book
        self.cells = cells
        self.relative = any(_relative(counted) for counted in cells.values())
        self._lasting: dict[Column, Answers] = {}

    def on(self, day: date) -> dict[str, list[Answers]]:
        """The columns of each fact as they are on a day."""
        found: dict[str, list[Answers]] = {}
        for column in self.cells:
            found.setdefault(column.fact, []).append(self._column(column, day))
        return found

    def _column(self, column: Column, on: date) -> Answers:
        kept = self._lasting.get(column)
        if kept is None:
            kept = _answers(column, self.book[column.fact], self.cells[column], on)
            if not _relative(self.cells[column]):
                self._lasting[column] = kept
        return kept


@dataclass(frozen=True, slots=True)
class Group:
    """The facts behind one guard. ``certain`` and ``refused`` are the guard's two bits, ``answered`` those of
    the facts, and ``closed`` is what is added when the guard is refused and none of them applies."""

    guard: Guard
    certain: int
    refused: int
    answered: int
    names: tuple[str, ...]
    closed: int


class Closing(NamedTuple):
    """What the guards as they stand add to a state. ``unheard`` are the bits of facts that may not have been
    answered there, because their guard is not certain."""

    adds: int
    unheard: int


class Closings(dict[int, Closing]):
    """Closings by the counters of the guards."""

    def __init__(self, groups: tuple[Group, ...], place: int) -> None:
        super().__init__()
        self.groups = groups
        self.place = place

    def __missing__(self, guards: int) -> Closing:
        state, adds, unheard = guards << self.place, 0, 0
        for group in self.groups:
            if not (state + adds) & group.certain:
                unheard |= group.answered
                if (state + adds) & group.refused:
                    adds += group.closed
        if len(self) >= REMEMBERED_STATES:
            self.clear()
        closing = self[guards] = Closing(adds, unheard)
        return closing


class Day:
    """The table on one day: where a state starts, what each answer adds, and the groups behind guards, a
    guard after those of its own facts."""

    def __init__(self, matrix: "Matrix", on: date) -> None:
        self.ledger = Ledger(matrix.columns.on(on), matrix.answered, matrix.derived)
        self.start = matrix.start + self.ledger.unknown(sorted(matrix.derived))
        self.groups = tuple(self._group(matrix, guard) for guard in matrix.guards)
        self.free = tuple(name for name in matrix.facts_in_use if not matrix.book.guard(name))
        self.closings = Closings(self.groups, matrix.guards_from)
        self.adds = self.ledger.__getitem__
        self.guards_from = matrix.guards_from
        behind = {name for group in self.groups for name in group.names}
        self.derived_behind = frozenset(name for name in behind if matrix.book[name].derived)

    def read(self, facts: Facts) -> tuple[int, Facts]:
        """The state, and the facts that count in it."""
        state = sum(map(self.adds, facts.items()), self.start)
        closing = self.closings[state >> self.guards_from]
        if state & closing.unheard or self.derived_behind:
            facts = self.heard(facts)
            state = sum(map(self.adds, facts.items()), self.start)
            closing = self.closings[state >> self.guards_from]
        return state + closing.adds, facts

    def heard(self, facts: Facts) -> Facts:
        """The facts without those whose guard is not certain, whatever was answered. A derived fact that
        applies and was not given counts as not known."""
        heard = {name: facts[name] for name in self.free if name in facts}
        state = sum(map(self.adds, heard.items()), self.start)
        for group in self.groups:
            if state & group.certain:
                for name in group.names:
                    value = facts.get(name)
                    if value is None and name in self.derived_behind:
                        value = NOT_KNOWN
                    if value is not None:
                        heard[name] = value
                        state += self.ledger[name, value]
            elif state & group.refused:
                state += group.closed
        return heard

    def _group(self, matrix: "Matrix", guard: Guard) -> Group:
        names = tuple(name for name in matrix.facts_in_use if matrix.book.guard(name) == guard)
        return Group(
            guard,
            matrix.certain_of(guard),
            matrix.refused_of(guard),
            sum(matrix.answered[name] for name in names),
            names,
            self.ledger.unknown(names),
        )


class Matrix:
    """Where everything stands in the long number.

    ``tests`` has the cells of rows and guards by column, which the linter reads too. ``stride`` is the width
    of a counter, and ``rows`` has the top bit of every row's first counter; shifted
    up by ``refused_by`` it has those of the second.
    """

    def __init__(self, sheet: Sheet, book: FactBook) -> None:
        self.book = book
        self.row_count = len(sheet.rows)
        self.facts_in_use = _facts_in_use(sheet, book)
        self.guards = self._guards()
        asked = [len(row.tests) for row in sheet.rows] + [len(guard) for guard in self.guards]
        self.top = max(max(asked, default=1) - 1, 1).bit_length()
        self.stride = self.top + 1
        self.refused_by = self.stride * self.row_count
        self.facts_from = 2 * self.refused_by
        self.guards_from = self.facts_from + len(self.facts_in_use)
        self.rows = sum(self.certain(row) for row in range(self.row_count))
        self.answered = {name: 1 << self.facts_from + place for place, name in enumerate(self.facts_in_use)}
        self.derived = frozenset(
            name for name in self.facts_in_use if book[name].derived and not book.guard(name)
        )
        self.tests = self._tests(sheet)
        self.guard_bits = {
            name: self.row_count + self.guards.index(guard)
            for name in self.facts_in_use
            if (guard := book.guard(name))
        }
        self.columns = Columns(
            book, {column: [self._counted(*each) for each in tests] for column, tests in self.tests.items()}
        )
        self.start = self._start(sheet)

    def certain(self, row: int) -> int:
        """The bit that says that this row matches."""
        return 1 << row * self.stride + self.top

    def certain_of(self, guard: Guard) -> int:
        """The bit that says that the facts behind this guard apply."""
        return 1 << self._guard_from(self.guards.index(guard)) + self.top

    def refused_of(self, guard: Guard) -> int:
        """The bit that says that they do not."""
        return self.certain_of(guard) << self.stride

    def day(self, on: date) -> Day:
        """The table as it is on this day."""
        return Day(self, on)

    def _guard_from(self, number: int) -> int:
        return self.guards_from + 2 * self.stride * number

    def _guards(self) -> tuple[Guard, ...]:
        """The guards in use, a guard after those of its own facts."""
        guards = dict.fromkeys(self.book.guard(name) for name in self.facts_in_use)
        return tuple(sorted((guard for guard in guards if guard), key=self._depth))

    def _depth(self, guard: Guard) -> int:
        return max((1 + self._depth(self.book.guard(condition.fact)) for condition in guard), default=0)

    def _start(self, sheet: Sheet) -> int:
        full = 1 << self.top
        start = sum(full - len(row.tests) << bit * self.stride for bit, row in enumerate(sheet.rows))
        start += sum(full - 1 << self.refused_by + bit * self.stride for bit in range(self.row_count))
        for number, guard in enumerate(self.guards):
            start += (full - len(guard)) + (full - 1 << self.stride) << self._guard_from(number)
        return start

    def _tests(self, sheet: Sheet) -> dict[Column, list[PlacedTest]]:
        """For each column the cells of rows and guards. A fact that is only computed with has a column
        without."""
        tests: dict[Column, list[PlacedTest]] = {column: [] for column in sheet.columns}
        for bit, guard in enumerate(self.guards, self.row_count):
            for condition in guard:
                tests.setdefault(Column(condition.fact, condition.part), []).append((bit, condition.test))
        for bit, row in enumerate(sheet.rows):
            for column, test in row.tests.items():
                tests[column].append((bit, test))
        with_column = {column.fact for column in tests}
        return tests | {Column(name): [] for name in self.facts_in_use if name not in with_column}

    def _counted(self, bit: int, test: Test) -> Counted:
        if bit < self.row_count:
            place, refused_by = bit * self.stride, self.refused_by
        else:
            place, refused_by = self._guard_from(bit - self.row_count), self.stride
        return Counted(test, 1 << place, 1 << place + refused_by)


def _relative(cells: Sequence[Counted]) -> bool:
    return any(counted.test.relative() for counted in cells)


def _answers(column: Column, fact: Fact, cells: Sequence[Counted], on: date) -> Answers:
    def adds(value: Value) -> int:
        return sum(each.accepted if each.test.accepts(value, on) else each.refused for each in cells)

    kind = part_type(fact, column.part)
    if kind is FactType.DATE_INTERVAL:
        return PeriodAnswers(column, adds(NOT_KNOWN), adds(Interval(on)))
    if kind in (FactType.CHOICE, FactType.YES_NO):
        values: tuple[Value, ...] = (True, False) if kind is FactType.YES_NO else tuple(fact.choices)
        return Answers(column, {value: adds(value) for value in (*values, NOT_KNOWN)})
    edges = sorted({edge for counted in cells for edge in counted.test.edges(on)})
    # A probe stands for a number or a day alike: cells compare ordinals.
    probes = [edges[0] - 1, *edges] if edges else [0]
    return StretchAnswers(column, adds(NOT_KNOWN), edges, [adds(probe) for probe in probes])


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
