"""What to ask next: only what can still change the advice, and first what settles most.

A fact is worth asking when a row that could still win asks about it, or needs it to compute a date. Where it
is open whether a group of facts applies at all, the unanswered facts of their guard stand in for all of them.
Facts come in the order of how many of those rows they decide, the rows that take precedence counting more;
then in the order of the script.

The order depends on the rows that still matter, on which facts are answered and on how the guards stand, and
on no answer beyond that. Conversations are much alike in this: nine times in ten the same question has come
up in another one, and the order made then is remembered.
"""

from typing import NamedTuple

from waymark.policy.facts import FactBook, Guard
from waymark.policy.matrix import Matrix
from waymark.policy.reading import Sheet

SHARES = (1, 2, 4)
"""A row counts once, once more in the upper half of the table, and once more in its upper quarter."""
REMEMBERED_ORDERS = 4096


class Use(NamedTuple):
    """The rows that ask about a fact, or about some fact of a group, and those that compute with it."""

    asking: int
    computing: int

    def __or__(self, other: "Use") -> "Use":
        return Use(self.asking | other.asking, self.computing | other.computing)


class Group(NamedTuple):
    """The facts behind one guard, or behind none: then ``certain`` is 0. ``use`` is of all of them,
    ``members`` has those that can be asked: name, the bit that says that it is answered, and use."""

    guard: Guard
    certain: int
    refused: int
    use: Use
    members: tuple[tuple[str, int, Use], ...]

    def applies(self, state: int) -> bool:
        return not self.certain or bool(state & self.certain)


class Asking:
    """Prepared once for a table. Everything it needs to know of the answers is in the state."""

    def __init__(self, sheet: Sheet, matrix: Matrix, book: FactBook) -> None:
        self.facts_from = matrix.facts_from
        self.answered = matrix.answered
        self.position = {name: place for place, name in enumerate(matrix.facts_in_use)}
        upper = [-(-matrix.row_count // share) for share in SHARES]
        self.bands = tuple(sum(map(matrix.certain, range(rows))) for rows in upper)
        uses = {name: _use(name, sheet, matrix) for name in matrix.facts_in_use}
        self.groups = {guard: _group(guard, uses, matrix, book) for guard in ((), *matrix.guards)}
        self.group_of = {name: self.groups[book.guard(name)] for name in matrix.facts_in_use}
        self.orders: dict[tuple[int, int, int], tuple[str, ...]] = {}

    def order(self, state: int, deciding: int, leading: int) -> tuple[str, ...]:
        """The facts to ask. ``deciding`` are the certain bits of the undecided rows that matter, ``leading``
        is that of the best row that certainly matches."""
        question = deciding, leading, state >> self.facts_from
        order = self.orders.get(question)
        if order is None:
            if len(self.orders) >= REMEMBERED_ORDERS:
                self.orders.clear()
            order = self.orders[question] = self._order(state, deciding, leading)
        return order

    def _order(self, state: int, deciding: int, leading: int) -> tuple[str, ...]:
        scores: dict[str, int] = {}

        def count(name: str, use: Use) -> None:
            if use.asking & deciding or use.computing & (deciding | leading):
                score = sum((use.asking & deciding & band).bit_count() for band in self.bands)
                scores[name] = scores.get(name, 0) + score

        for group in self.groups.values():
            if group.applies(state):
                for name, answered, use in group.members:
                    if not state & answered:
                        count(name, use)
            elif not state & group.refused:
                for name in self._stand_ins(group, state):
                    count(name, group.use)
        return tuple(sorted(scores, key=lambda name: (-scores[name], self.position[name])))

    def _stand_ins(self, group: Group, state: int) -> list[str]:
        """The unanswered facts that decide whether this group applies."""
        found: dict[str, None] = {}
        for condition in group.guard:
            behind = self.group_of[condition.fact]
            if behind.applies(state):
                if not state & self.answered[condition.fact]:
                    found[condition.fact] = None
            elif not state & behind.refused:
                found.update(dict.fromkeys(self._stand_ins(behind, state)))
        return list(found)


def _group(guard: Guard, uses: dict[str, Use], matrix: Matrix, book: FactBook) -> Group:
    of_all = Use(0, 0)
    for name, use in uses.items():
        if book.guard(name) == guard:
            of_all |= use
    members = tuple(
        (name, matrix.answered[name], use)
        for name, use in uses.items()
        if book.guard(name) == guard and not book[name].derived and any(use)
    )
    certain, refused = (matrix.certain_of(guard), matrix.refused_of(guard)) if guard else (0, 0)
    return Group(guard, certain, refused, of_all, members)


def _use(name: str, sheet: Sheet, matrix: Matrix) -> Use:
    asking = computing = 0
    for number, row in enumerate(sheet.rows):
        asking |= matrix.certain(number) * any(column.fact == name for column in row.tests)
        computing |= matrix.certain(number) * (name in row.needs)
    return Use(asking, computing)
