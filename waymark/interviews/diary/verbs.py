"""Writing diaries.

`hold`, `book`, `let_go`, `move`, `cancel`, `took_place` and `release_expired` write appointments and diary
entries and nothing else: the interview's state, its tasks, notices and the event belong to the verb of the
interview that calls them in its own transaction. The others (`block`, `set_hours` ...) are called by screens
and note their event.

**Locks**, always in this order, so that two callers can never wait for each other: the appointment that
is changed; the persons, by id; the rooms, by id; lapsed appointments in the way, by id. The exclusion
constraints decide in the end; the locks only make losers wait in one line. Every attempt has its own
savepoint: a caller whose time was taken gets a `Refused` and may go on in the same transaction.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import errors
from psycopg.types.range import TimestamptzRange

from waymark.interviews.diary import access, queries
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import APPOINTMENT_LIFE, AppointmentState, CausedBy
from waymark.interviews.models import Appointment, DiaryEntry, Interview, WorkingPattern
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Absence, Office, Person, Post, Room
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

HOLD_MINUTES = 10
ALTERNATIVES = 3
TAKEN = frozenset({"nobody_is_in_two_places", "no_room_is_used_twice"})
# What another transaction can do to ours: once more, then give up with a sentence.
PASSING = (errors.DeadlockDetected, errors.SerializationFailure, errors.LockNotAvailable)
Given = TypeVar("Given")


# Appointments


@transaction.atomic
def hold(
    interview: Interview, slot: Slot, *, by: Post | None, now: datetime, minutes: int = HOLD_MINUTES
) -> Appointment:
    """Keep a time free for `minutes` while the customer decides. Refused when it has been taken."""
    _insist_possible(slot, now)
    until = now + timedelta(minutes=minutes)
    return _or_alternatives(
        slot, now, partial(_enter, interview, slot, AppointmentState.HELD, by=by, now=now, held_until=until)
    )


@transaction.atomic
def book(interview: Interview, what: Slot | Appointment, *, by: Post | None, now: datetime) -> Appointment:
    """Book a slot, or a time that was kept for this interview with `hold`.

    A kept time whose minutes have run out can still be booked while nobody else has taken it.
    """
    if isinstance(what, Appointment):
        return _book_held(interview, what, by=by, now=now)
    _insist_possible(what, now)
    return _or_alternatives(
        what, now, partial(_enter, interview, what, AppointmentState.BOOKED, by=by, now=now)
    )


@transaction.atomic
def let_go(appointment: Appointment, *, now: datetime) -> Appointment:
    """Give back a time that was kept but not taken."""
    held = _locked(appointment)
    APPOINTMENT_LIFE.insist(held.state, AppointmentState.LAPSED)
    return _free(held, AppointmentState.LAPSED)


@transaction.atomic
def move(
    appointment: Appointment,
    slot: Slot,
    *,
    caused_by: str,
    reason: str,
    words: str = "",
    by: Post | None,
    now: datetime,
) -> Appointment:
    """Another time for a booked appointment: the old one is kept as moved, the new one is returned.

    reason: a code of reasons/appointment_cancelled.csv. If somebody else takes the new time, the old stands.
    """
    _insist_reason(caused_by, reason)
    _insist_possible(slot, now)
    return _or_alternatives(
        slot, now, partial(_move, appointment, slot, caused_by, reason, words, by=by, now=now)
    )


@transaction.atomic
def cancel(
    appointment: Appointment, *, caused_by: str, reason: str, words: str = "", by: Post | None, now: datetime
) -> Appointment:
    """Cancel a booked appointment and free its time; who caused it and why are always said (E:L1282)."""
    _insist_reason(caused_by, reason)
    booked = _locked(appointment)
    APPOINTMENT_LIFE.insist(booked.state, AppointmentState.CANCELLED)
    booked.caused_by, booked.reason, booked.words = caused_by, reason, words
    return _free(booked, AppointmentState.CANCELLED)


@transaction.atomic
def took_place(appointment: Appointment, *, by: Post | None, now: datetime) -> Appointment:
    """The customer came. Its time stays in the diaries."""
    booked = _locked(appointment)
    APPOINTMENT_LIFE.insist(booked.state, AppointmentState.TOOK_PLACE)
    if now < booked.starts_at:
        raise Refused(
            "not_yet",
            _("This appointment is on %(when)s.") % {"when": _when(booked.starts_at)},
            _("When the customer comes earlier, move the appointment to that time first."),
        )
    booked.state = AppointmentState.TOOK_PLACE
    booked.save(update_fields=["state"])
    return booked


@transaction.atomic
def release_expired(now: datetime) -> int:
    """Free the times that were kept and not taken in their minutes. Says how many; may be run at any time."""
    return _lapse(Q(held_until__lte=now))


def _book_held(
    interview: Interview, appointment: Appointment, *, by: Post | None, now: datetime
) -> Appointment:
    held = _locked(appointment)
    if held.interview_id != interview.pk:
        raise Refused("kept_for_another", _("This time is kept for another interview."), _("Choose a time."))
    if held.state == AppointmentState.BOOKED:
        return held
    if held.state == AppointmentState.LAPSED:
        raise Refused(
            "hold_lapsed",
            _("The time was kept for you for some minutes, and these are over."),
            _("Choose a time again; it may still be free."),
        )
    APPOINTMENT_LIFE.insist(held.state, AppointmentState.BOOKED)
    if held.starts_at <= now:
        raise _past()
    held.state, held.held_until, held.made_by, held.made_at = AppointmentState.BOOKED, None, by, now
    return _attempt(partial(_save_booked, held))


def _save_booked(held: Appointment) -> Appointment:
    held.save(update_fields=["state", "held_until", "made_by", "made_at"])
    return held


def _move(
    appointment: Appointment,
    slot: Slot,
    caused_by: str,
    reason: str,
    words: str,
    *,
    by: Post | None,
    now: datetime,
) -> Appointment:
    old = _locked(appointment)
    APPOINTMENT_LIFE.insist(old.state, AppointmentState.MOVED)
    old.caused_by, old.reason, old.words = caused_by, reason, words
    _free(old, AppointmentState.MOVED)
    return _enter(old.interview, slot, AppointmentState.BOOKED, by=by, now=now, moved_from=old)


def _enter(
    interview: Interview,
    slot: Slot,
    state: AppointmentState,
    *,
    by: Post | None,
    now: datetime,
    held_until: datetime | None = None,
    moved_from: Appointment | None = None,
) -> Appointment:
    """The appointment and its stretches in the diaries of the people and of the room."""
    people = [pk for pk in (slot.adviser_id, slot.assessor_id) if pk is not None]
    _lock_people(people)
    _insist_there(slot, people)
    room_id = _room(slot, now)
    _lapse_in_the_way(slot, people, room_id, now)
    appointment = Appointment.objects.create(
        ref=new_ref("A"),
        interview=interview,
        kind=slot.kind,
        mode=slot.mode,
        office_id=slot.office_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        adviser_id=slot.adviser_id,
        room_id=room_id,
        with_assessor=slot.assessor_id is not None,
        state=state,
        held_until=held_until,
        moved_from=moved_from,
        made_by=by,
        made_at=now,
    )
    for person_id, start, end in _parts(slot):
        DiaryEntry.objects.create(
            person_id=person_id, room_id=room_id, appointment=appointment, during=TimestamptzRange(start, end)
        )
    return appointment


def _parts(slot: Slot) -> list[tuple[int, datetime, datetime]]:
    """Who is taken from when to when: the assessor first, then the adviser."""
    parts = [(slot.adviser_id, slot.adviser_at, slot.ends_at)]
    if slot.assessor_id is not None:
        parts.insert(0, (slot.assessor_id, slot.starts_at, slot.adviser_at))
    return parts


def _lock_people(people: list[int]) -> None:
    # `no_key`: rows that merely refer to the person may still be written by others.
    list(
        Person.objects.select_for_update(no_key=True)
        .filter(pk__in=people)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _room(slot: Slot, now: datetime) -> int | None:
    """The room of the slot, or another as good when it has been taken since; locked."""
    if slot.room_id is None:
        return None
    rooms = Room.objects.filter(office_id=slot.office_id)
    if slot.private_room:
        rooms = rooms.filter(private=True)
    if slot.step_free:
        rooms = rooms.filter(step_free=True)
    as_good = list(rooms.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    taken = set(
        queries.entries_at(slot.starts_at, slot.ends_at, now)
        .filter(room__in=as_good)
        .values_list("room_id", flat=True)
    )
    free = [pk for pk in as_good if pk not in taken]
    if slot.room_id in free or not free:
        return slot.room_id
    return free[0]


def _lapse_in_the_way(slot: Slot, people: list[int], room_id: int | None, now: datetime) -> None:
    in_the_way = DiaryEntry.objects.filter(
        Q(person__in=people) | Q(room=room_id, room__isnull=False),
        live=True,
        during__overlap=TimestamptzRange(slot.starts_at, slot.ends_at),
        appointment__state=AppointmentState.HELD,
        appointment__held_until__lte=now,
    )
    _lapse(Q(pk__in=in_the_way.values("appointment")))


def _lapse(which: Q) -> int:
    lapsed = list(
        Appointment.objects.select_for_update()
        .filter(which, state=AppointmentState.HELD)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if lapsed:
        DiaryEntry.objects.filter(appointment__in=lapsed, live=True).update(live=False)
        Appointment.objects.filter(pk__in=lapsed).update(state=AppointmentState.LAPSED)
    return len(lapsed)


def _locked(appointment: Appointment) -> Appointment:
    return (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("interview", "office", "adviser")
        .get(pk=appointment.pk)
    )


def _free(appointment: Appointment, state: AppointmentState) -> Appointment:
    appointment.state = state
    appointment.save(update_fields=["state", "caused_by", "reason", "words"])
    appointment.entries.filter(live=True).update(live=False)
    return appointment


# Refusals


def _insist_reason(caused_by: str, reason: str) -> None:
    if caused_by not in CausedBy.values or not reason.strip():
        raise Refused(
            "no_reason",
            _("An appointment is not moved or cancelled without saying who caused it, and why."),
            _("Choose a reason."),
        )


def _insist_possible(slot: Slot, now: datetime) -> None:
    if slot.starts_at <= now:
        raise _past()


def _past() -> Refused:
    return Refused("slot_past", _("That time is over."), _("Choose a later one."))


def _insist_there(slot: Slot, people: list[int]) -> None:
    """Somebody may have fallen ill, or left, between the search and the choice."""
    gone = Person.objects.filter(pk__in=people, left_on__isnull=False).first()
    if gone is not None:
        raise Refused("slot_taken", _("%(name)s does not work here any more.") % {"name": gone.name})
    away = (
        Absence.objects.filter(person__in=people, first_day__lte=slot.day, last_day__gte=slot.day)
        .select_related("person")
        .first()
    )
    if away is not None:
        raise Refused(
            "slot_taken",
            _("%(name)s is away on %(day)s.")
            % {"name": away.person.name, "day": queries.day_words(slot.day)},
        )


def _or_alternatives(slot: Slot, now: datetime, write: Callable[[], Appointment]) -> Appointment:
    """Write, or refuse and name the next times that would do as well."""
    try:
        return _attempt(write)
    except Refused as refused:
        if refused.code != "slot_taken":
            raise
        raise Refused(refused.code, refused.message, _alternatives(slot, now)) from refused


def _attempt(write: Callable[[], Given], tries: int = 2) -> Given:
    """Write in a savepoint of its own; what the database refuses becomes a sentence."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        raise _refusal(error) from error
    except OperationalError as error:
        if not isinstance(error.__cause__, PASSING):
            raise
        if tries > 1:
            return _attempt(write, tries - 1)
        raise Refused(
            "diary_busy",
            _("Somebody else is booking in this diary at this very moment."),
            _("Try again in a few seconds."),
        ) from error


def _refusal(error: IntegrityError) -> Exception:
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    if constraint in TAKEN:
        return Refused("slot_taken", _("That time has just been taken."))
    if constraint == "one_booked_appointment_an_interview":
        return Refused(
            "has_appointment",
            _("This interview has an appointment already."),
            _("Move that appointment instead."),
        )
    return error


def _alternatives(slot: Slot, now: datetime) -> str:
    found = queries.find_slots(
        Office.objects.get(pk=slot.office_id),
        kind=slot.kind,
        minutes=slot.minutes,
        mode=slot.mode,
        not_before=max(now, queries.moment(slot.day, 0)),
        until=slot.day,
        with_assessor_minutes=slot.assessor_minutes,
        private_room=slot.private_room,
        step_free=slot.step_free,
        home_visit_minutes=slot.minutes,
        limit=ALTERNATIVES,
        per_day=2,
        now=now,
    )
    if not found.slots:
        return _("Nothing else fits in the next weeks: try another way of meeting, or another office.")
    return _("Choose another: %(times)s.") % {
        "times": "; ".join(queries.slot_sentence(other) for other in found.slots)
    }


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{queries.day_words(local.date())} {local:%H:%M}"


# Hours, other work, the calendar feed


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
    entry = _attempt(partial(_block, person, start, end, what.strip(), now))
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


def _block(person: Person, start: datetime, end: datetime, what: str, now: datetime) -> DiaryEntry:
    _lock_people([person.pk])
    during = TimestamptzRange(start, end)
    filled = queries.entries_at(start, end, now).filter(person=person).select_related("appointment").first()
    if filled is not None:
        raise Refused(
            "time_filled",
            _("%(name)s has %(what)s on %(when)s.")
            % {
                "name": person.name,
                "what": filled.what or _("an appointment"),
                "when": _when(filled.during.lower),
            },
            _("Move that first, or choose another time."),
        )
    in_the_way = DiaryEntry.objects.filter(person=person, live=True, during__overlap=during)
    _lapse(Q(pk__in=in_the_way.values("appointment")))
    return DiaryEntry.objects.create(person=person, during=during, what=what[:100])


@transaction.atomic
def unblock(entry: DiaryEntry, *, by: Post | None, now: datetime) -> DiaryEntry:
    """Free a stretch that was filled with something else than an appointment."""
    entry = DiaryEntry.objects.select_for_update(of=("self",)).select_related("person").get(pk=entry.pk)
    if by is not None:
        insist(access.may_block(entry.person, by))
    if entry.appointment_id is not None:
        raise Refused("is_appointment", _("This is an appointment."), _("Cancel or move the appointment."))
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
def set_hours(
    person: Person,
    office: Office,
    *,
    weekdays: Iterable[int],
    starts: time,
    ends: time,
    in_office: bool = True,
    by_phone: bool = True,
    at_home: bool = False,
    valid_from: date,
    valid_until: date | None = None,
    by: Post | None,
    now: datetime,
) -> list[WorkingPattern]:
    """Hours of some weekdays (0 Monday) in which a person takes appointments, from a day on.

    Hours of the same weekday that would overlap are refused: end those first.
    """
    if by is not None:
        insist(access.may_set_hours(office, by))
    made = [
        WorkingPattern(
            person=person,
            office=office,
            weekday=weekday,
            starts=starts,
            ends=ends,
            in_office=in_office,
            by_phone=by_phone,
            at_home=at_home,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        for weekday in sorted(set(weekdays))
    ]
    if not made:
        raise Refused("no_weekday", _("Say on which days of the week."), _("Choose at least one."))
    _lock_people([person.pk])
    for hours in made:
        _insist_hours(hours)
        hours.save()
    note_event(
        Happened.HOURS_SET,
        by=by,
        now=now,
        weekdays=[hours.weekday for hours in made],
        **_hours_details(made[0]),
    )
    return made


def _insist_hours(hours: WorkingPattern) -> None:
    try:
        hours.full_clean()
    except ValidationError as error:
        raise Refused("hours_wrong", " ".join(error.messages), _("Correct the hours.")) from error
    if not (hours.in_office or hours.by_phone or hours.at_home):
        raise Refused(
            "hours_for_nothing",
            _("These hours serve no kind of meeting."),
            _("Choose at the office, by telephone or at home."),
        )
    if hours.valid_until is not None and hours.valid_until < hours.valid_from:
        raise Refused("wrong_order", _("The last day comes before the first."), _("Give a later last day."))
    other = (
        WorkingPattern.objects.filter(person=hours.person_id, weekday=hours.weekday)
        .filter(starts__lt=hours.ends, ends__gt=hours.starts)
        .filter(Q(valid_until=None) | Q(valid_until__gte=hours.valid_from))
    )
    if hours.valid_until is not None:
        other = other.filter(valid_from__lte=hours.valid_until)
    found = other.first()
    if found is not None:
        raise Refused(
            "hours_overlap",
            _("%(name)s has hours from %(starts)s to %(ends)s on that day of the week already.")
            % {"name": hours.person.name, "starts": f"{found.starts:%H:%M}", "ends": f"{found.ends:%H:%M}"},
            _("End those first, or choose other hours."),
        )


@transaction.atomic
def end_hours(hours: WorkingPattern, *, last_day: date, by: Post | None, now: datetime) -> WorkingPattern:
    """The last day on which these hours hold. Appointments booked in them stay and must be moved."""
    hours = (
        WorkingPattern.objects.select_for_update(of=("self",))
        .select_related("person", "office")
        .get(pk=hours.pk)
    )
    if by is not None:
        insist(access.may_set_hours(hours.office, by))
    hours.valid_until = last_day
    hours.save(update_fields=["valid_until"])
    note_event(
        Happened.HOURS_ENDED,
        by=by,
        now=now,
        weekdays=[hours.weekday],
        last_day=last_day.isoformat(),
        **_hours_details(hours),
    )
    return hours


def _hours_details(hours: WorkingPattern) -> dict[str, str]:
    return {
        "person": hours.person.name,
        "office": hours.office.name,
        "starts": f"{hours.starts:%H:%M}",
        "ends": f"{hours.ends:%H:%M}",
        "valid_from": hours.valid_from.isoformat(),
    }


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
