"""Sign-in: nobody signs up; an administrator adds people. Wrong passwords lock the door for a while."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from waymark.organisations import queries as organisations


class Backend(AuthenticationBackend):
    """allauth's, but that it knows a person of a session together with their posts, in one query."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        person = organisations.signed_in(user_id, timezone.localdate())
        return person if person is not None and self.user_can_authenticate(person) else None


class Adapter(DefaultAccountAdapter):
    """How allauth's sign-in differs here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted once, by axes, in the database that all processes share."""

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Shown only to somebody who knows the password, so that strangers learn nothing."""
        return render(request, "people/signin_ended.html", {"person": user}, status=403)


def who_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Under which address an attempt is counted."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().casefold()


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page after too many wrong passwords: it says when to try again."""
    again_at = unlocks_at(request, credentials)
    return render(request, "people/locked_out.html", {"again_at": again_at}, status=429)


def unlocks_at(request: HttpRequest, credentials: Mapping[str, Any] | None) -> datetime | None:
    """When the wait after the last counted failure is over."""
    wait = get_cool_off(request)
    tried = who_tried(request, credentials)
    last = AccessAttempt.objects.filter(username=tried).order_by("-attempt_time").first()
    return last.attempt_time + wait if last is not None and wait is not None else None


def forget_failures(email: str) -> int:
    """Let somebody try again at once: an administrator has made them a new link."""
    cleared: int = AxesProxyHandler.reset_attempts(username=email.casefold())
    return cleared
