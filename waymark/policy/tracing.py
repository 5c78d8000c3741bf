"""Why not: one ``|`` for each column.

Each cell that asks something has a place in the lane of its row: a bit in the lower half for "refused", the
same bit in the upper half for "open". What an answer contributes is one wide integer, found under the
column's mask for that answer. Or-ed together and cut into lanes, every row has a small number under which its
verdict has been made before.
"""

from struct import Struct

from waymark.policy.kinds import NOT_KNOWN, Facts
from waymark.policy.matrix import Day, Matrix, WordMasks
from waymark.policy.reading import MOST_CELLS, Row, Sheet, SheetRow
from waymark.policy.trace import Cell, Verdict

REMEMBERED_VERDICTS = 1024
LANE = 2 * MOST_CELLS
assert LANE == 64, "a lane is unpacked as one unsigned 64-bit integer"


class Contributions(dict[int, int]):
    """For the masks of one column, or of several at once: the cells they refuse and leave open."""

    def __init__(self, places: tuple[tuple[int, int], ...], width: int) -> None:
        super().__init__()
        self.places = places
        self.width = width

    def __missing__(self, mask: int) -> int:
        wide = 0
        for bit, place in self.places:
            if not mask >> bit + self.width & 1:
                wide |= 1 << place
            elif not mask >> bit & 1:
                wide |= 1 << place + MOST_CELLS
        self[mask] = wide
        return wide


class Verdicts(dict[int, Verdict]):
    """The verdicts of one row, by the number in its lane."""

    def __init__(self, row: Row, cells: tuple[Cell, ...]) -> None:
        super().__init__()
        self.row = row
        self.cells = cells
        self[0] = Verdict(row, "matched", ())

    def __missing__(self, lane: int) -> Verdict:
        refused, still_open = lane & (1 << MOST_CELLS) - 1, lane >> MOST_CELLS
        cells = tuple(cell for place, cell in enumerate(self.cells) if (refused or still_open) >> place & 1)
        verdict = Verdict(self.row, "not matched" if refused else "undecided", cells)
        if len(self) < REMEMBERED_VERDICTS:
            self[lane] = verdict
        return verdict


class Tracer:
    """The verdicts of a table for one day."""

    def __init__(self, sheet: Sheet, matrix: Matrix, day: Day) -> None:
        self.verdicts = tuple(_verdicts_of(row) for row in sheet.rows)
        self.length = len(sheet.rows) * LANE // 8
        self.unpack = Struct(f"<{len(sheet.rows)}Q").unpack
        of_masks = {
            id(masks): Contributions(_places(masks, sheet), matrix.width) for masks in day.masks.values()
        }
        self.free = tuple((name, masks, of_masks[id(masks)]) for name, masks in day.free)
        self.groups = tuple(
            (
                group.certain,
                group.possible,
                _together([of_masks[id(masks)][masks[NOT_KNOWN]] for _, masks in group.members]),
                _together([of_masks[id(masks)][masks.open] for _, masks in group.members]),
                tuple((name, masks, of_masks[id(masks)]) for name, masks in group.members),
            )
            for group in day.groups
        )

    def trace(self, state: int, facts: Facts) -> tuple[Verdict, ...]:
        get = facts.get
        wide = 0
        for name, masks, contribution in self.free:
            wide |= contribution[masks[get(name)]]
        for certain, possible, closed, opened, members in self.groups:
            if state & certain:
                for name, masks, contribution in members:
                    wide |= contribution[masks[get(name)]]
            else:
                wide |= opened if state & possible else closed
        lanes = self.unpack(wide.to_bytes(self.length, "little"))
        return tuple([verdicts[lane] for verdicts, lane in zip(self.verdicts, lanes, strict=True)])


def _verdicts_of(row: SheetRow) -> Verdicts:
    return Verdicts(row.row, tuple(Cell(str(column), test.text) for column, test in row.tests.items()))


def _places(masks: WordMasks, sheet: Sheet) -> tuple[tuple[int, int], ...]:
    """For each row that asks something in this column: its bit, and the place of that cell."""
    return tuple(
        (bit, bit * LANE + list(row.tests).index(masks.column))
        for bit, row in enumerate(sheet.rows)
        if masks.column in row.tests
    )


def _together(contributions: list[int]) -> int:
    wide = 0
    for each in contributions:
        wide |= each
    return wide
