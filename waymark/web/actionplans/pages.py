"""What the pages of a plan and of work share: whose it is, the form with its must-knows, the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.actionplans import queries
from waymark.actionplans.queries import OnClaim
from waymark.customers.queries import must_know, open_stop
from waymark.inbound import queries as inbound
from waymark.interviews import access
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.inbound.words import waiting_messages
from waymark.web.people.pages import done

Page = Callable[..., HttpResponse]
form_view = require_http_methods(["GET", "HEAD", "POST"])


def of_claim(view: Page) -> Page:
    """Give a view the claim of its address, live or ended; strangers find nothing."""

    @wraps(view)
    def with_claim(request: Asked, ref: str, **more: Any) -> HttpResponse:
        found = found_by(queries.on_claim, request.post, ref, request.today)
        request.customer_read = found.claim.customer.ref
        return view(request, found, **more)

    return with_claim


def found_by(query: Callable[..., Any], *args: Any) -> Any:
    """What a query finds; a page that is not there for strangers."""
    try:
        return query(*args)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def one_form(
    request: Asked,
    claim: Any,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    said: Any,
    heading: Any,
    button: Any,
    back: str,
    template: str = "actionplans/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form about a claim; back to `back` with `said` when its verb went through."""
    if done(request, form, act):
        messages.success(request, str(said))
        return redirect(back)
    customer = claim.customer
    request.customer_read = customer.ref
    context = {
        "heading": heading,
        "claim": claim,
        "customer": customer,
        "form": form,
        "button_label": button,
        "must_know": must_know(customer, request.today).sentences,
        "back_url": back,
        "back_label": more.pop("back_label", customer.name),
        **more,
    }
    return render(request, template, context)


def acted(request: Asked, act: Callable[[], object], *, said: Any, back: str) -> HttpResponse:
    """One press, one verb; a refusal is shown with the way back."""
    try:
        act()
    except Refused as refusal:
        return render(request, "ui/refused.html", {"refusal": refusal, "return_url": back}, status=409)
    messages.success(request, str(said))
    return redirect(back)


def head(request: Asked, found: OnClaim, heading: Any) -> dict[str, Any]:
    """The context every page of a claim's plan and work has."""
    customer = found.claim.customer
    return {
        "heading": heading,
        "claim": found.claim,
        "customer": customer,
        "must_know": found.must_know.sentences,
        "waiting": waiting_messages(inbound.waiting_for(customer, request.post)),
        "back_url": reverse("customers:record", args=[customer.ref]),
        "back_label": customer.name,
    }


def ringing(claim: Any) -> dict[str, Any]:
    """The number to ring, or why it stays hidden: what a page with a call on it shows first."""
    customer = claim.customer
    return {"ring_refusal": access.may_ring(claim, open_stop(customer)), "number": customer.telephone}


def posted(request: Asked) -> Any:
    """What was sent, to bind a form with; None while it is only looked at."""
    return request.POST if request.method == "POST" else None
