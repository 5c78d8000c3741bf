"""Places: the district at a glance, offices, rooms, teams, bank holidays."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from waymark.organisations.enums import Role
from waymark.organisations.rules import HolidayList, read_holidays
from waymark.staffing import queries as staffing
from waymark.staffing import verbs
from waymark.web.asking import Asked
from waymark.web.people import forms
from waymark.web.people.pages import as_csv, day_in_path, done, form_page, one_form, sections
from waymark.worklist import people as worklist

NOBODY = worklist.Load(0, 0, 0)
form_view = require_http_methods(["GET", "POST"])


def office_or_404(request: Asked, code: str) -> Any:
    return get_object_or_404(staffing.offices_of(request.post.office.district, request.today), code=code)


def team_or_404(request: Asked, code: str) -> Any:
    return get_object_or_404(staffing.teams_of(request.post.office.district), code=code)


@require_GET
def overview(request: Asked) -> HttpResponse:
    """The district: each office with its teams, its people and the work that waits."""
    district = request.post.office.district
    offices = list(staffing.offices_of(district, request.today))
    loads = worklist.load_of_teams(district, request.today)
    if request.GET.get("format") == "csv":
        return teams_csv(offices, loads)
    context = {
        "heading": district.name,
        "places": [place(office, loads) for office in offices],
        "roles": roles_table(offices, staffing.people_by_role(district, request.today)),
        "sections": sections(request, "people:places"),
    }
    return render(request, "people/places.html", context)


def place(office: Any, loads: dict[int, worklist.Load]) -> dict[str, Any]:
    teams = [{"team": team, "load": loads.get(team.pk, NOBODY)} for team in office.open_teams]
    return {"office": office, "teams": teams, "rooms": len(office.rooms.all())}


def roles_table(offices: list[Any], counts: dict[tuple[int, str], int]) -> dict[str, Any]:
    """People by role across, offices down, with sums: each person once an office and role."""
    used = [role for role in Role if any(counts.get((office.pk, role)) for office in offices)]
    rows = [
        {"office": office, "numbers": [counts.get((office.pk, role), 0) for role in used]}
        for office in offices
    ]
    return {"roles": [role.label for role in used], "rows": rows}


def teams_csv(offices: list[Any], loads: dict[int, worklist.Load]) -> HttpResponse:
    rows = [
        (office.name, team.name, team.get_kind_display(), team.people, load.open, load.late, load.free)
        for office in offices
        for team in office.open_teams
        for load in [loads.get(team.pk, NOBODY)]
    ]
    return as_csv(
        "teams.csv", ["office", "team", "kind", "people", "open tasks", "late", "taken by nobody"], rows
    )


@require_GET
def office(request: Asked, code: str) -> HttpResponse:
    """One office: where it is, its teams with their work, its rooms."""
    found = office_or_404(request, code)
    loads = worklist.load_of_teams(request.post.office.district, request.today)
    context = {
        "heading": found.name,
        "office": found,
        "place": place(found, loads),
        "back_url": reverse("people:places"),
        "back_label": _("Offices and teams"),
    }
    return render(request, "people/office.html", context)


@form_view
def add_office(request: Asked) -> HttpResponse:
    form = forms.AddOffice(request.POST or None)
    district = request.post.office.district
    return one_form(
        request,
        form,
        lambda data: verbs.add_office(district, **data, by=request.post, now=request.now),
        said=lambda office: _("%(name)s is added. Open its teams next.") % {"name": office.name},
        then=lambda office: reverse("people:office", args=[office.code]),
        heading=_("Add an office"),
        button=_("Add the office"),
        back=reverse("people:places"),
    )


@form_view
def add_room(request: Asked, code: str) -> HttpResponse:
    found = office_or_404(request, code)
    form = forms.AddRoom(request.POST or None, initial={"private": True, "step_free": True})
    return one_form(
        request,
        form,
        lambda data: verbs.add_room(found, **data, by=request.post, now=request.now),
        said=_("The room is added."),
        heading=_("Add a room to %(name)s") % {"name": found.name},
        button=_("Add the room"),
        back=reverse("people:office", args=[code]),
    )


@form_view
def open_team(request: Asked, code: str) -> HttpResponse:
    found = office_or_404(request, code)
    form = forms.OpenTeam(request.POST or None)
    return one_form(
        request,
        form,
        lambda data: verbs.open_team(found, **data, by=request.post, now=request.now),
        said=_("The team is open. Give people posts in it."),
        heading=_("Open a team in %(name)s") % {"name": found.name},
        button=_("Open the team"),
        back=reverse("people:office", args=[code]),
    )


@form_view
def close_team(request: Asked, code: str) -> HttpResponse:
    """Close a team. Its work and its people go on in another."""
    team = team_or_404(request, code)
    others = staffing.teams_of(request.post.office.district).exclude(pk=team.pk)
    form = forms.CloseTeam(request.POST or None, teams=others, initial={"on": request.today})
    moved: list[int] = []
    if done(
        request,
        form,
        lambda data: moved.append(worklist.team_closes(team, **data, by=request.post, now=request.now)),
    ):
        went = ngettext("%(n)d task went along.", "%(n)d tasks went along.", moved[0]) % {"n": moved[0]}
        messages.success(request, _("%(name)s is closed.") % {"name": team.name} + " " + went)
        return redirect("people:office", team.office.code)
    load = worklist.load_of_teams(request.post.office.district, request.today).get(team.pk, NOBODY)
    return form_page(
        request,
        form,
        heading=_("Close %(name)s") % {"name": team.name},
        button=_("Close the team"),
        back=reverse("people:office", args=[team.office.code]),
        intro=_("Its open tasks (%(n)d now) and its people go on in the team you choose.") % {"n": load.open},
    )


@form_view
def holidays(request: Asked) -> HttpResponse:
    """Bank holidays to come, and a list of further ones. Rows that cannot be used come back to be mended."""
    form = forms.LoadHolidays(request.POST or None, request.FILES or None)
    read: list[HolidayList] = []

    def act(data: dict[str, Any]) -> None:
        read.append(read_holidays(data["file"] or data["text"]))
        if read[0].days:
            verbs.load_holidays(read[0].days, by=request.post, now=request.now)

    if done(request, form, act):
        count = len(read[0].days)
        said = ngettext("%(n)d bank holiday is in.", "%(n)d bank holidays are in.", count) % {"n": count}
        if not read[0].bad:
            messages.success(request, said)
            return redirect("people:holidays")
        form = forms.LoadHolidays(initial={"text": "\n".join(row.text for row in read[0].bad)})
        return holidays_page(request, form, said=said, bad=read[0].bad)
    return holidays_page(request, form)


def holidays_page(request: Asked, form: forms.LoadHolidays, **more: Any) -> HttpResponse:
    context = {
        "heading": _("Bank holidays"),
        "form": form,
        "days": staffing.holidays_from(request.today),
        "until": staffing.holidays_until(),
        "run_out": staffing.holidays_run_out(request.today),
        "sections": sections(request, "people:holidays"),
        **more,
    }
    return render(request, "people/holidays.html", context)


@form_view
def remove_holiday(request: Asked, day: str) -> HttpResponse:
    found = get_object_or_404(staffing.holidays_from(request.today), day=day_in_path(day))
    form = forms.RemoveHoliday(request.POST or None)
    return one_form(
        request,
        form,
        lambda data: verbs.remove_holiday(found.day, **data, by=request.post, now=request.now),
        said=_("The day is off the list."),
        heading=_("Take %(name)s off the list") % {"name": found.name},
        button=_("Take it off"),
        back=reverse("people:holidays"),
        intro=_("Days already reckoned stay as they are; new ones count this day as worked."),
    )
