"""What interviews tell the parts above them. Who wants to know answers in its own `reactions`.

The answer is given in the transaction of the act, so that nothing goes on against a customer who has come, or of
whom nothing is asked any more.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from waymark.customers.models import Claim
from waymark.organisations.models import Person, Post


class Said(StrEnum):
    """What has happened to a claim's interviews."""

    ATTENDED = "attended"
    DEFERRED = "deferred"
    WAIVED = "waived"
    NOT_REQUIRED = "not_required"
    CLAIM_ENDED = "claim_ended"
    MISS_TAKEN_BACK = "miss_taken_back"
    LETTER_CAME_BACK = "letter_came_back"
    LETTER_SENT_AGAIN = "letter_sent_again"


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


# A customer goes from one adviser to another: the claim, who had it (None at first), who has it now.
Given = Callable[[Claim, Person | None, Person, Post | None, datetime], None]
GIVEN: list[Given] = []
# Somebody leaves, whose customers have been handed over: whatever else is theirs goes on with others, or refuses.
Leaving = Callable[[Person, Post | None, datetime], None]
LEAVING: list[Leaving] = []


def listen_to_people(*, given: Given, leaving: Leaving) -> None:
    """Have something called when a customer changes adviser and when an adviser leaves; twice the same is once."""
    if given not in GIVEN:
        GIVEN.append(given)
    if leaving not in LEAVING:
        LEAVING.append(leaving)


def announce_given(
    claim: Claim, before: Person | None, adviser: Person, *, by: Post | None, now: datetime
) -> None:
    """Tell that a claim is with another adviser, in the transaction in which it goes."""
    for given in GIVEN:
        given(claim, before, adviser, by, now)


def announce_leaving(person: Person, *, by: Post | None, now: datetime) -> None:
    """Tell that somebody leaves, before they have: a refusal keeps them here."""
    for leaving in LEAVING:
        leaving(person, by, now)
