"""What the tests of the re-contact share. The screens read the clock, so these tests take place now."""

import pytest
from django.utils import timezone


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def advises(client, place):
    """A browser in which the adviser is signed in."""
    client.force_login(place.adviser.person)
    return client
