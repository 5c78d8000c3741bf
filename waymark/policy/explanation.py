"""A trace in sentences for a person: what was advised and why, and for every other row why not."""

from dataclasses import dataclass
from datetime import date

from waymark.policy.cells import Asks, Point, Stretch, Test, parse_cell, part_of, split_name
from waymark.policy.dates import date_in_words
from waymark.policy.facts import FactBook
from waymark.policy.findings import Malformed
from waymark.policy.kinds import Fact, FactType, Interval, NotKnown, Value
from waymark.policy.reading import Hit, Row
from waymark.policy.trace import Cell, Trace, Verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """``headline`` says what came of it; ``because`` and ``source`` are the row's, empty when there is none.

    ``yields`` are rows that match but come later, ``still_open`` may match yet, ``why_not`` are the others.
    """

    headline: str
    because: str
    source: str
    yields: tuple[str, ...]
    still_open: tuple[str, ...]
    why_not: tuple[str, ...]

    def sentences(self) -> tuple[str, ...]:
        """All of it, in the order in which a person would tell it."""
        source = f"Source: {self.source}." if self.source else ""
        told = (self.headline, self.because, source, *self.yields, *self.still_open, *self.why_not)
        return tuple(sentence for sentence in told if sentence)


def explain(trace: Trace, book: FactBook) -> Explanation:
    """Words for a trace. Facts that the book no longer has are quoted as they stood in the table."""
    row = trace.evaluation.row
    by_verdict: dict[str, list[Verdict]] = {"matched": [], "undecided": [], "not matched": []}
    for verdict in trace.verdicts:
        by_verdict[verdict.verdict].append(verdict)
    return Explanation(
        headline=_headline(trace, book),
        because=row.because if row else "",
        source=row.source if row else "",
        yields=tuple(
            _yields(each.row, row, trace) for each in by_verdict["matched"] if row and each.row != row
        ),
        still_open=tuple(_still_open(each, book, trace) for each in by_verdict["undecided"]),
        why_not=tuple(_why_not(each, book, trace) for each in by_verdict["not matched"]),
    )


def _headline(trace: Trace, book: FactBook) -> str:
    evaluation = trace.evaluation
    if evaluation.row:
        return f"Row {evaluation.row.id} of “{trace.title}” decides."
    if evaluation.settled:
        return f"No row of “{trace.title}” matches."
    asked = _either([_words(name, book) for name in evaluation.ask], "and")
    leaning = f" So far row {evaluation.leaning.id} would decide." if evaluation.leaning else ""
    return f"Not settled yet. Still worth asking: {asked}.{leaning}"


def _yields(row: Row, winner: Row, trace: Trace) -> str:
    if trace.hit == Hit.COLLECT and row.rank != winner.rank:
        return f"{row.id} matches too, but {winner.id} comes first (rank {winner.rank} before {row.rank})."
    return f"{row.id} matches too, but {winner.id} comes first in the table."


def _why_not(verdict: Verdict, book: FactBook, trace: Trace) -> str:
    reasons = [_against(cell, book, trace) for cell in verdict.cells]
    return f"Not {verdict.row.id}: {'; '.join(reasons)}."


def _against(cell: Cell, book: FactBook, trace: Trace) -> str:
    name, part = split_name(cell.column)
    asks = f"asks that {_asks(cell, book, trace.on)}"
    if name in trace.inapplicable:
        return f"{asks}; that does not apply here"
    given = trace.facts.get(name)
    value = None if given is None else part_of(given, part)
    if value is None or isinstance(value, NotKnown):
        return f"{asks}; that is not known"
    return f"{asks}; the answer was {answer_in_words(value, book.get(name))}"


def _still_open(verdict: Verdict, book: FactBook, trace: Trace) -> str:
    asks = _either([_asks(cell, book, trace.on) for cell in verdict.cells], "and")
    return f"Open {verdict.row.id}: asks that {asks}; that has not been settled."


def _asks(cell: Cell, book: FactBook, on: date) -> str:
    name, part = split_name(cell.column)
    fact = book.get(name)
    if fact is None:
        return f"{_words(cell.column, book)}: {cell.text}"
    try:
        test = parse_cell(cell.text, fact, part)
    except Malformed:
        return f"{_words(cell.column, book)}: {cell.text}"
    return f"{_words(cell.column, book)} {cell_in_words(test, fact, part, on)}"


def _words(column: str, book: FactBook) -> str:
    name, part = split_name(column)
    words = name.replace("_", " ")
    return f"the {part} of {words}" if part else words


def cell_in_words(test: Test, fact: Fact, part: str, on: date) -> str:
    """A cell as the end of a sentence: "is yes", "is from 16 to 17", "is not known"."""
    match test.asks:
        case Asks.ANYTHING:
            return "is anything"
        case Asks.KNOWN | Asks.NOT_KNOWN:
            return f"is {test.asks}"
        case Asks.WORDS:
            ordered = sorted(test.words, key=lambda word: test.text.find(str(word)))
            said = _either([answer_in_words(word, fact) for word in ordered], "or")
        case Asks.STRETCHES:
            number = fact.type is FactType.WHOLE_NUMBER
            said = _either([_stretch_in_words(each, number, on) for each in test.stretches], "or")
    return f"is not {said}" if test.negated else f"is {said}"


def answer_in_words(value: Value, fact: Fact | None = None) -> str:
    """An answer as a person would say it: yes, the title of a choice, 4 May 2004."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Interval):
        end = f"to {date_in_words(value.end)}" if value.end else "with no end yet"
        return f"from {date_in_words(value.start)} {end}"
    if isinstance(value, date):
        return date_in_words(value)
    return fact.choices.get(value, value) if fact and isinstance(value, str) else str(value)


def _stretch_in_words(stretch: Stretch, number: bool, on: date) -> str:
    low, high = stretch.low, stretch.high
    if low and high:
        if low == high:
            return _point_in_words(low, on)
        return f"from {_point_in_words(low, on)} to {_point_in_words(high, on)}"
    if low:
        said = _point_in_words(low, on)
        if low.move:
            return f"more than {said}" if number else f"after {said}"
        return f"at least {said}" if number else f"on or after {said}"
    if high is None:
        return "anything"
    said = _point_in_words(high, on)
    if high.move:
        return f"less than {said}" if number else f"before {said}"
    return f"at most {said}" if number else f"on or before {said}"


def _point_in_words(point: Point, on: date) -> str:
    if isinstance(point.base, int):
        return str(point.base)
    day = date_in_words(date.fromordinal(point.at(on) - point.move))
    return f"{day} ({point.base})" if point.relative() else day


def _either(words: list[str], joint: str) -> str:
    *most, last = words or ["nothing"]
    return f"{', '.join(most)} {joint} {last}" if most else last
