"""What the passing of a day does, in order, for every day that was missed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.awards import daily as awards
from waymark.casework import daily as casework
from waymark.directory import daily as directory
from waymark.interviews import daily as interviews
from waymark.interviews import reminding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.referrals import daily as referrals
from waymark.worklist import daily as worklist
from waymark.worklist.models import DayRun

# Each takes the day and the moment, says how much it did, and changes nothing when it is run again.
STEPS: list[Callable[[date, datetime], dict[str, int]]] = [
    interviews.run,
    reminding.run,
    casework.run,
    directory.run,
    awards.run,
    referrals.run,
    worklist.run,
]
Progress = Callable[[DayRun], None]


def run_days(on: date, *, now: datetime, progress: Progress | None = None) -> list[DayRun]:
    """Run `on` and every day missed since the last run, oldest first; a day that is finished is left alone."""
    done = []
    for day in missed_days(on):
        run = run_day(day, now=now)
        done.append(run)
        if progress is not None:
            progress(run)
    return done


def missed_days(on: date) -> list[date]:
    """The days up to `on` that have no finished run; only `on` itself when there was never one."""
    last = DayRun.objects.exclude(finished_at=None).order_by("-on").first()
    if last is None:
        return [on]
    return [last.on + timedelta(days=n) for n in range(1, (on - last.on).days + 1)]


@transaction.atomic
def run_day(on: date, *, now: datetime) -> DayRun:
    """One day in one transaction: all of it, or, when something fails, nothing and the day stays missed."""
    run, _ = DayRun.objects.select_for_update().get_or_create(on=on, defaults={"started_at": now})
    if run.finished_at is None:
        figures: dict[str, int] = {}
        for step in STEPS:
            figures |= step(on, now)
        run.figures, run.finished_at = figures, now
        run.save(update_fields=["figures", "finished_at"])
        note_event(Happened.DAY_RUN, by=None, now=now, on=on.isoformat(), figures=figures)
    return run
