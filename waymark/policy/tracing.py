"""Why not: one more ``sum``.

Each cell that asks something has two bits in the lane of its row: open, and refused. All cells start open. An
answer takes away the open bit of the cells that ask about it, and sets the refused bit of those that refuse
it: that is one number to add, as in matrix.py. A lane of a whole number of bytes holds the cells of a row, so
the sum falls apart into small numbers, under each of which the verdict of that row has been made before.
"""

from collections.abc import Mapping
from datetime import date
from operator import getitem
from struct import Struct

from waymark.policy.kinds import Facts
from waymark.policy.matrix import REMEMBERED_STATES, Columns, Counted, Day, Group, Ledger, Matrix
from waymark.policy.reading import MOST_CELLS, Column, Row, Sheet
from waymark.policy.trace import Cell, Verdict

REMEMBERED_VERDICTS = 1024
LANES = {8: "B", 16: "H", 32: "I", 64: "Q"}
"""The widths of a lane, two bits a cell, and how they are unpacked."""
assert max(LANES) == 2 * MOST_CELLS


class Verdicts(dict[int, Verdict]):
    """The verdicts of one row, by the number in its lane: refused cells in the lower half, open ones in the
    upper."""

    def __init__(self, row: Row, cells: tuple[Cell, ...], half: int) -> None:
        super().__init__()
        self.row = row
        self.cells = cells
        self.half = half
        self[0] = Verdict(row, "matched", ())

    def __missing__(self, lane: int) -> Verdict:
        refused, still_open = lane & (1 << self.half) - 1, lane >> self.half
        cells = tuple(cell for place, cell in enumerate(self.cells) if (refused or still_open) >> place & 1)
        verdict = Verdict(self.row, "not matched" if refused else "undecided", cells)
        if len(self) < REMEMBERED_VERDICTS:
            self[lane] = verdict
        return verdict


class Reasons:
    """The cells of a table as two bits each, whatever the day."""

    def __init__(self, sheet: Sheet, matrix: Matrix) -> None:
        most = max(len(row.tests) for row in sheet.rows)
        self.lane = next(width for width in LANES if width >= 2 * most)
        half = self.lane // 2
        self.verdicts = tuple(
            Verdicts(row.row, tuple(Cell(str(column), test.text) for column, test in row.tests.items()), half)
            for row in sheet.rows
        )
        cells: dict[Column, list[Counted]] = {column: [] for column in matrix.columns.cells}
        self.start = 0
        for number, row in enumerate(sheet.rows):
            for place, (column, test) in enumerate(row.tests.items()):
                refused = 1 << number * self.lane + place
                still_open = refused << half
                cells[column].append(Counted(test, -still_open, refused - still_open))
                self.start += still_open
        self.columns = Columns(matrix.book, cells)


class Closed(dict[int, tuple[int, tuple[str, ...]]]):
    """By the guards as they stand: what the facts that do not apply add, and their names."""

    def __init__(self, groups: tuple[Group, ...], place: int, ledger: Ledger) -> None:
        super().__init__()
        self.place = place
        self.groups = tuple((group.refused, group.names, ledger.unknown(group.names)) for group in groups)

    def __missing__(self, guards: int) -> tuple[int, tuple[str, ...]]:
        state, adds = guards << self.place, 0
        inapplicable: tuple[str, ...] = ()
        for refused, names, unknown in self.groups:
            if state & refused:
                adds += unknown
                inapplicable += names
        if len(self) >= REMEMBERED_STATES:
            self.clear()
        self[guards] = adds, inapplicable
        return adds, inapplicable


class Tracer:
    """The verdicts of a table for one day."""

    def __init__(self, reasons: Reasons, matrix: Matrix, day: Day, on: date) -> None:
        nothing: Mapping[str, int] = {}
        ledger = Ledger(reasons.columns.on(on), nothing, matrix.derived)
        self.adds = ledger.__getitem__
        self.start = reasons.start + ledger.unknown(sorted(matrix.derived))
        self.closed = Closed(day.groups, day.guards_from, ledger)
        self.guards_from = day.guards_from
        self.verdicts = reasons.verdicts
        unpack = Struct(f"<{len(reasons.verdicts)}{LANES[reasons.lane]}")
        self.length = unpack.size
        self.unpack = unpack.unpack

    def trace(self, state: int, facts: Facts) -> tuple[tuple[str, ...], tuple[Verdict, ...]]:
        """The facts that do not apply, and what became of every row. ``facts`` are those that count in
        ``state``."""
        adds, inapplicable = self.closed[state >> self.guards_from]
        lanes = sum(map(self.adds, facts.items()), self.start) + adds
        verdicts = map(getitem, self.verdicts, self.unpack(lanes.to_bytes(self.length, "little")))
        return inapplicable, tuple(verdicts)
