"""Who could have had money and was not offered it; the files of payments."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from waymark.awards import queries
from waymark.awards.rules import pounds, pounds_exactly
from waymark.web.asking import Asked
from waymark.web.awards.forms import ChancesFilter
from waymark.web.awards.pages import kind_words, sections
from waymark.web.people.pages import as_csv, day_in_path
from waymark.web.ui.components import Column, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day, long_day

A_PAGE = 25


@require_safe
def chances(request: Asked) -> HttpResponse:
    """Customers whose answers would allow an award that was neither offered nor declined."""
    form = ChancesFilter(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_bound and form.is_valid() else ""
    found = queries.could_have(request.post, request.today, kind=kind)
    if request.GET.get("format") == "csv":
        columns = ["customer", "name", "office", "kind", "because", "known since", "not mentioned because"]
        rows = [
            [
                one.claim.customer.ref,
                one.claim.customer.name,
                one.claim.office.name,
                kind_words(one.kind),
                one.because,
                one.since,
                one.not_mentioned,
            ]
            for one in found
        ]
        return as_csv("could-be-offered.csv", columns, rows)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Money that could be offered"),
        "sections": sections(request, "awards:chances"),
        "filter": form,
        "page": page,
        "total": page.paginator.count,
        "table": _chances_table(page, request.today),
    }
    return render(request, "awards/chances.html", context)


def _chances_table(page: Any, today: Any) -> Table:
    return Table(
        _("Could be offered"),
        [
            Column(_("Customer")),
            Column(_("What")),
            Column(_("Why it could be had")),
            Column(_("Known since")),
            Column(_("Not mentioned because")),
        ],
        [
            [
                link_html(reverse("awards:money", args=[one.claim.ref]), one.claim.customer.name),
                kind_words(one.kind),
                one.because,
                day(one.since, today),
                one.not_mentioned or _("nobody has said"),
            ]
            for one in page
        ],
        caption_hidden=True,
    )


@require_safe
def payments(request: Asked) -> HttpResponse:
    """The files that were made, and what the next one would hold."""
    page = Paginator(queries.batches(), A_PAGE).get_page(request.GET.get("page"))
    found = list(page)
    shares = queries.shares(request.post, found)
    due = queries.due(request.post, request.today)
    rows = []
    for batch in found:
        lines, pence = shares.get(batch.pk, (0, 0))
        rows.append(
            [
                link_html(
                    reverse("awards:payment", args=[batch.on.isoformat()]), long_day(batch.on, request.today)
                ),
                str(lines),
                pounds_exactly(pence),
                f"{batch.lines} · {pounds(batch.pence)}",
            ]
        )
    context = {
        "heading": _("Payments to customers"),
        "sections": sections(request, "awards:payments"),
        "due": due,
        "due_words": ngettext("%(n)d payment", "%(n)d payments", due.lines) % {"n": due.lines},
        "due_sum": pounds(due.pence),
        "held_words": ngettext("%(n)d payment waits", "%(n)d payments wait", due.held) % {"n": due.held},
        "held_sum": pounds(due.held_pence),
        "page": page,
        "table": Table(
            _("Files that were made"),
            [
                Column(_("Day")),
                Column(_("Your customers"), numeric=True),
                Column(_("Sum"), numeric=True),
                Column(_("In the whole file"), numeric=True),
            ],
            rows,
            empty=_("No file has been made yet."),
        ),
    }
    return render(request, "awards/payments.html", context)


@require_safe
def held(request: Asked) -> HttpResponse:
    """Payments that wait, the longest first: why, and who sees to it."""
    page = Paginator(queries.held(request.post), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Payments that wait"),
        "sections": sections(request, "awards:held"),
        "page": page,
        "total": page.paginator.count,
        "table": Table(
            _("Payments that wait"),
            [
                Column(_("Customer")),
                Column(_("What")),
                Column(_("Since")),
                Column(_("Why")),
                Column(_("Who sees to it")),
                Column(_("Sum"), numeric=True),
            ],
            [_held_line(one, request.today) for one in queries.with_who_acts(list(page))],
            empty=_("No payment waits."),
            caption_hidden=True,
        ),
    }
    return render(request, "awards/held.html", context)


def _held_line(one: queries.Held, today: Any) -> list[object]:
    part, award = one.part, one.part.award
    return [
        link_html(reverse("awards:award", args=[award.ref]), award.claim.customer.name),
        kind_words(award.kind),
        day(part.held_at, today),
        capfirst(part.get_held_because_display()),
        one.who or _("nobody yet"),
        pounds_exactly(part.pence),
    ]


@require_safe
def payment(request: Asked, day: str) -> HttpResponse:
    """One file, with the payments to customers within reach."""
    on = day_in_path(day)
    try:
        batch = queries.get_batch(on)
    except ObjectDoesNotExist:
        raise Http404 from None
    rows = queries.lines_of(request.post, batch)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Payments of %(day)s") % {"day": long_day(on, request.today)},
        "batch": batch,
        "page": page,
        "total": page.paginator.count,
        "table": Table(
            _("Payments to your customers"),
            [
                Column(_("Customer")),
                Column(_("What")),
                Column(_("For the days")),
                Column(_("Sum"), numeric=True),
            ],
            [_line(part, request.today) for part in page],
            empty=_("None of them goes to a customer of yours."),
        ),
        "back_url": reverse("awards:payments"),
        "back_label": _("Payments"),
    }
    return render(request, "awards/payment.html", context)


def _line(part: Any, today: Any) -> list[object]:
    award = part.award
    return [
        link_html(reverse("awards:award", args=[award.ref]), award.claim.customer.name),
        kind_words(award.kind),
        f"{day(part.covers_from, today)} – {day(part.covers_until, today)}",
        pounds_exactly(part.pence),
    ]
