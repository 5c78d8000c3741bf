"""Signing in: the door for people who work here, closed to others; the demonstration's chooser."""

import base64
import hmac
import struct
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from waymark.organisations.enums import Role, TeamKind
from waymark.staffing import verbs

pytestmark = pytest.mark.django_db
WORD = "a stile beyond the birches"


@pytest.fixture(autouse=True)
def no_memory_of_other_tests():
    """Sign-ins from one address are counted in the process's own memory."""
    cache.clear()


@pytest.fixture
def post():
    held = make.post(Role.ADVISER, person=make.person(name="Tom Walsh", email="tom@waymark.example"))
    held.person.set_password(WORD)
    held.person.save()
    return held


def sign_in(client, password=WORD, email="tom@waymark.example"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_of_app(secret):
    """What an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def text(response):
    return response.content.decode()


def test_somebody_who_works_here_signs_in_and_comes_to_their_first_page(client, post):
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").url == reverse("today")


def test_a_wrong_password_opens_nothing(client, post):
    response = sign_in(client, "wrong")
    assert response.status_code == 200
    assert client.get("/").url == reverse("account_login")


def test_five_wrong_passwords_lock_the_door_and_the_page_says_when_to_try_again(client, post):
    for _ in range(4):
        assert sign_in(client, "wrong").status_code == 200
    response = sign_in(client, "wrong")
    assert response.status_code == 429
    again_at = AccessAttempt.objects.get().attempt_time + timedelta(minutes=15)
    assert f"Try again after {timezone.localtime(again_at):%H:%M}." in text(response)
    assert sign_in(client).status_code == 429
    assert client.get("/").url == reverse("account_login")


def test_trying_while_locked_does_not_lengthen_the_wait(client, post):
    for _ in range(5):
        sign_in(client, "wrong")
    before = AccessAttempt.objects.get().attempt_time
    sign_in(client, "wrong")
    assert AccessAttempt.objects.get().attempt_time == before


def test_when_the_wait_is_over_the_right_password_opens_again(client, post):
    for _ in range(5):
        sign_in(client, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_a_lock_is_not_got_round_by_writing_the_address_otherwise_and_shuts_nobody_else_out(client, post):
    other = make.post(Role.ADVISER, person=make.person(email="lee@waymark.example"))
    other.person.set_password(WORD)
    other.person.save()
    for email in ("tom@waymark.example", "TOM@waymark.example", " Tom@Waymark.example "):
        sign_in(client, "wrong", email)
    sign_in(client, "wrong")
    assert sign_in(client, "wrong", "tOm@waymark.example").status_code == 429
    assert sign_in(client, email="lee@waymark.example").status_code == 302


def test_a_new_link_from_an_administrator_lifts_the_lock(client, post):
    for _ in range(5):
        sign_in(client, "wrong")
    client.force_login(make.post(Role.ADMINISTRATOR, office=post.office).person)
    client.post(reverse("people:sign_in_link", args=[post.person.ref]))
    client.logout()
    assert sign_in(client).status_code == 302


def test_who_has_left_is_refused_in_a_plain_sentence_only_with_the_right_password(client, post):
    verbs.leave(post.person, on=timezone.localdate(), by=None, now=timezone.now())
    assert "you left" not in text(sign_in(client, "wrong"))
    response = sign_in(client)
    assert response.status_code == 403
    assert "It is noted that you left on" in text(response)
    assert client.get("/").url == reverse("account_login")


def test_who_leaves_is_out_at_once_even_when_signed_in(client, post):
    sign_in(client)
    verbs.leave(post.person, on=timezone.localdate(), by=None, now=timezone.now())
    assert client.get(reverse("account")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/"])
def test_nobody_signs_up_and_nobody_changes_the_address_they_sign_in_with(path, client, post):
    sign_in(client)
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "new@waymark.example"}).status_code == 404


def test_ones_account_leads_to_password_and_second_step(client, post):
    sign_in(client)
    shown = text(client.get(reverse("account")))
    for name in ("account_change_password", "mfa_index"):
        assert reverse(name) in shown
        assert client.get(reverse(name)).status_code == 200
    assert 'href="/account/"' in shown


def test_a_second_step_by_authenticator_app_is_added_and_then_asked_for(client, post):
    sign_in(client)
    asks_again = client.get(reverse("mfa_activate_totp")).url
    assert client.post(asks_again, {"password": "wrong"}).status_code == 200
    assert client.post(asks_again, {"password": WORD}).url == reverse("mfa_activate_totp")
    shown = client.get(reverse("mfa_activate_totp"))
    secret = shown.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of_app(secret)}).status_code == 302
    assert "recovery" in text(client.get(reverse("mfa_view_recovery_codes"))).lower()
    client.post(reverse("account_logout"))
    response = sign_in(client)
    assert response.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/").url == reverse("account_login")


def test_without_the_demonstration_there_is_no_chooser(client, post, settings):
    settings.DEMO = False
    assert client.get(reverse("choose_role")).status_code == 404
    assert client.post(reverse("choose_role"), {"person": post.person.ref}).status_code == 404
    assert client.get("/").url == reverse("account_login")


def test_in_the_demonstration_one_chooses_whom_to_be(client, post, settings):
    settings.DEMO = True
    assert client.get("/").url == reverse("choose_role")
    shown = text(client.get(reverse("choose_role")))
    assert "Tom Walsh" in shown
    assert "Holds the interviews" in shown
    response = client.post(reverse("choose_role"), {"person": post.person.ref})
    assert response.url == reverse("today")
    assert client.session["post"] == post.pk


def test_in_the_demonstration_somebody_with_two_posts_in_one_role_is_told_apart_by_the_team(
    client, post, settings
):
    settings.DEMO = True
    evening = make.team(TeamKind.FIRST_CONTACT, office=post.team.office, name="Evening team")
    other = make.post(Role.ADVISER, person=post.person, team=evening)
    shown = text(client.get(reverse("choose_role")))
    assert f"{post.team.name}, {post.team.office.name}" in shown
    assert f"Evening team, {post.team.office.name}" in shown
    client.post(reverse("choose_role"), {"person": f"{post.person.ref}@{other.team.code}"})
    assert client.session["post"] == other.pk


def test_in_the_demonstration_nobody_is_somebody_who_has_left_or_is_unknown(client, post, settings):
    settings.DEMO = True
    verbs.leave(post.person, on=timezone.localdate(), by=None, now=timezone.now())
    assert client.post(reverse("choose_role"), {"person": post.person.ref}).status_code == 404
    assert client.post(reverse("choose_role"), {"person": "nobody"}).status_code == 404
    assert client.post(reverse("choose_role")).status_code == 404
