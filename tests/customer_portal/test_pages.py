"""What a customer sees of their own way, and what they can do there."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.interviews.talking import talk
from waymark.inbound import verbs as inbound
from waymark.inbound.enums import Way
from waymark.inbound.models import Message
from waymark.interviews import verbs as interviews
from waymark.interviews.diary.queries import slot_from_key
from waymark.interviews.models import Appointment, Preferences
from waymark.interviews.taken_hours import taken_of
from waymark.interviews.verbs import Wish
from waymark.kernel.working_days import add_working_days
from waymark.notices.models import Notice
from waymark.portal import verbs as portal
from waymark.programme.models import LocalSetting
from waymark.programme.queries import holding
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def shown(client, name: str, *args: str, query: str = "") -> str:
    response = client.get(reverse(f"my:{name}", args=args) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def free_time(client) -> str:
    """The first of the times that are offered."""
    return client.get(reverse("my:time")).context["form"].times[0][1][0][0]


def test_the_first_page_says_when_where_and_with_whom(own, booked):
    page = shown(own, "home")
    assert booked.adviser.name in page
    assert booked.office.name in page
    assert "about 45 minutes" in page


def test_it_says_that_it_is_compulsory_and_that_help_is_a_choice(own, booked):
    page = shown(own, "home")
    assert "This one you must come to." in page
    assert "Help we talk about there is your choice." in page


def test_an_interview_by_choice_says_that_nothing_follows(own, booked):
    Appointment.objects.filter(pk=booked.pk).update(interview=_voluntary(booked))
    page = shown(own, "home")
    assert "This talk is your choice." in page
    assert "you must come" not in page.partition("Your way")[0]


def _voluntary(booked):
    interview = booked.interview
    type(interview).objects.filter(pk=interview.pk).update(state="closed")
    return type(interview).objects.create(
        ref="V00000000V",
        claim=interview.claim,
        number=interview.number + 1,
        mandatory=False,
        state="booked",
        due_by=interview.due_by,
    )


def test_a_customer_without_an_appointment_learns_that_somebody_rings(own, claim):
    assert "We ring you to talk about an interview." in shown(own, "home")


def test_what_is_put_off_says_until_when_why_and_how_to_come_sooner(place, own, claim, now):
    interview = claim.interviews.get()
    conversation = talk(place, interview, {"distressed": True}, now=now)
    until = now.date() + timedelta(days=14)
    interviews.decide(
        conversation, Wish(choice="defer", reason="distress", until=until), by=place.agent, now=now
    )
    page = shown(own, "home")
    assert "Your interview is put off until" in page
    assert f"{until.day}" in page
    assert "I want to come sooner" in page


def test_the_way_is_a_line_of_stations_with_the_same_in_words(place, own, booked, now):
    six_interviews(place, now)
    page = shown(own, "home")
    assert "wm-stations" in page
    assert "The same in words" in page
    assert "Interview 1: next" in page
    assert "It is number 1 of 6 at most." in page
    assert "0 done, at most 6 to come." in page


def test_one_interview_alone_is_no_line(own, booked):
    assert "wm-stations" not in shown(own, "home")


def six_interviews(place, now) -> None:
    """A programme of six, as in the pilot districts."""
    LocalSetting.objects.create(
        slug="jobcentre-plus-2002",
        key="regime.mandatory_interviews",
        value=6,
        district_code=place.district.code,
        valid_from=date(2004, 1, 1),
        because="A district that holds six.",
        set_by="A manager",
        set_at=now,
    )


def test_times_are_offered_with_the_same_adviser(own, booked):
    search = own.get(reverse("my:time")).context["search"]
    assert {slot.adviser_id for slot in search.slots} == {booked.adviser_id}


def test_why_it_is_so_names_the_role_and_not_the_facts(place, own, claim, now):
    interview = claim.interviews.get()
    conversation = talk(place, interview, {"distressed": True}, now=now)
    until = now.date() + timedelta(days=14)
    decision = interviews.decide(
        conversation, Wish(choice="defer", reason="distress", until=until), by=place.agent, now=now
    )
    page = shown(own, "why")
    assert decision.because.replace("’", "&#x27;").split(".")[0] in page.replace("’", "&#x27;")
    assert "contact-centre agent" in page
    assert place.agent.person.name not in page


# Another time


def test_a_customer_chooses_another_time_and_it_holds_at_once(own, booked):
    slot = free_time(own)
    response = own.post(reverse("my:time"), {"slot": slot})
    assert response.url == reverse("my:home")
    booked.refresh_from_db()
    moved = Appointment.objects.get(state="booked")
    assert (booked.state, booked.caused_by) == ("moved", "customer")
    assert moved.moved_from == booked
    assert Task.objects.get(claim=booked.interview.claim, kind="hold_interview", closed_at=None).person
    assert Event.objects.filter(kind="interview_moved", by=None).count() == 1


def test_moving_is_told_in_writing(own, booked):
    before = Notice.objects.filter(claim=booked.interview.claim).count()
    own.post(reverse("my:time"), {"slot": free_time(own)})
    assert Notice.objects.filter(claim=booked.interview.claim).count() == before + 1


def test_a_time_that_somebody_took_meanwhile_leaves_the_old_one(place, own, booked, now):
    key = free_time(own)
    other = place.claim(now=now, claimed_on=now.date(), period_from=now.date())
    interviews.book_interview(other, slot_from_key(key), by=place.agent, now=now)
    response = own.post(reverse("my:time"), {"slot": key})
    assert "Somebody else has just taken this time." in response.content.decode()
    booked.refresh_from_db()
    assert booked.state == "booked"


def test_on_the_day_itself_it_is_too_near_and_somebody_looks_for_a_time(own, booked, now):
    late = factories.at(timezone.localdate(now), time(23, 30))
    Appointment.objects.filter(pk=booked.pk).update(starts_at=late, ends_at=late + timedelta(minutes=20))
    assert "When could you come?" in shown(own, "time")
    own.post(reverse("my:time"), {"words": "Any morning."})
    message = Message.objects.get()
    assert (message.about, message.way, message.appointment) == ("move", "portal", booked.ref)


def test_where_a_place_does_not_let_customers_move_they_ask(place, own, booked, now):
    LocalSetting.objects.create(
        slug="jobcentre-plus-2002",
        key="portal.may_move",
        value=False,
        district_code=place.district.code,
        valid_from=date(2004, 1, 1),
        because="Times are given out by telephone here.",
        set_by="A manager",
        set_at=now,
    )
    assert "When could you come?" in shown(own, "time")


def test_a_working_day_before_a_time_can_still_be_chosen(own, booked, now):
    ahead = add_working_days(timezone.localdate(now), 1, frozenset())
    starts = factories.at(ahead, time(11))
    Appointment.objects.filter(pk=booked.pk).update(starts_at=starts, ends_at=starts + timedelta(minutes=45))
    assert "Times that are free" in shown(own, "time")


def test_nothing_suits_leads_to_asking(own, booked):
    assert "When could you come?" in shown(own, "time", query="?ask")


# Not being able to come


def test_saying_that_one_cannot_come_stops_everything_at_once(own, booked):
    response = own.post(reverse("my:cannot_come"), {"words": "My son is ill."}, follow=True)
    page = " ".join(response.content.decode().split())
    assert "Nothing will be counted against you before somebody has read this." in page
    message = Message.objects.get()
    assert (message.about, message.appointment, message.logged_by) == ("cannot_come", booked.ref, None)
    assert message.task.person == booked.adviser


def test_nobody_has_to_say_why_they_cannot_come(own, booked):
    own.post(reverse("my:cannot_come"), {"words": ""})
    assert Message.objects.get().words == ""


def test_the_first_page_says_by_when_a_message_is_answered(own, booked):
    own.post(reverse("my:cannot_come"), {"words": ""})
    assert "You hear from us by" in shown(own, "home")


# Asking and telling


@pytest.mark.parametrize(
    "about", ["question", "ask_interview", "bring_forward", "pause", "other_adviser", "correction", "other"]
)
def test_whatever_is_asked_is_a_task_with_a_day(own, claim, about):
    own.post(reverse("my:ask"), {"about": about, "words": "Please ring me."})
    message = Message.objects.get()
    assert message.about == about
    assert Task.objects.get(pk=message.task_id).due_on == message.answer_by


def test_a_message_needs_words(own, claim):
    page = own.post(reverse("my:ask"), {"about": "question", "words": ""}).content.decode()
    assert "Write a few words" in page
    assert not Message.objects.exists()


def test_the_answer_stands_under_the_message(place, own, claim, now):
    own.post(reverse("my:ask"), {"about": "question", "words": "Do I bring papers?"})
    message = Message.objects.get()
    inbound.answer(message, words="No papers.", told_by=Way.PORTAL, by=place.adviser, now=now)
    assert "No papers." in shown(own, "message", message.ref)
    assert "Read the answer" in shown(own, "messages")


def test_the_messages_of_others_are_not_there(place, own, now):
    other = place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim
    message = inbound.log(other, way=Way.CALL, about="cannot_come", by=place.agent, now=now)
    assert own.get(reverse("my:message", args=[message.ref])).status_code == 404


# What the customer needs


def test_preferences_and_companion_are_kept_as_said_by_the_customer(own, claim):
    own.post(
        reverse("my:needs"),
        {
            "privacy": "private",
            "mode": "phone",
            "time_of_day": "afternoon",
            "companion": "my sister",
            "same_adviser": "on",
        },
    )
    kept = Preferences.objects.get(claim=claim)
    assert (kept.privacy, kept.mode, kept.companion, kept.asked_by) == (
        "private",
        "phone",
        "my sister",
        None,
    )


def test_another_time_is_offered_at_the_time_of_day_that_suits(own, booked):
    own.post(reverse("my:needs"), {"privacy": "either", "time_of_day": "afternoon"})
    search = own.get(reverse("my:time")).context["search"]
    assert search.slots
    assert {slot.starts_at.hour >= 12 for slot in search.slots} == {True}


def test_how_to_reach_them_is_changed_by_a_person(own, claim, joan):
    own.post(reverse("my:reach"), {"words": "Do not ring, text me."})
    assert Message.objects.get().about == "preferences"
    joan.refresh_from_db()
    assert not hasattr(joan, "safe_contact")


# Letters


@pytest.fixture
def letter(booked, now) -> Notice:
    notice = Notice.objects.filter(claim=booked.interview.claim).latest("queued_at")
    Notice.objects.filter(pk=notice.pk).update(state="sent", sent_at=now, pdf=b"%PDF-1.7 kept")
    notice.refresh_from_db()
    return notice


def test_letters_are_read_as_they_were_sent(own, letter):
    assert letter.subject in shown(own, "letters")
    assert "wm-letter" in shown(own, "letter", letter.ref) or letter.subject in shown(
        own, "letter", letter.ref
    )


def test_a_letter_opens_as_pdf_under_a_name_that_says_nothing(own, letter):
    response = own.get(reverse("my:letter_pdf", args=[letter.ref]))
    assert response.content == b"%PDF-1.7 kept"
    assert response.headers["Content-Disposition"] == 'inline; filename="letter.pdf"'


def test_a_letter_that_has_not_gone_out_is_not_shown(own, booked):
    assert "We have not sent you anything yet." in shown(own, "letters")


def test_letters_of_others_are_not_there(place, own, now):
    other = place.claim(now=now, claimed_on=now.date(), period_from=now.date())
    notice = Notice.objects.filter(claim=other.claim).first()
    ref = notice.ref if notice else "N000000000"
    assert own.get(reverse("my:letter", args=[ref])).status_code == 404


def test_what_was_promised_stands_with_its_day(own, claim, now):
    factories.open_task(
        claim, kind="promise", words="A list of courses", due_on=now.date() + timedelta(days=3)
    )
    assert "A list of courses" in shown(own, "agreed")


def test_who_has_no_claim_sees_a_plain_page(client, place, now):
    nobody = factories.customer(born_on=date(1961, 3, 12), added_by=place.agent)
    from_code = _code_of(nobody, now)
    client.post(
        reverse("my:door"),
        {"secret": from_code, "born_on_day": "12", "born_on_month": "3", "born_on_year": "1961"},
    )
    assert "There is nothing planned for you here." in shown(client, "home")


def _code_of(customer, now) -> str:
    from_rules = holding("jobcentre-plus-2002", now.date())
    return portal.make_code(customer, rules=from_rules, now=now).printed


def test_hours_in_which_she_cannot_come_are_said_and_taken_away_on_her_own_page(own, claim, booked):
    lines = {
        "day_0": "3",
        "from_0": "9am",
        "until_0": "12pm",
        "words_0": "",
        "day_1": "",
        "from_1": "",
        "until_1": "",
    }
    assert own.post(reverse("my:hours"), lines).status_code == 302
    [taken] = taken_of(claim.pk)
    assert str(taken) == "Thursday 9am to midday"
    assert "09:00" in shown(own, "hours")
    own.post(reverse("my:hours"), {**lines, "day_0": ""})
    assert taken_of(claim.pk) == ()
