"""Meetings of more than two, and what they agree: handover, what is next, case conference (R:L879, R:L964, R:L1108)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import BegunBy, MeetingKind, MeetingState, Purpose, StepState, TransferState
from waymark.casework.enums import ContactChannel as Channel
from waymark.casework.models import AgreedStep, Attendee, Case, CaseWorker, ContactMade, Meeting, Transfer
from waymark.casework.verbs.common import (
    close_task,
    lock,
    manager_now,
    next_worked_day,
    plan_contact,
    refs,
    rules_for,
    task_for,
)
from waymark.casework.verbs.transfers import have_met
from waymark.customers.enums import ClaimStatus
from waymark.directory.models import Contact
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_tasks


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked to come: a colleague, somebody of a service, or a person with a name alone."""

    name: str
    organisation: str = ""
    post: Post | None = None
    contact: Contact | None = None


@dataclass(frozen=True)
class StepWanted:
    """What was agreed: words, who does it (the name of one who was asked), by when."""

    words: str
    who: str
    due_on: date


@dataclass(frozen=True)
class Held:
    """How a meeting went. `came`: names of those who came. `introduced`: at a handover, that the two have met."""

    came: Sequence[str]
    views: str = ""
    problems: str = ""
    not_reached: str = ""
    introduced: bool = False
    minutes: int | None = None
    steps: Sequence[StepWanted] = ()


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
    """A day and a time on which people meet about a customer: a dated task of the case manager with its hour.

    A handover is three-way: the customer and both who are responsible, before and after (R:L964). Refused in the
    past, without a place, and with nobody but the one who plans it.
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
        **_about(meeting),
    )
    return meeting


@transaction.atomic
def settle_meeting(meeting: Meeting, held: Held, *, by: Post, now: datetime) -> Meeting:
    """It took place: who came, what they think, what was agreed by whom until when.

    At a handover at which the customer and the next case manager have met, the case goes over if it waited for
    that. Steps of colleagues are tasks; those of the customer and of services are looked at with the next contact,
    never chased. A customer who did not come is asked kindly, and nothing else follows.
    """
    meeting = _locked(meeting)
    case = meeting.case
    insist(access.may_help(case.claim, by))
    _insist_planned(meeting)
    if meeting.starts_at > now:
        raise Refused(
            "meeting_to_come", "This meeting is still to come.", "Write it up when it has taken place."
        )
    came = _note_who_came(meeting, held.came)
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
    _settle(meeting, MeetingState.HELD, by=by, now=now)
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
        **_about(meeting),
    )
    _then(meeting, introduced=bool(introduced), by=by, now=now)
    return meeting


@transaction.atomic
def meeting_fell_through(meeting: Meeting, *, why: str, by: Post, now: datetime) -> Meeting:
    """It did not take place. Finding another day is the next step; of not coming nothing else follows (R:L776)."""
    meeting = _locked(meeting)
    insist(access.may_help(meeting.case.claim, by))
    _insist_planned(meeting)
    if not why.strip():
        raise Refused("no_reason", "It is not said why it did not take place.", "Write it in a few words.")
    meeting.not_held_why = why.strip()[:300]
    _settle(meeting, MeetingState.NOT_HELD, by=by, now=now)
    note_event(
        Happened.CASE_MEETING_SETTLED, by=by, now=now, why=meeting.not_held_why, held=False, **_about(meeting)
    )
    _another_day(meeting, f"It fell through: {meeting.not_held_why}", by=by, now=now)
    return meeting


@transaction.atomic
def end_step(step: AgreedStep, *, state: StepState, words: str = "", by: Post, now: datetime) -> AgreedStep:
    """What was agreed is done, or is dropped for a reason."""
    held = (
        AgreedStep.objects.select_for_update(of=("self",))
        .select_related("meeting__case", "task")
        .get(pk=step.pk)
    )
    case = lock(held.meeting.case)
    insist(access.may_help(case.claim, by))
    if held.state != StepState.OPEN:
        raise Refused("step_ended", f"This step is “{held.get_state_display()}” already.", "")
    if state == StepState.DROPPED and not words.strip():
        raise Refused("no_reason", "A step is dropped for a reason.", "Write why it is not done.")
    if held.task is not None:
        _insist_on_a_next_step(held, case)
        close_task(held.task, by=by, now=now)
    held.state, held.ended_on, held.ended_by, held.ended_words = state, day_of(now), by, words.strip()[:300]
    held.save(update_fields=["state", "ended_on", "ended_by", "ended_words"])
    note_event(
        Happened.AGREED_STEP_ENDED,
        by=by,
        now=now,
        why=words.strip(),
        words=held.words,
        done=state == StepState.DONE,
        case=case.ref,
        **refs(case.claim),
    )
    return held


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


def _note_who_came(meeting: Meeting, names: Iterable[str]) -> list[Attendee]:
    wanted = set(names)
    rows = list(meeting.attendees.all())
    for row in rows:
        row.came = row.name in wanted
    Attendee.objects.bulk_update(rows, ["came"])
    return [row for row in rows if row.came]


def _settle(meeting: Meeting, state: MeetingState, *, by: Post, now: datetime) -> None:
    meeting.state, meeting.settled_at, meeting.settled_by = state, now, by
    meeting.save()


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
            _another_day(meeting, "They have not met yet.", by=by, now=now)
            return
    _close_own(meeting, by=by, now=now)


def _another_day(meeting: Meeting, words: str, *, by: Post, now: datetime) -> None:
    """Where the meeting is still wanted, finding another day takes its place; then its own task is over."""
    claim, case = meeting.case.claim, meeting.case
    if claim.status == ClaimStatus.LIVE and case.closed_at is None:
        kinds = {
            MeetingKind.HANDOVER: TaskKind.PLAN_HANDOVER,
            MeetingKind.NEXT_STEPS: TaskKind.AFTER_SERVICE,
            MeetingKind.CONFERENCE: TaskKind.CASE_CONTACT,
        }
        wanted = meeting.transfer is None or meeting.transfer.state in (
            TransferState.PROPOSED,
            TransferState.ACCEPTED,
            TransferState.RUNNING,
        )
        if wanted:
            task_for(
                claim,
                kinds[MeetingKind(meeting.kind)],
                manager_now(case),
                due_on=next_worked_day(now),
                origin=Happened.CASE_MEETING_SETTLED,
                words=f"{words} Ring kindly, and find another day if the customer would like one.",
                by=by,
                now=now,
            )
    _close_own(meeting, by=by, now=now)


def _close_own(meeting: Meeting, *, by: Post, now: datetime) -> None:
    """The task of the meeting is over; where it was all the claim had, being in touch takes its place."""
    case, claim = meeting.case, meeting.case.claim
    if meeting.task is None:
        return
    others = claim.tasks.filter(closed_at=None).exclude(pk=meeting.task.pk).exists()
    if claim.status == ClaimStatus.LIVE and not others:
        task_for(
            claim,
            TaskKind.CASE_CONTACT if case.closed_at is None else TaskKind.NEXT_STEP,
            manager_now(case) if case.closed_at is None else by,
            due_on=case.next_contact_on or next_worked_day(now),
            origin=Happened.CASE_MEETING_SETTLED,
            words="After the meeting: how does it go?",
            by=by,
            now=now,
        )
    close_task(meeting.task, by=by, now=now)


def _insist_on_a_next_step(step: AgreedStep, case: Case) -> None:
    if step.task is None:
        return
    others = case.claim.tasks.filter(closed_at=None).exclude(pk=step.task.pk).exists()
    if case.claim.status == ClaimStatus.LIVE and not others:
        raise Refused(
            "only_next_step",
            "This step is the only next step of the claim; without it the customer would be lost.",
            "Say what comes next first, then come back.",
        )


def _insist_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Refused("meeting_settled", f"This meeting is “{meeting.get_state_display()}” already.", "")


def _locked(meeting: Meeting) -> Meeting:
    case = lock(meeting.case)
    held = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("transfer", "task", "worker")
        .get(pk=meeting.pk)
    )
    held.case = case
    if held.transfer is not None:
        held.transfer.case = case
    return held


def _about(meeting: Meeting) -> dict[str, str]:
    return {
        "sort": meeting.kind,
        "meeting": meeting.ref,
        "case": meeting.case.ref,
        **refs(meeting.case.claim),
    }
