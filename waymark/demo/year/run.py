"""Running the days, one after the other, from nothing or from where the database stands."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.db import connection
from django.test.utils import override_settings

from waymark.customers.models import Customer
from waymark.daily import run_days
from waymark.demo.names import ni_number
from waymark.demo.process import side_by_side
from waymark.demo.verbs import is_empty
from waymark.demo.year import arrivals, happenings, place
from waymark.demo.year.day import Day, Tally
from waymark.demo.year.living import Crew, timed
from waymark.demo.year.rates import RATES
from waymark.interviews.reactions import letter_failed
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import is_working_day
from waymark.notices.outbox import Delivered, deliver_due
from waymark.organisations import queries as organisations
from waymark.organisations.models import District
from waymark.worklist.models import DayRun

EARLY, POST_GOES, EVENING = time(8), time(8, 30), time(17, 45)
MOST_LETTERS = 100_000
SYNTHETIC = ni_number(0)[:2]


@dataclass(frozen=True)
class Plan:
    """So many customers come in over so many calendar days from the first one; `seed`: the dice.

    Given again it is the same plan, so that a run that was stopped goes on as it would have gone.
    """

    customers: int
    days: int
    start: date
    seed: int

    @property
    def every_day(self) -> list[date]:
        return [self.start + timedelta(days=number) for number in range(self.days)]


@dataclass(frozen=True)
class Coming:
    """Who comes on which day: claims of years ago by file, and so many new ones a working day."""

    files: dict[date, int]
    new_a_day: float


@dataclass
class Run:
    """What was done: the days, the letters, the seconds each stretch of the days took, of all processes together."""

    tally: Tally = field(default_factory=Tally)
    days: int = 0
    letters: Delivered = field(default_factory=Delivered)
    seconds: dict[str, float] = field(default_factory=dict)


OnDay = Callable[[Day, Run], None]


def nobody(day: Day, run: Run) -> None:
    """The progress of who asks for none."""


def simulate(plan: Plan, *, workers: int = 1, on_day: OnDay = nobody) -> Run:
    """A district from its first day on, to the end of the plan. Refused where anybody is there already.

    Most customers come in by a file at the start of each month, the others day by day. workers: so many processes live
    a day side by side, each the day of its part of the customers. The same plan with as many workers gives much the
    same run; references are never the same. on_day hears of each worked day.
    """
    if not is_empty():
        raise Refused(
            "not_empty",
            "There are customers or districts in this database.",
            "The simulation fills an empty one: give it a database of its own, or go on with --more-days.",
        )
    place.make(plan.customers, at(plan.start, EARLY))
    return _run(plan.every_day, plan, workers, on_day)


def go_on(plan: Plan, *, days: int, workers: int = 1, on_day: OnDay = nobody) -> Run:
    """So many more calendar days after the last one in the database, by the plan; after its end new claims go on."""
    last = DayRun.objects.exclude(finished_at=None).order_by("-on").first()
    if last is None or not District.objects.filter(code=place.CODE).exists():
        raise Refused(
            "nothing_begun", "There is no simulation in this database to go on with.", "Begin one first."
        )
    if Customer.objects.exclude(ni_number__startswith=SYNTHETIC).exists():
        raise Refused(
            "real_people",
            "There are customers in this database who are not made up.",
            "Give the simulation a database of its own.",
        )
    return _run([last.on + timedelta(days=number) for number in range(1, days + 1)], plan, workers, on_day)


def _coming(plan: Plan) -> Coming:
    """A file on the first working day of each month; the rest evenly."""
    worked = _working(plan.every_day)
    firsts = [day for before, day in zip([None, *worked], worked, strict=False) if _new_month(before, day)]
    by_file = round(plan.customers * RATES.brought_in)
    share, left = divmod(by_file, max(len(firsts), 1))
    files = {day: share + (number < left) for number, day in enumerate(firsts)}
    return Coming(files, (plan.customers - by_file) / max(len(worked), 1))


def _new_month(before: date | None, day: date) -> bool:
    return before is None or before.month != day.month


def _working(days: Iterable[date]) -> list[date]:
    holidays = organisations.holidays()
    return [day for day in days if is_working_day(day, holidays)]


def _run(days: list[date], plan: Plan, workers: int, on_day: OnDay) -> Run:
    run, holidays, coming, owed = Run(), organisations.holidays(), _coming(plan), 0.0
    with _spool() as folder, side_by_side(workers) as each:
        crew = Crew(each, workers, plan.seed)
        for on in days:
            if not is_working_day(on, holidays):
                continue
            owed += coming.new_a_day
            day = Day(on, place.load(on), run.tally, Random(f"{plan.seed} {on}"))
            one_day(day, run, crew, by_file=coming.files.get(on, 0), new=int(owed))
            owed -= int(owed)
            run.days += 1
            for part in folder.iterdir():
                shutil.rmtree(part)
            on_day(day, run)
    return run


def one_day(day: Day, run: Run, crew: Crew, *, by_file: int, new: int) -> None:
    """The day as it goes: the daily work, the post, the file, the staff; the customers and the desks; the post."""
    timed(run.seconds, "daily work", partial(run_days, day.on, now=at(day.on, EARLY)))
    timed(run.seconds, "letters", partial(_post, run, at(day.on, POST_GOES)))
    if by_file:
        timed(run.seconds, "arrivals", partial(arrivals.bring_in, day, by_file))
    timed(run.seconds, "happenings", partial(happenings.to_staff, day))
    first = Customer.objects.count()
    _to_customers(day, run, crew, range(first, first + new))
    timed(run.seconds, "letters", partial(_post, run, max(day.now, at(day.on, EVENING))))
    if by_file:
        timed(run.seconds, "housekeeping", _analyse)


def _to_customers(day: Day, run: Run, crew: Crew, coming: range) -> None:
    """All parts of the day of the customers; what was done is added up when all of them are over."""
    for lived in crew.live(day.now, coming):
        run.tally.add(lived.tally)
        day.now = max(day.now, lived.now)
        for stretch, spent in lived.seconds.items():
            run.seconds[stretch] = run.seconds.get(stretch, 0.0) + spent


def _post(run: Run, now: datetime) -> None:
    done = deliver_due(now, limit=MOST_LETTERS, on_failed=letter_failed)
    for name, count in vars(done).items():
        setattr(run.letters, name, getattr(run.letters, name) + count)


def _analyse() -> None:
    """What the database's own keeper does in time; a year in an hour leaves it none."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _spool() -> Iterator[Path]:
    """Letters really leave the outbox, into folders that are emptied every evening."""
    with TemporaryDirectory(prefix="waymark-") as name:
        folder = Path(name)
        with override_settings(
            PRINT_QUEUE=folder / "print",
            TEXT_QUEUE=folder / "texts",
            TEXT_GATEWAY="",
            EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
            EMAIL_FILE_PATH=str(folder / "mail"),
        ):
            yield folder
