"""The way in and the way out. Until the answer fits, these pages say nothing about anybody."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.kernel.refusal import Refused
from waymark.portal import verbs
from waymark.web.asking import Asked
from waymark.web.customer_portal.forms import DoorForm
from waymark.web.customer_portal.visits import (
    PLACE,
    SIZE_COOKIE,
    begin,
    came_from,
    end,
    page,
    unseen,
    visit_of,
)
from waymark.web.ui.forms import refuse

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Asked) -> HttpResponse:
    """A code from a letter, and something only the customer knows."""
    if request.method == "POST":
        return _open(request, DoorForm(request.POST))
    return _door(request, DoorForm())


@require_safe
def with_code(request: Asked, secret: str) -> HttpResponse:
    """The square code of a letter leads here: the code is filled in, and nothing else is known yet."""
    return _door(request, DoorForm(initial={"secret": secret}))


@require_safe
def with_link(request: Asked, secret: str) -> HttpResponse:
    """A personal link leads here: only the answer is asked."""
    return _door(request, DoorForm(initial={"secret": secret, "by_link": "yes"}))


@require_POST
def leave(request: Asked) -> HttpResponse:
    """Leave at once. The page that follows could be anybody's."""
    response = redirect("my:left")
    end(response)
    return unseen(response)


@require_safe
def left(request: Asked) -> HttpResponse:
    """A page that says nothing."""
    return unseen(page(request, "left"))


@require_POST
def size(request: Asked) -> HttpResponse:
    """Larger or usual print, on this device."""
    chosen = "large" if request.POST.get("size") == "large" else "usual"
    response = redirect(_back(request))
    response.set_cookie(SIZE_COOKIE, chosen, max_age=A_YEAR, path=PLACE, httponly=True, samesite="Strict")
    return response


@require_POST
def language(request: Asked) -> HttpResponse:
    """Another language, on this device."""
    response = redirect(_back(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, samesite="Lax")
    return response


def _open(request: Asked, form: DoorForm) -> HttpResponse:
    if not form.is_valid():
        return _door(request, form)
    try:
        key = verbs.open_with(
            form.cleaned_data["secret"], form.said, came_from=came_from(request), now=request.now
        )
    except Refused as refusal:
        refuse(form, refusal)
        return _door(request, form)
    response = redirect("my:home")
    begin(response, key, request.now)
    return unseen(response)


def _door(request: Asked, form: DoorForm) -> HttpResponse:
    visit = visit_of(request)
    return unseen(page(request, "door", heading=_("Open your page"), form=form, again=visit is not None))


def _back(request: Asked) -> str:
    """Where the customer was, if that was one of these pages."""
    wanted = request.POST.get("back", "")
    ours = wanted.startswith(PLACE) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else PLACE
