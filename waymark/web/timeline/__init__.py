"""The record in sentences: one presenter for every kind of act. A test holds the two lists together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from waymark.web.timeline import (
    awards,
    calls,
    casework,
    customers,
    decisions,
    diaries,
    directory,
    inbound,
    interviews,
    managing,
    notices,
    places,
    plans,
    programme,
    referrals,
    sanctions,
    series,
    work,
    worklist,
)
from waymark.web.timeline.groups import GROUPS
from waymark.web.timeline.telling import Presenter, Sentence, Told
from waymark.web.ui.components import Entry

__all__ = ["GROUPS", "PRESENTERS", "Presenter", "Sentence", "Told", "present"]

NOUNS = (
    customers,
    worklist,
    calls,
    interviews,
    series,
    casework,
    decisions,
    notices,
    inbound,
    directory,
    sanctions,
    awards,
    diaries,
    places,
    managing,
    programme,
    referrals,
    plans,
    work,
)
PRESENTERS: Mapping[str, Presenter] = {
    kind: presenter for noun in NOUNS for kind, presenter in noun.PRESENTERS.items()
}


def present(event: Any, today: date, titles: Mapping[str, str]) -> Entry:
    """One event as an entry of a timeline. A kind without a presenter is told by its name alone."""
    presenter = PRESENTERS.get(event.kind, _plain)
    said = presenter(Told(event, today, titles))
    place = event.by.get_role_display() if event.by else ""
    return Entry(
        what=said.what,
        when=event.at,
        by=place,
        more=said.more,
        words=said.words,
        url=said.url,
        main=said.main,
    )


def _plain(told: Told) -> Sentence:
    return Sentence(f"{told.who}: {told.event.kind.replace('_', ' ')}.")
