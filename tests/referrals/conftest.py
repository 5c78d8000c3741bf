"""A customer of the office, for tests of referrals."""

import pytest

from waymark.customers.models import Claim


@pytest.fixture
def claim(place) -> Claim:
    return place.claim().claim
