"""The pages about one interview: a time, putting it off, bringing it forward, the review of a waiver."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.interviews.talking import VIEW, talk
from tests.recontact.makers import deferred, open_kinds, slot, somebody, waived
from waymark.interviews import verbs
from waymark.interviews.diary.queries import slot_key
from waymark.interviews.models import Appointment, Decision, Deferral
from waymark.interviews.verbs import Wish
from waymark.kernel.clock import day_of
from waymark.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(place, now):
    """An interview for which a time is still to be found."""
    on = day_of(now)
    interview = place.claim(now=now, claimed_on=on, period_from=on, customer=somebody(place, now))
    wish = Wish(choice="book")
    verbs.decide(talk(place, interview, wanted=True, now=now), wish, by=place.agent, now=now)
    interview.refresh_from_db()
    return interview


@pytest.fixture
def booked(due, place, now):
    return verbs.book_interview(due, slot(place, now), by=place.agent, now=now)


@pytest.fixture
def began(booked, now):
    """The booked time has come."""
    starts = now - timedelta(minutes=30)
    Appointment.objects.filter(pk=booked.pk).update(starts_at=starts, ends_at=now)
    booked.refresh_from_db()
    return booked


def shown(client, name, ref, query="", status=200) -> str:
    answer = client.get(reverse(f"interviews:{name}", args=[ref]) + query)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, name, ref, *more, **said):
    return client.post(reverse(f"interviews:{name}", args=[ref, *more]), said)


def day(name, on) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def in_days(now, days):
    return timezone.localdate(now) + timedelta(days=days)


# A time for it


def test_a_time_is_found_and_booked(advises, due):
    page = advises.get(reverse("interviews:book", args=[due.ref]))
    first = page.context["search"].slots[0]
    answer = send(advises, "book", due.ref, slot=slot_key(first))
    assert answer.url == reverse("customers:record", args=[due.claim.customer.ref])
    assert Appointment.objects.get().starts_at == first.starts_at
    assert open_kinds(due) == {"hold_interview"}


def test_a_time_must_be_chosen(advises, due):
    assert "Choose a time" in send(advises, "book", due.ref, slot="").content.decode()


def test_what_a_time_must_offer_narrows_the_times(advises, due):
    page = advises.get(reverse("interviews:book", args=[due.ref]) + "?mode=phone")
    assert {each.mode for each in page.context["search"].slots} == {"phone"}


def test_the_financial_assessor_comes_first_when_asked_for(advises, due):
    page = advises.get(reverse("interviews:book", args=[due.ref]) + "?mode=office&with_assessor=on")
    assert {each.assessor_minutes for each in page.context["search"].slots} == {30}


def test_a_booked_interview_is_not_booked_again(advises, booked):
    assert "This interview is booked." in shown(advises, "book", booked.interview.ref, status=409)


@pytest.mark.parametrize("name", ["book", "defer", "decide", "bring_forward", "review_waiver"])
def test_strangers_find_no_interview(name, client, place, due):
    client.force_login(place.elsewhere.person)
    shown(client, name, due.ref, status=404)


@pytest.mark.parametrize("name", ["book", "defer"])
def test_an_administrator_opens_no_interview(name, client, place, due):
    client.force_login(place.administrator.person)
    shown(client, name, due.ref, status=403)


# Putting it off, before or at the interview


HOSPITAL = {"wants_interview": "no", "health_matters": "yes", "hospital": "in", "hospital_stay_unknown": "on"}


def circumstances(client, interview, now, reason="in_hospital", **said):
    fields = {"words": "He is in hospital.", **HOSPITAL, **day("recovered_by", in_days(now, 40)), **said}
    return send(client, "circumstances", interview.ref, reason, **fields)


def put_off(client, interview, now, **said):
    until = day("until", in_days(now, 42))
    fields = {"outcome": "defer", "reason": "in_hospital", "evidence": "carer_word", **until, **VIEW, **said}
    return send(client, "decide", interview.ref, **fields)


def test_the_reason_decides_what_is_asked(advises, booked):
    answer = send(advises, "defer", booked.interview.ref, reason="in_hospital")
    text = advises.get(answer.url).content.decode()
    assert 'name="hospital"' in text
    assert 'name="due_date_day"' not in text


def test_the_decision_to_put_off_comes_after_its_questions(advises, booked):
    answer = advises.get(reverse("interviews:decide", args=[booked.interview.ref]))
    assert answer.url == reverse("interviews:defer", args=[booked.interview.ref])


def test_an_adviser_puts_a_booked_interview_off_and_the_customer_is_told(advises, booked, now):
    circumstances(advises, booked.interview, now)
    other = {"otherwise_code": "carer_or_worker_advises", "otherwise_words": "His wife rang."}
    answer = put_off(advises, booked.interview, now, **other)
    assert answer.status_code == 302, answer.content.decode()
    booked.refresh_from_db()
    decision = Decision.objects.get(stage="before_interview")
    assert (booked.state, booked.reason) == ("cancelled", "deferred_instead")
    assert Deferral.objects.get(decision=decision).until == in_days(now, 42)
    assert Notice.objects.filter(kind="deferred").count() == 1
    assert open_kinds(booked.interview) == {"recontact"}


def test_what_is_decided_on_the_day_is_decided_at_the_interview(advises, began, now):
    circumstances(advises, began.interview, now)
    other = {"otherwise_code": "carer_or_worker_advises", "otherwise_words": "His wife came instead."}
    put_off(advises, began.interview, now, **other)
    assert Decision.objects.filter(stage="at_interview").count() == 1


def test_putting_off_needs_the_customers_words_here_too(advises, booked, now):
    circumstances(advises, booked.interview, now)
    other = {"otherwise_code": "carer_or_worker_advises", "otherwise_words": "His wife rang."}
    text = put_off(advises, booked.interview, now, **other, **dict.fromkeys(VIEW, "")).content.decode()
    assert "own view of today is missing" in text


def test_a_reason_that_is_not_in_the_list_has_no_page(advises, booked):
    answer = advises.get(reverse("interviews:circumstances", args=[booked.interview.ref, "no-such-reason"]))
    assert answer.status_code == 404


# Earlier


def test_a_deferred_interview_is_brought_forward_with_a_time(advises, place, now):
    deferral = deferred(place, now)
    page = advises.get(reverse("interviews:bring_forward", args=[deferral.interview.ref]))
    key = slot_key(page.context["search"].slots[0])
    send(advises, "bring_forward", deferral.interview.ref, asked_by="customer", words="I am home.", slot=key)
    deferral.refresh_from_db()
    assert deferral.outcome == "brought_forward"
    assert "hold_interview" in open_kinds(deferral.interview)


def test_a_waived_interview_is_brought_forward_without_a_time_yet(advises, place, now):
    waiver = waived(place, now - timedelta(hours=1))
    send(
        advises, "bring_forward", waiver.interview.ref, asked_by="customer", words="I want one.", slot="none"
    )
    waiver.refresh_from_db()
    assert waiver.outcome == "brought_forward"
    assert open_kinds(waiver.interview) == {"book"}


def test_who_asks_and_why_must_be_said(advises, place, now):
    deferral = deferred(place, now)
    text = send(advises, "bring_forward", deferral.interview.ref, slot="none").content.decode()
    assert "Choose who asks for it" in text
    assert "Enter what was said, or why" in text


def test_a_booked_interview_is_not_brought_forward(advises, booked):
    assert "Only a deferred or waived interview" in shown(
        advises, "bring_forward", booked.interview.ref, status=409
    )


# The review of a waiver


def test_a_review_can_let_a_waiver_go_on(advises, place, now):
    waiver = waived(place, now - timedelta(hours=1))
    assert "Terminal illness" in shown(advises, "review_waiver", waiver.interview.ref)
    send(advises, "review_waiver", waiver.interview.ref, outcome="continues", words="As before.")
    waiver.refresh_from_db()
    assert waiver.ended_on is None
    assert open_kinds(waiver.interview) == {"review_waiver"}


def test_a_review_can_offer_a_meeting(advises, place, now):
    waiver = waived(place, now - timedelta(hours=1))
    send(advises, "review_waiver", waiver.interview.ref, outcome="offer", words="May like to talk.")
    assert open_kinds(waiver.interview) == {"trigger_meeting"}
    assert "A meeting was offered on" in shown(advises, "review_waiver", waiver.interview.ref)


def test_a_customer_who_would_like_an_interview_is_brought_forward(advises, place, now):
    waiver = waived(place, now - timedelta(hours=1))
    answer = send(advises, "review_waiver", waiver.interview.ref, outcome="wants", words="Rang us.")
    assert answer.url == reverse("interviews:bring_forward", args=[waiver.interview.ref])


def test_without_a_waiver_there_is_nothing_to_review(advises, due):
    assert "There is no waiver in force" in shown(advises, "review_waiver", due.ref, status=409)
