import time

import pytest

from tests.policy.samples import BOOK, text
from waymark.policy import LintErrors, lint_table, load_table
from waymark.policy.benchmark import wide_facts, wide_table


def lint(made, book=BOOK):
    return lint_table(made, "tables/t.csv", book)


def messages(made, book=BOOK):
    return [each.message for each in lint(made, book)]


GOOD = text("R1,yes,defer", "R2,-,book", inputs="pregnant")


def test_a_good_table_has_no_findings():
    assert lint(GOOD) == []


@pytest.mark.parametrize(
    ("made", "line", "words"),
    [
        (GOOD.replace("pregnant", "pregnent"), 2, "There is no fact pregnent."),
        (GOOD.replace("pregnant", "pregnant.end"), 2, "pregnant has no end."),
        (GOOD.replace("pregnant", ""), 2, "There is no fact without a name."),
        (GOOD.replace("R1,yes", "R1,maybe"), 3, "pregnant: maybe is not an answer to pregnant."),
        (GOOD.replace("R2", "R1"), 4, "R1 is the id of line 3 too."),
        (GOOD.replace("R2", ""), 4, "This row has no id."),
        (GOOD.replace("book,G,It is so.", "book,G,"), 4, "R2 has no because."),
        (GOOD.replace("book,G,It is so.,D:L1", "book,G,It is so.,"), 4, "R2 has no source."),
        (GOOD.replace("book,G", "book,P"), 4, "R2: P is not a layer."),
        (GOOD.replace("book,G", "book,"), 4, "R2: nothing is not a layer."),
        (GOOD.replace("R2,-", "R2"), 4, "This row has 5 cells, the header has 6."),
        (GOOD.replace("hit: first", "hit: any"), 1, "The hit policy is any."),
        (GOOD.replace("# hit: first", "# nothing"), 1, "The hit policy is missing."),
        ("# hits: first\n" + GOOD, 1, "hits is not a setting."),
        ("# hit: first\n" + GOOD, 2, "hit is set twice."),
        ("# complete: maybe\n" + GOOD, 1, "complete is maybe."),
        ("# dates: until\n" + GOOD, 1, "dates: there is no output until."),
        ("# words advise: book\n" + GOOD, 1, "words advise: there is no output advise."),
        (
            "# words advice: book, defer\n" + GOOD.replace("-,book", "-,bok"),
            5,
            "advice: bok is not one of its words.",
        ),
        (
            "# lists: advice\n# words advice: book, defer\n" + GOOD.replace("-,book", "-,book; x"),
            6,
            "advice: x is not",
        ),
        (
            "# dates: advice\n" + GOOD.replace("book", "-").replace("defer", "due + 1 day"),
            4,
            "there is no fact due.",
        ),
        ("# dates: advice\n" + GOOD.replace("book", "-").replace("defer", "age"), 4, "age is not a date."),
        (
            "# dates: advice\n" + GOOD.replace("book", "-").replace("defer", "hospital_stay"),
            4,
            "is not a date.",
        ),
        (
            "# dates: advice\n" + GOOD.replace("book", "-").replace("defer", "due_date.end"),
            4,
            "due_date has no end.",
        ),
        (
            "# dates: advice\n" + GOOD.replace("book", "-").replace("defer", "soon + 1"),
            4,
            "a length is missing.",
        ),
        (GOOD.replace("layer,", "", 1).replace(",G", ""), 2, "There is no column layer."),
        (GOOD.replace("-> advice", "children"), 2, "There is no output column."),
        (GOOD.replace("pregnant", "id"), 2, "The column id is there twice."),
        (GOOD.replace("R1,yes", 'R1,"yes'), 3, "This is not CSV"),
        ("# hit: first\n", 2, "There is no header row."),
        (GOOD.split("R1")[0], 2, "There are no rows."),
    ],
)
def test_each_mistake_in_a_table_is_found_with_its_line(made, line, words):
    found = [each for each in lint(made) if words in each.message]
    assert [(each.path, each.line, each.severity) for each in found] == [("tables/t.csv", line, "error")]
    assert found[0].cure


@pytest.mark.parametrize("rank", ["", "1.5", "-1", "first"])
def test_a_rank_must_be_a_whole_number(rank):
    found = lint(text("R1,1,yes,defer", f"R2,{rank},-,book", inputs="pregnant", hit="collect"))
    assert [(each.line, each.message) for each in found] == [(4, f"R2: the rank is {rank or 'missing'}.")]


def test_collect_needs_a_column_of_ranks():
    assert "There is no column rank." in messages(GOOD.replace("hit: first", "hit: collect"))


def test_all_mistakes_are_reported_at_once():
    made = GOOD.replace("R1,yes", "R1,maybe").replace("book,G,It is so.", "book,G,")
    assert [each.line for each in lint(made)] == [3, 4]


def test_lines_are_right_below_comments_and_texts_of_several_lines():
    made = GOOD.replace("It is so.", '"It\nis\nso."', 1).replace("R2", "# a remark, here\n\nR2,x")
    assert [(each.line, each.message) for each in lint(made)] == [
        (8, "This row has 7 cells, the header has 6.")
    ]


def test_a_finding_is_written_as_path_line_and_sentence():
    (finding,) = lint(GOOD.replace("pregnant", "pregnent"))
    assert str(finding) == "tables/t.csv:2: error: There is no fact pregnent. Did you mean pregnant?"


def test_a_table_with_mistakes_is_not_loaded():
    with pytest.raises(LintErrors, match=r"t.csv:3: error: pregnant: maybe"):
        load_table(GOOD.replace("R1,yes", "R1,maybe"), path="t.csv", facts=BOOK)


def test_a_row_may_not_ask_more_than_its_trace_can_hold():
    book = wide_facts(40)
    made = text(f"R1,{','.join(['known'] * 40)},a", f"R2,{','.join(['-'] * 40)},b", inputs=",".join(book))
    assert messages(made, book) == ["R1 asks 40 things."]


# Gaps

COMPLETE = "# complete: yes"


def test_a_row_that_asks_nothing_leaves_no_gap():
    assert lint(f"{COMPLETE}\n{GOOD}") == []


def test_a_gap_is_found_with_an_example():
    made = text("R1,<= 16,a", "R2,>= 18,b", "R3,not known,c", inputs="children", settings=COMPLETE)
    (finding,) = lint(made)
    assert (finding.line, finding.severity) == (3, "error")
    assert finding.message == "There is a gap: no row matches when children is 17."


def test_a_gap_within_the_range_of_a_fact_only_counts():
    assert lint(text("R1,[0..20],a", "R2,not known,c", inputs="children", settings=COMPLETE)) == []


def test_nobody_knowing_is_a_combination_too():
    (message,) = messages(text("R1,known,a", inputs="children", settings=COMPLETE))
    assert message == "There is a gap: no row matches when children is not known."


def test_a_gap_needs_all_columns_together():
    rows = ["R1,yes,jsa,a", "R2,no,-,b", "R3,not known,-,c", 'R4,-,"ib, sda",d']
    (message,) = messages(text(*rows, inputs="pregnant,benefit", settings=COMPLETE))
    assert message == "There is a gap: no row matches when pregnant is yes and benefit is not known."


def test_no_gap_is_left_where_rows_together_cover_all():
    rows = ["R1,yes,jsa,a", "R2,no,-,b", "R3,not known,-,c", 'R4,-,"ib, sda",d', "R5,-,not known,e"]
    assert lint(text(*rows, inputs="pregnant,benefit", settings=COMPLETE)) == []


def test_no_gap_is_seen_where_a_guard_rules_it_out():
    rows = ["R1,yes,known,a", "R2,yes,not known,b", "R3,no,not known,c", "R4,not known,not known,d"]
    assert lint(text(*rows, inputs="pregnant,due_date", settings=COMPLETE)) == []


def test_a_guard_on_a_fact_without_a_column_is_seen_too():
    rows = ["R1,known,a", "R2,not known,b"]
    assert lint(text(*rows, inputs="due_date", settings=COMPLETE)) == []


def test_a_gap_of_dates_is_told_by_its_days():
    rows = ["R1,< 2004-05-04,a", "R2,> 2004-05-31,b", "R3,not known,c"]
    (message,) = messages(text(*rows, inputs="certificate_until", settings=COMPLETE))
    assert message.endswith("certificate until is from 2004-05-04 to 2004-05-31.")


def test_a_gap_that_opens_on_some_days_only_is_found():
    rows = ["R1,<= 2004-05-04,a", "R2,>= today,b", "R3,not known,c"]
    (message,) = messages(text(*rows, inputs="certificate_until", settings=COMPLETE))
    assert message.startswith("There is a gap")


def test_a_gap_between_the_ends_of_a_stay_is_found():
    rows = ["R1,< today,-,a", "R2,-,> today,b", "R3,not known,-,c", "R4,-,not known,d"]
    made = text(*rows, inputs="hospital_stay.start,hospital_stay.end", settings=COMPLETE)
    (message,) = messages(made)
    assert "hospital stay starts" in message and "and ends" in message


def test_a_stay_that_ends_before_it_starts_is_no_gap():
    rows = ["R1,<= today,-,a", "R2,-,>= today,b", "R3,not known,-,c", "R4,-,not known,d"]
    assert lint(text(*rows, inputs="hospital_stay.start,hospital_stay.end", settings=COMPLETE)) == []


# Overlaps


def test_an_overlap_is_found_with_an_example():
    made = text("R1,[0..16],-,a", "R2,[16..20],yes,b", inputs="children,pregnant", hit="unique")
    (finding,) = lint(made)
    assert (finding.line, finding.severity) == (4, "error")
    assert finding.message == "R2 overlaps R1 of line 3: both match when pregnant is yes and children is 16."


def test_rows_that_exclude_each_other_do_not_overlap():
    assert lint(text("R1,[0..16],a", "R2,[17..20],b", inputs="children", hit="unique")) == []


def test_rows_that_a_guard_keeps_apart_do_not_overlap():
    assert lint(text("R1,no,-,a", "R2,-,known,b", inputs="pregnant,due_date", hit="unique")) == []


def test_rows_may_overlap_where_one_may_come_first():
    assert lint(text("R1,[0..16],a", "R2,[16..20],b", inputs="children")) == []


# Rows that never match


def test_a_row_that_asks_for_what_its_guard_rules_out_never_matches():
    (finding,) = lint(text("R1,no,known,a", "R2,-,-,b", inputs="pregnant,due_date"))
    assert (finding.line, finding.severity) == (3, "error")
    assert finding.message.startswith("R1 can never match: its cells contradict")


def test_a_number_out_of_the_range_of_its_fact_never_matches():
    assert messages(text("R1,> 20,a", "R2,-,b", inputs="children"))[0].startswith("R1 can never match")


def test_a_row_behind_rows_that_cover_it_never_matches():
    (finding,) = lint(text("R1,yes,a", "R2,no,b", "R3,known,c", inputs="pregnant"))
    assert (finding.line, finding.severity) == (5, "error")
    assert finding.message == "R3 can never match: the rows before it cover all that it asks for."


def test_a_row_behind_all_but_not_known_can_match():
    assert lint(text("R1,yes,a", "R2,no,b", "R3,-,c", inputs="pregnant")) == []


def test_a_row_that_can_never_win_is_only_mentioned():
    (finding,) = lint(text("R1,1,yes,a", "R2,2,-,b", "R3,3,no,c", inputs="pregnant", hit="collect"))
    assert (finding.line, finding.severity) == (5, "info")
    assert "never win" in finding.message


def test_an_impossible_stay_never_matches():
    made = text("R1,>= today,< today,a", "R2,-,-,b", inputs="hospital_stay.start,hospital_stay.end")
    assert messages(made)[0].startswith("R1 can never match")


def test_a_row_that_matches_on_some_days_only_is_no_mistake():
    made = text('R1,"[2004-05-01..today]",a', "R2,-,b", inputs="certificate_until")
    assert lint(made) == []


def test_months_of_different_lengths_are_tried():
    rows = ["R1,<= today + 30 days,a", "R2,> today + 1 month,b", "R3,not known,c"]
    (message,) = messages(text(*rows, inputs="certificate_until", settings=COMPLETE))
    assert message.startswith("There is a gap")


# Size


def test_a_wide_table_is_linted_in_less_than_two_seconds():
    begin = time.process_time()
    lint(wide_table(40, 35), wide_facts(35))
    assert time.process_time() - begin < 2


def test_a_complete_table_without_a_last_row_is_linted_in_less_than_two_seconds():
    book = wide_facts(35)
    without_last = "\n".join(wide_table(40, 35).strip().splitlines()[:-1]) + "\n"
    begin = time.process_time()
    found = lint(f"{COMPLETE}\n{without_last}", book)
    assert any("gap" in each.message for each in found)
    assert time.process_time() - begin < 2


def test_too_many_combinations_are_said_to_be_too_many(monkeypatch):
    monkeypatch.setattr("waymark.policy.partition.MOST_STEPS", 1)
    rows = ["R1,1,yes,jsa,a", "R2,2,no,-,b", "R3,3,not known,-,c", "R4,4,-,ib,d", "R5,5,yes,sda,e"]
    found = lint(text(*rows, inputs="pregnant,benefit", hit="collect", settings=COMPLETE))
    assert any("too many combinations" in each.message for each in found)


def test_dates_and_today_can_meet_on_too_many_days():
    rows = [f"R{month},[2004-{month:02}-01..today + {month} days],a" for month in range(1, 12)]
    found = lint(text(*rows, "R99,-,b", inputs="certificate_until"))
    assert "The rows were compared on 56 days only." in [each.message for each in found]
