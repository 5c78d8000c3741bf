"""Figures of an office with their definition and their day; each opens to the people behind it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.insight.missed import KINDS, Coming, Group, MissedFigures, missed_figures
from waymark.interviews.managing import queries
from waymark.interviews.managing.rules import may_show
from waymark.interviews.queries import current_rules
from waymark.web.asking import Asked
from waymark.web.managers.pages import (
    Days,
    days_of,
    few,
    number_or_few,
    office_links,
    office_of,
    pages,
    share,
)
from waymark.web.people.pages import as_csv
from waymark.web.ui.components import Column, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day, day_time

PAGE = 50
SORTINGS: dict[str, Callable[[Coming], str]] = {
    "kind": lambda row: row.kind,
    "reason": lambda row: row.reason,
    "lead": lambda row: row.lead,
    "call": lambda row: row.call,
}


def share_kept(request: Asked, office: Any) -> str:
    """The share of interviews with the same adviser as before, in the usual days."""
    days = days_of(request)
    found = queries.continuity(request.post, office, days.first, days.last)
    return share(found.same, found.whole, few(request.today))


@require_safe
def continuity(request: Asked) -> HttpResponse:
    """How many held interviews were with the adviser of the one before, and which were not."""
    office, offices = office_of(request)
    days = days_of(request)
    found = queries.continuity(request.post, office, days.first, days.last)
    changed = [each for each in found.held if not each.same]
    shown = found.held if request.GET.get("all") else changed
    if request.GET.get("format") == "csv":
        rows = [
            (
                each.appointment.interview.claim.customer.ref,
                each.appointment.interview.claim.customer.name,
                each.appointment.starts_at.date(),
                each.who,
                each.before,
                "yes" if each.same else "no",
            )
            for each in found.held
        ]
        return as_csv("same-adviser.csv", ["reference", "customer", "held", "with", "before", "same"], rows)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    columns = [Column(_("Customer")), Column(_("Held")), Column(_("With")), Column(_("The one before with"))]
    listed = [
        [_customer(each.appointment), day(each.appointment.starts_at, request.today), each.who, each.before]
        for each in page
    ]
    context = {
        **_head(request, office, offices, days, "managers:continuity"),
        "heading": _("Same adviser: %(office)s") % {"office": office.name},
        "figure": share(found.same, found.whole, few(request.today)),
        "figure_label": _("of interviews were with the same adviser as the one before"),
        "definition": _(
            "Counted are interviews held in these days by customers who had been at one before. The same adviser is "
            "the person who settled both, or with whom both were booked."
        ),
        "page": page,
        "table": Table(
            _("All of them") if request.GET.get("all") else _("With somebody else than before"),
            columns,
            listed,
            _("None in these days."),
        ),
        "other": (_("Only those with somebody else"), "all") if request.GET.get("all") else None,
        "whole": found.whole,
    }
    return render(request, "managers/continuity.html", context)


@require_safe
def missed(request: Asked) -> HttpResponse:
    """Missed interviews by kind, reason heard, time since the letter, and the call before; and who they were."""
    office, offices = office_of(request)
    days = days_of(request)
    found = missed_figures(request.post, office, days.first, days.last, causes=_causes(request))
    least = few(request.today)
    chosen = _chosen(request, found, least)
    if request.GET.get("format") == "csv":
        return _missed_csv(chosen)
    page = Paginator([row for row in chosen if row.missed], PAGE).get_page(request.GET.get("page"))
    context = {
        **_head(request, office, offices, days, "managers:missed"),
        "heading": _("Missed interviews: %(office)s") % {"office": office.name},
        "figure": share(found.missed, found.whole, least),
        "figure_label": _("of the appointments that came about were missed"),
        "definition": _(
            "Counted are appointments in these days that took place or that the customer did not come to. Moved "
            "and cancelled ones are not counted: asking for another time beforehand is no failure to attend. "
            "Groups smaller than %(n)d are not shown."
        )
        % {"n": least},
        "tables": [
            _table(_("By kind"), "kind", found.kinds, least, request),
            _table(_("By the time between letter and day"), "lead", found.leads, least, request),
            _table(_("By the call before the first letter"), "call", found.calls, least, request),
            _reasons(found.reasons, found.missed, least, request),
        ],
        "page": page,
        "people": _people(page, request),
        "narrowed": _narrowed(request, found),
    }
    return render(request, "managers/missed.html", context)


def _causes(request: Asked) -> dict[str, str]:
    return {
        code: reason.title
        for rules in current_rules(request.today).values()
        for code, reason in rules.pack.reasons("good_cause").items()
    }


def _groups_of(found: MissedFigures) -> dict[str, tuple[Group, ...]]:
    return {"kind": found.kinds, "lead": found.leads, "call": found.calls, "reason": found.reasons}


def _chosen(request: Asked, found: MissedFigures, least: int) -> Sequence[Coming]:
    """The rows of the group that was opened; all of them where none was, or where it is too small to be shown."""
    by, code = request.GET.get("by", ""), request.GET.get("code", "")
    group = next((each for each in _groups_of(found).get(by, ()) if each.code == code), None)
    if group is None or not may_show(group.whole, least):
        return found.rows
    return [row for row in found.rows if SORTINGS[by](row) == code]


def _narrowed(request: Asked, found: MissedFigures) -> str:
    groups = _groups_of(found).get(request.GET.get("by", ""), ())
    return next((each.label for each in groups if each.code == request.GET.get("code", "")), "")


def _table(title: str, by: str, groups: Iterable[Group], least: int, request: Asked) -> Table:
    columns = [Column(_("Which")), Column(_("Missed")), Column(_("Of"), numeric=True)]
    rows = [
        [
            _opens(request, by, each, least),
            share(each.missed, each.whole, least),
            number_or_few(each.whole, least),
        ]
        for each in groups
    ]
    return Table(title, columns, rows, _("Nothing in these days."), caption_size="s")


def _reasons(groups: Iterable[Group], missed: int, least: int, request: Asked) -> Table:
    columns = [Column(_("Reason")), Column(_("Missed"), numeric=True), Column(_("Of all missed"))]
    rows = [
        [
            _opens(request, "reason", each, least),
            number_or_few(each.whole, least),
            share(each.whole, missed, least) if may_show(each.whole, least) else _("too few to say"),
        ]
        for each in groups
    ]
    return Table(_("By the reason heard"), columns, rows, _("None was missed."), caption_size="s")


def _opens(request: Asked, by: str, group: Group, least: int) -> object:
    if not may_show(group.whole, least):
        return group.label
    query = {name: value for name, value in request.GET.items() if name not in {"by", "code", "page"}}
    return link_html(f"?{urlencode({**query, 'by': by, 'code': group.code})}#people", group.label)


def _people(page: Any, request: Asked) -> Table:
    columns = [
        Column(_("Customer")),
        Column(_("Day")),
        Column(_("With")),
        Column(_("Kind")),
        Column(_("Reason heard")),
    ]
    causes = {**_causes(request), "heard": _("heard"), "said": _("given"), "not_heard": _("not yet")}
    rows = [
        [
            _customer(row.appointment),
            day_time(row.appointment.starts_at, request.today),
            row.appointment.adviser.name,
            str(KINDS[row.kind]),
            causes.get(row.reason, row.reason),
        ]
        for row in page
    ]
    return Table(_("Who did not come"), columns, rows, _("Nobody missed one in these days."))


def _missed_csv(rows: Iterable[Coming]) -> HttpResponse:
    columns = ["reference", "customer", "day", "adviser", "missed", "kind", "reason", "letter", "call before"]
    return as_csv(
        "missed-interviews.csv",
        columns,
        (
            (
                row.appointment.interview.claim.customer.ref,
                row.customer,
                row.appointment.starts_at.date(),
                row.appointment.adviser.name,
                "yes" if row.missed else "no",
                row.kind,
                row.reason if row.missed else "",
                row.lead,
                row.call,
            )
            for row in rows
        ),
    )


def _head(request: Asked, office: Any, offices: list[Any], days: Days, page: str) -> dict[str, Any]:
    return {
        "pages": pages(page, office, request.post.team.office),
        "offices": office_links(offices, office, page),
        "filters": days.form,
        "days": _("%(first)s to %(last)s, as at %(now)s")
        % {
            "first": day(days.first, request.today),
            "last": day(days.last, request.today),
            "now": day_time(request.now, request.today),
        },
    }


def _customer(appointment: Any) -> object:
    customer = appointment.interview.claim.customer
    return link_html(reverse("customers:record", args=[customer.ref]), customer.name)
