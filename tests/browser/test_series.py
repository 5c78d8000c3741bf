"""The pages of the series in a browser: every one is accessible, on a wide screen and on a narrow one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.interviews.sitting import book, sit
from waymark.customers.models import Claim
from waymark.interviews import verbs
from waymark.interviews.models import Appointment
from waymark.interviews.series import verbs as series
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due

pytestmark = pytest.mark.browser


@pytest.fixture
def missed(district, now, settings, tmp_path) -> Appointment:
    """Joan Price did not come, and the letter about it came back from the post."""
    settings.PRINT_QUEUE = tmp_path
    customer = factories.customer(
        given_names="Joan", family_name="Price", born_on=date(now.year - 43, 3, 12), added_by=district.agent
    )
    interview = district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    appointment = book(district, interview, now=now)
    deliver_due(now)
    Appointment.objects.filter(pk=appointment.pk).update(starts_at=now - timedelta(minutes=50), ends_at=now)
    appointment.refresh_from_db()
    settling.missed(appointment, by=district.adviser, now=now)
    notice = Notice.objects.get()
    verbs.letter_came_back(notice, "gone_away", on=now.date(), by=district.adviser, now=now)
    handover = "Likes to be rung in the morning."
    series.give_caseload(
        interview.claim, district.adviser.person, handover=handover, by=district.manager, now=now
    )
    return appointment


@pytest.fixture
def hard(district, now) -> Claim:
    """Of somebody else, whose interview was hard for the adviser."""
    customer = factories.customer(given_names="Ida", family_name="Lamb", added_by=district.agent)
    interview = district.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date())
    booked = book(district, interview, now=now)
    sitting = sit(district, booked)
    sittings.note_state(sitting, hard=True, by=district.adviser, now=booked.ends_at)
    held = Ended("held", understood="yes")
    settling.settle(
        sitting, held, NextWish("voluntary", about="how it goes"), by=district.adviser, now=booked.ends_at
    )
    return interview.claim


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_about_who_did_not_come_and_what_follows_are_accessible(
    open_page, district, missed, hard, accessible, width
):
    claim = missed.interview.claim
    letter = claim.notices.get()
    interview, customer = missed.interview, claim.customer
    page = open_page(district.adviser, width=width)
    for name, ref in (
        ("series:missed", interview.ref),
        ("series:take_back", interview.ref),
        ("series:preferences", claim.ref),
        ("series:help", claim.ref),
        ("series:requirement", claim.ref),
        ("series:review", claim.ref),
        ("series:follow_up", claim.ref),
        ("series:voluntary", claim.ref),
        ("series:debrief", hard.ref),
        ("series:take_over", claim.ref),
        ("customers:end_claim", claim.ref),
        ("customers:benefit", claim.ref),
        ("notices:of_customer", customer.ref),
        ("notices:address_is_right", customer.ref),
        ("notices:show", letter.ref),
        ("notices:came_back", letter.ref),
    ):
        answer = page.goto(reverse(name, args=[ref]))
        assert answer is not None and answer.status == 200, name
        accessible(page)
    page.goto(reverse("series:take_back", args=[interview.ref]))
    page.get_by_role("textbox").fill("She sat in the waiting room, and nobody called her.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back. Write up now what happened")).to_be_visible()
    missed.refresh_from_db()
    assert missed.state == "booked"
