"""During the interview: saved as it goes, from two windows at once, and nothing restricted where the customer looks."""

import pytest
from django.urls import reverse

from waymark.interviews.models import Barrier, Interest, OptionShown, TopicCovered, Wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_one(began, sitting):
    return began


def test_a_text_is_kept_and_comes_back_to_its_place(open_one, send, page):
    answer = send("text", open_one, field="notes", text="Likes gardens.", based_on="0")
    assert answer.url == reverse("sittings:during", args=[open_one.ref]) + "#text-notes"
    assert "Likes gardens." in page("during", open_one)


def test_a_text_saved_while_writing_says_when(open_one, send):
    said = send("text", open_one, field="topic:hopes", text="A garden.", based_on="0", quiet=True).json()
    assert said["saved"] is True and said["revision"] == 1 and ":" in said["at"]


def test_two_windows_see_each_others_words_and_both_are_kept(open_one, send):
    send("text", open_one, field="notes", text="Sleeps badly.", based_on="0", quiet=True)
    answer = send("text", open_one, field="notes", text="Likes gardens.", based_on="0", quiet=True)
    assert answer.status_code == 409
    assert answer.json()["other"]["text"] == "Sleeps badly."
    assert {w.text for w in Wording.objects.all()} == {"Sleeps badly.", "Likes gardens."}


def test_without_the_script_both_texts_stand_side_by_side_to_be_put_together(open_one, send, page):
    send("text", open_one, field="notes", text="Sleeps badly.", based_on="0")
    text = send("text", open_one, field="notes", text="Likes gardens.", based_on="0").content.decode()
    assert "Another window wrote this too" in text
    assert "Sleeps badly.\nLikes gardens." in text
    send("text", open_one, field="notes", text="Sleeps badly.\nLikes gardens.", based_on="2")
    assert "Sleeps badly.\nLikes gardens." in page("during", open_one)


def test_whether_the_customer_is_able_is_asked_first_and_starts_the_clock(open_one, sitting, send):
    send("state", open_one, capacity="with_care", part="able")
    sitting.refresh_from_db()
    assert sitting.capacity == "with_care" and sitting.started_at is not None


def test_the_two_views_of_the_distance_from_work_are_kept_apart(open_one, sitting, send):
    send("state", open_one, distance_customer="further", distance_adviser="year", part="distance")
    sitting.refresh_from_db()
    assert (sitting.distance_customer, sitting.distance_adviser) == ("further", "year")


def test_all_forms_of_help_are_marked_as_shown_at_once_at_the_first_interview(open_one, send, page):
    assert "all of it is shown, each in the same way" in page("during", open_one)
    send("marks", open_one, "options", all_shown="yes")
    assert set(OptionShown.objects.values_list("depth", flat=True)) == {"shown"}
    assert OptionShown.objects.count() == 10


def test_help_that_is_not_mentioned_says_why(open_one, send):
    answer = send("marks", open_one, "options", **{"state-training": "not_shown"}, quiet=True)
    assert answer.status_code == 422
    assert "Why was this help not mentioned?" in answer.json()["refused"]
    send("marks", open_one, "options", **{"state-training": "not_shown", "why-training": "Starts a course."})
    assert OptionShown.objects.get().why_not == "Starts a course."


def test_a_window_that_is_behind_does_not_undo_what_another_ticked(open_one, send):
    send("marks", open_one, "topics", **{"state-hopes": "yes"})
    send("marks", open_one, "topics", **{"was-state-hopes": "", "state-hopes": "", "state-money": "declined"})
    assert dict(TopicCovered.objects.values_list("topic", "explored")) == {
        "hopes": "yes",
        "money": "declined",
    }


def test_one_barrier_is_the_main_one(open_one, send):
    send("marks", open_one, "barriers", **{"there-money": "yes", "main": "money"})
    send(
        "marks",
        open_one,
        "barriers",
        **{"was-main": "money", "main": "health", "was-there-money": "yes", "there-money": "yes"},
    )
    assert Barrier.objects.get(main=True).kind == "health"
    assert set(Barrier.objects.filter(present=True).values_list("kind", flat=True)) == {"health", "money"}


def test_what_the_customer_would_like_gets_an_owner_and_a_day(place, open_one, send):
    send("interest", open_one, words="Work with animals", owner=place.second_adviser.person.ref)
    wish = Interest.objects.get()
    assert wish.owner == place.second_adviser.person and wish.task.person == wish.owner


def test_a_wish_without_words_comes_back_with_the_page(open_one, send, place):
    text = send("interest", open_one, words="", owner=place.adviser.person.ref).content.decode()
    assert "What would the customer like?" in text and "govuk-error-summary" in text


def test_who_is_in_the_room_is_kept_with_what_it_does(open_one, sitting, send):
    send("present", open_one, name="her sister", role="carer", effect="helped")
    assert sitting.present.get().effect == "helped"


def test_the_customer_would_read_everything_but_what_is_restricted(open_one, send, page):
    send("text", open_one, field="notes", text="Likes gardens.", based_on="0")
    send("text", open_one, field="restricted", text="Afraid of her brother.", based_on="0")
    text = page("read", open_one)
    assert "Likes gardens." in text
    assert "Afraid of her brother." not in text


def test_on_a_shared_screen_nothing_restricted_is_seen(open_one, send, page):
    send("text", open_one, field="restricted", text="Afraid of her brother.", based_on="0")
    assert "Afraid of her brother." in page("during", open_one)
    send("screen", open_one)
    assert "Afraid of her brother." not in page("during", open_one)
    assert "this part is hidden" in page("before", open_one)
    send("screen", open_one)
    assert "Afraid of her brother." in page("during", open_one)


def test_the_contact_centre_reads_no_restricted_note(client, place, open_one, send):
    send("text", open_one, field="restricted", text="Afraid of her brother.", based_on="0")
    client.force_login(place.agent.person)
    assert (
        "Afraid of her brother."
        not in client.get(reverse("sittings:during", args=[open_one.ref])).content.decode()
    )
    assert (
        client.post(
            reverse("sittings:text", args=[open_one.ref]), {"field": "restricted", "text": ""}
        ).status_code
        == 404
    )


def test_who_is_signed_out_is_told_so_and_not_heard(client, open_one):
    client.logout()
    answer = client.post(
        reverse("sittings:text", args=[open_one.ref]),
        {"field": "notes", "text": "Lost?", "based_on": "0"},
        headers={"X-Quiet": "yes"},
    )
    assert answer.status_code == 302 and not Wording.objects.exists()
