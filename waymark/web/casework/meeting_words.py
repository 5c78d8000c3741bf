"""Meetings in words: cards, who is asked, how often they were moved, what was agreed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from waymark.casework.enums import MeetingState, StepState
from waymark.web.casework.words import named
from waymark.web.ui.components import Action, Column, Table
from waymark.web.ui.templatetags.ui import day, day_time, tag, telephone


def meeting_rows(meetings: Sequence[Any], today: date) -> list[dict[str, Any]]:
    """The meetings as cards: what, when, who, and the steps agreed."""
    return [
        {
            "title": str(m.get_kind_display()),
            "when": day_time(m.starts_at, today),
            "place": m.place,
            "state": m.get_state_display(),
            "tone": {"planned": "waiting", "held": "good"}.get(m.state, "quiet"),
            "who": [{"name": a.name, "from": a.organisation, "came": a.came} for a in m.attendees.all()],
            "planned": m.state == MeetingState.PLANNED,
            "introduced": m.introduced,
            "url": reverse("casework:meeting", args=[m.ref]),
            "objectives": m.objectives,
            "views": m.views,
            "problems": m.problems,
            "not_reached": m.not_reached,
            "why_not": m.not_held_why,
            "steps": steps_table(m.steps.all(), today),
        }
        for m in meetings
    ]


def attendees_list(attendees: Sequence[Any]) -> Any:
    """Who is asked, where they are from, the number at which they are reached; afterwards whether they came."""
    return format_html_join(
        "",
        "{}<br>",
        (
            (", ".join(filter(None, (named(a.name, a.organisation), telephone(a.telephone), _came(a)))),)
            for a in attendees
        ),
    )


def _came(attendee: Any) -> str:
    if attendee.came is None:
        return ""
    return _("came") if attendee.came else _("did not come")


def moves_table(moves: Sequence[Any], today: date) -> Table | None:
    """How often a meeting was moved, by whom and why; None where it never was."""
    rows = list(moves)
    if not rows:
        return None
    return Table(
        _("Moved before"),
        [Column(_("It was on")), Column(_("Where")), Column(_("Moved by")), Column(_("Why"))],
        [
            [
                day_time(m.was_at, today),
                m.was_in,
                f"{m.moved_by.person.name}, {day(m.moved_at, today)}",
                m.why,
            ]
            for m in rows
        ],
        caption_size="s",
    )


def steps_table(steps: Sequence[Any], today: date) -> Table:
    return Table(
        _("What was agreed"),
        [Column(_("What")), Column(_("Who")), Column(_("By")), Column(_("State"))],
        [[s.words, s.attendee.name, day(s.due_on, today), _step(s, today)] for s in steps],
        caption_size="s",
        late_rows=frozenset(n for n, s in enumerate(steps) if s.state == StepState.OPEN and s.due_on < today),
    )


def _step(step: Any, today: date) -> Any:
    if step.state == StepState.OPEN:
        return Action(_("Close"), reverse("casework:step", args=[step.ref]), about=step.words)
    tone = "good" if step.state == StepState.DONE else "quiet"
    return tag(step.get_state_display(), tone)
