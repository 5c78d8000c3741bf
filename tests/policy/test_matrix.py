"""The claim of matrix.py: a caseload is evaluated column by column, not person by person."""

from datetime import timedelta
from operator import add

from tests.policy.samples import ON
from waymark.policy import Interval, load_facts, load_table
from waymark.policy.benchmark import random_samples, wide_facts, wide_table
from waymark.policy.matrix import REMEMBERED_VALUES

WIDE = wide_facts(20)
GUARDED = load_facts("""
[facts.a]
type = "choice"
choices = { x = "X", y = "Y", z = "Z" }
question = "?"
source = "made up"
[facts.b]
type = "yes_no"
question = "?"
source = "made up"
asked_when = "a = x, y"
[facts.n]
type = "whole_number"
minimum = 0
maximum = 40
question = "?"
source = "made up"
asked_when = "b = yes and a = not(y)"
[facts.p]
type = "date_interval"
question = "?"
source = "made up"
asked_when = "b = yes"
[facts.k]
type = "whole_number"
minimum = 0
maximum = 9
derived = "the caller"
source = "made up"
""")
BEHIND_GUARDS = """# hit: collect
id,rank,a,b,n,p.end,k,-> advice,layer,because,source
R1,1,x,-,>= 18,-,-,one,G,So.,made up
R2,2,-,-,-,<= today,-,two,G,So.,made up
R3,3,-,not known,-,-,>= 5,three,G,So.,made up
R4,4,not(z),no,-,-,-,four,G,So.,made up
R5,5,-,-,not known,-,not known,five,G,So.,made up
R6,6,-,-,-,-,-,six,G,So.,made up
"""


def by_column(table, people):
    """The states of all people. Each line that goes over people is one operation on whole arrays: codes are
    made once for a caseload, ``adds`` is np.take, the sums are +, and a group is np.where."""
    day = table.day(ON)

    def adds(name):
        codes = [(name, person.get(name)) for person in people]
        return map(day.ledger.__getitem__, codes)

    states = [day.start] * len(people)
    for name in day.free:
        states = list(map(add, states, adds(name)))
    for group in day.groups:
        answered = [0] * len(people)
        for name in group.names:
            answered = list(map(add, answered, adds(name)))
        states = [
            state + (given if state & group.certain else group.closed if state & group.refused else 0)
            for state, given in zip(states, answered, strict=True)
        ]
    return states


def agrees(table, people):
    rows = table.matrix.rows
    stride = table.matrix.stride
    certain = [state & rows for state in by_column(table, people)]
    winners = [(bits & -bits).bit_length() // stride - 1 if bits else None for bits in certain]
    expected = [table.evaluate(person, ON).leaning for person in people]
    return [None if winner is None else table.rows[winner] for winner in winners] == expected


def test_a_caseload_evaluated_by_column_gives_what_each_person_gets():
    table = load_table(wide_table(25, 20), path="wide.csv", facts=WIDE)
    assert agrees(table, random_samples(WIDE, 300, ON))


def test_a_caseload_with_facts_behind_guards_is_evaluated_by_column_too():
    table = load_table(BEHIND_GUARDS, path="guarded.csv", facts=GUARDED)
    people = [*random_samples(GUARDED, 300, ON), *random_samples(GUARDED, 300, ON, unknown=0.7)]
    assert agrees(table, people)
    assert len({table.evaluate(person, ON).leaning for person in people}) == 6


def test_every_counter_fits_where_it_is_said_to_be():
    table = load_table(BEHIND_GUARDS, path="guarded.csv", facts=GUARDED)
    matrix, day = table.matrix, table.day(ON)
    assert matrix.rows.bit_count() == len(table.rows)
    everything = {"a": "x", "b": True, "n": 20, "p": Interval(ON, ON + timedelta(days=1)), "k": 3}
    for known in range(len(everything) + 1):
        state, _ = day.read(dict(list(everything.items())[:known]))
        certain, refused = state & matrix.rows, state >> matrix.refused_by & matrix.rows
        assert not certain & refused
        assert state.bit_length() <= matrix.guards_from + 2 * matrix.stride * len(matrix.guards)


def test_values_are_remembered_only_up_to_a_bound():
    made = load_table(wide_table(6, 5), path="wide.csv", facts=wide_facts(5))
    for number in range(10_000):
        made.evaluate({"f2": number, "no fact of the table": number}, ON)
    assert len(made.day(ON).ledger) <= REMEMBERED_VALUES
