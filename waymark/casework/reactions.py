"""What cases do when interviews speak: an interview held takes the customer on, a claim's end closes the case."""

from datetime import datetime

from waymark.casework.models import Case
from waymark.casework.verbs.cases import customers_given, end_with_claim, person_leaves, take_on
from waymark.casework.verbs.common import plan_contact, rules_for
from waymark.customers.models import Claim
from waymark.interviews import announcing
from waymark.interviews.announcing import Said
from waymark.kernel.clock import day_of
from waymark.organisations.models import Person, Post


def listen() -> None:
    announcing.listen(interviews_said)
    announcing.listen_to_people(given=adviser_changed, leaving=adviser_leaves)


def interviews_said(claim: Claim, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened."""
    if said == Said.ATTENDED:
        _met(claim, by, now)
    elif said == Said.CLAIM_ENDED:
        end_with_claim(claim, by=by, now=now)


def adviser_changed(
    claim: Claim, before: Person | None, adviser: Person, by: Post | None, now: datetime
) -> None:
    customers_given(claim, before, adviser, by=by, now=now)


def adviser_leaves(person: Person, by: Post | None, now: datetime) -> None:
    person_leaves(person, by=by, now=now)


def _met(claim: Claim, by: Post | None, now: datetime) -> None:
    """An interview counts as contact: the next one is planned from it."""
    case = Case.objects.filter(claim=claim, closed_at=None).first()
    if case is None:
        take_on(claim, by=by, now=now)
    else:
        plan_contact(case, since=day_of(now), rules=rules_for(claim, day_of(now)))
