"""What the tests of the checks share. The screens read the clock, so these tests take place now."""

import pytest
from django.utils import timezone


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def leads(client, place):
    """A browser in which the team leader is signed in."""
    client.force_login(place.leader.person)
    return client
