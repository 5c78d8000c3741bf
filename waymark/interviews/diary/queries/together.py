"""Times in which several people are free at once, whatever their office and role: for meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from waymark.customers.models import Customer
from waymark.interviews.diary import rules, together
from waymark.interviews.diary.queries.entries import load_taken
from waymark.interviews.diary.queries.moments import clock, day_words, minute_of, moment
from waymark.interviews.diary.queries.office import absences_of, every_hour_of
from waymark.interviews.diary.rules import Stretch, Worker
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import Appointment
from waymark.interviews.taken_hours import not_at_of
from waymark.organisations.models import BankHoliday, Person, Post

LOOK_AHEAD = timedelta(days=28)
A_DAY = 3
AT_MOST = 12


@dataclass(frozen=True)
class Together:
    """The times at which all are free; `sentence` says what was found, above all when it is nothing."""

    times: tuple[datetime, ...]
    sentence: str


def times_together(
    people: Sequence[Person],
    *,
    minutes: int,
    not_before: datetime,
    now: datetime,
    customer: Customer | None = None,
    but_not: str = "",
    per_day: int = A_DAY,
    limit: int = AT_MOST,
) -> Together:
    """The first times at which all of `people` are free, some of each day, over four weeks. Seven queries.

    customer: times at which they have an appointment, or have said they cannot come, are left out. but_not: the
    reference of a meeting whose own time counts as free, since it is to be moved.
    """
    start = timezone.localtime(max(not_before, now))
    first, last = start.date(), start.date() + LOOK_AHEAD
    holidays = set(BankHoliday.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    workers = workers_of(people, first, last, now, but_not=but_not)
    engaged = _of_customer(customer, first, last) if customer is not None else {}
    cannot = not_at_of(customer) if customer is not None else {}
    found: list[datetime] = []
    for day in rules.days(first, last):
        starts = together.together(
            workers,
            day,
            minutes,
            holidays=holidays,
            taken=[*engaged.get(day, ()), *cannot.get(day.weekday(), ())],
            not_before=minute_of(start) + 1 if day == first else 0,
        )
        found += [moment(day, each) for each in _some_of(starts, per_day)]
        if len(found) >= limit:
            break
    times = tuple(found[:limit])
    return Together(times, _sentence(times, last))


def _some_of(starts: Sequence[int], most: int) -> list[int]:
    """The first of a day and the others evenly over it."""
    if len(starts) <= most:
        return list(starts)
    step = (len(starts) - 1) / max(most - 1, 1)
    return [starts[round(place * step)] for place in range(most)]


def _sentence(times: Sequence[datetime], last: date) -> str:
    if not times:
        return _("There is no time before %(last)s at which all of them are free.") % {
            "last": day_words(last + timedelta(days=1))
        }
    return _("All of them are free first on %(day)s at %(time)s.") % {
        "day": day_words(timezone.localdate(times[0])),
        "time": clock(times[0]),
    }


def workers_of(
    people: Sequence[Person], first: date, last: date, now: datetime, *, but_not: str = ""
) -> list[Worker]:
    """People with their hours at any office, their absences, their posts and what fills their time."""
    ids = [person.pk for person in people]
    taken = load_taken(ids, (), first, last, now, but_not=but_not)
    hours = every_hour_of(ids, first, last)
    away = absences_of(ids, first, last)
    posts: dict[int, list[tuple[date, date | None]]] = {}
    held = Post.objects.filter(person__in=ids, starts_on__lte=last).filter(
        Q(ends_on=None) | Q(ends_on__gte=first)
    )
    for person_id, starts_on, ends_on in held.values_list("person_id", "starts_on", "ends_on"):
        posts.setdefault(person_id, []).append((starts_on, ends_on))
    return [
        Worker(
            id=person.pk,
            ref=person.ref,
            name=person.name,
            hours=hours.get(person.pk, ()),
            away=away.get(person.pk, ()),
            posts=posts.get(person.pk, ()),
            busy=taken.people.get(person.pk, {}),
        )
        for person in people
    ]


def _of_customer(customer: Customer, first: date, last: date) -> Mapping[date, list[Stretch]]:
    """When the customer is with us anyway."""
    rows = Appointment.objects.filter(
        interview__claim__customer=customer,
        state=AppointmentState.BOOKED,
        starts_at__lt=moment(last, 24 * 60),
        ends_at__gt=moment(first, 0),
    ).values_list("starts_at", "ends_at")
    found: dict[date, list[Stretch]] = {}
    for starts_at, ends_at in rows:
        start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
        found.setdefault(start.date(), []).append((minute_of(start), minute_of(end)))
    return found
