"""Reading keys."""

from datetime import datetime

from django.db.models import Q, QuerySet

from waymark.customers.models import Customer
from waymark.portal.models import Key


def keys_of(customer: Customer) -> QuerySet[Key]:
    """Every key of a customer and of those merged into them, the newest first, with who made it."""
    return Key.objects.filter(Q(customer=customer) | Q(customer__merged_into=customer)).select_related(
        "made_by__person", "customer"
    )


def still_open(key_ref: str) -> Key | None:
    """The key of an open visit with its customer; None once somebody has ended it. One query.

    A visit that has begun may be finished after the key's last day.
    """
    return (
        Key.objects.select_related("customer__merged_into__access_needs", "customer__access_needs")
        .filter(ref=key_ref, ended_at=None)
        .first()
    )


def works(key: Key, now: datetime) -> bool:
    """Whether a key still opens the page."""
    return key.ended_at is None and key.expires_at > now
