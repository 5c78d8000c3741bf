"""Everybody who ever helped a customer on a claim: whose part is over does not disappear (R:L680)."""

from dataclasses import dataclass
from datetime import date

from waymark.casework.models import CaseManager, CaseWorker
from waymark.customers.models import Claim
from waymark.kernel.clock import day_of


@dataclass(frozen=True)
class Helped:
    """Who helped, with what, from when until when. until: None while they still do. part: empty for everything."""

    name: str
    place: str
    part: str
    since: date
    until: date | None


def all_who_helped(claim: Claim) -> list[Helped]:
    """The case managers of a claim and whoever helped with a part, the first first. Two queries."""
    managers = CaseManager.objects.filter(case__claim=claim).select_related(
        "post__person", "post__team__office", "contact__organisation"
    )
    workers = CaseWorker.objects.filter(case__claim=claim).select_related(
        "organisation", "contact", "post__person", "post__team__office"
    )
    found = [
        Helped(one.name, one.place, "", day_of(one.since), day_of(one.until) if one.until else None)
        for one in managers
    ]
    found += [Helped(one.name, one.place, one.part, one.since, one.ended_on) for one in workers]
    return sorted(found, key=lambda one: (one.since, one.part))
