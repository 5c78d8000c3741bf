"""An appointment and its stretches in the diaries: locks in one order, and times that have lapsed."""

from datetime import datetime

from django.db.models import Q
from psycopg.types.range import TimestamptzRange

from waymark.interviews.diary import queries
from waymark.interviews.diary.rules import Slot
from waymark.interviews.diary.verbs.refusing import insist_there
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import Appointment, DiaryEntry, Interview
from waymark.kernel.refs import new_ref
from waymark.organisations.models import Person, Post, Room


def enter(
    interview: Interview,
    slot: Slot,
    state: AppointmentState,
    *,
    by: Post | None,
    now: datetime,
    held_until: datetime | None = None,
    moved_from: Appointment | None = None,
    overbooked: bool = False,
) -> Appointment:
    """The appointment and its stretches in the diaries of the people and of the room.

    overbooked: it may stand beside another of the same person; a room is never used twice.
    """
    people = [pk for pk in (slot.adviser_id, slot.assessor_id) if pk is not None]
    insist_there(slot, lock_people(people))
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
        overbooked=overbooked,
        made_by=by,
        made_at=now,
    )
    for person_id, start, end in _parts(slot):
        DiaryEntry.objects.create(
            person_id=person_id,
            room_id=room_id,
            appointment=appointment,
            during=TimestamptzRange(start, end),
            over=overbooked,
        )
    return appointment


def _parts(slot: Slot) -> list[tuple[int, datetime, datetime]]:
    """Who is taken from when to when: the assessor first, then the adviser."""
    parts = [(slot.adviser_id, slot.adviser_at, slot.ends_at)]
    if slot.assessor_id is not None:
        parts.insert(0, (slot.assessor_id, slot.starts_at, slot.adviser_at))
    return parts


def lock_people(people: list[int]) -> list[Person]:
    """The people, each held until the transaction ends; in one order, so that two bookings never wait in a ring."""
    # `no_key`: rows that merely refer to the person may still be written by others.
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    return list(locked.only("name", "left_on"))


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
    lapse(Q(pk__in=in_the_way.values("appointment")))


def lapse(which: Q) -> int:
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
