"""Other times for appointments that cannot be kept as they are, as the customers would like them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from waymark.interviews.diary import rules as times
from waymark.interviews.diary.queries import moment
from waymark.interviews.diary.queries.moments import minute_of
from waymark.interviews.diary.queries.office import Diary, load_diary
from waymark.interviews.diary.rules import Slot, Wish
from waymark.interviews.enums import AppointmentState, Privacy, TimeOfDay
from waymark.interviews.managing.rules import Wanted, best_first, clash
from waymark.interviews.models import Appointment
from waymark.interviews.taken_hours import not_at
from waymark.kernel.clock import day_of
from waymark.organisations.models import Office, Person

HORIZON = timedelta(days=28)
WITHIN = timedelta(days=7)  # a new day no later than this after the old one still counts as in time (local)
SHOWN = 4
PER_DAY = 8
LOOKED_AT = 48
OFFICE_ZONE = timezone.get_default_timezone()


@dataclass(frozen=True)
class Proposal:
    """An appointment with the times that suit best, the best first; none where nothing is free."""

    appointment: Appointment
    slots: tuple[Slot, ...]


def appointments_of(person: Person, first: date, last: date, now: datetime) -> list[Appointment]:
    """The booked appointments of a person, as adviser or assessor, in these days and still to come. Three queries."""
    return list(
        Appointment.objects.filter(
            Q(adviser=person) | Q(entries__person=person, entries__live=True),
            state=AppointmentState.BOOKED,
            starts_at__gt=now,
            starts_at__range=(moment(first, 0), moment(last, 24 * 60)),
        )
        .select_related(
            "interview__claim__customer__access_needs",
            "interview__claim__office__district",
            "interview__claim__preferences",
            "adviser",
            "office",
            "room",
        )
        .prefetch_related("entries", "interview__claim__preferences__avoid")
        .distinct()
        .order_by("starts_at", "id")
    )


def propose(
    appointments: Sequence[Appointment], *, away: Person, now: datetime, last: date | None = None
) -> list[Proposal]:
    """Other times for appointments of somebody who is away; no time is proposed to two customers.

    The same adviser after the absence where the customer would like that and it is in time, else a colleague at
    the same time of day. last: the absence's last day; None where they do not come back. Seven queries an office.
    """
    found: list[Proposal] = []
    taken: list[Slot] = []
    for office, theirs in _by_office(appointments):
        until = max(each.interview.due_by for each in theirs)
        furthest = max(until, *(day_of(each.starts_at) for each in theirs)) + HORIZON
        diary = load_diary(office, day_of(now), furthest, now=now)
        for each in theirs:
            slots = [
                slot
                for slot in times_for(each, diary, away=away, back_after=last, now=now)
                if not any(clash(slot, other) for other in taken)
            ]
            taken += slots[:1]
            found.append(Proposal(each, tuple(slots[:SHOWN])))
    return sorted(found, key=lambda one: (one.appointment.starts_at, one.appointment.pk))


def times_for(
    appointment: Appointment, diary: Diary, *, away: Person, back_after: date | None, now: datetime
) -> list[Slot]:
    """The times that would do, the best first: not before the old day, and never with `away` in the absence."""
    wanted = wanted_for(appointment)
    wish = wish_of(appointment)
    old_day = day_of(appointment.starts_at)
    earliest = max(now + timedelta(hours=1), moment(old_day, 0))
    until = wanted.target + HORIZON
    cannot = not_at(appointment.interview.claim_id)
    others = diary.slots(
        wish,
        kind=appointment.kind,
        not_before=earliest,
        until=until,
        limit=LOOKED_AT,
        per_day=PER_DAY,
        not_with={away.pk, *wanted.avoid},
        not_at=cannot,
    )
    own: list[Slot] = []
    if back_after is not None and appointment.adviser_id == away.pk:
        own = diary.slots(
            wish,
            kind=appointment.kind,
            not_before=max(now, moment(back_after + timedelta(days=1), 0)),
            until=until,
            limit=LOOKED_AT,
            per_day=PER_DAY,
            only_with=away.pk,
            not_at=cannot,
        )
    return best_first([*own, *others], wanted)


def with_colleague(
    appointment: Appointment, colleague: Person, diary: Diary, taken: Iterable[Slot], *, now: datetime
) -> Slot | None:
    """The same time with a colleague where they are free, else the time with them that suits best."""
    wanted = replace(wanted_for(appointment), adviser_id=colleague.pk)
    if colleague.pk in wanted.avoid:
        return None
    same = _same_time(appointment, colleague, diary)
    later = diary.slots(
        wish_of(appointment),
        kind=appointment.kind,
        not_before=max(now + timedelta(hours=1), moment(day_of(appointment.starts_at), 0)),
        until=wanted.target + HORIZON,
        limit=LOOKED_AT,
        per_day=PER_DAY,
        only_with=colleague.pk,
        not_at=not_at(appointment.interview.claim_id),
    )
    known = list(taken)
    candidates = [*([same] if same else []), *best_first(later, wanted)]
    return next((slot for slot in candidates if not any(clash(slot, other) for other in known)), None)


def wanted_for(appointment: Appointment) -> Wanted:
    """What the customer asked for, and by when the new time should be."""
    wishes = getattr(appointment.interview.claim, "preferences", None)
    local = appointment.starts_at.astimezone(OFFICE_ZONE)
    return Wanted(
        was_at=local,
        half=wishes.time_of_day if wishes else TimeOfDay.ANY,
        target=max(appointment.interview.due_by, local.date() + WITHIN),
        adviser_id=appointment.adviser_id,
        same_adviser=wishes.same_adviser if wishes else True,
        avoid=frozenset(person.pk for person in wishes.avoid.all()) if wishes else frozenset(),
    )


def wish_of(appointment: Appointment) -> Wish:
    """As long as it is now, in the same way, with the room that is needed."""
    lengths = {
        entry.person_id: _minutes(entry.during.lower, entry.during.upper)
        for entry in appointment.entries.all()
        if entry.live
    }
    whole = _minutes(appointment.starts_at, appointment.ends_at)
    minutes = lengths.pop(appointment.adviser_id, whole)
    claim = appointment.interview.claim
    needs = getattr(claim.customer, "access_needs", None)
    wishes = getattr(claim, "preferences", None)
    return Wish(
        minutes=minutes,
        mode=appointment.mode,
        assessor_minutes=sum(lengths.values()),
        private_room=bool(appointment.room and appointment.room.private)
        or bool(needs and needs.private_room)
        or bool(wishes and wishes.privacy == Privacy.PRIVATE),
        step_free=bool(needs and needs.step_free),
    )


def _same_time(appointment: Appointment, colleague: Person, diary: Diary) -> Slot | None:
    worker = next((one for one in diary.advisers if one.id == colleague.pk), None)
    wish = wish_of(appointment)
    if worker is None or wish.assessor_minutes:
        return None
    local = appointment.starts_at.astimezone(OFFICE_ZONE)
    spare = times.free(worker, local.date(), diary.holidays, wish.mode)
    if not times.fits(spare, minute_of(local), wish.minutes):
        return None
    return Slot(
        office_id=appointment.office_id,
        kind=appointment.kind,
        mode=appointment.mode,
        starts_at=local,
        minutes=wish.minutes,
        adviser_id=colleague.pk,
        adviser_name=colleague.name,
        room_id=appointment.room_id,
        room_name=appointment.room.name if appointment.room else "",
        private_room=wish.private_room,
        step_free=wish.step_free,
    )


def _by_office(appointments: Sequence[Appointment]) -> list[tuple[Office, list[Appointment]]]:
    offices = {each.office_id: each.office for each in appointments}
    return [(office, [one for one in appointments if one.office_id == pk]) for pk, office in offices.items()]


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60
