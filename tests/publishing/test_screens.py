"""The pages of versions: read, tried, compared, proposed and published."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.publishing.conftest import TWO, changed
from waymark.programme.queries import proposals

pytestmark = pytest.mark.django_db
SLUG = "jobcentre-plus-2002"


@pytest.fixture
def signed_in(client):
    def sign_in(post):
        client.force_login(post.person)
        return client

    return sign_in


def zipped(pack) -> SimpleUploadedFile:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for path, text in pack.files.items():
            archive.writestr(path, text)
    return SimpleUploadedFile("pack.zip", body.getvalue())


def page(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def at(name, *more, number=2):
    return reverse(f"programmes:{name}", args=[SLUG, number, *more])


def test_a_change_goes_from_one_person_to_the_other(signed_in, place, proposer, publisher):
    place.claim(now=timezone.now())
    client = signed_in(proposer)
    sent = client.post(reverse("programmes:propose"), {"pack": zipped(changed(TWO)), "why": "To try."})
    assert sent.url == at("differences")
    assert "2 interviews" in page(client.get(sent.url))
    assert "somebody else publishes it" in page(client.get(at("version")))
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert client.post(at("touched"), day).status_code == 302
    shown = page(client.get(at("touched")))
    assert place.office.name in shown and "1 claim" in shown
    listed = client.get(at("touched_claims"), {"format": "csv"})
    assert "standing before" in listed.content.decode()

    client = signed_in(publisher)
    refused = client.post(at("publish"), {})
    assert "Say that you have read them" in page(refused)
    assert client.post(at("publish"), {"read": "on"}).url == at("version")
    assert "Holds" in page(client.get(at("version")))
    assert not proposals().exists()


def test_a_broken_pack_comes_back_with_the_line_that_is_wrong(signed_in, place, proposer):
    wrong = changed(("R019,19,", "R019,nineteen,"), path="tables/first-contact.csv")
    sent = signed_in(proposer).post(reverse("programmes:propose"), {"pack": zipped(wrong), "why": "To try."})
    assert "first-contact.csv" in page(sent)


def test_a_tried_fact_moves_the_row_that_decides_to_the_top(signed_in, place, proposer):
    client = signed_in(proposer)
    address = at("table", "first-contact", number=1)
    wanted = page(client.get(address, {"wants_interview": "yes"}))
    terminal = page(client.get(address, {"terminal_illness": "yes", "wants_interview": "no"}))
    assert "Row R019 of" in wanted
    assert "Row R100 of" in terminal
    assert terminal.index('id="R100"') < terminal.index('id="R010"')


@pytest.mark.parametrize("name", ["list"])
def test_the_list_shows_what_holds(signed_in, place, proposer, name):
    assert "Jobcentre Plus interviews, 2002" in page(signed_in(proposer).get(reverse(f"programmes:{name}")))


def test_a_version_that_does_not_exist_is_not_there(signed_in, place, proposer):
    assert signed_in(proposer).get(at("version", number=9)).status_code == 404


def test_others_do_not_see_proposals(signed_in, place):
    assert signed_in(place.adviser).get(reverse("programmes:list")).status_code in {403, 404}
