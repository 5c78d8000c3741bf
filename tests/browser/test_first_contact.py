"""The first call in a browser: by mouse and keyboard, with scripts and without, and when the browser dies."""

import re

from playwright.sync_api import Page, expect

from tests import factories
from waymark.interviews.models import Interview


def claim_to_call(district, now, **fields) -> Interview:
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=district.agent)
    return district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date(), **fields)


def start_talking(page: Page) -> None:
    page.get_by_role("button", name="Start next call").click()
    page.get_by_role("button", name=re.compile("They answered")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call with Joan Price")


def answer_no_to_all(page: Page) -> None:
    """Every question page, answered with no, until the script has nothing more to ask."""
    for _ in range(25):
        button = page.get_by_role("button", name="Next: no to all others")
        if button.count() == 0:
            break
        button.click()
    assert page.get_by_role("button", name="Next: no to all others").count() == 0


def explain_and_offer(page: Page, wanted: str) -> None:
    page.get_by_role("link", name="Explain the help").first.click()
    for box in page.locator("main form input[type=checkbox][name=items]").all()[:2]:
        box.check()
    page.get_by_role("button", name=re.compile("explained|told|Next|Keep", re.IGNORECASE)).first.click()
    page.get_by_role("link", name="Offer the interview").first.click()
    page.get_by_label(wanted, exact=True).check()
    page.locator("main form").filter(has=page.get_by_label(wanted, exact=True)).get_by_role("button").first.click()


def test_an_agent_takes_the_next_call_and_books(open_page, district, accessible, now):
    interview = claim_to_call(district, now)
    page = open_page(district.agent)
    accessible(page)
    start_talking(page)
    accessible(page)
    print(page.locator("main").inner_text())
