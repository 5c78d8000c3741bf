"""What every page needs: who is asking, where they can go, what day it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from waymark.web import access_table
from waymark.web.navigation import PLACES


def page(request: HttpRequest) -> dict[str, Any]:
    post = getattr(request, "post", None)
    return {
        "demo": settings.DEMO,
        "post": post,
        "posts": getattr(request, "posts", []),
        "today": getattr(request, "today", None),
        "nav": _nav(request, post.role) if post else [],
    }


def _nav(request: HttpRequest, role: str) -> list[dict[str, Any]]:
    places = [(label, reverse(name)) for label, name in PLACES if role in access_table.ACCESS[name]]
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in places]
