"""What must hold for every table and every set of facts, against a plain evaluator of this test's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.samples import ON, unlinted
from waymark.policy import NOT_KNOWN, Contradiction, Interval, Table, lint_table, load_facts

MANY = settings(max_examples=80, deadline=None)
"""For what is tried with one set of facts for each table."""
EXHAUSTIVE = settings(max_examples=25, deadline=None)
"""For what goes through all sets of facts of a table, or all that could still be answered."""
BOOK = load_facts("""
[facts.a]
type = "choice"
choices = { x = "X", y = "Y", z = "Z" }
question = "?"
source = "made up"
[facts.b]
type = "yes_no"
question = "?"
source = "made up"
[facts.n]
type = "whole_number"
minimum = 0
maximum = 2
question = "?"
asked_when = "b = yes"
source = "made up"
[facts.d]
type = "date"
question = "?"
asked_when = "a = x, y"
source = "made up"
[facts.p]
type = "date_interval"
question = "?"
asked_when = "n >= 1 and a = not(z)"
source = "made up"
[facts.k]
type = "whole_number"
minimum = 0
maximum = 1
derived = "the caller"
source = "made up"
""")
SOON, LATE = ON + timedelta(days=3), ON + timedelta(days=30)
ANSWERS: dict[str, list[Any]] = {
    "a": ["x", "y", "z", NOT_KNOWN],
    "b": [True, False, NOT_KNOWN],
    "n": [0, 1, 2, NOT_KNOWN],
    "d": [SOON, LATE, NOT_KNOWN],
    "p": [Interval(SOON), Interval(SOON, SOON), Interval(SOON, LATE), NOT_KNOWN],
    "k": [0, 1, NOT_KNOWN],
}
GUARDS: dict[str, tuple[tuple[str, Callable[[Any], bool]], ...]] = {
    "n": (("b", lambda v: v is True),),
    "d": (("a", lambda v: v in ("x", "y")),),
    "p": (("n", lambda v: v in (1, 2)), ("a", lambda v: v in ("x", "y"))),
}
BEHIND = {"a": {"d", "p"}, "b": {"n", "p"}, "n": {"p"}}
CELLS: dict[str, list[tuple[str, Callable[[Any], bool]]]] = {
    "a": [
        ("x", lambda v: v == "x"),
        ('"x, z"', lambda v: v in ("x", "z")),
        ("not(x)", lambda v: v in ("y", "z")),
        ("known", lambda v: v is not NOT_KNOWN),
        ("not known", lambda v: v is NOT_KNOWN),
    ],
    "b": [
        ("yes", lambda v: v is True),
        ("no", lambda v: v is False),
        ("not known", lambda v: v is NOT_KNOWN),
    ],
    "n": [
        ("1", lambda v: v == 1),
        (">= 1", lambda v: v in (1, 2)),
        ("not([1..2])", lambda v: v == 0),
        ("not known", lambda v: v is NOT_KNOWN),
    ],
    "d": [
        ("<= today + 1 week", lambda v: v == SOON),
        ("> today + 1 week", lambda v: v == LATE),
        ("not known", lambda v: v is NOT_KNOWN),
    ],
    "p": [("known", lambda v: v is not NOT_KNOWN), ("not known", lambda v: v is NOT_KNOWN)],
    "p.end": [
        ("known", lambda v: v is not NOT_KNOWN and v.end is not None),
        (">= today + 1 week", lambda v: v == Interval(SOON, LATE)),
        ("not known", lambda v: v is NOT_KNOWN or v.end is None),
    ],
    "k": [("0", lambda v: v == 0), ("known", lambda v: v is not NOT_KNOWN)],
}
UNTIL: list[tuple[str, Callable[[dict[str, Any]], date | None]]] = [
    ("", lambda e: None),
    ("d + 1 day", lambda e: None if e["d"] is NOT_KNOWN else e["d"] + timedelta(days=1)),
    (
        '"first known(p.end, today)"',
        lambda e: ON if e["p"] is NOT_KNOWN or e["p"].end is None else e["p"].end,
    ),
]


@dataclass
class PlainRow:
    id: str
    rank: int
    cells: dict[str, tuple[str, Callable[[Any], bool]]]
    advice: str
    until: tuple[str, Callable[[dict[str, Any]], date | None]]


@dataclass
class Plain:
    """A table as a list of predicates, read by a loop."""

    hit: str
    columns: list[str]
    rows: list[PlainRow]

    def text(self, complete: bool = False) -> str:
        rank = "rank," if self.hit == "collect" else ""
        lines = [f"# hit: {self.hit}", f"# complete: {'yes' if complete else 'no'}", "# dates: until"]
        lines.append(f"id,{rank}{','.join(self.columns)},-> advice,-> until,layer,because,source")
        for row in self.rows:
            inputs = [row.cells[column][0] if column in row.cells else "-" for column in self.columns]
            own = [
                row.id,
                *([str(row.rank)] if rank else []),
                *inputs,
                row.advice,
                row.until[0],
                "G",
                "So.",
                "made up",
            ]
            lines.append(",".join(own))
        return "\n".join(lines) + "\n"

    def hits(self, facts: dict[str, Any]) -> list[PlainRow]:
        effective = in_effect(facts)
        found = [
            row
            for row in self.rows
            if all(accepts(effective[column.partition(".")[0]]) for column, (_, accepts) in row.cells.items())
        ]
        return sorted(found, key=lambda row: row.rank) if self.hit == "collect" else found

    def outputs(self, facts: dict[str, Any]) -> dict[str, Any] | None:
        found = self.hits(facts)
        if not found:
            return None
        return {"advice": found[0].advice, "until": found[0].until[1](in_effect(facts))}


def in_effect(facts: dict[str, Any]) -> dict[str, Any]:
    """Answers as they count: what does not apply, or is missing, is not known. Guards come first."""
    effective: dict[str, Any] = {}
    for name in ANSWERS:
        applies = all(accepts(effective[other]) for other, accepts in GUARDS.get(name, ()))
        given = facts.get(name)
        effective[name] = given if applies and given is not None else NOT_KNOWN
    return effective


@st.composite
def plain_tables(draw: st.DrawFn, hits: tuple[str, ...] = ("first", "collect")) -> Plain:
    columns = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=4, unique=True))
    rows = []
    for number in range(draw(st.integers(1, 6))):
        asked = draw(st.lists(st.sampled_from(columns), max_size=3, unique=True))
        cells = {column: draw(st.sampled_from(CELLS[column])) for column in asked}
        rows.append(
            PlainRow(
                f"R{number}",
                draw(st.integers(1, 4)),
                cells,
                draw(st.sampled_from(["book", "defer"])),
                draw(st.sampled_from(UNTIL)),
            )
        )
    return Plain(draw(st.sampled_from(hits)), columns, rows)


some_facts = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in ANSWERS.items()}
)
all_facts = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in ANSWERS.items()})


def completions(table: Table, facts: dict[str, Any], fixed: tuple[str, ...] = ()):
    """Every way in which the unknown facts of a table could be answered; a derived one is not asked."""
    open_facts = [
        name
        for name in table.facts_in_use
        if name not in facts and name not in fixed and not BOOK[name].derived
    ]
    for values in product(*(ANSWERS[name] for name in open_facts)):
        yield facts | dict(zip(open_facts, values, strict=True))


@given(plain_tables(), all_facts)
@MANY
def test_the_matches_are_those_of_a_plain_loop(plain, facts):
    evaluation = unlinted(plain.text(), BOOK).evaluate(facts, ON)
    assert [row.id for row in evaluation.matches] == [row.id for row in plain.hits(facts)]
    assert evaluation.settled
    assert evaluation.outputs == plain.outputs(facts)


@given(plain_tables(), some_facts)
@EXHAUSTIVE
def test_settled_advice_holds_whatever_is_answered_later(plain, facts):
    table = unlinted(plain.text(), BOOK)
    evaluation = table.evaluate(facts, ON)
    if evaluation.settled:
        for complete in completions(table, facts):
            assert plain.outputs(complete) == evaluation.outputs


@given(plain_tables(), some_facts)
@EXHAUSTIVE
def test_certain_rows_match_and_excluded_rows_do_not_whatever_is_answered(plain, facts):
    table = unlinted(plain.text(), BOOK)
    evaluation = table.evaluate(facts, ON)
    certain = {row.id for row in evaluation.matches}
    possible = certain | {row.id for row in evaluation.undecided}
    for complete in completions(table, facts):
        hits = {row.id for row in plain.hits(complete)}
        assert certain <= hits <= possible


@given(plain_tables(), some_facts)
@EXHAUSTIVE
def test_a_fact_that_is_not_asked_cannot_change_the_advice(plain, facts):
    """Nor can one that stands behind a guard, unless a fact of that guard is asked."""
    table = unlinted(plain.text(), BOOK)
    ask = set(table.evaluate(facts, ON).ask)
    mattering = ask | {name for asked in ask for name in BEHIND.get(asked, ())}
    idle = [name for name in table.facts_in_use if name not in facts and name not in mattering]
    idle = [name for name in idle if not BOOK[name].derived]
    for complete in completions(table, facts, fixed=tuple(idle)):
        outcomes = [
            plain.outputs(complete | dict(zip(idle, values, strict=True)))
            for values in product(*(ANSWERS[name] for name in idle))
        ]
        assert all(outcome == outcomes[0] for outcome in outcomes)


@given(plain_tables(), some_facts, st.data())
@MANY
def test_answering_anything_always_comes_to_an_end(plain, facts, data):
    table = unlinted(plain.text(), BOOK)
    facts, asked = dict(facts), set()
    evaluation = table.evaluate(facts, ON)
    while evaluation.ask:
        name = evaluation.ask[0]
        assert name not in asked and not BOOK[name].derived
        assert BOOK.applicable(name, facts, ON) is True
        asked.add(name)
        facts[name] = data.draw(st.sampled_from(ANSWERS[name]))
        evaluation = table.evaluate(facts, ON)
    assert evaluation.settled
    assert evaluation.outputs == plain.outputs(facts)


@given(plain_tables(), some_facts)
@EXHAUSTIVE
def test_a_table_says_what_the_book_says_of_what_applies(plain, facts):
    table = unlinted(plain.text(), BOOK)
    expected = {name for name in table.facts_in_use if BOOK.applicable(name, facts, ON) is False}
    assert set(table.trace(facts, ON).inapplicable) == expected


@given(plain_tables(), some_facts)
@EXHAUSTIVE
def test_the_trace_agrees_with_the_evaluation(plain, facts):
    trace = unlinted(plain.text(), BOOK).trace(facts, ON)
    told = {
        verdict: {each.row for each in trace.verdicts if each.verdict == verdict}
        for verdict in ("matched", "undecided")
    }
    assert told["matched"] == set(trace.evaluation.matches)
    assert told["undecided"] == set(trace.evaluation.undecided)
    assert all(each.cells for each in trace.verdicts if each.verdict != "matched")


@given(plain_tables())
@EXHAUSTIVE
def test_a_gap_is_found_exactly_when_some_combination_has_no_row(plain):
    table = unlinted(plain.text(), BOOK)
    found = any("gap" in each.message for each in lint_table(plain.text(complete=True), "t.csv", BOOK))
    assert found is any(not plain.hits(facts) for facts in everything(table))


@given(plain_tables(hits=("unique",)))
@EXHAUSTIVE
def test_an_overlap_is_found_exactly_when_two_rows_can_match(plain):
    table = unlinted(plain.text(), BOOK)
    found = any("overlaps" in each.message for each in lint_table(plain.text(), "t.csv", BOOK))
    assert found is any(len(plain.hits(facts)) > 1 for facts in everything(table))


@given(plain_tables())
@EXHAUSTIVE
def test_a_row_is_dead_exactly_when_it_never_decides(plain):
    table = unlinted(plain.text(), BOOK)
    findings = lint_table(plain.text(), "t.csv", BOOK)
    found = {each.message.split(" ")[0] for each in findings if " never " in each.message}
    deciding = {hits[0].id for facts in everything(table) if (hits := plain.hits(facts))}
    assert found == {row.id for row in plain.rows} - deciding


@given(plain_tables(hits=("unique",)), some_facts)
@EXHAUSTIVE
def test_a_unique_table_without_overlaps_never_contradicts_itself(plain, facts):
    if not lint_table(plain.text(), "t.csv", BOOK):
        table = unlinted(plain.text(), BOOK)
        evaluation = table.evaluate(facts, ON)
        for complete in completions(table, facts):
            assert not evaluation.settled or plain.outputs(complete) == evaluation.outputs
            assert len(plain.hits(complete)) <= 1


@given(plain_tables(hits=("unique",)), all_facts)
@EXHAUSTIVE
def test_a_contradiction_is_never_passed_over(plain, facts):
    table = unlinted(plain.text(), BOOK)
    try:
        assert len(table.evaluate(facts, ON).matches) <= 1
    except Contradiction as contradiction:
        assert [row.id for row in contradiction.rows] == [row.id for row in plain.hits(facts)]


def everything(table: Table):
    """Every complete set of facts. ANSWERS has one of each class that CELLS can tell apart."""
    for values in product(*(ANSWERS[name] for name in table.facts_in_use)):
        yield dict(zip(table.facts_in_use, values, strict=True))
