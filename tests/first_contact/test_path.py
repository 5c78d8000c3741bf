"""A whole first contact through the screens: from the queue to what the customer is sent."""

import json
from datetime import timedelta

import pytest

from tests.first_contact import makers
from waymark.interviews.models import Conversation, Deferral, Interview
from waymark.notices.models import Notice
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db

TOLD = {"said": ["say:compulsory"]}


def open_kinds(claim) -> set[str]:
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def test_the_next_call_is_taken_and_shows_the_card_before_the_number(agent, where, claim):
    Task.objects.filter(claim=claim).update(due_on=claim.claimed_on)
    response = agent.post("/calls/next/", follow=True)
    body = response.content.decode()
    assert response.redirect_chain[-1][0] == f"/customers/{claim.ref}/attempt/"
    assert Task.objects.get(claim=claim).person == where.agent.person
    assert body.index("Safe to call") < body.index("01632 960123")


def test_an_interview_that_is_wanted_is_booked_and_told(agent, claim):
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="yes")
    shown = call.page("decide/").context
    assert shown["form"]["choice"].value() == "book"
    key = shown["form"].fields["slot"].choices[0][1][0][0]
    checked = call.post("decide/", choice="book", mode="office", slot=key)
    assert checked.status_code == 302, shown["form"].errors
    page = call.page("check/")
    assert "Nobody else needs to agree." in page.content.decode()
    assert "Tom Walsh" in page.context["preview"].html
    assert call.post("check/", **TOLD).url == f"{call.url}done/"
    done = call.page("done/").content.decode()
    assert "Hold the interview" in done and "Tom Walsh" in done
    assert Interview.objects.get(claim=claim).state == "booked"
    assert Notice.objects.get(claim=claim).kind == "booked"
    assert open_kinds(claim) == {TaskKind.HOLD_INTERVIEW}


def test_the_letter_on_the_check_page_is_the_letter_that_is_queued(agent, claim, now):
    call = makers.begin(agent, claim)
    operation = now.date() + timedelta(days=20)
    call.up_to_the_decision(
        wanted="no", health_matters=True, awaiting_consultant_or_operation=True, consultant_on=operation
    )
    until = operation + timedelta(days=14)
    sent = call.post(
        "decide/",
        choice="defer",
        reason="awaiting_consultant",
        evidence="customer_word",
        **makers.in_parts("until", until),
    )
    assert sent.status_code == 302, sent.context["form"].errors
    preview = call.page("check/").context["preview"]
    call.post("check/", said=["say:deferred_not_cancelled"])
    letter = Notice.objects.get(claim=claim)
    assert letter.kind == "deferred"
    assert letter.content["blocks"] == json.loads(json.dumps(preview.content["blocks"]))


def test_a_deferral_as_advised_sets_the_recontact_and_a_check(agent, where, claim, now):
    call = makers.begin(agent, claim)
    operation = now.date() + timedelta(days=20)
    call.up_to_the_decision(
        wanted="no", health_matters=True, awaiting_consultant_or_operation=True, consultant_on=operation
    )
    shown = call.page("decide/").context
    assert shown["advice"].choice == "defer" and shown["advice"].reason == "awaiting_consultant"
    assert shown["form"]["until"].value() == operation + timedelta(days=14)
    assert shown["line"] is not None
    call.post(
        "decide/",
        choice="defer",
        reason="awaiting_consultant",
        evidence="customer_word",
        **makers.in_parts("until", operation + timedelta(days=14)),
    )
    assert "A team leader will check this today" in call.page("check/").content.decode()
    call.post("check/")
    deferral = Deferral.objects.get(interview__claim=claim)
    assert deferral.until == operation + timedelta(days=14)
    assert deferral.recontact_on <= deferral.until - timedelta(days=5)
    assert open_kinds(claim) == {TaskKind.RECONTACT, TaskKind.CHECK}


def test_a_waiver_waits_for_a_team_leader_and_nothing_is_sent_yet(agent, claim):
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="no", health_matters=True, terminal_illness=True)
    shown = call.page("decide/").context
    assert shown["advice"].choice == "waive"
    assert shown["form"]["waive_stop"].value(), "contact stops by default for this reason"
    assert "A team leader must agree first" in call.page("decide/").content.decode()
    call.post("decide/", choice="waive", waive_reason="terminal_illness", waive_stop="on")
    page = call.page("check/").content.decode()
    assert "Ask a team leader to agree" in page
    call.post("check/")
    assert not Notice.objects.filter(claim=claim).exists()
    assert TaskKind.AUTHORISE in open_kinds(claim)
    assert claim.customer.stops.filter(lifted_at=None).exists()


def test_steps_cannot_be_taken_out_of_order(agent, claim):
    call = makers.begin(agent, claim)
    early = call.post("offer/", wanted="yes")
    assert early.status_code == 200
    assert "Explain the support first" in early.content.decode()
    too_early = call.post("decide/", choice="book", mode="office", slot="none")
    assert "has not been told yet what help there is" in too_early.content.decode()
    assert Conversation.objects.get(ref=call.ref).offered_at is None


def test_a_deferral_needs_the_customers_view(agent, claim, now):
    call = makers.begin(agent, claim)
    call.post("support/", items=["training"])
    call.post("offer/", wanted="no")
    sent = call.post(
        "decide/",
        choice="defer",
        reason="distress",
        otherwise_code="",
        **makers.in_parts("until", now.date() + timedelta(days=20)),
    )
    assert sent.status_code == 200
    assert "own view is missing" in sent.content.decode()


def test_only_open_questions_are_asked_and_answers_can_be_changed(agent, claim):
    call = makers.begin(agent, claim)
    call.answer("which_matters", rest_no="1")
    asked = []
    while call.page().context["question"] is not None:
        shown = call.page().context
        asked.append(shown["question"].id)
        call.answer(shown["question"].id, rest_no="1", **makers.answers_for(shown["form"], {}))
    assert "gravest" not in asked and "due" not in asked, "nothing about health or a baby was said"
    call.post("go/", question="which_matters")
    again = call.page().context
    assert again["question"].id == "which_matters"
    assert again["form"]["health_matters"].value() == "no"
    call.answer("which_matters", health_matters="yes")
    assert not call.page().context["talk"].advice.settled


def test_a_skipped_question_comes_back_at_the_end(agent, claim):
    call = makers.begin(agent, claim)
    first = call.page().context["question"].id
    call.post("skip/", page=first)
    assert call.page().context["question"].id != first
    for _turn in range(20):
        shown = call.page().context
        if shown["question"] is None:
            break
        call.post("skip/", page=shown["question"].id)
    body = call.page()
    assert first in {page.id for page in body.context["skipped"]}
    assert "Only what was skipped is left" in body.content.decode()


def test_a_time_for_another_way_of_meeting_must_be_shown_again(agent, claim):
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="yes")
    key = call.page("decide/").context["form"].fields["slot"].choices[0][1][0][0]
    sent = call.post("decide/", choice="book", mode="phone", slot=key)
    assert "show the times again" in sent.content.decode()
    found = call.post("decide/", choice="book", mode="phone", find="1")
    assert found.status_code == 200 and not found.context["form"].errors
    by_phone = found.context["form"].fields["slot"].choices[0][1][0][0]
    assert call.post("decide/", choice="book", mode="phone", slot=by_phone).status_code == 302


def test_no_time_found_yet_leaves_booking_as_the_next_step(agent, claim):
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="yes")
    assert call.post("decide/", choice="book", mode="office", slot="none").status_code == 302
    call.post("check/")
    assert open_kinds(claim) == {TaskKind.BOOK}


def test_deciding_otherwise_needs_a_reason_and_words(agent, claim):
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="no", health_matters=True, terminal_illness=True)
    sent = call.post("decide/", choice="book", mode="phone", slot="none")
    assert "Say why you decide otherwise" in sent.content.decode()
    codes = [code for code, _title in sent.context["form"].fields["otherwise_code"].choices if code]
    wordless = call.post("decide/", choice="book", mode="phone", slot="none", otherwise_code=codes[0])
    assert "otherwise_words" in wordless.context["form"].errors
    right = call.post(
        "decide/",
        choice="book",
        mode="phone",
        slot="none",
        otherwise_code=codes[0],
        otherwise_words="She asks for it.",
    )
    assert right.status_code == 302


def test_going_back_from_the_check_keeps_what_was_chosen(agent, claim, now):
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="no", loss_matters=True, newly_separated_and_distressed=True)
    until = now.date() + timedelta(days=16)
    sent = call.post(
        "decide/",
        choice="defer",
        reason="separation",
        because="You told us that this is a hard month.",
        **makers.in_parts("until", until),
    )
    assert sent.status_code == 302, sent.context["form"].errors
    form = call.page("decide/").context["form"]
    assert form["because"].value() == "You told us that this is a hard month."
    assert form["until"].value() == until
    assert form["choice"].value() == "defer"
