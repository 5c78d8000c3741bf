"""Pure decisions about interviews, where a table does not fit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from waymark.kernel.clock import add_months, at, day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import last_working_day, next_working_day, next_working_moment

FOUR_ANSWERS = ("appropriate_now", "when", "return_circumstances", "support_wanted")


def recontact_day(until: date, days_before: int, starts_on: date, holidays: Collection[date]) -> date:
    """The day to get in touch: so many days before the end (D:L838), on a working day, not before the start."""
    return max(last_working_day(until - timedelta(days=days_before), holidays), starts_on)


@dataclass(frozen=True)
class Range:
    """The usual stretch for the end of a deferral."""

    earliest: date
    latest: date
    leader_after: date

    def says(self, until: date) -> str:
        """Why this end needs a word of explanation; empty when it is within the usual stretch."""
        if until < self.earliest:
            return "This is shorter than is usual for this reason."
        if until > self.latest:
            return "This is longer than is usual for this reason."
        return ""


def usual_range(
    on: date,
    *,
    min_days: int,
    max_days: int | None,
    max_months: int,
    leader_months: int,
    advised: tuple[date | None, date | None] = (None, None),
) -> Range:
    """The advised stretch where the table gives one, otherwise the reason's, otherwise the programme's (D:L968)."""
    earliest = advised[0] or on + timedelta(days=min_days)
    latest = advised[1] or (on + timedelta(days=max_days) if max_days else add_months(on, max_months))
    return Range(earliest, max(earliest, latest), add_months(on, leader_months))


@dataclass(frozen=True)
class SoFar:
    """How far a conversation has come."""

    support_explained_at: datetime | None
    offered_at: datetime | None
    view_given: bool


def may_decide(so_far: SoFar, choice: str) -> Refused | None:
    """Support explained, then the interview offered, then the customer's answers, then the decision (D:L1256)."""
    if so_far.support_explained_at is None:
        return Refused(
            "support_not_explained",
            "The customer has not been told yet what help there is.",
            "Go through the support on offer first.",
        )
    if so_far.offered_at is None:
        return Refused(
            "not_offered", "The interview has not been offered yet.", "Offer it, whatever is decided then."
        )
    if choice != "book" and not so_far.view_given:
        return Refused(
            "view_missing",
            "The customer's own view is missing: would an interview be right now, when, what would have to change"
            " for a return to work, and what help they would like.",
            "Ask the four questions, or say why they were not asked.",
        )
    return None


def missing_facts(asks: Iterable[str], facts: Mapping[str, object], applicable: Collection[str]) -> list[str]:
    """Facts a reason asks for that nobody has asked about yet; “not known” is an answer."""
    return [name for name in asks if name in applicable and facts.get(name) is None]


def call_again_at(
    now: datetime,
    hours: int,
    other_time_of_day: bool,
    opens: time,
    closes: time,
    holidays: Collection[date],
) -> datetime:
    """When to ring next: after so many hours, when lines are open, and in the other half of the day if asked."""
    moment = next_working_moment(now + timedelta(hours=hours), opens, closes, holidays)
    if not other_time_of_day:
        return moment
    was_morning = now.time() < time(13)
    is_morning = moment.time() < time(13)
    if was_morning != is_morning:
        return moment
    if was_morning:
        return moment.replace(hour=14, minute=0, second=0, microsecond=0)
    following = next_working_day(day_of(moment) + timedelta(days=1), holidays)
    return at(following, max(opens, time(9, 30)))
