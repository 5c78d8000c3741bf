"""The weeks of an office as its manager sees them."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from waymark.interviews.diary import rules as times
from waymark.interviews.managing import queries
from waymark.interviews.publishing import queries as publishing
from waymark.web.asking import Asked
from waymark.web.managers.figures import share_kept
from waymark.web.managers.pages import hours, office_links, office_of, pages
from waymark.web.ui.components import Action, Column, Count, Table
from waymark.web.ui.markup import hint_html, lines_html, link_html
from waymark.web.ui.templatetags.ui import clock, day

WEEKS = 4
WEEK = timedelta(days=7)


@require_safe
def overview(request: Asked) -> HttpResponse:
    """Who has how much to do in the weeks ahead, who is away, what is over-booked, and what waits for a time."""
    office, offices = office_of(request)
    own = request.post.team.office
    arrived = queries.arrivals(office, request.today)
    waiting = list(queries.to_move(office))
    absences = queries.absences_ahead(office, request.now)
    in_absences = sum(each.appointments for each in absences)
    changes = publishing.to_settle(request.post).filter(claim__office=office).count()
    context = {
        "heading": _("Managing %(office)s") % {"office": office.name},
        "pages": pages("managers:overview", office, own),
        "offices": office_links(offices, office, "managers:overview"),
        "counts": [
            Count(in_absences, _("appointments of people who are away"), "#away", late=bool(in_absences)),
            Count(len(waiting), _("waiting for another time"), "#waiting", late=bool(waiting)),
            Count(
                changes, _("customers for whom changed rules are to be settled"), reverse("managers:changes")
            ),
        ],
        "arrivals": _arrivals(arrived),
        "more_than_places": arrived.more_than_places,
        "continuity": share_kept(request, office),
        "absences": _absences(absences, request),
        "waiting": _waiting(waiting, request),
        "over": _over(office, request),
        "load": _load(office, request),
    }
    return render(request, "managers/overview.html", context)


@require_safe
def gaps(request: Asked) -> HttpResponse:
    """Free stretches of the next five working days in which an interview would fit."""
    office, offices = office_of(request)
    found = queries.gaps(office, now=request.now)
    rows = [
        [
            day(gap.day, request.today),
            link_html(_diary_of(gap.ref, gap.day), gap.name),
            clock(gap.starts),
            hours(gap.minutes),
        ]
        for gap in found
    ]
    columns = [Column(_("Day")), Column(_("Who")), Column(_("From")), Column(_("For"), numeric=True)]
    context = {
        "heading": _("Free stretches: %(office)s") % {"office": office.name},
        "pages": pages("managers:gaps", office, request.post.team.office),
        "offices": office_links(offices, office, "managers:gaps"),
        "intro": _(
            "Time in the next five working days that nothing fills and in which an interview of 45 minutes fits."
        ),
        "table": Table(
            _("Free stretches"), columns, rows, _("Every stretch is filled."), caption_hidden=True
        ),
    }
    return render(request, "managers/table.html", context)


def _arrivals(found: queries.Arrivals) -> str:
    words = ngettext("%(n)d appointment today", "%(n)d appointments today", found.within) % {
        "n": found.within
    }
    if found.over:
        words += ", " + _("%(n)d more beside them (over-booked)") % {"n": found.over}
    return words + ", " + _("%(n)d customers have arrived so far.") % {"n": found.arrived}


def _absences(absences: list[queries.AbsenceAhead], request: Asked) -> Table:
    rows = [
        [
            each.name,
            _("%(first)s to %(last)s")
            % {"first": day(each.first_day, request.today), "last": day(each.last_day, request.today)}
            if each.first_day != each.last_day
            else day(each.first_day, request.today),
            each.cover or _("nobody yet"),
            each.appointments,
            Action(
                _("Find other times"),
                reverse(
                    "managers:rebook", args=[each.ref, each.first_day.isoformat(), each.last_day.isoformat()]
                ),
                about=each.name,
                primary=True,
            )
            if each.appointments
            else _("nothing to move"),
        ]
        for each in absences
    ]
    columns = [
        Column(_("Who")),
        Column(_("Away")),
        Column(_("Cover")),
        Column(_("Appointments"), numeric=True),
        Column(_("Next")),
    ]
    late = frozenset(place for place, each in enumerate(absences) if each.appointments)
    return Table(_("Away now and ahead"), columns, rows, _("Nobody is noted as away."), late_rows=late)


def _waiting(waiting: list[Any], request: Asked) -> Table:
    rows = [
        [
            link_html(reverse("customers:record", args=[task.claim.customer.ref]), task.claim.customer.name),
            task.words,
            day(task.due_on, request.today),
            Action(
                _("Find another time"),
                reverse("managers:move_for_task", args=[task.ref]),
                about=task.claim.customer.name,
            ),
        ]
        for task in waiting
    ]
    columns = [Column(_("Customer")), Column(_("Why")), Column(_("By")), Column(_("Next"))]
    return Table(_("Waiting for another time"), columns, rows, _("No appointment waits for another time."))


def _over(office: Any, request: Asked) -> Table:
    rows = [
        [
            link_html(
                f"{reverse('diaries:day', args=[each.day.isoformat()])}?office={office.code}",
                day(each.day, request.today),
            ),
            each.within,
            each.over,
        ]
        for each in queries.over_days(office, request.now)
    ]
    columns = [
        Column(_("Day")),
        Column(_("Within the diaries"), numeric=True),
        Column(_("Over-booked"), numeric=True),
    ]
    return Table(_("Over-booked days"), columns, rows, _("No day ahead is over-booked."))


def _load(office: Any, request: Asked) -> Table:
    loads = queries.load(office, request.today, weeks=WEEKS, now=request.now)
    sizes = queries.caseload_sizes(office)
    monday = times.monday(request.today)
    weeks = [monday + number * WEEK for number in range(WEEKS)]
    columns = [
        Column(_("Adviser")),
        Column(_("Customers"), numeric=True),
        *(Column(_("Week of %(day)s") % {"day": day(each, request.today)}) for each in weeks),
    ]
    rows = [
        [
            link_html(f"{reverse('diaries:person', args=[each.ref])}?week={monday.isoformat()}", each.name),
            link_html(reverse("managers:hand_over", args=[each.ref]), sizes[each.id])
            if sizes.get(each.id)
            else 0,
            *(_week(week) for week in each.weeks),
        ]
        for each in loads
    ]
    return Table(_("Booked hours"), columns, rows, _("No adviser holds a post here."))


def _week(week: queries.WeekLoad) -> object:
    if not week.hours:
        said = _("not here")
        return said if not week.booked else lines_html([said, hint_html(_booked(week))])
    return lines_html(
        [
            _("%(booked)s of %(hours)s") % {"booked": hours(week.booked), "hours": hours(week.hours)},
            hint_html(
                _("%(percent)d %%, free %(free)s") % {"percent": week.percent or 0, "free": hours(week.free)}
            ),
        ]
    )


def _booked(week: queries.WeekLoad) -> str:
    return ngettext("%(n)d appointment to move", "%(n)d appointments to move", week.appointments) % {
        "n": week.appointments
    }


def _diary_of(ref: str, on: Any) -> str:
    return f"{reverse('diaries:person', args=[ref])}?week={on.isoformat()}"
