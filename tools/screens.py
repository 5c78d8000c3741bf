"""Pictures of every screen for the documentation, from a running demonstration.

    python3 way run --port 8123            # in one terminal
    .venv/bin/python tools/screens.py --base http://127.0.0.1:8123

Needs what `way test` installs, and a Chromium (WAYMARK_CHROMIUM, or one on the path).
"""

import argparse
import os
import re
import shutil
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
    "Tom Walsh": [("today-adviser", "/today/"), ("recontacts", "/recontact/"), ("diaries", "/diaries/")],
    "Helen Crowe": [("today-manager", "/today/"), ("absences", "/people/")],
    "Rosa Finch": [
        ("today-administrator", "/today/"),
        ("people", "/people/"),
        ("places", "/people/places/"),
        ("local-values", "/people/values/"),
    ],
    "Neil Hartley": [
        ("today-policy-owner", "/today/"),
        ("programme", "/programmes/jobcentre-plus-2002/"),
        ("components", "/gallery/"),
    ],
}
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
            if name == "Ana Reid":
                take_the_call(page, made)
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
