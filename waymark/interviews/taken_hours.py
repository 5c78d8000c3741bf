"""Hours of the week in which a customer cannot come, as a diary reads them (M:L1423-1431)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Customer
from waymark.interviews.diary.rules import Slot, Stretch
from waymark.interviews.enums import Weekday
from waymark.interviews.models import TakenHours
from waymark.kernel.clock import LONDON
from waymark.notices.rules.wording import clock


@dataclass(frozen=True, order=True)
class Taken:
    """A stretch of a weekday (Monday is 0) that is taken, and by what where it was said."""

    weekday: int
    starts: time
    ends: time
    words: str = ""

    def __str__(self) -> str:
        said = _("%(day)s %(starts)s to %(ends)s") % {
            "day": Weekday(self.weekday).label,
            "starts": clock(self.starts),
            "ends": clock(self.ends),
        }
        return f"{said} ({self.words})" if self.words else said

    @property
    def minutes(self) -> Stretch:
        return self.starts.hour * 60 + self.starts.minute, self.ends.hour * 60 + self.ends.minute

    def touches(self, slot: Slot) -> bool:
        """Whether a visit would lie in these hours, if only in part."""
        begins, ends = slot.starts_at.astimezone(LONDON), slot.ends_at.astimezone(LONDON)
        return begins.weekday() == self.weekday and begins.time() < self.ends and self.starts < ends.time()


def taken_of(claim_id: int) -> tuple[Taken, ...]:
    """The hours that are taken, by the key of the claim, Monday first. One query."""
    return _taken(TakenHours.objects.filter(claim=claim_id))


def by_weekday(taken: Iterable[Taken]) -> dict[int, list[Stretch]]:
    """The same as minutes of each weekday, as a search for times takes them."""
    found: dict[int, list[Stretch]] = {}
    for one in taken:
        found.setdefault(one.weekday, []).append(one.minutes)
    return found


def not_at(claim_id: int) -> Mapping[int, Sequence[Stretch]]:
    """What a search for a time of a claim leaves out. One query."""
    return by_weekday(taken_of(claim_id))


def not_at_of(customer: Customer) -> Mapping[int, Sequence[Stretch]]:
    """The same for a meeting with a customer, whatever live claim they said it on. One query."""
    rows = TakenHours.objects.filter(claim__customer=customer, claim__status=ClaimStatus.LIVE)
    return by_weekday(_taken(rows))


def _taken(rows: Iterable[TakenHours]) -> tuple[Taken, ...]:
    return tuple(Taken(row.weekday, row.starts, row.ends, row.words) for row in rows)
