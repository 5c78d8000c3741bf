"""Days of people: what fills them and what is free, in order; and the appointments somebody holds."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from waymark.interviews.diary import rules
from waymark.interviews.diary.queries.entries import live_entries
from waymark.interviews.diary.queries.moments import moment
from waymark.interviews.diary.queries.office import Diary, load_diary
from waymark.interviews.diary.queries.together import workers_of
from waymark.interviews.diary.queries.weeks import away_words, days_shown, everybody
from waymark.interviews.diary.rules import Worker
from waymark.interviews.enums import AppointmentState, Mode
from waymark.interviews.models import Appointment
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Person, Post


@dataclass(frozen=True)
class Item:
    """A stretch of a person's day as it is shown."""

    start: datetime
    end: datetime
    kind: str  # free, booked, over, held, other, absent
    words: str = ""
    note: str = ""
    appointment_ref: str = ""
    meeting_ref: str = ""


@dataclass(frozen=True)
class PersonDay:
    ref: str
    name: str
    role: str
    day: date
    items: tuple[Item, ...]
    away: str = ""


def day(office: Office, day: date, *, now: datetime) -> tuple[PersonDay, ...]:
    """Everybody's day at an office, what fills it and what is free, in order; seven queries."""
    diary = load_diary(office, day, day, now=now)
    entries = _shown_entries([one.id for one in (*diary.advisers, *diary.assessors)], day, day, now)
    return tuple(
        _person_day(diary, worker, role, day, entries.get((worker.id, day), []))
        for worker, role in everybody(diary)
    )


def person_week(office: Office, person: Person, monday: date, *, now: datetime) -> tuple[PersonDay, ...]:
    """The days of one person in a week at an office; seven queries, some more for whoever takes no appointments.

    Somebody without appointments (a manager, a disability adviser) is shown with the meetings they are asked to.
    Empty for whoever has no post there.
    """
    monday = rules.monday(monday)
    sunday = monday + timedelta(days=6)
    diary = load_diary(office, monday, sunday, now=now)
    entries = _shown_entries([person.pk], monday, sunday, now)
    found = next(((one, role) for one, role in everybody(diary) if one.id == person.pk), None)
    if found is None:
        found = _without_appointments(office, person, monday, sunday, now)
    if found is None:
        return ()
    return tuple(
        _person_day(diary, found[0], found[1], day, entries.get((person.pk, day), []))
        for day in days_shown(diary, monday)
    )


def _without_appointments(
    office: Office, person: Person, first: date, last: date, now: datetime
) -> tuple[Worker, Role] | None:
    held = Post.objects.filter(person=person, team__office=office, starts_on__lte=last)
    role = held.filter(Q(ends_on=None) | Q(ends_on__gte=first)).values_list("role", flat=True).first()
    return (workers_of([person], first, last, now)[0], Role(role)) if role else None


def _shown_entries(
    people: Collection[int], first: date, last: date, now: datetime
) -> dict[tuple[int, date], list[Item]]:
    rows = (
        live_entries(first, last, now)
        .filter(person__in=people)
        .order_by("during")
        .values_list(
            "person_id",
            "during",
            "what",
            "appointment__ref",
            "appointment__state",
            "appointment__mode",
            "appointment__interview__claim__customer__given_names",
            "appointment__interview__claim__customer__family_name",
            "room__name",
            "over",
            "meeting",
        )
    )
    zone = timezone.get_default_timezone()
    found: dict[tuple[int, date], list[Item]] = defaultdict(list)
    for person_id, during, what, ref, state, mode, given_names, family_name, room, over, meeting in rows:
        start, end = during.lower.astimezone(zone), during.upper.astimezone(zone)
        kind = "held" if state == AppointmentState.HELD else "over" if over else "booked"
        words = what if ref is None else f"{given_names} {family_name}"
        notes = [str(Mode(mode).label) if mode else "", room or ""]
        item = Item(
            start,
            end,
            kind if ref else "other",
            words,
            ", ".join(note for note in notes if note),
            ref or "",
            meeting,
        )
        for each_day in rules.days(start.date(), end.date()):
            found[person_id, each_day].append(item)
    return found


def _person_day(diary: Diary, worker: Worker, role: str, day: date, entries: Sequence[Item]) -> PersonDay:
    spare = [
        Item(moment(day, start), moment(day, end), "free")
        for start, end in rules.free(worker, day, diary.holidays)
    ]
    items = sorted([*spare, *entries], key=lambda item: item.start)
    return PersonDay(worker.ref, worker.name, role, day, tuple(items), away_words(diary, worker, day))


def my_appointments(post: Post, day: date) -> QuerySet[Appointment]:
    """The appointments a person holds on a day, alone or as the assessor before the adviser, in order."""
    return (
        Appointment.objects.filter(
            state__in=[AppointmentState.BOOKED, AppointmentState.TOOK_PLACE],
            starts_at__lt=moment(day, 24 * 60),
            ends_at__gt=moment(day, 0),
            entries__person=post.person_id,
            # Said of the entry too, so that its index leaves out the past.
            entries__during__endswith__gt=moment(day, 0),
        )
        .select_related("interview__claim__customer", "adviser", "room", "office")
        .order_by("starts_at", "id")
        .distinct()
    )
