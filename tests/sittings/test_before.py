"""Before the interview: what is read, and how it begins (E:L1349-1355)."""

import pytest
from django.urls import reverse

from tests.interviews.sitting import book, hold
from tests.recontact.makers import open_kinds
from waymark.customers.enums import NoteKind
from waymark.customers.verbs import write_note
from waymark.inbound.enums import About, Way
from waymark.inbound.verbs import log
from waymark.interviews.models import Sitting
from waymark.interviews.series.before import set_preferences
from waymark.interviews.sittings import verbs

pytestmark = pytest.mark.django_db


def test_what_was_said_and_agreed_last_time_is_read_first(place, began, page):
    hold(place, began, said=["Your back hurts when you sit."], agreed_steps=["Tom finds a course by May."])
    following = began.interview.claim.interviews.get(number=2)
    later = book(place, following, now=began.ends_at)
    text = page("before", later)
    for words in ("Your back hurts when you sit.", "Tom finds a course by May.", "how the course went"):
        assert words in text


def test_what_is_owed_is_seen_with_who_owes_it(place, began, sitting, page):
    verbs.note_interest(sitting, "Work with animals", by=place.adviser, now=began.starts_at)
    text = page("before", began)
    assert "Work with animals" in text and place.adviser.person.name in text


def test_what_must_not_be_asked_again_is_at_hand(place, booked, page, now):
    customer = booked.interview.claim.customer
    write_note(customer, kind=NoteKind.DO_NOT_ASK, text="the accident", by=place.adviser, now=now)
    assert "do not ask again: the accident" in page("before", booked)


def test_how_the_customer_would_like_to_be_seen_is_read_before(place, booked, page, now):
    set_preferences(
        booked.interview.claim,
        privacy="private",
        medication="Tired until eleven.",
        by=place.adviser,
        now=now,
    )
    text = page("before", booked)
    assert "Private room" in text or "private room" in text
    assert "Tired until eleven." in text


def test_the_customer_arrives_and_the_interview_begins(booked, send):
    answer = send("begin", booked, way="arrive")
    assert answer.url == reverse("sittings:during", args=[booked.ref])
    assert Sitting.objects.get(appointment=booked).arrived_at is not None


def test_a_telephone_interview_begins_without_an_arrival(booked, send):
    send("begin", booked, way="open")
    assert Sitting.objects.get(appointment=booked).arrived_at is None


def test_nothing_is_written_before_it_has_begun(booked, page, send):
    assert "has not begun" in page("during", booked)
    assert "has not begun" in page("after", booked)
    answer = send("text", booked, field="notes", text="Early.", based_on="0")
    assert answer.status_code == 409
    assert not Sitting.objects.exists()


def test_a_colleague_who_stands_in_takes_it_over_as_it_is(client, place, began, sitting):
    client.force_login(place.second_adviser.person)
    address = reverse("sittings:during", args=[began.ref])
    assert f"{place.adviser.person.name} has this interview." in client.get(address).content.decode()
    client.post(reverse("sittings:begin", args=[began.ref]), {"way": "open"})
    sitting.refresh_from_db()
    assert sitting.adviser.person == place.second_adviser.person


def test_who_did_not_come_is_asked_why_and_nothing_else_follows(began, send):
    answer = send("missed", began, words="")
    assert answer.url == reverse("series:missed", args=[began.interview.ref])
    assert open_kinds(began.interview) == {"find_out"}


def test_nobody_is_marked_as_missing_while_something_they_told_us_waits(place, began, page, send, now):
    log(
        began.interview.claim,
        way=Way.CALL,
        about=About.CANNOT_COME,
        words="My son is ill.",
        by=place.agent,
        now=now,
    )
    assert "nobody has answered yet" in page("missed", began)
    assert "Read the message and answer it first." in send("missed", began, words="").content.decode()
    began.refresh_from_db()
    assert began.state == "booked"


def test_an_interview_still_to_come_was_not_missed(booked, send):
    assert "has not come yet" in send("missed", booked, words="").content.decode()


def test_the_task_opens_the_workspace_of_the_booked_time(advises, booked):
    answer = advises.get(reverse("sittings:of_interview", args=[booked.interview.ref]))
    assert answer.url == reverse("sittings:before", args=[booked.ref])


@pytest.mark.parametrize("name", ["before", "during", "read", "after", "missed"])
def test_strangers_find_no_interview(name, client, place, booked):
    client.force_login(place.elsewhere.person)
    assert client.get(reverse(f"sittings:{name}", args=[booked.ref])).status_code == 404


@pytest.mark.parametrize("name", ["before", "during"])
def test_an_administrator_opens_no_interview(name, client, place, booked):
    client.force_login(place.administrator.person)
    assert client.get(reverse(f"sittings:{name}", args=[booked.ref])).status_code == 403
