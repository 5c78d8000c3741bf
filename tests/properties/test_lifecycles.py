"""Every lifecycle: all pairs of states, and its drawing."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.conf import settings

import waymark
from waymark.insight.drawings import LIFECYCLES, lifecycles_page
from waymark.kernel.lifecycle import Lifecycle
from waymark.kernel.refusal import Refused

PAGE = settings.ROOT / "docs" / "lifecycles.md"
PAIRS = [
    pytest.param(life, old, new, id=f"{life.noun}: {old.value} to {new.value}")
    for life in LIFECYCLES
    for old in life.moves
    for new in life.moves
]


@pytest.mark.parametrize(("life", "old", "new"), PAIRS)
def test_a_move_is_allowed_exactly_when_the_dict_has_it(life, old, new):
    if new in life.moves[old]:
        life.insist(old.value, new.value)
        assert life.allows(old.value, new.value)
        return
    assert not life.allows(old.value, new.value)
    with pytest.raises(Refused) as refused:
        life.insist(old.value, new.value)
    assert str(old.label) in refused.value.message
    assert str(new.label) in refused.value.message
    for way in life.moves[old]:
        assert str(way.label) in refused.value.cure


@pytest.mark.parametrize("life", LIFECYCLES, ids=lambda life: life.noun)
def test_every_state_has_its_moves_and_can_be_reached(life):
    states = set(life.moves)
    first = next(iter(life.moves))
    assert states == set(type(first))
    assert {target for targets in life.moves.values() for target in targets} | {first} == states


@pytest.mark.parametrize("life", LIFECYCLES, ids=lambda life: life.noun)
def test_a_state_that_does_not_exist_is_an_error_and_no_refusal(life):
    with pytest.raises(ValueError, match="is no state of"):
        life.allows("nowhere", next(iter(life.moves)).value)


def test_every_lifecycle_of_the_code_is_drawn():
    modules = [
        import_module(found.name)
        for found in walk_packages(waymark.__path__, "waymark.")
        if found.name.endswith(".enums")
    ]
    known = {
        id(value) for module in modules for value in vars(module).values() if isinstance(value, Lifecycle)
    }
    assert known == {id(life) for life in LIFECYCLES}


def test_the_page_of_lifecycles_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == lifecycles_page(), "write it anew: waymark drawings"
