"""Pages of meetings about a customer: planned, written up, and what they agreed."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.casework.enums import MeetingKind, MeetingState, StepState
from waymark.casework.verbs import Held, Invited, StepWanted
from waymark.web.asking import Asked
from waymark.web.casework import meeting_words
from waymark.web.casework.forms.meetings import SettleForm, StepForm
from waymark.web.casework.forms.reasons import WordsForm
from waymark.web.casework.pages import about, act_page, form_view
from waymark.web.ui.components import Action, Row
from waymark.web.ui.templatetags.ui import clock, day, day_time
from waymark.web.worklist.next_action import open_page


@form_view
@about(queries.meeting_for, lambda row: row.case.claim)
def meeting(request: Asked, row: Any) -> HttpResponse:
    """One meeting: who, when and where; moved or cancelled before its time, written up when it has come."""
    names = [one.name for one in row.attendees.all()]
    form = SettleForm(
        request.POST or None,
        names=names,
        handover=row.kind == MeetingKind.HANDOVER,
        on=request.today,
        initial={"minutes": row.minutes},
    )
    planned = row.state == MeetingState.PLANNED
    ahead = planned and row.starts_at > request.now
    return act_page(
        request,
        row.case.claim,
        form,
        lambda data: verbs.settle_meeting(row, _held(form, data), by=request.post, now=request.now),
        said=_("The meeting is written up."),
        heading=_("%(kind)s about %%(name)s") % {"kind": row.get_kind_display()},
        button=_("Keep it"),
        facts=meeting_rows(row, request),
        moves=meeting_words.moves_table(row.moves.all(), request.today),
        actions=_ahead_actions(request, row) if ahead else [],
        writes_up=planned and not ahead,
        fell_url=reverse("casework:fell_through", args=[row.ref]) if planned and not ahead else "",
        template="casework/meeting.html",
    )


def meeting_rows(row: Any, request: Asked) -> list[Row]:
    """When, where, who, and how it stands."""
    rows = [
        Row(_("When"), f"{day_time(row.starts_at, request.today)}–{clock(row.ends_at)}"),
        Row(_("Where"), row.place),
        Row(_("Who is asked"), meeting_words.attendees_list(row.attendees.all())),
    ]
    if row.objectives:
        rows.append(Row(_("What it is about"), row.objectives))
    if row.state != MeetingState.PLANNED:
        why = f": {row.not_held_why}" if row.not_held_why else ""
        rows.append(Row(_("State"), f"{capfirst(str(row.get_state_display()))}{why}"))
    return rows


def _ahead_actions(request: Asked, row: Any) -> list[Action]:
    pages = [
        (_("Move the meeting"), "casework:move_meeting", True),
        (_("Cancel it"), "casework:cancel_meeting", False),
    ]
    return [
        Action(label, url, primary=first)
        for label, page, first in pages
        if (url := open_page(request.post.role, page, row.ref))
    ]


def _held(form: SettleForm, data: dict[str, Any]) -> Held:
    return Held(
        came=data["came"],
        views=data["views"],
        problems=data["problems"],
        not_reached=data["not_reached"],
        introduced=data.get("introduced") == "yes",
        minutes=data["minutes"],
        steps=[StepWanted(text, who, by) for text, who, by in form.steps()],
        also=named_on_lines(data["also"]),
    )


@form_view
@about(queries.meeting_for, lambda row: row.case.claim)
def fell_through(request: Asked, row: Any) -> HttpResponse:
    """A meeting did not take place."""
    return act_page(
        request,
        row.case.claim,
        WordsForm(request.POST or None),
        lambda data: verbs.meeting_fell_through(row, why=data["words"], by=request.post, now=request.now),
        said=_("It is kept. Finding another day is the next step."),
        heading=_("The meeting about %(name)s did not take place"),
        button=_("Keep it"),
        intro=_(
            "Of not coming nothing else follows: ring kindly, and find another day if they would like one."
        ),
    )


@form_view
@about(queries.step_for, lambda row: row.meeting.case.claim)
def step(request: Asked, row: Any) -> HttpResponse:
    """What became of a step that was agreed."""
    return act_page(
        request,
        row.meeting.case.claim,
        StepForm(request.POST or None),
        lambda data: verbs.end_step(
            row, state=StepState(data["state"]), words=data["words"], by=request.post, now=request.now
        ),
        said=_("It is kept."),
        heading=_("What was agreed about %(name)s"),
        button=_("Keep it"),
        facts=[
            Row(_("What"), row.words),
            Row(_("Who"), row.attendee.name),
            Row(_("By"), day(row.due_on, request.today)),
        ],
    )


def named_on_lines(text: str) -> list[Invited]:
    """People with a name alone, one on each line: name, then a comma, then where they are from."""
    found = []
    for written in text.splitlines():
        name, _comma, place = written.partition(",")
        if name.strip():
            found.append(Invited(name.strip(), place.strip()))
    return found
