"""What interviews do when a lower part speaks."""

from datetime import datetime

from waymark.interviews.verbs.common import next_worked_day, team
from waymark.notices.models import Notice
from waymark.organisations.enums import TeamKind
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import open_task

# Whoever is there mends it: a letter must not stay away because an office has no advisers yet.
MENDERS = (TeamKind.DEFERRALS, TeamKind.ADVISERS, TeamKind.MANAGERS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT)


def letter_failed(notice: Notice, now: datetime) -> None:
    """A letter was given up: somebody of the customer's office mends it. In the transaction that gave it up."""
    claim = notice.claim
    if claim.status != "live":
        return
    open_task(
        claim,
        TaskKind.MEND_NOTICE,
        team=team(claim.office, *MENDERS),
        due_on=next_worked_day(now, days=0),
        origin=Happened.NOTICE_FAILED,
        words=f"{notice.get_kind_display()}: {notice.last_error}"[:300],
        by=None,
        now=now,
    )
