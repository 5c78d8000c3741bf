"""What every step of a meeting shares: the row held, how it is settled, and what comes next after it."""

from datetime import datetime

from waymark.casework.enums import MeetingKind, MeetingState, NewsKind, TransferState
from waymark.casework.models import Meeting
from waymark.casework.verbs.common import close_task, lock, manager_now, next_worked_day, refs, task_for
from waymark.casework.verbs.news import tell_these
from waymark.customers.enums import ClaimStatus
from waymark.kernel.clock import LONDON, day_of, words
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind


def locked(meeting: Meeting) -> Meeting:
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


def insist_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Refused("meeting_settled", f"This meeting is “{meeting.get_state_display()}” already.", "")


def settle(meeting: Meeting, state: MeetingState, *, by: Post, now: datetime) -> None:
    meeting.state, meeting.settled_at, meeting.settled_by = state, now, by
    meeting.save()


def another_day(meeting: Meeting, why: str, *, by: Post, now: datetime) -> None:
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
                words=f"{why} Ring kindly, and find another day if the customer would like one.",
                by=by,
                now=now,
            )
    close_own(meeting, by=by, now=now)


def close_own(meeting: Meeting, *, by: Post, now: datetime) -> None:
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


def about(meeting: Meeting) -> dict[str, str]:
    return {
        "sort": meeting.kind,
        "meeting": meeting.ref,
        "case": meeting.case.ref,
        **refs(meeting.case.claim),
    }


def in_words(meeting: Meeting) -> str:
    """Case conference, Wednesday 5 May at 12:00, Calder office."""
    return f"{meeting.get_kind_display()}, {_when(meeting.starts_at)}, {meeting.place}"


def tell_invited(meeting: Meeting, kind: NewsKind, said: str, *, by: Post, now: datetime) -> None:
    """The colleagues who take part, and those of services whom the customer agreed to tell."""
    rows = meeting.attendees.select_related("post__person", "contact__organisation")
    people = [row.post.person for row in rows if row.post]
    contacts = [row.contact for row in rows if row.contact]
    tell_these(meeting.case, kind, said, people=people, contacts=contacts, by=by, now=now)


def _when(moment: datetime) -> str:
    return f"{words(day_of(moment))} at {moment.astimezone(LONDON):%H:%M}"
