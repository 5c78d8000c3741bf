"""Pages that belong to no part: health, errors, the chooser of posts."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from waymark.organisations import queries as organisations
from waymark.web.asking import Asked


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and its tables are there."""
    return JsonResponse({"ok": True, "offices": organisations.offices().count()})


@require_POST
def act_as(request: Asked) -> HttpResponse:
    """Somebody with several posts goes on in another one."""
    wanted = request.POST.get("post", "")
    if any(str(post.pk) == wanted for post in request.posts):
        request.session["post"] = int(wanted)
    return redirect("today")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _(
        "This page was open too long, or your browser refuses cookies. Go back, reload and send it again."
    )
    return render(request, "ui/errors/csrf.html", {"message": message}, status=403)
