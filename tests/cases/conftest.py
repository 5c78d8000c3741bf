"""What the cases share: a print queue of their own, and a place where payments are decided."""

import pytest

from tests.place import Place
from tests.sanctions.making import Centre, make_centre


@pytest.fixture(autouse=True)
def print_queue(settings, tmp_path):
    settings.PRINT_QUEUE = tmp_path / "print"
    return settings.PRINT_QUEUE


@pytest.fixture
def centre(place: Place) -> Centre:
    return make_centre(place)
