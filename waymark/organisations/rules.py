"""Bank holidays of England and Wales, worked out; and the reading of a list of them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONDAY, SATURDAY = 0, 5
COLUMNS = ("day", "name")
# Days that a proclamation moved to another day.
MOVED = {
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
# Days that a proclamation gave once.
GIVEN = {
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (the rule of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    skipped, kept = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - skipped - correction + 15) % 30
    leaps, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * kept + 2 * leaps - moon - rest) % 7
    shift = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England and Wales in a year, by day, as far as proclamations are known."""
    sunday = easter(year)
    usual = {
        sunday - 2 * DAY: "Good Friday",
        sunday + DAY: "Easter Monday",
        first_monday(year, 5): "Early May bank holiday",
        last_monday(year, 5): "Spring bank holiday",
        last_monday(year, 8): "Summer bank holiday",
    }
    found = {MOVED.get(day, day): name for day, name in usual.items()}
    found |= dict([on_a_weekday(date(year, 1, 1), "New Year's Day")])
    found |= christmas(year)
    found |= {day: name for day, name in GIVEN.items() if day.year == year}
    return dict(sorted(found.items()))


def christmas(year: int) -> dict[date, str]:
    """Christmas Day and Boxing Day: what falls on a weekend has its substitute on the next free weekday."""
    first, second = date(year, 12, 25), date(year, 12, 26)
    if first.weekday() == SATURDAY:
        return {
            first + 2 * DAY: "Christmas Day (substitute day)",
            second + 2 * DAY: "Boxing Day (substitute day)",
        }
    if second.weekday() == SATURDAY:
        return {first: "Christmas Day", second + 2 * DAY: "Boxing Day (substitute day)"}
    if first.weekday() > SATURDAY:
        return {second: "Boxing Day", second + DAY: "Christmas Day (substitute day)"}
    return {first: "Christmas Day", second: "Boxing Day"}


def on_a_weekday(day: date, name: str) -> tuple[date, str]:
    """A single holiday; the Monday after when it falls on a weekend."""
    if day.weekday() < SATURDAY:
        return day, name
    return day + (7 - day.weekday()) * DAY, f"{name} (substitute day)"


def first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + (MONDAY - first.weekday()) % 7 * DAY


def last_monday(year: int, month: int) -> date:
    """The last Monday of a month of 31 days."""
    last = date(year, month, 31)
    return last - last.weekday() * DAY


@dataclass(frozen=True)
class BadRow:
    """A row of a list that cannot be used: where, what it says, what is wrong and what would be right."""

    line: int
    text: str
    problem: str


@dataclass(frozen=True)
class HolidayList:
    """What a list of bank holidays holds: days with their names, and the rows to mend."""

    days: Mapping[date, str]
    bad: tuple[BadRow, ...]


def read_holidays(text: str) -> HolidayList:
    """Read a list with the columns day and name (a first line naming them may stand there).

    A day is written 2027-12-27 or 27/12/2027. Rows that cannot be used do not keep the others out.
    """
    days: dict[date, str] = {}
    bad: list[BadRow] = []
    for line, cells in rows_of(text):
        day, name = parse_day(cells[0]), ", ".join(cells[1:]).strip()
        problem = problem_of(day, name, days)
        if problem or day is None:
            bad.append(BadRow(line, ",".join(cells), problem))
        else:
            days[day] = name
    return HolidayList(days, tuple(bad))


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with something in them, numbered as the file numbers them, without the heading."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    for cells in reader:
        trimmed = [cell.strip() for cell in cells]
        if any(trimmed) and tuple(cell.lower() for cell in trimmed[:2]) != COLUMNS:
            yield reader.line_num, trimmed


def problem_of(day: date | None, name: str, known: Mapping[date, str]) -> str:
    """What is wrong with a row, with what would be right; nothing when it can be used."""
    if day is None:
        return "The first column is not a day. Write it like 2027-12-27 or 27/12/2027."
    if not name:
        return "The second column is empty. Write the name of the holiday."
    if len(name) > 100:
        return "The name is longer than 100 characters. Shorten it."
    if day in known:
        return f"This day stands in the list already, as {known[day]}. Keep one of the two rows."
    return ""


def parse_day(text: str) -> date | None:
    """A day written 2027-12-27 or 27/12/2027; None when it is neither."""
    written = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
