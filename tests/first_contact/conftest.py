"""What the tests of the first contact share: a loaded programme, a moment, a district."""

from functools import cache

import pytest
from django.conf import settings
from django.utils import timezone

from tests.first_contact import makers
from waymark.programme.pack import Pack, read_pack
from waymark.programme.verbs import load_pack


@cache
def first_programme() -> Pack:
    return read_pack(settings.PROGRAMMES / "jobcentre-plus-2002")


@pytest.fixture
def now():
    """The screens read the clock, so the tests of this part take place now."""
    return timezone.now()


@pytest.fixture
def loaded(db, now) -> None:
    """The first programme as it stands in the files."""
    load_pack(first_programme(), now=now)


@pytest.fixture
def where(loaded) -> makers.Places:
    return makers.places()


@pytest.fixture
def claim(where, now):
    return makers.claim(where, now)


@pytest.fixture
def agent(where):
    return makers.signed_in(where.agent)
