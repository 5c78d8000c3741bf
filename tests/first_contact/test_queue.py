"""Calls to make: the order of work, who takes what, calls that were tried, calls that must not be made."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.first_contact import makers
from waymark.customers.models import SafeContact
from waymark.interviews import verbs
from waymark.interviews.models import CallAttempt
from waymark.interviews.queries import calls_to_make
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def task_of(claim) -> Task:
    return Task.objects.get(claim=claim, closed_at=None)


def due(claim, **changes) -> None:
    Task.objects.filter(claim=claim, closed_at=None).update(**changes)


def test_times_asked_for_now_come_first_then_late_then_due_then_later(where, now):
    on = timezone.localdate(now)
    asked, late, today, later = (makers.claim(where, now) for _n in range(4))
    hour = timedelta(hours=1)
    due(asked, kind=TaskKind.CALL_BACK, due_on=on, window_from=now - hour, window_until=now + hour)
    due(late, due_on=on - timedelta(days=3))
    due(today, due_on=on)
    due(later, due_on=on + timedelta(days=1))
    found = calls_to_make(where.agent, on, now)
    assert [task.claim for task in found] == [asked, late, today, later]
    assert [task.turn for task in found] == [0, 1, 2, 3]


def test_a_time_asked_for_that_has_passed_is_late(where, claim, now):
    due(
        claim,
        kind=TaskKind.CALL_BACK,
        due_on=timezone.localdate(now),
        window_from=now - timedelta(hours=3),
        window_until=now - timedelta(hours=1),
    )
    assert [task.turn for task in calls_to_make(where.agent, timezone.localdate(now), now)] == [1]


def test_each_takes_another_call(where, now):
    claims = {makers.claim(where, now) for _n in range(2)}
    for claim in claims:
        due(claim, due_on=timezone.localdate(now))
    first = makers.signed_in(where.agent).post("/calls/next/")
    second = makers.signed_in(where.colleague).post("/calls/next/")
    assert {first.url, second.url} == {f"/customers/{claim.ref}/attempt/" for claim in claims}
    third = makers.signed_in(where.colleague).post("/calls/next/")
    assert third.url == second.url, "one goes on with what one has taken"


def test_no_call_due_is_said(agent, where):
    body = agent.post("/calls/next/", follow=True).content.decode()
    assert "No call is due now" in body


def test_a_call_that_was_not_answered_is_tried_again_at_another_time_of_day(agent, claim):
    response = agent.post(f"/customers/{claim.ref}/attempt/", {"outcome": "no_answer", "words": "rang twice"})
    assert response.url == "/calls/"
    task = task_of(claim)
    assert task.kind == TaskKind.CALL_BACK and task.window_from is not None
    assert CallAttempt.objects.get(claim=claim).words == "rang twice"
    assert "No answer" in agent.get(f"/customers/{claim.ref}/attempt/").content.decode()


def test_a_call_back_comes_at_the_time_the_customer_names(agent, claim, now):
    day = timezone.localdate(now) + timedelta(days=2)
    data = {"outcome": "call_back_requested", "starts": "2pm", "ends": "15.30", **makers.in_parts("day", day)}
    assert agent.post(f"/customers/{claim.ref}/attempt/", data).status_code == 302
    task = task_of(claim)
    zone = timezone.get_default_timezone()
    assert (task.window_from, task.window_until) == (
        datetime.combine(day, time(14), tzinfo=zone),
        datetime.combine(day, time(15, 30), tzinfo=zone),
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "How did the call end?"),
        ({"outcome": "call_back_requested"}, "Enter the day to ring"),
        ({"outcome": "call_back_requested", "starts": "soon"}, "Enter a real time"),
    ],
)
def test_an_attempt_that_says_too_little_is_told_so(agent, claim, data, said):
    body = agent.post(f"/customers/{claim.ref}/attempt/", data).content.decode()
    assert said in body
    assert not CallAttempt.objects.exists()


def test_a_time_to_ring_lies_ahead_and_in_order(agent, claim, now):
    day = makers.in_parts("day", timezone.localdate(now) + timedelta(days=1))
    wrong = {"outcome": "call_back_requested", "starts": "3pm", "ends": "2pm", **day}
    assert "ends after it starts" in agent.post(f"/customers/{claim.ref}/attempt/", wrong).content.decode()
    past = makers.in_parts("day", timezone.localdate(now) - timedelta(days=1))
    gone = {"outcome": "call_back_requested", "starts": "2pm", "ends": "3pm", **past}
    assert "must still be to come" in agent.post(f"/customers/{claim.ref}/attempt/", gone).content.decode()


def test_after_enough_attempts_a_letter_is_next(where, claim, now):
    for n in range(3):
        verbs.attempt_call(
            makers.interview_of(claim), outcome="no_answer", by=where.agent, now=now + timedelta(hours=5 * n)
        )
    assert task_of(claim).kind == TaskKind.SEND_RECONTACT_LETTER


def stop(where, claim, now):
    verbs.stop_contact(
        claim.customer,
        reason="bereavement",
        words="",
        look_again_on=day_of(now) + timedelta(days=30),
        by=where.agent,
        now=now,
    )


def test_while_contact_is_stopped_the_number_is_hidden_and_nobody_rings(agent, where, claim, now):
    stop(where, claim, now)
    body = agent.get(f"/customers/{claim.ref}/attempt/").content.decode()
    assert "Contact with this customer is stopped" in body
    assert "01632" not in body.split("</header>")[-1]
    refused = agent.post(f"/customers/{claim.ref}/call/", {"direction": "out"})
    assert refused.status_code == 409 and "stopped" in refused.content.decode()
    assert agent.post(f"/customers/{claim.ref}/attempt/", {"outcome": "no_answer"}).status_code == 200
    assert not CallAttempt.objects.exists()


def test_the_next_call_passes_over_stopped_customers(agent, where, claim, now):
    stop(where, claim, now)
    assert agent.post("/calls/next/").url == "/calls/"


def test_a_customer_who_rings_may_talk_even_while_contact_is_stopped(agent, where, claim, now):
    stop(where, claim, now)
    assert agent.post(f"/customers/{claim.ref}/call/", {"direction": "in"}).status_code == 302


def test_a_number_that_is_not_safe_is_not_shown(agent, claim):
    SafeContact.objects.create(customer=claim.customer, may_ring=False, warning="Somebody else answers")
    body = agent.get(f"/customers/{claim.ref}/attempt/").content.decode()
    assert "01632" not in body.split("</header>")[-1]
    assert "Somebody else answers" in body


def test_an_unfinished_conversation_is_gone_on_with_not_begun_twice(agent, where, claim):
    first = makers.begin(agent, claim)
    body = agent.get(f"/customers/{claim.ref}/attempt/").content.decode()
    assert "was begun and not finished" in body
    assert makers.begin(agent, claim).url == first.url


def test_the_queue_is_filtered_sorted_and_downloaded(agent, where, now):
    claims = [
        makers.claim(where, now, customer=make.customer(family_name=f"Zed{n}", added_by=where.agent))
        for n in range(3)
    ]
    due(claims[0], kind=TaskKind.CALL_BACK)
    only = agent.get("/calls/?kind=call_back").content.decode()
    assert "Zed0" in only and "Zed1" not in only
    backwards = agent.get("/calls/?sort=-name").content.decode()
    assert backwards.index("Zed2") < backwards.index("Zed0")
    csv = agent.get("/calls/?format=csv")
    assert csv["Content-Type"].startswith("text/csv")
    assert csv.content.decode().count("Zed") == 3


def test_the_calls_of_another_district_are_not_in_the_queue(where, claim):
    stranger = makers.signed_in(make.post(Role.AGENT, office=make.contact_centre()))
    assert claim.customer.family_name not in stranger.get("/calls/").content.decode()


@pytest.mark.parametrize("many", [1, 25])
def test_the_queue_asks_the_database_as_often_for_many_calls_as_for_one(
    agent, where, now, many, django_assert_num_queries
):
    for _n in range(many):
        makers.claim(where, now)
    agent.get("/calls/")
    with django_assert_num_queries(11):
        agent.get("/calls/")


@pytest.mark.parametrize("many", [1, 25])
def test_the_conversation_asks_the_database_as_often_for_much_as_for_little(
    agent, where, claim, now, many, django_assert_num_queries
):
    call = makers.begin(agent, claim)
    for n in range(many):
        call.post("ask/", consult=f"question {n}", notes="oxygen, panic, alone, hospital")
    if many > 1:
        call.answer("which_matters", health_matters="yes", rest_no="1")
        call.post("support/", items=["training", "better_off", "job_brokers"])
    call.page()
    with django_assert_num_queries(15):
        call.page()
