"""Adding and amending customers, without adding anybody twice."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction

from waymark.customers import access, queries
from waymark.customers.models import Customer
from waymark.customers.queries.duplicates import Likeness
from waymark.customers.rules import Identity, name_keys
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def add_customer(
    identity: Identity, *, by: Post | None, now: datetime, none_of: Collection[str] = ()
) -> Customer:
    """A new customer. `identity` is tidied (`rules.tidy`); `none_of`: references of likely duplicates that
    were looked at and are somebody else. Refused when the NI number is known, or one was not looked at.
    """
    insist(access.may_add(by))
    insist(_complete(identity))
    likely = queries.likely_duplicates(identity, by)
    insist(_known_already(likely))
    insist(_not_looked_at(likely, none_of))
    customer = Customer(ref=new_ref("C"), added_at=now, added_by=by)
    _write(customer, identity)
    note_event(Happened.CUSTOMER_ADDED, by=by, now=now, customer=customer.ref, none_of=sorted(none_of))
    return customer


@transaction.atomic
def amend_customer(
    customer: Customer, identity: Identity, *, why: str, by: Post | None, now: datetime
) -> Customer:
    """Correct who a customer is; the record keeps old and new. No change, no event."""
    insist(access.may_work_on(customer, by))
    customer = _locked(customer)
    insist(_complete(identity))
    old, new = asdict(queries.identity_of(customer)), asdict(identity)
    changes = {name: [_plain(old[name]), _plain(new[name])] for name in new if old[name] != new[name]}
    if not changes:
        return customer
    if not why.strip():
        raise Refused("no_reason", "A correction needs a reason.", "Write how you know.")
    insist(_known_already(queries.likely_duplicates(identity, by, but_not=customer.pk)))
    _write(customer, identity)
    note_event(Happened.CUSTOMER_AMENDED, by=by, now=now, customer=customer.ref, why=why, changes=changes)
    return customer


def doubt_address(customer: Customer, *, on: date) -> None:
    """Letters come back from the address: none goes there until it is settled. Part of the verb that notes it."""
    Customer.objects.filter(pk=customer.pk, address_doubtful_since=None).update(address_doubtful_since=on)


def doubt_email(customer: Customer, *, on: date) -> None:
    """E-mails come back from the address: none goes there until it is settled. Part of the verb that notes it."""
    Customer.objects.filter(pk=customer.pk, email_doubtful_since=None).update(email_doubtful_since=on)


@transaction.atomic
def confirm_email(customer: Customer, *, why: str, by: Post | None, now: datetime) -> Customer:
    """The e-mail address is right after all, and `why` says how that is known: e-mails may go there again."""
    insist(access.may_work_on(customer, by))
    customer = _locked(customer)
    if customer.email_doubtful_since is None:
        raise Refused("no_doubt", "Nobody doubts this e-mail address.", "")
    if not why.strip():
        raise Refused("no_reason", "It is not said how we know.", "Write whom you asked, and what they said.")
    customer.email_doubtful_since = None
    customer.save(update_fields=["email_doubtful_since"])
    note_event(
        Happened.ADDRESS_CONFIRMED, by=by, now=now, customer=customer.ref, why=why.strip(), way="email"
    )
    return customer


@transaction.atomic
def confirm_address(customer: Customer, *, why: str, by: Post | None, now: datetime) -> Customer:
    """The address is right after all, and `why` says how that is known: letters may go there again."""
    insist(access.may_work_on(customer, by))
    customer = _locked(customer)
    if customer.address_doubtful_since is None:
        raise Refused("no_doubt", "Nobody doubts this address.", "")
    if not why.strip():
        raise Refused("no_reason", "It is not said how we know.", "Write whom you asked, and what they said.")
    customer.address_doubtful_since = None
    customer.save(update_fields=["address_doubtful_since"])
    note_event(Happened.ADDRESS_CONFIRMED, by=by, now=now, customer=customer.ref, why=why.strip())
    return customer


def _write(customer: Customer, identity: Identity) -> None:
    if (customer.address, customer.postcode) != (identity.address, identity.postcode):
        customer.address_doubtful_since = None
    if customer.email != identity.email:
        customer.email_doubtful_since = None
    for name, value in asdict(identity).items():
        setattr(customer, name, value)
    customer.ni_number = identity.ni_number or None
    customer.ni_unknown_because = "" if identity.ni_number else identity.ni_unknown_because
    customer.name_keys = sorted(name_keys(identity.name).union(*_names_merged_in(customer)))
    try:
        with transaction.atomic():
            customer.save()
    except IntegrityError as problem:
        # A colleague was quicker by a moment: the unique NI number decides.
        if "ni_number" in str(problem):
            raise Refused("known_already", *_SAME_NUMBER) from problem
        raise


_SAME_NUMBER = (
    "A customer with this NI number is known already.",
    "Search for the number and go on from that record.",
)


def _names_merged_in(customer: Customer) -> list[set[str]]:
    """A customer is still found by the names of records merged into theirs."""
    return [name_keys(one.name) for one in customer.merged_from.all()] if customer.pk else []


def _complete(identity: Identity) -> Refused | None:
    if not identity.given_names or not identity.family_name:
        return Refused("no_name", "A customer has a first name and a family name.", "Give both.")
    if not identity.ni_number and not identity.ni_unknown_because:
        return Refused("no_ni_number", "There is no NI number.", "Give it, or say why it is not known.")
    return None


def _known_already(likely: list[Likeness]) -> Refused | None:
    same = next((one for one in likely if one.certain), None)
    if same is None:
        return None
    if same.visible:
        return Refused(
            "known_already",
            f"{same.name} has this NI number and is known already.",
            f"Go on from the record {same.ref}.",
        )
    office = same.office or "another office"
    return Refused(
        "known_elsewhere",
        f"A customer with this NI number is known at {office}.",
        f"Ask {office} to open the claim for your office.",
    )


def _not_looked_at(likely: list[Likeness], none_of: Collection[str]) -> Refused | None:
    left = [one for one in likely if one.ref not in none_of]
    if not left:
        return None
    return Refused(
        "likely_duplicate",
        "Somebody like this is known already."
        if len(left) == 1
        else f"{len(left)} people like this are known already.",
        "Look at them, and say if it is none of them.",
    )


def _locked(customer: Customer) -> Customer:
    locked = Customer.objects.select_for_update().get(pk=customer.pk)
    if locked.merged_into_id is not None:
        raise Refused("merged", "This record was made one with another.", "Go on from that one.")
    return locked


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
