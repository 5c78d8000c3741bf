"""The call before the letter, how the customer would like to be seen, help to come, and what is compulsory."""

from datetime import time

import pytest
from django.urls import reverse

from tests.interviews.sitting import called_first
from tests.recontact.makers import open_kinds
from waymark.customers.verbs import set_safe_contact
from waymark.interviews.models import CallAttempt, HelpToAttend, PreCall, Preferences, Requirement
from waymark.interviews.series.before import ask_for_help, set_preferences
from waymark.interviews.series.taken_hours import set_taken_hours
from waymark.interviews.taken_hours import Taken, taken_of
from waymark.kernel.clock import LONDON, day_of

pytestmark = pytest.mark.django_db

TALKED = {"result": "reached", "understood": "yes", "then": "book"}


def test_what_to_say_stands_beside_the_number(interview, page):
    """E:L1240-1274."""
    text = page("pre_call", interview.ref)
    assert "It is no check of your claim." in text and "Nobody will make you take a job." in text


def test_the_number_stays_hidden_where_it_is_not_safe_to_ring(place, interview, page, now):
    customer = interview.claim.customer
    assert "01632 960123" in page("pre_call", interview.ref)
    set_safe_contact(customer, may_ring=False, by=place.adviser, now=now)
    text = page("pre_call", interview.ref)
    assert "01632 960123" not in text and "It is not safe to ring this customer." in text


def test_worries_are_kept_with_what_was_put_to_rest_and_help_is_asked_for(interview, send):
    """E:V7, M:L5561-5576."""
    answer = send(
        "pre_call",
        interview.ref,
        **TALKED,
        worries=["privacy", "getting_there"],
        rest_privacy="on",
        help_kinds=["travel"],
        needs="A chair with arms.",
    )
    assert answer.url == reverse("interviews:book", args=[interview.ref])
    call = PreCall.objects.get()
    assert dict(call.concerns.values_list("concern", "settled")) == {"privacy": True, "getting_there": False}
    assert HelpToAttend.objects.get().kind == "travel"
    assert open_kinds(interview) >= {"book", "arrange_help"}


def test_whether_the_customer_understood_is_asked(interview, send):
    text = send("pre_call", interview.ref, result="reached", then="book").content.decode()
    assert "say whether the customer understood" in text


def test_no_call_says_why(interview, send):
    text = send("pre_call", interview.ref, result="left_out", then="book").content.decode()
    assert "Choose why" in text


def test_a_letter_out_of_the_blue_is_refused_where_it_can_harm(interview, send):
    said = {"result": "left_out", "left_out": "no_time", "gentle": "on", "then": "book"}
    assert "so the call comes first" in send("pre_call", interview.ref, **said).content.decode()


def test_one_click_keeps_an_attempt_and_proposes_another_time(interview, send, page):
    """E:L87."""
    send("pre_call_attempt", interview.ref, outcome="no_answer")
    assert CallAttempt.objects.get().stage == "before_interview"
    assert "No answer" in page("pre_call", interview.ref)


def test_putting_it_off_at_this_point_is_the_usual_decision(interview, send):
    """E:V8: the screening by telephone made official."""
    answer = send("pre_call", interview.ref, **{**TALKED, "then": "put_off"})
    assert answer.url == reverse("interviews:defer", args=[interview.ref])


def test_wishes_are_asked_and_shown_again(place, claim, send, page):
    """E:L2236-2285, M:L1722-1749."""
    said = {
        "privacy": "private",
        "time_of_day": "morning",
        "medication": "Tired until ten.",
        "mode": "office",
    }
    send("preferences", claim.ref, **said, avoid=[place.second_adviser.person.ref])
    held = Preferences.objects.get()
    assert (held.privacy, held.time_of_day) == ("private", "morning")
    assert list(held.avoid.all()) == [place.second_adviser.person]
    assert "Tired until ten." in page("preferences", claim.ref)


def test_after_the_call_the_wishes_lead_on_to_the_booking(interview, advises):
    address = reverse("series:preferences", args=[interview.claim.ref]) + f"?then={interview.ref}"
    answer = advises.post(address, {"privacy": "open", "time_of_day": "any"})
    assert answer.url == reverse("interviews:book", args=[interview.ref])


def test_every_time_says_which_wishes_it_honours(place, interview, advises, now):
    set_preferences(
        interview.claim,
        privacy="private",
        time_of_day="morning",
        medication="Tired until ten.",
        avoid=[place.second_adviser.person],
        by=place.adviser,
        now=now,
    )
    answer = advises.get(reverse("interviews:book", args=[interview.ref]))
    text = answer.content.decode()
    assert "Suits: private room, in the morning." in text
    assert "Does not suit: in the morning." in text
    assert "Tired until ten." in text
    assert {slot.adviser_id for slot in answer.context["search"].slots} == {place.adviser.person_id}


def test_help_to_come_is_arranged_in_words_the_customer_hears(place, interview, send, page, now):
    asked = ask_for_help(interview, kind="childcare", words="two children", by=place.adviser, now=now)
    assert "two children" in page("help", interview.claim.ref)
    send("arrange", interview.claim.ref, asked.ref, arrangement="A place at the nursery from two to four.")
    assert "A place at the nursery from two to four." in page("help", interview.claim.ref)
    assert "arrange_help" not in open_kinds(interview)


def test_help_of_another_claim_is_not_found(place, interview, page, now):
    other = place.claim(now=now, claimed_on=day_of(now), period_from=day_of(now))
    asked = ask_for_help(other, kind="travel", by=place.adviser, now=now)
    page("arrange", interview.claim.ref, asked.ref, status=404)


def test_what_is_compulsory_says_why_and_what_it_counted(claim, page):
    text = page("requirement", claim.ref)
    assert "0 of up to 6 are done" in text and "The programme asks for interviews with this claim" in text


def test_a_person_settles_an_exemption_with_what_it_rests_on(claim, send):
    """E:L374-378."""
    assert "Write what it rests on." in send("requirement", claim.ref, because="exempt").content.decode()
    send("requirement", claim.ref, because="exempt", words="Letter of 2 May.")
    assert Requirement.objects.get(claim=claim, until=None).standing == "voluntary"


def test_a_programme_that_does_not_screen_offers_no_screening(claim, page, send):
    """P:L510."""
    assert "Keep the result of the screening" not in page("requirement", claim.ref)
    text = send("screening", claim.ref, result="out", settled="out").content.decode()
    assert "does not screen on this day" in text


@pytest.mark.parametrize("name", ["preferences", "help", "requirement", "voluntary", "review", "follow_up"])
def test_strangers_find_no_claim(name, client, place, claim):
    client.force_login(place.elsewhere.person)
    status = client.get(reverse(f"series:{name}", args=[claim.ref])).status_code
    assert status in {403, 404}


# Hours in which the customer cannot come


def mornings_and(words: str = "") -> dict[str, str]:
    """Every morning of the working week, as the page sends it."""
    return {
        f"{name}_{day}": value
        for day in range(5)
        for name, value in {"day": str(day), "from": "9am", "until": "12:30", "words": words}.items()
    }


def test_mornings_that_are_taken_are_not_offered_and_may_be_shown_with_a_word(
    advises, place, claim, interview, now
):
    called_first(place, interview, now=now)
    set_taken_hours(claim, [Taken(day, time(9), time(10)) for day in range(3)], by=place.adviser, now=now)
    saved = advises.post(reverse("series:hours", args=[claim.ref]), mornings_and("treatment"))
    assert saved.status_code == 302
    assert len(taken_of(claim.pk)) == 5
    address = reverse("interviews:book", args=[interview.ref])
    answer = advises.get(address)
    assert "Monday 9am to 12:30pm (treatment)" in answer.content.decode()
    assert set(answer.context["form"].fields) == {"slot"}
    offered = answer.context["search"].slots
    assert offered and all(slot.starts_at.astimezone(LONDON).time() >= time(12, 30) for slot in offered)
    answer = advises.get(f"{address}?mode=office&taken_too=on")
    form = answer.context["form"]
    assert "despite" in form.fields
    morning = next(key for _day, times in form.times for key, _words in times)
    posted = f"{address}?mode=office&taken_too=on"
    again = advises.post(posted, {"slot": morning, "despite": ""})
    assert "The customer cannot come then" in again.content.decode()
    assert advises.post(posted, {"slot": morning, "despite": "No treatment that day."}).status_code == 302


def test_the_hours_need_both_their_times(page, advises, claim):
    sent = {"day_0": "2", "from_0": "9", "until_0": "", "words_0": ""}
    answer = advises.post(reverse("series:hours", args=[claim.ref]), sent)
    assert "Enter a time, like 9:30am" in answer.content.decode()
    assert taken_of(claim.pk) == ()


# Being against an interview


def test_being_against_it_is_kept_with_its_reason_and_what_was_offered(page, advises, claim, interview):
    sent = {"reason": "too_ill", "words": "Some days I cannot get up.", "ways": ["later", "phone"]}
    address = reverse("series:against", args=[claim.ref])
    assert advises.post(address, {**sent, "ways": []}).status_code == 200
    assert not interview.objections.exists()
    assert advises.post(address, sent).status_code == 302
    read = page("against", claim.ref)
    assert "Feels too ill for it" in read
    assert "Some days I cannot get up." in read
    assert "put off to a later day; by telephone, or at home" in read
    assert reverse("interviews:defer", args=[interview.ref]) in read
