"""The better-off calculation as one accessible page, in the letters' own type. Data goes in as JSON, never as markup."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from waymark import notices
from waymark.awards.better_off import Outcome
from waymark.awards.models import Calculation
from waymark.awards.rules import pounds_exactly
from waymark.kernel.clock import day_of, words

HERE = Path(__file__).parent
FONTS = Path(notices.__file__).parent / "fonts"
LOCK = Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        str(HERE / "better_off.typ"), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def sheet(calculation: Calculation, outcome: Outcome) -> dict[str, Any]:
    """What the page says, as plain JSON."""
    claim, on = calculation.claim, day_of(calculation.made_at)
    return {
        "ref": calculation.ref,
        "name": claim.customer.name,
        "office": claim.office.name,
        "telephone": claim.office.telephone,
        "by": calculation.made_by.person.name,
        "number": calculation.number,
        "day": words(on),
        "date": [on.year, on.month, on.day],
        "first": _more(outcome.better_first),
        "second": _more(outcome.better_second),
        "columns": [column.title for column in outcome.columns],
        "lines": [
            {
                "label": label,
                "basis": basis,
                "sums": ["–" if pence is None else pounds_exactly(pence) for pence in sums],
            }
            for label, basis, sums in outcome.rows
        ],
        "left": [pounds_exactly(column.left) for column in outcome.columns],
        "notes": [*outcome.notes, *_rates_note(calculation), *unconfirmed_note(outcome)],
    }


def pdf(data: dict[str, Any]) -> bytes:
    """The page as PDF/UA-1; the same content gives the same bytes."""
    year, month, day = data["date"]
    with LOCK:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"sheet": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=datetime(year, month, day, tzinfo=UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single PDF.")
    return made


def _more(pence: int) -> str:
    if pence == 0:
        return "the same as now"
    return f"{pounds_exactly(abs(pence))} a week {'more' if pence > 0 else 'less'} than now"


def _rates_note(calculation: Calculation) -> list[str]:
    since = calculation.rates_from
    said = f"The rates are those from {since.day} {since:%B %Y}."
    return [said] if calculation.rates_hold else [f"{said} They are not the ones of today."]


def unconfirmed_note(outcome: Outcome) -> list[str]:
    """Which rates of the sums nobody has found in print, for the customer's page."""
    if not outcome.unconfirmed:
        return []
    return [f"Rates not confirmed: {'; '.join(outcome.unconfirmed)}. The sums may be a little off there."]
