"""How a case is said on a page: its state, its next button, its list."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.kernel.refusal import Refused
from waymark.sanctions import access, queries
from waymark.sanctions.enums import BreachState, SanctionState
from waymark.sanctions.rules import Gate, pounds, shut
from waymark.web.ui.components import Action, Column, Row, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day, long_day, long_day_time, tag
from waymark.web.worklist.next_action import open_page
from waymark.worklist.enums import TaskKind

TONES = {
    BreachState.OPEN: "info",
    BreachState.RETURNED: "held",
    BreachState.REFERRED: "waiting",
    BreachState.GOOD_CAUSE: "good",
    BreachState.CLOSED: "quiet",
    BreachState.NO_SANCTION: "good",
    BreachState.SANCTION: "late",
    SanctionState.NOTIFIED: "waiting",
    SanctionState.IN_EFFECT: "late",
    SanctionState.LIFTED: "good",
    SanctionState.SET_ASIDE: "good",
}
WITH_US = (BreachState.OPEN, BreachState.RETURNED)


def state_tag(row: Any) -> str:
    return tag(row.get_state_display(), TONES.get(row.state, "quiet"))


def to(page: str, row: Any) -> str:
    return reverse(f"sanctions:{page}", args=[row.ref])


def case_url_of(breach: Any) -> str:
    return to("case", breach)


def next_button(breach: Any, gates: list[Gate], post: Any) -> tuple[str, Action | None]:
    """The one thing to do now, as a sentence and a button; no button where only waiting is left."""
    refused = access.may_pursue(breach.interview.claim, post)
    if breach.state not in WITH_US:
        return _after(breach, post)
    said, label, page = _step(breach, shut(gates))
    if not page:
        return said, None
    return said, Action(label, to(page, breach), primary=True, refused=words_of(refused))


def words_of(refused: Refused | None) -> str | None:
    return f"{refused.message} {refused.cure}".strip() if refused else None


def _step(breach: Any, closed: list[Gate]) -> tuple[str, str, str]:
    """Sentence, label and page of the next step of a case that is with us."""
    codes = [gate.code for gate in closed]
    hopeless = [gate for gate in closed if gate.code in {"compulsory", "beforehand", "notice"}]
    if hopeless:
        return hopeless[0].why, _("Close the case"), "close"
    if "reason" in codes and not breach.cause_good:
        return _("The customer has given a reason."), _("Decide about the reason"), "judge"
    if "message" in codes:
        return _("Answer what the customer has told us. Until then nothing goes on."), "", ""
    if "stop" in codes:
        return _("Contact is stopped. Until somebody has looked at that again, nothing goes on."), "", ""
    if "visit" in codes:
        if queries.get_visit(breach) is not None:
            return _("A visit is planned."), _("Note the visit"), "visited"
        return _("A home visit comes first."), _("Plan the visit"), "visit"
    if "safeguards" in codes:
        return (
            _("The questions about health and vulnerability are open."),
            _("Answer the questions"),
            "questions",
        )
    if {"attempts", "asked"} & set(codes):
        return _("Try to reach the customer, and hear the reason."), _("Note an attempt"), "attempt"
    if "time" in codes:
        return closed[0].why, "", ""
    return _("Everything that must be there is there. It is your choice."), _("Refer the case"), "refer"


def _after(breach: Any, post: Any) -> tuple[str, Action | None]:
    """Where a case goes on that is not with us any more."""
    if breach.state == BreachState.REFERRED:
        bundle = queries.bundles_of(breach).first()
        url = open_page(post.role, "sanctions:bundle", bundle.ref) if bundle else ""
        label = (
            _("Decide") if access.may_decide(breach.interview.claim, post) is None else _("See the bundle")
        )
        return _("It is with the decision makers."), Action(label, url, primary=True) if url else None
    sanction = queries.sanction_of(breach)
    if sanction is not None:
        said = _("A reduction was decided: %(state)s.") % {"state": sanction.get_state_display()}
        return said, Action(_("Open the reduction"), to("sanction", sanction), primary=True)
    return _("The case is over: %(why)s") % {"why": breach.closed_because}, None


def other_buttons(breach: Any, post: Any) -> list[Action]:
    """What may be done at any time while a case is with us."""
    if breach.state not in (*WITH_US, BreachState.REFERRED):
        return []
    refused = words_of(access.may_pursue(breach.interview.claim, post))
    pages = [(_("Note what the customer says"), "reason")]
    if breach.state in WITH_US:
        pages += [
            (_("Note an attempt"), "attempt"),
            (_("Health and vulnerability"), "questions"),
            (_("Plan a home visit"), "visit"),
        ]
    pages.append((_("Close the case: nothing follows"), "close"))
    return [Action(label, to(page, breach), refused=refused) for label, page in pages]


def case_rows(breach: Any, today: Any) -> list[Row]:
    appointment = breach.appointment
    rows = [
        Row(_("About"), breach.get_kind_display().capitalize()),
        Row(
            _("Appointment"),
            f"{long_day_time(appointment.starts_at, today)}, {appointment.adviser.name}, {appointment.office.name}",
        ),
        Row(_("Opened"), f"{long_day(breach.opened_on, today)}, {breach.opened_by.person.name}"),
        Row(_("Time to answer"), _("until %(day)s") % {"day": long_day(breach.reply_by, today)}),
        Row(_("Missed so far"), _("number %(n)d") % {"n": breach.miss_number}),
    ]
    if breach.visit_needed:
        rows.append(Row(_("A visit is needed"), breach.visit_because))
    if breach.closed_on:
        rows.append(Row(_("Over"), f"{long_day(breach.closed_on, today)}: {breach.closed_because}"))
    return rows


def case_table(cases: Iterable[Any], today: Any) -> Table:
    rows, late = [], set()
    for place, breach in enumerate(cases):
        customer = breach.interview.claim.customer
        kind = TaskKind(breach.task_kind).label if breach.task_kind else "–"
        if breach.due_on and breach.due_on < today:
            late.add(place)
        rows.append(
            [
                link_html(to("case", breach), customer.name),
                state_tag(breach),
                day(breach.appointment.starts_at, today),
                kind,
                day(breach.due_on, today) if breach.due_on else "–",
                breach.task_person or "–",
                breach.interview.claim.office.name,
            ]
        )
    columns = [
        Column(_("Customer"), sort="customer"),
        Column(_("State"), sort="state"),
        Column(_("Appointment")),
        Column(_("Next step")),
        Column(_("Due"), sort="due"),
        Column(_("Taken by")),
        Column(_("Office")),
    ]
    empty = _("No case is like this.")
    return Table(_("Cases"), columns, rows, empty, late_rows=frozenset(late), caption_hidden=True)


def money_rows(sanction: Any, today: Any) -> list[Row]:
    """What a reduction is, when, and who answers for it."""
    rows = [
        Row(_("Paid before, a week"), pounds(sanction.paid_before)),
        Row(_("Taken off, a week"), pounds(sanction.reduction)),
        Row(_("Paid after, a week"), pounds(sanction.paid_after)),
        Row(_("Always left, a week"), pounds(sanction.floor)),
        Row(_("From"), long_day(sanction.starts_on, today)),
        Row(_("Told by"), f"{sanction.notice.ref}, {sanction.notice.get_state_display()}"),
        Row(_("May be challenged until"), long_day(sanction.challenge_by, today)),
        Row(_("To be rung"), sanction.contact.person.name),
        Row(_("Decided by"), sanction.ruling.decided_by.person.name),
    ]
    if sanction.in_effect_at:
        rows.append(
            Row(
                _("In effect"),
                f"{long_day_time(sanction.in_effect_at, today)}, {sanction.in_effect_by.person.name}",
            )
        )
    if sanction.lifted_from:
        who = (
            sanction.lifted_by.person.name if sanction.lifted_by else _("by itself, in the customer’s favour")
        )
        because = sanction.get_lifted_because_display().capitalize()
        said = f"{long_day(sanction.lifted_from, today)}: {because}. {sanction.lifted_words}".strip()
        rows.append(Row(_("Paid in full from"), f"{said} ({who})"))
    return rows
