"""`waymark worker`: works while nobody looks. What is due is a row; a dead worker loses nothing."""

import logging
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

import click
from django.db import close_old_connections
from django.utils import timezone

from waymark.casework.verbs.hearing import mail_failed
from waymark.daily import run_days
from waymark.interviews.diary.verbs import release_expired
from waymark.interviews.reactions import letter_failed
from waymark.notices.mailing import deliver_mails
from waymark.notices.outbox import deliver_due
from waymark.referrals.outbox import deliver_due as deliver_to_services

log = logging.getLogger("waymark.worker")
# After an error a job rests, longer each time, so that a database that is away does not fill the log.
LONGEST_REST = 60.0
Work = Callable[[datetime], object]


@dataclass
class Job:
    """Something done every `seconds`; `work` is given the moment. It must be safe to do twice."""

    name: str
    seconds: float
    work: Work
    due: float = 0.0
    errors: int = 0


def deliver(now: datetime) -> None:
    deliver_due(now, on_failed=letter_failed)


def send_mails(now: datetime) -> None:
    deliver_mails(now, on_failed=mail_failed)


def pass_days(now: datetime) -> None:
    """The daily work of today and of every day missed; when it is done already, two queries."""
    run_days(timezone.localdate(now), now=now)


JOBS: list[Job] = [
    Job("outbox", 1.0, deliver),
    Job("services", 5.0, deliver_to_services),
    Job("mails", 5.0, send_mails),
    Job("kept times", 30.0, release_expired),
    Job("days", 60.0, pass_days),
]


@click.command()
@click.option("--once", is_flag=True, help="Do every job once and end.")
def worker(once: bool) -> None:
    """Send letters and do the daily work, until told to stop (Ctrl-C or SIGTERM)."""
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    if once:
        went_well = [do(job, timezone.now()) for job in JOBS]
        raise SystemExit(0 if all(went_well) else 1)
    click.echo("The worker is running.")
    work_until(stopping, JOBS)
    click.echo("The worker has stopped.")


def work_until(stopping: Event, jobs: Sequence[Job], clock: Callable[[], datetime] = timezone.now) -> None:
    """Do each job when it is due, one after the other, until `stopping` is set; the one under way ends."""
    while not stopping.is_set():
        for job in jobs:
            moment = clock()
            if moment.timestamp() >= job.due and not stopping.is_set():
                do(job, moment)
                job.due = clock().timestamp() + rest_of(job)
        next_due = min((job.due for job in jobs), default=0.0)
        stopping.wait(min(max(next_due - clock().timestamp(), 0.05), LONGEST_REST))


def do(job: Job, now: datetime) -> bool:
    """Do one job; an error becomes one line in the log. Says whether it went well."""
    close_old_connections()
    try:
        job.work(now)
    except Exception as error:
        # Whatever it is, the other jobs go on and this one is tried again.
        job.errors += 1
        log.error("%s: %s: %s", job.name, type(error).__name__, " ".join(str(error).split()))
        return False
    else:
        job.errors = 0
        return True
    finally:
        close_old_connections()


def rest_of(job: Job) -> float:
    return min(job.seconds * 2**job.errors, max(LONGEST_REST, job.seconds))
