"""The directory as open data: what the UK profile asks for, nothing that is ours alone, and a switch."""

import json

import pytest

from tests import factories
from tests.directory.making import bring_in, organisation, record, service, uid
from tests.factories import NOW, TODAY
from waymark.directory import verbs
from waymark.directory.enums import Source, Useful
from waymark.directory.models import Contact
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import Role

pytestmark = pytest.mark.django_db
BASE = "/open-referral"


@pytest.fixture
def ask(client):
    def get(path: str, status: int = 200):
        response = client.get(f"{BASE}{path}")
        assert response.status_code == status, response.content
        return response.json()

    return get


def names(page) -> list[str]:
    return [one["name"] for one in page["contents"]]


def test_anybody_reads_it_without_signing_in(ask, codes):
    service(codes, name="Walking")
    assert names(ask("/services")) == ["Walking"]


def test_a_setting_switches_it_off(ask, codes, settings):
    settings.OPEN_DIRECTORY = False
    assert "not open data" in ask("/services", 404)["error"]


def test_a_page_says_how_many_there_are(ask, codes):
    for number in range(5):
        service(codes, name=f"S{number}")
    page = ask("/services?per_page=2&page=3")
    assert {name: value for name, value in page.items() if name != "contents"} == {
        "total_items": 5,
        "total_pages": 3,
        "page_number": 3,
        "size": 1,
        "first_page": False,
        "last_page": True,
        "empty": False,
    }
    assert ask("/services?page=9")["empty"]


def test_the_lines_and_the_whole_are_valid_by_the_published_schemas(ask, codes, schema):
    made = service(codes, name="Walking", needs=["confidence"], where=[("CA1 2BB", 54.9, -2.9)])
    [line] = ask("/services")["contents"]
    assert schema("open-referral-uk-3", "service_list")(line) == []
    assert schema("open-referral-uk-3", "service")(ask(f"/services/{made.uid}")) == []
    [mother] = ask("/organizations")["contents"]
    assert schema("open-referral-uk-3", "organization_list")(mother) == []
    assert schema("open-referral-uk-3", "organization")(ask(f"/organizations/{made.organisation.uid}")) == []
    [tie] = ask("/service_at_locations")["contents"]
    assert schema("open-referral-uk-3", "service_at_location")(tie) == []
    assert ask(f"/service_at_locations/{tie['id']}") == tie


def test_nothing_that_is_ours_alone_stands_in_it(ask, codes, place):
    """Notes of colleagues, customers' words, owners, what a place costs us, and contacts who have not agreed."""
    made = service(codes, cost="high", paid_when_referred_by=["adviser"], owner=place.adviser.person)
    person = {"organisation": made.organisation, "service": made}
    Contact.objects.create(ref=new_ref("K"), name="Not Public", telephone="1", **person)
    Contact.objects.create(ref=new_ref("K"), name="Public Person", telephone="2", public=True, **person)
    verbs.note_experience(made, source=Source.USED, words="Colleague words", by=place.adviser, now=NOW)
    verbs.note_view(
        made, useful=Useful.NO, words="Customer words", claim=place.claim().claim, by=place.adviser, now=NOW
    )
    text = json.dumps(
        [ask(f"/services/{made.uid}"), ask(f"/organizations/{made.organisation.uid}"), ask("/services")]
    )
    assert "Public Person" in text
    for secret in (
        "Not Public",
        "Colleague words",
        "Customer words",
        place.adviser.person.name,
        "paid_when",
        '"cost"',
    ):
        assert secret not in text, secret


def test_withdrawn_services_are_not_offered_but_say_what_became_of_them(ask, codes):
    made = service(codes)
    verbs.withdraw(made, why="Closed.", on=TODAY, by=None, now=NOW)
    assert ask("/services")["empty"]
    assert ask(f"/services/{made.uid}")["status"] == "inactive"


def test_services_are_found_by_words_need_age_and_organisation(ask, codes):
    mother = organisation("Mother")
    service(
        codes, name="Young plasterers", at=mother, needs=["practical_training"], least_age=16, greatest_age=24
    )
    service(codes, name="Debt", needs=["debt"])
    term = next(t for t in ask("/taxonomy_terms?per_page=200")["contents"] if t["code"] == "debt")
    assert names(ask("/services?search=plastering")) == ["Young plasterers"]
    assert names(ask(f"/services?taxonomy_term_id={term['id']}")) == ["Debt"]
    assert names(ask("/services?minimum_age=16&maximum_age=24")) == ["Young plasterers"]
    assert names(ask(f"/services?organization_id={mother.uid}")) == ["Young plasterers"]
    assert ask(f"/taxonomy_terms/{term['id']}") == term
    assert ask(f"/taxonomies/{term['taxonomy_id']}")["id"] == term["taxonomy_id"]


def test_services_are_found_by_the_day_and_the_time_they_are_open(ask, codes):
    times = [{"id": uid("t"), "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00"}]
    bring_in(record("Late in the week", schedules=times), codes)
    assert names(ask("/services?day=th")) == ["Late in the week"]
    assert ask("/services?day=MO")["empty"]
    assert names(ask("/services?start_time=09:00:00&end_time=18:30:00")) == ["Late in the week"]


def test_services_are_found_near_a_postcode(ask, codes):
    service(codes, name="Near", where=[("CA1 1AB", 54.0, -2.0)])
    service(codes, name="Far", where=[("CA5 1AB", 54.5, -2.0)])
    page = ask("/service_at_locations?postcode=CA1+1AB&proximity=2000")
    assert [one["service"]["name"] for one in page["contents"]] == ["Near"]


@pytest.mark.parametrize(
    "query", ["page=x", "per_page=-1", "minimum_age=old", "taxonomy_id=1", "postcode=nowhere", "day=Caturday"]
)
def test_what_is_not_understood_is_said(ask, codes, query):
    assert ask(f"/services?{query}", 400)["error"].startswith(query.split("=")[0])


def test_an_id_that_is_not_there_is_said(ask, codes):
    for path in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        assert ask(f"/{path}/{uid('nothing')}", 404)["error"]


def test_nobody_writes_through_it(client, codes):
    factories.post(Role.ADMINISTRATOR)
    assert client.post(f"{BASE}/services").status_code == 405
