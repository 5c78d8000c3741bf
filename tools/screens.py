"""Pictures of every screen for the documentation, from a running demonstration.

    python3 way run --port 8123            # in one terminal
    .venv/bin/python tools/screens.py --base http://127.0.0.1:8123
    .venv/bin/python tools/screens.py --base http://127.0.0.1:8123 --part help

Needs what `way test` installs, and a Chromium (WAYMARK_CHROMIUM, or one on the path).
"""

import argparse
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from picture import FOLDER, open_own_page, record, take, through_the_door
from playwright.sync_api import Browser, Page, sync_playwright
from screens_help import HELP

PARTS = ("interviews", "help")
# Role, and the pages it is pictured on: name of the picture, address.
PAGES = {
    "Ana Reid": [
        ("today-agent", "/today/"),
        ("calls", "/calls/"),
        ("new-call", "/calls/new/"),
        ("search", "/customers/search/?q=Price"),
        ("new-customer", "/customers/new/"),
        ("tasks", "/worklist/"),
        ("guidance", "/guidance/"),
    ],
    "Lee Grant": [
        ("today-leader", "/today/"),
        ("checks", "/checks/"),
        ("deferral-log", "/checks/log/"),
        ("letters", "/letters/"),
    ],
    "Tom Walsh": [
        ("today-adviser", "/today/"),
        ("recontacts", "/recontact/"),
        ("diaries", "/diaries/"),
        ("messages", "/messages/"),
    ],
    "Helen Crowe": [
        ("today-manager", "/today/"),
        ("absences", "/people/"),
        ("managing", "/managers/"),
        ("missed-interviews", "/managers/missed/"),
    ],
    "Edith Lorne": [("today-decision-maker", "/today/"), ("cases", "/cases/")],
    "Rosa Finch": [
        ("today-administrator", "/today/"),
        ("people", "/people/"),
        ("places", "/people/places/"),
        ("local-values", "/people/values/"),
    ],
    "Neil Hartley": [
        ("today-policy-owner", "/today/"),
        ("programmes", "/rules/"),
        ("programme", "/rules/jobcentre-plus-2002/"),
        ("components", "/gallery/"),
    ],
}
CASE = "Case V23"  # somebody nobody has called yet: a fresh demonstration


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--base", default="http://127.0.0.1:8000")
    arguments.add_argument("--part", choices=PARTS, help="only these; the other pictures stay as they are")
    given = arguments.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("WAYMARK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    made: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if given.part in (None, "interviews"):
            picture_interviews(browser, given.base, made)
        if given.part in (None, "help"):
            for name, journey in HELP:
                with signed_in(browser, given.base, name) as page:
                    journey(page, made)
        browser.close()
    names = list(dict.fromkeys([*(known() if given.part else []), *made]))
    lines = [f"![{name}]({name}-1280.png)\n" for name in names]
    (FOLDER / "README.md").write_text(
        "# Screens\n\nMade by `tools/screens.py` from the demonstration district; every person is synthetic.\n"
        "Each is here at 1280 and, with `-375` in its name, at 375 pixels.\n\n" + "\n".join(lines),
        encoding="utf-8",
    )


def known() -> list[str]:
    """The pictures the page of pictures names already, in its order."""
    page = FOLDER / "README.md"
    return re.findall(r"!\[([a-z0-9-]+)\]", page.read_text(encoding="utf-8")) if page.exists() else []


def picture_interviews(browser: Browser, base: str, made: list[str]) -> None:
    with opened(browser, base) as page:
        page.goto("/demo/")
        take(page, "who-to-be", made)
    for name, pages in PAGES.items():
        with signed_in(browser, base, name) as page:
            for picture, address in pages:
                page.goto(address)
                take(page, picture, made)
            if name in JOURNEYS:
                JOURNEYS[name](page, made)


@contextmanager
def opened(browser: Browser, base: str) -> Iterator[Page]:
    page = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    yield page
    page.context.close()


@contextmanager
def signed_in(browser: Browser, base: str, name: str) -> Iterator[Page]:
    """A page of somebody of the demonstration."""
    with opened(browser, base) as page:
        page.goto("/demo/")
        page.get_by_role("button", name=re.compile(rf"^\s*{name}\b")).first.click()
        page.wait_for_load_state()
        yield page


def take_the_call(page: Page, made: list[str]) -> None:
    """The conversation, step by step, on one of the report's cases."""
    page.goto(f"/customers/search/?q={CASE.replace(' ', '+')}")
    page.get_by_role("link", name=re.compile(f"^{CASE}")).first.click()
    take(page, "record", made)
    page.get_by_role("button", name=re.compile("^Call")).first.click()
    take(page, "call-attempt", made)
    page.get_by_role("button", name=re.compile("They answered")).click()
    take(page, "first-contact", made)
    for step, picture in (
        ("Explain the help", "explain-the-help"),
        ("Offer the interview", "offer-the-interview"),
        ("The customer’s view", "customers-view"),
        ("Decision", "decision"),
    ):
        page.get_by_role("link", name=step, exact=True).first.click()
        take(page, picture, made)


def hold_the_interview(page: Page, made: list[str]) -> None:
    """The call before a letter, an interview from before to after, a case of not attending, and the customer's page."""
    record(page, "Case S1")
    page.locator('a[href$="/call/"]').first.click()
    take(page, "call-before-the-letter", made)
    record(page, "Case S6")
    page.locator('a[href*="/cases/of/"], a[href^="/cases/F"]').first.click()
    take(page, "case-of-not-attending", made)
    record(page, "Case S3")
    take(page, "record-in-mid-series", made)
    page.locator('a[href*="/sittings/"]').first.click()
    take(page, "interview-before", made)
    page.get_by_role("button", name="The customer is here").first.click()
    page.get_by_role("link", name="During", exact=True).click()
    take(page, "interview-during", made)
    page.get_by_role("link", name="After", exact=True).click()
    take(page, "interview-after", made)
    own_page(page, made)


def own_page(page: Page, made: list[str]) -> None:
    """The customer's own page, opened by a link that is shown at the desk."""
    open_own_page(page, "Case S2")
    take(page, "own-page-door", made)
    through_the_door(page)
    for picture, address in (
        ("own-page", "/my/"),
        ("own-page-why", "/my/why/"),
        ("own-page-time", "/my/time/"),
        ("own-page-cannot-come", "/my/cannot-come/"),
        ("own-page-needs", "/my/needs/"),
        ("own-page-letters", "/my/letters/"),
    ):
        page.goto(address)
        take(page, picture, made)


def decide_the_case(page: Page, made: list[str]) -> None:
    """What the decision maker reads."""
    page.goto("/cases/?state=referred")
    page.locator('main a[href^="/cases/F"], main a[href^="/bundles/"]').first.click()
    page.locator('a[href^="/bundles/"]').first.click()
    take(page, "bundle", made)


JOURNEYS: dict[str, Callable[[Page, list[str]], None]] = {
    "Ana Reid": take_the_call,
    "Tom Walsh": hold_the_interview,
    "Edith Lorne": decide_the_case,
}


if __name__ == "__main__":
    main()
