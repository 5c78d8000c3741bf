"""What is done about deferrals, waivers and stops when their day comes."""

from typing import Any

from waymark.customers.models import Stop
from waymark.demo.stories import STORIES
from waymark.demo.year.booking import first_day, take_one, times_for
from waymark.demo.year.calls import NOBODY, interview_of
from waymark.demo.year.day import Day
from waymark.demo.year.talking import PLAIN, RECONTACT, STILL, hear, put_off, wish
from waymark.interviews import verbs
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Choice
from waymark.interviews.models import Deferral, Interview, Waiver
from waymark.organisations.models import Post
from waymark.worklist.models import Task

VIEW = dict(
    zip(
        ("appropriate_now", "when", "return_circumstances", "support_wanted"),
        STORIES[0].view,
        strict=True,
    )
)


def recontact(task: Task, day: Day) -> None:
    """Before a deferral ends somebody rings: what has changed, and what follows (D:L838-860)."""
    interview = interview_of(task, "deferred")
    deferral = _open_deferral(interview)
    if interview is None or deferral is None:
        return
    by = day.adviser_owning(task)
    if not day.chance(day.rates.reached):
        day.do(verbs.attempt_recontact, deferral, outcome=day.random.choice(NOBODY), by=by)
        return
    if day.do(verbs.attempt_recontact, deferral, outcome="answered", by=by) is None:
        day.do(verbs.ask_by_letter, deferral, why="Ringing is not possible.", by=by)
        return
    if day.chance(day.rates.work_instead):
        words = "Has begun to work."
        day.do(verbs.end_after_recontact, deferral, outcome="in_work", on=day.on, words=words, by=by)
        return
    decide_anew(day, interview, deferral, by)


def decide_anew(day: Day, interview: Interview, deferral: Deferral, by: Post) -> None:
    """Put off again, or booked."""
    again = day.chance(day.rates.put_off_again) and deferral.in_a_row < 3
    said = {**STILL, "reason_resolved": "no" if again else "yes", "wants_to_come_now": not again}
    heard = hear(day, interview.claim, PLAIN, RECONTACT, **said)
    more: dict[str, Any] = {
        "stage": "recontact",
        "table": RECONTACT,
        "given": heard.given,
        "words": "It takes longer than was thought." if again else "It is over.",
        "view": VIEW,
        "by": by,
    }
    reason = deferral.decision.reason
    if again and reason in day.rules(interview.claim).reasons("deferral", by.role):
        day.do(verbs.decide_again, interview, put_off(day, interview.claim, reason), **more)
        return

    def booked_at(slot: Slot, **said: Any) -> object:
        return verbs.decide_again(interview, wish(Choice.BOOK, slot=slot), **said)

    slots = times_for(day, interview, first=first_day(day, interview))
    if take_one(day, slots, booked_at, **more) is None:
        day.do(verbs.decide_again, interview, wish(Choice.BOOK), **more)


def bring_forward(day: Day, interview: Interview) -> None:
    """The customer would rather come sooner (D:L290)."""
    by = day.adviser(interview.claim)
    words = "Feels better than expected."

    def sooner(slot: Slot, **said: Any) -> object:
        return verbs.bring_forward(interview, slot=slot, **said)

    slots = times_for(day, interview, first=first_day(day, interview))
    take_one(day, slots, sooner, asked_by="customer", words=words, by=by)


def review_waiver(task: Task, day: Day) -> None:
    waiver = Waiver.objects.filter(interview__claim=task.claim_id, ended_on=None).first()
    if waiver is not None:
        by = day.adviser_owning(task)
        day.do(verbs.review_waiver, waiver, trigger_meeting=day.chance(0.5), words="As before.", by=by)


def look_at_stop(task: Task, day: Day) -> None:
    """Most stops are lifted when somebody looks again."""
    stop = Stop.objects.filter(customer=task.claim.customer_id, lifted_at=None).first()
    if stop is not None:
        day.do(verbs.lift_stop, stop, why="The family has rung: letters may come.", by=day.owner(task))


def _open_deferral(interview: Interview | None) -> Deferral | None:
    if interview is None:
        return None
    return interview.deferrals.filter(ended_on=None).select_related("decision", "interview").first()
