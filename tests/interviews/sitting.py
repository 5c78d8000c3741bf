"""An interview in a few lines, for tests: a time, the talk, and its end."""

from datetime import date, datetime, time, timedelta

from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Capacity, Depth, Explored
from waymark.interviews.models import Appointment, Sitting
from waymark.interviews.series.before import note_pre_call
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import at, day_of
from waymark.programme.queries import as_decided, versions

HOUR = timedelta(hours=1)


def at_ten(day: date) -> datetime:
    return at(day, time(10))


def a_slot(place, after: datetime, kind: str = "adviser_interview", mode: str = "office") -> Slot:
    """The first free time of this kind after a moment."""
    until = day_of(after) + timedelta(days=30)
    soon = after + timedelta(minutes=15)
    found = find_slots(place.office, kind=kind, minutes=45, mode=mode, not_before=soon, until=until)
    return found.slots[0]


def book(place, interview, *, now: datetime, after: datetime | None = None, **others) -> Appointment:
    slot = a_slot(place, after or now, **others)
    return verbs.book_interview(interview, slot, by=place.adviser, now=now)


def called_first(place, interview, *, now: datetime, **others):
    """The call before the letter, where a programme rings first."""
    said = {"result": "reached", "understood": "yes", **others}
    return note_pre_call(interview, by=place.adviser, now=now, **said)


def sit(
    place, appointment: Appointment, *, every_option: bool = True, capacity=Capacity.ABLE, by=None
) -> Sitting:
    """The talk itself: able to take part, every form of help shown."""
    by, now = by or place.adviser, appointment.starts_at
    sitting = sittings.open_sitting(appointment, by=by, now=now)
    sittings.note_state(
        sitting, capacity=capacity, started_at=now, ended_at=appointment.ends_at, by=by, now=now
    )
    sittings.cover_topic(sitting, "health_and_work", Explored.YES, by=by, now=now)
    if every_option:
        pack = as_decided(
            versions().filter(slug=appointment.interview.claim.programme).first(), day_of(now)
        ).pack
        for entry in pack.interview["options"]:
            sittings.show_option(sitting, entry["code"], Depth.SHOWN, by=by, now=now)
    return sitting


def hold(place, appointment: Appointment, wish: NextWish | None = None, *, by=None, **ended) -> Sitting:
    """Held and settled; the next interview's time is to be found, unless `wish` says otherwise."""
    by = by or place.adviser
    sitting = sit(place, appointment, by=by)
    how = Ended(**{"outcome": "held", "understood": "yes", "agreed": "yes", **ended})
    wish = wish or NextWish("find_time", about="how the course went")
    return settling.settle(sitting, how, wish, by=by, now=appointment.ends_at)
