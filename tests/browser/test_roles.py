"""Each role's own pages in a browser, accessible, and the leader's and adviser's journeys."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.interviews.talking import talk
from waymark.interviews import verbs
from waymark.interviews.models import Check, Decision
from waymark.interviews.verbs import Wish
from waymark.worklist.models import Task

pytestmark = pytest.mark.browser


@pytest.fixture
def deferred(district, now) -> Decision:
    """A deferral that an agent made today."""
    customer = factories.customer(
        given_names="Joan", family_name="Price", born_on=date(now.year - 43, 3, 12), added_by=district.agent
    )
    interview = district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    conversation = talk(district, interview, {"distressed": True}, now=now)
    wish = Wish(choice="defer", reason="distress", until=now.date() + timedelta(days=14))
    return verbs.decide(conversation, wish, by=district.agent, now=now)


def test_a_leader_agrees_with_a_deferral(open_page, district, deferred, accessible):
    page = open_page(district.leader)
    accessible(page)
    page.goto("/checks/")
    accessible(page)
    expect(page.get_by_text("Joan Price").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Agree, ask back or reverse")).first.click()
    accessible(page)
    page.get_by_role("radio", name=re.compile("^Agree")).check()
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text(re.compile("Nothing waits"))).to_be_visible()
    assert Check.objects.get().state == "agreed"


def test_an_adviser_sees_the_reason_before_the_number(open_page, district, deferred, accessible, now):
    claim = deferred.interview.claim
    Task.objects.filter(claim=claim, kind="recontact").update(due_on=now.date())
    page = open_page(district.adviser)
    page.goto(f"/recontact/{claim.ref}/")
    accessible(page)
    text = page.locator("main").inner_text()
    number = text.index("01632 960123")
    assert text.index(deferred.because[:30]) < number


def test_the_record_tells_what_happened_in_sentences(open_page, district, deferred, accessible):
    page = open_page(district.agent)
    page.goto(f"/customers/{deferred.interview.claim.customer.ref}/")
    accessible(page)
    expect(page.get_by_text(re.compile("deferred the interview until")).first).to_be_visible()
    page.goto(f"/decisions/{deferred.ref}/")
    accessible(page)


PAGES = {
    "agent": ["/today/", "/calls/", "/calls/new/", "/customers/search/?q=Price", "/worklist/", "/guidance/"],
    "leader": ["/today/", "/checks/", "/checks/log/", "/calls/questions/", "/letters/"],
    "adviser": ["/today/", "/recontact/", "/diaries/"],
    "manager": ["/today/", "/diaries/", "/people/"],
    "assessor": ["/today/", "/diaries/"],
    "administrator": [
        "/today/",
        "/people/",
        "/people/places/",
        "/people/holidays/",
        "/people/values/",
        "/programmes/",
    ],
}


@pytest.mark.parametrize("role", list(PAGES))
@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_a_role_are_accessible(open_page, district, deferred, accessible, role, width):
    page = open_page(getattr(district, role), width=width)
    for address in PAGES[role]:
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, f"{address}: {answer and answer.status}"
        accessible(page)


def test_the_content_policy_is_never_offended(open_page, district, deferred):
    page = open_page(district.agent)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in (
        "/today/",
        "/calls/",
        "/diaries/",
        f"/customers/{deferred.interview.claim.customer.ref}/",
    ):
        page.goto(address)
    assert said == []
