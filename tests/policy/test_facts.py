import json
from datetime import date

import pytest

from tests.policy.samples import BOOK, FACTS, ON
from waymark.policy import NOT_KNOWN, BadFacts, FactType, Interval, LintErrors, lint_facts, load_facts


def problem(**given):
    with pytest.raises(BadFacts) as bad:
        BOOK.parse(given)
    assert len(bad.value.problems) == 1
    return bad.value.problems[0]


def test_facts_keep_the_order_of_the_file():
    assert list(BOOK)[:3] == ["benefit", "pregnant", "due_date"]


def test_a_fact_has_its_type_and_words():
    assert BOOK["benefit"].type is FactType.CHOICE
    assert BOOK["benefit"].choices["ib"] == "Incapacity Benefit"
    assert BOOK["due_date"].words == "due date"


def test_facts_can_be_read_from_a_file(tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text(FACTS, encoding="utf-8")
    assert list(load_facts(path)) == list(BOOK)


@pytest.mark.parametrize(
    ("fact", "given", "value"),
    [
        ("benefit", "ib", "ib"),
        ("pregnant", True, True),
        ("pregnant", "yes", True),
        ("pregnant", "no", False),
        ("children", 3, 3),
        ("due_date", "2004-08-01", date(2004, 8, 1)),
        ("due_date", date(2004, 8, 1), date(2004, 8, 1)),
        (
            "hospital_stay",
            {"start": "2004-05-01", "end": "2004-05-20"},
            Interval(date(2004, 5, 1), date(2004, 5, 20)),
        ),
        ("hospital_stay", {"start": "2004-05-01", "end": None}, Interval(date(2004, 5, 1))),
        ("hospital_stay", {"start": "2004-05-01"}, Interval(date(2004, 5, 1))),
        (
            "hospital_stay",
            {"start": "2004-05-01", "end": "2004-05-01"},
            Interval(date(2004, 5, 1), date(2004, 5, 1)),
        ),
        ("hospital_stay", Interval(date(2004, 5, 1)), Interval(date(2004, 5, 1))),
        ("benefit", "not known", NOT_KNOWN),
        ("due_date", NOT_KNOWN, NOT_KNOWN),
    ],
)
def test_an_answer_is_read_as_its_type(fact, given, value):
    assert BOOK.parse({fact: given}) == {fact: value}


def test_what_was_not_asked_is_left_out():
    assert BOOK.parse({"benefit": None}) == {}


def test_answers_survive_the_way_through_json():
    facts = {
        "benefit": "ib",
        "pregnant": False,
        "children": 2,
        "due_date": date(2004, 8, 1),
        "age": NOT_KNOWN,
        "hospital_stay": Interval(date(2004, 5, 1)),
    }
    assert BOOK.parse(json.loads(json.dumps(BOOK.to_json(facts)))) == facts


def test_an_unknown_fact_is_met_with_the_nearest():
    found = problem(benefitt="ib")
    assert found.message == "There is no fact benefitt."
    assert found.would_be_right == "Did you mean benefit?"


def test_a_wrong_choice_is_met_with_the_choices():
    found = problem(benefit="dla")
    assert (found.fact, found.given) == ("benefit", "dla")
    assert "jsa, ib, sda" in found.would_be_right


@pytest.mark.parametrize("given", [1, True, ["ib"]])
def test_a_choice_must_be_a_word(given):
    assert problem(benefit=given).message == f"{given} is not a choice."


@pytest.mark.parametrize("given", [1, "maybe", "Yes"])
def test_a_yes_no_must_be_yes_or_no(given):
    assert "neither yes nor no" in problem(pregnant=given).message


@pytest.mark.parametrize("given", ["3", 3.0, True])
def test_a_number_must_be_a_whole_number(given):
    assert "not a whole number" in problem(children=given).message


@pytest.mark.parametrize("given", [-1, 21])
def test_a_number_must_be_in_range(given):
    found = problem(children=given)
    assert found.message == f"{given} is out of range."
    assert found.would_be_right == "Use a whole number from 0 to 20."


@pytest.mark.parametrize("given", ["2004-02-30", "4 May 2004", 20040504, "1066-10-14"])
def test_an_impossible_date_is_refused(given):
    assert problem(due_date=given).fact == "due_date"


def test_a_stay_cannot_end_before_it_starts():
    found = problem(hospital_stay={"start": "2004-05-20", "end": "2004-05-01"})
    assert "before it starts" in found.message


@pytest.mark.parametrize(
    "given", ["2004-05-20", {}, {"end": "2004-05-20"}, {"start": "2004-05-01", "until": None}]
)
def test_a_stay_needs_a_start_and_an_end(given):
    assert problem(hospital_stay=given).message == "A start and an end are needed."


def test_a_wrong_end_is_named():
    assert (
        "no day of the calendar"
        in problem(hospital_stay={"start": "2004-05-01", "end": "2004-05-32"}).message
    )


def test_all_problems_are_reported_at_once():
    with pytest.raises(BadFacts) as bad:
        BOOK.parse({"benefit": "x", "children": -1, "agee": 3})
    assert [each.fact for each in bad.value.problems] == ["benefit", "children", "agee"]


# Guards


@pytest.mark.parametrize(
    ("facts", "applies"),
    [({}, None), ({"pregnant": True}, True), ({"pregnant": False}, False), ({"pregnant": NOT_KNOWN}, False)],
)
def test_a_guard_is_true_false_or_open(facts, applies):
    assert BOOK.applicable("due_date", facts) is applies


def test_a_fact_without_a_guard_always_applies():
    assert BOOK.applicable("benefit", {}) is True


NESTED = (
    FACTS
    + """
[facts.twins]
type = "yes_no"
question = "Are there two?"
asked_when = "due_date = <= today + 11 weeks and benefit = not(jsa) and children = >= 0"
source = "local"
"""
)


def test_a_guard_behind_a_false_guard_is_false():
    book = load_facts(NESTED)
    assert book.applicable("twins", {"pregnant": False, "benefit": "ib"}, ON) is False


def test_a_false_condition_decides_though_another_is_open():
    assert load_facts(NESTED).applicable("twins", {"benefit": "jsa"}, ON) is False


def test_a_guard_with_several_conditions_needs_all():
    facts = {"pregnant": True, "due_date": ON, "benefit": "ib"}
    book = load_facts(NESTED)
    assert book.applicable("twins", facts, ON) is None
    assert book.applicable("twins", facts | {"children": 0}, ON) is True


def test_a_guard_that_speaks_of_today_needs_the_day():
    with pytest.raises(ValueError, match="the day is needed"):
        load_facts(NESTED).applicable("twins", {"pregnant": True, "due_date": ON})


def test_a_comparison_in_a_guard_needs_no_equals_sign():
    book = load_facts(FACTS.replace('asked_when = "pregnant = yes"', 'asked_when = "age >= 16 and age < 60"'))
    assert [book.applicable("due_date", {"age": age}) for age in (15, 16, 59, 60)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_missing_derived_fact_counts_as_not_known():
    assert BOOK.effective("age", {}) is NOT_KNOWN


# What the linter says

GOOD = '[facts.a]\ntype = "yes_no"\nquestion = "A?"\nsource = "local"\n'


def entry(**settings: str) -> str:
    lines = {"type": '"yes_no"', "question": '"B?"', "source": '"local"'} | settings
    return (
        GOOD + "[facts.b]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items() if value) + "\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[facts.a", 1, "not TOML"),
        ("", 1, "no facts"),
        (GOOD + "[extra]\n", 1, "extra has no place"),
        ('[facts]\na = "yes"\n', 1, "a is not a fact"),
        (GOOD.replace("facts.a", "facts.A"), 1, "cannot be the name"),
        (GOOD.replace("facts.a", "facts.today"), 1, "cannot be the name"),
        (entry(type='"text"'), 5, "text is not a type"),
        (entry(typ='"text"'), 5, "typ is not a setting"),
        (entry(type='"choice"'), 5, "has no choices"),
        (entry(choices='{ x = "X" }'), 5, "only a choice has choices"),
        (entry(type='"choice"', choices='{ "X y" = "X" }'), 5, "cannot be a choice"),
        (entry(type='"choice"', choices='{ x = "" }'), 5, "no word for the screen"),
        (entry(minimum="1"), 5, "only a whole number has a range"),
        (entry(type='"whole_number"', minimum='"1"'), 5, "are whole numbers"),
        (entry(type='"whole_number"', minimum="3", maximum="2"), 5, "above the maximum"),
        (entry(question=""), 5, "has no question"),
        (entry(source=""), 5, "has no source"),
        (entry(help="3"), 5, "help is not text"),
        (entry(sensitivity='"secret"'), 5, "no sensitivity"),
        (entry(asked_when='"c = yes"'), 5, "There is no fact c"),
        (entry(asked_when='"a is yes"'), 5, "not a condition"),
        (entry(asked_when='"a = perhaps"'), 5, "not an answer to a"),
        (entry(asked_when='"a.end = known"'), 5, "a has no end"),
        (entry(asked_when='"b = yes"'), 5, "comes back to b itself"),
    ],
)
def test_each_mistake_in_a_book_of_facts_is_found_with_its_line(text, line, words):
    findings = lint_facts(text, "facts.toml")
    assert [(each.path, each.line, each.severity) for each in findings] == [("facts.toml", line, "error")]
    assert words in findings[0].message
    assert findings[0].cure


def test_a_circle_of_guards_is_found_at_every_fact_in_it():
    text = entry(asked_when='"a = yes"').replace("[facts.b]", 'asked_when = "b = yes"\n[facts.b]')
    assert [each.line for each in lint_facts(text, "facts.toml")] == [1, 6]


def test_a_book_with_mistakes_is_not_loaded():
    with pytest.raises(LintErrors, match=r"pack/facts.toml:5: error: b has no source"):
        load_facts(entry(source=""), path="pack/facts.toml")


def test_a_good_book_has_no_findings():
    assert lint_facts(FACTS, "facts.toml") == []
