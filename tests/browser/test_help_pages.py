"""Every page of the help in a browser: it answers, it is accessible, and it is no wider than the screen it is on.

The district of the demonstration has a customer in every state, so every page has something to show.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import product
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from playwright.sync_api import Page

from tests import factories
from tests.conftest import pack_of
from waymark.actionplans.models import Step
from waymark.awards.enums import AwardKind
from waymark.customers.models import Claim, Customer
from waymark.demo.district import build
from waymark.demo.help_awards import make_awards
from waymark.demo.help_casework import make_casework
from waymark.demo.help_directory import make_directory
from waymark.demo.help_plans import make_plans
from waymark.demo.help_referrals import make_referrals
from waymark.demo.series import BORN
from waymark.directory.models import Organisation, Service
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Post
from waymark.portal import verbs as portal
from waymark.programme.queries import holding
from waymark.programme.verbs import load_pack
from waymark.referrals.models import Paper, Pass, Referral, WayOffer
from waymark.referrals.verbs.posting import secret_part
from waymark.web.access_table import ACCESS
from waymark.web.actionplans import urls as actionplans
from waymark.web.awards import urls as awards
from waymark.web.casework import urls as casework
from waymark.web.directory import urls as directory
from waymark.web.employment import urls as employment
from waymark.web.referrals import urls as referrals
from waymark.worklist.models import Task

WIDE, NARROW, HEIGHT = 1280, 375, 900
STAFF = (Role.ADVISER, Role.ADVISER_MANAGER, Role.DISABILITY_ADVISER, Role.ADMINISTRATOR, Role.DECISION_MAKER)
AREAS = (actionplans, awards, casework, directory, employment, referrals)
# What only takes a button and shows nothing, leads on to another page, or is a file.
NO_PAGE = {
    "actionplans:of_task",
    "actionplans:take_promise",
    "actionplans:take_wish",
    "awards:calculation_pdf",
    "awards:own_fund",
    "employment:due_call",
    "casework:news_read",
    # By the link of a mail, and after a mail that did not go out: the demonstration has neither.
    "casework:outside",
    "casework:told_by_word",
    "casework:take_on",
    "directory:bring_back",
    "directory:confirm",
    "directory:know",
    "referrals:of_task",
    "referrals:print",
    "referrals:read",
}
OF_CHOSEN = {"directory:compare", "directory:sheet"}  # services ticked in a search
# The rows an address names: (area, the word before the reference) -> the table; else the claims.
TABLES = {
    ("actionplans", "goals"): "actionplans.Goal",
    ("actionplans", "steps"): "actionplans.Step",
    ("awards", "awards"): "awards.Award",
    ("awards", "better-off"): "awards.Calculation",
    ("casework", "transfers"): "casework.Transfer",
    ("casework", "enquiries"): "casework.Enquiry",
    ("casework", "meetings"): "casework.Meeting",
    ("casework", "steps"): "casework.AgreedStep",
    ("directory", "organisations"): "directory.Organisation",
    ("directory", "places"): "directory.Location",
    ("directory", "contacts"): "directory.Contact",
    ("directory", ""): "directory.Service",
    ("employment", "jobs"): "employment.Job",
    ("employment", "calls"): "employment.InWorkCall",
    ("referrals", "referrals"): "referrals.Referral",
    ("referrals", "questions"): "referrals.Question",
    ("referrals", "sent-to-us"): "referrals.SentToUs",
    ("referrals", "customers"): "customers.Customer",
}
SCROLLS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ONLY_WRONG = {"resultTypes": ["violations"]}  # what passes is not gathered, which is faster


class Opened(NamedTuple):
    """A page that answers: who opens it, and at which address."""

    post: Post
    address: str


@pytest.fixture
def demo(site, now, settings, tmp_path) -> None:
    """The district, and everybody of the demonstration whose pages are about help."""
    settings.PRINT_QUEUE = tmp_path
    for slug in ("pathways-2003", "pathways-existing-2005", "provider-led-2007"):
        load_pack(pack_of(slug), now=factories.NOW)
    made = build(now)
    make_directory(made, now)
    make_awards(made, now)
    make_casework(made, now)
    make_referrals(made, now)
    make_plans(made, now)


def pages_of(area) -> Iterator[tuple[str, URLPattern]]:
    for pattern in area.urlpatterns:
        name = f"{area.app_name}:{pattern.name}"
        if name not in NO_PAGE:
            yield name, pattern


def refs_of(area: str, route: str) -> list[str]:
    before = [word for word in route.split("<")[0].split("/") if word]
    table = TABLES.get((area, before[-1] if before else ""))
    if table is not None:
        return list(apps.get_model(table).objects.order_by("id").values_list("ref", flat=True))
    return list(Claim.objects.order_by("id").values_list("ref", flat=True))


def words_for(area: str, pattern: URLPattern, now) -> Iterable[tuple[str, ...]]:
    """Addresses to try, in the order of the parts of the route."""
    route = str(pattern.pattern)
    papers = sorted(set(Paper.objects.values_list("kind", flat=True)))
    known = {
        "kind": [kind.value for kind in AwardKind] if area == "awards" else papers,
        "day": [str(day_of(now)), str(day_of(now) - timedelta(days=1))],
        "on": [str(day_of(now))],
        "code": list(Office.objects.filter(kind="office").values_list("code", flat=True)),
        "year": [str(now.year), str(now.year - 1)],
        "part": ["what", "who", "how", "places"],
        "service": list(Service.objects.order_by("id").values_list("ref", flat=True)),
        "organisation": list(Organisation.objects.exclude(office=None).values_list("ref", flat=True)),
        "act": ["acknowledge", "accept", "ask", "attend", "end"],
        "weeks": ["13", "26"],
        "offered": list(WayOffer.objects.order_by("id").values_list("ref", flat=True)),
        "task": list(Task.objects.filter(closed_at=None).values_list("ref", flat=True)),
    }
    names = list(pattern.pattern.converters)
    return product(*(refs_of(area, route) if name == "ref" else known[name] for name in names))


def find(clients: dict[Post, Client], name: str, pattern: URLPattern, now) -> Opened | None:
    """The first address of a page that shows something to somebody who may open it."""
    roles = ACCESS[name]
    tried = [(post, client) for post, client in clients.items() if post.role in roles]
    asked = ""
    if name in OF_CHOSEN:
        chosen = Service.objects.order_by("id").values_list("ref", flat=True)[:3]
        asked = "?" + "&".join(f"service={ref}" for ref in chosen)
    for words in words_for(name.split(":")[0], pattern, now):
        address = reverse(name, args=words) + asked
        for post, client in tried[:2]:
            if client.get(address).status_code == 200:
                return Opened(post, address)
    return None


def wrong_with(page: Page, address: str) -> list[str]:
    """What a page does not do as it should, on a wide screen and on a narrow one."""
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{address}: answers {answer and answer.status}"]
    found = [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in Axe().run(page, options=ONLY_WRONG).response["violations"]
    ]
    found += [f"{page.evaluate(SCROLLS)} too wide at {WIDE}"] if page.evaluate(SCROLLS) > 0 else []
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    found += [f"{page.evaluate(SCROLLS)} too wide at {NARROW}"] if page.evaluate(SCROLLS) > 0 else []
    return [f"{address}: {one}" for one in found]


def staff_pages(open_page, now) -> tuple[list[str], list[str]]:
    """The pages nobody could open, and what is wrong with the others."""
    clients: dict[Post, Client] = {}
    for role in STAFF:
        post = Post.objects.filter(role=role).select_related("person").order_by("id").first()
        clients[post] = Client(headers={"host": "localhost"})
        clients[post].force_login(post.person, backend="waymark.web.signin.Backend")
    nobody: list[str] = []
    wrong: list[str] = []
    browsers: dict[Post, Page] = {}
    for area in AREAS:
        for name, pattern in pages_of(area):
            opened = find(clients, name, pattern, now)
            if opened is None:
                nobody.append(name)
                continue
            if opened.post not in browsers:
                browsers[opened.post] = open_page(opened.post)
            wrong += wrong_with(browsers[opened.post], opened.address)
    return nobody, wrong


def services_pages(open_page) -> list[str]:
    """What is wrong with the pages of services: with an account, by link, by the code of a slip."""
    account = Post.objects.filter(role=Role.PROVIDER).select_related("person", "team").order_by("id").first()
    page = open_page(account)
    own = Referral.objects.filter(service__organisation__office=account.team.office, sent_at__isnull=False)
    addresses = [reverse("provider:home"), reverse("provider:news"), reverse("provider:arrived")]
    addresses += [reverse("provider:show", args=[referral.ref]) for referral in own[:2]]
    addresses += [reverse("provider:act", args=[own[0].ref, "ask"])]
    wrong = [one for address in addresses for one in wrong_with(page, address)]
    link = open_page()
    secret = secret_part(Pass.objects.order_by("id").first().ref)
    for address in (
        reverse("provider:door", args=[secret]),
        reverse("provider:here"),
        reverse("provider:over"),
    ):
        wrong += wrong_with(link, address)
    return wrong


def own_pages(open_page, now) -> list[str]:
    """What is wrong with the customers' own pages about help."""
    steps = Step.objects.filter(owner="customer", state="open")
    referral = Referral.objects.filter(sent_at__isnull=False).order_by("id").first()
    step = steps.filter(plan__claim__customer__given_names="Case A1").first()
    wrong: list[str] = []
    for customer, pages in (
        (Customer.objects.get(given_names="Case W1"), [("my:money",)]),
        (Customer.objects.get(given_names="Case D4"), [("my:home",), ("my:helpers",)]),
        (step.plan.claim.customer, [("my:plan",), ("my:plan_wrong",), ("my:plan_did", step.ref)]),
        (referral.claim.customer, [("my:services",), ("my:service", referral.ref)]),
    ):
        made = portal.make_code(customer, rules=holding("pathways-existing-2005", now.date()), now=now)
        page = open_page()
        page.goto(f"/my/c/{made.secret}/")
        for label, value in (("Day", BORN.day), ("Month", BORN.month), ("Year", BORN.year)):
            page.get_by_label(label).fill(str(value))
        page.get_by_role("button", name="Open my page").click()
        page.wait_for_url("**/my/")
        for name, *args in pages:
            wrong += wrong_with(page, reverse(name, args=args))
    return wrong


def test_every_page_of_the_help_is_accessible_on_every_screen(demo, open_page, now):
    nobody, wrong = staff_pages(open_page, now)
    wrong += services_pages(open_page) + own_pages(open_page, now)
    assert (nobody, "\n".join(wrong)) == ([], "")
