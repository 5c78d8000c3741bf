"""Two clicks write down what a customer says; everybody who could act against them sees it first."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.today.seeing import sign_in
from waymark.inbound import verbs
from waymark.inbound.enums import About, Way
from waymark.inbound.models import Message
from waymark.portal.models import Key
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def claim(place, now):
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=place.agent)
    return place.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date()).claim


def message_of(claim, now, **fields) -> Message:
    wanted = {"way": Way.CALL, "about": About.CANNOT_COME, "by": None, **fields}
    return verbs.log(claim, now=now, **wanted)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_record_has_the_button_and_one_choice_is_enough(client, place, claim):
    sign_in(client, place.agent)
    record = client.get(reverse("customers:record", args=[claim.customer.ref]))
    address = reverse("inbound:log", args=[claim.customer.ref])
    assert address in record.content.decode()
    form = client.get(address).context["form"]
    sent = {"about": "cannot_come", "way": form["way"].value()}
    response = client.post(address, sent)
    message = Message.objects.get()
    assert response.url == reverse("inbound:message", args=[message.ref])
    assert (message.about, message.way, message.logged_by) == ("cannot_come", "call", place.agent)


def test_without_saying_what_it_is_about_nothing_is_written(client, place, claim):
    sign_in(client, place.agent)
    response = client.post(reverse("inbound:log", args=[claim.customer.ref]), {"way": "call"})
    assert "Answer the question: What is it about?" in text(response)
    assert not Message.objects.exists()


def test_a_waiting_message_stands_on_top_of_the_record(client, place, claim, now):
    message_of(claim, now)
    sign_in(client, place.adviser)
    page = text(client.get(reverse("customers:record", args=[claim.customer.ref])))
    assert "told us something that nobody has answered" in page
    assert page.index("told us something that nobody") < page.index("What happened")


def test_an_answered_message_stands_there_no_longer(client, place, claim, now):
    message = message_of(claim, now)
    verbs.answer(message, words="Moved.", told_by=Way.CALL, by=place.adviser, now=now)
    sign_in(client, place.adviser)
    page = text(client.get(reverse("customers:record", args=[claim.customer.ref])))
    assert "told us something that nobody has answered" not in page


def test_the_task_opens_the_message(client, place, claim, now):
    message = message_of(claim, now)
    sign_in(client, place.adviser)
    page = text(client.get(reverse("worklist:task", args=[message.task.ref])))
    assert reverse("inbound:message", args=[message.ref]) in page


def test_reading_and_answering(client, place, claim, now):
    message = message_of(claim, now, words="My bus does not go.")
    sign_in(client, place.adviser)
    address = reverse("inbound:message", args=[message.ref])
    assert "My bus does not go." in text(client.get(address))
    client.post(reverse("inbound:read", args=[message.ref]))
    message.refresh_from_db()
    assert message.read_by == place.adviser
    client.post(address, {"words": "Come on Friday.", "told_by": "call"})
    message.refresh_from_db()
    assert message.answer == "Come on Friday."
    assert Task.objects.get(pk=message.task_id).closed_at


def test_an_answer_without_words_is_sent_back(client, place, claim, now):
    message = message_of(claim, now)
    sign_in(client, place.adviser)
    response = client.post(reverse("inbound:message", args=[message.ref]), {"told_by": "call"})
    assert "Write what you answered or did" in text(response)


def test_somebody_who_may_not_answer_reads_only(client, place, claim, now):
    message = message_of(claim, now)
    sign_in(client, place.assessor)
    page = text(client.get(reverse("inbound:message", args=[message.ref])))
    assert "Answer it" not in page


def test_strangers_find_nothing(client, place, claim, now):
    message = message_of(claim, now)
    sign_in(client, place.elsewhere)
    assert client.get(reverse("inbound:message", args=[message.ref])).status_code == 404
    assert client.get(reverse("inbound:log", args=[claim.customer.ref])).status_code == 404
    assert client.get(reverse("inbound:keys", args=[claim.customer.ref])).status_code == 404
    assert "Price" not in text(client.get(reverse("inbound:list")))


def test_what_waits_longest_comes_first_and_answered_ones_last(client, place, now):
    claims = [place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim for _ in range(3)]
    answered, late, new = (
        message_of(claim, now - timedelta(days=days)) for claim, days in zip(claims, (9, 7, 0), strict=True)
    )
    verbs.answer(answered, words="Yes.", told_by=Way.CALL, by=place.adviser, now=now)
    sign_in(client, place.adviser)
    page = text(client.get(reverse("inbound:list")))
    shown = re.findall(r"/messages/(M[0-9A-Z]+)/", page)
    assert shown == [late.ref, new.ref, answered.ref]
    assert "wm-row--late" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=waiting", 1),
        ("?state=answered", 1),
        ("?state=unread", 1),
        ("?about=cannot_come", 1),
        ("?about=question", 1),
        ("?way=portal", 1),
        ("?mine=no", 2),
        ("?mine=yes", 0),
        ("?state=nonsense", 2),
    ],
)
def test_the_list_can_be_narrowed(client, place, claim, now, query, shown):
    message_of(claim, now, way=Way.PORTAL)
    other = message_of(claim, now, about=About.QUESTION, words="When?")
    verbs.answer(other, words="On Friday.", told_by=Way.CALL, by=place.adviser, now=now)
    sign_in(client, place.leader)
    response = client.get(reverse("inbound:list") + query)
    assert len(response.context["rows"]) == shown


def test_the_list_goes_into_a_spreadsheet_without_names_or_words(client, place, claim, now):
    message_of(claim, now, words="My bus does not go.")
    sign_in(client, place.leader)
    csv = client.get(reverse("inbound:list") + "?format=csv").content.decode()
    assert claim.customer.ref in csv
    assert "Price" not in csv
    assert "bus" not in csv


def questions(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_the_list_asks_as_often_for_many_as_for_one(client, place, claim, now):
    sign_in(client, place.leader)
    address = reverse("inbound:list")
    message_of(claim, now)
    client.get(address)
    one = questions(client, address)
    for _ in range(5):
        other = place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim
        message_of(other, now)
    assert questions(client, address) == one


def test_a_link_is_shown_once_and_kept_nowhere(client, place, claim):
    sign_in(client, place.adviser)
    response = client.post(reverse("inbound:show_link", args=[claim.customer.ref]))
    link = re.search(r'value="([^"]*/my/l/[0-9A-Z]+/)"', response.content.decode())[1]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Key.objects.get().made_by == place.adviser
    assert link not in text(client.get(reverse("inbound:keys", args=[claim.customer.ref])))


def test_a_key_is_ended_with_a_reason(client, place, claim):
    sign_in(client, place.adviser)
    client.post(reverse("inbound:show_link", args=[claim.customer.ref]))
    address = reverse("inbound:end_key", args=[claim.customer.ref])
    client.post(address, {"key": Key.objects.get().ref, "because": "Lost the telephone"})
    assert Key.objects.get().ended_because == "Lost the telephone"


def test_where_nothing_can_be_asked_the_button_says_why(client, place, now):
    nobody = factories.customer(
        born_on=None, ni_number=None, ni_unknown_because="waiting", added_by=place.agent
    )
    place.claim(now=now, customer=nobody, claimed_on=now.date(), period_from=now.date())
    sign_in(client, place.adviser)
    page = text(client.get(reverse("inbound:keys", args=[nobody.ref])))
    assert "so the page could be opened by anybody" in page
    response = client.post(reverse("inbound:show_link", args=[nobody.ref]))
    assert response.status_code == 409
