"""Doing what was decided."""

from datetime import datetime

from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Choice, InterviewState
from waymark.interviews.models import Decision
from waymark.interviews.verbs.appointments import about_of, book_interview, release_appointment, to_be_booked
from waymark.interviews.verbs.common import CALL_TASKS, refs, set_state
from waymark.interviews.verbs.putting_off import end_deferral, end_waiver, put_off, waive
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.verbs import close_tasks

AWAY_FROM_THE_OFFICE = frozenset({"home", "phone"})


def put_in_force(
    decision: Decision, *, slot: Slot | None, at_home: bool = False, by: Post, now: datetime
) -> None:
    """Do what was decided. A proposal is put in force when it is authorised."""
    interview = decision.interview
    if decision.choice == Choice.DEFER:
        release_appointment(interview, reason="deferred_instead", words=decision.because, by=by, now=now)
        put_off(decision, by=by, now=now)
    elif decision.choice == Choice.WAIVE:
        release_appointment(interview, reason="waived_instead", words=decision.because, by=by, now=now)
        waive(decision, by=by, now=now)
    elif slot is not None:
        _book(decision, slot, by, now)
    elif interview.state == InterviewState.BOOKED:
        _leave_booked(decision, by, now)
    else:
        _book_later(decision, at_home, by, now)


def _book(decision: Decision, slot: Slot, by: Post, now: datetime) -> None:
    outcome = "home_visit" if slot.mode in AWAY_FROM_THE_OFFICE else "book"
    appointment = book_interview(decision.interview, slot, by=by, now=now, outcome=outcome, note=False)
    note_event(
        Happened.INTERVIEW_BOOKED,
        by=by,
        now=now,
        why=decision.because,
        **about_of(appointment),
        **refs(decision.interview.claim),
    )


def _leave_booked(decision: Decision, by: Post, now: datetime) -> None:
    """The interview has its time already, and keeps it."""
    claim = decision.interview.claim
    close_tasks(claim, *CALL_TASKS, by=by, now=now)
    appointment = (
        decision.interview.appointments.filter(state="booked").select_related("adviser", "office").get()
    )
    note_event(
        Happened.INTERVIEW_BOOKED,
        by=by,
        now=now,
        why=decision.because,
        **about_of(appointment),
        **refs(claim),
    )


def _book_later(decision: Decision, at_home: bool, by: Post, now: datetime) -> None:
    """The interview is to be booked but no time fits yet: finding one is the next step."""
    interview = decision.interview
    end_deferral(interview, outcome="home_visit" if at_home else "book", now=now)
    end_waiver(interview, outcome="book", now=now)
    if interview.state != InterviewState.DUE:
        set_state(interview, InterviewState.DUE)
    to_be_booked(
        interview,
        origin=Happened.INTERVIEW_BOOKED,
        words="No time was found yet.",
        at_home=at_home,
        by=by,
        now=now,
    )
    note_event(
        Happened.INTERVIEW_BOOKED,
        by=by,
        now=now,
        why=decision.because,
        starts="",
        **refs(interview.claim),
    )
