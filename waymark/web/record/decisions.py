"""A decision explained to anybody entitled, and put to its rules again."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from waymark.interviews import queries, verbs
from waymark.interviews.enums import Authority, Choice
from waymark.web.asking import Asked
from waymark.web.record.pages import head
from waymark.web.ui.templatetags.ui import day, day_time, long_day

FOUR = {
    "appropriate_now": gettext_lazy("Would an interview be right now?"),
    "when": gettext_lazy("When would it be?"),
    "return_circumstances": gettext_lazy("What would have to change for a return to work?"),
    "support_wanted": gettext_lazy("What help would be welcome?"),
}
CHOSEN = {
    Choice.BOOK: gettext_lazy("The interview is booked"),
    Choice.DEFER: gettext_lazy("The interview is deferred"),
    Choice.WAIVE: gettext_lazy("No interview is asked for"),
}
ADVISED = {
    "book": gettext_lazy("to book it"),
    "defer": gettext_lazy("to defer it"),
    "waive": gettext_lazy("not to ask for it"),
}


@require_safe
def decision(request: Asked, ref: str) -> HttpResponse:
    """What was decided, why, on what, by which rules, by whom, and when it is looked at again."""
    return render(request, "record/decision.html", _context(request, _why(request, ref)))


@require_safe
def replay(request: Asked, ref: str) -> HttpResponse:
    """The same facts put to the same rules again: the same advice, or what differs. Nothing is written."""
    why = _why(request, ref)
    again, same = verbs.replay(why.decision)
    row = again.evaluation.row
    context = {
        **_context(request, why),
        "replayed": True,
        "same": same,
        "again": row.because if row else _("The rules do not settle it."),
        "again_row": row.id if row else "",
    }
    return render(request, "record/decision.html", context)


def _why(request: Asked, ref: str) -> queries.Why:
    try:
        return queries.why(queries.get_decision(request.post, ref), request.post)
    except ObjectDoesNotExist:
        raise Http404 from None


def _context(request: Asked, why: queries.Why) -> dict[str, Any]:
    made = why.decision
    return {
        **head(request, why.customer, "record:interviews"),
        "why": why,
        "decision": made,
        "outcome": outcome_words(made, request.today),
        "rows": _rows(why, request.today),
        "view": view_of(made),
        "sees": queries.sees_sensitive(request.post),
    }


def outcome_words(made: Any, today: date) -> str:
    """The interview is deferred until Wednesday 30 June."""
    said = str(CHOSEN[made.choice])
    if made.until:
        return _("%(said)s until %(day)s") % {"said": said, "day": long_day(made.until, today)}
    return said


def view_of(made: Any) -> list[tuple[str, str]]:
    """The customer's four answers; nothing where they were not asked."""
    view = getattr(made.conversation, "view", None) if made.conversation else None
    if view is None:
        return []
    return [(str(question), getattr(view, name)) for name, question in FOUR.items() if getattr(view, name)]


def _rows(why: queries.Why, today: date) -> list[tuple[str, object]]:
    made = why.decision
    rows: list[tuple[str, object]] = [
        (
            _("Decided"),
            _("%(at)s by %(name)s, %(stage)s")
            % {
                "at": day_time(made.decided_at, today),
                "name": f"{made.decided_by.person.name} ({made.decided_by.get_role_display()}, {made.decided_by.team.name})",
                "stage": made.get_stage_display(),
            },
        ),
        (_("Advice of the rules"), _advice(made)),
        (_("Reason"), why.reason),
        (
            _("Why other than advised"),
            ". ".join(part for part in (why.otherwise, made.otherwise_words) if part),
        ),
        (_("Rests on"), why.evidence),
        (_("Why this length"), made.length_reason),
        (_("Second look"), _second_look(made, today)),
        (_("Looked at again"), _again(made, today)),
        (_("State of the decision"), made.get_state_display()),
    ]
    return [(key, value) for key, value in rows if value]


def _advice(made: Any) -> str:
    if not made.advice:
        return _("The rules did not settle it.")
    same = _("It was followed.") if made.advice == made.choice else _("It was decided otherwise.")
    return _("The rules advised %(advice)s. %(same)s") % {"advice": ADVISED[made.advice], "same": same}


def _second_look(made: Any, today: date) -> str:
    check = getattr(made, "check_made", None)
    if check is None:
        return str(Authority(made.authority).label)
    if check.looked_at_by is None:
        return str(check.get_state_display())
    said = _("%(state)s by %(name)s (%(role)s) on %(at)s.") % {
        "state": check.get_state_display(),
        "name": check.looked_at_by.person.name,
        "role": check.looked_at_by.get_role_display(),
        "at": day_time(check.looked_at, today),
    }
    return (
        f"{said} {check.words}".strip().capitalize()
        if not check.words
        else f"{said[:1].upper()}{said[1:]} {check.words}"
    )


def _again(made: Any, today: date) -> str:
    deferral, waiver = getattr(made, "deferral", None), getattr(made, "waiver", None)
    if deferral:
        return _("We get in touch on %(day)s, before the deferral ends.") % {
            "day": day(deferral.recontact_on, today)
        }
    on = waiver.review_on if waiver else made.review_on
    if on:
        return _("On %(day)s, or when the customer asks for an interview.") % {"day": day(on, today)}
    return ""
