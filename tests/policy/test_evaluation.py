import pickle
from copy import deepcopy
from datetime import date

import pytest

from tests.policy.samples import FACTS, ON, table, text, unlinted
from waymark.policy import NOT_KNOWN, BadFacts, Contradiction, Interval, load_facts, what_to_ask


def ids(rows):
    return [row.id for row in rows]


# First

FIRST = table("R1,yes,-,defer", "R2,-,jsa,book", "R3,-,-,waive", inputs="pregnant,benefit")


def test_first_takes_the_first_row_that_matches():
    evaluation = FIRST.evaluate({"pregnant": True, "benefit": "jsa"}, ON)
    assert evaluation.settled
    assert evaluation.row.id == "R1"
    assert evaluation.outputs == {"advice": "defer"}
    assert ids(evaluation.matches) == ["R1", "R2", "R3"]


def test_first_settles_early_when_the_first_row_matches():
    assert FIRST.evaluate({"pregnant": True}, ON).settled


def test_first_waits_for_every_row_before():
    evaluation = FIRST.evaluate({"benefit": "jsa"}, ON)
    assert not evaluation.settled
    assert evaluation.outputs is None and evaluation.row is None
    assert evaluation.leaning.id == "R2"
    assert ids(evaluation.undecided) == ["R1"]
    assert evaluation.ask == ("pregnant",)


def test_first_waits_even_for_a_row_with_the_same_outputs():
    made = table("R1,yes,book", "R2,-,book", inputs="pregnant")
    assert not made.evaluate({}, ON).settled


def test_an_answer_not_known_fails_a_test_and_settles():
    evaluation = FIRST.evaluate({"pregnant": NOT_KNOWN, "benefit": "ib"}, ON)
    assert evaluation.row.id == "R3"


def test_no_row_may_match_where_the_table_is_not_complete():
    made = table("R1,yes,defer", inputs="pregnant")
    evaluation = made.evaluate({"pregnant": False}, ON)
    assert evaluation.settled
    assert evaluation.outputs is None and evaluation.row is None and evaluation.ask == ()


def test_a_fact_that_is_none_has_not_been_asked():
    assert FIRST.evaluate({"pregnant": None, "benefit": None}, ON) == FIRST.evaluate({}, ON)


def test_facts_that_the_table_does_not_use_change_nothing():
    assert FIRST.evaluate({"pregnant": True, "children": 3}, ON) == FIRST.evaluate({"pregnant": True}, ON)


@pytest.mark.parametrize("facts", [{"benefit": "dla"}, {"pregnant": "yes"}])
def test_an_answer_of_the_wrong_type_is_refused(facts):
    with pytest.raises(BadFacts):
        FIRST.evaluate(facts, ON)


@pytest.mark.parametrize(
    ("column", "value"), [("age", "16"), ("age", True), ("due_date", "2004-05-04"), ("hospital_stay", ON)]
)
def test_a_number_a_date_or_a_stay_of_the_wrong_type_is_refused(column, value):
    made = table("R1,known,yes", inputs=column)
    with pytest.raises(BadFacts):
        made.evaluate({column: value, "pregnant": True}, ON)


# Unique

UNIQUE = table("R1,< 16,book", "R2,[16..17],waive", "R3,>= 18,defer", inputs="children", hit="unique")


def test_unique_gives_the_one_row():
    assert UNIQUE.evaluate({"children": 16}, ON).row.id == "R2"


def test_unique_settles_with_a_match_since_no_other_row_can():
    made = table("R1,yes,-,book", "R2,no,jsa,waive", inputs="pregnant,benefit", hit="unique")
    assert made.evaluate({"pregnant": True}, ON).settled


def test_unique_refuses_to_choose_between_two_rows():
    made = unlinted(text("R1,yes,book", "R2,-,waive", inputs="pregnant", hit="unique"))
    with pytest.raises(Contradiction, match="R1 and R2 both match") as contradiction:
        made.evaluate({"pregnant": True}, ON)
    assert ids(contradiction.value.rows) == ["R1", "R2"]


# Collect

COLLECT = table(
    "R1,30,-,yes,defer",
    "R2,10,jsa,-,book",
    "R3,20,ib,-,waive",
    "R4,90,-,-,book",
    inputs="benefit,pregnant",
    hit="collect",
)


def test_collect_takes_the_lowest_rank_and_reports_all():
    evaluation = COLLECT.evaluate({"benefit": "ib", "pregnant": True}, ON)
    assert evaluation.outputs == {"advice": "waive"}
    assert ids(evaluation.matches) == ["R3", "R1", "R4"]


def test_collect_takes_the_earlier_of_equal_ranks():
    made = table("R1,5,-,first", "R2,5,-,second", inputs="pregnant", hit="collect")
    assert made.evaluate({}, ON).row.id == "R1"


def test_collect_settles_though_a_lower_row_is_undecided():
    evaluation = COLLECT.evaluate({"benefit": "jsa"}, ON)
    assert evaluation.settled and evaluation.ask == ()
    assert ids(evaluation.undecided) == ["R1"]


def test_collect_waits_for_an_undecided_row_that_could_win():
    evaluation = COLLECT.evaluate({"benefit": "sda"}, ON)
    assert not evaluation.settled
    assert evaluation.leaning.id == "R4"
    assert evaluation.ask == ("pregnant",)


def test_collect_does_not_wait_for_a_row_with_the_same_outputs():
    made = table("R1,10,yes,book", "R2,20,-,book", inputs="pregnant", hit="collect")
    assert made.evaluate({}, ON).row.id == "R2"


def test_an_alike_row_that_may_shield_from_a_rival_is_still_asked_about():
    made = table(
        "R1,1,yes,-,book", "R2,2,-,jsa,defer", "R3,3,-,-,book", inputs="pregnant,benefit", hit="collect"
    )
    evaluation = made.evaluate({}, ON)
    assert not evaluation.settled
    assert set(evaluation.ask) == {"pregnant", "benefit"}
    assert made.evaluate({"benefit": "ib"}, ON).settled


# Outputs

DATED = table(
    "R1,1,yes,defer,due_date + 7 weeks,today + 3 years,a; b,",
    "R2,2,-,book,-,,,note",
    inputs="pregnant",
    outputs="advice,until,review_on,ask,remark",
    hit="collect",
    settings="# dates: until, review_on\n# lists: ask",
)


def test_outputs_have_their_types():
    outputs = DATED.evaluate({"pregnant": True, "due_date": date(2004, 8, 1)}, ON).outputs
    assert outputs == {
        "advice": "defer",
        "until": date(2004, 9, 19),
        "review_on": date(2007, 5, 4),
        "ask": ("a", "b"),
        "remark": None,
    }


def test_empty_outputs_are_none_or_an_empty_list():
    outputs = DATED.evaluate({"pregnant": False}, ON).outputs
    assert outputs == {"advice": "book", "until": None, "review_on": None, "ask": (), "remark": "note"}


def test_advice_waits_for_the_date_it_is_computed_from():
    evaluation = DATED.evaluate({"pregnant": True}, ON)
    assert not evaluation.settled
    assert evaluation.leaning.id == "R1"
    assert evaluation.ask == ("due_date",)


def test_a_date_that_nobody_knows_gives_no_date():
    outputs = DATED.evaluate({"pregnant": True, "due_date": NOT_KNOWN}, ON).outputs
    assert outputs["until"] is None and outputs["advice"] == "defer"


def test_the_answer_can_be_changed_without_changing_the_table():
    DATED.evaluate({"pregnant": False}, ON).outputs["advice"] = "spoilt"
    assert DATED.evaluate({"pregnant": False}, ON).outputs["advice"] == "book"


def test_an_expression_reads_the_ends_of_a_stay():
    made = table(
        'R1,known,"first known(hospital_stay.end + 2 weeks, hospital_stay.start + 1 month)"',
        inputs="hospital_stay",
        outputs="until",
        settings="# dates: until",
    )
    closed = Interval(date(2004, 5, 1), date(2004, 5, 20))
    assert made.evaluate({"hospital_stay": closed}, ON).outputs["until"] == date(2004, 6, 3)
    assert made.evaluate({"hospital_stay": Interval(date(2004, 1, 31))}, ON).outputs["until"] == date(
        2004, 2, 29
    )


# The day of decision

WEEKS = table("R1,<= today + 11 weeks,defer", "R2,-,book", inputs="certificate_until")


def test_today_is_the_day_of_decision():
    facts = {"certificate_until": date(2004, 7, 21)}
    assert WEEKS.evaluate(facts, date(2004, 5, 4)).row.id == "R2"
    assert WEEKS.evaluate(facts, date(2004, 5, 5)).row.id == "R1"


def test_many_days_can_be_replayed():
    facts = {"certificate_until": date(2004, 7, 21)}
    rows = {WEEKS.evaluate(facts, date.fromordinal(ON.toordinal() + day)).row.id for day in range(200)}
    assert rows == {"R1", "R2"}


# Guards


GUARDED = table("R1,<= today + 11 weeks,defer", "R2,-,book", inputs="due_date")


def test_a_fact_whose_guard_is_false_counts_as_not_known():
    assert GUARDED.evaluate({"pregnant": False, "due_date": ON}, ON).row.id == "R2"


def test_a_fact_that_does_not_apply_never_blocks_settling():
    assert GUARDED.evaluate({"pregnant": False}, ON).settled


def test_an_answer_counts_only_once_its_guard_is_settled():
    evaluation = GUARDED.evaluate({"due_date": ON}, ON)
    assert not evaluation.settled
    assert evaluation.ask == ("pregnant",)


def test_a_fact_is_asked_once_its_guard_is_true():
    assert GUARDED.evaluate({"pregnant": True}, ON).ask == ("due_date",)


# What to ask


def test_the_guards_facts_are_asked_in_stead_of_the_fact():
    assert what_to_ask(GUARDED, {}, ON) == ("pregnant",)


def test_a_derived_fact_is_never_asked():
    made = table("R1,>= 60,waive", "R2,-,book", inputs="age")
    evaluation = made.evaluate({}, ON)
    assert evaluation.settled and evaluation.row.id == "R2"


def test_what_can_no_longer_change_the_advice_is_not_asked():
    made = table("R1,yes,jsa,book", "R2,-,-,defer", inputs="pregnant,benefit")
    assert what_to_ask(made, {}, ON) == ("benefit", "pregnant")
    assert what_to_ask(made, {"pregnant": False}, ON) == ()


def test_the_fact_that_decides_most_rows_comes_first():
    made = table("R1,yes,-,a", "R2,-,1,b", "R3,-,2,c", "R4,-,3,d", "R5,-,-,e", inputs="pregnant,children")
    assert what_to_ask(made, {}, ON) == ("children", "pregnant")


def test_rows_that_take_precedence_weigh_more():
    made = table("R1,1,-,a", "R2,-,yes,b", "R3,-,-,c", inputs="children,pregnant")
    assert what_to_ask(made, {}, ON) == ("children", "pregnant")


def test_a_tie_is_broken_by_the_order_of_the_script():
    made = table("R1,1,yes,a", "R2,-,-,b", inputs="children,pregnant")
    assert what_to_ask(made, {}, ON) == ("pregnant", "children")


def test_nested_guards_are_asked_from_the_outside_in():
    book = load_facts(
        FACTS
        + '[facts.twins]\ntype = "yes_no"\nquestion = "?"\nsource = "local"\n'
        + 'asked_when = "due_date = known"\n'
    )
    made = unlinted(text("R1,yes,defer", "R2,-,book", inputs="twins"), book)
    assert what_to_ask(made, {}, ON) == ("pregnant",)
    assert what_to_ask(made, {"pregnant": True}, ON) == ("due_date",)
    assert what_to_ask(made, {"pregnant": True, "due_date": ON}, ON) == ("twins",)
    assert what_to_ask(made, {"pregnant": True, "due_date": NOT_KNOWN}, ON) == ()


def test_a_derived_answer_waits_for_its_guard():
    book = load_facts(
        FACTS.replace('derived = "date of birth"', 'derived = "date of birth"\nasked_when = "pregnant = yes"')
    )
    made = unlinted(text("R1,>= 16,defer", "R2,-,book", inputs="age"), book)
    assert what_to_ask(made, {"age": 20}, ON) == ("pregnant",)
    assert made.evaluate({"age": 20, "pregnant": True}, ON).row.id == "R1"


# What is read later


def test_what_is_read_later_is_as_it_was_at_the_time():
    facts = {"benefit": "sda"}
    evaluation = COLLECT.evaluate(facts, ON)
    facts["pregnant"] = True
    assert evaluation.ask == ("pregnant",)
    assert ids(evaluation.undecided) == ["R1"]


def test_the_same_evaluation_is_equal_and_another_is_not():
    evaluation = COLLECT.evaluate({"benefit": "sda"}, ON)
    assert evaluation == COLLECT.evaluate({"benefit": "sda"}, ON)
    assert hash(evaluation) == hash(COLLECT.evaluate({"benefit": "sda"}, ON))
    assert evaluation != COLLECT.evaluate({"benefit": "sda", "pregnant": True}, ON)
    assert evaluation != "R4"


@pytest.mark.parametrize("copy", [deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_a_copy_of_an_evaluation_is_equal(copy):
    for facts in ({"benefit": "sda"}, {"benefit": "jsa"}):
        evaluation = COLLECT.evaluate(facts, ON)
        assert copy(evaluation) == evaluation


def test_an_answer_given_before_its_guard_turned_false_is_left_out_with_all_that_stands_behind_it():
    book = load_facts(
        FACTS
        + '[facts.twins]\ntype = "yes_no"\nquestion = "?"\nsource = "local"\n'
        + 'asked_when = "due_date = known"\n'
    )
    made = unlinted(text("R1,yes,defer", "R2,-,book", inputs="twins"), book)
    facts = {"pregnant": True, "due_date": ON, "twins": True}
    assert made.evaluate(facts, ON).row.id == "R1"
    assert made.evaluate(facts | {"pregnant": False}, ON) == made.evaluate({"pregnant": False}, ON)
    assert made.evaluate(facts | {"pregnant": None}, ON).ask == ("pregnant",)
