"""A customer with a booked interview, and a browser that has opened her page."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from waymark.interviews import verbs as interviews
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.models import Appointment
from waymark.kernel.working_days import add_working_days
from waymark.portal import verbs as portal
from waymark.programme.queries import holding

YEAR = timezone.localdate().year - 43
BORN = {"born_on_day": "12", "born_on_month": "3", "born_on_year": str(YEAR)}


@pytest.fixture
def now():
    """Pages read the clock, so what they show is of today."""
    return timezone.now()


@pytest.fixture
def joan(place, now):
    """Joan Price, who claimed today."""
    customer = factories.customer(
        given_names="Joan",
        family_name="Price",
        born_on=date(YEAR, 3, 12),
        ni_number="AB123456C",
        email="joan@waymark.example",
        added_by=place.agent,
    )
    place.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    return customer


@pytest.fixture
def claim(joan):
    return joan.claims.get()


@pytest.fixture
def booked(place, claim, now) -> Appointment:
    """Her first interview, in five working days, with an adviser of the office."""
    day = add_working_days(now.date(), 5, frozenset())
    search = find_slots(
        place.office,
        kind="adviser_first",
        minutes=45,
        mode="office",
        not_before=factories.at(day, now.time().replace(hour=9, minute=0)),
        until=day,
    )
    return interviews.book_interview(claim.interviews.get(), search.slots[0], by=place.agent, now=now)


@pytest.fixture
def code(joan, now) -> str:
    rules = holding("jobcentre-plus-2002", now.date())
    return portal.make_code(joan, rules=rules, now=now).printed


@pytest.fixture
def own(client, code):
    """A browser that has opened her page."""
    response = client.post(reverse("my:door"), {"secret": code, **BORN})
    assert response.status_code == 302
    return client
