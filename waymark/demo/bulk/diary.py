"""The free times of an office's advisers."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from waymark.kernel.clock import at
from waymark.organisations.models import Post


class Diary:
    """Free times of one office's advisers: forward from tomorrow, and back from yesterday."""

    LENGTH = timedelta(minutes=45)
    STARTS = [time(9, 15), time(10, 15), time(11, 15), time(13, 30), time(14, 30), time(15, 30)]

    def __init__(self, advisers: list[Post], on: date, holidays: frozenset[date]) -> None:
        self.ahead = self._times(advisers, on, holidays, +1)
        self.behind = self._times(advisers, on, holidays, -1)

    def _times(
        self, advisers: list[Post], on: date, holidays: frozenset[date], step: int
    ) -> Iterator[tuple[Post, datetime]]:
        day = on
        while True:
            day += timedelta(days=step)
            if day.weekday() > 4 or day in holidays:
                continue
            for start in self.STARTS:
                for adviser in advisers:
                    if not self._gap(adviser, day, start):
                        yield adviser, at(day, start)

    @staticmethod
    def _gap(adviser: Post, day: date, start: time) -> bool:
        """Every third time or so stays free, so that there is something to find."""
        return (adviser.pk + day.toordinal() + start.hour) % 3 == 0
