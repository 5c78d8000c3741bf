"""Time of several people at once, for a meeting about a customer: kept, moved, given back. Only rows.

Whose meeting it is, its tasks and its event belong to the verb of casework that calls these in its own transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from waymark.interviews.diary import queries
from waymark.interviews.diary.verbs.entering import lapse, lock_people
from waymark.interviews.diary.verbs.refusing import attempt, in_words
from waymark.interviews.models import DiaryEntry
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Absence, Person


@transaction.atomic
def keep_together(
    people: Sequence[Person], during: tuple[datetime, datetime], what: str, *, meeting: str, now: datetime
) -> list[DiaryEntry]:
    """Keep the same time in the diaries of all of them, or of none: refused, by name, when one has it filled.

    what: words that calendar programs may copy, so without the customer's name; meeting: its reference.
    """
    return attempt(partial(_keep, people, during, what, meeting, now))


@transaction.atomic
def move_together(meeting: str, during: tuple[datetime, datetime], *, now: datetime) -> list[DiaryEntry]:
    """Another time for a meeting in every diary it stands in; the old time is free. Taken by others: all stays."""
    return attempt(partial(_move, meeting, during, now))


@transaction.atomic
def free_together(meeting: str) -> int:
    """Give back the time of a meeting that is not held; says of how many people."""
    return DiaryEntry.objects.filter(meeting=meeting, live=True).update(live=False)


def _keep(
    people: Sequence[Person], during: tuple[datetime, datetime], what: str, meeting: str, now: datetime
) -> list[DiaryEntry]:
    _insist_free([person.pk for person in people], during, now)
    span = TimestamptzRange(*during)
    return [
        DiaryEntry.objects.create(person=person, during=span, what=what[:100], meeting=meeting)
        for person in sorted(people, key=lambda person: person.pk)
    ]


def _move(meeting: str, during: tuple[datetime, datetime], now: datetime) -> list[DiaryEntry]:
    kept = DiaryEntry.objects.filter(meeting=meeting, live=True).order_by("person")
    _insist_free([entry.person_id for entry in kept], during, now, but_not=meeting)
    kept.update(during=TimestamptzRange(*during))
    return list(kept)


def _insist_free(
    people: Sequence[int], during: tuple[datetime, datetime], now: datetime, *, but_not: str = ""
) -> None:
    """Who is away, has left, or has something else at that time, by name. The constraint has the last word."""
    start, end = during
    locked = lock_people(list(people))
    gone = next((person for person in locked if person.left_on is not None), None)
    if gone is not None:
        raise _cannot(_("%(name)s does not work here any more.") % {"name": gone.name})
    _insist_here(locked, timezone.localdate(start))
    in_the_way = queries.entries_at(start, end, now).filter(person__in=people)
    filled = in_the_way.exclude(meeting=but_not) if but_not else in_the_way
    first = filled.select_related("person").order_by("person__name", "during").first()
    if first is not None:
        raise _cannot(
            _("%(name)s has %(what)s on %(when)s.")
            % {
                "name": first.person.name,
                "what": first.what or _("an appointment"),
                "when": in_words(first.during.lower),
            }
        )
    lapsed = DiaryEntry.objects.filter(
        person__in=people, live=True, during__overlap=TimestamptzRange(start, end), meeting=""
    )
    lapse(Q(pk__in=lapsed.values("appointment")))


def _insist_here(people: Sequence[Person], day: date) -> None:
    away = (
        Absence.objects.filter(person__in=people, first_day__lte=day, last_day__gte=day)
        .select_related("person")
        .order_by("person__name")
        .first()
    )
    if away is not None:
        raise _cannot(
            _("%(name)s is away on %(day)s.") % {"name": away.person.name, "day": queries.day_words(day)}
        )


def _cannot(message: str) -> Refused:
    return Refused(
        "time_filled", message, _("Choose a time at which all are free, or leave somebody out of it.")
    )
