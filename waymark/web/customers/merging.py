"""Two records of one person become one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import queries, verbs
from waymark.web.asking import Asked
from waymark.web.customers.forms import MergeForm, OtherRecordForm
from waymark.web.customers.pages import form_page, of_customer, posted, record_url, tried
from waymark.web.ui.components import Column, Table
from waymark.web.ui.forms import in_words
from waymark.web.ui.templatetags.ui import ni


@require_http_methods(["GET", "HEAD", "POST"])
@of_customer
def merge(request: Asked, customer: Any) -> HttpResponse:
    """Name the other record; see both side by side; say which goes on and how it is known."""
    asked = OtherRecordForm(request.GET if "other" in request.GET else None)
    other = _other(request, customer, asked)
    heading = _("Same person as another record")
    if other is None:
        return form_page(
            request, customer, asked, heading, _("Compare"), template="customers/merge_with.html"
        )
    choices = [(one.ref, f"{one.name}, {one.ref}") for one in (customer, other)]
    form = MergeForm(posted(request), choices=choices, initial={"stays": customer.ref})
    survivor = tried(form, lambda data: _merge(request, customer, other, data))
    if survivor is not None:
        messages.success(request, _("The two records are one now."))
        return redirect(record_url(survivor))
    table = _side_by_side(customer, other)
    return form_page(
        request,
        customer,
        form,
        heading,
        _("Make them one record"),
        table=table,
        template="customers/merge.html",
    )


def _other(request: Asked, customer: Any, asked: OtherRecordForm) -> Any:
    if not asked.is_valid():
        return None
    try:
        other = queries.get_customer(request.post, asked.cleaned_data["other"].strip().upper())
    except ObjectDoesNotExist:
        asked.add_error(
            "other", _("There is no record with this reference among the customers of your office.")
        )
        return None
    if other.pk == customer.pk:
        asked.add_error("other", _("This is the record you came from. Give the reference of the other one."))
        return None
    return other


def _merge(request: Asked, customer: Any, other: Any, data: dict[str, Any]) -> Any:
    gone, stays = (other, customer) if data["stays"] == customer.ref else (customer, other)
    return verbs.merge(gone, stays, why=data["why"], by=request.post, now=request.now)


def _side_by_side(one: Any, other: Any) -> Table:
    rows = [
        (_("Name"), one.name, other.name),
        (_("Born"), *(in_words(who.born_on) if who.born_on else "" for who in (one, other))),
        (_("NI number"), ni(one.ni_number), ni(other.ni_number)),
        (_("Address"), f"{one.address} {one.postcode}", f"{other.address} {other.postcode}"),
        (_("Telephone"), one.telephone, other.telephone),
        (_("Claims"), _claims(one), _claims(other)),
    ]
    heads = (_("What"), one.ref, other.ref)
    return Table(_("The two records"), [Column(head) for head in heads], rows)


def _claims(customer: Any) -> str:
    return ", ".join(f"{claim.ref} ({claim.get_status_display()})" for claim in customer.claims.all()) or _(
        "none"
    )
