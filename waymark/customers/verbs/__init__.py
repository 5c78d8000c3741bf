"""Writing customers and claims. Each verb is one transaction and notes one event."""

from waymark.customers.verbs.claims import change_benefit, end_claim, make_claim, reason_of_end
from waymark.customers.verbs.contact import (
    add_representative,
    end_representative,
    lift_stop,
    set_access_needs,
    set_safe_contact,
    stop_contact,
    write_note,
)
from waymark.customers.verbs.identity import (
    add_customer,
    amend_customer,
    confirm_address,
    confirm_email,
    doubt_address,
    doubt_email,
)
from waymark.customers.verbs.merging import merge

__all__ = [
    "add_customer",
    "add_representative",
    "amend_customer",
    "change_benefit",
    "confirm_address",
    "confirm_email",
    "doubt_address",
    "doubt_email",
    "end_claim",
    "end_representative",
    "lift_stop",
    "make_claim",
    "merge",
    "reason_of_end",
    "set_access_needs",
    "set_safe_contact",
    "stop_contact",
    "write_note",
]
