"""Money and work on the customer's own page: what was agreed, what is paid when, and the last better-off sums."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from waymark.awards import queries, rendering
from waymark.awards.enums import AwardState
from waymark.awards.rules import pounds
from waymark.web.asking import Asked
from waymark.web.awards.better_off import better_words, sheet, sums_table
from waymark.web.awards.pages import kind_words, sum_words
from waymark.web.awards.words import instalments_table, until_words
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.ui.templatetags.ui import long_day

SHOWN = ("agreed", "running", "stopped", "ended")


@visited()
def money(request: Asked, visit: Visit) -> HttpResponse:
    """What was agreed with its payments, and the last calculation line by line."""
    awards = [one for one in queries.own_awards(visit.customer) if one.state in SHOWN]
    last = queries.own_calculations(visit.customer).first()
    outcome = queries.outcome(last) if last else None
    return page(
        request,
        "money",
        visit,
        heading=_("Money and work"),
        awards=[
            {
                "award": one,
                "title": kind_words(one.kind),
                "sum": sum_words(one),
                "until": until_words(one, request.today),
                "to_know": to_know(one, request.today),
                "instalments": instalments_table(one, request.today) if one.instalments.all() else None,
            }
            for one in awards
        ],
        last=last,
        words=better_words(outcome) if outcome else [],
        table=sums_table(outcome) if outcome else None,
        notes=[*outcome.notes, *rendering.unconfirmed_note(outcome)] if outcome else [],
    )


@visited()
def money_pdf(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """A calculation of one's own, as one page to keep."""
    try:
        found = queries.own_calculations(visit.customer).get(ref=ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    return sheet(found)


def to_know(award: Any, today: date) -> list[str]:
    """What the customer should know of an award that runs: that it ends soon, that we ask, that a payment waits."""
    parts = list(award.instalments.all())
    held = sum(part.pence for part in parts if part.held_at)
    known = []
    if held:
        known.append(
            _(
                "%(sum)s waits for you. Show us a pay slip, or ring us and tell us how it goes: then it is paid in full."
            )
            % {"sum": pounds(held)}
        )
    if award.state != AwardState.RUNNING or award.until is None:
        return known
    if award.warned_on:
        known.append(
            _("It ends on %(day)s. Somebody would like to talk with you before, about what comes then.")
            % {"day": long_day(award.until, today)}
        )
    if not held and award.asked_on and queries.is_asked(award):
        known.append(_("We would like to know whether it goes on: show us a pay slip, or ring us."))
    return known
