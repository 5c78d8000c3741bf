"""The first call in a browser: with scripts and without, wide and narrow, and when the browser dies."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from waymark.interviews.models import Conversation, Decision, Interview
from waymark.notices.models import Notice
from waymark.worklist.models import Task

pytestmark = pytest.mark.browser


@pytest.fixture
def joan(district, now) -> Interview:
    """Somebody to call, today whatever the weekday."""
    customer = factories.customer(
        given_names="Joan", family_name="Price", born_on=date(now.year - 43, 3, 12), added_by=district.agent
    )
    interview = district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    Task.objects.filter(claim=interview.claim).update(due_on=now.date())
    return interview


def start_talking(page: Page) -> None:
    page.get_by_role("button", name="Start next call").click()
    page.get_by_role("button", name=re.compile("They answered")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call with Joan Price")


def answer_no_to_the_rest(page: Page) -> None:
    """Every question that is still asked is answered with no, or with not known."""
    no_to_all = page.get_by_role("button", name="Next: no to all others")
    only_next = page.get_by_role("button", name="Next", exact=True)
    for _ in range(40):
        if no_to_all.count():
            no_to_all.click()
        elif only_next.count():
            answers = page.locator("#talk-form").get_by_role("radio", name=re.compile("^(No|Not known)$"))
            answers.first.check()
            only_next.click()
        else:
            return
    raise AssertionError("the questions never end")


def explain_and_offer(page: Page, wanted: str) -> None:
    page.get_by_role("link", name="Explain the help").first.click()
    page.locator("#talk-form").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Explained: go on").click()
    page.get_by_role("link", name="Offer the interview").first.click()
    page.get_by_role("radio", name=wanted, exact=True).check()
    page.get_by_role("button", name="Go on").click()


def give_the_four_answers(page: Page) -> None:
    page.get_by_role("link", name="The customer’s view").first.click()
    for name in ("appropriate_now", "when", "return_circumstances", "support_wanted"):
        page.locator(f"textarea[name={name}]").fill("In her own words.")
    page.get_by_role("button", name="Go on").click()


def come_to_the_decision(page: Page) -> None:
    """What the offer made worth asking is answered too."""
    page.get_by_role("link", name="Questions", exact=True).first.click()
    answer_no_to_the_rest(page)
    page.get_by_role("link", name="Decision", exact=True).first.click()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, True), (1280, False)])
def test_an_agent_hears_a_distressed_customer_and_defers(
    open_page, district, joan, accessible, width, javascript
):
    page = open_page(district.agent, width=width, javascript=javascript)
    start_talking(page)
    page.get_by_role("group", name=re.compile("too upset")).get_by_label("Yes").check()
    answer_no_to_the_rest(page)
    explain_and_offer(page, "No")
    give_the_four_answers(page)
    come_to_the_decision(page)
    if javascript:
        accessible(page)
    page.get_by_role("radio", name="Put the interview off to a date").check()
    page.locator("select[name=reason]").select_option("distress")
    page.get_by_role("button", name=re.compile("^Continue|^Go on|^Check")).click()
    assert page.locator(".govuk-error-summary").all_inner_texts() == []
    expect(page.get_by_text("The letter", exact=True)).to_be_visible()
    if javascript:
        accessible(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("What happens next")).to_be_visible()
    decision = Decision.objects.get()
    assert (decision.choice, decision.advice, decision.state) == ("defer", "defer", "in_force")
    assert Task.objects.filter(claim=joan.claim, kind="recontact", closed_at=None).exists()
    assert Notice.objects.get().kind == "deferred"


def test_an_agent_books_a_time_the_customer_wants(open_page, district, joan, accessible):
    page = open_page(district.agent)
    accessible(page)
    start_talking(page)
    accessible(page)
    answer_no_to_the_rest(page)
    explain_and_offer(page, "Yes")
    come_to_the_decision(page)
    page.get_by_role("radio", name=re.compile(r"\d{1,2}:\d\d")).first.check()
    accessible(page)
    page.get_by_role("button", name=re.compile("^Continue|^Go on|^Check")).click()
    assert page.locator(".govuk-error-summary").all_inner_texts() == []
    page.get_by_role("button", name="Decide").click()
    joan.refresh_from_db()
    assert joan.state == "booked"
    assert Notice.objects.get().kind == "booked"


def test_nothing_typed_is_lost_when_the_browser_dies(open_page, district, joan):
    page = open_page(district.agent)
    start_talking(page)
    page.get_by_label("Notes of the call").fill("She has oxygen with her, ring after two.")
    expect(page.get_by_text(re.compile("saved", re.IGNORECASE)).first).to_be_visible()
    page.context.close()
    again = open_page(district.agent)
    again.goto(f"/calls/{Conversation.objects.get().ref}/")
    expect(again.get_by_label("Notes of the call")).to_have_value("She has oxygen with her, ring after two.")


def test_a_word_in_the_notes_raises_its_question(open_page, district, joan):
    """D:L753: a problem with the lungs, and nobody asked about the way here."""
    page = open_page(district.agent)
    start_talking(page)
    page.get_by_label("Notes of the call").fill("a problem with his lungs")
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_text("lung", exact=False).first).to_be_visible()
    assert "Came up" in page.locator("main").inner_text()


def test_a_page_can_be_worked_by_keyboard_alone(open_page, district, joan):
    page = open_page(district.agent)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("Skip to main"))).to_be_focused()
    button = page.get_by_role("button", name="Start next call")
    for _ in range(40):
        if button.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempt/")


@pytest.mark.parametrize(
    "address", ["/today/", "/calls/", "/customers/search/?q=Price", "/diaries/", "/worklist/"]
)
def test_nothing_runs_out_of_a_narrow_screen(open_page, district, joan, address):
    page = open_page(district.agent, width=375)
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 375, f"{address} is {wide} pixels wide"
