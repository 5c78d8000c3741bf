"""Signing in with a second step in a real browser: a security key, and the code of an authenticator app."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page, expect

from tests.web_people.test_sign_in import WORD, code_of_app

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(district, settings):
    """The adviser, with a password, on a site without its chooser of roles."""
    cache.clear()
    settings.DEMO = False
    # The test server has no certificate; a browser takes localhost for safe all the same.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    # The half minute of a code may end while it is typed.
    settings.MFA_TOTP_TOLERANCE = 1
    found = district.adviser.person
    found.set_password(WORD)
    found.save()
    return found


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()


def plug_in_a_key(page: Page) -> CDPSession:
    """A security key that the browser believes in: it is touched as soon as it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session


def give_the_password(page: Page, person) -> None:
    page.goto("/accounts/login/")
    page.get_by_label(re.compile("^E-?mail")).fill(person.email)
    page.get_by_label(re.compile("^Password")).fill(WORD)
    page.get_by_role("button", name=re.compile("^Sign in$", re.I)).click()


def show_it_is_still_you(page: Page) -> None:
    """The password once more, before anything about the sign-in is changed."""
    page.get_by_label("Password").fill(WORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/accounts/login/**")


def test_a_security_key_is_added_and_opens_the_door(page, person, accessible):
    plug_in_a_key(page)
    give_the_password(page, person)
    page.wait_for_url("**/today/")
    page.goto("/accounts/2fa/")
    accessible(page)
    page.get_by_role("button", name="Add a security key").click()
    accessible(page)
    show_it_is_still_you(page)
    accessible(page)
    page.get_by_label("Name").fill("The blue one")
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("row", name=re.compile("The blue one.*Not used yet"))).to_be_visible()
    accessible(page)

    sign_out(page)
    give_the_password(page, person)
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    accessible(page)
    page.goto("/today/")
    expect(page).to_have_url(re.compile("/accounts/"))  # the password alone opens nothing
    page.goto("/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url("**/today/")


def test_a_key_that_is_not_known_opens_nothing_and_the_page_says_so(page, person):
    session = plug_in_a_key(page)
    give_the_password(page, person)
    page.wait_for_url("**/today/")
    page.goto("/accounts/2fa/webauthn/add/")
    show_it_is_still_you(page)
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/recovery-codes/**")
    session.send("WebAuthn.disable")
    plug_in_a_key(page)
    sign_out(page)
    give_the_password(page, person)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Use a security key").click()
    expect(page.get_by_role("alert")).to_contain_text("The key was not read")
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))


def test_the_code_of_an_app_opens_the_door_and_a_wrong_one_does_not(page, person, accessible):
    give_the_password(page, person)
    page.wait_for_url("**/today/")
    page.goto("/accounts/2fa/totp/activate/")
    show_it_is_still_you(page)
    accessible(page)
    secret = page.get_by_role("textbox", name="Secret").input_value()
    page.get_by_role("textbox", name=re.compile("code", re.I)).fill(code_of_app(secret))
    page.get_by_role("button", name="Add the app").click()
    page.wait_for_url("**/recovery-codes/**")

    sign_out(page)
    give_the_password(page, person)
    code = page.get_by_role("textbox", name=re.compile("code", re.I))
    code.fill("000000" if code_of_app(secret) != "000000" else "000001")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text(re.compile("Incorrect code", re.I)).first).to_be_visible()
    # The app's code was spent in setting it up; it would open again only after half a minute.
    cache.clear()
    page.get_by_role("textbox", name=re.compile("code", re.I)).fill(code_of_app(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/today/")
