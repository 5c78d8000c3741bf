"""What the passing of a day does to tasks: what is late rises."""

from collections import Counter
from datetime import date, datetime

from waymark.organisations import queries as organisations
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist.models import Task
from waymark.worklist.people import release_ended
from waymark.worklist.rules import TO_MANAGER, escalation


def run(on: date, now: datetime) -> dict[str, int]:
    """Free what people who no longer hold their post had taken, then raise what is late. Twice changes nothing."""
    return {**release_ended(on, now), **_raise_late(on, now)}


def _raise_late(on: date, now: datetime) -> dict[str, int]:
    holidays = organisations.holidays()
    late = Task.objects.filter(closed_at=None, due_on__lt=on, escalation__lt=TO_MANAGER).select_related(
        "claim__customer"
    )
    risen, events = [], []
    for task in late.iterator(chunk_size=2000):
        level = escalation(task.due_on, on, holidays)
        if level > task.escalation:
            task.escalation = level
            risen.append(task)
            events.append(_event(task, level, now))
    Task.objects.bulk_update(risen, ["escalation"], batch_size=1000)
    Event.objects.bulk_create(events, batch_size=1000)
    return dict(
        Counter(f"escalated_to_{'manager' if t.escalation == TO_MANAGER else 'leader'}" for t in risen)
    )


def _event(task: Task, level: int, now: datetime) -> Event:
    return Event(
        kind=Happened.TASK_ESCALATED,
        at=now,
        customer_ref=task.claim.customer.ref,
        claim_ref=task.claim.ref,
        details={"task": task.kind, "level": level, "due": task.due_on.isoformat()},
    )
