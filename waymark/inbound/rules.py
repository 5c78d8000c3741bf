"""By when a message is answered. Pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from waymark.kernel.working_days import add_working_days, next_working_moment

AT_LEAST = timedelta(minutes=30)


def answer_day(received_on: date, working_days: int, holidays: Collection[date]) -> date:
    """The day by which a message is read and answered: so many working days after it came."""
    return add_working_days(received_on, working_days, holidays)


def ring_back(
    moment: datetime, opens: time, closes: time, holidays: Collection[date]
) -> tuple[datetime, datetime]:
    """From when to when a call that broke off is rung back: the same day while the lines are open (P:L1291).

    moment: local. Late in the day there is still half an hour; when the lines are shut, the next day they open.
    """
    start = next_working_moment(moment, opens, closes, holidays)
    end = start.replace(hour=closes.hour, minute=closes.minute, second=0, microsecond=0)
    return start, max(end, start + AT_LEAST)
