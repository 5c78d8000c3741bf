"""What the pages about one interview share: whose it is, what each shows, and why something cannot be done."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from waymark.customers import queries as customers
from waymark.interviews.queries import recontact as reading
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.interviews.again import record_url

Page = Callable[..., HttpResponse]


def of_interview(view: Page) -> Page:
    """Give a view the interview of its address; strangers find nothing."""

    @wraps(view)
    def with_interview(request: Asked, ref: str, **more: str) -> HttpResponse:
        try:
            interview = reading.get_interview(request.post, ref)
        except ObjectDoesNotExist:
            raise Http404 from None
        request.customer_read = interview.claim.customer.ref
        return view(request, interview, **more)

    return with_interview


def refused_page(request: Asked, refusal: Refused, return_url: str) -> HttpResponse:
    """Why this cannot be done now, and what would make it possible."""
    context = {"refusal": refusal, "return_url": return_url, "back_url": return_url}
    return render(request, "ui/refused.html", context, status=409)


def wrong_state(request: Asked, interview: Any, cure: str) -> HttpResponse:
    said = _("This interview is %(state)s.") % {"state": interview.get_state_display()}
    return refused_page(request, Refused("wrong_state", said, cure), record_url(interview))


def page_about(interview: Any, request: Asked, **more: Any) -> dict[str, Any]:
    """What every page about an interview shows."""
    customer = interview.claim.customer
    return {
        "interview": interview,
        "customer": customer,
        "must_know": customers.must_know(customer, request.today).sentences,
        "back_url": record_url(interview),
        "back_label": customer.name,
        **more,
    }
