"""Moments of a diary: minutes of a day, and days, as they are said."""

from datetime import date, datetime, time, timedelta

from django.utils import formats, timezone


def moment(day: date, minute: int) -> datetime:
    """A minute of a day, counted from midnight, in the time of the place; 1440 is the next midnight."""
    extra, minute = divmod(minute, 24 * 60)
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day + timedelta(days=extra), clock, tzinfo=timezone.get_default_timezone())


def minute_of(value: datetime | time) -> int:
    return value.hour * 60 + value.minute


def clock(value: datetime) -> str:
    return f"{timezone.localtime(value):%H:%M}"


def day_words(value: date) -> str:
    return formats.date_format(value, "D j M")
