"""What every test may ask for."""

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import connection

from tests import factories
from tests.place import Place, make_place
from waymark.programme.pack import Pack, pack_folders, read_pack
from waymark.programme.verbs import load_pack

PACKS: dict[str, Pack] = {}

LONG = {"browser", "demo", "properties", "way"}

STILL_HERE = """
    SELECT state, left(query, 200), pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes first: begun last, one of them would go on alone while the other core waits."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The test database; what still holds it when the last test is over is named, and ended.

    A browser that was cut off in mid-request leaves a thread of the live server waiting for the rest of it,
    with its connection open; PostgreSQL then refuses to drop the database.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(STILL_HERE)
        for state, query, _ended in cursor.fetchall():
            print(f"A connection to the test database was left open ({state}): {query}", file=sys.__stderr__)


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
