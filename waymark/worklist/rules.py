"""When an overdue task rises, and to whom. Working days after the due date (local: the reports are silent)."""

from collections.abc import Collection
from datetime import date

from waymark.kernel.working_days import working_days_between

TO_LEADER = 1
TO_MANAGER = 2
# A day late is the team leader's to see, three days late the manager's: nobody is to wait as in D:L840.
AFTER_WORKING_DAYS = {TO_LEADER: 1, TO_MANAGER: 3}


def escalation(due_on: date, on: date, holidays: Collection[date]) -> int:
    """0 while a task is in time; 1 when its team leader should see it; 2 when the manager should."""
    late = working_days_between(due_on, on, holidays) if on > due_on else 0
    return max((level for level, days in AFTER_WORKING_DAYS.items() if late >= days), default=0)
