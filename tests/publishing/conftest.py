"""A changed pack, and two people who own policy."""

import pytest

from tests import factories
from tests.conftest import pack_of
from waymark.programme.pack import Pack

TWO = (
    "[[settings.regime.mandatory_interviews]]\nvalue = 1",
    "[[settings.regime.mandatory_interviews]]\nvalue = 2",
)


def changed(
    *replacements: tuple[str, str], path: str = "programme.toml", slug: str = "jobcentre-plus-2002"
) -> Pack:
    """The pack of 2002 with some words replaced in one of its files."""
    pack = pack_of(slug)
    text = pack.files[path]
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return Pack({**pack.files, path: text}, folder=f"programmes/{slug}")


@pytest.fixture
def proposer(place):
    return factories.post("policy_owner", office=place.centre)


@pytest.fixture
def publisher(place):
    return factories.post("policy_owner", office=place.centre)
