"""One person's diary for calendar programs (iCalendar, RFC 5545).

The address is the only key, and calendar programs keep copies: so a customer appears by initials and
reference alone.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from icalendar import Calendar, Event

from waymark.interviews.enums import AppointmentState, Mode
from waymark.interviews.models import DiaryEntry
from waymark.organisations.models import Person

BACK = timedelta(days=14)
AHEAD = timedelta(days=182)
GONE = frozenset({AppointmentState.MOVED, AppointmentState.CANCELLED})
STATUS = {
    AppointmentState.HELD: "TENTATIVE",
    AppointmentState.MOVED: "CANCELLED",
    AppointmentState.CANCELLED: "CANCELLED",
}


def person_of(ref: str, key: str) -> Person | None:
    """Whose feed this is; nobody's when the key is wrong or the person has left."""
    person = Person.objects.filter(ref=ref, is_active=True).first()
    # The comparison takes as long for a person who does not exist: nothing is learned from the time it takes.
    known = person.calendar_key if person else "no such person"
    return person if hmac.compare_digest(known.encode(), key.encode()) and person else None


def entries_of(person: Person, now: datetime) -> QuerySet[DiaryEntry]:
    """What the feed shows: two weeks back, half a year ahead; moved and cancelled ones too."""
    return (
        DiaryEntry.objects.filter(
            person=person, during__overlap=(now - BACK, now + AHEAD), during__endswith__gt=now - BACK
        )
        .filter(Q(live=True) | Q(appointment__state__in=GONE) | ~Q(meeting=""))
        .exclude(appointment__state=AppointmentState.HELD, appointment__held_until__lte=now)
        .select_related("appointment__interview__claim__customer", "appointment__office", "room")
        .order_by("during", "id")
    )


def calendar_of(person: Person, now: datetime) -> bytes:
    """The feed of a person as an iCalendar file."""
    return as_calendar(person, entries_of(person, now), now)


def as_calendar(person: Person, entries: Iterable[DiaryEntry], now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Waymark//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Waymark: {person.name}")
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return calendar.to_ical()


def _event(entry: DiaryEntry, now: datetime) -> Event:
    event = Event()
    event.add("dtstart", entry.during.lower)
    event.add("dtend", entry.during.upper)
    event.add("class", "PRIVATE")
    if entry.appointment is None:
        event.add("uid", f"{entry.meeting or _secret_of(entry)}@waymark")
        event.add("dtstamp", now)
        event.add("summary", entry.what)
        event.add("status", "CONFIRMED" if entry.live else "CANCELLED")
        return event
    appointment = entry.appointment
    state = AppointmentState(appointment.state)
    customer = appointment.interview.claim.customer
    initials = "".join(word[0] for word in customer.name.split())
    event.add("uid", f"{appointment.ref}@waymark")
    event.add("dtstamp", appointment.made_at)
    event.add("sequence", 1 if state in GONE else 0)
    event.add("status", STATUS.get(state, "CONFIRMED"))
    event.add("summary", f"{initials} {customer.ref}, {Mode(appointment.mode).label}")
    if appointment.mode == Mode.OFFICE:
        event.add(
            "location",
            ", ".join(filter(None, [appointment.office.name, entry.room.name if entry.room else ""])),
        )
    if state in GONE:
        event.add("description", str(state.label).capitalize())
    return event


def _secret_of(entry: DiaryEntry) -> str:
    """A lasting name for a stretch without a reference of its own that gives nothing away."""
    return hashlib.sha256(f"{entry.person.calendar_key}:{entry.pk}".encode()).hexdigest()[:24]
