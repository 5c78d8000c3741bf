"""Diaries as the week grid shows them: cells with words, never colour alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from waymark.interviews.diary.queries import DayLoad, Item, OfficeWeek, PersonDay
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import Role
from waymark.web.ui.components import GridColumn, GridRow, Slot, SlotKind, Week
from waymark.web.ui.templatetags.ui import clock
from waymark.web.ui.templatetags.ui import day as day_words

KINDS: dict[str, SlotKind] = {
    "free": "free",
    "booked": "booked",
    "over": "over",
    "held": "buffer",
    "other": "other",
}
COLUMNS_A_TABLE = 5


def short(minutes: int) -> str:
    """5 h 15 min, 45 min, 3 h."""
    return _short(minutes, get_language())


# A week of an office says the same few numbers some hundreds of times.
@lru_cache(maxsize=4096)
def _short(minutes: int, language: str | None) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [_("%d h") % hours if hours else "", _("%d min") % rest if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def office_week(week: OfficeWeek, today: date) -> Week:
    """Everybody of an office in a week: what is free and what is used each day."""
    columns = [
        GridColumn(
            day_words(day, today),
            note=week.holidays.get(day, ""),
            url=_at(reverse("diaries:day", args=[day.isoformat()]), office=week.office.code),
            today=day == today,
        )
        for day in week.days
    ]
    rows = [
        GridRow(
            format_html(
                '<a class="govuk-link" href="{}">{}</a><span class="wm-week__note">{}</span>',
                _at(reverse("diaries:person", args=[one.ref]), week=week.days[0].isoformat()),
                one.name,
                Role(one.role).label if one.role == Role.ASSESSOR else "",
            ),
            [load_slots(load) for load in one.days],
        )
        for one in week.people
    ]
    return Week(_("Free and booked time"), columns, rows, corner=_("Who"))


def load_slots(load: DayLoad) -> list[Slot]:
    """A day in a few words: how much is free beside how many appointments; away; other work."""
    count = _appointments(load.appointments, get_language()) if load.appointments else ""
    if load.away:
        away = Slot(load.away.capitalize(), "absent")
        return [away, Slot(count, "booked", note=_("to be moved"))] if count else [away]
    slots = []
    if load.free:
        slots.append(Slot(short(load.free), "free", note=count))
    elif count:
        slots.append(Slot(count, "booked", note=short(load.booked)))
    if load.other:
        slots.append(Slot(short(load.other), "other"))
    return slots


@lru_cache(maxsize=4096)
def _appointments(number: int, language: str | None) -> str:
    return ngettext("%d appointment", "%d appointments", number) % number


def person_week(
    days: Sequence[PersonDay], caption: str, today: date, *, opens_meetings: bool = False
) -> Week:
    """One person's days side by side, hours down; opens_meetings: who looks may open meetings about customers."""
    columns = [GridColumn(day_words(one.day, today), note=one.away, today=one.day == today) for one in days]
    return Week(caption, columns, hour_rows(days, opens_meetings), corner=_("From"))


def office_day(people: Sequence[PersonDay], caption: str, *, opens_meetings: bool = False) -> list[Week]:
    """Everybody's day: tables of a few people each, to be read and printed without scrolling."""
    return [
        Week(
            _("%(caption)s: %(first)s to %(last)s")
            % {"caption": caption, "first": some[0].name, "last": some[-1].name}
            if len(people) > COLUMNS_A_TABLE
            else caption,
            [
                GridColumn(one.name, note=one.away, url=reverse("diaries:person", args=[one.ref]))
                for one in some
            ],
            hour_rows(some, opens_meetings),
            corner=_("From"),
        )
        for some in _some_at_a_time(people)
    ]


def _some_at_a_time(people: Sequence[PersonDay]) -> list[Sequence[PersonDay]]:
    return [people[start : start + COLUMNS_A_TABLE] for start in range(0, len(people), COLUMNS_A_TABLE)]


def hour_rows(days: Sequence[PersonDay], opens_meetings: bool = False) -> list[GridRow]:
    """A row for each hour. What lasts longer stands where it begins, with its end."""
    hours = sorted({item.start.hour for one in days for item in one.items})
    if not hours:
        return [GridRow("–", [_nothing(one) for one in days])]
    rows: list[GridRow] = []
    for hour in range(hours[0], hours[-1] + 1):
        cells = [
            [item_slot(one, item, opens_meetings) for item in one.items if item.start.hour == hour]
            for one in days
        ]
        if not rows:
            cells = [cell or _nothing(one) for one, cell in zip(days, cells, strict=True)]
        rows.append(GridRow(f"{hour:02d}:00", cells))
    return rows


def _nothing(day: PersonDay) -> list[Slot]:
    return [Slot(_("All day"), "absent")] if day.away and not day.items else []


def item_slot(day: PersonDay, item: Item, opens_meetings: bool = False) -> Slot:
    """A stretch of a day as a cell: when, what, and where it leads."""
    when = f"{clock(item.start)}–{clock(item.end)}"
    stranded = bool(day.away) and (item.kind in {"booked", "over"} or bool(item.meeting_ref))
    return Slot(
        f"{when} {item.words}".strip(),
        KINDS[item.kind],
        url=_page_of(item, opens_meetings),
        note=_("to be moved") if stranded else item.note,
    )


def _page_of(item: Item, opens_meetings: bool) -> str:
    if item.appointment_ref:
        return reverse("diaries:appointment", args=[item.appointment_ref])
    opens = opens_meetings and bool(item.meeting_ref)
    return reverse("casework:meeting", args=[item.meeting_ref]) if opens else ""


def week_links(address: str, monday: date, today: date, **query: str) -> list[dict[str, object]]:
    """The week before, this week, the week after."""
    this = next_working_day(today, ())
    return [
        {"label": label, "url": _at(address, week=start.isoformat(), **query), "current": False}
        for label, start in (
            (_("Week before"), monday - timedelta(days=7)),
            (_("This week"), this),
            (_("Week after"), monday + timedelta(days=7)),
        )
    ]


def _at(address: str, **query: str) -> str:
    return f"{address}?{urlencode(query)}"
