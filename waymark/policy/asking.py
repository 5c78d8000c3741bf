"""What to ask next: only what can still change the advice, and first what settles most.

A fact is worth asking when a row that could still win asks about it, or needs it to compute a date. Where it
is open whether a group of facts applies at all, the unanswered facts of their guard stand in for all of them.
Facts come in the order of how many of those rows they decide, the rows that take precedence counting more;
then in the order of the script.
"""

from dataclasses import dataclass
from typing import NamedTuple

from waymark.policy.facts import FactBook, Guard
from waymark.policy.matrix import Matrix
from waymark.policy.reading import Sheet

BANDS = (1, 2, 4)
"""A row counts once, once more in the upper half of the table, and once more in its upper quarter."""


class Askable(NamedTuple):
    """One fact: its bit in the state, the rows that ask about it as weighed, and those that compute with
    it."""

    name: str
    asked: int
    weighed: int
    computing: int


@dataclass(frozen=True, slots=True)
class AskableGroup:
    """The facts behind one guard (or behind none: ``certain`` is then 0), and the guard's own facts."""

    certain: int
    possible: int
    asked: int
    weighed: int
    computing: int
    members: tuple[Askable, ...]
    guard_facts: tuple[str, ...]


class Asking:
    """Prepared once for a table. Everything it needs to know of the answers is in the state."""

    def __init__(self, sheet: Sheet, matrix: Matrix, book: FactBook) -> None:
        self.weigh = _Weigher(matrix.row_count)
        self.position = {name: book.position(name) for name in matrix.facts_in_use}
        self.asked = matrix.asked
        guards: tuple[Guard, ...] = ((), *matrix.bit_of_guard)
        groups = {guard: _group(guard, sheet, matrix, book, self.weigh) for guard in guards}
        self.group_of = {name: groups[book.guard(name)] for name in matrix.facts_in_use}
        self.groups = tuple(group for group in groups.values() if group.members)

    def order(self, state: int, deciding: int, leading: int) -> tuple[str, ...]:
        """The facts to ask. ``deciding`` are the undecided rows that matter, ``leading`` the best certain
        one."""
        scores: dict[str, int] = {}
        weighed, candidates = self.weigh(deciding), deciding | leading
        for group in self.groups:
            if not group.certain or state & group.certain:
                missing = group.asked & ~state
                if missing:
                    for name, asked, rows, computing in group.members:
                        if missing & asked:
                            rows &= weighed
                            if rows or computing & candidates:
                                scores[name] = scores.get(name, 0) + rows.bit_count()
            elif state & group.possible:
                rows = group.weighed & weighed
                if rows or group.computing & candidates:
                    for name in self.stand_ins(group, state):
                        scores[name] = scores.get(name, 0) + rows.bit_count()
        position = self.position
        ranked = sorted([(-score, position[name], name) for name, score in scores.items()])
        return tuple([name for _, _, name in ranked])

    def stand_ins(self, group: AskableGroup, state: int) -> list[str]:
        """The unanswered facts that decide whether this group applies."""
        found: dict[str, None] = {}
        for name in group.guard_facts:
            behind = self.group_of[name]
            if not behind.certain or state & behind.certain:
                if not state & self.asked[name]:
                    found[name] = None
            elif state & behind.possible:
                found.update(dict.fromkeys(self.stand_ins(behind, state)))
        return list(found)


class _Weigher:
    """Repeats the rows of the upper bands beside all rows, so that one count of bits is the weighed sum."""

    def __init__(self, row_count: int) -> None:
        self.bands = tuple(
            (band * row_count, (1 << -(-row_count // share)) - 1) for band, share in enumerate(BANDS)
        )

    def __call__(self, rows: int) -> int:
        weighed = 0
        for shift, band in self.bands:
            weighed |= (rows & band) << shift
        return weighed


def _group(guard: Guard, sheet: Sheet, matrix: Matrix, book: FactBook, weigh: _Weigher) -> AskableGroup:
    names = [name for name in matrix.facts_in_use if book.guard(name) == guard]
    every = [_askable(name, sheet, matrix, weigh) for name in names]
    members = tuple(each for each in every if each.weighed | each.computing)
    certain = 1 << matrix.bit_of_guard[guard] if guard else 0
    asked = weighed = computing = 0
    for each in members:
        asked, weighed, computing = asked | each.asked, weighed | each.weighed, computing | each.computing
    guard_facts = tuple(dict.fromkeys(condition.fact for condition in guard))
    return AskableGroup(certain, certain << matrix.width, asked, weighed, computing, members, guard_facts)


def _askable(name: str, sheet: Sheet, matrix: Matrix, weigh: _Weigher) -> Askable:
    rows = computing = 0
    for bit, row in enumerate(sheet.rows):
        rows |= any(column.fact == name for column in row.tests) << bit
        computing |= (name in row.needs) << bit
    return Askable(name, matrix.asked[name], weigh(rows), computing)
