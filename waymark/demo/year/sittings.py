"""The hour of the interview: the customer comes or not, and what follows is settled with them."""

from datetime import timedelta
from typing import Any

from waymark.demo.year.booking import booked_of, move
from waymark.demo.year.calls import interview_of
from waymark.demo.year.day import Day
from waymark.demo.year.talking import PLAIN, hear, put_off, wish
from waymark.inbound import verbs as inbound
from waymark.inbound.models import Message
from waymark.interviews.enums import Capacity, Choice, Depth, Explored
from waymark.interviews.models import Appointment, Interest, Interview, Sitting
from waymark.interviews.sittings import settling, verbs
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.interviews.verbs import Wish
from waymark.organisations.models import Post
from waymark.worklist.models import Task

SAID = (
    "We talked about your health and what you would like to do.",
    "You told us what is hard at the moment.",
)
STEPS = ("We send you the leaflet about courses.",)
WISHES = ("Work with animals.", "A course in the evening.", "Somebody to talk to about debts.")
VIEW = dict.fromkeys(("appropriate_now", "when", "return_circumstances", "support_wanted"), "Later.")
NOT_TODAY = "Not well enough today."
CALLED_AWAY = "Had to leave early."


def hold(task: Task, day: Day) -> None:
    """An appointment of today, or one that was left open."""
    interview = interview_of(task, "booked")
    appointment = booked_of(interview) if interview is not None else None
    if appointment is None or appointment.starts_at.date() > day.on:
        return
    by = _adviser(day, appointment)
    if _message_waits(day, appointment, by):
        return
    moment = max(appointment.starts_at, day.now)
    absent = day.rates.no_show if appointment.interview.mandatory else day.rates.no_show / 2
    if day.chance(absent):
        day.do(settling.missed, appointment, by=by, now=max(moment, appointment.ends_at))
        return
    sitting = day.do(verbs.arrive, appointment, by=by, now=moment)
    if sitting is not None:
        sit(day, appointment, sitting, by)


def write_up(task: Task, day: Day) -> None:
    """A record nobody has finished."""
    open_ones = Sitting.objects.filter(appointment__interview__claim=task.claim_id, state="open")
    for sitting in open_ones.select_related("appointment__interview__claim__office__district", "adviser"):
        sit(day, sitting.appointment, sitting, _adviser(day, sitting.appointment))


def _adviser(day: Day, appointment: Appointment) -> Post:
    claim = appointment.interview.claim
    post = day.place.by_person.get((appointment.adviser_id, claim.office_id))
    return post if post is not None and post.person_id not in day.place.away else day.adviser(claim)


def _message_waits(day: Day, appointment: Appointment, by: Post) -> bool:
    """What the customer told us comes first: the appointment moves, then the message is answered."""
    waiting = list(Message.objects.filter(claim=appointment.interview.claim_id, answered_at=None))
    if not waiting:
        return False
    if any(message.about in {"cannot_come", "move"} for message in waiting):
        move(day, appointment, by, caused_by="customer", reason="customer_asked_to_move")
    for message in waiting:
        day.do(inbound.answer, message, words="You have another time.", told_by="call", by=by)
    return booked_of(appointment.interview) != appointment


def sit(day: Day, appointment: Appointment, sitting: Sitting, by: Post) -> None:
    """The talk and its end."""
    dice, rates, interview = day.random.random(), day.rates, appointment.interview
    outcome = "held"
    if dice < rates.unable:
        outcome = "unable_today"
    elif dice < rates.unable + rates.cut_short:
        outcome = "shortened"
    elif dice < rates.unable + rates.cut_short + rates.stopped:
        outcome = "stopped"
    start = max(appointment.starts_at, sitting.opened_at)
    ends = max(appointment.ends_at, start + timedelta(minutes=30))
    day.do(
        verbs.note_state,
        sitting,
        capacity=Capacity.UNABLE if outcome == "unable_today" else Capacity.ABLE,
        hard=day.chance(rates.hard) or None,
        started_at=start,
        ended_at=ends,
        by=by,
        now=start,
    )
    if outcome in {"held", "shortened"}:
        _write(day, sitting, interview, by, start)
    _settle(day, sitting, interview, outcome, by, ends)


def _write(day: Day, sitting: Sitting, interview: Interview, by: Post, start: Any) -> None:
    """At the first one every form of help is shown (E:L2390-2419); of the words, a part of the workspaces is filled."""
    pack, said = day.rules(interview.claim).pack.interview, {"by": by, "now": start}
    if interview.number == 1:
        for topic in day.rules(interview.claim).value("series.needed_topics"):
            day.do(verbs.cover_topic, sitting, topic, Explored.YES, **said)
        day.do(verbs.show_options, sitting, {entry["code"]: Depth.SHOWN for entry in pack["options"]}, **said)
    if day.chance(day.rates.written_at_length):
        day.do(verbs.save_wording, sitting, "notes", "Talked about mornings.", based_on=0, **said)
        barrier = day.random.choice(pack["barriers"])["code"]
        day.do(verbs.see_barrier, sitting, barrier, explored=Explored.YES, present=True, **said)
    if day.chance(day.rates.would_like):
        day.do(verbs.note_interest, sitting, day.random.choice(WISHES), **said)


def _settle(day: Day, sitting: Sitting, interview: Interview, outcome: str, by: Post, ends: Any) -> None:
    why = {"held": "", "shortened": CALLED_AWAY}.get(outcome, NOT_TODAY)
    counts = day.chance(0.5) if outcome == "shortened" else None
    ended = Ended(
        outcome,
        why=why,
        counts=counts,
        agreed="yes",
        understood="yes" if day.chance(0.95) else "unsure",
        said=SAID,
        agreed_steps=STEPS,
    )
    sitting.refresh_from_db()
    sitting.appointment.interview = interview
    _counted, choices = settling.choices_for(sitting, ended, now=ends)
    after = _what_next(day, interview, choices, by)
    if day.do(settling.settle, sitting, ended, after, by=by, now=ends) is None and after.slot is not None:
        again = NextWish("find_time" if after.kind == "interview" else after.kind, about=after.about)
        day.do(settling.settle, sitting, ended, again, by=by, now=ends)


def _what_next(day: Day, interview: Interview, choices: tuple[str, ...], by: Post) -> NextWish:
    about = "what has changed"
    if "waive" in choices and day.chance(day.rates.waived_there):
        return _decision("waive", day, interview, wish(Choice.WAIVE, "progressive_condition"))
    if "defer" in choices and day.chance(day.rates.put_off_there):
        return _decision("defer", day, interview, put_off(day, interview.claim, "other_circumstance"))
    if "interview" in choices and not day.chance(day.rates.time_later):
        slots = _next_times(day, interview, by)
        if slots:
            return NextWish("interview", slot=slots[0], about=about)
    for kind in ("find_time", "rebook"):
        if kind in choices:
            return NextWish(kind, about=about)
    if "voluntary" in choices and day.chance(day.rates.talk_by_choice):
        return NextWish("voluntary", about="what help there is", words="Would like to talk again.")
    if "end_series" in choices:
        return NextWish("end_series", about=about)
    return NextWish("follow_up", on=day.on + timedelta(days=30), about="As agreed.")


def _next_times(day: Day, interview: Interview, by: Post) -> list[Any]:
    rules = day.rules(interview.claim)
    first = day.on + timedelta(days=rules.value("regime.later_interview_interval_days"))
    minutes = rules.appointment_kinds["adviser_later"]["minutes"]
    found = list(
        day.times.find(
            interview.claim.office_id,
            kind="adviser_later",
            minutes=minutes,
            first=first,
            only_with=by.person_id,
            limit=1,
        )
    )
    for slot in found:
        day.times.taken(slot)
    return found


def _decision(kind: str, day: Day, interview: Interview, decided: Wish) -> NextWish:
    heard = hear(day, interview.claim, PLAIN, wants_interview=True)
    words = "So it was seen at the interview."
    return NextWish(kind, decision=decided, given=heard.given, words=words, view=VIEW)


def answer_interest(task: Task, day: Day) -> None:
    for interest in Interest.objects.filter(claim=task.claim_id, answered_on=None):
        by = day.adviser_owning(task)
        day.do(verbs.answer_interest, interest, answer="There is a course; the customer was told.", by=by)
