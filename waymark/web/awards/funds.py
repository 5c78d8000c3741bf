"""The fund of an office: what was put in, promised, paid, and is left; line by line."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.awards import access, queries, verbs
from waymark.awards.rules import financial_year, pounds, pounds_exactly
from waymark.web.asking import Asked
from waymark.web.awards.forms import FundForm
from waymark.web.awards.pages import form_view, refused_words, sections
from waymark.web.people.pages import as_csv, one_form
from waymark.web.ui.components import Action, Column, Count, Link, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day

A_PAGE = 25


def year_words(year: int) -> str:
    return _("April %(year)d to March %(next)d") % {"year": year, "next": year + 1}


def found_office(request: Asked, code: str) -> Any:
    try:
        return queries.get_office(request.post, code)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_safe
def own(request: Asked) -> HttpResponse:
    """The fund of one's own office, or of the first of the district."""
    office = queries.offices_of(request.post).first()
    if office is None:
        raise Http404
    return redirect("awards:fund", office.code, financial_year(request.today))


@require_safe
def show(request: Asked, code: str, year: int) -> HttpResponse:
    """A fund and its ledger."""
    office = found_office(request, code)
    view = queries.fund_view(office, year)
    entries: Any = queries.ledger(view.fund) if view.fund else []
    if request.GET.get("format") == "csv":
        columns = ["day", "what", "award", "pounds", "why", "by"]
        rows = [
            [
                e.at.date(),
                e.get_kind_display(),
                e.award.ref if e.award else "",
                f"{e.pence / 100:.2f}",
                e.why,
                e.by.person.name if e.by else "",
            ]
            for e in entries
        ]
        return as_csv(f"fund-{code}-{year}.csv", columns, rows)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("The fund of %(office)s") % {"office": office.name},
        "sections": sections(request, "awards:own_fund"),
        "year": year_words(year),
        "counts": [
            Count(pounds(view.left), _("left")),
            Count(pounds(view.promised), _("promised to customers")),
            Count(pounds(view.paid), _("of it paid")),
            Count(pounds(view.put_in), _("put in")),
        ],
        "view": view,
        "page": page,
        "table": _ledger(page, request.today),
        "others": _others(request, office, year),
        "action": Action(
            _("Put in or take out"),
            reverse("awards:change_fund", args=[code, year]),
            refused=refused_words(access.may_look_after(office, request.post)),
        ),
    }
    return render(request, "awards/fund.html", context)


def _ledger(page: Any, today: Any) -> Table:
    return Table(
        _("The ledger, newest first"),
        [
            Column(_("Day")),
            Column(_("What")),
            Column(_("For")),
            Column(_("By")),
            Column(_("Sum"), numeric=True),
        ],
        [
            [
                day(one.at, today),
                str(one.get_kind_display()).capitalize(),
                link_html(reverse("awards:award", args=[one.award.ref]), one.award.claim.customer.name)
                if one.award
                else one.why,
                one.by.person.name if one.by else "",
                pounds_exactly(one.pence),
            ]
            for one in page
        ],
        empty=_("Nothing has been put in yet."),
    )


def _others(request: Asked, office: Any, year: int) -> list[Link]:
    """Other years of this office, other offices of this year."""
    years = [
        Link(year_words(one), reverse("awards:fund", args=[office.code, one]), one == year)
        for one in queries.years_of(office, request.today)
    ]
    offices = [
        Link(one.name, reverse("awards:fund", args=[one.code, year]))
        for one in queries.offices_of(request.post)
        if one.pk != office.pk
    ]
    return [*years, *offices]


@form_view
def change(request: Asked, code: str, year: int) -> HttpResponse:
    """The manager puts money in, or takes some out again."""
    office = found_office(request, code)
    form = FundForm(request.POST or None, initial={"way": "in"})
    return one_form(
        request,
        form,
        lambda data: verbs.change_fund(
            office, year, form.pence, why=data["why"], by=request.post, now=request.now
        ),
        said=lambda fund: _("It is in the ledger. %(sum)s are left.") % {"sum": pounds(fund.left_pence)},
        heading=_("The fund of %(office)s, %(year)s") % {"office": office.name, "year": year_words(year)},
        button=_("Write it into the ledger"),
        back=reverse("awards:fund", args=[code, year]),
        back_label=_("The fund"),
    )
