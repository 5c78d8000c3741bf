"""Who may make and end keys, and to whom one may be given."""

from waymark.customers.access import may_work_on
from waymark.customers.models import Customer
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.portal.models import Key


def may_make(customer: Customer, by: Post | None) -> Refused | None:
    """Caseworkers who reach the customer, where there is something only the customer knows."""
    if not can_be_asked(customer):
        return Refused(
            "nothing_to_ask",
            "We hold neither a date of birth nor a National Insurance number, so the page could be opened by anybody.",
            "Add one of them to the record first.",
        )
    return may_work_on(customer, by)


def may_carry_code(customer: Customer) -> bool:
    """Whether a letter to this customer may carry a code."""
    safe = getattr(customer, "safe_contact", None)
    return can_be_asked(customer) and (safe is None or safe.may_write)


def may_end(key: Key, by: Post | None) -> Refused | None:
    return may_work_on(key.customer, by)


def can_be_asked(customer: Customer) -> bool:
    """Whether there is something to ask that only the customer knows."""
    return customer.born_on is not None or bool(customer.ni_number)
