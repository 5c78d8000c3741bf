"""What interviews tell the parts above them. Who wants to know answers in its own `reactions`.

The answer is given in the transaction of the act, so that nothing goes on against a customer who has come, or of
whom nothing is asked any more.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from waymark.customers.models import Claim
from waymark.organisations.models import Post


class Said(StrEnum):
    """What has happened to a claim's interviews."""

    ATTENDED = "attended"
    DEFERRED = "deferred"
    WAIVED = "waived"
    NOT_REQUIRED = "not_required"
    CLAIM_ENDED = "claim_ended"


Listener = Callable[[Claim, Said, Post | None, datetime], None]
LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have something called with every announcement; twice the same is once."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def announce(claim: Claim, said: Said, *, by: Post | None, now: datetime) -> None:
    """Tell whoever listens. Called by a verb when its own rows are written."""
    for listener in LISTENERS:
        listener(claim, said, by, now)
