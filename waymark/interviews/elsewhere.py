"""The times a customer has elsewhere: asked of the parts above when a letter lists them (E:L2822-2825)."""

from collections.abc import Callable
from datetime import datetime

from waymark.customers.models import Claim

# A claim and a moment; gives a line for each time to come, in words for the customer.
Asked = Callable[[Claim, datetime], list[str]]
KNOWING: list[Asked] = []


def listen(asked: Asked) -> None:
    """Have something asked for what it knows; twice the same is once."""
    if asked not in KNOWING:
        KNOWING.append(asked)


def times_elsewhere(claim: Claim, now: datetime) -> list[str]:
    """Every time to come that somebody above knows of, in words for the customer."""
    return [line for asked in KNOWING for line in asked(claim, now)]
