"""A decision table that has been read, linted and turned into one long number. See matrix.py for how it
decides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain
from operator import getitem
from struct import Struct

from waymark.policy.asking import Asking
from waymark.policy.cells import part_of, split_name
from waymark.policy.dates import compiled
from waymark.policy.evaluation import Contradiction, Evaluation, OutputValue
from waymark.policy.facts import FactBook
from waymark.policy.findings import LintErrors, errors
from waymark.policy.kinds import Facts, Value
from waymark.policy.lint import lint_sheet
from waymark.policy.matrix import Day, Matrix
from waymark.policy.reading import Hit, Row, Sheet, SheetRow, read_sheet
from waymark.policy.trace import Trace
from waymark.policy.tracing import Reasons, Tracer

REMEMBERED_DAYS = 64


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the outputs of a row are made on one day: what is fixed, and what is computed from the facts."""

    fixed: dict[str, OutputValue]
    computed: tuple[tuple[str, Callable[[Facts], date | None]], ...]


@dataclass(frozen=True, slots=True)
class Leader:
    """A row as the best that certainly matches. ``settles`` are the bits of the state that must all be there
    for it to stand: its rivals refused, the facts answered that its dates are computed from. ``rivals`` are
    the certain bits of the rows that could still take its place."""

    number: int
    row: Row
    rivals: int
    settles: int


class Table:
    """Evaluates facts on a day. ``version`` changes with every change of the text.

    Facts are typed values as ``FactBook.parse`` gives them; names that the table does not use are ignored.
    """

    def __init__(self, sheet: Sheet, book: FactBook, version: str) -> None:
        self.path = sheet.path
        self.name = sheet.name
        self.title = sheet.title
        self.hit = sheet.hit
        self.complete = sheet.complete
        self.version = version
        self.facts = tuple(dict.fromkeys(column.fact for column in sheet.columns))
        self.outputs = sheet.outputs
        self.words = dict(sheet.words)
        self.rows = tuple(each.row for each in sheet.rows)
        self.matrix = Matrix(sheet, book)
        self.facts_in_use = self.matrix.facts_in_use
        self._sheet = sheet
        self._asking = Asking(sheet, self.matrix, book)
        self._reasons = Reasons(sheet, self.matrix)
        self._leaders = {
            self.matrix.certain(number): self._leader(number) for number in range(len(self.rows))
        }
        self._eights = tuple(
            _Eight(self.rows[at : at + 8], self.matrix) for at in range(0, len(self.rows), 8)
        )
        self._chunks = Struct(f"{self.matrix.stride}s" * len(self._eights))
        self._unasked = dict.fromkeys(self.facts_in_use)
        self._days: dict[date, tuple[Day, Tracer, dict[int, Recipe]]] = {}

    def evaluate(self, facts: Facts, on: date) -> Evaluation:
        """Advice, or what to ask. ``on`` is the day of decision. Raises BadFacts, Contradiction."""
        day, _, recipes = self._days.get(on) or self._made(on)
        state, heard = day.read(facts)
        return self._conclude(state, heard, recipes, on)

    def trace(self, facts: Facts, on: date) -> Trace:
        """The same with the reasons: for every row, the cells that spoke against it or are still open."""
        day, tracer, recipes = self._days.get(on) or self._made(on)
        state, heard = day.read(facts)
        inapplicable, verdicts = tracer.trace(state, heard)
        return Trace(
            self.name,
            self.title,
            self.version,
            self.hit,
            on,
            self._facts_used(facts),
            inapplicable,
            self._conclude(state, heard, recipes, on),
            verdicts,
        )

    def day(self, on: date) -> Day:
        """The compiled columns for a day, for whoever evaluates many people at once. Made once and kept."""
        return (self._days.get(on) or self._made(on))[0]

    def words_of(self, row: Row) -> dict[str, OutputValue]:
        """What a row says whatever the facts are: its words and lists, without the dates. For the leaning row."""
        outputs = next(each.outputs for each in self._sheet.rows if each.row == row)
        return {name: said for name, said in outputs.items() if isinstance(said, str | tuple | None)}

    # The parts of an evaluation that wait until they are read

    def rows_matching(self, state: int) -> tuple[Row, ...]:
        return self._chosen(state & self.matrix.rows)

    def rows_undecided(self, state: int) -> tuple[Row, ...]:
        return self._chosen(self._undecided(state))

    def still_to_ask(self, state: int) -> tuple[str, ...]:
        """The questions of a state that is not settled."""
        certain, undecided = state & self.matrix.rows, self._undecided(state)
        if not certain:
            return self._asking.order(state, undecided, 0)
        leader = self._leaders[certain & -certain]
        # Rows with the leading row's own outputs matter only where they may shield it from a rival below.
        deciding = undecided & ((1 << (undecided & leader.rivals).bit_length()) - 1)
        return self._asking.order(state, deciding, certain & -certain)

    # Evaluating

    def _conclude(self, state: int, facts: Facts, recipes: dict[int, Recipe], on: date) -> Evaluation:
        certain = state & self.matrix.rows
        if not certain:
            return Evaluation(not self._undecided(state), None, None, None, self, state)
        first = certain & -certain
        leader = self._leaders[first]
        if first != certain and self.hit is Hit.UNIQUE:
            raise Contradiction(self._chosen(certain))
        if state & leader.settles != leader.settles:
            return Evaluation(False, None, None, leader.row, self, state)
        recipe = recipes.get(first)
        if recipe is None:
            recipe = recipes[first] = _recipe(self._sheet.rows[leader.number], on)
        outputs = recipe.fixed.copy()
        for name, compute in recipe.computed:
            outputs[name] = compute(facts)
        return Evaluation(True, outputs, leader.row, leader.row, self, state)

    def _undecided(self, state: int) -> int:
        return self.matrix.rows & ~(state | state >> self.matrix.refused_by)

    def _chosen(self, bits: int) -> tuple[Row, ...]:
        chunks = self._chunks.unpack(bits.to_bytes(self._chunks.size, "little"))
        return tuple(chain.from_iterable(map(getitem, self._eights, chunks)))

    def _facts_used(self, facts: Facts) -> dict[str, Value | None]:
        used = self._unasked.copy()
        for name, value in facts.items():
            if name in used:
                used[name] = value
        return used

    # Preparing

    def _made(self, on: date) -> tuple[Day, Tracer, dict[int, Recipe]]:
        if len(self._days) >= REMEMBERED_DAYS:
            self._days.clear()
        if self._days and not self.matrix.columns.relative:
            day, tracer, _ = next(iter(self._days.values()))
        else:
            day = self.matrix.day(on)
            tracer = Tracer(self._reasons, self.matrix, day, on)
        made = self._days[on] = day, tracer, {}
        return made

    def _leader(self, number: int) -> Leader:
        matrix, each = self.matrix, self._sheet.rows[number]
        rivals = matrix.rows & (matrix.certain(number) - 1)
        if self.hit is Hit.UNIQUE:
            rivals = 0
        elif self.hit is Hit.COLLECT:
            rivals &= ~sum(
                matrix.certain(other)
                for other, row in enumerate(self._sheet.rows)
                if row.outputs == each.outputs
            )
        needs = sum(matrix.answered[name] for name in each.needs)
        return Leader(number, each.row, rivals, rivals << matrix.refused_by | needs)


class _Eight(dict[bytes, tuple[Row, ...]]):
    """Eight neighbouring rows, by the bytes of their counters that say which of them are meant."""

    def __init__(self, rows: tuple[Row, ...], matrix: Matrix) -> None:
        super().__init__()
        self.of_bits = {matrix.certain(place): row for place, row in enumerate(rows)}

    def __missing__(self, chunk: bytes) -> tuple[Row, ...]:
        bits = int.from_bytes(chunk, "little")
        rows = self[chunk] = tuple(row for bit, row in self.of_bits.items() if bits & bit)
        return rows


def load_table(text: str, *, path: str, facts: FactBook) -> Table:
    """Read a table from CSV. ``path`` is for messages. Raises LintErrors with all that is wrong."""
    sheet, findings = read_sheet(text, path, facts)
    findings += lint_sheet(sheet, facts) if not errors(findings) else []
    if errors(findings):
        raise LintErrors(findings)
    return Table(sheet, facts, sha256(text.encode()).hexdigest()[:12])


def what_to_ask(table: Table, facts: Facts, on: date) -> tuple[str, ...]:
    """The facts still worth asking, the most useful first; none when the advice is settled."""
    return table.evaluate(facts, on).ask


def _recipe(each: SheetRow, on: date) -> Recipe:
    fixed: dict[str, OutputValue] = {}
    computed: list[tuple[str, Callable[[Facts], date | None]]] = []
    for name, output in each.outputs.items():
        if isinstance(output, str | tuple | None):
            fixed[name] = output
        elif output.needs():
            fixed[name] = None
            computed.append((name, compiled(output, on, _date_of)))
        else:
            fixed[name] = output.on(on, lambda name: None)
    return Recipe(fixed, tuple(computed))


def _date_of(name: str) -> Callable[[Facts], date | None]:
    """How a date is read from the facts that count; None for what is not known."""
    fact, part = split_name(name)

    def read(facts: Facts) -> date | None:
        value = facts.get(fact)
        day = None if value is None else part_of(value, part)
        return day if isinstance(day, date) else None

    return read
