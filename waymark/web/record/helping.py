"""Help and work on one page: the plan, the services, who helps, work and money, each in a few lines with its way on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.actionplans import queries as actionplans
from waymark.awards import queries as awards
from waymark.casework import queries as casework
from waymark.customers import queries as customers
from waymark.employment import queries as employment
from waymark.referrals import queries as referrals
from waymark.web.asking import Asked
from waymark.web.record.pages import find_customer, head
from waymark.web.ui.templatetags.ui import long_day
from waymark.web.worklist.next_action import open_page


@dataclass(frozen=True)
class Line:
    """What, how it stands, and the page that has more (empty: none for this role)."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class HelpCard:
    """One part of the help. url: its page; nothing: what is said while there are no lines."""

    title: str
    url: str
    lines: tuple[Line, ...]
    next: str
    nothing: str


def plan_card(claim: Any, on: date, role: str) -> HelpCard:
    card = actionplans.card_of(claim, on)
    nothing = _("No plan yet. It begins with what the customer wants.")
    return _card(_("Action plan"), card.lines, card.next, nothing, role, "actionplans:plan", claim.ref)


def services_card(claim: Any, on: date, role: str) -> HelpCard:
    card = referrals.card_of(claim, on)
    lines = ((label, value, "", ()) for label, value in card.lines)
    nothing = _("Not in touch with a service through us.")
    return _card(_("Services"), lines, card.next, nothing, role, "referrals:of_customer", claim.customer.ref)


def people_card(claim: Any, on: date, role: str) -> HelpCard:
    card = casework.card_of(claim, on)
    words = {"manager": _("Case manager"), "worker": _("Helps with a part"), "meeting": _("Meeting")}
    lines = ((words[label], value, name, args) for label, value, name, args in card.lines)
    due = parse_date(card.next) if card.lines else None
    then = _("In touch again by %(day)s") % {"day": long_day(due)} if due else ""
    nothing = _("Nobody has taken the customer on yet. The first plan or referral does.")
    return _card(_("Who helps"), lines, then, nothing, role, "casework:case", claim.ref)


def work_card(claim: Any, on: date, role: str) -> HelpCard:
    card = employment.card_of(claim, on)
    return _card(_("Work"), card.lines, card.next, _("No work told of."), role, "employment:work", claim.ref)


def money_card(claim: Any, on: date, role: str) -> HelpCard:
    card = awards.card_of(claim, on)
    lines = ((line.label, line.value, line.url_name, line.args) for line in card.lines)
    nothing = _("No award, and no better-off calculation yet.")
    return _card(_("Money"), lines, card.next, nothing, role, "awards:money", claim.ref)


CARDS: tuple[Callable[[Any, date, str], HelpCard], ...] = (
    plan_card,
    services_card,
    people_card,
    work_card,
    money_card,
)


def _card(
    title: str,
    lines: Iterable[tuple[str, str, str, tuple[str, ...]]],
    then: str,
    nothing: str,
    role: str,
    page: str,
    ref: str,
) -> HelpCard:
    drawn = tuple(
        Line(label, value, open_page(role, name, *args) if name and name != page else "")
        for label, value, name, args in lines
    )
    return HelpCard(title, open_page(role, page, ref), drawn, then, nothing)


@require_safe
def help_and_work(request: Asked, ref: str) -> HttpResponse:
    """All that is offered, agreed and under way for a customer, none of it compulsory."""
    customer = find_customer(request, ref)
    claim = customers.newest_claim(request.post, customer)
    cards = [card(claim, request.today, request.post.role) for card in CARDS] if claim else []
    context = {
        **head(request, customer, "record:help"),
        "must": customers.must_know(customer, request.today),
        "claim": claim,
        "cards": cards,
    }
    return render(request, "record/help.html", context)
