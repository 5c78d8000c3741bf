"""What the tests of not attending share: a district with a delivery centre, and a print queue of their own."""

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
