"""Days on which an office works, and the hours in which a telephone is answered."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """`day` itself when offices work on it, otherwise the first day after on which they do."""
    while not is_working_day(day, holidays):
        day += DAY
    return day


def last_working_day(day: date, holidays: Collection[date]) -> date:
    """`day` itself when offices work on it, otherwise the last day before on which they do."""
    while not is_working_day(day, holidays):
        day -= DAY
    return day


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The day `count` working days after `day` (0: `day` or the next one that is worked)."""
    day = next_working_day(day, holidays)
    for _ in range(count):
        day = next_working_day(day + DAY, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """How many working days lie after `start`, up to and with `end`; negative when `end` is before."""
    if end < start:
        return -working_days_between(end, start, holidays)
    days = (start + DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def next_working_moment(moment: datetime, opens: time, closes: time, holidays: Collection[date]) -> datetime:
    """`moment` itself when the lines are open, otherwise the next opening. Keeps the time zone of `moment`."""
    day = moment.date()
    if is_working_day(day, holidays):
        if moment.time() < opens:
            return moment.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0)
        if moment.time() < closes:
            return moment
    day = next_working_day(day + DAY, holidays)
    return datetime.combine(day, opens, tzinfo=moment.tzinfo)
