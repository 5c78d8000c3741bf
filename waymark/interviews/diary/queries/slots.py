"""A free time as a key that a form carries, and in words."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta
from itertools import groupby

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from waymark.interviews.diary.queries.moments import clock, day_words
from waymark.interviews.diary.rules import Slot

KEY_SALT = "waymark.diary.slot"


KEY_AGE = timedelta(hours=4)


def slot_key(slot: Slot) -> str:
    """The slot as a word that a form carries and nobody can make up."""
    parts = [getattr(slot, each.name) for each in fields(slot)]
    parts[3] = int(slot.starts_at.timestamp())
    return signing.dumps(parts, salt=KEY_SALT, compress=True)


def slot_from_key(key: str) -> Slot | None:
    """The slot a form brought back; None when the key is not ours or was given out hours ago."""
    try:
        parts = signing.loads(key, salt=KEY_SALT, max_age=KEY_AGE)
    except signing.BadSignature:
        return None
    parts[3] = datetime.fromtimestamp(parts[3], timezone.get_default_timezone())
    return Slot(*parts)


def slot_words(slot: Slot) -> str:
    """11:00 with Tom Walsh; where two people are met, when each of them is."""
    said = _("%(time)s with %(name)s") % {"time": clock(slot.starts_at), "name": slot.adviser_name}
    if slot.assessor_id:
        said = _("%(time)s with %(assessor)s, then %(name)s from %(then)s") % {
            "time": clock(slot.starts_at),
            "assessor": slot.assessor_name,
            "name": slot.adviser_name,
            "then": clock(slot.adviser_at),
        }
    return f"{said}, {slot.room_name}" if slot.room_name else said


def slot_sentence(slot: Slot) -> str:
    """Thu 6 May 11:00 with Tom Walsh."""
    return f"{day_words(slot.day)} {slot_words(slot)}"


def slots_by_day(slots: Iterable[Slot]) -> list[tuple[date, list[str]]]:
    """Slots in words, by day."""
    return [
        (each_day, [slot_words(slot) for slot in some])
        for each_day, some in groupby(slots, lambda slot: slot.day)
    ]
