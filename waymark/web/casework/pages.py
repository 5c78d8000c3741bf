"""What the pages of cases have in common: finding the row for who asks, and a page with one form and one act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import queries as customers
from waymark.web.asking import Asked
from waymark.web.people.pages import done

form_view = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponse]


def found(request: Asked, find: Callable[[Any, str], Any], ref: str) -> Any:
    """What a reference names, for those who may see it; strangers find nothing."""
    try:
        return find(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None


def about(
    find: Callable[[Any, str], Any], claim_of: Callable[[Any], Any] = lambda row: row
) -> Callable[[Page], Page]:
    """Give a view what its address names, and keep that the customer's record was read."""

    def with_row(view: Page) -> Page:
        @wraps(view)
        def shown(request: Asked, ref: str) -> HttpResponse:
            row = found(request, find, ref)
            claim = claim_of(row)
            if claim is not None:
                request.customer_read = claim.customer.ref
            return view(request, row)

        return shown

    return with_row


def case_url(claim: Any) -> str:
    return reverse("casework:case", args=[claim.ref])


def page_about(request: Asked, claim: Any, **more: Any) -> dict[str, Any]:
    return {
        "claim": claim,
        "customer": claim.customer,
        "must_know": customers.must_know(claim.customer, request.today).sentences,
        "record_url": reverse("customers:record", args=[claim.customer.ref]),
        **more,
    }


def act_page(
    request: Asked,
    claim: Any,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    said: str,
    heading: str,
    button: str,
    back: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form: the verb is called with what was entered, a refusal stands in the form."""
    back = back or case_url(claim)
    if done(request, form, act):
        messages.success(request, said)
        return redirect(back)
    context = page_about(
        request,
        claim,
        form=form,
        heading=heading % {"name": claim.customer.name},
        button_label=button,
        back_url=back,
        back_label=more.pop("back_label", _("Who helps")),
        **more,
    )
    return render(request, more.pop("template", "casework/form.html"), context)
