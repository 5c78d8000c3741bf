"""Every kind of act has a sentence, and every sentence an act."""

from types import SimpleNamespace

import pytest

from tests.factories import NOW, TODAY
from waymark.record.enums import Happened
from waymark.web.timeline import GROUPS, NOUNS, PRESENTERS, present


def test_every_kind_has_one_presenter_and_no_presenter_is_unused():
    assert set(PRESENTERS) == set(Happened.values)


def test_no_kind_is_told_by_two_parts_of_the_timeline():
    kinds = [kind for noun in NOUNS for kind in noun.PRESENTERS]
    assert len(kinds) == len(set(kinds))


def test_no_presenter_stands_for_two_kinds():
    functions = list(PRESENTERS.values())
    assert len(set(functions)) == len(functions)


def test_no_kind_stands_in_two_groups_of_the_timeline():
    grouped = [kind for _title, kinds in GROUPS.values() for kind in kinds]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(Happened.values)


@pytest.mark.parametrize("kind", Happened.values)
def test_every_presenter_makes_a_sentence_of_an_act_without_details(kind):
    """An old event may lack what a newer one keeps; the record opens all the same."""
    event = SimpleNamespace(kind=kind, at=NOW, by=None, why="", details={})
    said = present(event, TODAY, {}).what
    assert said.endswith((".", "?", ":", ": "))
    assert "%(" not in said
