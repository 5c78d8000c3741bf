"""A customer who did not come learns what is not decided, can say why, and can ask for another look."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.sanctions.making import (
    DAY_OF_IT,
    READY,
    booked,
    day,
    decided,
    make_centre,
    missed_one,
    opened,
    reduced,
    referred,
)
from waymark.inbound.models import Message
from waymark.insight import own_case
from waymark.interviews.models import Interview
from waymark.portal import verbs as portal
from waymark.programme.queries import holding
from waymark.sanctions.enums import RulingOutcome
from waymark.sanctions.models import Breach, Challenge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def print_queue(settings, tmp_path):
    settings.PRINT_QUEUE = tmp_path / "print"


@pytest.fixture
def centre(place):
    return make_centre(place)


def visit(client, claim) -> None:
    """A browser with the page of this claim's customer open."""
    now = timezone.now()
    rules = holding(claim.programme, now.date())
    code = portal.make_code(claim.customer, rules=rules, now=now).printed
    answer = {"born_on_day": "12", "born_on_month": "3", "born_on_year": "1961"}
    assert client.post(reverse("my:door"), {"secret": code, **answer}).status_code == 302


def page(client) -> str:
    response = client.get(reverse("my:not_there"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_without_anything_missed_there_is_no_such_page(client, place):
    appointment = booked(place)
    visit(client, appointment.interview.claim)
    assert client.get(reverse("my:not_there")).url == reverse("my:home")


def test_a_missed_interview_is_asked_about_on_the_first_page(client, place):
    visit(client, missed_one(place).interview.claim)
    home = client.get(reverse("my:home")).content.decode()
    assert "You did not come. Please tell us why" in home


def test_before_anybody_opened_a_case_the_reason_is_a_message(client, place):
    appointment = missed_one(place)
    visit(client, appointment.interview.claim)
    assert "Nothing has changed. Your money is the same." in page(client)
    client.post(reverse("my:not_there"), {"words": "My mother fell."})
    message = Message.objects.get()
    assert (message.about, message.appointment) == ("explain", appointment.ref)


def test_a_missed_talk_by_choice_is_not_asked_about(place):
    appointment = missed_one(place)
    interview = appointment.interview
    assert own_case.case_of(interview.claim.customer, day(DAY_OF_IT)) is not None
    Interview.objects.filter(pk=interview.pk).update(state="closed")
    assert own_case.case_of(interview.claim.customer, day(DAY_OF_IT)) is None


def test_an_open_case_says_until_when_and_what_is_not_decided(client, place):
    breach = opened(place)
    visit(client, breach.interview.claim)
    said = page(client)
    assert "Please tell us why by Friday 21 May 2004" in said
    assert "Your money is the same." in said
    assert "Good reasons are" in said


def test_the_reason_stands_in_the_case_in_the_customers_own_words(client, place):
    breach = opened(place)
    visit(client, breach.interview.claim)
    client.post(reverse("my:not_there"), {"words": "The letter came a day late."})
    breach = Breach.objects.get()
    assert breach.reason_words == "The letter came a day late."
    assert breach.cause_good is None
    assert "The letter came a day late." in page(client)


def test_a_reason_needs_words(client, place):
    breach = opened(place)
    visit(client, breach.interview.claim)
    response = client.post(reverse("my:not_there"), {"words": " "})
    assert "Write a few words" in response.content.decode()


def test_while_another_person_looks_the_customer_can_still_say_why(client, place, centre):
    bundle = referred(place)
    visit(client, bundle.breach.interview.claim)
    assert "Nothing is decided. Your money is the same." in page(client)
    client.post(reverse("my:not_there"), {"words": "I was in hospital."})
    assert Breach.objects.get().state == "returned"


def test_a_reduction_says_how_much_from_when_why_how_it_ends_and_whom_to_ring(client, place, centre):
    sanction = reduced(place, centre)
    visit(client, sanction.ruling.bundle.breach.interview.claim)
    said = page(client)
    assert "£72.20 a week" in said
    assert f"£{sanction.paid_after / 100:.2f} a week" in said
    assert "You did not come, and we could not reach you." in said
    assert "It ends when you come to an interview, or when you tell us why" in said
    assert sanction.contact.person.name in said
    assert "After that day you can still ask." in said


def test_the_customer_asks_for_another_look_with_one_button(client, place, centre):
    sanction = reduced(place, centre)
    visit(client, sanction.ruling.bundle.breach.interview.claim)
    client.post(reverse("my:not_there"), {"words": "Nobody asked me."})
    challenge = Challenge.objects.get()
    assert (challenge.ruling, challenge.words) == (sanction.ruling, "Nobody asked me.")
    said = page(client)
    assert "Somebody else looks at it now" in said
    assert "Why should we look at this again?" not in said


def test_where_nothing_follows_that_is_said(place, centre):
    ruling = decided(place, centre, RulingOutcome.NO_SANCTION)
    customer = ruling.bundle.breach.interview.claim.customer
    found = own_case.case_of(customer, day(READY + 3))
    assert found is not None
    assert found.stage == "nothing"


def test_what_is_long_over_is_not_brought_up_again(place, centre):
    ruling = decided(place, centre, RulingOutcome.NO_SANCTION)
    customer = ruling.bundle.breach.interview.claim.customer
    found = own_case.case_of(customer, day(READY + 100))
    assert found is None or found.stage == "missed"


def test_a_customer_never_sees_the_case_of_another(client, place):
    opened(place)
    other = booked(place, start=0, on=DAY_OF_IT, hour=12)
    visit(client, other.interview.claim)
    assert client.get(reverse("my:not_there")).url == reverse("my:home")
