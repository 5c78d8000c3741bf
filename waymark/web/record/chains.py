"""One interview with all that was decided about it, as rows of small tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waymark.interviews.enums import DecisionState, InterviewState
from waymark.interviews.queries import outcome_titles
from waymark.web.ui.components import Column, Table, Tone
from waymark.web.ui.templatetags.ui import day, day_time, tag
from waymark.web.worklist.next_action import open_page

TONES: dict[str, Tone] = {
    InterviewState.DUE: "waiting",
    InterviewState.BOOKED: "info",
    InterviewState.DEFERRED: "held",
    InterviewState.WAIVED: "quiet",
    InterviewState.HELD: "good",
    InterviewState.CLOSED: "quiet",
}
OTHER_OUTCOMES = {
    "booked": "Booked",
    "brought_forward": "Brought forward",
    "reversed": "Reversed",
    "claim_ended": "The claim ended",
    "continues": "Goes on",
    "booked_by_letter": "Booked by letter",
}


@dataclass(frozen=True)
class Chain:
    """An interview, its state in a word, and the tables of what happened to it."""

    title: str
    about: str
    state: SafeString
    tables: tuple[Table, ...]


def chain(interview: Any, today: date, rules: Any, role: str) -> Chain:
    """The whole way of one interview: deferrals in a row, waivers, appointments, calls, decisions."""
    outcomes = {**OTHER_OUTCOMES, **outcome_titles(rules)}
    word = _("compulsory") if interview.mandatory else _("voluntary")
    about = _("%(word)s, claim %(claim)s at %(office)s, to be held by %(day)s") % {
        "word": word,
        "claim": interview.claim.ref,
        "office": interview.claim.office.name,
        "day": day(interview.due_by, today),
    }
    tables = (
        _deferrals(interview, today, outcomes),
        _waivers(interview, today, outcomes),
        _appointments(interview, today),
        _decisions(interview, today, role),
        _calls(interview, today, rules),
    )
    return Chain(
        title=_("Interview %(number)d") % {"number": interview.number},
        about=about,
        state=tag(interview.get_state_display(), TONES[interview.state]),
        tables=tuple(table for table in tables if table.rows),
    )


def _deferrals(interview: Any, today: date, outcomes: dict[str, str]) -> Table:
    rows = [
        [
            d.in_a_row,
            day(d.starts_on, today),
            day(d.until, today),
            d.decision.because,
            day(d.recontact_on, today),
            _ended(d, today, outcomes),
            d.changed,
        ]
        for d in interview.deferrals.all()
    ]
    columns = [
        Column(_("In a row")),
        Column(_("From")),
        Column(_("Until")),
        Column(_("Why")),
        Column(_("We get in touch")),
        Column(_("What came of it")),
        Column(_("What had changed")),
    ]
    return Table(_("Deferrals"), columns, rows, caption_size="s")


def _ended(row: Any, today: date, outcomes: dict[str, str]) -> str:
    if row.ended_on is None:
        return _("goes on")
    words = outcomes.get(row.outcome, row.outcome.replace("_", " "))
    return _("%(words)s, %(day)s") % {"words": words, "day": day(row.ended_on, today)}


def _waivers(interview: Any, today: date, outcomes: dict[str, str]) -> Table:
    rows = [
        [day(w.starts_on, today), day(w.review_on, today), _ended(w, today, outcomes)]
        for w in interview.waivers.all()
    ]
    columns = [Column(_("Not asked for since")), Column(_("Looked at again")), Column(_("What came of it"))]
    return Table(_("Waivers"), columns, rows, caption_size="s")


def _appointments(interview: Any, today: date) -> Table:
    rows = [
        [
            day_time(a.starts_at, today),
            a.adviser.name,
            _("%(mode)s, %(office)s") % {"mode": a.get_mode_display(), "office": a.office.name},
            a.get_state_display(),
            _("%(who)s: %(words)s")
            % {"who": a.get_caused_by_display(), "words": a.words or a.reason.replace("_", " ")}
            if a.caused_by
            else "",
        ]
        for a in interview.appointments.all()
    ]
    columns = [
        Column(_("Time")),
        Column(_("With")),
        Column(_("Where")),
        Column(_("State")),
        Column(_("Why it changed")),
    ]
    return Table(_("Appointments"), columns, rows, caption_size="s")


def _decisions(interview: Any, today: date, role: str) -> Table:
    rows = [
        [
            _why_link(d, today, role),
            d.get_choice_display(),
            d.get_stage_display(),
            d.decided_by.person.name,
            _looked(d, today),
            tag(DecisionState(d.state).label, "good" if d.state == DecisionState.IN_FORCE else "quiet"),
        ]
        for d in interview.decisions.all()
    ]
    columns = [
        Column(_("Decided")),
        Column(_("What")),
        Column(_("When in the way")),
        Column(_("By")),
        Column(_("Second look")),
        Column(_("State")),
    ]
    return Table(_("Decisions"), columns, rows, caption_size="s")


def _why_link(decision: Any, today: date, role: str) -> SafeString | str:
    said = day(decision.on, today)
    if not open_page(role, "record:decision", decision.ref):
        return said
    url = reverse("record:decision", args=[decision.ref])
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, _("%(day)s, and why") % {"day": said})


def _looked(decision: Any, today: date) -> str:
    check = getattr(decision, "check_made", None)
    if check is None:
        return _("not needed")
    if check.looked_at_by is None:
        return str(check.get_state_display())
    return _("%(state)s by %(name)s, %(day)s") % {
        "state": check.get_state_display(),
        "name": check.looked_at_by.person.name,
        "day": day(check.looked_at, today),
    }


def _calls(interview: Any, today: date, rules: Any) -> Table:
    titles = (
        {code: reason.title for code, reason in rules.pack.reasons("call_outcome").items()} if rules else {}
    )
    rows = [
        [day_time(c.at, today), titles.get(c.outcome, c.outcome.replace("_", " ")), c.by.person.name, c.words]
        for c in interview.call_attempts.all()
    ]
    columns = [Column(_("When")), Column(_("How it ended")), Column(_("By")), Column(_("Words"))]
    return Table(_("Calls"), columns, rows, caption_size="s")
