"""Interviews offered in time: the share that Today shows, and the list behind it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from waymark.customers.access import Reach, claims_in, reach_of
from waymark.interviews.enums import Choice, Stage
from waymark.interviews.models import Appointment, Decision
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.programme.pack import UnknownSetting
from waymark.programme.queries import Rules

HOUR = 3600


@dataclass(frozen=True)
class Offer:
    """An interview that was to be booked at first contact, and the first time that was found for it."""

    customer_ref: str
    customer: str
    office: str
    asked_on: date
    offered_for: date | None
    by_day: date

    @property
    def in_time(self) -> bool:
        return self.offered_for is not None and self.offered_for <= self.by_day


@dataclass(frozen=True)
class Share:
    """How many of how many; no percentage of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole else None


def offers(post: Post, since: date, until: date, rules: Mapping[str, Rules]) -> list[Offer]:
    """Interviews decided to be booked at first contact in a stretch of days, oldest first (D:L572). Two queries.

    In time is a time at most so many days after the first contact began, or on the working day that follows
    when that day is none. An interview for which no time was found is not in time.
    """
    first_time = Appointment.objects.filter(interview=OuterRef("interview")).order_by("made_at", "id")
    rows = (
        booked_at_first_contact(post, since, until)
        .order_by("decided_at")
        .values_list(
            "interview__claim__customer__ref",
            "interview__claim__customer__given_names",
            "interview__claim__customer__family_name",
            "interview__claim__office__name",
            "interview__claim__programme",
            "conversation__started_at",
            Subquery(first_time.values("starts_at")[:1]),
        )
    )
    holidays = organisations.holidays()
    found = []
    for ref, given, family, office, programme, started_at, starts_at in rows:
        days = days_allowed(rules.get(programme))
        if days is None:
            continue
        asked_on = day_of(started_at)
        by_day = next_working_day(asked_on + timedelta(days=days), holidays)
        offered_for = day_of(starts_at) if starts_at else None
        found.append(Offer(ref, f"{given} {family}", office, asked_on, offered_for, by_day))
    return found


class Asked(NamedTuple):
    """What decides whether an interview was offered in time, and on which day it was decided to book it."""

    decided_on: date
    programme: str
    on: date
    offered_for: date | None


def share_in_time(post: Post, since: date, until: date, rules: Mapping[str, Rules]) -> Share:
    """How many of `offers` are in time, counted by day in the database: the two agree. Two queries.

    `until` is today at the latest. The days before it are over: nothing decided on them changes any more, so their
    share is counted once and kept for an hour, or until the days allowed or the bank holidays are others.
    """
    holidays = organisations.holidays()
    allowed = {slug: days_allowed(each) for slug, each in sorted(rules.items())}
    measure = sha256(repr((allowed, sorted(holidays))).encode()).hexdigest()
    key = f"in-time:{post.role}:{post.team.office_id}:{since}:{until}:{measure}"
    over: Share | None = cache.get(key)
    counted = _counted(post, since if over is None else until, until)
    if over is None:
        over = _share({row: n for row, n in counted.items() if row.decided_on < until}, allowed, holidays)
        cache.set(key, over, HOUR)
    today = _share({row: n for row, n in counted.items() if row.decided_on == until}, allowed, holidays)
    return Share(over.part + today.part, over.whole + today.whole)


def _share(
    counted: Mapping[Asked, int], allowed: Mapping[str, int | None], holidays: Collection[date]
) -> Share:
    part = whole = 0
    for row, interviews in counted.items():
        days = allowed.get(row.programme)
        if days is None:
            continue
        whole += interviews
        by_day = next_working_day(row.on + timedelta(days=days), holidays)
        if row.offered_for and row.offered_for <= by_day:
            part += interviews
    return Share(part, whole)


def _counted(post: Post, since: date, until: date) -> dict[Asked, int]:
    """How many interviews were to be booked, of each sort. One query."""
    reach, place = reach_of(post)
    return {Asked(*row): n for *row, n in _counts(place, since, until, reach=reach)}


@composed
def _counts(place: int, since: date, until: date, *, reach: Reach) -> QuerySet[Decision, tuple[Any, ...]]:
    return (
        booked_in(reach, place, since, until)
        .annotate(
            # The time that was found is the one booked with the decision itself.
            time=FilteredRelation(
                "interview__appointments", condition=Q(interview__appointments__made_at=F("decided_at"))
            )
        )
        .values_list(
            "on",
            "interview__claim__programme",
            TruncDate("conversation__started_at"),
            TruncDate("time__starts_at"),
        )
        .annotate(n=Count("pk", distinct=True))
        .order_by()
    )


def booked_at_first_contact(post: Post, since: date, until: date) -> QuerySet[Decision]:
    """Decisions of a stretch of days to book an interview, about the claims a post reaches."""
    return booked_in(*reach_of(post), since, until)


def booked_in(reach: Reach, place: int, since: date, until: date) -> QuerySet[Decision]:
    """Likewise, within reach of a place."""
    return Decision.objects.filter(
        claims_in(reach, place, "interview__claim__"),
        on__gte=since,
        on__lte=until,
        choice=Choice.BOOK,
        stage=Stage.FIRST_CONTACT,
    )


def days_allowed(rules: Rules | None) -> int | None:
    """Within how many days of the first contact the interview should be offered; None where nothing is said."""
    if rules is None:
        return None
    try:
        return int(rules.value("timings.first_interview_within_days"))
    except UnknownSetting:
        return None


def week_start(on: date) -> date:
    return on - timedelta(days=on.weekday())
