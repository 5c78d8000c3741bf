"""The customer's record on screen: the summary first, then what happened, and each decision explained."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.interviews.talking import talk
from tests.interviews.test_deciding import HOSPITAL, HOSPITAL_WISH
from tests.today.seeing import sign_in
from waymark.customers import verbs as customers
from waymark.interviews import verbs
from waymark.interviews.queries import next_steps
from waymark.organisations.enums import Role
from waymark.record.models import Event, Read
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def deferred(place, moment):
    """A deferral for hospital treatment, decided by the agent."""
    conversation = talk(place, place.claim(), HOSPITAL, now=moment())
    return verbs.decide(conversation, HOSPITAL_WISH, by=place.agent, now=moment())


@pytest.fixture
def read(client):
    """Sign somebody in and read a page."""

    def page(post, name, *refs, **query) -> str:
        sign_in(client, post)
        response = client.get(reverse(name, args=refs), query)
        assert response.status_code == 200
        return response.content.decode()

    return page


def whose(decision):
    return decision.interview.claim.customer


def test_the_record_opens_on_who_what_is_now_what_is_next_and_when(place, deferred, read):
    text = read(place.adviser, "customers:record", whose(deferred).ref)
    assert whose(deferred).name in text
    assert "Incapacity Benefit since 4 May 2004" in text
    assert "Interview 1 of 1 is deferred until Wednesday 30 June 2004." in text
    assert "Friday 25 June 2004" in text
    assert "1 deferred" in text
    assert text.index("is deferred until") < text.index("What happened")


def test_the_timeline_tells_the_deferral_in_a_sentence(place, deferred, read):
    text = read(place.adviser, "customers:record", whose(deferred).ref)
    assert f"{place.agent.person.name} deferred the interview until Wednesday 30 June 2004, because:" in text
    assert "When I am better." in text


def test_the_timeline_can_be_narrowed(place, deferred, read):
    text = read(place.adviser, "customers:record", whose(deferred).ref, show="letters")
    assert "A letter was written" in text
    assert "deferred the interview until" not in text


def test_fifty_events_a_page_and_the_earlier_ones_behind_a_link(place, deferred, read):
    ref = whose(deferred).ref
    made = [
        Event(
            kind="note_written",
            at=make.NOW + timedelta(minutes=n),
            by=place.agent,
            customer_ref=ref,
            details={},
        )
        for n in range(60)
    ]
    Event.objects.bulk_create(made)
    assert "Earlier" in read(place.adviser, "customers:record", ref)
    assert "deferred the interview until" in read(place.adviser, "customers:record", ref, page=2)
    assert "Nothing of this kind" in read(place.adviser, "customers:record", ref, page=99)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_is_no_number_is_no_error(place, deferred, read, page):
    assert read(place.adviser, "customers:record", whose(deferred).ref, page=page)


def test_a_stop_is_said_before_everything_else(place, deferred, read, moment):
    customers.stop_contact(
        whose(deferred),
        reason="bereavement",
        words="",
        look_again_on=date(2004, 6, 1),
        by=place.agent,
        now=moment(),
    )
    text = read(place.adviser, "customers:record", whose(deferred).ref)
    assert text.index("Do not ring or write: bereavement") < text.index("<h1")
    assert whose(deferred).telephone not in read(place.adviser, "record:people", whose(deferred).ref)


def test_what_must_be_known_stands_above_the_summary(place, deferred, read, moment):
    customers.write_note(
        whose(deferred), kind="do_not_ask", text="the accident", by=place.agent, now=moment()
    )
    text = read(place.adviser, "customers:record", whose(deferred).ref)
    assert text.index("do not ask again: the accident") < text.index("is deferred until")


def test_a_restricted_note_is_hidden_from_those_who_do_not_need_it(place, deferred, read, moment):
    customers.write_note(
        whose(deferred), kind="restricted", text="He hits her.", by=place.adviser, now=moment()
    )
    assert "He hits her." in read(place.adviser, "record:people", whose(deferred).ref)
    text = read(place.agent, "record:people", whose(deferred).ref)
    assert "He hits her." not in text
    assert "A restricted note." in text
    assert "He hits her." not in read(place.agent, "customers:record", whose(deferred).ref)


@pytest.mark.parametrize(
    "name",
    [
        "customers:record",
        "record:interviews",
        "record:people",
        "record:looked",
        "record:contact",
        "record:promise",
    ],
)
def test_strangers_find_nothing(place, deferred, client, name):
    sign_in(client, place.elsewhere)
    assert client.get(reverse(name, args=[whose(deferred).ref])).status_code == 404


def test_strangers_find_no_decision_and_no_promise(place, deferred, client):
    sign_in(client, place.elsewhere)
    promise = make.open_task(deferred.interview.claim, kind=TaskKind.PROMISE, team=place.agent.team)
    assert client.get(reverse("record:decision", args=[deferred.ref])).status_code == 404
    assert client.get(reverse("record:replay", args=[deferred.ref])).status_code == 404
    assert client.post(reverse("record:keep_promise", args=[promise.ref])).status_code == 404


def test_an_administrator_sees_no_record(place, deferred, client):
    sign_in(client, place.administrator)
    assert client.get(reverse("customers:record", args=[whose(deferred).ref])).status_code == 403


def test_a_merged_record_leads_to_the_one_that_stays(place, deferred, client):
    gone = make.customer(merged_into=whose(deferred), ni_number=None)
    sign_in(client, place.adviser)
    response = client.get(reverse("customers:record", args=[gone.ref]))
    assert response.headers["Location"] == reverse("customers:record", args=[whose(deferred).ref])


def test_who_looked_is_kept_and_shown(place, deferred, read):
    read(place.adviser, "customers:record", whose(deferred).ref)
    assert Read.objects.get().person_ref == place.adviser.person.ref
    text = read(place.leader, "record:looked", whose(deferred).ref)
    assert place.adviser.person.name in text
    assert "the record" in text


def test_what_customers_say_is_escaped(place, deferred, read, moment):
    customers.write_note(
        whose(deferred), kind="ordinary", text="<script>x</script>", by=place.agent, now=moment()
    )
    Task.objects.filter(kind=TaskKind.RECONTACT).update(words="<img src=x>")
    for name in ("customers:record", "record:people"):
        text = read(place.adviser, name, whose(deferred).ref)
        assert "<script>x" not in text
        assert "<img src=x" not in text


def test_the_chain_of_deferrals_stands_in_a_row_with_reasons_and_outcomes(place, deferred, read):
    text = read(place.adviser, "record:interviews", whose(deferred).ref)
    assert "Deferrals" in text
    assert "Wed 30 Jun 2004" in text
    assert "goes on" in text
    assert reverse("record:decision", args=[deferred.ref]) in text


def test_a_decision_explains_itself(place, deferred, read):
    text = read(place.adviser, "record:decision", deferred.ref)
    for words in (
        "The interview is deferred until Wednesday 30 June",
        "The rules advised to defer it. It was followed.",
        "When I am better.",
        "Is the customer in hospital",
        "to be looked at",
        "25 Jun",
        "version",
        deferred.pack.digest[:8],
        place.agent.person.name,
    ):
        assert words in text


def test_sensitive_answers_are_only_for_those_who_decide(place, deferred, read):
    text = read(place.assessor, "record:decision", deferred.ref)
    assert "shown only to those who decide" in text
    assert "Is the customer in hospital" not in text.split("What it rested on")[1]
    assert "The other rows" not in text


def test_the_same_facts_replayed_give_the_same_advice_and_nothing_is_written(place, deferred, read):
    before = Event.objects.count()
    assert "give the same advice" in read(place.adviser, "record:replay", deferred.ref)
    assert Event.objects.count() == before


def test_a_promise_is_made_shown_and_kept(place, deferred, client, read):
    sign_in(client, place.adviser)
    by = timezone.localdate() + timedelta(days=10)
    data = {
        "words": "Information on training",
        "due_on_day": by.day,
        "due_on_month": by.month,
        "due_on_year": by.year,
    }
    client.post(reverse("record:promise", args=[whose(deferred).ref]), data)
    promise = Task.objects.get(kind=TaskKind.PROMISE)
    text = read(place.adviser, "customers:record", whose(deferred).ref)
    assert "Promised" in text
    assert "Information on training" in text
    client.post(reverse("record:keep_promise", args=[promise.ref]), {"words": "Sent"})
    promise.refresh_from_db()
    assert promise.outcome == "done"


def test_a_promise_for_a_day_that_has_passed_is_refused_in_words_and_nothing_typed_is_lost(
    place, deferred, client
):
    sign_in(client, place.adviser)
    data = {"words": "A leaflet", "due_on_day": 1, "due_on_month": 1, "due_on_year": 2004}
    response = client.post(reverse("record:promise", args=[whose(deferred).ref]), data)
    text = response.content.decode()
    assert "must be on or after" in text
    assert "A leaflet" in text
    assert not Task.objects.filter(kind=TaskKind.PROMISE).exists()


def test_a_promise_that_is_the_only_next_step_is_refused_with_what_to_do(place, client):
    claim = make.claim(office=place.office, task=TaskKind.PROMISE)
    sign_in(client, place.adviser)
    response = client.post(reverse("record:keep_promise", args=[claim.tasks.get().ref]), {})
    assert "Say what comes next first" in response.content.decode()


def test_a_contact_is_written_down(place, deferred, client, read):
    sign_in(client, place.adviser)
    client.post(reverse("record:contact", args=[whose(deferred).ref]), {"text": "She rang about the letter."})
    assert "She rang about the letter." in read(place.adviser, "record:people", whose(deferred).ref)


def test_a_customer_without_a_claim_has_a_record_too(place, read):
    alone = make.customer(added_by=place.agent)
    assert "There is no claim yet" in read(place.agent, "customers:record", alone.ref)


def test_a_booked_interview_says_when_and_with_whom(place, read, moment):
    interview = place.claim()
    interview.state = "booked"
    interview.save()
    start = moment(day=2, hour=11)
    interview.appointments.create(
        ref="A123456789",
        kind="adviser_interview",
        mode="office",
        office=place.office,
        starts_at=start,
        ends_at=start + timedelta(minutes=45),
        adviser=place.adviser.person,
        state="booked",
        made_at=make.NOW,
    )
    text = read(place.agent, "customers:record", interview.claim.customer.ref)
    assert (
        f"is booked for Thursday 6 May 2004, 11:00 with {place.adviser.person.name}, at the office." in text
    )


def test_the_next_step_of_many_claims_is_one_query(place, django_assert_num_queries):
    claims = [make.claim(office=place.office) for _ in range(5)]
    make.open_task(claims[0], kind=TaskKind.PROMISE, due_on=make.TODAY - timedelta(days=1))
    with django_assert_num_queries(1):
        found = next_steps([claim.pk for claim in claims])
    assert found[claims[0].pk].kind == TaskKind.PROMISE
    assert found[claims[1].pk].owner == claims[1].tasks.get().team.name


# Six are the frame (session, person, posts, the transaction that cannot write), one keeps that somebody looked.
PAGES = {"customers:record": 16, "record:interviews": 15, "record:people": 13, "record:looked": 10}


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize("rows", [1, 60])
def test_the_number_of_queries_does_not_grow(place, deferred, client, django_assert_num_queries, name, rows):
    ref = whose(deferred).ref
    claim = deferred.interview.claim
    Event.objects.bulk_create(
        [
            Event(kind="note_written", at=make.NOW, by=place.agent, customer_ref=ref, details={})
            for _ in range(rows)
        ]
    )
    for _ in range(rows // 4):
        make.open_task(claim, kind=TaskKind.PROMISE, team=place.adviser.team, person=place.adviser.person)
    sign_in(client, make.post(Role.ADVISER, office=place.office))
    for _ in range(3):
        client.get(reverse(name, args=[ref]))
    with django_assert_num_queries(PAGES[name]):
        client.get(reverse(name, args=[ref]))


def test_a_decision_page_has_a_fixed_number_of_queries(place, deferred, client, django_assert_num_queries):
    sign_in(client, place.adviser)
    client.get(reverse("record:decision", args=[deferred.ref]))
    with django_assert_num_queries(8):
        client.get(reverse("record:decision", args=[deferred.ref]))
