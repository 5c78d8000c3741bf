"""A visit to one's own page: a signed cookie of its own, apart from the sign-in of staff.

It ends after twenty minutes without a click, after four hours in any case, with the button that leaves, and
the moment somebody ends the key it was opened with.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.insight import own_page
from waymark.portal import queries as portal
from waymark.portal.verbs import owner_of
from waymark.web.asking import Asked

COOKIE = "waymark_visit"
SIZE_COOKIE = "waymark_size"
SALT = "waymark.visit"
IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=4)
PLACE = "/my/"
Page = Callable[..., HttpResponse]


class Visit:
    """Whose page it is, and where they stand; what is not asked for is not read."""

    def __init__(self, key: Any, opened: int, request: Asked) -> None:
        self.key, self.opened, self.today = key, opened, request.today
        self.customer = owner_of(key)

    @cached_property
    def office(self) -> Any:
        """Whom to ring."""
        claim = self.own.claim if "own" in self.__dict__ else own_page.claim_of(self.customer)
        return claim.office if claim is not None else None

    @cached_property
    def own(self) -> own_page.Own:
        return own_page.own(self.customer, self.today)


def visited(*methods: str) -> Callable[[Page], Page]:
    """Give a view the visit; without one, the page that asks for a code. Nothing of it is kept by a browser."""

    def decorate(view: Page) -> Page:
        @require_http_methods(["GET", "HEAD", *methods])
        @wraps(view)
        def with_visit(request: Asked, **parts: str) -> HttpResponse:
            visit = visit_of(request)
            if visit is None:
                response: HttpResponse = redirect("my:door")
            else:
                response = seen(view, request, visit, **parts)
                keep(response, visit.key.ref, visit.opened)
            return unseen(response)

        return with_visit

    return decorate


def seen(view: Page, request: Asked, visit: Visit, **parts: str) -> HttpResponse:
    """What the view shows; what is not the customer's own is not there, said on a page of theirs."""
    try:
        return view(request, visit, **parts)
    except Http404:
        response = page(request, "not_found", visit, heading=_("This page is not there"))
        response.status_code = 404
        return response


def visit_of(request: Asked) -> Visit | None:
    """The visit this browser has open; None when there is none, or it has ended."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=IDLE)
    except signing.BadSignature:
        return None
    if request.now - datetime.fromtimestamp(held["opened"], tz=request.now.tzinfo) > LONGEST:
        return None
    key = portal.still_open(held["key"])
    return Visit(key, held["opened"], request) if key is not None else None


def begin(response: HttpResponse, key: Any, now: datetime) -> None:
    keep(response, key.ref, int(now.timestamp()))


def keep(response: HttpResponse, key_ref: str, opened: int) -> None:
    """Twenty minutes more from now."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"key": key_ref, "opened": opened}, salt=SALT),
        max_age=int(IDLE.total_seconds()),
        path=PLACE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PLACE, samesite="Strict")
    # What was said in passing goes too: the next person at this computer reads nothing.
    response.delete_cookie("messages")


def unseen(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no search engine."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def page(request: Asked, template: str, visit: Visit | None = None, **context: Any) -> HttpResponse:
    """One of the customer's pages, with what stands round each of them."""
    around = {
        "visit_open": visit is not None,
        "office": visit.office if visit is not None else None,
        "large": large_print(request, visit),
        "languages": languages(),
        "language": get_language(),
        "nav": [],
        "post": None,
        "posts": [],
    }
    return render(request, f"customer_portal/{template}.html", {**around, **context})


def large_print(request: Asked, visit: Visit | None) -> bool:
    """As chosen on this device; otherwise as the customer told us."""
    chosen = request.COOKIES.get(SIZE_COOKIE)
    if chosen in {"large", "usual"}:
        return chosen == "large"
    needs = getattr(visit.customer, "access_needs", None) if visit else None
    return needs is not None and needs.large_print


def languages() -> list[tuple[str, str]]:
    """The languages there are texts in, to choose from; none while there is only one."""
    folders = [path for path in settings.LOCALE_PATHS if path.is_dir()]
    own = settings.LANGUAGE_CODE
    found = [
        (code, name)
        for code, name in settings.LANGUAGES
        if code == own or any((folder / code / "LC_MESSAGES").is_dir() for folder in folders)
    ]
    return found if len(found) > 1 else []


def came_from(request: Asked) -> str:
    """The network address; behind a proxy, the one the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if seen:
            return str(seen)
    return str(request.META.get("REMOTE_ADDR", ""))
