"""After an upgrade the packs are loaded anew; until they are, a page says so instead of breaking."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.conftest import pack_of
from tests.place import make_place
from tests.today.seeing import sign_in
from waymark.inbound.models import Message
from waymark.programme.pack import NotInPack, Pack
from waymark.programme.verbs import load_pack

pytestmark = pytest.mark.django_db


def pack_without(section: str) -> Pack:
    """The pack of 2002 as it was before it had this section of settings."""
    files = dict(pack_of("jobcentre-plus-2002").files)
    text = files["programme.toml"]
    files["programme.toml"] = re.sub(rf"\[\[settings\.{section}\.\w+\]\]\n(?:(?!\[).*\n?)*", "", text)
    assert files["programme.toml"] != text
    return Pack(files)


@pytest.fixture
def claim():
    load_pack(pack_without("inbound"), now=factories.NOW)
    place = make_place()
    now = timezone.now()
    return place, place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim


def test_a_pack_older_than_the_software_is_said_on_the_page_and_nothing_is_saved(client, claim):
    place, made = claim
    sign_in(client, place.agent)
    address = reverse("inbound:log", args=[made.customer.ref])
    response = client.post(address, {"about": "cannot_come", "way": "call"})
    assert response.status_code == 503
    page = response.content.decode()
    assert "The rules have to be loaded" in page
    assert "inbound.answer_working_days" in page
    assert not Message.objects.exists()


def test_when_the_pack_is_loaded_the_page_works(client, claim):
    place, made = claim
    load_pack(pack_of("jobcentre-plus-2002"), now=timezone.now())
    sign_in(client, place.agent)
    client.post(reverse("inbound:log", args=[made.customer.ref]), {"about": "cannot_come", "way": "call"})
    assert Message.objects.count() == 1


@pytest.mark.parametrize("ask", ["reasons", "table", "letter"])
def test_what_a_pack_does_not_hold_is_named(ask):
    pack = pack_of("jobcentre-plus-2002")
    with pytest.raises(NotInPack, match=r"jobcentre-plus-2002 holds no \w+ no_such_thing"):
        getattr(pack, ask)("no_such_thing")
