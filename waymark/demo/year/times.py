"""Free times of an office, read once a day and kept up as they are taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, cast

from waymark.demo.parts import WHOLE, Part
from waymark.interviews.diary.queries.moments import minute_of
from waymark.interviews.diary.queries.office import Diary, load_diary
from waymark.interviews.diary.rules import HOME_VISIT, Slot, Wish, length, monday
from waymark.kernel.clock import at
from waymark.organisations.models import Office

AHEAD = timedelta(days=100)


@dataclass
class Times:
    """The diaries of the offices as they were in the morning, with what was booked since."""

    offices: Iterable[Office]
    on: date
    now: datetime
    part: Part = WHOLE
    _diaries: dict[int, Diary] = field(default_factory=dict)

    def diary(self, office_id: int) -> Diary:
        if office_id not in self._diaries:
            office = next(office for office in self.offices if office.pk == office_id)
            self._diaries[office_id] = load_diary(office, self.on, self.on + AHEAD, now=self.now)
        return self._diaries[office_id]

    def find(
        self,
        office_id: int,
        *,
        kind: str,
        minutes: int,
        first: date,
        mode: str = "office",
        only_with: int | None = None,
        limit: int = 3,
    ) -> Iterator[Slot]:
        """The first times from a day on, one after the other; which of them is still free, the booking says.

        With the advisers of this part of the day, so that not everybody runs for the same hour; where they have none
        left, with anybody.
        """
        wish = Wish(minutes=length(minutes, mode, HOME_VISIT), mode=mode)
        diary = self.diary(office_id)
        find = partial(
            diary.slots,
            wish,
            kind=kind,
            not_before=at(max(first, self.on + timedelta(days=1)), _midnight),
            until=diary.last,
            limit=limit,
        )
        if only_with is not None:
            yield from find(only_with=only_with)
        else:
            others = [worker.id for worker in diary.advisers if not self.part.has(worker.id)]
            yield from find(not_with=others) or (find() if others else ())

    def taken(self, slot: Slot) -> None:
        """Keep that a time is gone, whether we took it or a colleague had."""
        start = minute_of(slot.starts_at)
        for worker in (*self.diary(slot.office_id).advisers, *self.diary(slot.office_id).assessors):
            if worker.id == slot.adviser_id:
                busy = cast(dict[date, list[Any]], worker.busy)
                busy.setdefault(slot.day, []).append((start, start + slot.total_minutes))
                booked = cast(dict[date, int], worker.booked)
                week = monday(slot.day)
                booked[week] = booked.get(week, 0) + 1


_midnight = datetime.min.time()
