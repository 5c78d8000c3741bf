import pytest

from tests.policy.samples import BOOK, ON
from waymark.policy import load_table
from waymark.policy.benchmark import (
    Figures,
    Samples,
    Timing,
    in_words,
    random_samples,
    run,
    samples_of,
    wide_facts,
    wide_table,
)

TABLE = load_table(wide_table(10, 8), path="wide.csv", facts=wide_facts(8))
SAMPLES = samples_of(TABLE, wide_facts(8), ON, count=10)


def test_a_run_measures_evaluations_and_traces():
    figures = run(TABLE, SAMPLES, ON)
    assert (figures.rows, figures.columns, figures.decisions) == (10, 8, 10)
    assert figures.steps == len(SAMPLES.on_the_way)
    assert 0 < figures.decision.median < figures.trace.median
    assert 0 < figures.on_the_way.median <= figures.on_the_way.most
    assert figures.once > 0


def test_nothing_to_measure_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        run(TABLE, Samples([], [], []), ON)


def test_a_measured_conversation_goes_on_until_it_is_settled():
    assert SAMPLES.on_the_way
    assert all(TABLE.evaluate(facts, ON).settled for facts in SAMPLES.decisions)
    assert not any(TABLE.evaluate(facts, ON).settled for facts in SAMPLES.on_the_way)


def test_measured_conversations_are_the_same_for_the_same_seed():
    assert samples_of(TABLE, wide_facts(8), ON, count=10) == SAMPLES
    assert samples_of(TABLE, wide_facts(8), ON, count=10, seed=2) != SAMPLES


@pytest.mark.parametrize(
    ("evaluate", "trace", "words"), [(9.0, 49.0, "promise kept"), (9.0, 51.0, "NOT kept")]
)
def test_the_figures_say_whether_the_promise_is_kept(evaluate, trace, words):
    figures = Figures(
        "t", 35, 30, 100, 600, Timing(evaluate, 99.0), Timing(8.0, 9.0), Timing(trace, 99.0), 12.0
    )
    assert words in in_words(figures)
    assert "35 rows, 30 facts; 100 decisions, 600 sets of facts on the way" in in_words(figures)


def test_made_up_facts_are_possible_facts():
    for facts in random_samples(BOOK, 50, ON):
        assert BOOK.parse(BOOK.to_json(facts)) == facts


def test_made_up_facts_are_the_same_for_the_same_seed():
    assert random_samples(BOOK, 5, ON) == random_samples(BOOK, 5, ON)
    assert random_samples(BOOK, 5, ON) != random_samples(BOOK, 5, ON, seed=2)
