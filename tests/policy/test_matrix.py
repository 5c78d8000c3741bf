"""The claim of matrix.py: a caseload is evaluated column by column, not person by person."""

from operator import and_

from tests.policy.samples import ON
from waymark.policy import load_table
from waymark.policy.benchmark import random_samples, wide_facts, wide_table
from waymark.policy.kinds import NOT_KNOWN

BOOK = wide_facts(20)
TABLE = load_table(wide_table(25, 20), path="wide.csv", facts=BOOK)


def numbered(column):
    """A column's answers as a list of masks, and which place in it a value has: what np.take wants."""
    masks = column.parts if hasattr(column, "parts") else list(column.values())
    table = [*masks, column[NOT_KNOWN], column[None]]
    return table, lambda value: table.index(column[value])


def test_a_caseload_evaluated_by_column_gives_what_each_person_gets():
    people = random_samples(BOOK, 300, ON)
    day = TABLE.day(ON)
    states = [day.start] * len(people)
    for name, column in day.free:
        masks, place = numbered(column)
        codes = [place(person.get(name)) for person in people]
        states = list(map(and_, states, map(masks.__getitem__, codes)))
    rows = TABLE.matrix.rows
    winners = [(state & rows & -(state & rows)).bit_length() - 1 for state in states]
    expected = [TABLE.evaluate(person, ON).leaning for person in people]
    assert [TABLE.rows[winner] if winner >= 0 else None for winner in winners] == expected


def test_every_lane_fits_where_it_is_said_to_be():
    matrix = TABLE.matrix
    assert matrix.start.bit_length() == 2 * matrix.width + len(matrix.asked)
    assert matrix.rows.bit_count() == len(TABLE.rows)


def test_values_are_remembered_only_up_to_a_bound():
    book = wide_facts(5)
    made = load_table(wide_table(6, 5), path="wide.csv", facts=book)
    for number in range(10_000):
        made.evaluate({"f2": number}, ON)
    assert all(len(masks) <= 4100 for masks in made.day(ON).masks.values())
