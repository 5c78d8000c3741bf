"""What the database or a colleague has taken, said in a sentence with the next best times."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import errors

from waymark.interviews.diary import queries
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import Appointment
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Absence, Office, Person

ALTERNATIVES = 3
TAKEN = frozenset({"nobody_is_in_two_places", "no_room_is_used_twice"})
# What another transaction can do to ours: once more, then give up with a sentence.
PASSING = (errors.DeadlockDetected, errors.SerializationFailure, errors.LockNotAvailable)
Given = TypeVar("Given")


def insist_there(slot: Slot, people: Sequence[Person]) -> None:
    """Somebody may have fallen ill, or left, between the search and the choice."""
    gone = next((person for person in people if person.left_on is not None), None)
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


def or_alternatives(slot: Slot, now: datetime, write: Callable[[], Appointment]) -> Appointment:
    """Write, or refuse and name the next times that would do as well."""
    try:
        return attempt(write)
    except Refused as refused:
        if refused.code != "slot_taken":
            raise
        raise Refused(refused.code, refused.message, _alternatives(slot, now)) from refused


def attempt(write: Callable[[], Given], tries: int = 2) -> Given:
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
            return attempt(write, tries - 1)
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


def in_words(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{queries.day_words(local.date())} {local:%H:%M}"
