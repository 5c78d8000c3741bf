"""Who does what with which task: one function for every kind there is."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from waymark.demo.year import afterwards, calls, deciding, helping, misses, putting_off, sittings
from waymark.demo.year.day import Day
from waymark.demo.year.place import CODE
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

Work = Callable[[Task, Day], None]
WORK: dict[TaskKind, Work] = {
    TaskKind.FIRST_CALL: calls.first_call,
    TaskKind.CALL_BACK: calls.first_call,
    TaskKind.FINISH_CALL: calls.finish_call,
    TaskKind.ANSWER_QUESTION: calls.answer_question,
    TaskKind.AUTHORISE: calls.check,
    TaskKind.CHECK: calls.check,
    TaskKind.ANSWER_CHECK: calls.answer_check,
    TaskKind.BOOK: calls.find_time,
    TaskKind.HOLD_INTERVIEW: sittings.hold,
    TaskKind.RECONTACT: putting_off.recontact,
    TaskKind.SEND_RECONTACT_LETTER: calls.letter_instead,
    TaskKind.HOME_VISIT: calls.find_time_at_home,
    TaskKind.REVIEW_WAIVER: putting_off.review_waiver,
    TaskKind.TRIGGER_MEETING: putting_off.review_waiver,
    TaskKind.NEXT_STEP: afterwards.follow_up,
    TaskKind.PROMISE: afterwards.keep_promise,
    TaskKind.STOPPED: putting_off.look_at_stop,
    TaskKind.PRE_CALL: calls.pre_call,
    TaskKind.FIND_OUT: misses.find_out,
    TaskKind.WRITE_UP: sittings.write_up,
    TaskKind.SERIES_REVIEW: afterwards.series_review,
    TaskKind.FOLLOW_UP: afterwards.follow_up,
    TaskKind.ANSWER_MESSAGE: afterwards.answer_message,
    TaskKind.ANSWER_INTEREST: sittings.answer_interest,
    TaskKind.ARRANGE_HELP: calls.arrange_help,
    TaskKind.TAKE_OVER: afterwards.get_to_know,
    TaskKind.DEBRIEF: afterwards.debrief,
    TaskKind.HEAR_REASON: misses.hear_reason,
    TaskKind.SAFEGUARD_VISIT: misses.visit,
    TaskKind.JUDGE_REASON: misses.judge_reason,
    TaskKind.DECIDE_SANCTION: deciding.decide,
    TaskKind.SUPPLY_MISSING: misses.supply_missing,
    TaskKind.PUT_INTO_EFFECT: deciding.put_into_effect,
    TaskKind.WELFARE_CALL: deciding.welfare_call,
    TaskKind.LIFT: deciding.lift,
    TaskKind.RECONSIDER: deciding.reconsider,
    TaskKind.REBOOK: afterwards.move_ours,
    TaskKind.MEND_NOTICE: afterwards.mend_notice,
    TaskKind.CASE_CONTACT: helping.keep_in_touch,
    TaskKind.TRANSITION: helping.agree_what_goes_on,
    TaskKind.APPEAL_CONTACT: helping.in_touch_afterwards,
}
# Worked on as they come, not only when they are due.
# Help is by choice: nobody refers, plans, begins a job or asks for money in this year, and no letter comes
# back or has to be read out.
# Half a year of referrals is `waymark simulate-referrals`.
NOT_LIVED = frozenset(
    {
        TaskKind.ANSWER_TRANSFER,
        TaskKind.TRANSFER_DECLINED,
        TaskKind.ASK_RETURN,
        TaskKind.PLAN_HANDOVER,
        TaskKind.CASE_MEETING,
        TaskKind.MOVE_MEETING,
        TaskKind.TELL_BY_WORD,
        TaskKind.AFTER_SERVICE,
        TaskKind.AGREED_STEP,
        TaskKind.ENQUIRY,
        TaskKind.NAME_MANAGER,
        TaskKind.FIND_ADDRESS,
        TaskKind.READ_LETTER,
        TaskKind.PLAN_STEP,
        TaskKind.STEP_LOOK_BACK,
        TaskKind.PLAN_REVIEW,
        TaskKind.JOB_START,
        TaskKind.OFFER_IN_WORK,
        TaskKind.IN_WORK_CALL,
        TaskKind.SUSTAINED_CHECK,
        TaskKind.AFTER_JOB,
        TaskKind.REFERRAL_SEND,
        TaskKind.REFERRAL_ANSWER,
        TaskKind.REFERRAL_WAIT,
        TaskKind.REFERRAL_VISIT,
        TaskKind.REFERRAL_RING,
        TaskKind.REFERRAL_FEEDBACK,
        TaskKind.REFERRAL_REPORT,
        TaskKind.REFERRAL_MEETING,
        TaskKind.REFERRAL_RETURNED,
        TaskKind.REFERRAL_SIGNPOST,
        TaskKind.REFERRAL_QUESTION,
        TaskKind.REFERRAL_NEWS,
        TaskKind.ARRANGE_WAY,
        TaskKind.AGREE_AWARD,
        TaskKind.AWARD_ENDING,
        TaskKind.BETTER_OFF_AGAIN,
        TaskKind.AWARD_CHANGE,
        TaskKind.AWARD_EVIDENCE,
    }
)

AT_ONCE = (TaskKind.ANSWER_MESSAGE, TaskKind.JUDGE_REASON)
ROUNDS = 3


def at_desks(day: Day) -> None:
    """Everything that is due, but for the interviews; what it brings for today is done today as well."""
    seen: set[int] = set()
    for _round in range(ROUNDS):
        due = Q(due_on__lte=day.on) | Q(kind__in=AT_ONCE)
        fresh = [
            task for task in _open(day, due).exclude(kind=TaskKind.HOLD_INTERVIEW) if task.pk not in seen
        ]
        if not fresh:
            return
        _each(fresh, day)
        seen |= {task.pk for task in fresh}


def interviews(day: Day) -> None:
    """The interviews of the day, in the order of the clock."""
    due = Q(kind=TaskKind.HOLD_INTERVIEW, due_on__lte=day.on)
    _each(_open(day, due).order_by("window_from", "id"), day)


def _each(tasks: Iterable[Task], day: Day) -> None:
    """One after the other; what an earlier one has closed is passed over."""
    touched: set[int] = set()
    for task in tasks:
        again = task.claim_id in touched
        if again and not Task.objects.filter(pk=task.pk, closed_at=None).exists():
            continue
        touched.add(task.claim_id)
        if again:
            task.claim.refresh_from_db()
        WORK[TaskKind(task.kind)](task, day)


def _open(day: Day, which: Q) -> QuerySet[Task]:
    tasks = Task.objects.filter(which, closed_at=None, team__office__district__code=CODE)
    return (
        day.part.only(tasks, "claim_id")
        .select_related("claim__customer", "claim__office__district", "team__office", "person")
        .order_by("due_on", "id")
    )
