"""The state of a customer's interviews in words, and as stations of the way."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waymark.interviews.enums import InterviewState, Mode
from waymark.web.ui.components import Stop, StopState
from waymark.web.ui.templatetags.ui import long_day, long_day_time

STATION: Mapping[str, StopState] = {
    InterviewState.DUE: "here",
    InterviewState.BOOKED: "here",
    InterviewState.DEFERRED: "deferred",
    InterviewState.WAIVED: "waived",
    InterviewState.HELD: "done",
    InterviewState.CLOSED: "waived",
}


def state_words(summary: Any, today: date) -> str:
    """Interview 2 of 6 is deferred until Wednesday 30 June."""
    now = summary.now
    if now is None:
        return _("No interview is asked for yet.")
    which = _("Interview %(number)d of %(total)d") % {
        "number": now.number,
        "total": max(summary.mandatory, now.number),
    }
    match now.state:
        case InterviewState.BOOKED if now.starts_at:
            said = _("%(which)s is booked for %(when)s with %(adviser)s, %(mode)s.")
            when = long_day_time(now.starts_at, today)
            return said % {"which": which, "when": when, "adviser": now.adviser, "mode": Mode(now.mode).label}
        case InterviewState.DEFERRED if now.deferred_until:
            return _("%(which)s is deferred until %(day)s.") % {
                "which": which,
                "day": long_day(now.deferred_until, today),
            }
        case InterviewState.WAIVED if now.waiver_review_on:
            said = _("%(which)s is not asked for. It is looked at again on %(day)s.")
            return said % {"which": which, "day": long_day(now.waiver_review_on, today)}
        case InterviewState.HELD:
            return _("%(which)s was held.") % {"which": which}
        case InterviewState.CLOSED:
            return _("%(which)s closed with the claim.") % {"which": which}
        case _:
            said = _("%(which)s is to be settled; it should be held by %(day)s.")
            return said % {"which": which, "day": long_day(now.due_by, today)}


def because_words(now: Any) -> str:
    """Why it is put off or not asked for."""
    if now is None:
        return ""
    return now.deferred_because or now.waived_because


def next_words(task: Any, today: date) -> str:
    """Tom Walsh: re-contact before the deferral ends, Wednesday 23 June."""
    said = _("%(what)s: %(owner)s, %(when)s")
    owner = task.person.name if task.person else task.team.name
    when = long_day_time(task.window_from, today) if task.window_from else long_day(task.due_on, today)
    late = _(" (late)") if task.due_on < today else ""
    return said % {"what": task.get_kind_display(), "owner": owner, "when": when} + late


def stations(summary: Any, today: date) -> list[Stop]:
    """The compulsory interviews as stations: those there are, and those to come."""
    compulsory = [one for one in summary.interviews if one.mandatory]
    stops = [Stop(_label(one.number), STATION[one.state], _note(one, today)) for one in compulsory]
    return stops + [Stop(_label(number), "later") for number in range(len(stops) + 1, summary.mandatory + 1)]


def stations_caption(stops: list[Stop]) -> str:
    """1 held, 1 deferred, 4 to come."""
    found = Counter(stop.state for stop in stops)
    parts = [
        ngettext("%(n)d held", "%(n)d held", found["done"]) % {"n": found["done"]},
        _("%(n)d next") % {"n": found["here"]},
        _("%(n)d deferred") % {"n": found["deferred"]},
        _("%(n)d not asked for") % {"n": found["waived"]},
        _("%(n)d to come") % {"n": found["later"]},
    ]
    counts = [found[state] for state in ("done", "here", "deferred", "waived", "later")]
    return ", ".join(part for part, n in zip(parts, counts, strict=True) if n)


def _label(number: int) -> str:
    return _("Interview %(number)d") % {"number": number}


def _note(one: Any, today: date) -> str:
    if one.deferred_until:
        return _("until %(day)s") % {"day": long_day(one.deferred_until, today)}
    return long_day_time(one.starts_at, today) if one.starts_at else ""


PAGE_WORDS = {
    "customers:record": gettext_lazy("the record"),
    "record:interviews": gettext_lazy("interviews and decisions"),
    "record:people": gettext_lazy("people and contact"),
    "record:looked": gettext_lazy("who looked"),
    "record:decision": gettext_lazy("a decision"),
    "record:replay": gettext_lazy("a decision, replayed"),
    "worklist:task": gettext_lazy("a task"),
    "notices:of_customer": gettext_lazy("the letters"),
    "notices:show": gettext_lazy("a letter"),
    "notices:pdf": gettext_lazy("a letter as PDF"),
    "first_contact:talk": gettext_lazy("a conversation"),
}


def page_words(name: str) -> str:
    """Which page it was; its name where there are no words for it."""
    return str(PAGE_WORDS.get(name, name.replace(":", ": ").replace("_", " ")))
