"""Pages of letters: what each role sees, and what it may do."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests import factories
from tests.notices.makers import claim, queued
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.organisations.enums import Role
from waymark.record.models import Event, Read

pytestmark = pytest.mark.django_db
BACKEND = "waymark.web.signin.Backend"


def signed_in(post) -> Client:
    client = Client()
    client.force_login(post.person, backend=BACKEND)
    return client


@pytest.fixture
def office():
    return factories.office(name="Calder office")


@pytest.fixture
def adviser(office):
    return signed_in(factories.post(Role.ADVISER, office=office))


@pytest.fixture
def leader(office):
    return signed_in(factories.post(Role.TEAM_LEADER, office=office))


@pytest.fixture
def administrator(office):
    return signed_in(factories.post(Role.ADMINISTRATOR, office=office))


def letter(office, **fields) -> Notice:
    notice = queued(claim(office=office, given_names="Joan", family_name="Ruddock"))
    Notice.objects.filter(pk=notice.pk).update(**fields)
    notice.refresh_from_db()
    return notice


def test_a_customers_letters_are_listed_with_what_became_of_them(adviser, office):
    notice = letter(office)
    page = adviser.get(reverse("notices:of_customer", args=[notice.claim.customer.ref]))
    assert page.status_code == 200
    html = page.content.decode()
    assert notice.subject in html and "Waiting to go out (letter by post)." in html
    assert Read.objects.get().customer_ref == notice.claim.customer.ref


def test_a_customer_without_letters_is_said_to_have_none(adviser, office):
    whose = claim(office=office)
    page = adviser.get(reverse("notices:of_customer", args=[whose.customer.ref]))
    assert "Nothing has been written to this customer yet." in page.content.decode()


def test_a_letter_is_shown_as_the_customer_gets_it(adviser, office):
    notice = letter(office)
    html = adviser.get(reverse("notices:show", args=[notice.ref])).content.decode()
    assert notice.html in html
    assert html.count("<h1") == 1 and "notices/letter.css" in html
    assert 'style="' not in html


def test_a_sent_letter_says_when_and_where_it_went(adviser, office):
    notice = letter(office)
    deliver_due(timezone.now())
    html = adviser.get(reverse("notices:show", args=[notice.ref])).content.decode()
    assert "as a letter by post to 2 Mill Lane, Calder, CA1 1AB." in html


@pytest.mark.parametrize("sent", [False, True])
def test_the_pdf_can_be_opened_before_and_after_it_is_sent(adviser, office, sent):
    notice = letter(office)
    if sent:
        deliver_due(timezone.now())
    answer = adviser.get(reverse("notices:pdf", args=[notice.ref]))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Ruddock" in text
    assert Read.objects.get().page == "notices:pdf"


@pytest.mark.parametrize("page", ["of_customer", "show", "pdf"])
def test_strangers_find_no_letter(office, page):
    notice = letter(office)
    ref = notice.claim.customer.ref if page == "of_customer" else notice.ref
    address = reverse(f"notices:{page}", args=[ref])
    elsewhere = factories.post(Role.ADVISER, office=factories.office(district=office.district))
    assert signed_in(factories.post(Role.ADVISER)).get(address).status_code == 404
    assert signed_in(elsewhere).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert not Read.objects.exists()


def test_administrators_open_no_letter(administrator, office):
    assert administrator.get(reverse("notices:show", args=[letter(office).ref])).status_code == 403


def test_the_outbox_is_for_leaders_and_administrators(adviser, leader, administrator):
    found = {who.get(reverse("notices:outbox")).status_code for who in (leader, administrator)}
    assert found == {200}
    assert adviser.get(reverse("notices:outbox")).status_code == 403


def test_leaders_see_names_in_the_outbox_and_administrators_do_not(leader, administrator, office):
    notice = letter(office)
    seen = leader.get(reverse("notices:outbox")).content.decode()
    assert "Joan Ruddock" in seen and notice.ref in seen
    unnamed = administrator.get(reverse("notices:outbox")).content.decode()
    assert "Ruddock" not in unnamed and notice.ref in unnamed


def test_the_outbox_of_another_district_is_not_shown(leader):
    elsewhere = letter(factories.office())
    assert elsewhere.ref not in leader.get(reverse("notices:outbox")).content.decode()
    assert leader.get(reverse("notices:withdraw", args=[elsewhere.ref])).status_code == 404
    assert leader.post(reverse("notices:retry", args=[elsewhere.ref])).status_code == 404


def test_the_outbox_is_filtered_and_sorted(leader, office):
    waiting, failed = letter(office), letter(office, state="failed", tries=5, last_error="No such street")
    html = leader.get(reverse("notices:outbox"), {"state": "failed"}).content.decode()
    assert failed.ref in html and waiting.ref not in html and "No such street." in html
    html = leader.get(reverse("notices:outbox"), {"sort": "-tries"}).content.decode()
    assert html.index(failed.ref) < html.index(waiting.ref)
    assert leader.get(reverse("notices:outbox"), {"state": "nonsense", "sort": "x"}).status_code == 200


def test_the_outbox_can_be_downloaded_without_names(leader, office):
    notice = letter(office, last_error="=HYPERLINK(1)")
    answer = leader.get(reverse("notices:outbox"), {"format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode().splitlines()
    assert lines[1].startswith(notice.ref) and lines[1].endswith(",HYPERLINK(1)")
    assert "Ruddock" not in answer.content.decode()


def test_a_leader_tries_a_failed_letter_again(leader, office):
    notice = letter(office, state="failed", tries=5)
    answer = leader.post(reverse("notices:retry", args=[notice.ref]))
    assert answer.status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == ("waiting", 0)


def test_trying_again_what_has_not_failed_is_refused_in_words(leader, office):
    answer = leader.post(reverse("notices:retry", args=[letter(office, state="held").ref]))
    assert answer.status_code == 409
    assert "Lift the stop" in answer.content.decode()


def test_a_letter_is_not_tried_again_by_looking(leader, office):
    assert leader.get(reverse("notices:retry", args=[letter(office, state="failed").ref])).status_code == 405


def test_an_administrator_withdraws_a_letter_with_a_reason(administrator, office):
    notice = letter(office)
    address = reverse("notices:withdraw", args=[notice.ref])
    without = administrator.post(address, {"why": " "})
    assert without.status_code == 200 and "Write why this letter should not go" in without.content.decode()
    assert administrator.post(address, {"why": "Printed twice."}).status_code == 302
    notice.refresh_from_db()
    assert notice.state == "withdrawn"
    assert Event.objects.latest("id").why == "Printed twice."


def test_a_sent_letter_cannot_be_withdrawn(leader, office):
    notice = letter(office)
    deliver_due(timezone.now())
    answer = leader.post(reverse("notices:withdraw", args=[notice.ref]), {"why": "Too late."})
    assert "cannot become" in answer.content.decode()
    assert Notice.objects.get().state == "sent"


def test_what_was_printed_on_a_day_is_listed(administrator, office):
    notice = letter(office)
    now = timezone.now()
    deliver_due(now)
    assert f"{notice.ref}.pdf" in administrator.get(reverse("notices:printed")).content.decode()
    day = timezone.localdate(now) - timedelta(days=1)
    asked = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    empty = administrator.get(reverse("notices:printed"), asked).content.decode()
    assert notice.ref not in empty and "No letter was laid for the printer" in empty


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_outbox_takes_the_same_few_queries_however_long_it_is(leader, office):
    letter(office)
    short = queries_of(leader, reverse("notices:outbox"))
    for _n in range(12):
        letter(office)
    assert short == queries_of(leader, reverse("notices:outbox")) <= 12


def test_a_customers_letters_take_the_same_few_queries_however_many_there_are(adviser, office):
    whose = claim(office=office)
    address = reverse("notices:of_customer", args=[whose.customer.ref])
    queued(whose)
    short = queries_of(adviser, address)
    for _n in range(12):
        queued(whose)
    assert short == queries_of(adviser, address) <= 14
