"""Better off in work, or not: the form, the sums side by side, and the page for the customer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.awards import access, queries, rendering, verbs
from waymark.awards.better_off import Outcome
from waymark.awards.rules import pounds_exactly
from waymark.customers import queries as customers
from waymark.web.asking import Asked
from waymark.web.awards.better_off_forms import BetterOffForm, entered
from waymark.web.awards.pages import about, form_view, page_about, refused_words
from waymark.web.people.pages import done
from waymark.web.ui.components import Action, Column, Table
from waymark.web.ui.templatetags.ui import long_day, tag


@form_view
@about(customers.get_claim)
def work_out(request: Asked, claim: Any) -> HttpResponse:
    """What goes in; the last calculation's values stand there to be changed."""
    last = queries.calculations_of(claim).first()
    rules = queries.rules_of(claim, request.today)
    initial = entered(*queries.inputs(last)) if last else {}
    form = BetterOffForm(
        request.POST or None,
        schemes=queries.schemes(rules),
        first=last.scheme if last else rules.value("better_off.scheme"),
        initial={**initial, "starts_on": last.starts_on if last else None},
    )
    made: list[Any] = []
    if done(request, form, lambda data: made.append(_work_out(request, claim, form))):
        return redirect("awards:calculation", made[0].ref)
    context = page_about(
        request,
        claim,
        form=form,
        heading=_("Better off in work? %(name)s") % {"name": claim.customer.name},
        refused=refused_words(access.may_decide(claim, request.post)),
        back_url=reverse("awards:money", args=[claim.ref]),
        back_label=_("Money"),
    )
    return render(request, "awards/better_off_form.html", context)


def _work_out(request: Asked, claim: Any, form: BetterOffForm) -> Any:
    data = form.cleaned_data
    return verbs.work_it_out(
        claim,
        form.home,
        form.job,
        scheme=data["scheme"],
        starts_on=data["starts_on"],
        explained=data["explained"],
        customers_words=data["customers_words"],
        by=request.post,
        now=request.now,
    )


@require_safe
@about(queries.get_calculation)
def show(request: Asked, calculation: Any) -> HttpResponse:
    """The sums side by side, the notes, and the rates they rest on."""
    found = queries.outcome(calculation)
    rates = queries.rates_of(calculation)
    context = page_about(
        request,
        calculation,
        heading=_("Better off in work? %(name)s") % {"name": calculation.claim.customer.name},
        calculation=calculation,
        outcome=found,
        words=better_words(found),
        unconfirmed="; ".join(found.unconfirmed),
        table=sums_table(found),
        rates=rates,
        rates_table=_rates_table(rates),
        actions=[
            Action(
                _("Print for the customer"),
                reverse("awards:calculation_pdf", args=[calculation.ref]),
                primary=True,
            ),
            Action(
                _("Work it out again"),
                reverse("awards:better_off", args=[calculation.claim.ref]),
                refused=refused_words(access.may_decide(calculation.claim, request.post)),
            ),
        ],
        back_url=reverse("awards:money", args=[calculation.claim.ref]),
        back_label=_("Money"),
        made_words=_("Number %(n)d, worked out by %(who)s on %(day)s")
        % {
            "n": calculation.number,
            "who": calculation.made_by.person.name,
            "day": long_day(calculation.made_at, request.today),
        },
    )
    return render(request, "awards/calculation.html", context)


@require_safe
@about(queries.get_calculation)
def pdf(request: Asked, calculation: Any) -> HttpResponse:
    """One page for the customer."""
    return sheet(calculation)


def sheet(calculation: Any) -> HttpResponse:
    response = HttpResponse(
        rendering.pdf(rendering.sheet(calculation, queries.outcome(calculation))),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = f'inline; filename="better-off-{calculation.ref}.pdf"'
    return response


def better_words(found: Outcome) -> list[tuple[str, str, str]]:
    """The two answers in words: which year, how much, more or less."""
    return [
        (_("In the first year"), pounds_exactly(abs(found.better_first)), _more(found.better_first)),
        (_("In the second year"), pounds_exactly(abs(found.better_second)), _more(found.better_second)),
    ]


def _more(pence: int) -> str:
    if pence == 0:
        return _("a week: the same as now")
    return _("a week more than now") if pence > 0 else _("a week less than now")


def sums_table(found: Outcome) -> Table:
    """Every line once, with its sum now, in the first year and in the second; the last row adds up."""
    rows: list[list[object]] = [
        [
            format_html('{}<br><span class="wm-quiet govuk-!-font-weight-regular">{}</span>', label, basis),
            *("–" if pence is None else pounds_exactly(pence) for pence in sums),
        ]
        for label, basis, sums in found.rows
    ]
    left = [pounds_exactly(column.left) for column in found.columns]
    rows.append([_("Left a week"), *(format_html("<strong>{}</strong>", sum_) for sum_ in left)])
    return Table(
        _("The sums, a week"),
        [
            Column(_("What")),
            *(Column(_(column.title), numeric=True) for column in found.columns),
        ],
        rows,
    )


def _rates_table(rates: Any) -> Table:
    return Table(
        rates.title,
        [Column(_("Value")), Column(_("Sum"), numeric=True), Column(_("Unit")), Column(_("Source"))],
        [[one.title, f"{one.value:,}", one.unit, _source(one)] for one in rates.rates.values()],
        caption_hidden=True,
    )


def _source(rate: Any) -> object:
    """Where a rate was read, and its note; first of all, whether anybody has."""
    said = " ".join(f"{part.rstrip('.')}." for part in (rate.source, rate.note) if part)
    if rate.confirmed:
        return said
    return format_html("{} {}", tag(_("not confirmed"), "waiting"), said)
