"""How a customer is reached, what they need, who speaks for them, what is written, when to be silent."""

from datetime import date, datetime, time

from django.db import transaction

from waymark.customers import access
from waymark.customers.enums import NoteKind, StopReason
from waymark.customers.models import AccessNeeds, Customer, Note, Representative, SafeContact, Stop
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def set_safe_contact(
    customer: Customer,
    *,
    may_ring: bool = True,
    may_leave_message: bool = True,
    may_write: bool = True,
    may_email: bool = True,
    may_text: bool = False,
    ring_from: time | None = None,
    ring_until: time | None = None,
    warning: str = "",
    by: Post | None,
    now: datetime,
) -> SafeContact:
    """How the customer may be reached without harm; the record keeps old and new."""
    insist(access.may_work_on(customer, by))
    if ring_from and ring_until and ring_until <= ring_from:
        raise Refused("ring_times", "The time to ring ends before it starts.", "Give the earlier time first.")
    if not (may_ring or may_write or may_email):
        raise Refused(
            "no_way_left",
            "No safe way to reach the customer is left.",
            "Agree at least one with the customer, or stop all contact for a time.",
        )
    values: dict[str, object] = {
        "may_ring": may_ring,
        "may_leave_message": may_leave_message and may_ring,
        "may_write": may_write,
        "may_email": may_email,
        "may_text": may_text,
        "ring_from": ring_from,
        "ring_until": ring_until,
        "warning": warning.strip(),
    }
    row = SafeContact.objects.select_for_update().filter(customer=customer).first() or SafeContact(
        customer=customer
    )
    changes = _apply(row, values)
    note_event(Happened.SAFE_CONTACT_SET, by=by, now=now, customer=customer.ref, changes=changes)
    return row


@transaction.atomic
def set_access_needs(
    customer: Customer,
    *,
    large_print: bool = False,
    step_free: bool = False,
    private_room: bool = False,
    companion: bool = False,
    home_visit: bool = False,
    phone_only: bool = False,
    cannot_sit_long: bool = False,
    read_aloud: bool = False,
    interpreter: str = "",
    communication: str = "",
    other: str = "",
    by: Post | None,
    now: datetime,
) -> AccessNeeds:
    """What the customer needs to be able to take part; the record keeps old and new."""
    insist(access.may_work_on(customer, by))
    values: dict[str, object] = {
        "large_print": large_print,
        "step_free": step_free,
        "private_room": private_room,
        "companion": companion,
        "home_visit": home_visit,
        "phone_only": phone_only,
        "cannot_sit_long": cannot_sit_long,
        "read_aloud": read_aloud,
        "interpreter": interpreter.strip(),
        "communication": communication.strip(),
        "other": other.strip(),
    }
    row = AccessNeeds.objects.select_for_update().filter(customer=customer).first() or AccessNeeds(
        customer=customer
    )
    changes = _apply(row, values)
    note_event(Happened.ACCESS_NEEDS_SET, by=by, now=now, customer=customer.ref, changes=changes)
    return row


@transaction.atomic
def add_representative(
    customer: Customer,
    *,
    name: str,
    relationship: str,
    telephone: str = "",
    may_speak_for: bool = False,
    may_be_told: bool = False,
    from_day: date,
    until_day: date | None = None,
    by: Post | None,
    now: datetime,
) -> Representative:
    """Somebody who may speak for the customer, may be told, or both, from a day on."""
    insist(access.may_work_on(customer, by))
    if not (may_speak_for or may_be_told):
        raise Refused(
            "may_do_nothing",
            "It is not said what this person may do.",
            "Say whether they may speak for the customer, may be told, or both.",
        )
    if until_day and until_day < from_day:
        raise Refused("ends_before", "The last day is before the first.", "Check the two days.")
    made = Representative.objects.create(
        ref=new_ref("R"),
        customer=customer,
        name=name.strip(),
        relationship=relationship.strip(),
        telephone=telephone,
        may_speak_for=may_speak_for,
        may_be_told=may_be_told,
        from_day=from_day,
        until_day=until_day,
    )
    note_event(
        Happened.REPRESENTATIVE_ADDED,
        by=by,
        now=now,
        customer=customer.ref,
        name=made.name,
        relationship=made.relationship,
        may_speak_for=may_speak_for,
        may_be_told=may_be_told,
    )
    return made


@transaction.atomic
def end_representative(
    representative: Representative, *, on: date, why: str, by: Post | None, now: datetime
) -> Representative:
    """`on` is the last day on which this person may speak or be told."""
    insist(access.may_work_on(representative.customer, by))
    row = Representative.objects.select_for_update().select_related("customer").get(pk=representative.pk)
    if row.until_day is not None and row.until_day <= on:
        raise Refused("ended_already", f"{row.name} could act until {row.until_day:%d %B %Y} only.", "")
    if on < row.from_day:
        raise Refused(
            "ends_before", "That is before the first day.", f"Choose {row.from_day:%d %B %Y} or later."
        )
    row.until_day = on
    row.save(update_fields=["until_day"])
    note_event(
        Happened.REPRESENTATIVE_ENDED, by=by, now=now, customer=row.customer.ref, why=why, name=row.name
    )
    return row


@transaction.atomic
def write_note(customer: Customer, *, kind: NoteKind, text: str, by: Post, now: datetime) -> Note:
    """A note. The record keeps that it was written, never its words."""
    insist(access.may_work_on(customer, by))
    if not text.strip():
        raise Refused("empty_note", "The note is empty.", "Write what should be known.")
    note = Note.objects.create(
        ref=new_ref("N"), customer=customer, kind=kind, text=text.strip(), written_by=by, written_at=now
    )
    note_event(
        Happened.NOTE_WRITTEN, by=by, now=now, customer=customer.ref, note=note.ref, kind_of_note=str(kind)
    )
    return note


@transaction.atomic
def stop_contact(
    customer: Customer,
    *,
    reason: StopReason,
    words: str = "",
    look_again_on: date,
    by: Post,
    now: datetime,
) -> Stop:
    """No queued call or letter goes out until somebody lifts it; somebody looks again on a day."""
    insist(access.may_work_on(customer, by))
    Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.stops.filter(lifted_at=None).exists():
        raise Refused(
            "stopped_already", "Contact is stopped for this customer already.", "Lift that stop first."
        )
    if look_again_on <= day_of(now):
        raise Refused(
            "look_again_later", "The day to look again is not in the future.", "Choose a later day."
        )
    if reason == StopReason.OTHER and not words.strip():
        raise Refused("no_reason", "Another reason needs words.", "Write why nobody should call or write.")
    stop = Stop.objects.create(
        customer=customer,
        reason=reason,
        words=words.strip(),
        set_by=by,
        set_at=now,
        look_again_on=look_again_on,
    )
    note_event(
        Happened.STOPPED,
        by=by,
        now=now,
        customer=customer.ref,
        why=stop.words,
        reason=str(reason),
        look_again_on=look_again_on.isoformat(),
    )
    return stop


@transaction.atomic
def lift_stop(stop: Stop, *, why: str, by: Post, now: datetime) -> Stop:
    """Calls and letters may go out again."""
    insist(access.may_work_on(stop.customer, by))
    stop = Stop.objects.select_for_update(of=("self",)).select_related("customer").get(pk=stop.pk)
    if stop.lifted_at is not None:
        raise Refused("not_stopped", "This stop was lifted already.", "There is nothing to lift.")
    if not why.strip():
        raise Refused("no_reason", "Lifting a stop needs a reason.", "Write what has changed.")
    stop.lifted_at, stop.lifted_by = now, by
    stop.save(update_fields=["lifted_at", "lifted_by"])
    note_event(Happened.STOP_LIFTED, by=by, now=now, customer=stop.customer.ref, why=why, reason=stop.reason)
    return stop


def _apply(row: SafeContact | AccessNeeds, values: dict[str, object]) -> dict[str, list[str]]:
    """Write the values; old and new of each one that changed, in words for the record."""
    changes = {
        name: [str(getattr(row, name)), str(new)] for name, new in values.items() if getattr(row, name) != new
    }
    for name, new in values.items():
        setattr(row, name, new)
    row.save()
    return changes
