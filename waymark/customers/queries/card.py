"""What must be known of a customer before anything is done, and what is written about them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from waymark.customers import access
from waymark.customers.enums import NoteKind
from waymark.customers.models import AccessNeeds, Customer, Note, Representative, SafeContact, Stop
from waymark.kernel.composed import composed
from waymark.organisations.models import Post

NEED_WORDS = (
    "large_print",
    "step_free",
    "private_room",
    "companion",
    "home_visit",
    "phone_only",
    "cannot_sit_long",
    "read_aloud",
)


@dataclass(frozen=True)
class MustKnow:
    """What nobody who deals with this customer may forget, in words; all empty when there is nothing."""

    stop: Stop | None
    safe_contact: tuple[str, ...]
    access_needs: tuple[str, ...]
    representatives: tuple[str, ...]
    do_not_ask: tuple[str, ...]
    address: str = ""

    @property
    def may_contact(self) -> bool:
        return self.stop is None

    @property
    def sentences(self) -> list[str]:
        """Everything as one list, the stop first."""
        stop = [stop_words(self.stop)] if self.stop else []
        topics = [_("do not ask again: %(topic)s") % {"topic": topic} for topic in self.do_not_ask]
        address = [self.address] if self.address else []
        return [*stop, *address, *self.safe_contact, *self.access_needs, *self.representatives, *topics]


@dataclass(frozen=True)
class ReadableNote:
    """A note as one reader sees it: `text` is empty where the note is restricted and not for them."""

    ref: str
    kind: str
    kind_word: str
    text: str
    readable: bool
    by: str
    at: datetime


def must_know(customer: Customer, on: date) -> MustKnow:
    """At most five queries, three when `customer` came from `get_customer`."""
    return MustKnow(
        stop=open_stop(customer),
        safe_contact=tuple(safe_contact_words(getattr(customer, "safe_contact", None))),
        access_needs=tuple(access_need_words(getattr(customer, "access_needs", None))),
        representatives=tuple(representative_words(one) for one in representatives(customer, on)),
        do_not_ask=tuple(_not_to_ask(customer)),
        address=_doubts(customer),
    )


def _doubts(customer: Customer) -> str:
    """What comes back from the addresses we have; empty where nothing does."""
    said = []
    if customer.address_doubtful_since:
        said.append(_("letters to the address come back: ask where the customer lives"))
    if customer.email_doubtful_since:
        said.append(_("e-mails to the address come back: ask for another one"))
    return "; ".join(said)


@composed
def _not_to_ask(customer: Customer) -> QuerySet[Note, str]:
    return Note.objects.filter(customer=customer, kind=NoteKind.DO_NOT_ASK).values_list("text", flat=True)


@composed
def _open_stops(customer: Customer) -> QuerySet[Stop]:
    return Stop.objects.filter(customer=customer, lifted_at=None).select_related("set_by__person")


def open_stop(customer: Customer) -> Stop | None:
    """Why calls and letters are stopped now; None where they are not."""
    return _open_stops.first(customer)


@composed
def representatives(customer: Customer, on: date) -> QuerySet[Representative]:
    """Those who may speak or be told on this day."""
    return Representative.objects.filter(
        Q(until_day=None) | Q(until_day__gte=on), customer=customer, from_day__lte=on
    )


def merged_records(customer: Customer) -> QuerySet[Customer]:
    """The records that were made one with this customer's."""
    return customer.merged_from.order_by("added_at")


def notes_for(customer: Customer, post: Post) -> list[ReadableNote]:
    """Every note, newest first, as this reader sees it. One query."""
    notes = customer.notes.select_related("written_by__person")
    return [_as_read_by(post, note) for note in notes]


def _as_read_by(post: Post, note: Note) -> ReadableNote:
    readable = access.may_read_note(note, post)
    return ReadableNote(
        ref=note.ref,
        kind=note.kind,
        kind_word=note.get_kind_display(),
        text=note.text if readable else "",
        readable=readable,
        by=note.written_by.person.name,
        at=note.written_at,
    )


def stop_words(stop: Stop) -> str:
    return _("no calls or letters: %(reason)s; to be looked at again on %(day)s") % {
        "reason": stop.get_reason_display(),
        "day": _day(stop.look_again_on),
    }


def safe_contact_words(safe: SafeContact | None) -> list[str]:
    """What must not be done, and when the telephone may ring; nothing when all is safe."""
    if safe is None:
        return []
    never = {
        _("do not ring"): not safe.may_ring,
        _("do not leave a message"): not safe.may_leave_message,
        _("do not write"): not safe.may_write,
        _("do not e-mail"): not safe.may_email,
    }
    words = [sentence for sentence, holds in never.items() if holds]
    if safe.may_ring and safe.ring_from:
        words.append(_("do not ring before %(time)s") % {"time": f"{safe.ring_from:%H:%M}"})
    if safe.may_ring and safe.ring_until:
        words.append(_("do not ring after %(time)s") % {"time": f"{safe.ring_until:%H:%M}"})
    return [*words, safe.warning] if safe.warning else words


def access_need_words(needs: AccessNeeds | None) -> list[str]:
    if needs is None:
        return []
    said = {
        "large_print": _("needs large print"),
        "step_free": _("needs step-free access"),
        "private_room": _("needs a private room"),
        "companion": _("comes with somebody"),
        "home_visit": _("needs to be visited at home"),
        "phone_only": _("interviews by telephone only"),
        "cannot_sit_long": _("cannot sit for long"),
        "read_aloud": _("cannot read letters: they are read out"),
    }
    words = [said[name] for name in NEED_WORDS if getattr(needs, name)]
    if needs.interpreter:
        words.append(_("needs an interpreter: %(language)s") % {"language": needs.interpreter})
    return words + [text for text in (needs.communication, needs.other) if text]


def representative_words(one: Representative) -> str:
    if one.may_speak_for and one.may_be_told:
        may = _("may speak for the customer and be told")
    elif one.may_speak_for:
        may = _("may speak for the customer")
    else:
        may = _("may be told")
    return f"{one.name} ({one.relationship}) {may}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
