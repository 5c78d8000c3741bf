"""The interview workspace in a browser: two windows, a lost connection, a dead session, and no script at all."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests import factories
from tests.interviews.sitting import book
from waymark.interviews.models import Appointment, Interview, OptionShown, Sitting, TopicCovered, Wording
from waymark.interviews.sittings import verbs
from waymark.notices.models import Notice

pytestmark = pytest.mark.browser


@pytest.fixture
def appointment(district, now) -> Appointment:
    """Joan Price is here, and her time has come."""
    customer = factories.customer(
        given_names="Joan", family_name="Price", born_on=date(now.year - 43, 3, 12), added_by=district.agent
    )
    interview = district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    booked = book(district, interview, now=now)
    Appointment.objects.filter(pk=booked.pk).update(starts_at=now - timedelta(minutes=50), ends_at=now)
    booked.refresh_from_db()
    verbs.arrive(booked, by=district.adviser, now=booked.starts_at)
    return booked


def during(page: Page, appointment: Appointment) -> None:
    page.goto(f"/sittings/{appointment.ref}/during/")


def notes(page: Page):
    return page.locator("#text-notes textarea")


def said(page: Page):
    return page.locator("#text-notes [data-saved]")


def latest(field: str = "notes") -> str:
    return Wording.objects.filter(field=field).order_by("-revision").first().text


def test_what_is_typed_is_saved_and_says_when(open_page, district, appointment):
    page = open_page(district.adviser)
    during(page, appointment)
    notes(page).fill("Likes gardens.")
    expect(said(page)).to_have_text(re.compile(r"^Saved \d\d:\d\d\.$"))
    assert latest() == "Likes gardens."


def test_two_windows_show_each_other_and_no_word_is_lost(open_page, district, appointment):
    page = open_page(district.adviser)
    during(page, appointment)
    other = page.context.new_page()
    during(other, appointment)
    notes(page).fill("Sleeps badly.")
    expect(said(page)).to_contain_text("Saved")
    notes(other).fill("Likes gardens.")
    panel = other.locator("#text-notes [data-other]")
    expect(panel).to_contain_text("Sleeps badly.")
    panel.get_by_role("button", name="Put it above mine").click()
    expect(notes(other)).to_have_value("Sleeps badly.\nLikes gardens.")
    expect(panel).to_be_hidden()
    expect(said(other)).to_contain_text("Saved")
    other.wait_for_timeout(1500)
    assert latest() == "Sleeps badly.\nLikes gardens."


def test_a_lost_connection_loses_no_word(open_page, district, appointment):
    page = open_page(district.adviser)
    during(page, appointment)
    page.context.set_offline(True)
    notes(page).fill("Written on the train.")
    expect(said(page)).to_contain_text("Your words are kept in this browser")
    page.context.set_offline(False)
    expect(said(page)).to_have_text(re.compile(r"^Saved"))
    assert latest() == "Written on the train."


def test_words_typed_while_the_connection_was_lost_come_back_in_a_new_window(
    open_page, district, appointment
):
    page = open_page(district.adviser)
    during(page, appointment)
    page.context.set_offline(True)
    notes(page).fill("Before the battery died.")
    expect(said(page)).to_contain_text("kept in this browser")
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    during(again, appointment)
    expect(notes(again)).to_have_value("Before the battery died.")
    expect(said(again)).to_have_text(re.compile(r"^Saved"))
    assert latest() == "Before the battery died."


def test_a_session_that_died_loses_no_word(open_page, district, appointment):
    page = open_page(district.adviser)
    during(page, appointment)
    Session.objects.all().delete()
    notes(page).fill("After lunch.")
    expect(said(page)).to_contain_text("you are signed out")
    assert not Wording.objects.exists()
    door = page.context.new_page()
    door.goto("/demo/")
    door.get_by_role("button", name=re.compile(re.escape(district.adviser.person.name))).first.click()
    door.wait_for_url("**/today/")
    expect(notes(page)).to_have_value("After lunch.")
    expect(said(page)).to_have_text(re.compile(r"^Saved"))
    assert latest() == "After lunch."


def test_ticks_are_saved_as_they_are_made(open_page, district, appointment):
    page = open_page(district.adviser)
    during(page, appointment)
    page.get_by_role("radio", name="Able to take part", exact=True).check()
    expect(page.locator("#able [data-saved]")).to_contain_text("Saved")
    page.locator("#topic-hopes-yes").check()
    expect(page.locator('[data-saved-of="topics"]')).to_contain_text("Saved")
    page.locator("#option-training").select_option("interested")
    expect(page.locator("#options [data-saved]")).to_contain_text("Saved")
    assert Sitting.objects.get().capacity == "able"
    assert TopicCovered.objects.get().explored == "yes"
    assert OptionShown.objects.get().depth == "interested"


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, True), (1280, False)])
def test_an_adviser_holds_an_interview_from_its_beginning_to_its_end(
    open_page, district, appointment, accessible, width, javascript
):
    page = open_page(district.adviser, width=width, javascript=javascript)
    page.goto(f"/sittings/{appointment.ref}/")
    if javascript:
        accessible(page)
    page.get_by_role("link", name="During").first.click()
    if javascript:
        accessible(page)
    page.get_by_role("radio", name="Able to take part", exact=True).check()
    if javascript:
        expect(page.locator("#able [data-saved]")).to_contain_text("Saved")
    else:
        page.locator("#able").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Mark those still open as shown").click()
    page.locator("#text-own_words textarea").fill("You would like to work with plants.")
    page.locator("#text-own_words").get_by_role("button", name="Save").click()
    expect(page.locator("#text-own_words [data-saved]")).to_contain_text("Saved")
    page.get_by_role("button", name="End the interview").or_(
        page.get_by_role("link", name="End the interview")
    ).click()
    page.get_by_role("radio", name="It was held").check()
    page.locator("textarea[name=why]").fill("It was soon said.")
    for question in ("Did the customer understand", "Does the customer agree"):
        page.get_by_role("group", name=re.compile(question)).get_by_label("Yes").check()
    if javascript:
        accessible(page)
    page.get_by_role("button", name="Go on").click()
    if javascript:
        accessible(page)
    page.get_by_role("radio", name="Be in touch on a day").check()
    soon = date.today() + timedelta(days=20)
    for part, value in (("day", soon.day), ("month", soon.month), ("year", soon.year)):
        page.locator(f"input[name=on_{part}]").fill(str(value))
    page.locator("textarea[name=about]").fill("the garden")
    page.get_by_role("button", name="Go on").click()
    assert page.locator(".govuk-error-summary").all_inner_texts() == []
    expect(page.locator("textarea[name=said]")).to_have_value("You would like to work with plants.")
    if javascript:
        accessible(page)
    page.get_by_role("button", name="See the summary").click()
    expect(page.get_by_text("You would like to work with plants.").first).to_be_visible()
    if javascript:
        accessible(page)
    page.get_by_role("button", name="Settle the interview").click()
    expect(page.get_by_text("What came of it")).to_be_visible()
    assert Interview.objects.get().state == "held"
    assert "You would like to work with plants." in Notice.objects.get(kind="summary").html
