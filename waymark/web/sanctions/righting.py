"""Mistakes to put right: the drafts a corrected rule or fact has made, each sent or left by a person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.customers import queries as customers
from waymark.sanctions import queries, verbs
from waymark.sanctions.rules import pounds
from waymark.web.asking import Asked
from waymark.web.people.pages import as_csv, done
from waymark.web.sanctions.forms import RightForm
from waymark.web.sanctions.pages import form_view, found
from waymark.web.ui.components import Column, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day


@require_safe
def index(request: Asked) -> HttpResponse:
    """What waits to be put right in the district."""
    drafts = list(queries.drafts(request.post))
    if request.GET.get("format") == "csv":
        columns = ["draft", "customer", "decision", "was", "would have been", "pence", "drafted"]
        rows = [
            [d.ref, d.claim.customer.ref, d.what, d.was, d.would_be, d.pence, d.drafted_at.date()]
            for d in drafts
        ]
        return as_csv("put-right.csv", columns, rows)
    rows = [
        [
            link_html(reverse("sanctions:draft", args=[one.ref]), one.claim.customer.name),
            one.what,
            one.was,
            one.would_be,
            pounds(one.pence) if one.pence else "–",
            day(one.drafted_at, request.today),
        ]
        for one in drafts
    ]
    columns_shown = [
        Column(_("Customer")),
        Column(_("Decision")),
        Column(_("Was")),
        Column(_("Would have been")),
        Column(_("Money"), numeric=True),
        Column(_("Found")),
    ]
    context = {
        "heading": _("Mistakes to put right"),
        "table": Table(
            _("Drafts"), columns_shown, rows, _("Nothing waits to be put right."), caption_hidden=True
        ),
        "back_url": reverse("sanctions:list"),
        "back_label": _("Cases"),
    }
    return render(request, "sanctions/drafts.html", context)


@form_view
def draft(request: Asked, ref: str) -> HttpResponse:
    """One of them: put right, and told; or left as it is, with why."""
    one = found(request, queries.get_draft, ref)
    request.customer_read = one.claim.customer.ref
    form = RightForm(request.POST or None, initial={"act": "tell"})
    if done(request, form, lambda data: _settle(request, one, form, data)):
        messages.success(request, _("Settled: %(name)s.") % {"name": one.claim.customer.name})
        return redirect("sanctions:drafts")
    context = {
        "heading": _("Put right: %(name)s") % {"name": one.claim.customer.name},
        "form": form,
        "button_label": _("Save"),
        "must_know": customers.must_know(one.claim.customer, request.today).sentences,
        "facts": [
            (_("Decision"), one.what),
            (_("It was"), one.was),
            (_("It would have been"), one.would_be),
            (_("What was wrong"), one.because),
            (_("Money"), pounds(one.pence) if one.pence else _("none that we know of")),
        ],
        "settled": one.words if one.settled_at else "",
        "back_url": reverse("sanctions:drafts"),
        "back_label": _("Mistakes to put right"),
    }
    return render(request, "sanctions/form.html", context)


def _settle(request: Asked, one: Any, form: RightForm, data: dict[str, Any]) -> object:
    act = verbs.put_right if data["act"] == "tell" else verbs.leave_as_is
    return act(one, form.said, by=request.post, now=request.now)
