"""Today of those who see no customers: the administrator and the policy owner."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.programme import queries as programme
from waymark.staffing import queries as staffing
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Column, Count, Table
from waymark.web.ui.templatetags.ui import day, day_time
from waymark.web.worklist.next_action import open_page


def administrator(request: Asked) -> dict[str, Any]:
    """Who leaves, who has no post, which teams have nobody, whose absence nobody covers, how far the holidays reach."""
    found = staffing.admin_today(request.post, request.today)
    people = reverse("people:list")
    counts = [
        Count(len(found.leaving), _("leaving soon"), late=bool(found.leaving)),
        Count(len(found.without_post), _("without a post"), late=bool(found.without_post)),
        Count(
            len(found.empty_teams),
            _("teams without anybody"),
            reverse("people:places"),
            late=bool(found.empty_teams),
        ),
        Count(len(found.without_cover), _("absences without cover"), late=bool(found.without_cover)),
        Count(found.away, _("away today"), f"{people}?state=away"),
    ]
    return {
        "parts": [],
        "counts": counts,
        "actions": [Action(_("Add a person"), reverse("people:add"), primary=True)],
        "tables": _tables(found, request),
        "sentences": _sentences(found, request),
        "quiet": found.quiet,
    }


def _tables(found: staffing.AdminToday, request: Asked) -> list[Table]:
    today = request.today
    tables = [
        Table(
            _("Posts that end soon, with none after them"),
            [Column(_("Who")), Column(_("Team")), Column(_("Last day"))],
            [
                [p.person.name, f"{p.team.name}, {p.team.office.name}", day(p.ends_on, today)]
                for p in found.leaving
            ],
        ),
        Table(
            _("People who can sign in and have no post"),
            [Column(_("Who")), Column(_("E-mail"))],
            [[p.name, p.email] for p in found.without_post],
        ),
        Table(
            _("Teams that own work and have nobody"),
            [Column(_("Team")), Column(_("Office"))],
            [[t.name, t.office.name] for t in found.empty_teams],
        ),
        Table(
            _("Absences that nobody covers"),
            [Column(_("Who")), Column(_("From")), Column(_("Until"))],
            [[a.person.name, day(a.first_day, today), day(a.last_day, today)] for a in found.without_cover],
        ),
    ]
    return [*(table for table in tables if table.rows), _packs(found.packs, request)]


def _packs(packs: Any, request: Asked) -> Table:
    """The programmes in force, by the version loaded last."""
    columns = [Column(_("Programme")), Column(_("Version")), Column(_("Loaded")), Column(_("Holds from"))]
    rows = [
        [
            pack.title,
            pack.digest[:8],
            day_time(pack.loaded_at, request.today),
            day(pack.valid_from, request.today),
        ]
        for pack in packs
    ]
    return Table(_("Programmes"), columns, rows, _("No programme is loaded: waymark programme load."))


def _sentences(found: staffing.AdminToday, request: Asked) -> list[str]:
    if found.holidays_until is None:
        return [_("No bank holidays are known: days are reckoned without them.")]
    until = day(found.holidays_until, request.today)
    if found.holidays_run_out:
        return [_("The bank holidays known end on %(day)s: load the next years.") % {"day": until}]
    return [_("Bank holidays are known until %(day)s.") % {"day": until}]


def policy_owner(request: Asked) -> dict[str, Any]:
    """Which rules hold, in which version, and where a place differs."""
    packs = list(programme.newest())
    local = [
        one
        for one in programme.local_settings()
        if one.valid_until is None or one.valid_until >= request.today
    ]
    viewer = open_page(request.post.role, "programmes:list")
    counts = [Count(len(packs), _("programmes")), Count(len(local), _("local values"))]
    return {
        "parts": [],
        "counts": counts,
        "actions": [Action(_("Read the rules"), viewer, primary=True)] if viewer else [],
        "tables": [_packs(packs, request), _local(local, request)],
    }


def _local(local: list[Any], request: Asked) -> Table:
    columns = [
        Column(_("What")),
        Column(_("Where")),
        Column(_("Value")),
        Column(_("Since")),
        Column(_("Because")),
    ]
    rows = [
        [
            f"{one.slug}: {one.key}",
            one.office_code or one.district_code,
            str(one.value),
            day(one.valid_from, request.today),
            one.because,
        ]
        for one in local
    ]
    return Table(_("Local values"), columns, rows, _("No place differs from its programme."))
