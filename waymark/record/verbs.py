"""Writing in the record."""

from datetime import datetime
from typing import Any

from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.models import Event, Read


def note_event(
    kind: Happened,
    *,
    by: Post | None,
    now: datetime,
    customer: str = "",
    claim: str = "",
    why: str = "",
    **details: Any,
) -> Event:
    """Note one act. `customer` and `claim` are references; `details` are plain JSON words for the sentence."""
    return Event.objects.create(
        kind=kind, by=by, at=now, customer_ref=customer, claim_ref=claim, why=why, details=details
    )


def keep_read(*, person_ref: str, customer_ref: str, page: str, now: datetime) -> Read:
    """Keep that somebody looked at a customer's record."""
    return Read.objects.create(person_ref=person_ref, customer_ref=customer_ref, page=page[:100], at=now)
