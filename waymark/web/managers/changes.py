"""Customers whose interviews a published change makes compulsory, or no longer so: settled by a person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from waymark.interviews.enums import Standing
from waymark.interviews.publishing import queries, verbs
from waymark.interviews.queries import current_rules
from waymark.web.asking import Asked
from waymark.web.managers.pages import office_of, pages
from waymark.web.people.pages import as_csv
from waymark.web.ui.markup import link_html

PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])


class SettleForm(forms.Form):
    """Which of the customers of this page are settled."""

    which = forms.MultipleChoiceField(
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one customer")},
    )

    def __init__(self, rows: list[Any], data: Any = None) -> None:
        super().__init__(data)
        self.rows = {row.claim.ref: row for row in rows}
        field = self.fields["which"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.required = "all" not in self.data
        field.choices = [(ref, row.claim.customer.name) for ref, row in self.rows.items()]

    @property
    def chosen(self) -> list[Any]:
        if "all" in self.data:
            return list(self.rows.values())
        return [self.rows[ref] for ref in self.cleaned_data["which"]]


@form_view
def to_settle(request: Asked) -> HttpResponse:
    """Each customer with what would change for them; one, several or all of a page at once."""
    found = queries.to_settle(request.post)
    if request.GET.get("format") == "csv":
        return _csv(found, _titles(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    form = SettleForm(list(page), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        result = verbs.settle_all(form.chosen, by=request.post, now=request.now)
        said = ngettext(
            "Settled for %(n)d customer; they are told where something changes.",
            "Settled for %(n)d customers; they are told where something changes.",
            result.done,
        )
        messages.success(request, said % {"n": result.done})
        for touched, why in result.refused:
            messages.warning(request, f"{touched.claim.customer.name}: {why}")
        return redirect("managers:changes")
    office, _offices = office_of(request)
    titles = _titles(request)
    context = {
        "heading": _("Customers whom changed rules touch"),
        "pages": pages("managers:changes", office, request.post.team.office),
        "form": form,
        "page": page,
        "rows": [
            {
                "ref": row.claim.ref,
                "name": row.claim.customer.name,
                "link": link_html(
                    reverse("customers:record", args=[row.claim.customer.ref]), row.claim.customer.name
                ),
                "programme": row.replay.version.title,
                "before": _said(row.standing_before, row.because_before, titles),
                "after": _said(row.standing_after, row.because_after, titles),
            }
            for row in page
        ],
    }
    return render(request, "managers/changes.html", context)


def _titles(request: Asked) -> dict[str, str]:
    return {
        code: reason.title
        for rules in current_rules(request.today).values()
        for code, reason in rules.pack.reasons("standing").items()
    }


def _said(standing: str, because: str, titles: dict[str, str]) -> tuple[str, str]:
    return str(Standing(standing).label), titles.get(because, because)


def _csv(found: Any, titles: dict[str, str]) -> HttpResponse:
    columns = ["customer", "claim", "name", "office", "programme", "before", "because", "after", "because"]
    return as_csv(
        "changed-rules.csv",
        columns,
        (
            (
                row.claim.customer.ref,
                row.claim.ref,
                row.claim.customer.name,
                row.claim.office.name,
                row.replay.version.title,
                *_said(row.standing_before, row.because_before, titles),
                *_said(row.standing_after, row.because_after, titles),
            )
            for row in found
        ),
    )
