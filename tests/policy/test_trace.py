import json
from datetime import date

from tests.policy.samples import BOOK, ON, table, text
from waymark.policy import NOT_KNOWN, Cell, Interval, Trace, explain, load_facts, load_table

TABLE = table(
    "R1,1,jsa,-,-,-,book,,",
    'R2,2,"ib, sda",>= 16,-,-,waive,today + 3 years,x',
    "R3,3,-,-,<= today + 11 weeks,-,defer,due_date + 7 weeks,x; y",
    "R4,4,-,-,-,>= today,defer,hospital_stay.end,",
    "R9,9,-,-,-,-,book,,",
    inputs="benefit,children,due_date,hospital_stay.end",
    outputs="advice,until,show",
    hit="collect",
    settings="# title: Some rules\n# dates: until\n# lists: show",
)
FACTS = {
    "benefit": "ib",
    "children": 2,
    "pregnant": True,
    "due_date": date(2004, 6, 1),
    "hospital_stay": Interval(date(2004, 4, 1), date(2004, 4, 20)),
}
OPEN = {"benefit": "sda", "pregnant": False, "hospital_stay": NOT_KNOWN}


def verdicts(trace):
    return {each.row.id: each.verdict for each in trace.verdicts}


def cells(trace, id):
    return next(each.cells for each in trace.verdicts if each.row.id == id)


def test_a_trace_holds_the_evaluation():
    assert TABLE.trace(FACTS, ON).evaluation == TABLE.evaluate(FACTS, ON)


def test_every_row_has_a_verdict():
    trace = TABLE.trace(FACTS, ON)
    assert verdicts(trace) == {
        "R1": "not matched",
        "R2": "not matched",
        "R3": "matched",
        "R4": "not matched",
        "R9": "matched",
    }


def test_a_row_that_does_not_match_names_only_the_cells_that_spoke_against_it():
    assert cells(TABLE.trace(FACTS, ON), "R2") == (Cell("children", ">= 16"),)


def test_an_open_row_names_the_cells_that_are_open():
    trace = TABLE.trace(OPEN, ON)
    assert verdicts(trace)["R2"] == "undecided"
    assert cells(trace, "R2") == (Cell("children", ">= 16"),)


def test_a_row_is_out_when_one_cell_refuses_though_another_is_open():
    trace = TABLE.trace({"benefit": "jsa"}, ON)
    assert verdicts(trace)["R2"] == "not matched"
    assert cells(trace, "R2") == (Cell("benefit", "ib, sda"),)


def test_a_trace_names_the_facts_that_did_not_apply():
    assert TABLE.trace(OPEN, ON).inapplicable == ("due_date",)
    assert TABLE.trace(FACTS, ON).inapplicable == ()


def test_a_row_whose_guard_is_open_is_undecided():
    assert verdicts(TABLE.trace({}, ON))["R3"] == "undecided"


def test_a_trace_is_plain_json_and_comes_back_equal():
    for facts in (FACTS, OPEN, {}, {"benefit": "jsa"}):
        trace = TABLE.trace(facts, ON)
        stored = json.loads(json.dumps(trace.to_json()))
        assert stored == trace.to_json()
        assert Trace.from_json(stored) == trace


def test_a_decision_can_be_replayed_from_what_was_stored():
    stored = Trace.from_json(json.loads(json.dumps(TABLE.trace(FACTS, ON).to_json())))
    assert TABLE.trace(stored.facts, stored.on) == stored


def test_another_day_or_another_answer_gives_another_trace():
    trace = TABLE.trace(FACTS, ON)
    assert trace != TABLE.trace(FACTS, date(2004, 5, 5))
    assert trace != TABLE.trace(FACTS | {"children": 3}, ON)


def test_a_changed_table_has_another_version():
    first, second = text("R1,yes,a", inputs="pregnant"), text("R1,yes,b", inputs="pregnant")
    one, other = (load_table(each, path="t.csv", facts=BOOK) for each in (first, second))
    assert one.version != other.version
    assert one.version == load_table(first, path="elsewhere.csv", facts=BOOK).version


def test_a_trace_keeps_its_facts_when_the_callers_change():
    facts = dict(FACTS)
    trace = TABLE.trace(facts, ON)
    facts["benefit"] = "jsa"
    assert trace.facts["benefit"] == "ib"


# In words


def test_the_row_that_decides_is_told_with_its_because_and_source():
    told = explain(TABLE.trace(FACTS, ON), BOOK)
    assert told.headline == "Row R3 of “Some rules” decides."
    assert (told.because, told.source) == ("It is so.", "D:L1")
    assert told.sentences()[:3] == ("Row R3 of “Some rules” decides.", "It is so.", "Source: D:L1.")


def test_another_match_is_told_with_why_it_yields():
    told = explain(TABLE.trace(FACTS, ON), BOOK)
    assert told.yields == ("R9 matches too, but R3 comes first (rank 3 before 9).",)


def test_a_match_of_the_same_rank_yields_to_the_earlier():
    made = table("R1,1,-,a", "R2,1,-,b", inputs="pregnant", hit="collect")
    assert explain(made.trace({}, ON), BOOK).yields == ("R2 matches too, but R1 comes first in the table.",)


def why_not(cell, value, column="benefit", **more):
    made = table(f'R1,"{cell}",yes', "R2,-,no", inputs=column)
    facts = {column.partition(".")[0]: value} | more
    (sentence,) = explain(made.trace(facts, ON), BOOK).why_not
    return sentence


def test_a_row_that_asks_for_yes_says_so():
    assert why_not("yes", False, "pregnant") == "Not R1: asks that pregnant is yes; the answer was no."


def test_a_row_that_asks_for_choices_names_their_titles():
    assert why_not("ib, sda", "jsa") == (
        "Not R1: asks that benefit is Incapacity Benefit or Severe Disablement Allowance;"
        " the answer was Jobseeker's Allowance."
    )


def test_a_negated_row_says_not():
    assert why_not("not(jsa)", "jsa").startswith("Not R1: asks that benefit is not Jobseeker's Allowance;")


def test_stretches_of_numbers_are_told():
    assert "is at least 16;" in why_not(">= 16", 3, "children")
    assert "is more than 16;" in why_not("> 16", 3, "children")
    assert "is less than 16;" in why_not("< 16", 17, "children")
    assert "is at most 16;" in why_not("<= 16", 17, "children")
    assert "is from 16 to 17;" in why_not("[16..17]", 3, "children")
    assert "is 4 or 5; the answer was 3." in why_not("4, 5", 3, "children")


def test_stretches_of_dates_are_told():
    day = date(2004, 8, 1)
    assert "is before 1 May 2004; the answer was 1 August 2004." in why_not(
        "< 2004-05-01", day, "certificate_until"
    )
    assert "is on or before 20 July 2004 (today + 11 weeks);" in why_not(
        "<= today + 11 weeks", day, "certificate_until"
    )
    assert "is after 1 September 2004;" in why_not("> 2004-09-01", day, "certificate_until")
    assert "is on or after 1 September 2004;" in why_not(">= 2004-09-01", day, "certificate_until")


def test_known_and_not_known_are_told():
    assert why_not("not known", 3, "children") == "Not R1: asks that children is not known; the answer was 3."
    assert (
        why_not("known", NOT_KNOWN, "children") == "Not R1: asks that children is known; that is not known."
    )


def test_the_end_of_a_stay_is_told():
    stay = Interval(date(2004, 4, 1), date(2004, 4, 20))
    assert why_not(">= today", stay, "hospital_stay.end") == (
        "Not R1: asks that the end of hospital stay is on or after 4 May 2004 (today);"
        " the answer was 20 April 2004."
    )
    assert "the answer was from 1 April 2004 to 20 April 2004" in why_not("not known", stay, "hospital_stay")
    assert "from 1 April 2004 with no end yet" in why_not("not known", Interval(stay.start), "hospital_stay")


def test_a_fact_that_does_not_apply_is_told():
    assert why_not("known", None, "due_date", pregnant=False) == (
        "Not R1: asks that due date is known; that does not apply here."
    )


def test_an_unsettled_table_tells_what_to_ask_and_where_it_leans():
    told = explain(TABLE.trace(OPEN, ON), BOOK)
    assert told.headline == "Not settled yet. Still worth asking: children. So far row R9 would decide."
    assert told.still_open == ("Open R2: asks that children is at least 16; that has not been settled.",)
    assert told.because == ""


def test_a_table_without_a_match_says_so():
    made = table("R1,yes,a", inputs="pregnant")
    assert explain(made.trace({"pregnant": False}, ON), BOOK).headline == "No row of “sample” matches."


def test_an_old_trace_can_be_told_when_its_facts_are_gone():
    book = load_facts('[facts.other]\ntype = "yes_no"\nquestion = "?"\nsource = "local"\n')
    assert "asks that children: >= 16" in explain(TABLE.trace(FACTS, ON), book).why_not[1]


def test_an_old_trace_can_be_told_when_a_choice_is_gone():
    made = table("R1,ib,yes", "R2,-,no", inputs="benefit")
    book = load_facts(
        '[facts.benefit]\ntype = "choice"\nchoices = { x = "X" }\nquestion = "?"\nsource = "local"\n'
    )
    assert explain(made.trace({"benefit": "jsa"}, ON), book).why_not == (
        "Not R1: asks that benefit: ib; the answer was jsa.",
    )
