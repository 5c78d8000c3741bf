"""What the pages about customers share: finding the customer, trying a verb, the plain form page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from waymark.customers import queries
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.ui.components import Link
from waymark.web.ui.forms import refuse

Page = Callable[..., HttpResponse]


def of_customer(view: Page) -> Page:
    """Give a view the customer of its address; strangers find nothing, merged ones lead to the survivor."""

    @wraps(view)
    def with_customer(request: Asked, ref: str, **more: str) -> HttpResponse:
        customer = found(queries.get_customer, request, ref)
        if customer.ref != ref:
            here = request.resolver_match
            assert here is not None  # a view runs because an address was resolved
            return redirect(reverse(here.view_name, args=[customer.ref, *more.values()]))
        request.customer_read = customer.ref
        return view(request, customer, **more)

    return with_customer


def found(query: Callable[[Any, str], Any], request: Asked, ref: str) -> Any:
    """What a query finds for the acting post; a page that is not there for strangers."""
    try:
        return query(request.post, ref)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def tried(form: forms.BaseForm, verb: Callable[[dict[str, Any]], Any]) -> Any:
    """What the verb gives; None when the form is wrong or the verb refuses, with the reason in the form."""
    if not form.is_valid():
        return None
    try:
        return verb(form.cleaned_data)
    except Refused as refusal:
        refuse(form, refusal)
        return None


def posted(request: Asked) -> QueryDict | None:
    """What was sent, to bind a form with; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: Asked, customer: Any, form: forms.BaseForm, heading: str, button: str, **more: Any
) -> HttpResponse:
    """One form about one customer, or the template named by `template` with it."""
    template = more.pop("template", "customers/form.html")
    context = {
        "customer": customer,
        "form": form,
        "heading": heading,
        "button_label": button,
        "breadcrumbs": [Link(customer.name, record_url(customer)), Link(heading)],
        "must_know": queries.must_know(customer, request.today).sentences,
        **more,
    }
    return render(request, template, context)


def record_url(customer: Any) -> str:
    return reverse("customers:record", args=[customer.ref])
