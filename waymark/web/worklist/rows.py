"""A task as a row: who, what, why now, when, what to mind, and the one button."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.customers.queries.card import safe_contact_words
from waymark.web.ui.components import Action, Column, Table, Text, Tone
from waymark.web.ui.markup import hint_html, lines_html, link_html
from waymark.web.ui.templatetags.ui import clock, day, tag
from waymark.web.worklist.next_action import next_action
from waymark.worklist.enums import TaskKind
from waymark.worklist.rules import TO_LEADER, TO_MANAGER


@dataclass(frozen=True)
class TaskRow:
    """What a list shows of one task."""

    task: Any
    task_url: str
    record_url: str
    about: str
    why: tuple[str, ...]
    when: str
    tag: str
    tone: Tone
    late: bool
    mind: tuple[str, ...]
    taken: str
    action: Action


def task_rows(
    tasks: Iterable[Any], post: Any, today: date, now: datetime, titles: Mapping[str, str]
) -> list[TaskRow]:
    """Rows for tasks that came with their pointers (`interviews.queries.today.with_pointers`)."""
    return [task_row(task, post, today, now, titles) for task in tasks]


def task_row(task: Any, post: Any, today: date, now: datetime, titles: Mapping[str, str]) -> TaskRow:
    claim = task.claim
    late = is_late(task, today, now)
    tag, tone = _tag(task, late, today)
    return TaskRow(
        task=task,
        task_url=reverse("worklist:task", args=[task.ref]),
        record_url=reverse("customers:record", args=[claim.customer.ref]),
        about=f"{titles.get(claim.benefit, claim.benefit)}, {task.office.name}",
        why=tuple(_why(task, today)),
        when=when_words(task, today),
        tag=tag,
        tone=tone,
        late=late,
        mind=tuple(_mind(task)),
        taken=taken_words(task, post),
        action=next_action(task, post.role),
    )


def task_table(
    rows: Sequence[TaskRow], caption: Text, *, sortable: bool = False, caption_hidden: bool = False
) -> Table:
    """Tasks as a table; `sortable` where the page can put them in another order."""
    nothing_known = hint_html(_("nothing known"))
    columns = [
        Column(_("Customer"), sort="customer" if sortable else ""),
        Column(_("What and why"), sort="kind" if sortable else ""),
        Column(_("When"), sort="due" if sortable else ""),
        Column(_("Mind")),
        Column(_("What to do"), numeric=True, hidden=True),
    ]
    return Table(
        caption,
        columns,
        [
            [
                lines_html([link_html(row.record_url, row.task.claim.customer.name), hint_html(row.about)]),
                lines_html(_what(row)),
                lines_html([row.when, tag(row.tag, row.tone) if row.task.escalation else ""]),
                "; ".join(row.mind) or nothing_known,
                row.action,
            ]
            for row in rows
        ],
        late_rows=frozenset(place for place, row in enumerate(rows) if row.late),
        caption_hidden=caption_hidden,
    )


def _what(row: TaskRow) -> Iterable[object]:
    yield link_html(row.task_url, TaskKind(row.task.kind).label)
    yield from row.why
    if row.taken:
        yield hint_html(row.taken)


def is_late(task: Any, today: date, now: datetime) -> bool:
    """Due on an earlier day, or asked for at a time that has passed; an interview may take its time."""
    if task.due_on < today:
        return True
    return task.kind != TaskKind.HOLD_INTERVIEW and task.window_until is not None and task.window_until < now


def when_words(task: Any, today: date) -> str:
    """Today, 09:00 to 10:00; Fri 7 May; 3 days late, due Sat 1 May."""
    window = ""
    if task.window_from:
        window = _(", %(start)s to %(end)s") % {
            "start": clock(task.window_from),
            "end": clock(task.window_until),
        }
    if task.due_on == today:
        return _("today%(window)s") % {"window": window}
    on = f"{day(task.due_on, today)}{window}"
    days = (today - task.due_on).days
    if days < 0:
        return on
    said = ngettext("%(n)d day late, due %(on)s", "%(n)d days late, due %(on)s", days)
    return said % {"n": days, "on": on}


def _tag(task: Any, late: bool, today: date) -> tuple[str, Tone]:
    if task.escalation >= TO_MANAGER:
        return _("raised to the manager"), "late"
    if task.escalation >= TO_LEADER:
        return _("raised to the leader"), "late"
    if late:
        return _("late"), "late"
    return (_("today"), "waiting") if task.due_on == today else (_("to come"), "quiet")


def _why(task: Any, today: date) -> Iterable[str]:
    """Why it is to be done, and what was tried."""
    if task.window_from:
        yield _("The customer asked for this time.") if task.kind == "call_back" else _("A time is set.")
    if task.words:
        yield task.words
    tried = getattr(task, "attempts", 0)
    if tried and task.kind in {"first_call", "call_back", "recontact", "recontact_letter"}:
        yield ngettext("%(n)d attempt so far", "%(n)d attempts so far", tried) % {"n": tried}


def _mind(task: Any) -> Iterable[str]:
    """What to mind before getting in touch; nothing when all is safe."""
    if getattr(task, "stopped", False):
        yield _("contact is stopped")
    yield from safe_contact_words(getattr(task.claim.customer, "safe_contact", None))


def taken_words(task: Any, post: Any) -> str:
    """Whose it is, where it matters."""
    if task.person_id is None:
        return ""
    return (
        _("yours")
        if task.person_id == post.person_id
        else _("taken by %(name)s") % {"name": task.person.name}
    )
