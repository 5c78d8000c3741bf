"""What the tests of the interview workspace share. The screens read the clock, so these tests take place now."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.interviews.sitting import book
from tests.recontact.makers import somebody
from waymark.interviews.models import Appointment
from waymark.interviews.sittings import verbs
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
def booked(place, packs, now):
    """The first interview of a series of six, booked for a later day."""
    on = day_of(now)
    wanted = {"programme": "pathways-2003", "claimed_on": on, "period_from": on}
    interview = place.claim(now=now, customer=somebody(place, now), **wanted)
    return book(place, interview, now=now)


@pytest.fixture
def began(booked, now):
    """Its time has come."""
    starts = now - timedelta(minutes=50)
    Appointment.objects.filter(pk=booked.pk).update(starts_at=starts, ends_at=now)
    booked.refresh_from_db()
    return booked


@pytest.fixture
def sitting(place, began):
    """The customer is here, and the workspace is open."""
    return verbs.arrive(began, by=place.adviser, now=began.starts_at)


@pytest.fixture
def page(advises):
    """page("during", appointment) is the text of a page of the workspace."""

    def read(name, appointment, *more, status=200) -> str:
        answer = advises.get(reverse(f"sittings:{name}", args=[appointment.ref, *more]))
        assert answer.status_code == status, answer
        return answer.content.decode()

    return read


@pytest.fixture
def send(advises):
    """send("text", appointment, field=…) posts a form of the workspace."""

    def post(to, appointment, *more, quiet=False, **said):
        headers = {"X-Quiet": "yes"} if quiet else {}
        return advises.post(reverse(f"sittings:{to}", args=[appointment.ref, *more]), said, headers=headers)

    return post
