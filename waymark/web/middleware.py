"""What stands round every page: who is asking, what they may open, what they looked at, what the browser may load."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from waymark.programme.pack import NotInPack
from waymark.record.verbs import keep_read
from waymark.web import access_table
from waymark.web.asking import Asked

LOG = logging.getLogger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
POLICY = (
    "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response: Respond) -> Respond:
    """Only our own scripts and styles, none of them inline."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return respond


def acting_post(get_response: Respond) -> Respond:
    """Who is asking, and on what day: `request.post`, `request.today`, `request.now`. The only reading of the clock."""

    def respond(given: HttpRequest) -> HttpResponse:
        request = cast(Asked, given)
        request.now = timezone.now()
        request.today = timezone.localdate(request.now)
        request.posts = []
        request.post = None
        if request.user.is_authenticated:
            request.posts = request.user.posts_held
            chosen = request.session.get("post")
            mine = [post for post in request.posts if post.pk == chosen]
            request.post = next(iter(mine + request.posts), None)
        return get_response(request)

    return respond


class Doorkeeper:
    """Lets in whom the access table lets in, and runs every GET in a transaction that cannot write."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, given: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        request = cast(Asked, given)
        if not access_table.is_ours(view):
            return None
        name = page_name(request)
        refused = shut_out(request, access_table.ACCESS[name])
        if refused is not None:
            return refused
        if request.method in {"GET", "HEAD"} and name not in access_table.MAY_WRITE_ON_GET:
            return read_only(view, request, *args, **kwargs)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A pack older than the software is a step of the upgrade left out: the page says which one."""
        if not isinstance(error, NotInPack):
            return None
        LOG.error("%s: %s", page_name(request), error.args[0])
        return render(request, "ui/errors/old_pack.html", {"missing": error.args[0]}, status=503)


def shut_out(request: Asked, allowed: frozenset[str]) -> HttpResponse | None:
    """Why this page stays shut for who is asking; None lets them in."""
    if allowed is access_table.ANYBODY:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if request.post is None:
        return render(request, "ui/errors/no_post.html", status=403)
    if request.post.role not in allowed:
        return render(request, "ui/errors/403.html", {"roles": access_table.words(allowed)}, status=403)
    return None


def read_only(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Run a view in a transaction that the database itself keeps from writing."""
    with no_writing():
        response = view(request, *args, **kwargs)
        transaction.set_rollback(True)
    return response


@contextmanager
def no_writing() -> Iterator[None]:
    """A transaction that begins as READ ONLY; inside one that has begun already (a test's), it is told so."""
    connection.ensure_connection()
    begun = connection.in_atomic_block
    if not begun:
        connection.connection.read_only = True
    try:
        with transaction.atomic():
            if begun:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
            yield
    finally:
        if not begun:
            connection.connection.read_only = None


def keep_reads(get_response: Respond) -> Respond:
    """Keep who looked at which customer's record. Views say whose by `request.customer_read = ref`."""

    def respond(given: HttpRequest) -> HttpResponse:
        request = cast(Asked, given)
        response = get_response(request)
        ref = getattr(request, "customer_read", "")
        if ref and response.status_code == 200 and request.user.is_authenticated:
            keep_read(person_ref=request.user.ref, customer_ref=ref, page=page_name(request), now=request.now)
        return response

    return respond


def page_name(request: HttpRequest) -> str:
    """The name of the address that was asked for, such as `checks:queue`."""
    return request.resolver_match.view_name if request.resolver_match else ""
