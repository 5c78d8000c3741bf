"""A miss that was marked by mistake is taken back, with all that it set off (P:L1291, M:L1671)."""

from datetime import datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.interviews import access
from waymark.interviews.announcing import Said, announce
from waymark.interviews.diary import verbs as diary
from waymark.interviews.enums import AppointmentState, InterviewState
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.series.queries import adviser_of
from waymark.interviews.verbs.appointments import SETTLED_BY_BOOKING, about_of
from waymark.interviews.verbs.common import lock, next_worked_day, refs, set_state, team
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.queries import who_noted
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task, close_tasks, open_task


@transaction.atomic
def take_back_miss(appointment: Appointment, *, words: str, by: Post, now: datetime) -> Appointment:
    """The customer did not miss it: the appointment is booked as before, and what the mark set off is undone.

    By whoever marked it, or by a team leader or manager. Refused when something else has been decided since, and
    when the case about it is with a decision maker. A case that has begun closes; its letter is kept from going,
    or taken back by another one (`sanctions.reactions`). What really happened is written up next.
    """
    interview = lock(appointment.interview)
    insist(access.may_act(interview, by))
    appointment = Appointment.objects.select_related("adviser", "office").get(pk=appointment.pk)
    insist(may_take_back(interview, appointment, by))
    if not words.strip():
        raise Refused("no_words", "It is not said what the mistake was.", "Write what really happened.")
    appointment = diary.not_missed(appointment, by=by, now=now)
    set_state(interview, InterviewState.BOOKED)
    announce(interview.claim, Said.MISS_TAKEN_BACK, by=by, now=now)
    _drop_what_it_set_off(interview.claim, by=by, now=now)
    _write_it_up(interview, appointment, by=by, now=now)
    note_event(
        Happened.MISSED_TAKEN_BACK,
        by=by,
        now=now,
        why=words.strip(),
        number=interview.number,
        **about_of(appointment),
        **refs(interview.claim),
    )
    return appointment


def may_take_back(interview: Interview, appointment: Appointment, by: Post) -> Refused | None:
    """Whether the mark can still be taken back by this post; if not, why."""
    if appointment.state != AppointmentState.MISSED:
        return Refused(
            "not_missed",
            f"This appointment is “{appointment.get_state_display()}”: nobody has missed it.",
            "",
        )
    later = interview.appointments.filter(made_at__gt=appointment.made_at).exists()
    if interview.state != InterviewState.DUE or later:
        return Refused(
            "decided_since",
            "Something else has been settled about this interview since.",
            "Write a note about the mistake; it is not counted against the customer unless somebody decides so.",
        )
    # No later appointment was made, so that the newest mark is the one of this.
    author = who_noted(interview.claim.ref, Happened.INTERVIEW_MISSED)
    is_author = author is not None and author.person_id == by.person_id
    if not is_author and by.role not in access.LOOK_AGAIN:
        return Refused(
            "marked_by_another",
            "Somebody else marked it as missed.",
            "They, a team leader or a manager can take it back.",
        )
    return None


def _drop_what_it_set_off(claim: Claim, *, by: Post, now: datetime) -> None:
    set_off = Task.objects.filter(claim=claim, closed_at=None, origin=Happened.INTERVIEW_MISSED)
    for task in set_off:
        close_task(task, outcome=Outcome.OVERTAKEN, by=by, now=now)
    settled = (TaskKind.FIND_OUT, *SETTLED_BY_BOOKING)
    close_tasks(claim, *settled, outcome=Outcome.OVERTAKEN, by=by, now=now)


def _write_it_up(interview: Interview, appointment: Appointment, *, by: Post, now: datetime) -> None:
    """What really happened is the next step: held, moved or put off."""
    open_task(
        interview.claim,
        TaskKind.HOLD_INTERVIEW,
        team=team(interview.claim.office, TeamKind.ADVISERS),
        person=appointment.adviser or adviser_of(interview.claim),
        due_on=next_worked_day(now, days=0),
        window=(appointment.starts_at, appointment.ends_at),
        origin=Happened.MISSED_TAKEN_BACK,
        words="It was marked as missed by mistake: write up what happened.",
        by=by,
        now=now,
    )
