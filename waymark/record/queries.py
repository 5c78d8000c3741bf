"""Reading the record."""

from collections.abc import Collection

from django.db.models import QuerySet

from waymark.kernel.composed import composed
from waymark.organisations.models import Post
from waymark.record.models import Event, Read


def events_of(customer_refs: Collection[str]) -> QuerySet[Event]:
    """All that was noted of a customer (and of those merged into them), newest first, with who did it."""
    return Event.objects.filter(customer_ref__in=customer_refs).select_related(
        "by__person", "by__team__office"
    )


@composed
def newest_events_of(customer_refs: Collection[str], *, most: int) -> QuerySet[Event]:
    """The newest so many of them."""
    events = Event.objects.filter(customer_ref__one_of=customer_refs)
    return events.select_related("by__person", "by__team__office")[:most]


def who_noted(claim_ref: str, kind: str) -> Post | None:
    """Whose act the newest event of a kind about a claim is; None for one of the system, or where there is none."""
    newest = (
        Event.objects.filter(claim_ref=claim_ref, kind=kind)
        .select_related("by")
        .order_by("-at", "-id")
        .first()
    )
    return newest.by if newest else None


def reads_of(customer_refs: Collection[str]) -> QuerySet[Read]:
    """Who looked at the record, newest first."""
    return Read.objects.filter(customer_ref__in=customer_refs)
