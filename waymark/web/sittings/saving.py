"""Saving the workspace as it goes: each part by itself, with scripts and without, from two windows at once.

A page with the script asks quietly (`X-Quiet`) and gets JSON; a form without it goes back to where it stood.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waymark.interviews.enums import Depth, Explored
from waymark.interviews.sittings import queries, verbs
from waymark.interviews.sittings.queries import Line, Workspace
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.sittings.during import page
from waymark.web.sittings.forms import InterestForm, PresentForm, StateForm
from waymark.web.sittings.pages import begun, context, of_appointment, refused_page, url
from waymark.web.sittings.words import label_of
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import clock

CONFLICT, REFUSED = 409, 422
ALL_SHOWN = "all_shown"


def quiet(request: Asked) -> bool:
    return request.headers.get("X-Quiet") == "yes"


def kept(request: Asked, found: Workspace, part: str) -> HttpResponse:
    """It is saved: the time for the script, the same place on the page without."""
    if quiet(request):
        return JsonResponse({"saved": True, "at": clock(request.now)})
    return redirect(f"{url('during', found)}#{part}")


def refused(request: Asked, found: Workspace, refusal: Refused) -> HttpResponse:
    if quiet(request):
        return JsonResponse({"refused": f"{refusal.message} {refusal.cure}".strip()}, status=REFUSED)
    return refused_page(request, refusal, url("during", found))


def saves(request: Asked, found: Workspace, part: str, act: Callable[[], object]) -> HttpResponse:
    """Do it, and say so; or say why not."""
    try:
        act()
    except Refused as refusal:
        return refused(request, found, refusal)
    return kept(request, found, part)


# A text


@require_POST
@of_appointment
def text(request: Asked, found: Workspace) -> HttpResponse:
    """One text as it is now. What another window wrote meanwhile comes back beside it; both are kept."""
    field, words = request.POST.get("field", ""), request.POST.get("text", "").replace("\r\n", "\n")
    based_on = request.POST.get("based_on", "")
    if field == "restricted" and not found.sees_restricted:
        raise Http404
    try:
        saved, unseen = verbs.save_wording(
            begun(found),
            field,
            words,
            based_on=int(based_on) if based_on.isdecimal() else 0,
            by=request.post,
            now=request.now,
        )
    except Refused as refusal:
        return refused(request, found, refusal)
    if unseen is None:
        if quiet(request):
            return JsonResponse({"saved": True, "at": clock(request.now), "revision": saved.revision})
        return redirect(f"{url('during', found)}#text-{field.replace(':', '-')}")
    other = {"text": unseen.text, "at": clock(unseen.saved_at), "by": unseen.saved_by.person.name}
    if quiet(request):
        answer = {"saved": True, "at": clock(request.now), "revision": saved.revision, "other": other}
        return JsonResponse(answer, status=CONFLICT)
    shown = context(
        request,
        found,
        "during",
        heading=_("Another window wrote this too"),
        label=label_of(found, field),
        field=field,
        mine=words,
        other=other,
        together=f"{unseen.text}\n{words}",
        revision=saved.revision,
    )
    return render(request, "sittings/both.html", shown, status=CONFLICT)


# What is ticked


@require_POST
@of_appointment
def state(request: Asked, found: Workspace) -> HttpResponse:
    """Capacity, setting, distance, a hard one: whatever of it was sent."""
    form = StateForm(request.POST)
    if not form.is_valid():
        raise Http404
    changes, part = form.changes, request.POST.get("part", "able")
    return saves(
        request,
        found,
        part,
        lambda: verbs.note_state(begun(found), **changes, by=request.post, now=request.now),
    )


@require_POST
@of_appointment
def marks(request: Asked, found: Workspace, what: str) -> HttpResponse:
    """The marks of a checklist that differ from those the page had shown, so that two windows do not undo each other."""
    save: Mapping[str, tuple[tuple[Line, ...], Callable[..., None]]] = {
        "topics": (found.topics, _topic),
        "options": (found.options, _option),
        "barriers": (found.barriers, _barrier),
    }
    if what not in save:
        raise Http404
    lines, verb = save[what]

    def act() -> None:
        sitting = begun(found)
        for line in lines:
            verb(request, sitting, line)

    return saves(request, found, what, act)


def _sent(request: Asked, name: str, line: Line) -> tuple[str, str]:
    """What a line was shown as, and what was sent for it."""
    return request.POST.get(f"was-{name}-{line.code}", ""), request.POST.get(f"{name}-{line.code}", "")


def _topic(request: Asked, sitting: Any, line: Line) -> None:
    was, said = _sent(request, "state", line)
    if said != was and said in Explored.values:
        verbs.cover_topic(sitting, line.code, Explored(said), by=request.post, now=request.now)


def _option(request: Asked, sitting: Any, line: Line) -> None:
    was, said = _sent(request, "state", line)
    why_was, why = _sent(request, "why", line)
    if ALL_SHOWN in request.POST and not said and not line.state:
        said = Depth.SHOWN
    if (said, why) != (was, why_was) and said in Depth.values:
        verbs.show_option(sitting, line.code, Depth(said), why_not=why, by=request.post, now=request.now)


def _barrier(request: Asked, sitting: Any, line: Line) -> None:
    was, said = _sent(request, "state", line)
    present_was, present = _sent(request, "there", line)
    main_was, main = request.POST.get("was-main", ""), request.POST.get("main", "")
    changed = (said, present) != (was, present_was) or (main != main_was and main == line.code)
    if not changed:
        return
    is_main = main == line.code
    seen = Explored(said) if said in Explored.values else Explored.YES
    verbs.see_barrier(
        sitting,
        line.code,
        explored=seen,
        present=bool(present) or is_main,
        main=is_main,
        by=request.post,
        now=request.now,
    )


# Who is there, and what the customer would like


@require_POST
@of_appointment
def present(request: Asked, found: Workspace) -> HttpResponse:
    """Somebody is there with the customer."""
    form = PresentForm(request.POST, auto_id="present_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            verbs.note_present(
                begun(found),
                said["name"],
                said["role"],
                effect=said["effect"] or None,
                by=request.post,
                now=request.now,
            )
            return redirect(f"{url('during', found)}#room")
        except Refused as refusal:
            refuse(form, refusal)
    return _again(request, found, present=form)


@require_POST
@of_appointment
def interest(request: Asked, found: Workspace) -> HttpResponse:
    """Something the customer would like; somebody owes an answer."""
    people = queries.colleagues_of(found.claim, request.post, request.today)
    form = InterestForm(people, request.today, request.POST, auto_id="interest_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = verbs.note_interest(
                begun(found),
                said["words"],
                owner=form.people[said["owner"]],
                answer_by=said["answer_by"],
                by=request.post,
                now=request.now,
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            answer = _("Kept. %(name)s owes an answer.") % {"name": made.owner.name}
            messages.success(request, answer)
            return redirect(f"{url('during', found)}#wishes")
    return _again(request, found, interest=form)


def _again(request: Asked, found: Workspace, **forms: Any) -> HttpResponse:
    if found.sitting is None:
        return redirect(url("during", found))
    return render(
        request, "sittings/during.html", context(request, found, "during", **page(request, found, **forms))
    )
