"""Planning a meeting of more than two, moving and cancelling it (R:L879, R:L964, R:L1108)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import MeetingKind, MeetingState, NewsKind, TransferState
from waymark.casework.models import Attendee, Case, CaseWorker, Meeting, MovedMeeting, Transfer
from waymark.casework.verbs.common import lock, manager_now, task_for
from waymark.casework.verbs.diaries import colleagues_of, free_time, keep_time, move_time
from waymark.casework.verbs.meetings.common import (
    about,
    another_day,
    close_own,
    in_words,
    insist_planned,
    locked,
    settle,
    tell_invited,
)
from waymark.directory.models import Contact
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked to come: a colleague, somebody of a service, or a person with a name alone."""

    name: str
    organisation: str = ""
    post: Post | None = None
    contact: Contact | None = None


@transaction.atomic
def plan_meeting(
    case: Case,
    *,
    kind: MeetingKind,
    starts_at: datetime,
    place: str,
    objectives: str,
    invited: Iterable[Invited],
    with_customer: bool = True,
    minutes: int = 30,
    transfer: Transfer | None = None,
    worker: CaseWorker | None = None,
    by: Post,
    now: datetime,
) -> Meeting:
    """A day and a time on which people meet about a customer: it stands in the diaries of all colleagues who take part.

    Its dated task is the case manager's. A handover is three-way: the customer and both who are responsible, before
    and after (R:L964). Refused in the past, without a place, with nobody but the one who plans it, and where the
    diary of one of them has something else at that time. Somebody of a service is told in writing only where the
    customer agreed that they hear how it goes; others are rung.
    """
    case = lock(case)
    insist(access.is_open(case))
    insist(access.may_help(case.claim, by))
    if starts_at <= now:
        raise Refused("meeting_past", "A meeting is planned for a time to come.", "Choose a later time.")
    if not place.strip():
        raise Refused("no_place", "It is not said where they meet.", "Give a place, or say: by telephone.")
    others = list(invited)
    if not others:
        raise Refused("nobody_invited", "Nobody else is asked to come.", "Name at least one.")
    if kind == MeetingKind.HANDOVER and not with_customer:
        raise Refused(
            "handover_without_customer",
            "A handover is a meeting of three, and the customer is one of them.",
            "Ask the customer to come, or plan a case conference.",
        )
    manager = manager_now(case)
    meeting = Meeting.objects.create(
        ref=new_ref("G"),
        case=case,
        kind=kind,
        transfer=transfer,
        worker=worker,
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip()[:200],
        objectives=objectives.strip(),
        planned_by=by,
        planned_at=now,
    )
    _invite(meeting, others, case, with_customer)
    meeting.task = task_for(
        case.claim,
        TaskKind.CASE_MEETING,
        manager if manager.post else by,
        due_on=day_of(starts_at),
        origin=Happened.CASE_MEETING_PLANNED,
        words=f"{meeting.get_kind_display()}: {', '.join(one.name for one in others)}. {place.strip()}",
        window=(starts_at, starts_at + timedelta(minutes=minutes)),
        by=by,
        now=now,
    )
    meeting.save(update_fields=["task"])
    meeting.case = case
    keep_time(meeting, colleagues_of(meeting), now=now)
    _what_asked_for_it(case, kind, by=by, now=now)
    note_event(
        Happened.CASE_MEETING_PLANNED,
        by=by,
        now=now,
        why=meeting.objectives,
        starts=starts_at.isoformat(),
        place=meeting.place,
        who=[one.name for one in others],
        with_customer=with_customer,
        **about(meeting),
    )
    tell_invited(meeting, NewsKind.MEETING, in_words(meeting), by=by, now=now)
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    place: str,
    minutes: int | None = None,
    why: str,
    customer_knows: bool,
    by: Post,
    now: datetime,
) -> Meeting:
    """Another time or place, for a reason. If the new time is taken in one diary, the old one stands in all.

    customer_knows: whether somebody has told the customer; if not, telling them is a task of today.
    """
    meeting = locked(meeting)
    insist(access.may_help(meeting.case.claim, by))
    insist_planned(meeting)
    _insist_ahead(meeting, now)
    _insist_reason(why, "A meeting is moved for a reason.")
    if starts_at <= now:
        raise Refused("meeting_past", "A meeting is planned for a time to come.", "Choose a later time.")
    if not place.strip():
        raise Refused("no_place", "It is not said where they meet.", "Give a place, or say: by telephone.")
    old = meeting.starts_at
    MovedMeeting.objects.create(
        meeting=meeting, was_at=old, was_in=meeting.place, why=why.strip()[:300], moved_at=now, moved_by=by
    )
    meeting.starts_at, meeting.place = starts_at, place.strip()[:200]
    meeting.minutes = minutes or meeting.minutes
    move_time(meeting, now=now)
    _task_moves_along(meeting)
    meeting.save(update_fields=["starts_at", "place", "minutes"])
    note_event(
        Happened.CASE_MEETING_MOVED,
        by=by,
        now=now,
        why=why.strip(),
        old=old.isoformat(),
        starts=starts_at.isoformat(),
        place=meeting.place,
        **about(meeting),
    )
    _customer_knows(meeting, customer_knows, f"The meeting is now {in_words(meeting)}", by=by, now=now)
    tell_invited(meeting, NewsKind.MEETING_MOVED, f"Now {in_words(meeting)}", by=by, now=now)
    return meeting


@transaction.atomic
def cancel_meeting(
    meeting: Meeting, *, why: str, again: bool, customer_knows: bool, by: Post, now: datetime
) -> Meeting:
    """It will not take place: the time of everybody is free again. Of a customer's no nothing else follows (R:L776).

    again: finding another day is the next step; always so where a customer changes hands only once they have met.
    """
    meeting = locked(meeting)
    insist(access.may_help(meeting.case.claim, by))
    insist_planned(meeting)
    _insist_ahead(meeting, now)
    _insist_reason(why, "A meeting is cancelled for a reason.")
    meeting.not_held_why = why.strip()[:300]
    settle(meeting, MeetingState.CANCELLED, by=by, now=now)
    free_time(meeting)
    note_event(
        Happened.CASE_MEETING_CANCELLED,
        by=by,
        now=now,
        why=meeting.not_held_why,
        starts=meeting.starts_at.isoformat(),
        **about(meeting),
    )
    _customer_knows(meeting, customer_knows, f"Cancelled: the meeting {in_words(meeting)}", by=by, now=now)
    tell_invited(meeting, NewsKind.MEETING_CANCELLED, f"Cancelled: {in_words(meeting)}", by=by, now=now)
    if again or _is_waited_for(meeting):
        another_day(meeting, f"It was cancelled: {meeting.not_held_why}", by=by, now=now)
    else:
        close_own(meeting, by=by, now=now)
    return meeting


# What follows


def _invite(meeting: Meeting, others: Sequence[Invited], case: Case, with_customer: bool) -> None:
    rows = [
        Attendee(
            meeting=meeting,
            name=one.name.strip()[:100],
            organisation=one.organisation.strip()[:200],
            post=one.post,
            contact=one.contact,
        )
        for one in others
    ]
    if with_customer:
        rows.append(Attendee(meeting=meeting, name=case.claim.customer.name[:100], is_customer=True))
    if len({row.name for row in rows}) < len(rows):
        raise Refused("named_twice", "Somebody is named twice.", "Name each of them once.")
    Attendee.objects.bulk_create(rows)


def _what_asked_for_it(case: Case, kind: MeetingKind, *, by: Post, now: datetime) -> None:
    """A planned meeting is the answer to what asked for one."""
    asked = {MeetingKind.HANDOVER: TaskKind.PLAN_HANDOVER, MeetingKind.NEXT_STEPS: TaskKind.AFTER_SERVICE}
    if kind in asked:
        close_tasks(case.claim, asked[kind], by=by, now=now)


def _insist_ahead(meeting: Meeting, now: datetime) -> None:
    if meeting.starts_at <= now:
        raise Refused(
            "meeting_begun",
            "The time of this meeting has come.",
            "Write it up, or say why it did not take place.",
        )


def _insist_reason(why: str, message: str) -> None:
    if not why.strip():
        raise Refused("no_reason", message, "Write why in a few words.")


def _is_waited_for(meeting: Meeting) -> bool:
    """A customer who changes hands when they have met would else wait for ever."""
    transfer = meeting.transfer
    waits = transfer is not None and transfer.state == TransferState.ACCEPTED and transfer.met_on is None
    return meeting.kind == MeetingKind.HANDOVER and waits


def _task_moves_along(meeting: Meeting) -> None:
    """Whoever has the task of the meeting has it at its new time."""
    if meeting.task is None:
        return
    meeting.task.due_on = next_working_day(day_of(meeting.starts_at), organisations.holidays())
    meeting.task.window_from, meeting.task.window_until = meeting.starts_at, meeting.ends_at
    meeting.task.save(update_fields=["due_on", "window_from", "window_until"])


def _customer_knows(meeting: Meeting, knows: bool, words: str, *, by: Post, now: datetime) -> None:
    """Nobody comes to a door that is closed: where the customer has not been told, that is a task of today."""
    if knows or not meeting.attendees.filter(is_customer=True).exists():
        return
    task_for(
        meeting.case.claim,
        TaskKind.CASE_CONTACT,
        manager_now(meeting.case),
        due_on=day_of(now),
        origin=Happened.CASE_MEETING_MOVED,
        words=f"Tell the customer today. {words}",
        by=by,
        now=now,
    )
