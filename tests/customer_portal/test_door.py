"""The way in and out of the customer's own page, and what is told to whoever finds a letter: nothing."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse

from tests.customer_portal.conftest import BORN, YEAR
from waymark.portal import verbs as portal
from waymark.portal.models import Key
from waymark.programme.queries import holding
from waymark.record.models import Event, Read
from waymark.web.customer_portal import urls
from waymark.web.customer_portal.visits import COOKIE, SALT

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"door", "code", "link", "leave", "left", "size", "language"}
INSIDE = sorted(path.name for path in urls.urlpatterns if path.name not in OPEN_TO_ALL)


def address(name: str) -> str:
    needs_ref = name in {"message", "letter", "letter_pdf", "wrong", "money_pdf", "service", "plan_did"}
    return reverse(f"my:{name}", args=["X000000000"] if needs_ref else [])


def about_joan(text: str) -> list[str]:
    """What of her stands on a page."""
    words = [
        "Joan",
        "Price",
        str(YEAR),
        "AB123456C",
        "Calder",
        "Mill Lane",
        "Incapacity",
        "interview",
        "benefit",
    ]
    return [word for word in words if word.lower() in text.lower()]


def test_the_square_code_of_a_letter_shows_nothing_of_the_person(client, booked, code):
    response = client.get(reverse("my:code", args=[code.replace(" ", "")]))
    assert response.status_code == 200
    assert about_joan(response.content.decode()) == []


def test_a_personal_link_shows_nothing_of_the_person_and_asks_only_the_answer(client, joan, now):
    rules = holding("jobcentre-plus-2002", now.date())
    made = portal.make_link(joan, rules=rules, by=None, now=now)
    page = client.get(reverse("my:link", args=[made.secret])).content.decode()
    assert about_joan(page) == []
    assert "Your code" not in page
    opened = client.post(reverse("my:door"), {"secret": made.secret, "by_link": "yes", **BORN})
    assert opened.url == reverse("my:home")


def test_a_wrong_answer_shows_nothing_either(client, booked, code):
    response = client.post(reverse("my:door"), {"secret": code, **BORN, "born_on_year": "1999"})
    text = response.content.decode()
    assert "do not open a page" in text
    assert about_joan(text) == []
    assert COOKIE not in client.cookies


def test_an_unknown_code_is_answered_with_the_same_page_as_a_wrong_date(client, code):
    wrong = client.post(reverse("my:door"), {"secret": code, **BORN, "born_on_year": "1999"})
    unknown = client.post(reverse("my:door"), {"secret": "ZZZZ ZZZZ", **BORN, "born_on_year": "1999"})

    def told(response):
        return response.context["form"].errors

    assert told(wrong) == told(unknown)


def test_the_date_of_birth_opens_the_page(own, booked):
    page = own.get(reverse("my:home"))
    assert page.status_code == 200
    assert booked.adviser.name in page.content.decode()


def test_the_end_of_the_ni_number_opens_it_as_well(client, code):
    response = client.post(reverse("my:door"), {"secret": code, "ni_ending": "456c"})
    assert response.url == reverse("my:home")


def test_an_answer_is_asked_for(client, code):
    response = client.post(reverse("my:door"), {"secret": code})
    assert "Type your date of birth" in response.content.decode()


@pytest.mark.parametrize("name", INSIDE)
def test_no_page_opens_without_a_key(client, booked, name):
    assert client.get(address(name)).url == reverse("my:door")
    sent = client.post(address(name))
    assert sent.status_code == 405 or sent.url == reverse("my:door")


@pytest.mark.parametrize("name", INSIDE)
def test_no_page_is_kept_by_a_browser(own, booked, name):
    assert own.get(address(name)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", INSIDE)
def test_no_address_and_no_title_names_the_customer(own, booked, name):
    response = own.get(address(name), follow=True)
    title = response.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert "Joan" not in title
    assert booked.interview.claim.customer.ref not in response.content.decode()


def test_a_member_of_staff_without_a_key_sees_no_customer_page(client, place, booked):
    client.force_login(place.adviser.person)
    assert client.get(reverse("my:home")).url == reverse("my:door")


def test_a_visit_does_not_open_the_pages_of_staff(own, place, joan):
    response = own.get(reverse("customers:record", args=[joan.ref]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_visit_ends_after_twenty_minutes_without_a_click(own, booked):
    from_now = own.cookies[COOKIE]
    assert from_now["max-age"] == 20 * 60
    assert from_now["httponly"]
    assert from_now["samesite"] == "Strict"
    assert from_now["path"] == "/my/"


def test_leaving_closes_the_page_at_once_and_says_nothing(own, booked):
    response = own.post(reverse("my:leave"), follow=True)
    text = response.content.decode()
    assert about_joan(text) == []
    assert "Waymark" not in text.partition("<main")[2]
    assert own.get(reverse("my:home")).url == reverse("my:door")


def test_every_page_has_the_button_that_leaves(own, booked):
    assert "Leave this page quickly" in own.get(reverse("my:home")).content.decode()


def test_an_ended_key_closes_the_page_that_is_open(own, booked, now):
    portal.end_key(Key.objects.get(), because="The letter was lost.", by=None, now=now)
    assert own.get(reverse("my:home")).url == reverse("my:door")


def test_a_forged_visit_opens_nothing(client, booked):
    client.cookies[COOKIE] = '{"key": "K000000000", "opened": 1}'
    assert client.get(reverse("my:home")).url == reverse("my:door")


def test_opening_stands_in_the_record_and_is_no_look_of_staff(own, joan):
    own.get(reverse("my:home"))
    assert Event.objects.filter(kind="page_opened", customer_ref=joan.ref).count() == 1
    assert not Read.objects.exists()


def test_larger_print_stays_on_this_device(own, booked):
    own.post(reverse("my:size"), {"size": "large", "back": "/my/letters/"})
    assert "wm-large" in own.get(reverse("my:home")).content.decode()
    own.post(reverse("my:size"), {"size": "usual", "back": "/my/"})
    assert "wm-large" not in own.get(reverse("my:home")).content.decode()


def test_the_way_back_after_changing_the_print_stays_here(own):
    response = own.post(reverse("my:size"), {"size": "large", "back": "https://elsewhere.example/my/"})
    assert response.url == "/my/"


def test_a_visit_lasts_four_hours_at_most(own, booked, now):
    key = Key.objects.get()
    long_ago = int((now - timedelta(hours=5)).timestamp())
    own.cookies[COOKIE] = signing.dumps({"key": key.ref, "opened": long_ago}, salt=SALT)
    assert own.get(reverse("my:home")).url == reverse("my:door")
