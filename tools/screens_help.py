"""The pictures of the help: finding it, referring, one case manager, the plan, money, and what follows an interview."""

import re
from collections.abc import Callable

from picture import open_own_page, record, take, through_the_door
from playwright.sync_api import Page

Journey = Callable[[Page, list[str]], None]


def find_help(page: Page, made: list[str]) -> None:
    """The search, three services side by side, and one entry."""
    page.goto("/directory/?need=mental_health")
    take(page, "directory-search", made)
    for box in page.locator("input[name=service]").all()[:3]:
        box.check()
    page.get_by_role("button", name="Show them side by side").click()
    take(page, "directory-compare", made)
    page.locator('main a[href^="/directory/S"]').first.click()
    take(page, "directory-entry", made)


def refer(page: Page, made: list[str]) -> None:
    """What is sent is read before it goes; later the same page says where it stands."""
    record(page, "Case H2")
    page.locator('main a[href^="/referrals/R"]').first.click()
    take(page, "referral", made)
    page.locator('main a[href$="/check/"]').first.click()
    take(page, "referral-check", made)


def be_asked_by_link(page: Page, made: list[str]) -> None:
    """The door of a service that has no account."""
    record(page, "Case H3")
    page.locator('main a[href^="/referrals/R"]').first.click()
    page.locator('main a[href$="/link/"]').first.click()
    page.locator("main form button").first.click()
    take(page, "referral-link", made)
    secret = re.search(r"/provider/l/[^/\s\"<]+/", page.content())
    assert secret is not None, "the page shows no link"
    page.context.clear_cookies()  # the service is nobody who is signed in here
    page.goto(secret.group())
    take(page, "provider-link-door", made)
    page.get_by_label("What is your name?").fill("Robin Ames")
    page.get_by_role("button", name="Open the referral").click()
    page.wait_for_url("**/provider/here/")
    take(page, "provider-link", made)


def manage_a_case(page: Page, made: list[str]) -> None:
    """Who is responsible, the plan, the distance, the work, the money."""
    page.goto("/casework/")
    take(page, "my-customers", made)
    claim = claim_of(page, "Case D4")
    page.goto(f"/casework/claims/{claim}/")
    take(page, "case", made)
    claim = claim_of(page, "Case A1")
    page.goto(f"/plans/{claim}/")
    take(page, "plan", made)
    page.goto(f"/plans/{claim}/distance/")
    take(page, "distance-travelled", made)
    page.goto(f"/work/{claim_of(page, 'Case A4')}/")
    take(page, "work", made)
    page.goto(f"/money/claims/{claim_of(page, 'Case W1')}/")
    take(page, "money", made)
    claim = claim_of(page, "Case W10")
    page.goto(f"/money/claims/{claim}/better-off/")
    take(page, "better-off-form", made)
    page.goto(f"/money/claims/{claim}/")
    page.locator('main a[href^="/money/better-off/"]').first.click()
    take(page, "better-off", made)


def find_out_and_agree(page: Page, made: list[str]) -> None:
    """Why somebody did not come, and a talk by choice."""
    record(page, "Case S5")
    page.locator('main a[href$="/missed/"]').first.click()
    take(page, "missed-interview", made)
    page.goto(f"/series/claims/{claim_of(page, 'Case D4')}/talk/")
    take(page, "talk-by-choice", made)


def end_the_interview(page: Page, made: list[str]) -> None:
    """The pages after an interview, one after the other, to where it would be settled."""
    record(page, "Case S3")
    page.locator('main a[href^="/sittings/A"]').first.click()
    here = page.get_by_role("button", name="The customer is here")
    if here.count():
        here.first.click()
    page.get_by_role("link", name="During", exact=True).click()
    page.locator("input[name=capacity][value=able]").check()
    press(page, r"^Save\s+Able to take part")
    for talked in page.locator('input[name^="state-"][value=yes]').all():
        talked.check()
    press(page, "^Save the topics")
    still_open = page.get_by_role("button", name="Mark those still open as shown")
    if still_open.count():
        still_open.click()
    page.get_by_role("link", name="After", exact=True).click()
    for name, value in (("outcome", "held"), ("understood", "yes"), ("agreed", "yes")):
        page.locator(f"input[name={name}][value={value}]").check()
    press(page, "^Go on")
    take(page, "interview-what-next", made)
    page.locator("input[name=kind][value=find_time]").check()
    press(page, "^Go on")
    take(page, "interview-summary", made)
    page.get_by_label("What was said").fill(
        "Mornings are hard for you.\nYou would like to work with plants one day."
    )
    press(page, "^See the summary")
    take(page, "interview-as-they-read-it", made)


def own_help(page: Page, made: list[str]) -> None:
    """What customers see of it on their own pages."""
    for case, pictures in (
        ("Case H8", [("own-page-services", "/my/help/")]),
        ("Case A1", [("own-page-plan", "/my/plan/")]),
        ("Case W1", [("own-page-money", "/my/money/")]),
        ("Case D4", [("own-page-helpers", "/my/who-helps/")]),
    ):
        open_own_page(page, case)
        through_the_door(page)
        for picture, address in pictures:
            page.goto(address)
            take(page, picture, made)
            service = page.locator('main a[href^="/my/help/R"]')
            if service.count():
                service.first.click()
                take(page, "own-page-service", made)


def talk_with_the_adviser(page: Page, made: list[str]) -> None:
    """The manager's talk after a hard interview."""
    page.goto(f"/series/claims/{claim_of(page, 'Case S9')}/debrief/")
    take(page, "debrief", made)


def answer_as_a_service(page: Page, made: list[str]) -> None:
    """The pages of a service with an account."""
    page.goto("/provider/")
    take(page, "provider-home", made)
    page.locator('main a[href^="/provider/referrals/R"]').first.click()
    take(page, "provider-referral", made)


HELP: tuple[tuple[str, Journey], ...] = (
    ("Tom Walsh", find_help),
    ("Tom Walsh", refer),
    ("Tom Walsh", be_asked_by_link),
    ("Tom Walsh", manage_a_case),
    ("Tom Walsh", find_out_and_agree),
    ("Tom Walsh", end_the_interview),
    ("Helen Crowe", talk_with_the_adviser),
    ("Moira Fell", answer_as_a_service),
    ("Tom Walsh", own_help),
)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=re.compile(words)).first.click()
    page.wait_for_load_state()


def claim_of(page: Page, case: str) -> str:
    """The reference of a case's claim, from its record."""
    record(page, case)
    address = page.locator('main a[href^="/plans/L"]').first.get_attribute("href") or ""
    return address.split("/")[2]
