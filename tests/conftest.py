"""What every test may ask for."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings

from tests import factories
from tests.place import Place, make_place
from waymark.programme.pack import Pack, pack_folders, read_pack
from waymark.programme.verbs import load_pack

PACKS: dict[str, Pack] = {}


def pack_of(slug: str) -> Pack:
    """A pack from its folder, read and compiled once for all tests of a process."""
    if not PACKS:
        PACKS.update({folder.name: read_pack(folder) for folder in pack_folders(settings.PROGRAMMES)})
    return PACKS[slug]


@pytest.fixture
def pack(db) -> Pack:
    """The pack of 2002, loaded."""
    load_pack(pack_of("jobcentre-plus-2002"), now=factories.NOW)
    return pack_of("jobcentre-plus-2002")


@pytest.fixture
def place(pack) -> Place:
    """A district with a contact centre, an office, people in every role, and hours in the advisers' diaries."""
    return make_place()


@pytest.fixture
def packs(pack) -> dict[str, Pack]:
    """All four packs, loaded."""
    for other in PACKS.values():
        load_pack(other, now=factories.NOW)
    return PACKS


@pytest.fixture
def moment() -> Callable[..., datetime]:
    """A moment on the office's wall: moment(day=2, hour=14) is two days after the first, at two."""

    def at(day: int = 0, hour: int = 10, minute: int = 0) -> datetime:
        on: date = factories.TODAY + timedelta(days=day)
        return factories.at(on, time(hour, minute))

    return at
