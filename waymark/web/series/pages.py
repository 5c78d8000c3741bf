"""What the pages of the series share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.interviews.series import reading
from waymark.interviews.series.reading import InSeries
from waymark.web.asking import Asked

form_view = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponse]


def of_claim(view: Page) -> Page:
    """Give a view the claim of its address; strangers find nothing."""

    @wraps(view)
    def with_claim(request: Asked, ref: str, **more: str) -> HttpResponse:
        try:
            found = reading.in_series(request.post, ref, request.today)
        except ObjectDoesNotExist:
            raise Http404 from None
        request.customer_read = found.customer.ref
        return view(request, found, **more)

    return with_claim


def record_url(found: InSeries) -> str:
    return reverse("customers:record", args=[found.customer.ref])


def show(
    request: Asked, template: str, found: InSeries, heading: str, button: str = "", **more: Any
) -> HttpResponse:
    """A page about a claim, with what must be known of the customer."""
    context = {
        "heading": heading,
        "found": found,
        "customer": found.customer,
        "must_know": found.must_know.sentences,
        "button_label": button,
        "back_url": record_url(found),
        "back_label": found.customer.name,
        **more,
    }
    return render(request, template, context)
