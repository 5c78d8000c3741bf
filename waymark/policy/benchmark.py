"""How fast a table answers, on this machine.

The promise: under 10 µs for an evaluation, under 50 µs for one with its full trace, on the shipped table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import process_time_ns

from waymark.policy.facts import FactBook, load_facts
from waymark.policy.kinds import NOT_KNOWN, Fact, Facts, FactType, Interval, Value
from waymark.policy.table import Table

EVALUATE_AT_MOST = 10.0
TRACE_AT_MOST = 50.0
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Figures:
    """Microseconds of processor time for one set of facts, in the least disturbed of a few rounds over all."""

    table: str
    rows: int
    columns: int
    samples: int
    settled: int
    evaluate: float
    trace: float

    @property
    def kept(self) -> bool:
        """Is the promise kept?"""
        return self.evaluate < EVALUATE_AT_MOST and self.trace < TRACE_AT_MOST


def run(table: Table, samples: Sequence[Facts], on: date) -> Figures:
    """Measure a table on these sets of facts. Raises what the table raises."""
    if not samples:
        raise ValueError("Nothing to measure: give at least one set of facts.")
    settled = sum(table.evaluate(facts, on).settled for facts in samples)
    return Figures(
        table=table.name,
        rows=len(table.rows),
        columns=len(table.matrix.tests),
        samples=len(samples),
        settled=settled,
        evaluate=_least_us(lambda facts: table.evaluate(facts, on), samples),
        trace=_least_us(lambda facts: table.trace(facts, on), samples),
    )


def in_words(figures: Figures) -> str:
    """The figures as a few lines for a terminal."""
    promise = "kept" if figures.kept else "NOT kept"
    return "\n".join(
        (
            f"{figures.table}: {figures.rows} rows, {figures.columns} columns, "
            f"{figures.samples} sets of facts, {figures.settled} settled",
            f"  evaluate  {figures.evaluate:6.2f} µs   (at most {EVALUATE_AT_MOST:.0f})",
            f"  trace     {figures.trace:6.2f} µs   (at most {TRACE_AT_MOST:.0f})",
            f"  promise {promise}",
        )
    )


def random_samples(
    book: FactBook, count: int, on: date, *, seed: int = 1, unknown: float = 0.3
) -> list[dict[str, Value]]:
    """Made-up sets of facts: each fact missing with the chance ``unknown``, one in twenty not known."""
    random = Random(seed)
    return [
        {fact.name: _answer(fact, random, on) for fact in book.values() if random.random() >= unknown}
        for _ in range(count)
    ]


def _answer(fact: Fact, random: Random, on: date) -> Value:
    if random.random() < 0.05:
        return NOT_KNOWN
    some_day = on + timedelta(days=random.randint(-200, 400))
    match fact.type:
        case FactType.CHOICE:
            return random.choice(tuple(fact.choices))
        case FactType.YES_NO:
            return random.random() < 0.3
        case FactType.WHOLE_NUMBER:
            low = fact.minimum or 0
            return random.randint(low, fact.maximum if fact.maximum is not None else low + 100)
        case FactType.DATE:
            return some_day
        case FactType.DATE_INTERVAL:
            return Interval(some_day, some_day + timedelta(days=random.randint(0, 60)))


def _least_us(work: Callable[[Facts], object], samples: Sequence[Facts]) -> float:
    return min(_one_round(work, samples) for _ in range(ROUNDS)) / len(samples) / 1000


def _one_round(work: Callable[[Facts], object], samples: Sequence[Facts]) -> int:
    begin = process_time_ns()
    for facts in samples:
        work(facts)
    return process_time_ns() - begin


def wide_facts(columns: int) -> FactBook:
    """A made-up book for measuring: yes/no, choices, numbers and dates by turns."""
    kinds = (
        'type = "yes_no"',
        'type = "choice"\nchoices = { a = "A", b = "B", c = "C", d = "D" }',
        'type = "whole_number"\nminimum = 0\nmaximum = 120',
        'type = "yes_no"',
        'type = "date"',
    )
    return load_facts(
        "".join(
            f'[facts.f{number}]\n{kinds[number % len(kinds)]}\nquestion = "?"\nsource = "made up"\n'
            for number in range(columns)
        )
    )


def wide_table(rows: int, columns: int, *, seed: int = 1) -> str:
    """A made-up table for measuring: one to four cells a row, and a last row that asks nothing."""
    random = Random(seed)
    cells = (
        ("yes", "no"),
        ('"a, b"', "not(c)", "d"),
        (">= 60", "[16..17]", "< 16"),
        ("yes",),
        ("<= today + 11 weeks",),
    )
    lines = ["# hit: collect", "# dates: until"]
    lines.append(
        ",".join(
            (
                "id",
                "rank",
                *(f"f{number}" for number in range(columns)),
                "-> advice,-> until,layer,because,source",
            )
        )
    )
    for row in range(rows):
        asked = random.sample(range(columns), random.randint(1, 4)) if row < rows - 1 else []
        inputs = [
            random.choice(cells[number % len(cells)]) if number in asked else "-" for number in range(columns)
        ]
        lines.append(
            f"R{row:03},{row},{','.join(inputs)},advice {row % 5},today + {row} days,G,Made up.,made up"
        )
    return "\n".join(lines) + "\n"
