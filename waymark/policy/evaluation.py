"""What a table answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol

from waymark.policy.reading import Row

OutputValue = str | date | tuple[str, ...] | None


class Contradiction(ValueError):
    """Two rows of a table that allows one match both. The linter looks for this; no table should come so
    far."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        super().__init__(f"{' and '.join(row.id for row in rows)} both match, and only one row may.")


class Told(NamedTuple):
    """The parts of an evaluation that not everybody reads."""

    matches: tuple[Row, ...]
    undecided: tuple[Row, ...]
    ask: tuple[str, ...]


class Teller(Protocol):
    """Whoever can read the rest of an evaluation out of its state: a table."""

    def rows_matching(self, state: int) -> tuple[Row, ...]: ...

    def rows_undecided(self, state: int) -> tuple[Row, ...]: ...

    def still_to_ask(self, state: int) -> tuple[str, ...]: ...


class Evaluation:
    """Either advice or what to ask. Not to be changed once made.

    ``settled``    no answer to any open question can change ``outputs``.
    ``outputs``    every output column by name: words, dates, tuples for lists, None for an empty cell.
                   None while not settled, and None when settled because no row matches.
    ``row``        the row whose outputs they are. None while not settled.
    ``matches``    the rows that certainly match, the one that takes precedence first.
    ``undecided``  the rows that could match yet, whether or not they could still win.
    ``ask``        the facts still worth asking, the most useful first. Empty when settled.
    ``leaning``    the best row that certainly matches, though another may still come before it.

    The first four of these are worked out at once. ``matches``, ``undecided`` and ``ask`` stay in the state,
    one integer that no change of the facts can reach, until somebody reads them.
    """

    __slots__ = (
        "_ask",
        "_matches",
        "_state",
        "_teller",
        "_undecided",
        "leaning",
        "outputs",
        "row",
        "settled",
    )

    def __init__(
        self,
        settled: bool,
        outputs: Mapping[str, OutputValue] | None,
        row: Row | None,
        leaning: Row | None,
        teller: Teller | None,
        state: int,
    ) -> None:
        self.settled = settled
        self.outputs = outputs
        self.row = row
        self.leaning = leaning
        self._teller = teller
        self._state = state
        self._matches: tuple[Row, ...] | None = None
        self._undecided: tuple[Row, ...] | None = None
        self._ask: tuple[str, ...] | None = () if settled else None

    @classmethod
    def told(
        cls,
        settled: bool,
        outputs: Mapping[str, OutputValue] | None,
        row: Row | None,
        leaning: Row | None,
        rest: Told,
    ) -> "Evaluation":
        """An evaluation of which everything is known already: one that was kept."""
        made = cls(settled, outputs, row, leaning, None, 0)
        made._matches, made._undecided, made._ask = rest
        return made

    @property
    def matches(self) -> tuple[Row, ...]:
        if self._matches is None:
            self._matches = self._teller.rows_matching(self._state) if self._teller else ()
        return self._matches

    @property
    def undecided(self) -> tuple[Row, ...]:
        if self._undecided is None:
            self._undecided = self._teller.rows_undecided(self._state) if self._teller else ()
        return self._undecided

    @property
    def ask(self) -> tuple[str, ...]:
        if self._ask is None:
            self._ask = self._teller.still_to_ask(self._state) if self._teller else ()
        return self._ask

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evaluation):
            return NotImplemented
        return self._everything() == other._everything()

    def __hash__(self) -> int:
        return hash((self.settled, self.row, self.leaning))

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy is what was told, not a copy of the table.
        return Evaluation.told, self._everything()

    def __repr__(self) -> str:
        return f"Evaluation.told{self._everything()!r}"

    def _everything(self) -> tuple[Any, ...]:
        rest = Told(self.matches, self.undecided, self.ask)
        return self.settled, self.outputs, self.row, self.leaning, rest
