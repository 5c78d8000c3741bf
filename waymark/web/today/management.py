"""Today of the adviser manager: what was raised, what nobody has picked up, who is away, how full the week is."""

from typing import Any

from django.utils.translation import gettext as _

from waymark.interviews.diary import queries as diary
from waymark.interviews.queries import current_rules
from waymark.staffing import queries as staffing
from waymark.web.asking import Asked
from waymark.web.today.work import OfOffice, Part, _all_url, due_for, late_and_today
from waymark.web.ui.components import Action, Column, Count, Table
from waymark.web.ui.templatetags.ui import day, minutes
from waymark.web.worklist.next_action import open_page
from waymark.worklist import queries as worklist

DUE_WORK = OfOffice(worklist.manager_counts, ("raised", "untaken"))


def manager(request: Asked) -> dict[str, Any]:
    """Escalated work, unpicked work, absences and the week of the office."""
    post, on = request.post, request.today
    due, rows = due_for(request, "leader", current_rules(on), DUE_WORK)
    raised_n, untaken_n = due.in_office
    away = list(staffing.away_in(post, on))
    uncovered = [absence for absence in away if absence.cover is None]
    counts = [
        Count(raised_n, _("raised to you"), "#raised" if raised_n else "", late=bool(raised_n)),
        Count(untaken_n, _("nobody has taken"), "#untaken" if untaken_n else ""),
        Count(len(away), _("away today"), "#away" if away else ""),
        Count(len(uncovered), _("without cover"), late=bool(uncovered)),
        *late_and_today(due),
    ]
    parts = [
        Part("raised", _("Raised to you"), tuple(rows["raised"]), raised_n, _all_url("late")),
        Part(
            "untaken",
            _("Due, and nobody has taken it"),
            tuple(rows["untaken"]),
            untaken_n,
            f"{_all_url('')}?taken=no",
        ),
        *due.parts,
    ]
    week = open_page(post.role, "diaries:week")
    return {
        "parts": [part for part in parts if part.rows],
        "counts": counts,
        "actions": [Action(_("Diaries of the week"), week)] if week else [],
        "due": due,
        "coming": "",
        "away": _away(away, request),
        "load": _load(request),
    }


def _away(away: list[Any], request: Asked) -> Table:
    columns = [Column(_("Who")), Column(_("Until")), Column(_("Cover"))]
    rows = [
        [one.person.name, day(one.last_day, request.today), one.cover.name if one.cover else _("nobody yet")]
        for one in away
    ]
    late = frozenset(place for place, one in enumerate(away) if one.cover is None)
    return Table(_("Away today"), columns, rows, _("Everybody is here."), late_rows=late, caption_size="s")


def _load(request: Asked) -> Table:
    """How much is booked with whom this week; what is free stands in the diaries themselves."""
    booked = diary.booked_in_week(request.post.office, request.today)
    columns = [Column(_("Who")), Column(_("Appointments"), numeric=True), Column(_("Time"), numeric=True)]
    rows = [[each.name, each.appointments, minutes(each.minutes)] for each in booked]
    return Table(_("Diaries this week"), columns, rows, _("Nothing is booked this week."), caption_size="s")
