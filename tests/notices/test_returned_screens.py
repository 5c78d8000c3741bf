"""A letter that came back, on the pages: kept by who opens the post, settled by who knows the customer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.interviews.sitting import book
from waymark.customers.models import Customer
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due

pytestmark = pytest.mark.django_db


def signed_in(post) -> Client:
    client = Client()
    client.force_login(post.person, backend="waymark.web.signin.Backend")
    return client


@pytest.fixture
def sent(place) -> Notice:
    now = timezone.now()
    today = timezone.localdate(now)
    book(place, place.claim(now=now, claimed_on=today, period_from=today), now=now)
    deliver_due(now)
    return Notice.objects.get()


def came_back(client, notice, **change):
    on = timezone.localdate()
    given = {"reason": "gone_away", "on_day": on.day, "on_month": on.month, "on_year": on.year, **change}
    return client.post(reverse("notices:came_back", args=[notice.ref]), given)


def test_an_administrator_keeps_it_from_the_list_of_printed_letters_and_sees_no_name(place, sent):
    client = signed_in(place.administrator)
    listed = client.get(reverse("notices:printed")).content.decode()
    assert reverse("notices:came_back", args=[sent.ref]) in listed
    page = client.get(reverse("notices:came_back", args=[sent.ref])).content.decode()
    assert sent.claim.customer.family_name not in page
    assert came_back(client, sent).url == reverse("notices:printed")
    assert Notice.objects.get().came_back_reason == "gone_away"


def test_the_letters_of_the_customer_say_that_the_address_is_in_doubt_and_what_settles_it(place, sent):
    client = signed_in(place.adviser)
    assert came_back(client, sent).url == reverse("notices:show", args=[sent.ref])
    customer = sent.claim.customer
    page = client.get(reverse("notices:of_customer", args=[customer.ref])).content.decode()
    assert "Letters to the address we have come back." in page
    assert reverse("notices:address_is_right", args=[customer.ref]) in page
    client.post(reverse("notices:address_is_right", args=[customer.ref]), {"why": "She still lives there."})
    assert Customer.objects.get().address_doubtful_since is None


def test_it_is_sent_again_from_its_page(place, sent):
    client = signed_in(place.adviser)
    came_back(client, sent, reason="refused")
    assert "Send it again" in client.get(reverse("notices:show", args=[sent.ref])).content.decode()
    answer = client.post(reverse("notices:send_again", args=[sent.ref]))
    fresh = Notice.objects.exclude(pk=sent.pk).get()
    assert answer.url == reverse("notices:show", args=[fresh.ref])


def test_why_it_cannot_be_sent_again_is_said(place, sent):
    client = signed_in(place.adviser)
    came_back(client, sent)
    answer = client.post(reverse("notices:send_again", args=[sent.ref]))
    assert answer.status_code == 409
    assert "Letters to the address we have come back." in answer.content.decode()


def test_without_a_reason_nothing_is_kept(place, sent):
    answer = came_back(signed_in(place.adviser), sent, reason="")
    assert answer.status_code == 200
    assert Notice.objects.get().came_back_on is None


def test_strangers_find_nothing(place, sent):
    assert came_back(signed_in(place.elsewhere), sent).status_code == 404
