"""Today of the decision maker: what waits for a decision, what was challenged, what begins, what is to be lifted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.sanctions import queries
from waymark.sanctions.enums import SanctionState
from waymark.sanctions.rules import pounds
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Column, Count, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day


def decision_maker(request: Asked) -> dict[str, Any]:
    """The four lists, the oldest first; a case in which one had a part says so on its page."""
    on = request.today
    bundles = list(queries.to_decide(request.post))
    challenges = list(queries.open_challenges(request.post))
    starting = [s for s in queries.reductions(request.post, SanctionState.NOTIFIED) if s.starts_on <= on]
    to_lift = [s for s in queries.reductions(request.post, SanctionState.IN_EFFECT) if s.to_lift]
    late = [one for one in bundles if one.due_on and one.due_on < on]
    counts = [
        Count(len(late), _("late"), late=bool(late)),
        Count(len(bundles), _("to decide")),
        Count(len(challenges), _("to look at again")),
        Count(len(starting), _("to put into effect")),
        Count(len(to_lift), _("to lift"), late=bool(to_lift)),
    ]
    tables = [
        _to_decide(bundles, request),
        _challenges(challenges, request),
        _money(_("To put into effect"), starting, request, _("Nothing begins today.")),
        _money(_("To lift today"), to_lift, request, _("Nothing is to be lifted.")),
    ]
    return {
        "parts": [],
        "counts": counts,
        "actions": [Action(_("All cases"), reverse("sanctions:list"))],
        "tables": tables,
        "sentences": [] if bundles else [_("No case waits for a decision.")],
    }


def _to_decide(bundles: list[Any], request: Asked) -> Table:
    rows = [
        [
            link_html(reverse("sanctions:bundle", args=[one.ref]), one.breach.interview.claim.customer.name),
            one.breach.get_kind_display(),
            one.made_by.person.name,
            day(one.made_at, request.today),
            day(one.due_on, request.today) if one.due_on else "–",
            f"{pounds(one.paid_now)} → {pounds(one.would_be_paid)}",
        ]
        for one in bundles
    ]
    columns = [
        Column(_("Customer")),
        Column(_("Case")),
        Column(_("Referred by")),
        Column(_("On")),
        Column(_("Decide by")),
        Column(_("Would be left, a week"), numeric=True),
    ]
    late = frozenset(n for n, one in enumerate(bundles) if one.due_on and one.due_on < request.today)
    return Table(_("To decide"), columns, rows, _("Nothing is to be decided."), late_rows=late)


def _challenges(challenges: list[Any], request: Asked) -> Table:
    rows = [
        [
            link_html(
                reverse("sanctions:decide_challenge", args=[one.ref]),
                one.ruling.bundle.breach.interview.claim.customer.name,
            ),
            day(one.asked_on, request.today),
            one.ruling.decided_by.person.name,
        ]
        for one in challenges
    ]
    columns = [Column(_("Customer")), Column(_("Asked on")), Column(_("Decided by, so not by them again"))]
    return Table(_("To look at again"), columns, rows, _("Nothing was challenged."))


def _money(title: str, sanctions: list[Any], request: Asked, empty: str) -> Table:
    rows = [
        [
            link_html(
                reverse("sanctions:sanction", args=[one.ref]),
                one.ruling.bundle.breach.interview.claim.customer.name,
            ),
            day(one.starts_on, request.today),
            f"{pounds(one.paid_before)} → {pounds(one.paid_after)}",
            one.notice.get_state_display(),
        ]
        for one in sanctions
    ]
    columns = [
        Column(_("Customer")),
        Column(_("From")),
        Column(_("A week"), numeric=True),
        Column(_("Letter")),
    ]
    return Table(title, columns, rows, empty)
