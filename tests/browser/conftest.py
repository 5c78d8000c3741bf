"""A real browser on a real server on a real database."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import factories
from tests.conftest import pack_of
from tests.place import Place, make_place
from waymark.programme.verbs import load_pack

PATIENCE = 30_000  # milliseconds: the machine may be busy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=os.environ["WAYMARK_CHROMIUM"], args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def site(transactional_db, live_server, settings) -> Iterator[str]:
    """The address of a demonstration with one district in it (`district`)."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    load_pack(pack_of("jobcentre-plus-2002"), now=factories.NOW)
    yield live_server.url


@pytest.fixture
def district(site) -> Place:
    return make_place()


@pytest.fixture
def open_page(browser, site) -> Iterator[Callable[..., Page]]:
    """open_page(post) signs in as a post and shows its Today; width and javascript can be chosen."""
    contexts: list[BrowserContext] = []

    def open_as(post=None, *, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, base_url=site
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto("/demo/")
        if post is not None:
            page.get_by_role("button", name=re.compile(rf"^\s*{re.escape(post.person.name)}\b")).first.click()
            page.wait_for_url("**/today/")
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """accessible(page) fails with what axe found wrong."""

    def check(page: Page) -> None:
        found = Axe().run(page)
        wrong = [
            f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:120]})" for v in found.response["violations"]
        ]
        assert not wrong, f"{page.url}: " + "; ".join(wrong)

    return check


@pytest.fixture
def now():
    return timezone.now()


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "tests/browser" in str(item.fspath):
            item.add_marker(pytest.mark.browser)
