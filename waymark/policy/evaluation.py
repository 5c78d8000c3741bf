"""What a table answers."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from waymark.policy.reading import Row

OutputValue = str | date | tuple[str, ...] | None


class Contradiction(ValueError):
    """Two rows of a table that allows one match both. The linter looks for this; no table should come so
    far."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        super().__init__(f"{' and '.join(row.id for row in rows)} both match, and only one row may.")


class Evaluation(NamedTuple):
    """Either advice or what to ask.

    ``settled``    no answer to any open question can change ``outputs``.
    ``outputs``    every output column by name: words, dates, tuples for lists, None for an empty cell.
                   None while not settled, and None when settled because no row matches.
    ``row``        the row whose outputs they are. None while not settled.
    ``matches``    the rows that certainly match, the one that takes precedence first.
    ``undecided``  the rows that could match yet, whether or not they could still win.
    ``ask``        the facts still worth asking, the most useful first. Empty when settled.
    ``leaning``    the best row that certainly matches, though another may still come before it.

    A named tuple, because making a frozen dataclass takes a fifth of the time of the whole evaluation.
    """

    settled: bool
    outputs: Mapping[str, OutputValue] | None
    row: Row | None
    matches: tuple[Row, ...]
    undecided: tuple[Row, ...]
    ask: tuple[str, ...]
    leaning: Row | None
