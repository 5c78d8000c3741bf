"""What the directory shows as a whole: entries to confirm, who knows what, needs by areas, what is missing."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from waymark.directory import access, queries
from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import Knowledge, NeedOrigin
from waymark.directory.rules import cell_of
from waymark.organisations.enums import Role
from waymark.web.asking import Asked
from waymark.web.directory.searching import codes_of, sections
from waymark.web.people.pages import as_csv
from waymark.web.ui.components import Action, Column, Count, Table
from waymark.web.ui.markup import hint_html, lines_html, link_html
from waymark.web.ui.templatetags.ui import day
from waymark.web.worklist.next_action import open_page

A_PAGE = 50
A_YEAR = timedelta(days=365)


def _entry_link(service: Any) -> object:
    url = reverse("directory:entry", args=[service.ref])
    return lines_html([link_html(url, service.name), hint_html(service.organisation.name)])


@require_safe
def to_confirm(request: Asked) -> HttpResponse:
    """My entries that nobody has confirmed for too long; for leaders and managers also everybody's."""
    codes, everybody = codes_of(request), request.GET.get("whose") == "all"
    rows = (
        queries.stale(request.today, codes.confirm_every_days)
        if everybody
        else queries.to_confirm(request.post, request.today, codes.confirm_every_days)
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Entries to confirm"),
        "sections": sections(request, "directory:to_confirm"),
        "every": codes.confirm_every_days,
        "everybody": everybody,
        "page": page,
        "rows": [
            {
                "service": one,
                "confirm": Action(
                    _("It is still right"),
                    reverse("directory:confirm", args=[one.ref]),
                    "post",
                    about=one.name,
                    fields={"then": "to_confirm"},
                    refused=_refused(one, request),
                ),
            }
            for one in page
        ],
        "without_owner": queries.without_owner().count() if everybody else 0,
    }
    return render(request, "directory/to_confirm.html", context)


def _refused(service: Any, request: Asked) -> str | None:
    refused = access.may_change(service, request.post)
    return str(refused) if refused else None


@require_safe
def knowledge(request: Asked) -> HttpResponse:
    """How well I know what is on offer, in four fields; for leaders and managers how well the office does."""
    here = request.post.role in (Role.TEAM_LEADER, Role.ADVISER_MANAGER)
    if request.GET.get("whose") == "office" and here:
        return _office_knowledge(request)
    services: list[Any] = list(queries.knowledge_of(request.post))
    said = [one for one in services if one.my_level]
    cells: dict[str, list[Any]] = {letter: [] for letter in "ABCD"}
    for one in said:
        cells[cell_of(one.my_level, one.my_often)].append(one)
    not_said = [one for one in services if not one.my_level]
    context = {
        "heading": _("What I know"),
        "sections": sections(request, "directory:knowledge"),
        "grid": _grid(cells),
        "counts": [
            Count(len(services), _("services on offer")),
            Count(len(said), _("you have said how well you know them")),
            Count(len(not_said), _("you have not said yet"), "#not-said" if not_said else ""),
        ],
        "said": _my_table(said, request),
        "not_said": not_said,
        "office_url": f"{reverse('directory:knowledge')}?whose=office" if here else "",
    }
    return render(request, "directory/knowledge.html", context)


def _grid(cells: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The four fields of knowledge and use (R:L1653-1662)."""
    titles = {
        "A": _("Known well, little used"),
        "B": _("Known well, much used"),
        "C": _("Little known, little used"),
        "D": _("Little known, much used"),
    }
    return [{"letter": letter, "title": titles[letter], "services": cells[letter]} for letter in "BADC"]


def _my_table(said: list[Any], request: Asked) -> Table:
    rows = [
        [
            _entry_link(one),
            f"{one.my_level}: {Knowledge(one.my_level).label}",
            _("yes") if one.my_often else _("no"),
            day(one.my_said_on, request.today),
        ]
        for one in said
    ]
    columns = [
        Column(_("Service")),
        Column(_("How well")),
        Column(_("Speaks of it often")),
        Column(_("Said")),
    ]
    return Table(_("What I have said"), columns, rows, _("Nothing yet."))


def _office_knowledge(request: Asked) -> HttpResponse:
    services = queries.knowledge_in(request.post.team.office, request.today)
    numbers: list[Any] = list(services)
    lines = [
        [one.name, one.organisation.name, one.known, one.heard, one.not_heard, one.often] for one in numbers
    ]
    heads = ["service", "organisation", "know it", "have heard of it", "have not heard of it", "use it often"]
    if request.GET.get("format") == "csv":
        return as_csv("knowledge.csv", heads, lines)
    rows = [[_entry_link(one), one.known, one.heard, one.not_heard, one.often] for one in numbers]
    columns = [
        Column(_("Service")),
        Column(_("Know it (1 or 2)"), numeric=True),
        Column(_("Have heard (3)"), numeric=True),
        Column(_("Have not (4)"), numeric=True),
        Column(_("Use it often"), numeric=True),
    ]
    context = {
        "heading": _("What we know: %(office)s") % {"office": request.post.team.office.name},
        "sections": sections(request, "directory:knowledge"),
        "intro": _(
            "People of this office who have said how well they know a service, the least known first. It shows where a"
            " visit or a presentation would help; it is no measure of anybody."
        ),
        "tables": [Table(_("Services"), columns, rows, _("Nothing is on offer."), caption_hidden=True)],
        "csv": True,
    }
    return render(request, "directory/tables.html", context)


@require_safe
def coverage(request: Asked) -> HttpResponse:
    """Needs by areas: how many services, how many places free. An empty field is a gap."""
    codes, district = codes_of(request), request.post.team.office.district
    areas = queries.areas_of(district)
    found = queries.coverage(district, areas)
    needs = codes.titles("need")
    if request.GET.get("format") == "csv":
        lines = [
            [title, area, cell.services, cell.organisations, cell.places, cell.full]
            for need, title in needs.items()
            for area in areas
            if (cell := found.get((need, area), queries.Covered(0, 0, None, 0)))
        ]
        return as_csv(
            "coverage.csv", ["need", "area", "services", "organisations", "places free", "full"], lines
        )
    rows = [
        [_need_link(need, title), *(_cell(found.get((need, area)), need, area) for area in areas)]
        for need, title in sorted(needs.items(), key=lambda one: one[1])
    ]
    without = [title for need, title in needs.items() if not any((need, area) in found for area in areas)]
    context = {
        "heading": _("Needs and areas: %(district)s") % {"district": district.name},
        "sections": sections(request, "directory:coverage"),
        "intro": _(
            "Services that people who live in an area can go to, and how many places are known to be free."
        ),
        "counts": [
            Count(len(needs) - len(without), _("needs met somewhere")),
            Count(len(without), _("needs met nowhere"), late=bool(without)),
            Count(queries.free_places(district), _("places known to be free")),
        ],
        "tables": [
            Table(
                _("Needs by areas"),
                [Column(_("Need")), *(Column(area) for area in areas)],
                rows,
                _("No service is tied to an area yet."),
                caption_hidden=True,
            )
        ],
        "csv": True,
    }
    return render(request, "directory/tables.html", context)


def _need_link(need: str, title: str) -> object:
    return link_html(f"{reverse('directory:search')}?need={need}", title)


def _cell(cell: Any, need: str, area: str) -> object:
    if cell is None:
        return _("none")
    said = ngettext("%(n)d service", "%(n)d services", cell.services) % {"n": cell.services}
    places = (
        _("places not known")
        if cell.places is None
        else ngettext("%(n)d place free", "%(n)d places free", cell.places) % {"n": cell.places}
    )
    full = ngettext("%(n)d full", "%(n)d full", cell.full) % {"n": cell.full} if cell.full else ""
    url = f"{reverse('directory:search')}?need={need}&postcode={area}"
    return lines_html([link_html(url, said), hint_html(places), hint_html(full) if full else ""])


@require_safe
def unmet(request: Asked) -> HttpResponse:
    """What could not be met this last year, the most frequent first; below it, each time."""
    codes, district = codes_of(request), request.post.team.office.district
    since = request.today - A_YEAR
    ranked, each = queries.ranked_unmet(district, since), queries.unmet(district, since)
    if request.GET.get("format") == "csv":
        lines = [
            [codes.title("need", one.need), one.postcode, one.get_origin_display(), one.noted_on, one.words]
            for one in each
        ]
        return as_csv("missing.csv", ["need", "area", "how it came to light", "noted", "words"], lines)
    page = Paginator(each, A_PAGE).get_page(request.GET.get("page"))
    note = open_page(request.post.role, "directory:note_unmet")
    context = {
        "heading": _("What is missing: %(district)s") % {"district": district.name},
        "sections": sections(request, "directory:unmet"),
        "intro": _("Noted since %(day)s, from searches that found nothing and for want of another option.")
        % {"day": day(since, request.today)},
        "actions": [Action(_("Note help that is missing"), note, primary=True)] if note else [],
        "tables": [_ranked(ranked, codes, request), _each(page, codes, request)],
        "page": page,
        "csv": True,
    }
    return render(request, "directory/tables.html", context)


def _ranked(ranked: list[Any], codes: Catalogue, request: Asked) -> Table:
    rows = [
        [
            _need_link(one.need, codes.title("need", one.need)),
            one.times,
            one.customers,
            one.offered,
            day(one.last_on, request.today),
        ]
        for one in ranked
    ]
    columns = [
        Column(_("Need")),
        Column(_("Times"), numeric=True),
        Column(_("Customers, where known"), numeric=True),
        Column(_("Services there are"), numeric=True),
        Column(_("Last")),
    ]
    return Table(_("Most often missing"), columns, rows, _("Nothing was noted."))


def _each(page: Any, codes: Catalogue, request: Asked) -> Table:
    rows = [
        [
            codes.title("need", one.need),
            one.postcode or "–",
            NeedOrigin(one.origin).label.capitalize(),
            one.words or "–",
            lines_html([day(one.noted_on, request.today), hint_html(one.by.person.name)]),
        ]
        for one in page
    ]
    columns = [
        Column(_("Need")),
        Column(_("Area")),
        Column(_("How it came to light")),
        Column(_("Words")),
        Column(_("Noted")),
    ]
    return Table(_("Each time"), columns, rows, _("Nothing was noted."))
