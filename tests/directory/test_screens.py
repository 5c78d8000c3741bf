"""The pages of the directory: what they show, to whom, and with how few questions to the database."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests.directory.making import service
from tests.factories import NOW
from tests.today.seeing import sign_in
from waymark.directory import verbs
from waymark.directory.enums import Knowledge
from waymark.directory.models import Contact, CustomerView, Liaison, Service, UnmetNeed
from waymark.record.models import Event, Read

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 8
WHO_IS_ASKING = 2  # the session, and the person with their posts: the same on every page
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET TRANSACTION")


@pytest.fixture
def by(client, place):
    sign_in(client, place.adviser)
    return place.adviser


def page(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(f"directory:{name}", args=args) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def statements(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(CONTROL)]


def test_a_result_says_why_it_fits_what_to_ask_and_why_not(client, by, codes):
    service(codes, name="Debt group", needs=["debt"], taking="full", excludes=["in_work"], postcodes=["CA1"])
    shown = page(client, "search", query="?need=debt&postcode=CA1+1AB")
    for words in (
        "Helps with: Debt and money",
        "Takes people from CA1",
        "Ask before",
        "is in work",
        "Full",
        "Does not fit",
    ):
        assert words in shown, words


def test_a_search_asks_at_most_eight_times_however_many_there_are(client, by, codes):
    for number in range(25):
        service(codes, name=f"Debt group {number}", needs=["debt"], where=["CA1 1AB"])
    address = reverse("directory:search") + "?need=debt&postcode=CA1+1AB&travel=near"
    asked = statements(client, address)
    assert len(asked) - WHO_IS_ASKING <= MOST_STATEMENTS, "\n".join(sql[:150] for sql in asked)


def test_a_search_for_a_customer_fills_in_what_is_known_and_is_kept_as_a_reading(client, by, codes, place):
    claim = place.claim().claim
    service(codes, name="For the young", needs=["debt"], greatest_age=24, benefits=["jsa"])
    shown = page(client, "search", query=f"?customer={claim.customer.ref}&need=debt")
    assert "CA1 1AB" in shown
    assert "Up to 24 years old" in shown
    assert Read.objects.filter(customer_ref=claim.customer.ref).exists()


def test_a_customer_of_elsewhere_is_not_there(client, place, codes):
    sign_in(client, place.elsewhere)
    ref = place.claim().claim.customer.ref
    assert client.get(reverse("directory:search") + f"?customer={ref}").status_code == 404


def test_an_empty_search_leads_to_what_is_missing(client, by, codes):
    shown = page(client, "search", query="?need=alcohol&postcode=CA2")
    assert "No service is like this" in shown
    address = reverse("directory:note_unmet") + "?need=alcohol&postcode=CA2"
    client.post(address, {"need": "alcohol", "origin": "search", "postcode": "CA2", "words": ""})
    noted = UnmetNeed.objects.get()
    assert (noted.need, noted.postcode, noted.district) == ("alcohol", "CA2", by.team.office.district)
    assert "Alcohol" in page(client, "unmet")


def test_two_services_stand_side_by_side(client, by, codes):
    one, two = service(codes, name="One", wait_weeks=3, taking="waiting"), service(codes, name="Two")
    shown = page(client, "compare", query=f"?service={one.ref}&service={two.ref}")
    assert "a wait of about 3 weeks" in shown
    assert "Choose at least two" in page(client, "compare", query=f"?service={one.ref}")


def test_the_sheet_is_printed_as_a_pdf_with_the_same_words(client, by, codes):
    made = service(codes, name="Walking group", about="We walk.")
    assert "It is your choice" in page(client, "sheet", query=f"?service={made.ref}")
    response = client.get(reverse("directory:sheet") + f"?service={made.ref}&format=pdf")
    assert response["Content-Type"] == "application/pdf"
    path_text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    assert "Walking group" in path_text
    assert "It is your choice" in path_text


def test_an_entry_says_what_is_not_known(client, by, codes):
    shown = page(client, "entry", service(codes, name="Walking").ref)
    assert "not known" in shown
    assert "Nobody keeps it true yet" in shown


def test_an_entry_is_confirmed_with_one_click(client, by, codes):
    made = service(codes, owner=by.person)
    Service.objects.update(confirmed_on=timezone.localdate() - timedelta(days=200))
    assert "Not confirmed lately" in page(client, "entry", made.ref)
    assert made.name in page(client, "to_confirm")
    response = client.post(reverse("directory:confirm", args=[made.ref]), {"then": "to_confirm"})
    assert response.url == reverse("directory:to_confirm")
    assert "Nothing to confirm" in page(client, "to_confirm")


def test_today_says_how_many_entries_wait(client, by, codes):
    service(codes, owner=by.person)
    Service.objects.update(confirmed_on=timezone.localdate() - timedelta(days=200))
    assert "entries to confirm" in client.get(reverse("today")).content.decode()


def test_why_an_entry_cannot_be_changed_stands_beside_the_button(client, by, codes, place):
    made = service(codes, owner=place.second_adviser.person)
    assert f"{place.second_adviser.person.name} keeps this entry true." in page(client, "entry", made.ref)
    assert client.post(reverse("directory:confirm", args=[made.ref])).status_code == 409


def test_a_service_is_added_with_a_new_organisation_and_belongs_to_who_added_it(client, by, codes):
    said = {
        "organisation": "",
        "new_organisation": "New Trust",
        "sector": "voluntary",
        "name": "Choir",
        "about": "",
        "telephone": "",
    }
    response = client.post(reverse("directory:new"), said)
    made = Service.objects.get()
    assert response.url == reverse("directory:entry", args=[made.ref])
    assert (made.organisation.name, made.owner, list(made.districts.all())) == (
        "New Trust",
        by.person,
        [by.team.office.district],
    )


def test_every_part_of_an_entry_can_be_changed(client, by, codes):
    made = service(codes, owner=by.person, needs=["debt"], places=3, taking="places")
    for part in ("what", "who", "how", "places"):
        assert made.name in page(client, "edit", made.ref, part)
    said = {
        "postcodes": "ca1 CA2",
        "here_only": "on",
        "least_age": "18",
        "excludes": ["in_work"],
        "for_whom": "All",
    }
    client.post(reverse("directory:edit", args=[made.ref, "who"]), said)
    made.refresh_from_db()
    assert (made.postcodes, made.least_age, made.excludes, made.for_whom) == (
        ["CA1", "CA2"],
        18,
        ["in_work"],
        "All",
    )
    assert list(made.districts.all()) == [by.team.office.district]
    response = client.post(reverse("directory:edit", args=[made.ref, "who"]), {**said, "postcodes": "here"})
    assert "is no first part of a postcode" in response.content.decode()


def test_where_a_service_is_given_is_chosen_from_the_places_of_its_organisation(client, by, codes):
    made = service(codes, owner=by.person)
    place = {"address": "1 High Street", "town": "Calder", "postcode": "ca1 2bb", "step_free": "yes"}
    client.post(reverse("directory:place", args=[made.organisation.ref]), place)
    added = made.organisation.locations.get()
    client.post(reverse("directory:where", args=[made.ref]), {"locations": [added.ref]})
    assert list(made.locations.all()) == [added]
    assert (added.postcode, added.step_free) == ("CA1 2BB", True)


def test_contacts_come_and_go(client, by, codes):
    made = service(codes, owner=by.person)
    said = {"name": "Amina Shah", "telephone": "01632 960001", "service": made.ref, "link_worker": "on"}
    client.post(reverse("directory:contact", args=[made.organisation.ref]), said)
    contact = Contact.objects.get()
    assert (contact.service, contact.link_worker, contact.public) == (made, True, False)
    assert "Amina Shah" in page(client, "entry", made.ref)
    day = timezone.localdate() - timedelta(days=1)
    client.post(
        reverse("directory:end_contact", args=[contact.ref]),
        {"on_day": day.day, "on_month": day.month, "on_year": day.year},
    )
    assert "Amina Shah" not in page(client, "entry", made.ref)


def test_news_experience_meetings_and_knowledge_are_written_and_read(client, by, codes):
    made, today = service(codes, owner=by.person), timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    client.post(
        reverse("directory:change", args=[made.ref]), {"kind": "staff", "words": "A new team.", **day}
    )
    client.post(reverse("directory:experience", args=[made.ref]), {"words": "They listen.", "source": "used"})
    client.post(reverse("directory:liaison", args=[made.organisation.ref]), {"kind": "visit", **day})
    client.post(reverse("directory:know", args=[made.ref]), {"level": "2", "often": "on"})
    shown = page(client, "entry", made.ref)
    for words in ("A new team.", "They listen.", "Both sides last met"):
        assert words in shown, words
    assert Liaison.objects.count() == 1
    assert "Known well, much used" in page(client, "knowledge")


def test_a_customers_view_from_their_own_page_is_kept_with_their_claim_and_shown_without_it(
    client, by, codes, place
):
    made, claim = service(codes), place.claim().claim
    address = reverse("directory:view", args=[made.ref]) + f"?customer={claim.customer.ref}"
    client.post(address, {"useful": "yes", "words": "It helped."})
    assert CustomerView.objects.get().claim_ref == claim.ref
    shown = page(client, "entry", made.ref)
    assert "It helped." in shown
    assert claim.customer.name not in shown
    assert claim.ref not in shown


def test_the_pages_of_the_whole_are_there_and_come_as_files(client, by, codes, place):
    service(codes, needs=["debt"], postcodes=["CA1"], districts=[place.district], taking="places", places=2)
    assert "2 places free" in page(client, "coverage")
    for name in ("coverage", "unmet"):
        response = client.get(reverse(f"directory:{name}") + "?format=csv")
        assert response["Content-Type"].startswith("text/csv")
    assert "Calder Trust" in page(client, "organisations")
    assert "nobody" in page(client, "to_confirm", query="?whose=all")


def test_a_manager_sees_how_well_the_office_knows_what_is_on_offer(client, place, codes):
    made = service(codes, districts=[place.district])
    verbs.say_knowledge(made, level=Knowledge.BASICS, often=False, by=place.adviser, now=NOW)
    sign_in(client, place.manager)
    assert made.name in page(client, "knowledge", query="?whose=office")


def test_what_is_done_in_the_directory_is_told_in_sentences(client, by, codes, place):
    claim = place.claim().claim
    client.post(
        reverse("directory:note_unmet") + f"?customer={claim.customer.ref}",
        {"need": "alcohol", "origin": "no_option", "words": "Nothing in the evening."},
    )
    assert Event.objects.filter(kind="unmet_need_noted", customer_ref=claim.customer.ref).exists()
    record = client.get(reverse("customers:record", args=[claim.customer.ref])).content.decode()
    assert "noted that help is missing: Alcohol" in record
