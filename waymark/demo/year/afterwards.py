"""After the interviews, and whatever else somebody owes a customer: follow-ups, promises, messages, letters."""

from datetime import timedelta

from waymark.demo.year.booking import book, booked_of, move, open_interview
from waymark.demo.year.day import Day
from waymark.demo.year.misses import case_of
from waymark.inbound import verbs as inbound
from waymark.inbound.enums import About
from waymark.inbound.models import Message
from waymark.interviews.models import Sitting
from waymark.interviews.series import verbs as series
from waymark.interviews.sittings import afterwards as after_interviews
from waymark.interviews.sittings import settling
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeState
from waymark.notices.models import Notice
from waymark.organisations.models import Post
from waymark.sanctions import verbs as sanctions
from waymark.worklist import verbs as worklist
from waymark.worklist.models import Task

QUARTER = timedelta(days=91)
LATE = 0.03  # of messages that are due today wait until tomorrow (local)
EARLY = 0.5  # of those that have time are answered at once (local)
DOOR = "Knows that the door is open."


def series_review(task: Task, day: Day) -> None:
    by, again = day.adviser_owning(task), day.chance(0.7)
    day.do(
        series.review_series,
        task.claim,
        achieved="Has begun to go out again.",
        still_hard="Mornings.",
        follow_up_on=day.on + QUARTER if again else None,
        no_contact_because="" if again else DOOR,
        by=by,
    )


def follow_up(task: Task, day: Day) -> None:
    """Be in touch: most want nothing more, some stay in touch, a few come to talk by choice (E:L379)."""
    by, claim = day.adviser_owning(task), task.claim
    waiting = open_interview(claim)
    if waiting is not None and not waiting.mandatory and waiting.state == "due" and day.chance(0.5):
        day.do(settling.reason_heard, waiting, words="Would still like to come.", by=by)
        return
    if waiting is None and day.chance(day.rates.talk_by_choice):
        talk = day.do(series.agree_voluntary, claim, words="Would like to know what help there is.", by=by)
        if talk is not None:
            fresh = open_interview(claim)
            if fresh is not None:
                book(day, fresh, by)
            return
    again = day.chance(day.rates.keeps_in_touch)
    day.do(
        series.follow_up,
        claim,
        words="Rang and talked.",
        next_on=day.on + QUARTER if again else None,
        no_contact_because="" if again else DOOR,
        by=by,
    )


def keep_promise(task: Task, day: Day) -> None:
    day.do(worklist.keep_promise, task, words="Rung as promised.", by=day.owner(task))


def answer_message(task: Task, day: Day) -> None:
    """Read, do what it asks for, and answer; mostly by its day."""
    late, early = day.chance(LATE), day.chance(EARLY)
    if (task.due_on == day.on and late) or (task.due_on > day.on and not early):
        return
    message = Message.objects.filter(task=task, answered_at=None).select_related("claim").first()
    if message is None:
        return
    by = day.adviser_owning(task)
    day.do(inbound.read, message, by=by)
    _act(day, task, message, by)
    told_by = "letter" if day.chance(0.2) else "call"
    day.do(inbound.answer, message, words="It is done as you asked.", told_by=told_by, by=by)


def _act(day: Day, task: Task, message: Message, by: Post) -> None:
    interview = open_interview(task.claim)
    if message.about in {About.CANNOT_COME, About.MOVE} and interview is not None:
        appointment = booked_of(interview)
        if appointment is not None and appointment.starts_at > day.now:
            move(day, appointment, by, caused_by="customer", reason="customer_asked_to_move")
    breach = case_of(task) if message.about == About.EXPLAIN else None
    if breach is not None:
        day.do(sanctions.give_reason, breach, message.words, way=message.way, by=by)


def mend_notice(task: Task, day: Day) -> None:
    """A letter that failed is tried again."""
    for notice in Notice.objects.filter(claim=task.claim_id, state=NoticeState.FAILED):
        day.do(notices.retry, notice, by=day.owner(task))


def get_to_know(task: Task, day: Day) -> None:
    """The new adviser reads what was handed over, and rings."""
    words = "Read the note, and rang to say hello."
    day.do(after_interviews.get_to_know, task.claim, words=words, by=day.adviser_owning(task))


def debrief(task: Task, day: Day) -> None:
    """The manager talks with an adviser who has had a hard interview (M:L300)."""
    found = Sitting.objects.filter(appointment__interview__claim=task.claim_id, hard=True)
    sitting = found.select_related("adviser__person", "appointment__interview__claim__customer").first()
    if sitting is not None:
        by, words = day.manager(task.claim), "Next time with a colleague nearby."
        day.do(after_interviews.debrief, sitting, words=words, by=by)


def move_ours(task: Task, day: Day) -> None:
    """An appointment that we cannot keep gets another time."""
    interview = open_interview(task.claim)
    appointment = booked_of(interview) if interview is not None else None
    if appointment is not None and appointment.starts_at > day.now:
        move(day, appointment, day.manager(task.claim), caused_by="us", reason="adviser_absent")
