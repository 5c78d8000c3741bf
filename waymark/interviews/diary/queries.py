"""Reading diaries: free times, the week and the day of an office, one person's appointments.

All of an office is read at once (`load_diary`: six queries, however many advisers and days); the rest is
counting.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice
from typing import Any, NamedTuple

from django.core import signing
from django.db.models import Count, DateTimeField, F, Field, Func, Q, QuerySet, Sum
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.range import Range

from waymark.customers.models import AccessNeeds
from waymark.interviews.diary import rules
from waymark.interviews.diary.rules import Slot, Stretch, Wish, Worker
from waymark.interviews.enums import AppointmentState, Mode
from waymark.interviews.models import Appointment, DiaryEntry, WorkingPattern
from waymark.kernel.clock import day_of
from waymark.organisations.enums import OfficeKind, Role
from waymark.organisations.models import Absence, BankHoliday, Office, Person, Post, Room
from waymark.programme.pack import Reason
from waymark.programme.queries import Place, holding

HORIZON = timedelta(days=42)  # how far past the wanted day a time is still looked for
LIMIT = 20
KEY_SALT = "waymark.diary.slot"
KEY_AGE = timedelta(hours=4)

# Slots


def slot_key(slot: Slot) -> str:
    """The slot as a word that a form carries and nobody can make up."""
    parts = [getattr(slot, each.name) for each in fields(slot)]
    parts[3] = int(slot.starts_at.timestamp())
    return signing.dumps(parts, salt=KEY_SALT, compress=True)


def slot_from_key(key: str) -> Slot | None:
    """The slot a form brought back; None when the key is not ours or was given out hours ago."""
    try:
        parts = signing.loads(key, salt=KEY_SALT, max_age=KEY_AGE)
    except signing.BadSignature:
        return None
    parts[3] = datetime.fromtimestamp(parts[3], timezone.get_default_timezone())
    return Slot(*parts)


def slot_words(slot: Slot) -> str:
    """11:00 with Tom Walsh; where two people are met, when each of them is."""
    said = _("%(time)s with %(name)s") % {"time": _clock(slot.starts_at), "name": slot.adviser_name}
    if slot.assessor_id:
        said = _("%(time)s with %(assessor)s, then %(name)s from %(then)s") % {
            "time": _clock(slot.starts_at),
            "assessor": slot.assessor_name,
            "name": slot.adviser_name,
            "then": _clock(slot.adviser_at),
        }
    return f"{said}, {slot.room_name}" if slot.room_name else said


def slot_sentence(slot: Slot) -> str:
    """Thu 6 May 11:00 with Tom Walsh."""
    return f"{day_words(slot.day)} {slot_words(slot)}"


@dataclass(frozen=True)
class SlotSearch:
    """What a search found. `sentence` says it in words, above all when nothing fits by the wanted day."""

    slots: tuple[Slot, ...]
    target_until: date
    within_target: bool
    sentence: str


# The diary of an office


@dataclass(frozen=True)
class Diary:
    """All that fills the time of an office from one day to another."""

    office: Office
    first: date
    last: date
    advisers: tuple[Worker, ...]
    assessors: tuple[Worker, ...]
    rooms: tuple[rules.Place, ...]
    holidays: Mapping[date, str]

    def slots(
        self,
        wish: Wish,
        *,
        kind: str,
        not_before: datetime,
        until: date,
        limit: int = LIMIT,
        per_day: int | None = None,
        spread: bool = True,
        not_with: Collection[int] = frozenset(),
        only_with: int | None = None,
    ) -> list[Slot]:
        """The earliest times that fit, at most `limit`. Persons are named by their ids."""
        start = timezone.localtime(not_before)
        advisers = [
            one
            for one in self.advisers
            if one.id not in not_with and (only_with is None or one.id == only_with)
        ]
        assessors = [one for one in self.assessors if one.id not in not_with]
        found: list[Slot] = []
        for day in rules.days(max(self.first, start.date()), min(self.last, until)):
            fitting = rules.free_on(
                day,
                wish,
                advisers=advisers,
                assessors=assessors,
                rooms=self.rooms,
                holidays=self.holidays,
                not_before=_minute(start) if day == start.date() else 0,
                spread=spread,
            )
            room_left = limit - len(found)
            todays = rules.spread_over_day(list(fitting), per_day) if per_day else _first(fitting, room_left)
            found += [self._slot(one, wish, kind) for one in todays[:room_left]]
            if len(found) >= limit:
                break
        return found

    def _slot(self, found: rules.Free, wish: Wish, kind: str) -> Slot:
        return Slot(
            office_id=self.office.pk,
            kind=kind,
            mode=wish.mode,
            starts_at=moment(found.day, found.start),
            minutes=wish.minutes,
            adviser_id=found.adviser.id,
            adviser_name=found.adviser.name,
            assessor_minutes=wish.assessor_minutes,
            assessor_id=found.assessor.id if found.assessor else None,
            assessor_name=found.assessor.name if found.assessor else "",
            room_id=found.room.id if found.room else None,
            room_name=found.room.name if found.room else "",
            private_room=wish.private_room,
            step_free=wish.step_free,
        )


def load_diary(office: Office, first: date, last: date, *, now: datetime | None = None) -> Diary:
    """Everybody who takes appointments at an office, with what fills their time: six queries.

    Times kept for a caller (`hold`) count as taken; with `now`, only while they last.
    """
    posts = list(
        Post.objects.filter(team__office=office, role__in=[Role.ADVISER, Role.ASSESSOR], starts_on__lte=last)
        .filter(Q(ends_on=None) | Q(ends_on__gte=first))
        .filter(Q(person__left_on=None) | Q(person__left_on__gte=first))
        .order_by("person__name", "person_id")
        .values_list("person_id", "person__ref", "person__name", "role", "starts_on", "ends_on")
    )
    people = {row[0] for row in posts}
    week_start = rules.monday(first)
    hours = _hours(office, people, first, last)
    away = _absences(people, first, last)
    holidays = dict(BankHoliday.objects.filter(day__range=(first, last)).values_list("day", "name"))
    rooms = list(Room.objects.filter(office=office))
    taken = _taken(people, [room.pk for room in rooms], week_start, last, now)
    workers: dict[tuple[str, int], Worker] = {}
    for person_id, ref, name, role, starts_on, ends_on in posts:
        known = workers.get((role, person_id))
        if known is not None:
            workers[role, person_id] = replace(known, posts=(*known.posts, (starts_on, ends_on)))
            continue
        workers[role, person_id] = Worker(
            id=person_id,
            ref=ref,
            name=name,
            hours=hours.get(person_id, ()),
            away=away.get(person_id, ()),
            posts=((starts_on, ends_on),),
            busy=taken.people.get(person_id, {}),
            meetings=taken.meetings.get(person_id, {}),
            booked={date.fromordinal(week): count for week, count in taken.booked[person_id].items()},
        )
    return Diary(
        office=office,
        first=first,
        last=last,
        advisers=tuple(worker for (role, _id), worker in workers.items() if role == Role.ADVISER),
        assessors=tuple(worker for (role, _id), worker in workers.items() if role == Role.ASSESSOR),
        rooms=tuple(
            rules.Place(room.pk, room.name, room.private, room.step_free, taken.rooms.get(room.pk, {}))
            for room in rooms
        ),
        holidays=holidays,
    )


def _hours(office: Office, people: Collection[int], first: date, last: date) -> dict[int, list[rules.Hours]]:
    found: dict[int, list[rules.Hours]] = defaultdict(list)
    rows = (
        WorkingPattern.objects.filter(office=office, person__in=people, valid_from__lte=last)
        .filter(Q(valid_until=None) | Q(valid_until__gte=first))
        .values_list(
            "person_id",
            "weekday",
            "starts",
            "ends",
            "in_office",
            "by_phone",
            "at_home",
            "valid_from",
            "valid_until",
        )
    )
    for person_id, weekday, starts, ends, in_office, by_phone, at_home, since, until in rows:
        span = (_minute(starts), _minute(ends))
        found[person_id].append(rules.Hours(weekday, *span, in_office, by_phone, at_home, since, until))
    return found


def _absences(people: Collection[int], first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Absence.objects.filter(person__in=people, first_day__lte=last, last_day__gte=first)
    for person_id, first_day, last_day in rows.values_list("person_id", "first_day", "last_day"):
        found[person_id].append((first_day, last_day))
    return found


def _by_person_and_day() -> dict[int, dict[date, list[Stretch]]]:
    return defaultdict(lambda: defaultdict(list))


@dataclass
class _Taken:
    people: dict[int, dict[date, list[Stretch]]] = field(default_factory=_by_person_and_day)
    meetings: dict[int, dict[date, list[Stretch]]] = field(default_factory=_by_person_and_day)
    rooms: dict[int, dict[date, list[Stretch]]] = field(default_factory=_by_person_and_day)
    booked: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))


def live_entries(first: date, last: date, now: datetime | None = None) -> QuerySet[DiaryEntry]:
    """What stands in diaries from a day to a day, without what was kept and has lapsed."""
    return entries_at(moment(first, 0), moment(last, 24 * 60), now)


def entries_at(start: datetime, end: datetime, now: datetime | None = None) -> QuerySet[DiaryEntry]:
    """What stands in diaries between two moments; with `now`, without what was kept and has lapsed."""
    # That it has not ended before is part of the overlap; said apart, it lets an index leave out the past.
    entries = DiaryEntry.objects.filter(live=True, during__overlap=(start, end), during__endswith__gt=start)
    if now is None:
        return entries
    return entries.exclude(appointment__state=AppointmentState.HELD, appointment__held_until__lte=now)


def _taken(
    people: Collection[int], rooms: Collection[int], first: date, last: date, now: datetime | None
) -> _Taken:
    """Busy stretches of persons (in whatever office) and of rooms."""
    found = _Taken()
    rows = (
        live_entries(first, last, now)
        .filter(Q(person__in=people) | Q(room__in=rooms))
        .order_by()
        .annotate(
            from_day=_local("lower", DAY_NUMBER),
            from_minute=_local("lower", MINUTE),
            until_day=_local("upper", DAY_NUMBER),
            until_minute=_local("upper", MINUTE),
        )
        .values_list(
            "person_id", "room_id", "appointment_id", "from_day", "from_minute", "until_day", "until_minute"
        )
    )
    for person_id, room_id, appointment_id, from_day, start, until_day, end in rows:
        for number in range(from_day, until_day + 1):
            stretch = (start if number == from_day else 0, end if number == until_day else 24 * 60)
            day = date.fromordinal(number)
            found.people[person_id][day].append(stretch)
            if room_id is not None:
                found.rooms[room_id][day].append(stretch)
            if appointment_id is not None:
                found.meetings[person_id][day].append(stretch)
                # The number of the Monday: the first day of all was one.
                found.booked[person_id][number - (number - 1) % 7] += 1
    return found


# Whole numbers come out of the database ten times faster than ranges of moments do, and a plain `Field` hands
# them on as they are: an office that is booked out for weeks has thousands of entries.
DAY_NUMBER = "({local}::date - DATE '0001-01-01') + 1"
MINUTE = "(extract(epoch FROM {local}::time) / 60)::int"


def _local(end: str, form: str) -> Func:
    """An end of `during` in the time of the place, as the number of its day or of its minute."""
    zone = timezone.get_default_timezone_name()
    local = f"({end}(%(expressions)s) AT TIME ZONE '{zone}')"
    return Func(F("during"), template=form.format(local=local), output_field=Field())


# Searching


def find_slots(
    office: Office,
    *,
    kind: str,
    minutes: int,
    mode: str,
    not_before: datetime,
    until: date,
    with_assessor_minutes: int = 0,
    private_room: bool = False,
    step_free: bool = False,
    not_with: Sequence[Person] = (),
    only_with: Person | None = None,
    limit: int = LIMIT,
    per_day: int | None = None,
    spread: bool = True,
    home_visit_minutes: int = rules.HOME_VISIT,
    now: datetime | None = None,
) -> SlotSearch:
    """The earliest times that fit across all advisers of an office; six queries.

    kind: the code of the pack's appointment kind; minutes: its length with the adviser. until: the day by
    which it should be (the target): when nothing fits by then, the first times after it are given, and
    `sentence` says so. per_day: at most so many times of one day, evenly over it, so that a customer sees
    several days.
    spread: of advisers free at the same time, name the one with the fewest appointments that week.
    now: with it, times whose keeping has run out count as free.
    """
    wish = Wish(
        minutes=rules.length(minutes, mode, home_visit_minutes),
        mode=mode,
        assessor_minutes=with_assessor_minutes,
        private_room=private_room,
        step_free=step_free,
    )
    first = timezone.localdate(not_before)
    last = max(until, first) + HORIZON
    diary = load_diary(office, first, last, now=now)
    slots = diary.slots(
        wish,
        kind=kind,
        not_before=not_before,
        until=last,
        limit=limit,
        per_day=per_day,
        spread=spread,
        not_with={person.pk for person in not_with},
        only_with=only_with.pk if only_with else None,
    )
    return SlotSearch(
        slots=tuple(slots),
        target_until=until,
        within_target=bool(slots) and slots[0].day <= until,
        sentence=search_sentence(wish, slots, until, last),
    )


def search_sentence(wish: Wish, slots: Sequence[Slot], until: date, last: date) -> str:
    """What was found, in one sentence."""
    wanted = wish_words(wish)
    if not slots:
        return _("No %(wanted)s is free before %(last)s.") % {
            "wanted": wanted,
            "last": day_words(last + timedelta(days=1)),
        }
    if slots[0].day <= until:
        return _("The first %(wanted)s is %(slot)s.") % {"wanted": wanted, "slot": slot_sentence(slots[0])}
    return _("No %(wanted)s by %(until)s; the first is %(slot)s.") % {
        "wanted": wanted,
        "until": day_words(until),
        "slot": slot_sentence(slots[0]),
    }


MODE_WORDS: Mapping[str, Promise] = {
    Mode.PHONE: gettext_lazy("by telephone"),
    Mode.HOME: gettext_lazy("at the customer’s home"),
    Mode.OUTREACH: gettext_lazy("at another place nearby"),
}


def wish_words(wish: Wish) -> str:
    """45-minute slot with a private room."""
    words = _("%(minutes)s-minute slot") % {"minutes": wish.total}
    if wish.assessor_minutes:
        words = _("%(minutes)s-minute visit (financial assessor, then adviser)") % {"minutes": wish.total}
    if wish.mode in MODE_WORDS:
        words = f"{words} {MODE_WORDS[wish.mode]}"
    elif wish.private_room and wish.step_free:
        words = _("%(slot)s with a private step-free room") % {"slot": words}
    elif wish.private_room:
        words = _("%(slot)s with a private room") % {"slot": words}
    elif wish.step_free:
        words = _("%(slot)s with a step-free room") % {"slot": words}
    return words


# The week and the day


@dataclass(frozen=True)
class DayLoad:
    """One person's day in minutes. `away` is the word for an absence or a holiday."""

    day: date
    free: int
    booked: int
    other: int
    appointments: int
    away: str = ""

    @property
    def used(self) -> int:
        return self.booked + self.other


@dataclass(frozen=True)
class PersonWeek:
    ref: str
    name: str
    role: str
    days: tuple[DayLoad, ...]

    @property
    def free(self) -> int:
        return sum(day.free for day in self.days)

    @property
    def used(self) -> int:
        return sum(day.used for day in self.days)

    @property
    def appointments(self) -> int:
        return sum(day.appointments for day in self.days)


@dataclass(frozen=True)
class NextFree:
    """The first free time of a usual kind, in words."""

    label: str
    slot: Slot | None

    @property
    def sentence(self) -> str:
        if self.slot is None:
            return _("%(label)s: none in the next three weeks") % {"label": self.label}
        return _("%(label)s: %(slot)s") % {"label": self.label, "slot": slot_sentence(self.slot)}


@dataclass(frozen=True)
class OfficeWeek:
    """The diaries of an office in a week: who is free and used how much, and the first free times."""

    office: Office
    days: tuple[date, ...]
    people: tuple[PersonWeek, ...]
    holidays: Mapping[date, str]
    next_free: tuple[NextFree, ...]


@dataclass(frozen=True)
class Item:
    """A stretch of a person's day as it is shown."""

    start: datetime
    end: datetime
    kind: str  # free, booked, held, other, absent
    words: str = ""
    note: str = ""
    appointment_ref: str = ""


@dataclass(frozen=True)
class PersonDay:
    ref: str
    name: str
    role: str
    day: date
    items: tuple[Item, ...]
    away: str = ""


# What callers ask for most (lengths: E:L2293; the assessor's is local). A pack may name others.
USUAL: tuple[tuple[str | Promise, Wish], ...] = (
    (gettext_lazy("First 45 minutes at the office"), Wish(45)),
    (gettext_lazy("First private room"), Wish(45, private_room=True)),
    (gettext_lazy("First with a financial assessor before"), Wish(45, assessor_minutes=30)),
    (gettext_lazy("First by telephone"), Wish(30, mode="phone")),
    (gettext_lazy("First home visit"), Wish(rules.HOME_VISIT, mode="home")),
)
LOOK_AHEAD = timedelta(days=21)


def week(
    office: Office,
    monday: date,
    *,
    now: datetime,
    wishes: Sequence[tuple[str | Promise, Wish]] = USUAL,
) -> OfficeWeek:
    """The week of an office, and the first free time of each of `wishes` from `now` or that Monday on.

    Six queries. A week that is over has no free times.
    """
    monday = rules.monday(monday)
    sunday = monday + timedelta(days=6)
    not_before = max(now, moment(monday, 0))
    over = timezone.localdate(now) > sunday
    last = sunday if over else timezone.localdate(not_before) + LOOK_AHEAD
    diary = load_diary(office, monday, max(sunday, last), now=now)
    shown = _days_shown(diary, monday)
    return OfficeWeek(
        office=office,
        days=shown,
        people=_people_weeks(diary, shown),
        holidays=diary.holidays,
        next_free=() if over else _next_free(diary, wishes, not_before, last),
    )


class Booked(NamedTuple):
    """How much of a person's week is booked."""

    name: str
    appointments: int
    minutes: int


def booked_in_week(office: Office, week: date) -> list[Booked]:
    """Appointments at an office in the week of a day, by person: one query."""
    monday = rules.monday(week)
    length = Func(F("during"), function="upper", output_field=DateTimeField()) - Func(
        F("during"), function="lower", output_field=DateTimeField()
    )
    rows = (
        live_entries(monday, monday + timedelta(days=6))
        .filter(appointment__office=office)
        .order_by("person__name", "person")
        .values_list("person", "person__name")
        .annotate(count=Count("pk"), long=Sum(length))
    )
    return [Booked(name, count, int(long.total_seconds() // 60)) for _id, name, count, long in rows]


def _next_free(
    diary: Diary, wishes: Sequence[tuple[str | Promise, Wish]], not_before: datetime, last: date
) -> tuple[NextFree, ...]:
    found = []
    for label, wish in wishes:
        slots = diary.slots(wish, kind="", not_before=not_before, until=last, limit=1)
        found.append(NextFree(str(label), slots[0] if slots else None))
    return tuple(found)


def _days_shown(diary: Diary, monday: date) -> tuple[date, ...]:
    """Monday to Friday, and the weekend where somebody works on it."""
    worked = {hours.weekday for worker in (*diary.advisers, *diary.assessors) for hours in worker.hours}
    week_days = [monday + timedelta(days=number) for number in range(7)]
    return tuple(day for day in week_days if day.weekday() < 5 or day.weekday() in worked)


def _everybody(diary: Diary) -> list[tuple[Worker, Role]]:
    return [
        *((worker, Role.ADVISER) for worker in diary.advisers),
        *((worker, Role.ASSESSOR) for worker in diary.assessors),
    ]


def _people_weeks(diary: Diary, shown: Sequence[date]) -> tuple[PersonWeek, ...]:
    return tuple(
        PersonWeek(worker.ref, worker.name, role, tuple(_day_load(diary, worker, day) for day in shown))
        for worker, role in _everybody(diary)
    )


def _day_load(diary: Diary, worker: Worker, day: date) -> DayLoad:
    hours = rules.working(worker, day, diary.holidays)
    taken = worker.busy.get(day, ())
    left = rules.minutes_of(rules.without(hours, taken)) if hours else 0
    booked = rules.minutes_of(worker.meetings.get(day, ()))
    return DayLoad(
        day=day,
        free=left,
        booked=booked,
        other=rules.minutes_of(taken) - booked,
        appointments=len(worker.meetings.get(day, ())),
        away=_away(diary, worker, day),
    )


def _away(diary: Diary, worker: Worker, day: date) -> str:
    if day in diary.holidays:
        return diary.holidays[day]
    return _("away") if worker.is_away(day) else ""


def day(office: Office, day: date, *, now: datetime) -> tuple[PersonDay, ...]:
    """Everybody's day at an office, what fills it and what is free, in order; seven queries."""
    diary = load_diary(office, day, day, now=now)
    entries = _shown_entries([one.id for one in (*diary.advisers, *diary.assessors)], day, day, now)
    return tuple(
        _person_day(diary, worker, role, day, entries.get((worker.id, day), []))
        for worker, role in _everybody(diary)
    )


def person_week(office: Office, person: Person, monday: date, *, now: datetime) -> tuple[PersonDay, ...]:
    """The days of one person in a week at an office; seven queries. Empty when they have no post there."""
    monday = rules.monday(monday)
    sunday = monday + timedelta(days=6)
    diary = load_diary(office, monday, sunday, now=now)
    entries = _shown_entries([person.pk], monday, sunday, now)
    found = next(((one, role) for one, role in _everybody(diary) if one.id == person.pk), None)
    if found is None:
        return ()
    return tuple(
        _person_day(diary, found[0], found[1], day, entries.get((person.pk, day), []))
        for day in _days_shown(diary, monday)
    )


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
        )
    )
    zone = timezone.get_default_timezone()
    found: dict[tuple[int, date], list[Item]] = defaultdict(list)
    for person_id, during, what, ref, state, mode, given_names, family_name, room in rows:
        start, end = during.lower.astimezone(zone), during.upper.astimezone(zone)
        kind = "other" if ref is None else "held" if state == AppointmentState.HELD else "booked"
        words = what if ref is None else f"{given_names} {family_name}"
        notes = [str(Mode(mode).label) if mode else "", room or ""]
        item = Item(start, end, kind, words, ", ".join(note for note in notes if note), ref or "")
        for each_day in rules.days(start.date(), end.date()):
            found[person_id, each_day].append(item)
    return found


def _person_day(diary: Diary, worker: Worker, role: str, day: date, entries: Sequence[Item]) -> PersonDay:
    spare = [
        Item(moment(day, start), moment(day, end), "free")
        for start, end in rules.free(worker, day, diary.holidays)
    ]
    items = sorted([*spare, *entries], key=lambda item: item.start)
    return PersonDay(worker.ref, worker.name, role, day, tuple(items), _away(diary, worker, day))


def my_appointments(post: Post, day: date) -> QuerySet[Appointment]:
    """The appointments a person holds on a day, alone or as the assessor before the adviser, in order."""
    return (
        Appointment.objects.filter(
            state__in=[AppointmentState.BOOKED, AppointmentState.TOOK_PLACE],
            starts_at__lt=moment(day, 24 * 60),
            ends_at__gt=moment(day, 0),
            entries__person=post.person_id,
        )
        .select_related("interview__claim__customer", "adviser", "room", "office")
        .order_by("starts_at", "id")
        .distinct()
    )


# Reaching one thing


def offices_seen_by(post: Post) -> QuerySet[Office]:
    """The offices whose diaries a post sees: from a contact centre all of its district, else its own."""
    if post.team.office.kind == OfficeKind.CONTACT_CENTRE:
        return Office.objects.filter(district=post.team.office.district_id, kind=OfficeKind.OFFICE)
    return Office.objects.filter(pk=post.team.office_id)


def appointments_seen_by(post: Post) -> QuerySet[Appointment]:
    """Appointments a post may look at: of the claims and at the offices it sees."""
    offices = offices_seen_by(post)
    return Appointment.objects.filter(
        Q(office__in=offices) | Q(interview__claim__office__in=offices)
    ).select_related(
        "interview__claim__customer",
        "interview__claim__office__district",
        "office__district",
        "adviser",
        "room",
    )


def people_seen_by(post: Post, on: date) -> QuerySet[Person]:
    """Persons with a diary at an office the post sees: with a post there on the day, or with hours there."""
    offices = offices_seen_by(post)
    in_post = Post.objects.filter(team__office__in=offices, starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gte=on)
    )
    return Person.objects.filter(
        Q(pk__in=in_post.values("person")) | Q(working_patterns__office__in=offices)
    ).distinct()


def office_of_diary(person: Person, post: Post, on: date) -> Office | None:
    """The office, of those the post sees, at which a person takes appointments on a day."""
    offices = offices_seen_by(post)
    return (
        offices.filter(teams__posts__person=person, teams__posts__starts_on__lte=on)
        .filter(Q(teams__posts__ends_on=None) | Q(teams__posts__ends_on__gte=on))
        .order_by("id")
        .first()
        or offices.filter(working_patterns__person=person).order_by("id").first()
    )


def hours_of(person: Person, on: date) -> QuerySet[WorkingPattern]:
    """The hours of a person that hold on a day or later."""
    return (
        WorkingPattern.objects.filter(person=person)
        .filter(Q(valid_until=None) | Q(valid_until__gte=on))
        .select_related("office")
        .order_by("weekday", "starts", "valid_from")
    )


def blocks_of(person: Person, on: date) -> QuerySet[DiaryEntry]:
    """What else than appointments fills a person's time from a day on."""
    return DiaryEntry.objects.filter(
        person=person, appointment=None, live=True, during__endswith__gt=moment(on, 0)
    ).order_by("during")


def reasons_for_change(appointment: Appointment, post: Post, on: date) -> dict[str, Reason]:
    """Why an appointment may be moved or cancelled: the codes of the pack that a post may use on a day.

    Codes that ask for nothing next belong to other decisions (the interview is put off, the claim has ended).
    """
    claim = appointment.interview.claim
    place = Place(claim.office.district.code, claim.office.code)
    reasons = holding(claim.programme, on, place).reasons("appointment_cancelled", post.role)
    return {code: reason for code, reason in reasons.items() if reason.columns["asks_next"]}


def advisers_of(office: Office, on: date) -> QuerySet[Person]:
    """The advisers in post at an office on a day."""
    in_post = Post.objects.filter(team__office=office, role=Role.ADVISER, starts_on__lte=on)
    return Person.objects.filter(pk__in=in_post.filter(Q(ends_on=None) | Q(ends_on__gte=on)).values("person"))


def wishes_of(appointment: Appointment) -> dict[str, object]:
    """What another time for an appointment must offer: what this one has, and what the customer needs."""
    needs = AccessNeeds.objects.filter(customer=appointment.interview.claim.customer_id).first()
    return {
        "mode": appointment.mode,
        "private_room": bool(appointment.room and appointment.room.private)
        or bool(needs and needs.private_room),
        "step_free": bool(needs and needs.step_free),
    }


def slots_to_move_to(
    appointment: Appointment, *, mode: str, not_before: datetime, now: datetime, **wish: Any
) -> SlotSearch:
    """Free times as long as those of an appointment, with a financial assessor where it has one.

    Wanted by the day the interview should be held, or within a week where that is later; wish: `find_slots`.
    """
    parts = {entry.person_id: entry.during for entry in appointment.entries.filter(live=True)}
    with_adviser = parts.pop(appointment.adviser_id)
    assessor = sum(_length(during) for during in parts.values())
    return find_slots(
        appointment.office,
        kind=appointment.kind,
        minutes=_length(with_adviser),
        mode=mode,
        not_before=not_before,
        until=max(appointment.interview.due_by, day_of(not_before) + timedelta(days=7)),
        with_assessor_minutes=assessor,
        now=now,
        **wish,
    )


def _length(during: Range[datetime]) -> int:
    """Minutes of a stretch that has both ends."""
    assert during.lower is not None and during.upper is not None
    return int((during.upper - during.lower).total_seconds()) // 60


def slots_by_day(slots: Iterable[Slot]) -> list[tuple[date, list[str]]]:
    """Slots in words, by day."""
    return [
        (each_day, [slot_words(slot) for slot in some])
        for each_day, some in groupby(slots, lambda slot: slot.day)
    ]


# Words and minutes


def moment(day: date, minute: int) -> datetime:
    """A minute of a day, counted from midnight, in the time of the place; 1440 is the next midnight."""
    extra, minute = divmod(minute, 24 * 60)
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day + timedelta(days=extra), clock, tzinfo=timezone.get_default_timezone())


def _minute(value: datetime | time) -> int:
    return value.hour * 60 + value.minute


def _clock(value: datetime) -> str:
    return f"{timezone.localtime(value):%H:%M}"


def day_words(value: date) -> str:
    return formats.date_format(value, "D j M")


def _first(found: Iterable[rules.Free], limit: int) -> list[rules.Free]:
    return list(islice(found, limit))
