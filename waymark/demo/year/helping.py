"""What the help asks of an adviser in a year without referrals: to be in touch, and to see to the end of a benefit."""

from datetime import timedelta

from waymark.casework import verbs as casework
from waymark.casework.enums import ContactChannel, Purpose
from waymark.casework.models import Case
from waymark.demo.year.day import Day
from waymark.employment import verbs as employment
from waymark.employment.enums import GoesOn
from waymark.worklist.models import Task

FORTNIGHT = timedelta(days=14)
TALKS = "Talks with the adviser"


def keep_in_touch(task: Task, day: Day) -> None:
    case = Case.objects.get(claim=task.claim, closed_at=None)
    day.do(
        casework.log_contact,
        case,
        channel=ContactChannel.PHONE,
        purpose=Purpose.ENCOURAGE,
        minutes=10,
        words="Rang to hear how it goes.",
        by=day.adviser_owning(task),
    )


def agree_what_goes_on(task: Task, day: Day) -> None:
    """A benefit has ended: what goes on, whom to ring, when we are in touch (P:L1539)."""
    by = day.adviser_owning(task)
    day.do(
        employment.agree_transition,
        task.transition,
        help=[employment.Help(TALKS, GoesOn.YES, "for as long as the customer likes", by.person.name)],
        person=by.person,
        contact_on=day.on + FORTNIGHT,
        told_on=day.on,
        by=by,
    )


def in_touch_afterwards(task: Task, day: Day) -> None:
    why = "Has another benefit now, and somebody to ring."
    day.do(employment.close_transition, task.transition, why=why, by=day.adviser_owning(task))
