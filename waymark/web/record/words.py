"""The state of a customer's interviews in words, and as stations of the way."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waymark.interviews.enums import InterviewState, Mode
from waymark.web.timeline.telling import lower
from waymark.web.ui.components import Stop, StopState
from waymark.web.ui.templatetags.ui import long_day, long_day_time

WAY_STATION: Mapping[str, StopState] = {
    "due": "here",
    "booked": "here",
    "deferred": "deferred",
    "waived": "waived",
    "held": "done",
    "not_counted": "uncounted",
    "planned": "later",
}


def state_words(summary: Any, today: date) -> str:
    """Interview 2 of 6 is deferred until Wednesday 30 June."""
    now = summary.now
    if now is None:
        return _("No interview is asked for yet.")
    which = which_words(summary, now)
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


def which_words(summary: Any, now: Any) -> str:
    """Interview 2 of 6, as it counts; or that it is a talk by choice."""
    if not now.mandatory:
        return _("The talk by choice")
    way = summary.way
    number = now.number if way is None or not now.unsettled else way.number or now.number
    total = max(way.total if way else summary.mandatory, number)
    return _("Interview %(number)d of %(total)d") % {"number": number, "total": total}


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
    """The compulsory interviews as stations: those there were, the next, and those to come."""
    way = summary.way
    if way is None:
        return []
    asked = [one for one in summary.interviews if one.mandatory and one.state != InterviewState.CLOSED]
    return [
        Stop(_label(stop.number), WAY_STATION[stop.state], _note(stop, asked[place : place + 1], today))
        for place, stop in enumerate(way.stops)
    ]


def stations_caption(stops: list[Stop]) -> str:
    """1 held, 1 deferred, up to 4 to come."""
    found = Counter(stop.state for stop in stops)
    parts = [
        ngettext("%(n)d held", "%(n)d held", found["done"]) % {"n": found["done"]},
        _("%(n)d held that did not count") % {"n": found["uncounted"]},
        _("%(n)d next") % {"n": found["here"]},
        _("%(n)d deferred") % {"n": found["deferred"]},
        _("%(n)d not asked for") % {"n": found["waived"]},
        _("up to %(n)d to come") % {"n": found["later"]},
    ]
    counts = [found[state] for state in ("done", "uncounted", "here", "deferred", "waived", "later")]
    return ", ".join(part for part, n in zip(parts, counts, strict=True) if n)


def compulsory_words(way: Any) -> str:
    """What is compulsory, in a sentence that says what it counted."""
    if not way.compulsory:
        return _("Nothing is compulsory: %(why)s.") % {"why": lower(way.because).rstrip(".")}
    return _("%(done)d of at most %(total)d are done.") % {"done": way.counted, "total": way.total}


def _label(number: int) -> str:
    return _("Interview %(number)d") % {"number": number}


def _note(stop: Any, rows: Sequence[Any], today: date) -> str:
    for one in rows:
        if one.deferred_until:
            return _("until %(day)s") % {"day": long_day(one.deferred_until, today)}
        if one.starts_at:
            return long_day_time(one.starts_at, today)
    if stop.state == "planned":
        return _("about %(day)s") % {"day": long_day(stop.on, today)}
    return long_day(stop.on, today) if stop.on and stop.state in {"held", "not_counted"} else ""


PAGE_WORDS = {
    "customers:record": gettext_lazy("the record"),
    "record:interviews": gettext_lazy("interviews and decisions"),
    "record:people": gettext_lazy("people and contact"),
    "record:looked": gettext_lazy("who looked"),
    "record:decision": gettext_lazy("a decision"),
    "record:replay": gettext_lazy("a decision, replayed"),
    "worklist:task": gettext_lazy("a task"),
    "sittings:before": gettext_lazy("an interview: before"),
    "sittings:during": gettext_lazy("an interview: what was written"),
    "sittings:read": gettext_lazy("an interview, as the customer would read it"),
    "sittings:after": gettext_lazy("an interview: what came of it"),
    "series:pre_call": gettext_lazy("the call before the letter"),
    "series:preferences": gettext_lazy("how the customer would like to be seen"),
    "series:help": gettext_lazy("help to come"),
    "series:hours": gettext_lazy("hours in which the customer cannot come"),
    "series:against": gettext_lazy("being against an interview"),
    "series:requirement": gettext_lazy("whether interviews are compulsory"),
    "notices:of_customer": gettext_lazy("the letters"),
    "notices:show": gettext_lazy("a letter"),
    "notices:pdf": gettext_lazy("a letter as PDF"),
    "inbound:message": gettext_lazy("a message"),
    "inbound:log": gettext_lazy("writing down a message"),
    "inbound:keys": gettext_lazy("the keys to the customer’s page"),
    "notices:reminders": gettext_lazy("the reminders"),
    "first_contact:talk": gettext_lazy("a conversation"),
}


def page_words(name: str) -> str:
    """Which page it was; its name where there are no words for it."""
    return str(PAGE_WORDS.get(name, name.replace(":", ": ").replace("_", " ")))
