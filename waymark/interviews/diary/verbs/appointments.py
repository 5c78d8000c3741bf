"""Times kept, booked, moved, cancelled and given back: only rows; the interview's verb does the rest."""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from waymark.interviews.diary.rules import Slot
from waymark.interviews.diary.verbs.entering import enter, lapse
from waymark.interviews.diary.verbs.refusing import attempt, in_words, or_alternatives
from waymark.interviews.enums import APPOINTMENT_LIFE, AppointmentState, CausedBy
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.reminding import drop_reminders
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post

HOLD_MINUTES = 10


@transaction.atomic
def hold(
    interview: Interview, slot: Slot, *, by: Post | None, now: datetime, minutes: int = HOLD_MINUTES
) -> Appointment:
    """Keep a time free for `minutes` while the customer decides. Refused when it has been taken."""
    _insist_possible(slot, now)
    until = now + timedelta(minutes=minutes)
    return or_alternatives(
        slot, now, partial(enter, interview, slot, AppointmentState.HELD, by=by, now=now, held_until=until)
    )


@transaction.atomic
def book(
    interview: Interview,
    what: Slot | Appointment,
    *,
    overbooked: bool = False,
    by: Post | None,
    now: datetime,
) -> Appointment:
    """Book a slot, or a time that was kept for this interview with `hold`.

    A kept time whose minutes have run out can still be booked while nobody else has taken it. overbooked: beside
    another appointment of the adviser; whether that may be is the caller's to ask.
    """
    if isinstance(what, Appointment):
        return _book_held(interview, what, by=by, now=now)
    _insist_possible(what, now)
    return or_alternatives(
        what,
        now,
        partial(enter, interview, what, AppointmentState.BOOKED, overbooked=overbooked, by=by, now=now),
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
    return or_alternatives(
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
    drop_reminders(booked, now=now)
    return _free(booked, AppointmentState.CANCELLED)


@transaction.atomic
def took_place(appointment: Appointment, *, by: Post | None, now: datetime) -> Appointment:
    """The customer came. Its time stays in the diaries."""
    booked = _locked(appointment)
    APPOINTMENT_LIFE.insist(booked.state, AppointmentState.TOOK_PLACE)
    if now < booked.starts_at:
        raise Refused(
            "not_yet",
            _("This appointment is on %(when)s.") % {"when": in_words(booked.starts_at)},
            _("When the customer comes earlier, move the appointment to that time first."),
        )
    booked.state = AppointmentState.TOOK_PLACE
    booked.save(update_fields=["state"])
    return booked


@transaction.atomic
def not_attended(appointment: Appointment, *, by: Post | None, now: datetime) -> Appointment:
    """The customer did not come. Its time stays in the diaries: it was kept for them."""
    booked = _locked(appointment)
    APPOINTMENT_LIFE.insist(booked.state, AppointmentState.MISSED)
    booked.state = AppointmentState.MISSED
    try:
        with transaction.atomic():
            booked.save(update_fields=["state"])
    except IntegrityError as problem:
        raise Refused(
            "message_waits",
            _("The customer has told us something that nobody has answered yet."),
            _("Read the message and answer it first."),
        ) from problem
    return booked


@transaction.atomic
def not_missed(appointment: Appointment, *, by: Post | None, now: datetime) -> Appointment:
    """It was marked as missed by mistake: booked again, at the time that stayed in the diaries."""
    missed = _locked(appointment)
    APPOINTMENT_LIFE.insist(missed.state, AppointmentState.BOOKED)
    missed.state = AppointmentState.BOOKED
    missed.save(update_fields=["state"])
    return missed


@transaction.atomic
def release_expired(now: datetime) -> int:
    """Free the times that were kept and not taken in their minutes. Says how many; may be run at any time."""
    return lapse(Q(held_until__lte=now))


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
    return attempt(partial(_save_booked, held))


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
    drop_reminders(old, now=now)
    _free(old, AppointmentState.MOVED)
    return enter(old.interview, slot, AppointmentState.BOOKED, by=by, now=now, moved_from=old)


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
