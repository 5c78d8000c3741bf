"""Two records of one person become one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from waymark.customers import access
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import AccessNeeds, Claim, Customer, SafeContact
from waymark.customers.queries.card import NEED_WORDS
from waymark.customers.rules import name_keys
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

FILLED_FROM_THE_OTHER = ("title", "born_on", "telephone", "email")


@transaction.atomic
def merge(customer: Customer, into: Customer, *, why: str, by: Post | None, now: datetime) -> Customer:
    """`customer` becomes part of `into`, which is given back: claims, notes, people and stops move, and the
    record of both stays. Contact rules and needs add up to the more careful of the two. It cannot be undone.
    """
    insist(access.may_merge(by))
    insist(access.may_work_on(customer, by))
    insist(access.may_work_on(into, by))
    gone, stays = _locked_pair(customer, into)
    if not why.strip():
        raise Refused(
            "no_reason", "Making two records one needs a reason.", "Write how you know it is one person."
        )
    insist(_are_two(gone, stays))
    insist(_numbers_differ(gone, stays))
    insist(_both_live(gone, stays))
    kept: dict[str, Any] = {
        "name": gone.name,
        "ni_number": gone.ni_number or "",
        "claims": _refs_of_claims(gone),
    }
    _move_rows(gone, stays, by, now)
    _join_contact(gone, stays)
    _join_needs(gone, stays)
    _join_identity(gone, stays)
    note_event(
        Happened.CUSTOMERS_MERGED, by=by, now=now, customer=stays.ref, why=why, merged=gone.ref, **kept
    )
    return stays


def _locked_pair(customer: Customer, into: Customer) -> tuple[Customer, Customer]:
    """Both rows, locked in the order of their ids: two merges at once cannot wait for each other."""
    ids = sorted({customer.pk, into.pk})
    rows = {row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return rows[customer.pk], rows[into.pk]


def _are_two(gone: Customer, stays: Customer) -> Refused | None:
    if gone.pk == stays.pk:
        return Refused(
            "same_record", "This is one record, not two.", "Choose the other record of this person."
        )
    if gone.merged_into_id or stays.merged_into_id:
        return Refused("merged", "One of the two was made one with another already.", "Go on from that one.")
    return None


def _numbers_differ(gone: Customer, stays: Customer) -> Refused | None:
    if gone.ni_number and stays.ni_number:
        return Refused(
            "two_ni_numbers",
            f"The two have different NI numbers: {gone.ni_number} and {stays.ni_number}.",
            "Nobody has two. If one of them is wrong, correct it first.",
        )
    return None


def _both_live(gone: Customer, stays: Customer) -> Refused | None:
    live = Claim.objects.filter(status=ClaimStatus.LIVE)
    theirs = live.filter(customer=stays).values_list("programme", flat=True)
    both = live.filter(customer=gone, programme__in=theirs).first()
    if both is None:
        return None
    return Refused(
        "two_live_claims",
        "Both have a live claim in the same programme, so two interviews would be required of one person.",
        f"End one of the two claims first, for instance {both.ref}.",
    )


def _refs_of_claims(customer: Customer) -> list[str]:
    return list(customer.claims.values_list("ref", flat=True))


def _move_rows(gone: Customer, stays: Customer, by: Post | None, now: datetime) -> None:
    gone.claims.update(customer=stays)
    gone.notes.update(customer=stays)
    gone.representatives.update(customer=stays)
    gone.merged_from.update(merged_into=stays)
    if stays.stops.filter(lifted_at=None).exists():
        # One open stop is enough; the other stays in the history with the day on which it was taken over.
        for stop in gone.stops.filter(lifted_at=None):
            stop.lifted_at, stop.lifted_by = now, by or stop.set_by
            stop.save(update_fields=["lifted_at", "lifted_by"])
    gone.stops.update(customer=stays)


def _join_contact(gone: Customer, stays: Customer) -> None:
    other = SafeContact.objects.filter(customer=gone).first()
    if other is None:
        return
    own = SafeContact.objects.filter(customer=stays).first() or SafeContact(customer=stays)
    for name in ("may_ring", "may_leave_message", "may_write", "may_email", "may_text"):
        setattr(own, name, getattr(own, name) and getattr(other, name))
    own.ring_from = max((t for t in (own.ring_from, other.ring_from) if t), default=None)
    own.ring_until = min((t for t in (own.ring_until, other.ring_until) if t), default=None)
    own.warning = "; ".join(dict.fromkeys(w for w in (own.warning, other.warning) if w))[:200]
    own.save()


def _join_needs(gone: Customer, stays: Customer) -> None:
    other = AccessNeeds.objects.filter(customer=gone).first()
    if other is None:
        return
    own = AccessNeeds.objects.filter(customer=stays).first() or AccessNeeds(customer=stays)
    for name in NEED_WORDS:
        setattr(own, name, getattr(own, name) or getattr(other, name))
    for name, most in (("interpreter", 60), ("communication", 200), ("other", 300)):
        both = dict.fromkeys(w for w in (getattr(own, name), getattr(other, name)) if w)
        setattr(own, name, "; ".join(both)[:most])
    own.save()


def _join_identity(gone: Customer, stays: Customer) -> None:
    """The survivor takes the NI number and what was blank; the other keeps its words as history."""
    number, gone.ni_number = gone.ni_number, None
    gone.merged_into = stays
    gone.save(update_fields=["ni_number", "merged_into"])
    if number:
        stays.ni_number, stays.ni_unknown_because = number, ""
    for name in FILLED_FROM_THE_OTHER:
        if not getattr(stays, name):
            setattr(stays, name, getattr(gone, name))
    if not stays.address:
        stays.address, stays.postcode = gone.address, gone.postcode
    stays.name_keys = sorted(set(stays.name_keys) | name_keys(gone.name))
    stays.save()
