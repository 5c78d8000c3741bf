"""A decision table that has been read, linted and turned into bits. See matrix.py for how it decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain

from waymark.policy.asking import Asking
from waymark.policy.cells import part_of, split_name
from waymark.policy.dates import DateExpression, Fixed, fixed_on
from waymark.policy.evaluation import Contradiction, Evaluation, OutputValue
from waymark.policy.facts import FactBook
from waymark.policy.findings import LintErrors, errors
from waymark.policy.kinds import Facts
from waymark.policy.lint import lint_sheet
from waymark.policy.matrix import Day, Matrix
from waymark.policy.reading import Hit, Row, Sheet, SheetRow, read_sheet
from waymark.policy.trace import Trace
from waymark.policy.tracing import Tracer

REMEMBERED_DAYS = 64


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the outputs of a row are made on one day: what is fixed, what is computed, and from which dates
    (the name in the expression, the fact, its part, and the bit that says that it applies)."""

    fixed: Mapping[str, OutputValue]
    computed: tuple[tuple[str, DateExpression], ...]
    dates: tuple[tuple[str, str, str, int], ...]


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
        self._needs = tuple(sum(self.matrix.asked[name] for name in each.needs) for each in sheet.rows)
        self._alike = tuple(_alike(each, sheet) for each in sheet.rows)
        self._eights = tuple(_eight(self.rows[start : start + 8]) for start in range(0, len(self.rows), 8))
        self._behind = tuple(
            (1 << bit + self.matrix.width, tuple(n for n in self.facts_in_use if book.guard(n) == guard))
            for guard, bit in self.matrix.bit_of_guard.items()
        )
        self._days: dict[date | None, Day] = {}
        self._tracers: dict[date | None, Tracer] = {}
        self._recipes: dict[date, dict[int, Recipe]] = {}

    def evaluate(self, facts: Facts, on: date) -> Evaluation:
        """Advice, or what to ask. ``on`` is the day of decision. Raises BadFacts, Contradiction."""
        return self._conclude(self._state(facts, self.day(on)), facts, on)

    def trace(self, facts: Facts, on: date) -> Trace:
        """The same with the reasons: for every row, the cells that spoke against it or are still open."""
        state = self._state(facts, self.day(on))
        return Trace(
            table=self.name,
            title=self.title,
            version=self.version,
            hit=self.hit,
            on=on,
            facts=dict(zip(self.facts_in_use, map(facts.get, self.facts_in_use), strict=True)),
            inapplicable=self._inapplicable(state),
            evaluation=self._conclude(state, facts, on),
            verdicts=self._tracer(on).trace(state, facts),
        )

    def day(self, on: date) -> Day:
        """The compiled columns for a day, for whoever evaluates many people at once. Made once and kept."""
        key = on if self.matrix.relative else None
        day = self._days.get(key)
        if day is None:
            if len(self._days) >= REMEMBERED_DAYS:
                self._days.clear()
                self._tracers.clear()
            day = self._days[key] = self.matrix.day(on)
        return day

    # Evaluating

    def _state(self, facts: Facts, day: Day) -> int:
        get = facts.get
        state = day.start
        for name, masks in day.free:
            state &= masks[get(name)]
        for group in day.groups:
            if state & group.certain:
                for name, masks in group.members:
                    state &= masks[get(name)]
            else:
                state &= group.opened if state & group.possible else group.closed
        return state

    def _conclude(self, state: int, facts: Facts, on: date) -> Evaluation:
        matrix = self.matrix
        certain = state & matrix.rows
        undecided = (state >> matrix.width & matrix.rows) ^ certain
        leading = certain & -certain
        rivals, index, leaning, pending = undecided, -1, None, 0
        if certain:
            index = leading.bit_length() - 1
            leaning = self.rows[index]
            rivals = self._rivals(certain, undecided, leading, index)
            pending = self._needs[index] & ~state
        matches = (leaning,) if leaning and certain == leading else self._rows(certain)
        if rivals or pending:
            # Rows with the leading row's own outputs matter only where they may shield it from a rival below.
            deciding = undecided & ((1 << rivals.bit_length()) - 1)
            ask = self._asking.order(state, deciding, leading)
            return Evaluation(False, None, None, matches, self._rows(undecided), ask, leaning)
        outputs = self._outputs(index, state, facts, on) if leaning else None
        return Evaluation(True, outputs, leaning, matches, self._rows(undecided), (), leaning)

    def _rivals(self, certain: int, undecided: int, leading: int, index: int) -> int:
        """The undecided rows that could still take the place of the leading one."""
        if self.hit is Hit.UNIQUE:
            if certain != leading:
                raise Contradiction(self._rows(certain))
            return 0
        rivals = undecided & (leading - 1)
        return rivals & ~self._alike[index] if self.hit is Hit.COLLECT else rivals

    def _outputs(self, index: int, state: int, facts: Facts, on: date) -> dict[str, OutputValue]:
        recipe = self._recipe(index, on)
        outputs = dict(recipe.fixed)
        if recipe.computed:
            dates = {name: _date(facts, fact, part, state, bit) for name, fact, part, bit in recipe.dates}
            for name, expression in recipe.computed:
                outputs[name] = expression.on(on, dates.get)
        return outputs

    def _recipe(self, index: int, on: date) -> Recipe:
        recipes = self._recipes.get(on)
        if recipes is None:
            if len(self._recipes) >= REMEMBERED_DAYS:
                self._recipes.clear()
            recipes = self._recipes[on] = {}
        recipe = recipes.get(index)
        if recipe is None:
            recipe = recipes[index] = _recipe(self._sheet.rows[index], self.matrix, on)
        return recipe

    def _rows(self, bits: int) -> tuple[Row, ...]:
        if not bits:
            return ()
        # Eight rows at a time: each byte has the tuple of its rows ready.
        of_bytes = bits.to_bytes(len(self._eights), "little")
        return tuple(chain.from_iterable(map(tuple.__getitem__, self._eights, of_bytes)))

    # Tracing

    def _tracer(self, on: date) -> Tracer:
        key = on if self.matrix.relative else None
        tracer = self._tracers.get(key)
        if tracer is None:
            tracer = self._tracers[key] = Tracer(self._sheet, self.matrix, self.day(on))
        return tracer

    def _inapplicable(self, state: int) -> tuple[str, ...]:
        closed: tuple[str, ...] = ()
        for possible, names in self._behind:
            if not state & possible:
                closed += names
        return closed


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


def _recipe(each: SheetRow, matrix: Matrix, on: date) -> Recipe:
    fixed: dict[str, OutputValue] = {}
    computed: list[tuple[str, DateExpression]] = []
    for name, output in each.outputs.items():
        if isinstance(output, str | tuple | None):
            fixed[name] = output
        else:
            expression = fixed_on(output, on)
            fixed[name] = expression.day if isinstance(expression, Fixed) else None
            if not isinstance(expression, Fixed):
                computed.append((name, expression))
    names = sorted({name for _, expression in computed for name in expression.needs()})
    dates = tuple((name, *split_name(name), matrix.certain(split_name(name)[0])) for name in names)
    return Recipe(fixed, tuple(computed), dates)


def _date(facts: Facts, fact: str, part: str, state: int, applies: int) -> date | None:
    value = facts.get(fact) if not applies or state & applies else None
    value = None if value is None else part_of(value, part)
    return value if isinstance(value, date) else None


def _alike(each: SheetRow, sheet: Sheet) -> int:
    return sum(1 << bit for bit, other in enumerate(sheet.rows) if other.outputs == each.outputs)


def _eight(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(row for bit, row in enumerate(rows) if byte >> bit & 1) for byte in range(256))
