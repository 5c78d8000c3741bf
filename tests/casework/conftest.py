"""Every test of casework ends as a commit would: with the deferred constraints asked."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.casework.making import check_now


@pytest.fixture
def place(place) -> Iterator[object]:
    """The district of every test; at the end the tables must hold."""
    yield place
    if not connection.needs_rollback and connection.in_atomic_block:
        check_now()
