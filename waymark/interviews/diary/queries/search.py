"""Searching an office for free times, and saying what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.range import Range

from waymark.customers.models import AccessNeeds
from waymark.interviews.diary import rules
from waymark.interviews.diary.queries.moments import day_words
from waymark.interviews.diary.queries.office import LIMIT, load_diary
from waymark.interviews.diary.queries.slots import slot_sentence
from waymark.interviews.diary.rules import Slot, Wish
from waymark.interviews.enums import Mode
from waymark.interviews.models import Appointment
from waymark.interviews.taken_hours import not_at
from waymark.kernel.clock import day_of
from waymark.organisations.models import Office, Person

HORIZON = timedelta(days=42)  # how far past the wanted day a time is still looked for


@dataclass(frozen=True)
class SlotSearch:
    """What a search found. `sentence` says it in words, above all when nothing fits by the wanted day."""

    slots: tuple[Slot, ...]
    target_until: date
    within_target: bool
    sentence: str


def find_slots(
    office: Office,
    *,
    kind: str,
    minutes: int,
    mode: str,
    not_before: datetime,
    until: date,
    with_assessor_minutes: int = 0,
    private_room: bool = False,
    step_free: bool = False,
    not_with: Sequence[Person] = (),
    only_with: Person | None = None,
    not_at: Mapping[int, rules.Stretches] | None = None,
    limit: int = LIMIT,
    per_day: int | None = None,
    spread: bool = True,
    home_visit_minutes: int = rules.HOME_VISIT,
    now: datetime | None = None,
) -> SlotSearch:
    """The earliest times that fit across all advisers of an office; six queries.

    kind: the code of the pack's appointment kind; minutes: its length with the adviser. until: the day by
    which it should be (the target): when nothing fits by then, the first times after it are given, and
    `sentence` says so. per_day: at most so many times of one day, evenly over it, so that a customer sees
    several days.
    not_at: hours in which the customer cannot come, as stretches of minutes of a weekday (Monday is 0).
    spread: of advisers free at the same time, name the one with the fewest appointments that week.
    now: with it, times whose keeping has run out count as free.
    """
    wish = Wish(
        minutes=rules.length(minutes, mode, home_visit_minutes),
        mode=mode,
        assessor_minutes=with_assessor_minutes,
        private_room=private_room,
        step_free=step_free,
    )
    first = timezone.localdate(not_before)
    last = max(until, first) + HORIZON
    diary = load_diary(office, first, last, now=now)
    slots = diary.slots(
        wish,
        kind=kind,
        not_before=not_before,
        until=last,
        limit=limit,
        per_day=per_day,
        spread=spread,
        not_with={person.pk for person in not_with},
        only_with=only_with.pk if only_with else None,
        not_at=not_at,
    )
    return SlotSearch(
        slots=tuple(slots),
        target_until=until,
        within_target=bool(slots) and slots[0].day <= until,
        sentence=search_sentence(wish, slots, until, last),
    )


def search_sentence(wish: Wish, slots: Sequence[Slot], until: date, last: date) -> str:
    """What was found, in one sentence."""
    wanted = wish_words(wish)
    if not slots:
        return _("No %(wanted)s is free before %(last)s.") % {
            "wanted": wanted,
            "last": day_words(last + timedelta(days=1)),
        }
    if slots[0].day <= until:
        return _("The first %(wanted)s is %(slot)s.") % {"wanted": wanted, "slot": slot_sentence(slots[0])}
    return _("No %(wanted)s by %(until)s; the first is %(slot)s.") % {
        "wanted": wanted,
        "until": day_words(until),
        "slot": slot_sentence(slots[0]),
    }


MODE_WORDS: Mapping[str, Promise] = {
    Mode.PHONE: gettext_lazy("by telephone"),
    Mode.HOME: gettext_lazy("at the customer’s home"),
    Mode.OUTREACH: gettext_lazy("at another place nearby"),
}


def wish_words(wish: Wish) -> str:
    """45-minute slot with a private room."""
    words = _("%(minutes)s-minute slot") % {"minutes": wish.total}
    if wish.assessor_minutes:
        words = _("%(minutes)s-minute visit (financial assessor, then adviser)") % {"minutes": wish.total}
    if wish.mode in MODE_WORDS:
        words = f"{words} {MODE_WORDS[wish.mode]}"
    elif wish.private_room and wish.step_free:
        words = _("%(slot)s with a private step-free room") % {"slot": words}
    elif wish.private_room:
        words = _("%(slot)s with a private room") % {"slot": words}
    elif wish.step_free:
        words = _("%(slot)s with a step-free room") % {"slot": words}
    return words


def wishes_of(appointment: Appointment) -> dict[str, object]:
    """What another time for an appointment must offer: what this one has, and what the customer needs."""
    needs = AccessNeeds.objects.filter(customer=appointment.interview.claim.customer_id).first()
    return {
        "mode": appointment.mode,
        "private_room": bool(appointment.room and appointment.room.private)
        or bool(needs and needs.private_room),
        "step_free": bool(needs and needs.step_free),
    }


def slots_to_move_to(
    appointment: Appointment, *, mode: str, not_before: datetime, now: datetime, **wish: Any
) -> SlotSearch:
    """Free times as long as those of an appointment, with a financial assessor where it has one.

    Wanted by the day the interview should be held, or within a week where that is later; wish: `find_slots`.
    """
    parts = {entry.person_id: entry.during for entry in appointment.entries.filter(live=True)}
    with_adviser = parts.pop(appointment.adviser_id)
    assessor = sum(_length(during) for during in parts.values())
    return find_slots(
        appointment.office,
        kind=appointment.kind,
        minutes=_length(with_adviser),
        mode=mode,
        not_before=not_before,
        until=max(appointment.interview.due_by, day_of(not_before) + timedelta(days=7)),
        with_assessor_minutes=assessor,
        not_at=not_at(appointment.interview.claim_id),
        now=now,
        **wish,
    )


def _length(during: Range[datetime]) -> int:
    """Minutes of a stretch that has both ends."""
    assert during.lower is not None and during.upper is not None
    return int((during.upper - during.lower).total_seconds()) // 60
