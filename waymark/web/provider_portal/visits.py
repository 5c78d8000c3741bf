"""A visit by a secure link: a signed cookie of its own. It opens one referral, for somebody who has said their name.

It ends after an hour without a click, after eight hours in any case, with the button that leaves, and the moment
the link is ended or the referral is no longer with the service.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from waymark.referrals import queries
from waymark.referrals.access import Receiver
from waymark.referrals.enums import Through
from waymark.web.asking import Asked

COOKIE = "waymark_service_visit"
SALT = "waymark.service_visit"
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=8)
PLACE = "/provider/"
Page = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """Who says they are whom, and the one referral they see."""

    found: Any
    name: str
    opened: int

    @property
    def referral(self) -> Any:
        return self.found.referral

    @property
    def receiver(self) -> Receiver:
        return Receiver(self.name, Through.LINK, None, self.found.organisation)


def by_link(view: Page) -> Page:
    """Give a view the visit; without one, a page that says how to get another link. Nothing is kept by a browser."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def with_visit(request: Asked, **parts: str) -> HttpResponse:
        visit = visit_of(request)
        if visit is None:
            return unseen(redirect("provider:over"))
        response = view(request, visit, **parts)
        keep(response, visit.found.ref, visit.name, visit.opened)
        return unseen(response)

    return with_visit


def visit_of(request: Asked) -> Visit | None:
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=IDLE)
    except signing.BadSignature:
        return None
    if request.now - datetime.fromtimestamp(held["opened"], tz=request.now.tzinfo) > LONGEST:
        return None
    found = queries.get_pass(held["pass"], request.now)
    return Visit(found, held["name"], held["opened"]) if found is not None else None


def keep(response: HttpResponse, pass_ref: str, name: str, opened: int) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps({"pass": pass_ref, "name": name, "opened": opened}, salt=SALT),
        max_age=int(IDLE.total_seconds()),
        path=PLACE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PLACE, samesite="Lax")
    response.delete_cookie("messages")


def unseen(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no search engine; and no address of it goes along to another site."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
