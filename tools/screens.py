"""Pictures of every screen for the documentation, from a running demonstration.

    python3 way run --port 8123            # in one terminal
    .venv/bin/python tools/screens.py --base http://127.0.0.1:8123

Needs what `way test` installs, and a Chromium (WAYMARK_CHROMIUM, or one on the path).
"""

import argparse
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTHS = (1280, 375)
# A long list says no more further down.
TALLEST = 1700
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
BORN = {"Day": "14", "Month": "9", "Year": "1975"}  # of the demonstration's customers in the series
CASE = "Case V23"  # somebody nobody has called yet: a fresh demonstration


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--base", default="http://127.0.0.1:8000")
    base = arguments.parse_args().base
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("WAYMARK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    made: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, pages in PAGES.items():
            page = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900}).new_page()
            page.set_default_timeout(60_000)
            sign_in(page, name, made)
            for picture, address in pages:
                page.goto(address)
                take(page, picture, made)
            if name in JOURNEYS:
                JOURNEYS[name](page, made)
            page.context.close()
        browser.close()
    lines = [f"![{name}]({name}-1280.png)\n" for name in made]
    (FOLDER / "README.md").write_text(
        "# Screens\n\nMade by `tools/screens.py` from the demonstration district; every person is synthetic.\n"
        "Each is here at 1280 and, with `-375` in its name, at 375 pixels.\n\n" + "\n".join(lines),
        encoding="utf-8",
    )


def sign_in(page: Page, name: str, made: list[str]) -> None:
    page.goto("/demo/")
    if "who-to-be" not in made:
        take(page, "who-to-be", made)
    page.get_by_role("button", name=re.compile(rf"^\s*{name}\b")).first.click()


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
    record(page, "Case S2")
    page.get_by_role("link", name="Their own page").click()
    page.get_by_role("button", name="Show a link here, once").click()
    secret = re.search(r"/my/l/[^/\s\"]+/", page.content())
    assert secret is not None, "the page shows no link"
    page.goto(secret.group())
    take(page, "own-page-door", made)
    for label, value in BORN.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Open my page").click()
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


def record(page: Page, case: str) -> None:
    page.goto(f"/customers/search/?q={case.replace(' ', '+')}")
    page.get_by_role("link", name=re.compile(f"^{case} ")).first.click()


JOURNEYS: dict[str, Callable[[Page, list[str]], None]] = {
    "Ana Reid": take_the_call,
    "Tom Walsh": hold_the_interview,
    "Edith Lorne": decide_the_case,
}


def take(page: Page, picture: str, made: list[str]) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.screenshot(
            path=FOLDER / f"{picture}-{width}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": tall},
        )
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    made.append(picture)


if __name__ == "__main__":
    main()
