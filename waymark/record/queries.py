"""Reading the record."""

from collections.abc import Collection

from django.db.models import QuerySet

from waymark.record.models import Event, Read


def events_of(customer_refs: Collection[str]) -> QuerySet[Event]:
    """All that was noted of a customer (and of those merged into them), newest first, with who did it."""
    return Event.objects.filter(customer_ref__in=customer_refs).select_related(
        "by__person", "by__team__office"
    )


def reads_of(customer_refs: Collection[str]) -> QuerySet[Read]:
    """Who looked at the record, newest first."""
    return Read.objects.filter(customer_ref__in=customer_refs)
