"""The page of a claim's reminders, and what the pages say of texts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.notices.makers import BOOKED, claim, rules
from tests.today.seeing import sign_in
from waymark.interviews.models import ReminderPause
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.verbs import queue_notice
from waymark.organisations.enums import Role
from waymark.record.models import Event, Read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.office(name="Calder office")


@pytest.fixture
def adviser(office, client) -> Client:
    sign_in(client, factories.post(Role.ADVISER, office=office))
    return client


def page_of(whose) -> str:
    return reverse("notices:reminders", args=[whose.ref])


def a_week_on() -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=7)
    return {"until_day": str(day.day), "until_month": str(day.month), "until_year": str(day.year)}


def test_reminders_are_paused_with_a_reason_and_resumed(adviser, office):
    whose = claim(office=office)
    sent = adviser.post(page_of(whose), {**a_week_on(), "why": "They worry her."}, follow=True)
    html = sent.content.decode()
    assert "There are no reminders for now." in html and "They worry her." in html
    assert ReminderPause.objects.get().claim == whose
    resumed = adviser.post(reverse("notices:resume", args=[whose.ref]), follow=True).content.decode()
    assert "Reminders go again." in resumed and "No reminders for a while" in resumed
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))[-2:]
    assert kinds == ["reminders_paused", "reminders_resumed"]


def test_a_pause_without_a_reason_or_a_day_is_asked_for_again(adviser, office):
    whose = claim(office=office)
    html = adviser.post(page_of(whose), {"why": " "}).content.decode()
    assert "Write why there should be no reminders" in html and "day without reminders" in html
    assert not ReminderPause.objects.exists()


def test_resuming_what_is_not_paused_is_refused_in_words(adviser, office):
    page = adviser.post(reverse("notices:resume", args=[claim(office=office).ref]))
    assert page.status_code == 409 and "Reminders are not paused." in page.content.decode()


def test_a_stranger_finds_no_reminders(office, client):
    sign_in(client, factories.post(Role.ADVISER))
    whose = claim(office=office)
    assert client.get(page_of(whose)).status_code == 404
    assert client.post(reverse("notices:resume", args=[whose.ref])).status_code == 404


def test_the_letters_lead_to_the_reminders_of_a_live_claim_and_looking_is_noted(adviser, office):
    whose = claim(office=office)
    letters = adviser.get(reverse("notices:of_customer", args=[whose.customer.ref])).content.decode()
    assert page_of(whose) in letters
    adviser.get(page_of(whose))
    assert Read.objects.latest("id").customer_ref == whose.customer.ref


def test_a_text_is_shown_as_a_text_and_has_no_pdf(adviser, office):
    whose = claim(office=office, telephone="+447700900123", safe={"may_text": True})
    notice = queue_notice(whose, NoticeKind.REMINDER, words=BOOKED, rules=rules(), by=None, now=factories.NOW)
    Notice.objects.update(state="sent", sent_at=factories.NOW)
    html = adviser.get(reverse("notices:show", args=[notice.ref])).content.decode()
    assert "as a text to 07700900123" in html and "Open as PDF" not in html
    assert notice.content["short"] in html
