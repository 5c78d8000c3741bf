"""Moments and days. Nothing here reads the clock: only screens and commands do."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day it is in the office at a moment."""
    return moment.astimezone(LONDON).date()


def at(day: date, clock: time) -> datetime:
    """A moment from a day and a time on the office's wall."""
    return datetime.combine(day, clock, tzinfo=LONDON)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def words(day: date) -> str:
    """A day as letters write it: Tuesday 4 May 2004."""
    return f"{day:%A} {day.day} {day:%B %Y}"
