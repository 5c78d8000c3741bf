"""What became of a meeting: who came, what was said and agreed; or that it fell through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import BegunBy, MeetingKind, MeetingState, Purpose
from waymark.casework.enums import ContactChannel as Channel
from waymark.casework.models import AgreedStep, Attendee, ContactMade, Meeting
from waymark.casework.verbs.common import plan_contact, rules_for, task_for
from waymark.casework.verbs.meetings.common import (
    about,
    another_day,
    close_own,
    insist_planned,
    locked,
    settle,
)
from waymark.casework.verbs.meetings.planning import Invited
from waymark.casework.verbs.transfers import have_met
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task


@dataclass(frozen=True)
class StepWanted:
    """What was agreed: words, who does it (the name of one who was asked), by when."""

    words: str
    who: str
    due_on: date


@dataclass(frozen=True)
class Held:
    """How a meeting went. `came`: names of those who came; `also`: those who came and had not been asked.

    introduced: at a handover, that the customer and the next case manager have met.
    """

    came: Sequence[str]
    views: str = ""
    problems: str = ""
    not_reached: str = ""
    introduced: bool = False
    minutes: int | None = None
    steps: Sequence[StepWanted] = ()
    also: Sequence[Invited] = ()


@transaction.atomic
def settle_meeting(meeting: Meeting, held: Held, *, by: Post, now: datetime) -> Meeting:
    """It took place: who came, what they think, what was agreed by whom until when.

    At a handover at which the customer and the next case manager have met, the case goes over if it waited for
    that. Steps of colleagues are tasks; those of the customer and of services are looked at with the next contact,
    never chased. A customer who did not come is asked kindly, and nothing else follows.
    """
    meeting = locked(meeting)
    case = meeting.case
    insist(access.may_help(case.claim, by))
    insist_planned(meeting)
    if meeting.starts_at > now:
        raise Refused(
            "meeting_to_come", "This meeting is still to come.", "Write it up when it has taken place."
        )
    _add_who_came(meeting, held.also)
    came = _note_who_came(meeting, [*held.came, *(one.name.strip() for one in held.also)])
    customer_came = any(one.is_customer for one in came)
    introduced = held.introduced and customer_came if meeting.kind == MeetingKind.HANDOVER else None
    if held.introduced and not customer_came:
        raise Refused(
            "not_introduced",
            "The customer was not there: they cannot have met.",
            "Plan another day, or say that they have not been introduced.",
        )
    meeting.views, meeting.problems, meeting.not_reached = held.views, held.problems, held.not_reached
    meeting.minutes = held.minutes or meeting.minutes
    meeting.introduced, meeting.customer_came = introduced, customer_came
    settle(meeting, MeetingState.HELD, by=by, now=now)
    _keep_steps(meeting, held.steps, by=by, now=now)
    if customer_came:
        _counts_as_contact(meeting, by=by, now=now)
    note_event(
        Happened.CASE_MEETING_SETTLED,
        by=by,
        now=now,
        why=meeting.views,
        held=True,
        customer_came=customer_came,
        introduced=introduced,
        steps=len(held.steps),
        **about(meeting),
    )
    _then(meeting, introduced=bool(introduced), by=by, now=now)
    return meeting


@transaction.atomic
def meeting_fell_through(meeting: Meeting, *, why: str, by: Post, now: datetime) -> Meeting:
    """It did not take place. Finding another day is the next step; of not coming nothing else follows (R:L776)."""
    meeting = locked(meeting)
    insist(access.may_help(meeting.case.claim, by))
    insist_planned(meeting)
    if meeting.starts_at > now:
        raise Refused("meeting_to_come", "This meeting is still to come.", "Move it, or cancel it.")
    if not why.strip():
        raise Refused("no_reason", "It is not said why it did not take place.", "Write it in a few words.")
    meeting.not_held_why = why.strip()[:300]
    settle(meeting, MeetingState.NOT_HELD, by=by, now=now)
    note_event(
        Happened.CASE_MEETING_SETTLED, by=by, now=now, why=meeting.not_held_why, held=False, **about(meeting)
    )
    another_day(meeting, f"It fell through: {meeting.not_held_why}", by=by, now=now)
    return meeting


def _add_who_came(meeting: Meeting, also: Sequence[Invited]) -> None:
    """Whoever came without being asked, by name and where they are from."""
    known = set(meeting.attendees.values_list("name", flat=True))
    twice = next((one.name for one in also if one.name.strip() in known), "")
    if twice:
        raise Refused("named_twice", f"{twice} was asked to come.", "Tick them instead.")
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, name=one.name.strip()[:100], organisation=one.organisation.strip()[:200])
        for one in {one.name.strip(): one for one in also}.values()
    )


def _note_who_came(meeting: Meeting, names: Iterable[str]) -> list[Attendee]:
    wanted = set(names)
    rows = list(meeting.attendees.all())
    for row in rows:
        row.came = row.name in wanted
    Attendee.objects.bulk_update(rows, ["came"])
    return [row for row in rows if row.came]


def _keep_steps(meeting: Meeting, steps: Iterable[StepWanted], *, by: Post, now: datetime) -> None:
    known = {row.name: row for row in meeting.attendees.select_related("post__person", "post__team")}
    for wanted in steps:
        who = known.get(wanted.who)
        if who is None:
            raise Refused(
                "nobody_named_so", f"{wanted.who} was not asked to come.", "Choose one from the list."
            )
        if not wanted.words.strip():
            raise Refused("no_words", "It is not said what was agreed.", "Write it in a few words.")
        if wanted.due_on < day_of(now):
            raise Refused("step_past", "A step is due on a day to come.", "Choose today or a later day.")
        task = _task_of(meeting, who, wanted, by=by, now=now)
        AgreedStep.objects.create(
            ref=new_ref("J"),
            meeting=meeting,
            words=wanted.words.strip()[:300],
            attendee=who,
            due_on=wanted.due_on,
            task=task,
        )


def _task_of(meeting: Meeting, who: Attendee, wanted: StepWanted, *, by: Post, now: datetime) -> Task | None:
    if who.post is None:
        return None
    return task_for(
        meeting.case.claim,
        TaskKind.AGREED_STEP,
        who.post,
        due_on=wanted.due_on,
        origin=Happened.CASE_MEETING_SETTLED,
        words=wanted.words.strip(),
        by=by,
        now=now,
    )


def _counts_as_contact(meeting: Meeting, *, by: Post, now: datetime) -> None:
    case = meeting.case
    if case.closed_at is not None:
        return
    ContactMade.objects.create(
        ref=new_ref("L"),
        case=case,
        at=meeting.starts_at,
        by=by,
        channel=Channel.IN_PERSON,
        begun_by=BegunBy.US,
        purpose=Purpose.PROGRESS,
        minutes=meeting.minutes,
        words=f"{meeting.get_kind_display()}.",
    )
    plan_contact(case, since=day_of(meeting.starts_at), rules=rules_for(case.claim, day_of(now)))


def _then(meeting: Meeting, *, introduced: bool, by: Post, now: datetime) -> None:
    """The case goes over when they have met; a handover at which they have not is planned again."""
    if meeting.kind == MeetingKind.HANDOVER:
        if introduced and meeting.transfer is not None:
            have_met(meeting.transfer, on=day_of(meeting.starts_at), by=by, now=now)
        elif not introduced:
            another_day(meeting, "They have not met yet.", by=by, now=now)
            return
    close_own(meeting, by=by, now=now)
