"""A small book of facts and short ways to make tables, for the tests of the policy engine."""

from datetime import date

from waymark.policy import FactBook, Table, load_facts, load_table
from waymark.policy.reading import read_sheet

ON = date(2004, 5, 4)

FACTS = """
[facts.benefit]
type = "choice"
choices = { jsa = "Jobseeker's Allowance", ib = "Incapacity Benefit", sda = "Severe Disablement Allowance" }
question = "Which benefit is being claimed?"
source = "D:L528"

[facts.pregnant]
type = "yes_no"
question = "Is the customer pregnant?"
sensitivity = "sensitive"
source = "D:L698"

[facts.due_date]
type = "date"
question = "When is the baby due?"
asked_when = "pregnant = yes"
source = "D:L698"

[facts.age]
type = "whole_number"
minimum = 0
maximum = 120
derived = "date of birth"
source = "D:L630"

[facts.children]
type = "whole_number"
minimum = 0
maximum = 20
question = "How many children are there?"
source = "local"

[facts.certificate_until]
type = "date"
question = "Until when is the medical certificate?"
source = "D:L710"

[facts.hospital_stay]
type = "date_interval"
question = "From when until when is the stay in hospital?"
source = "D:L711"
"""

BOOK: FactBook = load_facts(FACTS)


def text(*rows: str, inputs: str, hit: str = "first", outputs: str = "advice", settings: str = "") -> str:
    """A table from rows of ``id,inputs,outputs``, or for collect ``id,rank,inputs,outputs``."""
    rank = "rank," if hit == "collect" else ""
    arrows = ",".join(f"-> {each}" for each in outputs.split(","))
    header = f"id,{rank}{inputs},{arrows},layer,because,source"
    lines = [f"{row},G,It is so.,D:L1" for row in rows]
    return "\n".join([f"# hit: {hit}", *settings.splitlines(), header, *lines]) + "\n"


def table(*rows: str, inputs: str, hit: str = "first", outputs: str = "advice", settings: str = "") -> Table:
    made = text(*rows, inputs=inputs, hit=hit, outputs=outputs, settings=settings)
    return load_table(made, path="sample.csv", facts=BOOK)


def unlinted(made: str, book: FactBook = BOOK) -> Table:
    """A table whose rows were not compared, for what the linter would refuse."""
    sheet, findings = read_sheet(made, "sample.csv", book)
    assert findings == []
    return Table(sheet, book, "test")


def accepts(cell: str, value: object, column: str = "benefit") -> bool:
    """Does the only row of a one-cell table match this answer?"""
    fact = column.partition(".")[0]
    facts = {fact: value} | ({"pregnant": True} if fact == "due_date" else {})
    quoted = f'"{cell}"'
    return bool(table(f"R1,{quoted},yes", inputs=column).evaluate(facts, ON).matches)
