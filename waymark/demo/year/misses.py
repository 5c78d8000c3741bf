"""After a missed interview: the reason is found out, and hardly ever does anything follow (P:L485)."""

from datetime import timedelta

from waymark.demo.year.day import Day
from waymark.inbound.models import Message
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.sittings import settling
from waymark.kernel.clock import at
from waymark.organisations.models import Post
from waymark.sanctions import verbs
from waymark.sanctions.enums import UNDER_WAY, Answer, BreachKind, Channel
from waymark.sanctions.models import Breach
from waymark.sanctions.queries.gates import asked_beforehand, gates_of
from waymark.sanctions.rules import shut
from waymark.worklist import verbs as worklist
from waymark.worklist.models import Task

WEEKS_MONEY = 7220  # pence, as the letters of the reports' years had it (local)
TRIES = 3  # days on which somebody rings before a case is opened (local)
GOOD, OTHER = ("ill_on_the_day", "medical_appointment", "care", "travel", "letter_not_received"), "other"
VIEW = "Has come before. I could not find out what happened."


def find_out(task: Task, day: Day) -> None:
    """Ring first. A reason closes it; without one, after several tries, a person may open a case."""
    appointment = _missed(task)
    by = day.adviser_owning(task)
    if appointment is None:
        return
    interview = appointment.interview
    if _message_explains(day, task, interview, by):
        return
    reached = day.chance(day.rates.reached)
    if reached and day.chance(day.rates.explains):
        day.do(settling.reason_heard, interview, words="Was ill that morning.", by=by)
    elif not reached and day.on < appointment.starts_at.date() + timedelta(days=TRIES):
        tomorrow = day.on + timedelta(days=1)
        day.do(worklist.move, task, due_on=tomorrow, why="Nobody answered.", by=by)
    elif day.do(verbs.open_breach, appointment, BreachKind.NOT_ATTENDING, by=by) is None:
        day.do(settling.reason_heard, interview, words="No case is opened: another time is found.", by=by)


def _missed(task: Task) -> Appointment | None:
    return (
        Appointment.objects.filter(interview__claim=task.claim_id, state="missed", interview__state="due")
        .select_related("interview__claim__customer", "interview__claim__office__district")
        .order_by("-starts_at")
        .first()
    )


def _message_explains(day: Day, task: Task, interview: Interview, by: Post) -> bool:
    """What the customer has told us meanwhile is reason enough."""
    told = Message.objects.filter(claim=task.claim_id, answered_at=None).exists()
    appointment = interview.appointments.filter(state="missed").last()
    if told or (appointment is not None and asked_beforehand(appointment)):
        day.do(settling.reason_heard, interview, words="Has told us why.", by=by)
        return True
    return False


def hear_reason(task: Task, day: Day) -> None:
    """One more try; then whatever the gates still ask for; then close the case, or refer it."""
    breach = case_of(task)
    if breach is None:
        return
    by = day.adviser_owning(task)
    reached = day.chance(day.rates.reached * 0.5)
    if day.on <= breach.reply_by and breach.cause_good is None:
        channel = (
            Channel.PHONE if breach.attempts.filter(channel=Channel.PHONE).count() < 2 else Channel.VISIT
        )
        day.do(verbs.note_attempt, breach, channel, reached=reached, by=by)
        if reached and day.chance(day.rates.explains):
            day.do(verbs.give_reason, breach, "I was not well that day.", way="call", by=by)
            return
    codes = {gate.code for gate in shut(gates_of(case_of(task) or breach, day.on))}
    if "safeguards" in codes:
        _answer_safeguards(day, breach, by)
    elif not codes:
        _refer_or_close(day, breach, by)
    elif codes & {"compulsory", "beforehand", "notice"}:
        day.do(verbs.close, breach, "not_told", by=by)
    elif "attempts" in codes and day.on > breach.reply_by:
        day.do(verbs.note_attempt, breach, Channel.VISIT, reached=False, by=by)


def _answer_safeguards(day: Day, breach: Breach, by: Post) -> None:
    answers = {code: verbs.Said(Answer.NO, "", "the record") for code in breach.questions_needed}
    answers["able_to_answer"] = verbs.Said(Answer.YES, "", "the record")
    if day.chance(0.3):
        answers["mental_health_condition"] = verbs.Said(Answer.NOT_KNOWN, "", "the record")
    day.do(verbs.answer_safeguards, breach, answers, by=by)


def _refer_or_close(day: Day, breach: Breach, by: Post) -> None:
    if day.chance(day.rates.closed_anyhow):
        day.do(verbs.close, breach, "not_proportionate", words="It would help nobody.", by=by)
    else:
        day.do(verbs.refer, breach, adviser_view=VIEW, paid_now=WEEKS_MONEY, by=by)


def judge_reason(task: Task, day: Day) -> None:
    """A person says whether it was good cause: mostly it was."""
    breach = case_of(task)
    if breach is None:
        return
    by, good = day.adviser_owning(task), day.chance(day.rates.good_reason)
    cause = day.random.choice(GOOD) if good else OTHER
    day.do(verbs.judge_reason, breach, cause, good=good, why="As the customer told it.", by=by)


def visit(task: Task, day: Day) -> None:
    """A visit is told by letter some days ahead; then it is made."""
    breach = case_of(task)
    if breach is None:
        return
    by = day.adviser_owning(task)
    planned = breach.visits.filter(done_on=None).first()
    if planned is None:
        soon = at(day.on + timedelta(days=5), day.now.time().replace(hour=14, minute=0, second=0))
        day.do(verbs.plan_visit, breach, soon, visitor=by, by=by)
    elif planned.planned_for.date() <= day.on:
        met = day.chance(0.5)
        done = day.do(
            verbs.note_visit, planned, met=met, found="Talked at the door." if met else "Nobody in.", by=by
        )
        if done is not None and met:
            day.do(verbs.close, breach, "visit_found", by=by)


def supply_missing(task: Task, day: Day) -> None:
    """What the decision maker misses is written, or the case is closed."""
    breach = case_of(task)
    if breach is None:
        return
    by = day.adviser_owning(task)
    if shut(gates_of(breach, day.on)) or day.chance(0.4):
        day.do(verbs.close, breach, "not_proportionate", words="Too long ago.", by=by)
    else:
        day.do(verbs.refer, breach, adviser_view=f"{VIEW} The letter went out.", paid_now=WEEKS_MONEY, by=by)


def case_of(task: Task) -> Breach | None:
    """The case under way of a task's claim, as it is now."""
    found = Breach.objects.filter(interview__claim=task.claim_id, state__in=UNDER_WAY)
    return found.select_related(
        "interview__claim__customer",
        "interview__claim__office__district",
        "appointment__interview",
        "asked_by_notice",
    ).first()
