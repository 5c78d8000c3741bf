"""What the three tabs of the workspace share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import queries as customers
from waymark.inbound import queries as inbound
from waymark.interviews.sittings import queries
from waymark.interviews.sittings.queries import Workspace
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.inbound.words import waiting_messages
from waymark.web.ui.components import Link
from waymark.web.ui.templatetags.ui import long_day_time

form_view = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponse]
SHARED = "shared_screen"


def of_appointment(view: Page) -> Page:
    """Give a view the workspace of its appointment; strangers find nothing."""

    @wraps(view)
    def with_workspace(request: Asked, ref: str, **more: str) -> HttpResponse:
        try:
            found = queries.workspace(request.post, ref, request.today)
        except ObjectDoesNotExist:
            raise Http404 from None
        request.customer_read = found.customer.ref
        return view(request, found, **more)

    return with_workspace


def begun(found: Workspace) -> Any:
    """The sitting, which somebody opens before anything is written."""
    if found.sitting is None:
        raise Refused("not_begun", _("The interview has not begun."), _("Begin it first; then write."))
    return found.sitting


def shared(request: Asked) -> bool:
    """Whether the customer looks at this screen too."""
    return bool(request.session.get(SHARED))


def url(name: str, found: Workspace, *more: str) -> str:
    return reverse(f"sittings:{name}", args=[found.appointment.ref, *more])


def context(request: Asked, found: Workspace, tab: str, **more: Any) -> dict[str, Any]:
    """The head of the workspace: who, which interview, the three tabs, and what must be known."""
    appointment, customer, hidden = found.appointment, found.customer, shared(request)
    sitting = found.sitting
    writer = sitting.adviser if sitting is not None and found.open else None
    other = writer is not None and writer.person_id != request.post.person_id
    return {
        "heading": _("Interview with %(name)s") % {"name": customer.name},
        "about": about(found, request),
        "found": found,
        "appointment": appointment,
        "sitting": sitting,
        "customer": customer,
        "tabs": [
            Link(_("Before"), url("before", found), tab == "before"),
            Link(_("During"), url("during", found), tab == "during"),
            Link(_("After"), url("after", found), tab == "after"),
        ],
        "must_know": [] if hidden else customers.must_know(customer, request.today).sentences,
        "shared": hidden,
        "waiting": [] if hidden else waiting_messages(inbound.waiting_for(customer, request.post)),
        "writes": writer.person.name if writer is not None and other else "",
        "back_url": reverse("customers:record", args=[customer.ref]),
        "back_label": customer.name,
        **more,
    }


def about(found: Workspace, request: Asked) -> str:
    """When and where, and which of how many it is."""
    appointment = found.appointment
    parts = [
        long_day_time(appointment.starts_at, request.today),
        appointment.adviser.name,
        str(appointment.get_mode_display()),
        appointment.room.name if appointment.room else "",
        number_words(found),
    ]
    return " · ".join(part for part in parts if part)


def number_words(found: Workspace) -> str:
    """Number 2 of 6, or that it is by choice."""
    if not found.interview.mandatory:
        return _("by choice: nothing follows from not coming")
    if found.sitting is not None and found.sitting.counts is not None:
        return _("compulsory; %(done)d of %(total)d done") % {
            "done": found.way.counted,
            "total": found.way.total,
        }
    return _("compulsory: number %(number)d of %(total)d") % {
        "number": found.way.number,
        "total": found.way.total,
    }


def refused_page(request: Asked, refusal: Refused, return_url: str) -> HttpResponse:
    """Why this cannot be done now, and what would make it possible."""
    shown = {"refusal": refusal, "return_url": return_url, "back_url": return_url}
    return render(request, "ui/refused.html", shown, status=409)
