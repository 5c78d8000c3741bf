"""What the tests of the pages of the series share. The screens read the clock, so these tests take place now."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.interviews.sitting import book
from tests.recontact.makers import somebody
from waymark.interviews.models import Appointment
from waymark.interviews.sittings import settling
from waymark.kernel.clock import day_of


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def advises(client, place):
    """A browser in which the adviser is signed in."""
    client.force_login(place.adviser.person)
    return client


@pytest.fixture
def interview(place, packs, now):
    """The first of six, its time still to be found."""
    on = day_of(now)
    wanted = {"programme": "pathways-2003", "claimed_on": on, "period_from": on}
    return place.claim(now=now, customer=somebody(place, now), **wanted)


@pytest.fixture
def claim(interview):
    return interview.claim


@pytest.fixture
def missed(place, interview, now):
    """Nobody came."""
    booked = book(place, interview, now=now)
    starts = now - timedelta(minutes=50)
    Appointment.objects.filter(pk=booked.pk).update(starts_at=starts, ends_at=now)
    booked.refresh_from_db()
    return settling.missed(booked, by=place.adviser, now=now)


@pytest.fixture
def page(advises):
    def read(name, *refs, query="", status=200) -> str:
        answer = advises.get(reverse(f"series:{name}", args=refs) + query)
        assert answer.status_code == status, answer
        return answer.content.decode()

    return read


@pytest.fixture
def send(advises):
    def post(page_name, *refs, **said):
        return advises.post(reverse(f"series:{page_name}", args=refs), said)

    return post
