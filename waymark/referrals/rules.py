"""What is worked out about a referral without a database: its clocks, its wait, what stands still and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from waymark.kernel.working_days import add_working_days, next_working_day

FEEDBACK = "feedback"
WEEK = timedelta(weeks=1)
GREEN, AMBER, RED = "green", "amber", "red"


@dataclass(frozen=True)
class Clocks:
    """The times of a programme, as its settings give them: working days unless the name says weeks."""

    send: int
    acknowledge: int
    remind: int
    raise_: int
    amber_weeks: int
    red_weeks: int
    again_weeks: int
    visit: int
    ring: int
    feedback_weeks: int
    patience: int
    report: int
    meeting: int
    returned: int
    question: int
    signpost_weeks: int
    link_days: int


KEYS: Mapping[str, str] = {
    "send": "send_working_days",
    "acknowledge": "acknowledge_working_days",
    "remind": "remind_working_days",
    "raise_": "raise_working_days",
    "amber_weeks": "wait_amber_weeks",
    "red_weeks": "wait_red_weeks",
    "again_weeks": "ask_again_weeks",
    "visit": "visit_after_working_days",
    "ring": "ring_within_working_days",
    "feedback_weeks": "feedback_every_weeks",
    "patience": "feedback_patience_working_days",
    "report": "report_working_days",
    "meeting": "meeting_working_days",
    "returned": "returned_working_days",
    "question": "question_working_days",
    "signpost_weeks": "signpost_weeks",
    "link_days": "link_days",
}


def wait_tone(sent_on: date, on: date, clocks: Clocks) -> str:
    """green, amber or red: how long somebody has waited since the referral left (R:L500, P:L531)."""
    if on >= sent_on + clocks.red_weeks * WEEK:
        return RED
    return AMBER if on >= sent_on + clocks.amber_weeks * WEEK else GREEN


def look_again_on(
    sent_on: date, on: date, clocks: Clocks, holidays: Collection[date], contact_by: date | None = None
) -> date:
    """When a wait is looked at next: the day the service was to ring, then amber, then red, then every so often."""
    marks = [sent_on + clocks.amber_weeks * WEEK, sent_on + clocks.red_weeks * WEEK]
    if contact_by is not None:
        marks.append(contact_by + timedelta(days=1))
    ahead = [mark for mark in marks if mark > on]
    return next_working_day(min(ahead, default=on + clocks.again_weeks * WEEK), holidays)


def feedback_day(since: date, clocks: Clocks, ends: date | None, holidays: Collection[date]) -> date:
    """When we hope to hear next: every so many weeks, and at the end where that comes sooner."""
    usual = since + clocks.feedback_weeks * WEEK
    sooner = ends if ends is not None and since < ends < usual else usual
    return next_working_day(sooner, holidays)


def working_day_after(day: date, count: int, holidays: Collection[date]) -> date:
    return add_working_days(day, count, holidays)


class Stuck(StrEnum):
    """Why a referral stands still."""

    NOT_SENT = "not_sent"
    NO_ANSWER = "no_answer"
    NOT_ADMITTED = "not_admitted"
    NO_CONTACT = "no_contact"
    LONG_WAIT = "long_wait"
    APPOINTMENT_PAST = "appointment_past"
    NOT_THERE = "not_there"
    NO_FEEDBACK = "no_feedback"
    NO_REPORT = "no_report"
    CAME_BACK = "came_back"
    NO_MEETING = "no_meeting"
    NOT_FOLLOWED_UP = "not_followed_up"
    QUESTION = "question"
    NOBODY_TO_REACH = "nobody_to_reach"
    WITHDRAWN_SERVICE = "withdrawn_service"
    AFTER_CLAIM = "after_claim"


@dataclass(frozen=True)
class Standing:
    """What is needed to say whether a referral stands still. Days; `reachable`: somebody there can be written or rung.

    claim_ended: it goes on without the claim. owned: somebody has its next step.
    """

    state: str
    sent_on: date | None
    acknowledged: bool
    vetting: str
    contact_by: date | None
    appointment_on: date | None
    feedback_due_on: date | None
    ended_on: date | None
    reported: bool
    feedback_agreed: bool
    made_on: date
    alternative_on: date | None
    task_due_on: date | None
    question_late: bool
    reachable: bool
    service_withdrawn: bool
    claim_ended: bool = False
    owned: bool = True


WAITING = frozenset({"sent", "acknowledged", "accepted", "appointment", "not_come"})
UNDER_WAY = frozenset({"started", "in_progress"})
WITH_SERVICE = WAITING | UNDER_WAY


def stuck(one: Standing, on: date, clocks: Clocks, holidays: Collection[date]) -> list[Stuck]:
    """Every way in which it stands still, the most urgent first. Empty: it moves."""
    found = []
    late = one.task_due_on is not None and one.task_due_on < on
    if one.claim_ended and (late or not one.owned):
        found.append(Stuck.AFTER_CLAIM)
    if one.state in {"proposed", "consented"} and on > add_working_days(one.made_on, clocks.send, holidays):
        found.append(Stuck.NOT_SENT)
    if (
        one.state == "sent"
        and one.sent_on
        and on > add_working_days(one.sent_on, clocks.acknowledge, holidays)
    ):
        found.append(Stuck.NO_ANSWER)
    made = one.state in {"appointment", "sent", "acknowledged"}
    if made and one.appointment_on and one.appointment_on < on:
        found.append(Stuck.APPOINTMENT_PAST)
    if one.state == "not_come" and late:
        found.append(Stuck.NOT_THERE)
    if one.state in WAITING and one.contact_by and one.contact_by < on and one.appointment_on is None:
        found.append(Stuck.NO_CONTACT)
    if one.state in WAITING and one.sent_on and _waits_long(one, on, clocks):
        found.append(Stuck.LONG_WAIT)
    if one.state in {"acknowledged", "accepted"} and one.vetting == "needed" and late:
        found.append(Stuck.NOT_ADMITTED)
    if one.state in UNDER_WAY and one.feedback_agreed and one.feedback_due_on and one.feedback_due_on < on:
        found.append(Stuck.NO_FEEDBACK)
    if one.state == "ended":
        waits_for_report = one.feedback_agreed and not one.reported
        if waits_for_report and one.ended_on and on > add_working_days(one.ended_on, clocks.report, holidays):
            found.append(Stuck.NO_REPORT)
        elif late:
            found.append(Stuck.NO_MEETING)
    if one.state == "returned" and late:
        found.append(Stuck.CAME_BACK)
    if one.state == "told" and late:
        found.append(Stuck.NOT_FOLLOWED_UP)
    if one.question_late:
        found.append(Stuck.QUESTION)
    if one.state in WITH_SERVICE and not one.reachable:
        found.append(Stuck.NOBODY_TO_REACH)
    if one.state in WAITING and one.service_withdrawn:
        found.append(Stuck.WITHDRAWN_SERVICE)
    return found


def _waits_long(one: Standing, on: date, clocks: Clocks) -> bool:
    """Over the limit since it left, and over it again since something else was offered."""
    since = max(day for day in (one.sent_on, one.alternative_on) if day is not None)
    if one.alternative_on is not None and since == one.alternative_on:
        return on > since + clocks.again_weeks * WEEK
    return wait_tone(since, on, clocks) == RED


@dataclass(frozen=True)
class Balance:
    """One provider, one day: what left us, and where it is now. Sent is counted apart from the rest."""

    sent: int
    acknowledged: int
    pending: int
    returned: int
    taken_back: int

    @property
    def holds(self) -> bool:
        return self.sent == self.acknowledged + self.pending + self.returned + self.taken_back


def missing_papers(needed: Sequence[str], held: Collection[str]) -> list[str]:
    return [code for code in needed if code not in held]
