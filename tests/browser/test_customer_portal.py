"""The customer's own page on a telephone and on a wide screen, with scripts and without, for everybody's eyes."""

import re
from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from waymark.inbound.models import Message
from waymark.interviews import verbs as interviews
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.models import Appointment
from waymark.kernel.working_days import add_working_days
from waymark.portal import verbs as portal
from waymark.programme.queries import holding

pytestmark = pytest.mark.browser


@pytest.fixture
def booked(district, now) -> Appointment:
    """Joan Price has an interview in five working days."""
    customer = factories.customer(
        given_names="Joan", family_name="Price", born_on=date(now.year - 43, 3, 12), added_by=district.agent
    )
    interview = district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    day = add_working_days(now.date(), 5, frozenset())
    search = find_slots(
        district.office,
        kind="adviser_first",
        minutes=45,
        mode="office",
        not_before=factories.at(day, time(9)),
        until=day + timedelta(days=7),
    )
    return interviews.book_interview(interview, search.slots[0], by=district.agent, now=now)


@pytest.fixture
def enter(open_page, booked, now):
    """enter(width, javascript) types what only Joan knows, and shows her page."""

    def go_in(width: int = 375, javascript: bool = True) -> Page:
        customer = booked.interview.claim.customer
        rules = holding("jobcentre-plus-2002", now.date())
        made = portal.make_code(customer, rules=rules, now=now)
        page = open_page(width=width, javascript=javascript)
        page.goto(f"/my/c/{made.secret}/")
        page.get_by_label("Day").fill("12")
        page.get_by_label("Month").fill("3")
        page.get_by_label("Year").fill(str(customer.born_on.year))
        page.get_by_role("button", name="Open my page").click()
        page.wait_for_url("**/my/")
        return page

    return go_in


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, True), (375, False)])
def test_a_customer_says_that_she_cannot_come(enter, accessible, booked, width, javascript):
    page = enter(width, javascript)
    expect(page.get_by_text("This one you must come to.")).to_be_visible()
    page.get_by_role("link", name="I cannot come").or_(
        page.get_by_role("button", name="I cannot come")
    ).click()
    page.get_by_label(re.compile("say why")).fill("My son is ill.")
    if javascript:
        accessible(page)
    page.get_by_role("button", name="Tell them I cannot come").click()
    expect(
        page.get_by_text("Nothing will be counted against you before somebody has read this.")
    ).to_be_visible()
    if javascript:
        accessible(page)
    assert Message.objects.get().appointment == booked.ref


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, False)])
def test_a_customer_chooses_another_time(enter, accessible, booked, width, javascript):
    page = enter(width, javascript)
    page.get_by_role("button", name="Change the time").click()
    if javascript:
        accessible(page)
    page.get_by_role("radio").nth(5).check()
    page.get_by_role("button", name="Choose this time").click()
    expect(page.get_by_text(re.compile("Your interview is now on"))).to_be_visible()
    booked.refresh_from_db()
    assert booked.state == "moved"


ADDRESSES = ["", "why/", "time/", "time/?ask", "cannot-come/", "ask/", "messages/", "needs/", "reach-me/"]


@pytest.mark.parametrize("width", [375, 1280])
def test_every_page_is_for_everybody_and_fits(enter, accessible, width):
    page = enter(width)
    for address in [*ADDRESSES, "letters/", "agreed/", "open/", "closed/"]:
        page.goto(f"/my/{address}")
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{address} is {wide} pixels wide"


def test_larger_print_is_larger_and_still_fits(enter, accessible):
    page = enter(375)
    before = page.locator("h1").evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    page.get_by_role("button", name="Larger print").click()
    after = page.locator("h1").evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert after > before * 1.3
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("javascript", [True, False])
def test_leaving_takes_one_press_and_going_back_shows_nothing(enter, booked, javascript):
    page = enter(375, javascript)
    page.get_by_role("button", name="Leave this page quickly").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is closed")
    page.go_back()
    expect(page.get_by_text(booked.adviser.name)).to_have_count(0)


def test_the_page_is_worked_by_keyboard_alone(enter):
    page = enter(375)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("Skip to main"))).to_be_focused()
    button = page.get_by_role("button", name="I cannot come")
    for _ in range(15):
        if button.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()


@pytest.mark.parametrize("width", [375, 1280])
def test_staff_write_down_and_answer_what_was_said(open_page, accessible, district, booked, width):
    page = open_page(district.adviser, width=width)
    page.goto(f"/customers/{booked.interview.claim.customer.ref}/messages/new/")
    accessible(page)
    page.get_by_role("radio", name="Cannot come").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(re.compile("This waits for its answer"))).to_be_visible()
    accessible(page)
    page.goto("/messages/")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"/customers/{booked.interview.claim.customer.ref}/page/")
    accessible(page)
