"""Rows without an NI number: is somebody of this name and date of birth known already?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from waymark.customers.models import Customer
from waymark.customers.queries.duplicates import NEAR_WITH_MORE
from waymark.customers.rules import near
from waymark.interviews.importing.shapes import Incoming, Known

ByBirth = dict[date, list[Known]]


def born_as(rows: Iterable[Incoming]) -> ByBirth:
    """Known customers who have the date of birth of a row without an NI number, by that date. One query."""
    days = {row.identity.born_on for row in rows if row.identity.born_on and not row.identity.ni_number}
    found: ByBirth = defaultdict(list)
    for customer in Customer.objects.filter(born_on__in=days, merged_into=None).order_by("pk"):
        if customer.born_on is not None:
            found[customer.born_on].append(Known(customer.pk, customer.ref, customer.name, customer.born_on))
    return found


def remember(known: ByBirth, who: Known) -> None:
    """A customer of this batch, so that a later row of the same person is noticed."""
    if who.born_on is not None:
        known[who.born_on].append(who)


def may_be_known(row: Incoming, known: ByBirth) -> str:
    """Why a row without an NI number cannot come in: a near name and the same date of birth; empty if it can.

    The likeness is the one of the duplicates that are shown when a customer is added. A row that names the
    customer it is not (`another_than`) comes in.
    """
    if row.identity.ni_number or row.identity.born_on is None:
        return ""
    for who in known[row.identity.born_on]:
        if who.ref != row.another_than and near(who.name, row.identity.name) >= NEAR_WITH_MORE:
            return (
                f"ni_number: is empty, and customer {who.ref} has this name and date of birth. Give the NI"
                f" number if it is the same person; write {who.ref} in another_than if it is somebody else."
            )
    return ""
