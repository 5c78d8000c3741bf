"""What plans tell the parts above them. Who wants to know answers in its own `reactions`, in the same transaction."""

from collections.abc import Callable
from datetime import datetime

from waymark.customers.models import Claim
from waymark.organisations.models import Post

# Something stands in the way that did not before: the claim, what it is in words, who noted it.
Listener = Callable[[Claim, list[str], Post | None, datetime], None]
LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have something called whenever something new stands in the way; twice the same is once."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def announce_new_barriers(claim: Claim, fresh: list[str], *, by: Post | None, now: datetime) -> None:
    """Tell whoever listens what is newly in the way. Called by the verb when its own rows are written."""
    for listener in LISTENERS:
        listener(claim, fresh, by, now)
