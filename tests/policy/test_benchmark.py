import pytest

from tests.policy.samples import BOOK, ON
from waymark.policy import load_table
from waymark.policy.benchmark import Figures, in_words, random_samples, run, wide_facts, wide_table

TABLE = load_table(wide_table(10, 8), path="wide.csv", facts=wide_facts(8))


def test_a_run_measures_evaluations_and_traces():
    figures = run(TABLE, random_samples(wide_facts(8), 20, ON), ON)
    assert (figures.rows, figures.columns, figures.samples) == (10, 8, 20)
    assert 0 < figures.evaluate < figures.trace
    assert 0 <= figures.settled <= 20


def test_nothing_to_measure_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        run(TABLE, [], ON)


@pytest.mark.parametrize(
    ("evaluate", "trace", "words"), [(9.0, 49.0, "promise kept"), (9.0, 51.0, "NOT kept")]
)
def test_the_figures_say_whether_the_promise_is_kept(evaluate, trace, words):
    figures = Figures("t", 35, 30, 100, 60, evaluate, trace)
    assert words in in_words(figures)
    assert "35 rows, 30 columns, 100 sets of facts, 60 settled" in in_words(figures)


def test_made_up_facts_are_possible_facts():
    for facts in random_samples(BOOK, 50, ON):
        assert BOOK.parse(BOOK.to_json(facts)) == facts


def test_made_up_facts_are_the_same_for_the_same_seed():
    assert random_samples(BOOK, 5, ON) == random_samples(BOOK, 5, ON)
    assert random_samples(BOOK, 5, ON) != random_samples(BOOK, 5, ON, seed=2)
