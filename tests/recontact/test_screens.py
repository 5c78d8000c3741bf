"""The pages of the re-contact, through the client."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.interviews.talking import VIEW
from tests.recontact.counting import own_queries
from tests.recontact.makers import deferred, open_kinds, put_off_again, somebody, waived
from waymark.customers.models import SafeContact
from waymark.interviews import verbs
from waymark.interviews.diary.queries import slot_key
from waymark.interviews.models import CallAttempt, Decision, Deferral
from waymark.notices.models import Notice
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def deferral(place, now):
    return deferred(place, now - timedelta(hours=1))


def shown(client, name, *args, query="", status=200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def claim_ref(deferral) -> str:
    return deferral.interview.claim.ref


def send(client, name, deferral, **said):
    return client.post(reverse(name, args=[claim_ref(deferral)]), said)


# The call sheet


def test_the_number_stands_below_the_reason_the_letter_and_the_customers_words(advises, deferral):
    text = shown(advises, "recontact:sheet", claim_ref(deferral))
    number = text.index("tel:+441632960123")
    for expected in ("About to go into hospital", "Interview deferred", "When my back lets me sit.", "Until"):
        assert text.index(expected) < number, expected


def test_while_contact_is_stopped_the_number_is_not_shown(advises, deferral, place, now):
    verbs.stop_contact(
        deferral.interview.claim.customer,
        reason="bereavement",
        words="",
        look_again_on=timezone.localdate(now) + timedelta(days=30),
        by=place.adviser,
        now=now,
    )
    text = shown(advises, "recontact:sheet", claim_ref(deferral))
    assert "Contact with this customer is stopped" in text
    assert "tel:" not in text
    assert text.index("no calls or letters") < text.index("Read first")


def test_where_it_is_not_safe_to_ring_the_number_is_not_shown_and_a_letter_is_offered(advises, deferral):
    SafeContact.objects.create(customer=deferral.interview.claim.customer, may_ring=False)
    text = shown(advises, "recontact:sheet", claim_ref(deferral))
    assert "tel:" not in text
    assert "Write instead of ringing" in text
    send(advises, "recontact:write", deferral, why="It is not safe to ring her.")
    assert Notice.objects.filter(kind="recontact").count() == 1


def test_a_claim_without_a_deferral_has_no_call_sheet(advises, place, now):
    waiver = waived(place, now)
    shown(advises, "recontact:sheet", waiver.interview.claim.ref, status=404)


def test_strangers_find_no_call_sheet(client, place, deferral):
    client.force_login(place.elsewhere.person)
    for name in ("sheet", "changed", "decide", "by_letter"):
        shown(client, f"recontact:{name}", claim_ref(deferral), status=404)
    assert send(client, "recontact:attempt", deferral, outcome="no_answer").status_code == 404
    assert send(client, "recontact:write", deferral, why="x").status_code == 404


# Attempts


def test_one_click_keeps_that_nobody_answered_and_says_when_to_ring_again(advises, deferral):
    answer = send(advises, "recontact:attempt", deferral, outcome="no_answer")
    assert answer.url == reverse("recontact:list")
    assert "The next call is proposed for" in advises.get(answer.url).content.decode()
    assert CallAttempt.objects.get(stage="recontact").outcome == "no_answer"
    text = shown(advises, "recontact:sheet", claim_ref(deferral))
    assert "No answer" in text
    assert "2 more calls, then a letter." in text


def test_reaching_the_customer_leads_to_what_has_changed(advises, deferral):
    answer = send(advises, "recontact:attempt", deferral, outcome="answered")
    assert answer.url == reverse("recontact:changed", args=[claim_ref(deferral)])


def test_a_time_agreed_to_ring_needs_its_day_and_hours(advises, deferral):
    answer = send(advises, "recontact:attempt", deferral, outcome="call_back_requested")
    assert answer.status_code == 200
    assert "Enter the day to ring" in answer.content.decode()
    assert not CallAttempt.objects.filter(stage="recontact").exists()


def test_a_time_agreed_to_ring_is_kept(advises, deferral, now):
    on = timezone.localdate(now) + timedelta(days=2)
    day = {"day_day": on.day, "day_month": on.month, "day_year": on.year}
    send(
        advises,
        "recontact:attempt",
        deferral,
        outcome="call_back_requested",
        starts="14:00",
        ends="15:00",
        **day,
    )
    task = Task.objects.get(claim=deferral.interview.claim, kind="recontact", closed_at=None)
    assert timezone.localtime(task.window_from).strftime("%d %H:%M") == f"{on:%d} 14:00"


def test_an_outcome_that_does_not_exist_is_refused(advises, deferral):
    assert send(advises, "recontact:attempt", deferral, outcome="flew_away").status_code == 409


# What has changed, and what follows


FACTS = {
    "what_has_changed": "nothing",
    "claim_has_ended": "no",
    "started_work": "no",
    "reason_resolved": "no",
    "event_moved": "no",
    "certificate_now_until_unknown": "on",
    "could_manage_at_home_or_by_phone": "no",
    "wants_to_come_now": "no",
}


def said_changed(client, deferral, words="The operation is put back.", **facts):
    return send(client, "recontact:changed", deferral, words=words, **{**FACTS, **facts})


def defer_fields(now, days=28) -> dict:
    on = timezone.localdate(now) + timedelta(days=days)
    until = {"until_day": on.day, "until_month": on.month, "until_year": on.year}
    return {"outcome": "defer", "reason": "recovering", "evidence": "customer_word", **until, **VIEW}


def test_what_has_changed_must_be_written_down_and_what_was_chosen_stays(advises, deferral):
    answer = said_changed(advises, deferral, words="")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in text
    assert 'name="reason_resolved" type="radio" value="no" checked' in text


def test_the_decision_cannot_be_opened_before_the_questions(advises, deferral):
    answer = advises.get(reverse("recontact:decide", args=[claim_ref(deferral)]))
    assert answer.url == reverse("recontact:changed", args=[claim_ref(deferral)])


def test_the_advice_is_shown_with_its_because_and_filled_in(advises, deferral):
    answer = said_changed(advises, deferral)
    text = advises.get(answer.url).content.decode()
    assert "The advice is to put it off to a new date." in text
    assert "The reason is not over" in text
    assert "It would be number 2 in a row." in text
    assert "Last time: “When I am better.”" in text


def test_it_is_put_off_again_with_a_new_reason_and_end(advises, deferral, now):
    said_changed(advises, deferral)
    answer = send(advises, "recontact:decide", deferral, **defer_fields(now))
    assert answer.status_code == 302
    deferral.refresh_from_db()
    assert (deferral.outcome, deferral.changed) == ("defer_again", "The operation is put back.")
    assert Deferral.objects.get(ended_on=None).in_a_row == 2


def test_the_third_in_a_row_says_that_a_team_leader_agrees_first(advises, deferral, place, now):
    put_off_again(deferral.interview, by=place.adviser, now=now)
    said_changed(advises, deferral)
    text = shown(advises, "recontact:decide", claim_ref(deferral))
    assert "It would be number 3 in a row. A team leader must agree first" in text
    send(advises, "recontact:decide", deferral, **defer_fields(now))
    assert Decision.objects.first().state == "proposed"
    assert "authorise" in open_kinds(deferral.interview)


def test_a_deferral_without_the_four_answers_is_refused_and_nothing_typed_is_lost(advises, deferral, now):
    said_changed(advises, deferral)
    fields = {**defer_fields(now), **dict.fromkeys(VIEW, ""), "because": "She is still in plaster."}
    text = send(advises, "recontact:decide", deferral, **fields).content.decode()
    assert "The customer&#x27;s own view of today is missing." in text
    assert "She is still in plaster." in text


def test_the_interview_is_booked_at_a_time_that_was_offered(advises, deferral):
    said_changed(advises, deferral, reason_resolved="yes", what_has_changed="better")
    page = advises.get(reverse("recontact:decide", args=[claim_ref(deferral)]))
    slot = page.context["form"].search.slots[0]
    send(advises, "recontact:decide", deferral, outcome="book", slot=slot_key(slot))
    deferral.refresh_from_db()
    deferral.interview.refresh_from_db()
    assert (deferral.outcome, deferral.interview.state) == ("book", "booked")


def test_a_home_visit_is_advised_with_times_at_home_and_can_wait_for_its_time(advises, deferral):
    said_changed(advises, deferral, could_manage_at_home_or_by_phone="yes")
    page = advises.get(reverse("recontact:decide", args=[claim_ref(deferral)]))
    assert {slot.mode for slot in page.context["form"].search.slots} == {"home"}
    send(advises, "recontact:decide", deferral, outcome="home_visit")
    deferral.refresh_from_db()
    assert deferral.outcome == "home_visit"
    assert "home_visit" in open_kinds(deferral.interview)


def test_no_interview_is_asked_for_any_more_once_a_leader_agrees(advises, deferral):
    said_changed(advises, deferral, what_has_changed="worse", never_able_now="yes")
    fields = {"outcome": "waive", "waive_reason": "never_able_to_work", **VIEW}
    assert send(advises, "recontact:decide", deferral, **fields).status_code == 302
    assert Decision.objects.first().state == "proposed"


def test_a_customer_in_work_needs_no_interview_and_the_claim_ends(advises, deferral, now):
    on = timezone.localdate(now) + timedelta(days=1)
    said_changed(advises, deferral, started_work="yes")
    day = {"work_on_day": on.day, "work_on_month": on.month, "work_on_year": on.year}
    assert send(advises, "recontact:decide", deferral, outcome="in_work", **day).status_code == 302
    deferral.refresh_from_db()
    assert deferral.outcome == "in_work"
    assert open_kinds(deferral.interview) == set()


def test_other_than_advised_needs_its_reason(advises, deferral):
    said_changed(advises, deferral, wants_to_come_now="yes")
    fields = {"outcome": "home_visit"}
    assert send(advises, "recontact:decide", deferral, **fields).status_code == 302  # a visit is a booking
    assert Decision.objects.first().choice == "book"


# Nobody answered


def test_the_page_to_book_by_letter_says_that_calls_come_first(advises, deferral):
    assert "Ring first" in shown(advises, "recontact:by_letter", claim_ref(deferral))


def test_a_letter_that_may_still_be_answered_is_waited_for(advises, deferral):
    send(advises, "recontact:attempt", deferral, outcome="number_gone")
    assert "The letter may still be answered" in shown(advises, "recontact:by_letter", claim_ref(deferral))


def test_after_the_letter_a_time_is_booked_that_is_not_too_soon(advises, deferral, place, now):
    verbs.attempt_recontact(
        deferral, outcome="number_gone", by=place.adviser, now=now - timedelta(minutes=50)
    )
    Task.objects.filter(kind="recontact_letter").update(due_on=timezone.localdate(now))
    page = advises.get(reverse("recontact:by_letter", args=[claim_ref(deferral)]))
    slots, first = page.context["search"].slots, page.context["first"]
    assert min(slot.day for slot in slots) >= first
    send(advises, "recontact:by_letter", deferral, slot=slot_key(slots[0]))
    deferral.refresh_from_db()
    assert deferral.outcome == "booked_by_letter"


# The list


def test_the_list_shows_late_due_and_coming_and_narrows_to_them(advises, deferral, place, now):
    other = deferred(place, now - timedelta(hours=1), customer=somebody(place, now, family_name="Okafor"))
    Task.objects.filter(claim=other.interview.claim).update(
        due_on=timezone.localdate(now) - timedelta(days=2)
    )
    text = shown(advises, "recontact:list")
    assert text.index("Okafor") < text.index(deferral.interview.claim.customer.family_name)
    late = shown(advises, "recontact:list", query="?when=late")
    assert "Okafor" in late
    assert deferral.interview.claim.customer.family_name not in late


def test_the_list_is_downloaded_as_csv(advises, deferral):
    answer = advises.get(reverse("recontact:list") + "?format=csv")
    assert claim_ref(deferral) in answer.content.decode()


def test_the_list_takes_as_many_queries_for_many_as_for_one(advises, deferral, place, now):
    shown(advises, "recontact:list")
    assert own_queries(advises, reverse("recontact:list")) == 4
    for _each in range(4):
        deferred(place, now)
    assert own_queries(advises, reverse("recontact:list")) == 4


def test_the_call_sheet_takes_as_many_queries_with_many_attempts(advises, deferral, place, now):
    address = reverse("recontact:sheet", args=[claim_ref(deferral)])
    advises.get(address)
    for minutes in (3, 2):
        moment = now - timedelta(minutes=minutes)
        verbs.attempt_recontact(deferral, outcome="no_answer", by=place.adviser, now=moment)
        assert own_queries(advises, address) == 11
