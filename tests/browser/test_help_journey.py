"""The whole way of the help in a browser: from a plan to a service that answers by a link, into work, and the first call.

Each page it comes to is looked at by axe. Nothing on it is compulsory, and the record of interviews stays as it was.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.conftest import pack_of
from tests.notices.conftest import mail_server as mail_server
from tests.referrals import making
from waymark.awards.models import Award, Calculation
from waymark.casework.queries import manager_of
from waymark.directory.enums import Channel
from waymark.employment.models import InWorkCall, Job
from waymark.interviews.models import Interview
from waymark.programme.verbs import load_pack
from waymark.referrals.models import Referral, Sent
from waymark.referrals.outbox import deliver_due
from waymark.sanctions.models import Breach

pytestmark = pytest.mark.browser
HEALTH = "Pain in the back, worse in the morning"


@pytest.fixture
def claim(district, now):
    load_pack(pack_of("pathways-2003"), now=factories.NOW)
    customer = factories.customer(
        given_names="Joan", family_name="Price", born_on=date(now.year - 43, 3, 12), added_by=district.agent
    )
    return district.claim(
        now=now, customer=customer, programme="pathways-2003", claimed_on=now.date(), period_from=now.date()
    ).claim


@pytest.fixture
def services(district, now):
    """Two services to choose between; the first takes papers by a secure link."""
    wanted = {
        "needs": ["back_neck"],
        "information": ["health"],
        "channels": [Channel.LINK],
        "confirmed_on": now.date(),
    }
    first = making.service(name="Living with pain", wait_weeks=2, **wanted)
    making.service(name="Moving gently", wait_weeks=6, **wanted)
    making.link_worker(first.organisation)
    return first


class Traveller:
    """A page with the few gestures of the journey; every page it stops at is accessible."""

    def __init__(self, page: Page, accessible: Callable[[Page], None]) -> None:
        self.page, self.accessible = page, accessible

    def go(self, name: str, *args: str, query: str = "") -> None:
        self.page.goto(reverse(name, args=args) + query)
        self.accessible(self.page)

    def fill(self, **fields: str) -> None:
        for name, words in fields.items():
            self.page.locator(f"[name={name}]").fill(words)

    def choose(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}][value={value}]").check()

    def day(self, name: str, on: date) -> None:
        self.fill(
            **{f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}
        )

    def send(self) -> None:
        """Send the form of the page: the first button of its content."""
        self.page.locator("main form button").first.click()
        self.page.wait_for_load_state()
        wrong = self.page.locator(".govuk-error-summary")
        assert not wrong.count(), f"{self.page.url}: {wrong.inner_text()}"
        self.accessible(self.page)

    def begin(self, act: str) -> None:
        """Open one of the things a service can tell."""
        self.page.locator(f"a[href$='/{act}/']").first.click()
        self.accessible(self.page)

    def act(self, act: str) -> None:
        self.begin(act)
        self.send()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=re.compile(words)).first.click()
        self.accessible(self.page)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()


@pytest.mark.parametrize("width", [1280])
def test_from_a_plan_to_a_service_and_into_work(
    open_page, browser, site, district, claim, services, accessible, mail_server, now, width
):
    customer, today = claim.customer.ref, now.date()
    interviews_before = list(Interview.objects.values_list("ref", "state"))
    adviser = Traveller(open_page(district.adviser, width=width), accessible)

    # A plan, with a step of the customer's own.
    adviser.go("record:help", customer)
    adviser.go("actionplans:add_step", claim.ref)
    adviser.fill(words="Ask a friend about the group")
    adviser.choose(owner="customer")
    adviser.day("due_on", today + timedelta(days=10))
    adviser.send()
    adviser.sees("Ask a friend about the group")
    assert manager_of(claim).person == district.adviser.person
    adviser.go("actionplans:agree", claim.ref)
    adviser.choose(agreed="yes", how="together")
    adviser.day("on", today)
    adviser.send()

    # The directory: what fits, why, and two side by side.
    adviser.go("directory:search", query=f"?customer={customer}&need=back_neck")
    for name in ("Living with pain", "Moving gently"):
        adviser.page.get_by_label(f"Choose {name}").check()
    adviser.press("Show them side by side")
    adviser.sees("Moving gently")

    # Consent item by item: health is not told. Then exactly what goes, and a first appointment made at once.
    adviser.go("referrals:propose", customer, services.ref)
    adviser.choose(kind="formal", chosen_because="need")
    adviser.fill(purpose="To sleep better, and to sit for an hour.")
    adviser.send()
    referral = Referral.objects.get()
    adviser.go("referrals:consent", referral.ref)
    adviser.fill(value_health=HEALTH)
    adviser.choose(
        yes_name="yes",
        yes_contact="yes",
        yes_ni_number="yes",
        yes_health="no",
        yes_feedback="yes",
        how="in_person",
    )
    adviser.send()
    adviser.go("referrals:check", referral.ref)
    adviser.sees("goes exactly this, and nothing else")
    adviser.choose(channel="link", fixed_by="customer")
    adviser.send()
    assert not Sent.objects.filter(item="health").exists()

    # The service has no account: a mail brings a link, and nobody's name is in the mail.
    assert deliver_due(timezone.now()) == 1
    mail = mail_server.messages[-1].get_content()
    assert "Price" not in mail
    link = re.search(r"https?://[^/]+(/provider/l/\S+)", mail)[1]
    service = Traveller(browser.new_context(base_url=site).new_page(), accessible)
    service.page.goto(link)
    service.accessible(service.page)
    service.fill(said_by="Sally Webb")
    service.send()
    service.sees("Joan Price")
    assert HEALTH not in service.page.content()
    service.act("acknowledge")
    service.act("accept")
    service.begin("time")
    service.day("on", today + timedelta(days=1))
    service.fill(clock="10:00", where="The Old School, Mill Road")
    service.send()
    # The day comes.
    Referral.objects.update(appointment_at=now - timedelta(hours=2))
    service.begin("attend")
    service.day("on", today)
    service.choose(came="yes")
    service.fill(minutes="90")
    service.send()
    service.begin("feedback")
    service.fill(words="She came gladly and knows three others now.", hoped_for="To sit for an hour.")
    service.send()
    service.begin("end")
    service.choose(code="completed")
    service.day("on", today)
    service.fill(report="All ten mornings. She sleeps better.")
    service.send()

    # What came back is read, and what is next is agreed.
    adviser.go("referrals:unread")
    adviser.sees("She came gladly and knows three others now.")
    adviser.go("referrals:meeting", referral.ref)
    adviser.day("met_on", today)
    adviser.fill(words="She would like to work mornings. We look at what it would pay.")
    adviser.send()

    # Better off: on one printed page.
    adviser.go("awards:better_off", claim.ref)
    adviser.fill(hours="20", gross="180", incapacity_benefit="76.45", rent="60", housing_benefit="60")
    adviser.send()
    adviser.sees("In the first year")
    made = Calculation.objects.get()
    printed = adviser.page.request.get(reverse("awards:calculation_pdf", args=[made.ref]))
    assert printed.body().startswith(b"%PDF")

    # A job, the credit with it, and the first call.
    adviser.go("employment:add", claim.ref)
    adviser.choose(kind="employed", lasting="yes")
    adviser.fill(employer="Calder Nurseries", hours="20", pay="9")
    adviser.page.locator("[name=pay_period]").select_option("hour")
    adviser.day("starts_on", today)
    adviser.send()
    job = Job.objects.get()
    adviser.go("employment:offer", job.ref)
    adviser.page.locator("[name=forms_named]").first.check()
    adviser.choose(answer="accepted", calls_welcome="yes")
    adviser.send()
    adviser.go("awards:decide", claim.ref, "return_to_work_credit")
    adviser.choose(give="yes", seen="job_offer")
    adviser.day("starts_on", today)
    adviser.fill(employer="Calder Nurseries", weeks="52")
    adviser.send()
    adviser.sees("It holds. A letter tells the customer.")
    assert Award.objects.get().weekly_pence == 40_00
    call = InWorkCall.objects.order_by("due_on").first()
    adviser.go("employment:call", call.ref)
    adviser.choose(reached="talked", going="well")
    adviser.send()

    # All of it on one page, and nothing of it has touched what is compulsory.
    adviser.go("record:help", customer)
    adviser.sees("Calder Nurseries")
    assert list(Interview.objects.values_list("ref", "state")) == interviews_before
    assert not Breach.objects.exists()
