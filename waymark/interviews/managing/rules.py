"""Managing diaries as pure rules: how much over-booking, which other time suits best, what small numbers hide."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from waymark.interviews.diary.rules import Slot

NOON = time(12)
BANDS = ((3, "under_4"), (7, "4_to_7"), (14, "8_to_14"), (28, "15_to_28"))
LONGEST = "over_28"


def most_over(within: int, percent: int) -> int:
    """How many appointments beyond the diaries a day may have: so many in a hundred, never rounded up."""
    return within * percent // 100


@dataclass(frozen=True)
class Wanted:
    """What another time for an appointment should be like.

    was_at: the old start, in the time of the place. half: "morning", "afternoon" or "any". target: the day by
    which it should be. adviser_id: who had it; same_adviser: the customer would like to keep them.
    """

    was_at: datetime
    half: str
    target: date
    adviser_id: int
    same_adviser: bool = True
    avoid: Collection[int] = frozenset()


def half_of(moment: datetime) -> str:
    return "morning" if moment.time() < NOON else "afternoon"


def best_first(slots: Iterable[Slot], wanted: Wanted) -> list[Slot]:
    """The times in the order in which they suit; somebody the customer asked not to meet is left out.

    The same adviser by the target day first, for who would like that; then anybody by the target day, then later.
    Within each: the wanted half of the day, the earlier day, the time nearest to the old one.
    """

    def place(slot: Slot) -> tuple[int, int, int, float]:
        late = slot.day > wanted.target
        another = wanted.same_adviser and slot.adviser_id != wanted.adviser_id
        half = wanted.half if wanted.half != "any" else half_of(wanted.was_at)
        apart = abs(
            timedelta(hours=slot.starts_at.hour, minutes=slot.starts_at.minute)
            - timedelta(hours=wanted.was_at.hour, minutes=wanted.was_at.minute)
        )
        return (
            2 * late + (another and not late),
            int(half_of(slot.starts_at) != half),
            slot.day.toordinal(),
            apart.total_seconds(),
        )

    return sorted((slot for slot in slots if slot.adviser_id not in wanted.avoid), key=place)


def clash(one: Slot, other: Slot) -> bool:
    """Whether two times need the same person or the same room at once."""
    people = {one.adviser_id, one.assessor_id} & {other.adviser_id, other.assessor_id} - {None}
    room = one.room_id is not None and one.room_id == other.room_id
    return bool(people or room) and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def band_of(days: int | None) -> str:
    """The band of a lead time in days; "none" where no letter went out before the day."""
    if days is None:
        return "none"
    return next((name for most, name in BANDS if days <= most), LONGEST)


def may_show(number: int, few: int) -> bool:
    """Whether a group is large enough for its figures to say something and to protect who is in it."""
    return number == 0 or number >= few
