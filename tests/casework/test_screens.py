"""The pages of cases, through the client."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.casework.making import day, disability_adviser, helpers, lend, manager_of, moment, taken_on, wanted
from waymark.casework import verbs
from waymark.casework.enums import ContactChannel, Purpose
from waymark.casework.models import Case, Enquiry, Meeting, Transfer
from waymark.casework.verbs import Held, Invited
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, monkeypatch, settings):
    """Open and send pages as somebody, on Tuesday 4 May 2004 at two."""
    now = moment(0, 14)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    def ask(post: Post, name: str, *args: str, data: dict | None = None, query: str = ""):
        client.force_login(post.person, backend="waymark.web.signin.Backend")
        address = reverse(f"casework:{name}", args=args) + query
        return client.get(address) if data is None else client.post(address, data)

    return ask


def text(response) -> str:
    return " ".join(response.content.decode().split())


def dmy(name: str, when) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def test_the_page_of_a_case_says_who_helps_and_what_is_next(place, page):
    case, there = taken_on(place), helpers()
    verbs.add_worker(
        case.claim,
        organisation=there.organisation,
        contact=there.contact,
        part="confidence",
        until=day(40),
        origin_ref="R1",
        by=place.adviser,
        now=moment(),
    )
    shown = text(page(place.adviser, "case", case.claim.ref))
    assert place.adviser.person.name in shown
    assert "Lee of Calder Steps" in shown
    assert "Be in touch by" in shown


def test_a_customer_is_taken_on_from_the_page(place, page):
    claim = place.claim().claim
    assert "Nobody is responsible yet" in text(page(place.adviser, "case", claim.ref))
    page(place.adviser, "take_on", claim.ref, data={})
    assert Case.objects.get(claim=claim).managers.get().post == place.adviser


def test_strangers_find_nothing(place, page):
    case = taken_on(place)
    elsewhere = factories.post("adviser", office=factories.office())
    assert page(elsewhere, "case", case.claim.ref).status_code == 404
    assert page(elsewhere, "log", case.claim.ref).status_code == 404
    transfer = lend(case, place.second_adviser, place.adviser)
    assert page(elsewhere, "transfer", transfer.ref).status_code == 404


def test_an_agent_sees_who_helps_and_changes_nothing(place, page):
    case = taken_on(place)
    assert page(place.agent, "case", case.claim.ref).status_code == 200
    assert page(place.agent, "hand_over", case.claim.ref).status_code in {403, 404}


def test_a_case_is_lent_in_one_page(place, page):
    case = taken_on(place)
    sent = {
        "who": f"post:{place.second_adviser.pk}",
        "kind": "temporary",
        **dmy("returns_on", day(20)),
        "reason": "away",
        "customer_agreed": "no",
        "why": "I am on leave.",
        "lender_hears": "on",
    }
    response = page(place.adviser, "hand_over", case.claim.ref, data=sent)
    assert response.status_code == 302
    assert manager_of(case).person == place.second_adviser.person


def test_a_refusal_stands_in_the_form(place, page):
    case = taken_on(place)
    sent = {
        "who": f"post:{place.second_adviser.pk}",
        "kind": "permanent",
        "reason": "trusted_more",
        "customer_agreed": "no",
        "can_provide": "All of it.",
    }
    response = page(place.adviser, "hand_over", case.claim.ref, data=sent)
    assert response.status_code == 200
    assert "The customer has not agreed." in text(response)
    assert not Transfer.objects.exists()


def test_who_is_asked_answers_on_the_page(place, page):
    dea, case = disability_adviser(place), taken_on(place)
    transfer = verbs.propose_transfer(
        case,
        wanted(dea, reason="disability_adviser", remit=("complex_health",)),
        by=place.adviser,
        now=moment(),
    )
    assert "Do you take the customer over?" in text(page(dea, "transfer", transfer.ref))
    assert "Do you take the customer over?" not in text(page(place.adviser, "transfer", transfer.ref))
    page(dea, "transfer", transfer.ref, data={"accept": "no", "reason": "nothing_to_add", "words": ""})
    transfer.refresh_from_db()
    assert (transfer.state, transfer.answer_reason) == ("declined", "nothing_to_add")


def test_a_meeting_is_planned_and_written_up_with_its_steps(place, page, monkeypatch):
    case = taken_on(place)
    planned = page(
        place.adviser,
        "plan_meeting",
        case.claim.ref,
        query=f"?minutes=45&with_customer=on&who=post:{place.adviser.pk}",
        data={
            "kind": "conference",
            "when": moment(1, 10).isoformat(),
            "place": "Calder office",
            "others": "Sam Field, Northgate Clinic",
            "objectives": "What comes after the course.",
        },
    )
    assert planned.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.attendees.count() == 3
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(2))
    name = case.claim.customer.name
    written = page(
        place.adviser,
        "meeting",
        meeting.ref,
        data={
            "came": [name, "Sam Field"],
            "minutes": "50",
            "views": "She would like to try a placement.",
            "step_1": "Ask the college about mornings",
            "step_1_who": "Sam Field",
            **dmy("step_1_by", day(14)),
        },
    )
    assert written.status_code == 302, text(written)
    shown = text(page(place.adviser, "case", case.claim.ref))
    assert "Ask the college about mornings" in shown
    assert "She would like to try a placement." in shown


def test_a_contact_is_written_down(place, page):
    case = taken_on(place)
    page(
        place.adviser,
        "log",
        case.claim.ref,
        data={
            "whom": "customer",
            "channel": "phone",
            "begun_by": "customer",
            "reached": "yes",
            "purpose": "progress",
            "minutes": "12",
            "words": "She has begun the course.",
        },
    )
    made = case.contacts_made.get()
    assert (made.minutes, made.begun_by) == (12, "customer")


def test_a_question_to_a_service_names_nobody_unless_the_customer_agrees(place, page):
    case, there = taken_on(place), helpers()
    sent = {"service": there.service.ref, "channel": "phone", "question": "Is it right?", "named": "yes"}
    refused = page(place.adviser, "ask_about", case.claim.ref, data=sent)
    assert "Nobody is named to a service without their yes." in text(refused)
    page(place.adviser, "ask_about", case.claim.ref, data={**sent, "named": "no"})
    enquiry = Enquiry.objects.get()
    assert (enquiry.named, enquiry.task.kind) == (False, "enquiry")
    answered = {
        "answer": "Yes, on Mondays.",
        "answered_name": "Lee",
        "led_to": "not_referred",
        "why": "Too far.",
    }
    page(place.adviser, "enquiry", enquiry.ref, data=answered)
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.led_to, enquiry.led_to_why) == (
        "Yes, on Mondays.",
        "not_referred",
        "Too far.",
    )


@pytest.mark.parametrize("name", ["mine", "transfers", "missing", "held_on", "enquiries", "figures", "ask"])
def test_every_list_opens_for_those_who_manage_cases(place, page, name):
    case = taken_on(place)
    verbs.log_contact(
        case,
        channel=ContactChannel.PHONE,
        purpose=Purpose.PROGRESS,
        minutes=5,
        by=place.adviser,
        now=moment(),
    )
    lend(
        case, disability_adviser(place), place.adviser, reason="disability_adviser", remit=("complex_health",)
    )
    for post in (place.adviser, place.manager, manager_of(case).post):
        assert page(post, name).status_code == 200


@pytest.mark.parametrize(
    "name", ["rhythm", "party", "keep", "close", "name", "log", "ask_about", "hand_over"]
)
def test_every_form_of_a_case_opens(place, page, name):
    assert page(place.adviser, name, taken_on(place).claim.ref).status_code == 200


def test_the_figures_say_that_they_are_no_targets(place, page):
    taken_on(place)
    assert "None of them is a target" in text(page(place.manager, "figures"))


def test_meetings_and_steps_open(place, page, monkeypatch):
    case = taken_on(place)
    meeting = verbs.plan_meeting(
        case,
        kind="conference",
        starts_at=moment(0, 12),
        place="Office",
        objectives="",
        invited=[Invited(place.adviser.person.name, post=place.adviser)],
        by=place.adviser,
        now=moment(0, 10),
    )
    assert page(place.adviser, "meeting", meeting.ref).status_code == 200
    assert page(place.adviser, "fell_through", meeting.ref).status_code == 200
    step = verbs.StepWanted("Ask the college", place.adviser.person.name, day(5))
    verbs.settle_meeting(meeting, Held(came=[], steps=[step]), by=place.adviser, now=moment(0, 13))
    assert page(place.adviser, "step", meeting.steps.get().ref).status_code == 200


def test_my_customers_costs_the_same_for_one_and_for_many(place, page):
    taken_on(place)
    page(place.adviser, "mine")
    with CaptureQueriesContext(connection) as one:
        page(place.adviser, "mine")
    for _n in range(8):
        taken_on(place)
    with CaptureQueriesContext(connection) as many:
        page(place.adviser, "mine")
    assert len(many) == len(one)


def test_a_disability_adviser_has_a_today(place, client):
    client.force_login(disability_adviser(place).person, backend="waymark.web.signin.Backend")
    response = client.get(reverse("today"))
    assert response.status_code == 200
    assert "customers to take over" in text(response)


def test_whom_the_customer_would_like_is_kept_and_stands_where_one_hands_over(place, page):
    """The customer's choice is heard (R:L934); nobody changes by it."""
    case = taken_on(place)
    page(place.adviser, "wish", case.claim.ref, data={"whom": " Lee of  Calder Steps "})
    case.refresh_from_db()
    assert case.preferred_manager == "Lee of Calder Steps"
    assert manager_of(case).post == place.adviser
    shown = text(page(place.adviser, "case", case.claim.ref))
    assert "The customer’s wish" in shown and "Lee of Calder Steps" in shown
    assert "Lee of Calder Steps" in text(page(place.adviser, "hand_over", case.claim.ref))
    page(place.adviser, "wish", case.claim.ref, data={"whom": ""})
    case.refresh_from_db()
    assert case.preferred_manager == ""
    assert Event.objects.filter(kind="case_wish_noted").count() == 2


def test_the_same_wish_again_is_nothing_new(place):
    case = taken_on(place)
    for _time in (1, 2):
        verbs.note_wish(case, whom="Lee of Calder Steps", by=place.adviser, now=moment())
    assert Event.objects.filter(kind="case_wish_noted").count() == 1


def test_a_wish_is_a_name_and_no_story(place):
    case = taken_on(place)
    with pytest.raises(Refused, match="more than a name"):
        verbs.note_wish(case, whom="a" * 201, by=place.adviser, now=moment())
