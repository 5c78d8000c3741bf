"""What came of it, counted in the tables."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, F, Model, Q

from waymark.customers.models import Claim, Customer, Stop
from waymark.inbound.models import Message
from waymark.interviews.models import (
    Appointment,
    CallAttempt,
    Conversation,
    Decision,
    Deferral,
    Interview,
    PreCall,
    Requirement,
    Sitting,
    Waiver,
)
from waymark.notices.models import Notice
from waymark.organisations.models import Absence
from waymark.record.models import Event
from waymark.sanctions.models import Breach, Challenge, Ruling, Sanction
from waymark.worklist.models import DayRun, Task

Figures = dict[str, dict[str, int]]


def of_the_district(on: date) -> Figures:
    """Counts by heading, as at the end of a day."""
    return {
        "customers": {
            "customers": Customer.objects.count(),
            **_by(Claim, "programme"),
            **_by(Claim, "status"),
        },
        "interviews compulsory": _by(Requirement, "because", until=None),
        "calls": {
            "attempts": CallAttempt.objects.count(),
            "conversations": Conversation.objects.count(),
            **_by(PreCall, "result"),
        },
        "decisions": _by(Decision, "choice"),
        "interviews": _by(Interview, "state"),
        "appointments": {
            **_by(Appointment, "state"),
            **{f"moved by {who}": n for who, n in _by(Appointment, "caused_by", state="moved").items()},
        },
        "sittings": _by(Sitting, "outcome", state="settled"),
        "put off and not asked": {
            "deferrals": Deferral.objects.count(),
            "deferrals open": Deferral.objects.filter(ended_on=None).count(),
            "waivers": Waiver.objects.count(),
        },
        "cases of not attending": _by(Breach, "state"),
        "decided by decision makers": _by(Ruling, "outcome"),
        "reductions": {**_by(Sanction, "state"), "challenged": Challenge.objects.count()},
        "messages": _messages(on),
        "letters": {**_by(Notice, "state"), **_by(Notice, "channel", state="sent")},
        "staff and stops": {"absences": Absence.objects.count(), "stops": Stop.objects.count()},
        "tasks": {
            "opened": Task.objects.count(),
            "open": Task.objects.filter(closed_at=None).count(),
            "late": Task.objects.filter(closed_at=None, due_on__lt=on).count(),
        },
        "late tasks": _by(Task, "kind", closed_at=None, due_on__lt=on),
        "record": {"events": Event.objects.count(), "daily runs": DayRun.objects.count()},
    }


def _messages(on: date) -> dict[str, int]:
    in_time = Q(answered_at__isnull=False, answered_at__date__lte=F("answer_by"))
    found = Message.objects.aggregate(
        came=Count("pk"),
        in_time=Count("pk", filter=in_time),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        overdue=Count("pk", filter=Q(answered_at=None, answer_by__lt=on)),
    )
    return {
        "came": found["came"],
        "answered in time": found["in_time"],
        "answered late": found["answered"] - found["in_time"],
        "waiting": found["came"] - found["answered"],
        "overdue": found["overdue"],
    }


def _by(model: type[Model], field: str, **only: Any) -> dict[str, int]:
    rows = model._default_manager.filter(**only).order_by().values(field).annotate(rows=Count("pk"))
    counted: Counter[str] = Counter()
    for row in rows:
        counted[str(row[field]) or "none"] += row["rows"]
    return dict(sorted(counted.items(), key=lambda pair: -pair[1]))
