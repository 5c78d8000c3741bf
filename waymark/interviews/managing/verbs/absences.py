"""Appointments of somebody who is away move at once; each customer is told (E:L3349)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from waymark.interviews.diary import access as diary_access
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import CausedBy
from waymark.interviews.managing.proposing import appointments_of
from waymark.interviews.models import Appointment
from waymark.interviews.series.queries import insist_on_other_person
from waymark.interviews.verbs.appointments import about_of, move_interview
from waymark.interviews.verbs.common import next_worked_day, refs, team
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import open_task

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Left:
    """An appointment that stays where it was for now, and why; finding a time for it is a dated task."""

    appointment: Appointment
    why: str


@dataclass(frozen=True)
class Rebooked:
    """What became of the appointments of an absence."""

    moved: tuple[Appointment, ...]
    left: tuple[Left, ...]


@transaction.atomic
def rebook_absence(
    person: Person,
    first_day: date,
    last_day: date,
    slots: Mapping[str, Slot | None],
    *,
    reason: str = "adviser_absent",
    words: str = "",
    by: Post,
    now: datetime,
    progress: Progress | None = None,
) -> Rebooked:
    """Move the appointments of a person who is away from `first_day` to `last_day`, both included.

    slots: another time by the reference of the appointment; None, or no entry, leaves it as a dated task. reason:
    a code of reasons/appointment_cancelled.csv caused by us. Each customer is told the reason, the new day and that
    it is no decision about their claim. progress: called with 1 after each appointment.
    """
    insist(diary_access.may_block(person, by))
    moved: list[Appointment] = []
    left: list[Left] = []
    for each in appointments_of(person, first_day, last_day, now):
        slot = slots.get(each.ref)
        if slot is None:
            left.append(Left(each, "No other time was chosen."))
        else:
            try:
                moved.append(_move(each, slot, reason, words, by=by, now=now))
            except Refused as refused:
                left.append(Left(each, refused.message))
        if progress is not None:
            progress(1)
    for one in left:
        ask_to_move(one.appointment, words=f"{person.name} is away: find another time.", by=by, now=now)
    note_event(
        Happened.ABSENCE_REBOOKED,
        by=by,
        now=now,
        why=words,
        person=person.name,
        person_ref=person.ref,
        first=first_day.isoformat(),
        last=last_day.isoformat(),
        moved=len(moved),
        left=len(left),
    )
    return Rebooked(tuple(moved), tuple(left))


@transaction.atomic
def ask_to_move(appointment: Appointment, *, words: str, by: Post, now: datetime) -> Task:
    """We cannot keep an appointment and have no other time yet: finding one is a task of the office, due next day.

    Asked twice, it stays one task.
    """
    claim = appointment.interview.claim
    found = Task.objects.filter(claim=claim, kind=TaskKind.REBOOK, closed_at=None).first()
    if found is not None:
        return found
    task = open_task(
        claim,
        TaskKind.REBOOK,
        team=team(claim.office, TeamKind.MANAGERS, TeamKind.ADVISERS),
        due_on=next_worked_day(now),
        origin=Happened.REBOOKING_ASKED,
        words=words[:300],
        by=by,
        now=now,
    )
    note_event(Happened.REBOOKING_ASKED, by=by, now=now, why=words, **about_of(appointment), **refs(claim))
    return task


@transaction.atomic
def _move(
    appointment: Appointment, slot: Slot, reason: str, words: str, *, by: Post, now: datetime
) -> Appointment:
    insist_on_other_person(appointment.interview.claim, slot.adviser_id)
    return move_interview(
        appointment, slot, caused_by=CausedBy.US, reason=reason, words=words, by=by, now=now
    )
