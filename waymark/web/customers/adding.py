"""Finding a customer, and adding one who is not there yet."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waymark.customers import access, queries, verbs
from waymark.customers.queries import Found
from waymark.web.asking import Asked
from waymark.web.customers.forms import IdentityForm, SearchForm
from waymark.web.customers.pages import posted, tried
from waymark.web.people.pages import as_csv
from waymark.web.ui.components import Action, Column, Table
from waymark.web.ui.forms import in_words
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import ni

A_PAGE = 25
# Found customers in another order than the nearest first; what is not known comes last.
SORTS: dict[str, Callable[[Found], Any]] = {
    "name": lambda one: (one.family_name.casefold(), one.name.casefold()),
    "born": lambda one: one.born_on or date.max,
    "office": lambda one: (one.office.casefold(), one.family_name.casefold()),
}


@require_safe
def search(request: Asked) -> HttpResponse:
    """Customers by whatever is at hand."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.search(request.post, asked, request.today)
    wanted = request.GET.get("sort", "")
    key = SORTS.get(wanted.removeprefix("-"))
    if key:
        found = sorted(found, key=key, reverse=wanted.startswith("-"))
    if request.GET.get("format") == "csv":
        return _csv(found)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Customers"),
        "form": form,
        "asked": asked,
        "found": found,
        "most": queries.MOST,
        "page": page,
        "sorted": key is not None,
        "table": _table(page.object_list, asked),
        "add": _add_action(request, asked),
    }
    return render(request, "customers/search.html", context)


def _table(found: Iterable[Found], asked: str) -> Table:
    columns = [
        Column(_("Customer"), sort="name"),
        Column(_("Born"), sort="born"),
        Column(_("NI number")),
        Column(_("Office"), sort="office"),
        Column(_("Claim")),
        Column(_("Found by")),
    ]
    rows = [
        (
            link_html(reverse("customers:record", args=[one.ref]), one.name),
            in_words(one.born_on) if one.born_on else _("not known"),
            ni(one.ni_number) or _("not known"),
            one.office,
            _claim_words(one),
            one.by,
        )
        for one in found
    ]
    return Table(_("Found for “%(asked)s”") % {"asked": asked}, columns, rows)


def _csv(found: Iterable[Found]) -> HttpResponse:
    columns = ["customer", "name", "born", "NI number", "office", "claim", "state of the claim", "found by"]
    rows = (
        [
            one.ref,
            one.name,
            one.born_on or "",
            one.ni_number,
            one.office,
            one.claim_ref,
            _claim_words(one),
            one.by,
        ]
        for one in found
    )
    return as_csv("customers.csv", columns, rows)


def _claim_words(one: Found) -> str:
    if not one.claim_ref:
        return _("none yet")
    return _("live") if one.claim_live else _("ended")


def _add_action(request: Asked, asked: str) -> Action:
    refusal = access.may_add(request.post)
    given, _space, family = asked.strip().rpartition(" ")
    start = (
        {"given_names": given, "family_name": family} if asked and not any(c.isdigit() for c in asked) else {}
    )
    return Action(
        _("Add a customer"),
        f"{reverse('customers:new')}?{urlencode(start)}",
        refused=f"{refusal.message} {refusal.cure}" if refusal else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Add a customer. Who may be the same person is shown first."""
    start = {
        name: request.GET[name] for name in ("given_names", "family_name", "ni_number") if name in request.GET
    }
    form = IdentityForm(posted(request), initial=start, on=request.today, synthetic=settings.DEMO)
    likely: list[queries.Likeness] = []
    if form.is_valid() and form.identity is not None:
        likely = queries.likely_duplicates(form.identity, request.post)
        looked_at = request.POST.getlist("none_of")
        if not likely or looked_at:
            customer = tried(form, lambda _data: _added(form, looked_at, request))
            if customer is not None:
                messages.success(request, _("%(name)s is added. Now their claim.") % {"name": customer.name})
                return redirect("customers:new_claim", customer.ref)
    context = {
        "heading": _("Add a customer"),
        "form": form,
        "likely": likely,
        "back_url": reverse("customers:search"),
    }
    return render(request, "customers/new.html", context)


def _added(form: IdentityForm, looked_at: list[str], request: Asked) -> Any:
    assert form.identity is not None  # a right form has one
    return verbs.add_customer(form.identity, by=request.post, now=request.now, none_of=looked_at)
