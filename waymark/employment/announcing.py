"""What employment tells the parts above it. Who wants to know answers in its own `reactions`.

The answer is given in the transaction of the act, so that a credit ends with its job, and a plan has its step.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from waymark.employment.models import Job
from waymark.organisations.models import Post


class Said(StrEnum):
    """What has happened to a job."""

    JOB_STARTED = "job_started"
    JOB_CHANGED = "job_changed"
    JOB_LEFT = "job_left"


Listener = Callable[[Job, Said, Post | None, datetime], None]
LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have something called with every announcement; twice the same is once."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def announce(job: Job, said: Said, *, by: Post | None, now: datetime) -> None:
    """Tell whoever listens. Called by a verb when its own rows are written."""
    for listener in LISTENERS:
        listener(job, said, by, now)
