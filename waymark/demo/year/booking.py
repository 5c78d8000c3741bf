"""Finding a time and taking it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from waymark.customers.models import Claim
from waymark.demo.year.day import Day
from waymark.demo.year.place import ONE_INTERVIEW
from waymark.interviews import verbs
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import Appointment, Caseload, Interview
from waymark.kernel.composed import composed
from waymark.kernel.working_days import add_working_days
from waymark.organisations.models import Post

OPEN = ("due", "booked", "deferred")
FIRST, LATER = "adviser_interview", "adviser_later"
TELLING = 4  # working days in which a letter gets there, with some to spare (local)


def mode_of(day: Day) -> str:
    """Most come to the office."""
    dice = day.random.random()
    if dice < day.rates.by_telephone:
        return "phone"
    return "home" if dice < day.rates.by_telephone + day.rates.at_home else "office"


def first_day(day: Day, interview: Interview) -> date:
    """From when a time is looked for: not long before it is due, and not before a letter can be there."""
    soonest = add_working_days(
        day.on, 2 if interview.claim.programme == ONE_INTERVIEW else TELLING, day.holidays
    )
    return max(soonest, interview.due_by - timedelta(days=14))


def times_for(
    day: Day, interview: Interview, *, first: date, only_with: int | None = None, mode: str = ""
) -> list[Slot]:
    """Some free times for an interview, with its own adviser where one is named; else with anybody."""
    kind = FIRST if interview.number == 1 else LATER
    minutes = day.rules(interview.claim).appointment_kinds[kind]["minutes"]
    wanted: dict[str, Any] = {"kind": kind, "minutes": minutes, "first": first, "mode": mode or mode_of(day)}
    office = interview.claim.office_id
    found = list(day.times.find(office, only_with=only_with, **wanted)) if only_with else []
    return found or list(day.times.find(office, **wanted))


def take_one(day: Day, slots: list[Slot], verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call a booking verb with one time after the other, until one is not taken."""
    for slot in slots:
        day.times.taken(slot)
        done = day.do(verb, *args, slot, **kwargs)
        if done is not None:
            return done
    return None


def book(
    day: Day, interview: Interview, by: Post, *, first: date | None = None, mode: str = ""
) -> Appointment | None:
    """Book an interview that waits for its time."""
    adviser = adviser_id(interview.claim)
    slots = times_for(day, interview, first=first or first_day(day, interview), only_with=adviser, mode=mode)
    made: Appointment | None = take_one(day, slots, verbs.book_interview, interview, by=by)
    return made


def move(
    day: Day, appointment: Appointment, by: Post | None, *, caused_by: str, reason: str
) -> Appointment | None:
    """Another time for a booked appointment."""
    interview = appointment.interview
    first = add_working_days(day.on, TELLING, day.holidays)
    keeps = None if appointment.adviser_id in day.place.away else appointment.adviser_id
    slots = times_for(day, interview, first=first, only_with=keeps, mode=appointment.mode)
    made: Appointment | None = take_one(
        day, slots, verbs.move_interview, appointment, caused_by=caused_by, reason=reason, by=by
    )
    return made


def adviser_id(claim: Claim) -> int | None:
    """Whose customer it is."""
    return _advisers.first(claim)


@composed
def _advisers(claim: Claim) -> QuerySet[Caseload, int]:
    return Caseload.objects.filter(claim=claim, until=None).values_list("adviser_id", flat=True)[:1]


def booked_of(interview: Interview) -> Appointment | None:
    return _booked.first(interview)


@composed
def _booked(interview: Interview) -> QuerySet[Appointment]:
    return Appointment.objects.filter(interview=interview, state="booked").select_related(
        "interview__claim__customer", "interview__claim__office__district", "adviser"
    )[:1]


def open_interview(claim: Claim) -> Interview | None:
    """The interview that is next."""
    return open_interviews.first(claim, OPEN)


@composed
def open_interviews(claim: Claim | int, states: Sequence[str]) -> QuerySet[Interview]:
    """The newest of these states, first."""
    return (
        Interview.objects.filter(claim=claim, state__one_of=states)
        .select_related("claim__customer", "claim__office__district")
        .order_by("-number")
    )
