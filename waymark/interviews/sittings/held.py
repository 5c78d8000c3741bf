"""Who has held interviews on a claim, and how many."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min

from waymark.customers.models import Claim
from waymark.interviews.enums import SittingState
from waymark.interviews.models import Sitting
from waymark.kernel.clock import day_of


@dataclass(frozen=True)
class Talks:
    """The interviews that one adviser has held: how many, on which day the first and the last."""

    name: str
    place: str
    count: int
    first: date
    last: date


def held_by(claim: Claim) -> list[Talks]:
    """Each adviser who has held interviews on a claim, the first first. One query."""
    rows = (
        Sitting.objects.filter(appointment__interview__claim=claim, state=SittingState.SETTLED)
        .exclude(started_at=None)
        .order_by()
        .values("adviser__person__ref", "adviser__person__name", "adviser__team__office__name")
        .annotate(count=Count("pk"), first=Min("started_at"), last=Max("started_at"))
    )
    found = [
        Talks(
            row["adviser__person__name"],
            row["adviser__team__office__name"],
            row["count"],
            day_of(row["first"]),
            day_of(row["last"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.first, one.name))
