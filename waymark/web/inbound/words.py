"""A message in words, and the pages that do what it asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from waymark.inbound.enums import About
from waymark.web.ui.components import Action, Link, Row
from waymark.web.ui.templatetags.ui import day_time, long_day
from waymark.web.worklist.next_action import open_page
from waymark.worklist.enums import TaskKind


@dataclass(frozen=True)
class Waiting:
    """A message that waits for its answer, as it stands on top of other pages (`inbound/_waiting.html`)."""

    ref: str
    said: str
    answer_by: date


def waiting_tasks(tasks: Iterable[Any]) -> list[Waiting]:
    """Of open tasks that came with their pointers: the messages among them. No query."""
    kind = TaskKind.ANSWER_MESSAGE
    return [Waiting(t.message_ref, t.words, t.due_on) for t in tasks if t.kind == kind and t.message_ref]


def waiting_messages(messages: Iterable[Any]) -> list[Waiting]:
    return [Waiting(m.ref, _in_short(m), m.answer_by) for m in messages]


def _in_short(message: Any) -> str:
    about = capfirst(str(message.get_about_display()))
    return f"{about}: “{message.words}”" if message.words else f"{about}."


def title_of(message: Any) -> str:
    """Joan Price cannot come."""
    name = message.claim.customer.name
    if not message.complete:
        return _("%(name)s: the call broke off, ring back") % {"name": name}
    return f"{name}: {message.get_about_display()}"


def rows_about(message: Any, appointment: Any, today: date) -> list[Row]:
    """What is known of a message, line by line."""
    who = message.from_name or _("the customer")
    way = message.get_way_display()
    rows = [
        Row(_("From"), who),
        Row(_("How"), f"{way}, {day_time(message.received_at, today)}"),
    ]
    if message.logged_by:
        rows.append(Row(_("Written down by"), message.logged_by.person.name))
    if appointment is not None:
        when = f"{day_time(appointment.starts_at, today)}, {appointment.adviser.name}"
        rows.append(Row(_("Appointment"), when, [_appointment(appointment.ref)]))
    rows.append(Row(_("Answer by"), long_day(message.answer_by, today)))
    if message.task:
        owner = message.task.person.name if message.task.person else message.task.team.name
        rows.append(Row(_("Whose"), owner))
    rows.append(Row(_("Read"), _read(message, today)))
    if message.answered_at:
        rows.append(
            Row(
                _("Answered"),
                _("%(at)s by %(who)s (%(way)s)")
                % {
                    "at": day_time(message.answered_at, today),
                    "who": message.answered_by.person.name,
                    "way": message.get_told_by_display(),
                },
            )
        )
    return rows


def _read(message: Any, today: date) -> str:
    if message.read_at is None:
        return _("not yet")
    return _("%(at)s by %(who)s") % {
        "at": day_time(message.read_at, today),
        "who": message.read_by.person.name,
    }


def _appointment(ref: str) -> Link:
    return Link(_("Open it"), open_page("adviser", "diaries:appointment", ref))


def doings(message: Any, role: str) -> list[Action]:
    """What may be done about it on other pages, the likeliest first; those this role may not open are left out."""
    customer, appointment = message.claim.customer.ref, message.appointment
    wanted = {
        "move": (_("Move the appointment"), "diaries:move", appointment),
        "cancel": (_("Cancel the appointment"), "diaries:cancel", appointment),
        "contact": (_("Safe contact"), "customers:contact", customer),
        "needs": (_("Access needs"), "customers:needs", customer),
        "promise": (_("Make a promise"), "record:promise", customer),
        "interviews": (_("Interviews and decisions"), "record:interviews", customer),
    }
    order = ORDER.get(message.about, ("interviews", "promise"))
    found = [(wanted[key][0], open_page(role, wanted[key][1], wanted[key][2])) for key in order]
    actions = [Action(label, url) for label, url in found if url]
    unread = open_page(role, "inbound:read", message.ref) if message.read_at is None else ""
    return [*actions, Action(_("I have read it"), unread, "post")] if unread else actions


ORDER = {
    About.CANNOT_COME: ("move", "cancel", "interviews"),
    About.MOVE: ("move", "interviews"),
    About.BRING_FORWARD: ("interviews", "promise"),
    About.ASK_INTERVIEW: ("interviews", "promise"),
    About.PREFERENCES: ("needs", "contact"),
    About.EXPLAIN: ("interviews",),
    About.CORRECTION: ("interviews",),
}
