"""The files of payments, and what falls due next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from waymark.awards.models import Batch, Instalment
from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim
from waymark.organisations.models import Post


@dataclass(frozen=True)
class Due:
    """What is due up to a day and in no file yet, of the customers a post reaches."""

    lines: int
    pence: int
    late: int


def batches() -> QuerySet[Batch]:
    """Every file, newest first, without its text."""
    return Batch.objects.defer("content").select_related("made_by__person")


def get_batch(on: date) -> Batch:
    """Raises Batch.DoesNotExist."""
    return batches().get(on=on)


def lines_of(post: Post, batch: Batch) -> QuerySet[Instalment]:
    """The payments of a file that go to customers this post reaches."""
    return (
        _seen_by(post)
        .filter(batch=batch)
        .select_related("award__claim__customer", "award__claim__office")
        .order_by("due_on", "award__ref", "number")
    )


def shares(post: Post, found: list[Batch]) -> dict[int, tuple[int, int]]:
    """Of each file, how many payments and how much go to customers this post reaches. One statement."""
    rows = (
        _seen_by(post)
        .filter(batch__in=[batch.pk for batch in found])
        .values("batch")
        .annotate(lines=Count("pk"), pence=Sum("pence"))
        .order_by("batch")
    )
    return {row["batch"]: (row["lines"], row["pence"]) for row in rows}


def due(post: Post, on: date) -> Due:
    """What the next file would hold. One statement."""
    rows = _seen_by(post).filter(due_on__lte=on, batch=None, dropped_at=None).exclude(award__state="proposed")
    late_before = date.fromordinal(on.toordinal() - 7)
    found = rows.values_list("pence", "due_on")
    return Due(len(found), sum(p for p, _day in found), sum(day < late_before for _p, day in found))


def _seen_by(post: Post) -> QuerySet[Instalment]:
    claims = Claim.objects.filter(claims_within_reach(post))
    return Instalment.objects.filter(award__claim__in=claims.values("pk"))
