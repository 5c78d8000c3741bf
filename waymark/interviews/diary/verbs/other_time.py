"""Time filled with something else than an appointment, and the key of the calendar feed."""

import secrets
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from waymark.interviews.diary import access, queries
from waymark.interviews.diary.verbs.entering import lapse, lock_people
from waymark.interviews.diary.verbs.refusing import attempt, in_words
from waymark.interviews.models import DiaryEntry
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def block(
    person: Person, during: tuple[datetime, datetime], what: str, *, by: Post | None, now: datetime
) -> DiaryEntry:
    """Fill a stretch of somebody's time with something else: training, a meeting, time kept free."""
    if by is not None:
        insist(access.may_block(person, by))
    start, end = during
    if end <= start:
        raise Refused("wrong_order", _("The end must come after the start."), _("Give a later end."))
    if not what.strip():
        raise Refused(
            "no_words", _("Say what the time is for."), _("A word is enough, for example training.")
        )
    entry = attempt(partial(_block, person, start, end, what.strip(), now))
    note_event(
        Happened.TIME_BLOCKED,
        by=by,
        now=now,
        person=person.name,
        what=entry.what,
        start=start.isoformat(),
        end=end.isoformat(),
    )
    return entry


@transaction.atomic
def keep_free_after(person: Person, start: datetime, length: timedelta, what: str, *, now: datetime) -> bool:
    """Fill the time after `start` if the diary still has it; says whether it had. Part of another verb: no event."""
    try:
        with transaction.atomic():
            _block(person, start, start + length, what, now)
    except Refused:
        return False
    return True


def _block(person: Person, start: datetime, end: datetime, what: str, now: datetime) -> DiaryEntry:
    lock_people([person.pk])
    during = TimestamptzRange(start, end)
    filled = queries.entries_at(start, end, now).filter(person=person).select_related("appointment").first()
    if filled is not None:
        raise Refused(
            "time_filled",
            _("%(name)s has %(what)s on %(when)s.")
            % {
                "name": person.name,
                "what": filled.what or _("an appointment"),
                "when": in_words(filled.during.lower),
            },
            _("Move that first, or choose another time."),
        )
    in_the_way = DiaryEntry.objects.filter(person=person, live=True, during__overlap=during)
    lapse(Q(pk__in=in_the_way.values("appointment")))
    return DiaryEntry.objects.create(person=person, during=during, what=what[:100])


@transaction.atomic
def unblock(entry: DiaryEntry, *, by: Post | None, now: datetime) -> DiaryEntry:
    """Free a stretch that was filled with something else than an appointment."""
    entry = DiaryEntry.objects.select_for_update(of=("self",)).select_related("person").get(pk=entry.pk)
    if by is not None:
        insist(access.may_block(entry.person, by))
    if entry.appointment_id is not None:
        raise Refused("is_appointment", _("This is an appointment."), _("Cancel or move the appointment."))
    if entry.meeting:
        raise Refused(
            "is_meeting", _("This is a meeting about a customer."), _("Move the meeting, or cancel it.")
        )
    if not entry.live:
        return entry
    entry.live = False
    entry.save(update_fields=["live"])
    note_event(
        Happened.TIME_FREED,
        by=by,
        now=now,
        person=entry.person.name,
        what=entry.what,
        start=entry.during.lower.isoformat(),
        end=entry.during.upper.isoformat(),
    )
    return entry


@transaction.atomic
def renew_calendar_key(person: Person, *, by: Post, now: datetime) -> Person:
    """A new secret for somebody's own calendar feed: the old address stops working at once."""
    if by.person_id != person.pk:
        raise Refused(
            "calendar_of_another",
            _("Only %(name)s can renew this address.") % {"name": person.name},
            _("Ask them."),
        )
    person.calendar_key = secrets.token_hex(24)
    person.save(update_fields=["calendar_key"])
    note_event(Happened.CALENDAR_KEY_RENEWED, by=by, now=now, person=person.name)
    return person
