"""How fast a table answers, on this machine.

The promise: under 10 µs for an evaluation with its outputs, under 50 µs for one with its full trace, on the
shipped table, for the facts of a conversation at the moment of decision. It is judged by the median.

What is measured. Conversations are made up by asking what the table itself wants to know next, and answering
by chance, until the advice is settled. The last set of facts of each is a *decision*; those before it are *on
the way*. A reading does the whole work: an evaluation on the way reads the questions still to ask, and a trace
reads the verdict of every row, the rows that match, those still open, and the questions. Time is processor
time of this thread, the least disturbed of a few rounds. By then the table remembers what it has seen; so a
last figure is the mean over conversations it has never seen, each set of facts evaluated just once, with the
look at the clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import fmean, median, quantiles
from time import thread_time_ns

from waymark.policy.facts import FactBook, load_facts
from waymark.policy.kinds import NOT_KNOWN, Fact, Facts, FactType, Interval, Value
from waymark.policy.table import Table

EVALUATE_AT_MOST = 10.0
TRACE_AT_MOST = 50.0
ROUNDS = 5
REPEATS = 10
"""How often a set of facts is read between two looks at the clock, which itself takes a microsecond."""
OPENING = ("benefit", "group")
"""What every conversation starts with, where the book has it."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Microseconds of processor time for one set of facts: the median, and what 95 of 100 stay under."""

    median: float
    most: float


@dataclass(frozen=True, slots=True)
class Figures:
    """``decision`` and ``on_the_way`` are evaluations, ``trace`` is of decisions. ``once`` is the mean of
    evaluations with their questions in conversations never seen before."""

    table: str
    rows: int
    columns: int
    decisions: int
    steps: int
    decision: Timing
    on_the_way: Timing
    trace: Timing
    once: float

    @property
    def kept(self) -> bool:
        """Is the promise kept?"""
        return self.decision.median < EVALUATE_AT_MOST and self.trace.median < TRACE_AT_MOST


@dataclass(frozen=True, slots=True)
class Samples:
    """Sets of facts to measure: ``decisions`` settle the advice, ``on_the_way`` came before them, ``unseen``
    are both of other conversations, to be evaluated once."""

    decisions: Sequence[Facts]
    on_the_way: Sequence[Facts]
    unseen: Sequence[Facts]


def run(table: Table, samples: Samples, on: date) -> Figures:
    """Measure a table on these sets of facts. Raises what the table raises."""
    if not samples.decisions or not samples.unseen:
        raise ValueError("Nothing to measure: give at least one set of facts.")

    def evaluate(facts: Facts) -> object:
        return table.evaluate(facts, on)

    def evaluate_and_ask(facts: Facts) -> object:
        return table.evaluate(facts, on).ask

    def trace(facts: Facts) -> object:
        trace = table.trace(facts, on)
        found = trace.evaluation
        return trace.verdicts, found.matches, found.undecided, found.ask

    decision = _timing(evaluate, samples.decisions)
    on_the_way = _timing(evaluate_and_ask, samples.on_the_way or samples.decisions)
    return Figures(
        table=table.name,
        rows=len(table.rows),
        columns=len(table.facts_in_use),
        decisions=len(samples.decisions),
        steps=len(samples.on_the_way),
        decision=decision,
        on_the_way=on_the_way,
        trace=_timing(trace, samples.decisions),
        once=fmean(_us(evaluate_and_ask, facts, 1) for facts in samples.unseen),
    )


def in_words(figures: Figures) -> str:
    """The figures as a few lines for a terminal."""
    promise = "kept" if figures.kept else "NOT kept"
    return "\n".join(
        (
            f"{figures.table}: {figures.rows} rows, {figures.columns} facts; {figures.decisions} decisions, "
            f"{figures.steps} sets of facts on the way to them",
            "  µs of processor time             median   95 in 100   promised",
            _line("evaluate, at the decision", figures.decision, f"{EVALUATE_AT_MOST:8.0f}"),
            _line("evaluate and ask, on the way", figures.on_the_way, ""),
            _line("trace, at the decision", figures.trace, f"{TRACE_AT_MOST:8.0f}"),
            f"  evaluate and ask, conversations never seen before: {figures.once:.2f} on average",
            f"  promise {promise}",
        )
    )


def _line(name: str, timing: Timing, promised: str) -> str:
    return f"  {name:30} {timing.median:8.2f} {timing.most:11.2f} {promised}".rstrip()


def samples_of(table: Table, book: FactBook, on: date, *, count: int = 300, seed: int = 1) -> Samples:
    """Made-up conversations to measure by. Give a table of its own: walking them warms it, and the unseen ones
    are to be new to the table that is measured."""
    talks = [conversation(table, book, on, Random(seed * 1_000_003 + number)) for number in range(2 * count)]
    return Samples(
        decisions=[talk[-1] for talk in talks[:count]],
        on_the_way=[facts for talk in talks[:count] for facts in talk[:-1]],
        unseen=[facts for talk in talks[count:] for facts in talk],
    )


def conversation(table: Table, book: FactBook, on: date, random: Random) -> list[Facts]:
    """The sets of facts of one conversation that asks what the table asks first, the last one settled."""
    known = [name for name in table.facts_in_use if book[name].derived]
    facts: dict[str, Value] = {name: _likely(book[name], random, on) for name in known}
    facts |= {name: _likely(book[name], random, on) for name in OPENING if name in table.facts_in_use}
    steps: list[Facts] = [dict(facts)]
    while ask := table.evaluate(facts, on).ask:
        facts[ask[0]] = _likely(book[ask[0]], random, on)
        steps.append(dict(facts))
    return steps


def _likely(fact: Fact, random: Random, on: date) -> Value:
    """An answer as a conversation brings it: most things do not apply, a few are not known, dates are near."""
    if not fact.derived and random.random() < 0.04:
        return NOT_KNOWN
    if fact.type is FactType.YES_NO:
        return random.random() < 0.2
    if fact.type is FactType.WHOLE_NUMBER and fact.derived:
        return random.randint(max(fact.minimum or 0, 16), min(fact.maximum or 75, 75))
    if fact.type is FactType.DATE:
        return on + timedelta(days=random.randint(-14, 150))
    return _answer(fact, random, on)


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


def _timing(work: Callable[[Facts], object], samples: Sequence[Facts]) -> Timing:
    # All samples in each round, so that a disturbance of some seconds does not spoil every round of a few.
    rounds = [[_us(work, facts, REPEATS) for facts in samples] for _ in range(ROUNDS)]
    least = [min(times) for times in zip(*rounds, strict=True)]
    return Timing(median(least), quantiles(least, n=20)[-1] if len(least) > 1 else least[0])


def _us(work: Callable[[Facts], object], facts: Facts, repeats: int) -> float:
    begin = thread_time_ns()
    for _ in range(repeats):
        work(facts)
    return (thread_time_ns() - begin) / repeats / 1000


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
