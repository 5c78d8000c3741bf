"""What the pages of a case have in common: finding it, and a page with one form and one act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
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


def claim_of(row: Any) -> Any:
    """The claim of a case, a bundle, a reduction or a challenge."""
    if hasattr(row, "interview"):
        return row.interview.claim
    if hasattr(row, "breach"):
        return row.breach.interview.claim
    return row.ruling.bundle.breach.interview.claim


def about(find: Callable[[Any, str], Any]) -> Callable[[Page], Page]:
    """Give a view what its address names, and keep that the customer's record was read."""

    def with_row(view: Page) -> Page:
        @wraps(view)
        def shown(request: Asked, ref: str) -> HttpResponse:
            row = found(request, find, ref)
            request.customer_read = claim_of(row).customer.ref
            return view(request, row)

        return shown

    return with_row


def page_about(request: Asked, row: Any, **more: Any) -> dict[str, Any]:
    customer = claim_of(row).customer
    return {
        "customer": customer,
        "must_know": customers.must_know(customer, request.today).sentences,
        **more,
    }


def act_page(
    request: Asked,
    row: Any,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    said: str,
    heading: str,
    button: str,
    back: str,
    **more: Any,
) -> HttpResponse:
    """A page with one form: the verb is called with what was entered, a refusal stands in the form."""
    if done(request, form, act):
        messages.success(request, said)
        return redirect(back)
    name = claim_of(row).customer.name
    context = page_about(
        request,
        row,
        form=form,
        heading=heading % {"name": name},
        button_label=button,
        back_url=back,
        back_label=more.pop("back_label", _("The case")),
        **more,
    )
    return render(request, "sanctions/form.html", context)
