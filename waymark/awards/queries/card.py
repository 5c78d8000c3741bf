"""A few words on a customer's money, for the page that gathers all help."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from waymark.awards.enums import OPEN, AwardKind
from waymark.awards.models import Award, Calculation, Instalment
from waymark.awards.rules import pounds
from waymark.customers.models import Claim


@dataclass(frozen=True)
class CardLine:
    """A line: what, how it stands, and the page that has more."""

    label: str
    value: str
    url_name: str
    args: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """Few words: the lines, the page of the whole, and what is next (empty: nothing)."""

    title: str
    url_name: str
    args: tuple[str, ...]
    lines: Sequence[CardLine] = field(default_factory=tuple)
    next: str = ""


def card_of(claim: Claim, on: date) -> Card:
    """The open awards, the last better-off calculation, and what waits. Three statements."""
    rows = Award.objects.filter(claim__customer=claim.customer_id, state__in=OPEN).order_by("starts_on")
    awards = list(rows.only("ref", "kind", "state", "weekly_pence", "amount_pence", "until", "claim"))
    lines = [
        CardLine(str(AwardKind(award.kind).label).capitalize(), _state(award), "awards:award", (award.ref,))
        for award in awards
    ]
    last = Calculation.objects.filter(claim__customer=claim.customer_id).first()
    if last is not None:
        better = last.first_year_pence - last.now_pence
        lines.append(
            CardLine("Better off in work", f"{pounds(better)} a week", "awards:calculation", (last.ref,))
        )
    return Card("Money", "awards:money", (claim.ref,), lines, _next(claim, awards))


def _next(claim: Claim, awards: list[Award]) -> str:
    held = Instalment.objects.filter(award__claim__customer=claim.customer_id, held_at__isnull=False)
    if held.exists():
        return "A payment waits until somebody has heard how it goes."
    waiting = any(award.state == "proposed" for award in awards)
    return "An award waits for a second person." if waiting else ""


def _state(award: Award) -> str:
    sum_ = f"{pounds(award.weekly_pence)} a week" if award.weekly_pence else ""
    if award.amount_pence:
        sum_ = pounds(award.amount_pence)
    until = f"until {award.until.day} {award.until:%B %Y}" if award.until else ""
    return ", ".join(part for part in (award.get_state_display(), sum_, until) if part)
