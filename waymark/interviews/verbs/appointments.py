"""The interview gets its time, another time, or none."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from waymark.interviews import access, notice_words
from waymark.interviews.diary import verbs as diary
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import AppointmentState, CausedBy, HelpKind, InterviewState
from waymark.interviews.managing.overbooking import insist_on_room_for_more
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.series.before import ask_for_help, insist_on_call_before_letter
from waymark.interviews.series.queries import (
    about_last_time,
    compulsory,
    insist_on_other_person,
    letter_of,
    needs_interpreter,
    way,
    words_of,
)
from waymark.interviews.series.taken_hours import insist_hours_are_free
from waymark.interviews.verbs.common import (
    CALL_TASKS,
    lock,
    next_worked_day,
    refs,
    rules_for,
    set_state,
    team,
)
from waymark.interviews.verbs.putting_off import drop_proposals, end_deferral, end_waiver
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks, open_task

SETTLED_BY_BOOKING = (
    *CALL_TASKS,
    TaskKind.RECONTACT,
    TaskKind.SEND_RECONTACT_LETTER,
    TaskKind.HOME_VISIT,
    TaskKind.REVIEW_WAIVER,
    TaskKind.TRIGGER_MEETING,
    TaskKind.REBOOK,
)


@transaction.atomic
def book_interview(
    interview: Interview,
    slot: Slot,
    *,
    by: Post,
    now: datetime,
    outcome: str = "book",
    notice: NoticeKind = NoticeKind.BOOKED,
    origin: Happened = Happened.INTERVIEW_BOOKED,
    about: str = "",
    note: bool = True,
    overbooked: bool = False,
    despite: str = "",
) -> Appointment:
    """Book a time. A deferral or waiver that is open ends with `outcome`; the customer is told; holding it is next.

    notice: the letter; the usual one is chosen by where the interview stands in its series. about: what it will be
    about, for a later interview. overbooked: beside another appointment, as far as the office allows that. despite:
    why in hours in which the customer cannot come. Refused before the call that comes before a first letter, with
    somebody the customer asked not to meet, and without a word in hours that are taken.
    """
    interview = lock(interview)
    insist(access.may_act(interview, by))
    claim = interview.claim
    rules = rules_for(claim, day_of(now))
    insist_on_call_before_letter(interview, rules)
    insist_on_other_person(claim, slot.adviser_id)
    insist_hours_are_free(claim, slot, despite)
    if overbooked:
        insist_on_room_for_more(slot, rules)
    appointment = diary.book(interview, slot, overbooked=overbooked, by=by, now=now)
    drop_proposals(interview, by=by, now=now)
    end_deferral(interview, outcome=outcome, now=now)
    end_waiver(interview, outcome=outcome, now=now)
    set_state(interview, InterviewState.BOOKED)
    _next_is_the_interview(interview, appointment, origin, by, now)
    _invite(appointment, notice, rules, next_about=about, by=by, now=now)
    if needs_interpreter(claim):
        ask_for_help(
            interview,
            kind=HelpKind.INTERPRETER,
            words=claim.customer.access_needs.interpreter,
            by=by,
            now=now,
        )
    if note:
        note_event(origin, by=by, now=now, why=despite.strip(), **about_of(appointment), **refs(claim))
    return appointment


def _invite(
    appointment: Appointment,
    notice: NoticeKind,
    rules: Rules,
    *,
    next_about: str = "",
    by: Post | None,
    now: datetime,
) -> None:
    """The letter of an appointment: by its place in the series, in the variant that suits the customer."""
    interview, on = appointment.interview, day_of(now)
    interviews = compulsory(interview.claim)
    kind, variant = letter_of(interview, notice, rules, interviews)
    words = {
        **notice_words.of_appointment(appointment),
        **notice_words.help_asked_for(interview.claim),
        **words_of(way(interview.claim, on, rules, interviews)),
        "about": next_about
        or about_last_time(interview.claim)
        or _("what has changed, and what could help next"),
    }
    notices.queue_notice(interview.claim, kind, variant=variant, words=words, rules=rules, by=by, now=now)


@transaction.atomic
def move_interview(
    appointment: Appointment,
    slot: Slot,
    *,
    caused_by: CausedBy,
    reason: str,
    words: str = "",
    tell: bool = True,
    by: Post | None,
    now: datetime,
) -> Appointment:
    """Another time, with who caused it. Asked for beforehand it is never a failure to attend (M:L1671).

    tell: False where another letter of the same act says it. by: None when the customer did it on their own page.
    """
    interview = lock(appointment.interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    rules = rules_for(claim, day_of(now))
    reason_title = _cancel_reason(rules, reason, caused_by)
    insist_hours_are_free(claim, slot, words)
    old = appointment.starts_at
    moved = diary.move(appointment, slot, caused_by=caused_by, reason=reason, words=words, by=by, now=now)
    _next_is_the_interview(interview, moved, Happened.INTERVIEW_MOVED, by, now)
    told = notice_words.of_appointment(moved)
    if caused_by == CausedBy.CUSTOMER:
        _invite(moved, NoticeKind.BOOKED, rules, by=by, now=now)
    elif tell:
        told |= {"cancel_reason": reason_title, "new_date": moved.starts_at}
        notices.queue_notice(claim, NoticeKind.CANCELLED_BY_US, words=told, rules=rules, by=by, now=now)
    note_event(
        Happened.INTERVIEW_MOVED,
        by=by,
        now=now,
        why=words or reason_title,
        old=old.isoformat(),
        caused_by=caused_by,
        **about_of(moved),
        **refs(claim),
    )
    return moved


@transaction.atomic
def cancel_interview(
    appointment: Appointment,
    *,
    caused_by: CausedBy,
    reason: str,
    words: str = "",
    by: Post,
    now: datetime,
) -> Appointment:
    """No time for now: booking another is the next step. What we cancel ourselves needs a new date: move it (E:L1282)."""
    interview = lock(appointment.interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    if caused_by == CausedBy.US:
        raise Refused(
            "needs_a_new_date",
            "An interview that we cancel needs a new date, so that the customer is told both at once.",
            "Move it to another time instead.",
        )
    rules = rules_for(claim, day_of(now))
    title = _cancel_reason(rules, reason, caused_by)
    cancelled = diary.cancel(appointment, caused_by=caused_by, reason=reason, words=words, by=by, now=now)
    set_state(interview, InterviewState.DUE)
    to_be_booked(interview, origin=Happened.INTERVIEW_CANCELLED, words=title, by=by, now=now)
    note_event(
        Happened.INTERVIEW_CANCELLED,
        by=by,
        now=now,
        why=words or title,
        caused_by=caused_by,
        **about_of(cancelled),
        **refs(claim),
    )
    return cancelled


def to_be_booked(
    interview: Interview,
    *,
    origin: Happened,
    words: str,
    by: Post | None,
    now: datetime,
    at_home: bool = False,
    adviser: Post | None = None,
) -> None:
    """Finding a time is the next step, by the next working day; of a home visit, or for `adviser`, the advisers do."""
    claim = interview.claim
    kind = TaskKind.HOME_VISIT if at_home else TaskKind.BOOK
    at_the_office = at_home or adviser is not None or interview.number > 1
    finders = (TeamKind.ADVISERS,) if at_the_office else (TeamKind.FIRST_CONTACT, TeamKind.ADVISERS)
    close_tasks(
        claim, TaskKind.HOLD_INTERVIEW, *SETTLED_BY_BOOKING, outcome=Outcome.OVERTAKEN, by=by, now=now
    )
    open_task(
        claim,
        kind,
        team=team(claim.office, *finders),
        person=adviser.person if adviser is not None else None,
        due_on=next_worked_day(now),
        origin=origin,
        words=words[:300],
        by=by,
        now=now,
    )


def release_appointment(interview: Interview, *, reason: str, words: str, by: Post, now: datetime) -> None:
    """Free the booked time, if there is one, because the interview is put off or not asked for."""
    for appointment in interview.appointments.filter(state=AppointmentState.BOOKED):
        diary.cancel(appointment, caused_by=CausedBy.OTHER, reason=reason, words=words, by=by, now=now)


def about_of(appointment: Appointment) -> dict[str, str]:
    """What the record's sentence says of an appointment."""
    return {
        "starts": appointment.starts_at.isoformat(),
        "adviser": appointment.adviser.name,
        "mode": appointment.mode,
        "office": appointment.office.name,
    }


def _next_is_the_interview(
    interview: Interview, appointment: Appointment, origin: Happened, by: Post | None, now: datetime
) -> None:
    claim = interview.claim
    close_tasks(claim, TaskKind.HOLD_INTERVIEW, *SETTLED_BY_BOOKING, by=by, now=now)
    open_task(
        claim,
        TaskKind.HOLD_INTERVIEW,
        team=team(claim.office, TeamKind.ADVISERS),
        person=appointment.adviser,
        due_on=day_of(appointment.starts_at),
        window=(appointment.starts_at, appointment.starts_at + timedelta(minutes=15)),
        origin=origin,
        by=by,
        now=now,
    )


def _cancel_reason(rules: Rules, reason: str, caused_by: CausedBy) -> str:
    found = rules.reasons("appointment_cancelled").get(reason)
    if found is None or found.columns["caused_by"] != caused_by:
        raise Refused("no_such_reason", "That is no reason for this change.", "Choose one from the list.")
    return found.title
