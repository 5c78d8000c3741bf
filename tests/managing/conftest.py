"""Advisers, customers of theirs and booked interviews, for the tests of managers."""

from datetime import datetime, timedelta

import pytest

from tests import factories
from tests.interviews.sitting import a_slot
from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.models import Appointment
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import LONDON, day_of

NOW = datetime(2004, 5, 4, 10, 0, tzinfo=LONDON)


@pytest.fixture
def booked(place):
    """Booked interviews of `adviser`, the next free ones in order, each customer with them."""

    def make(adviser=None, *, days: int = 2, now=NOW, **fields) -> Appointment:
        adviser = adviser or place.adviser
        interview = place.claim(now=now, **fields)
        found = find_slots(
            place.office,
            kind="adviser_interview",
            minutes=45,
            mode="office",
            not_before=now + timedelta(days=days),
            until=day_of(now) + timedelta(days=30),
            only_with=adviser.person,
        )
        appointment = verbs.book_interview(interview, found.slots[0], by=adviser, now=now)
        give_caseload(interview.claim, adviser.person, by=adviser, now=now)
        return appointment

    return make


@pytest.fixture
def third_adviser(place):
    post = factories.post("adviser", office=place.office)
    return post


__all__ = ["NOW", "a_slot", "booked"]
