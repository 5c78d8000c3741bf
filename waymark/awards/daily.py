"""What the passing of a day does to awards: they begin, somebody talks before they end, they end."""

from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet

from waymark.awards.enums import AWARD_LIFE, AwardKind, AwardState
from waymark.awards.models import Award
from waymark.awards.verbs.common import note, owner, rules_for, task
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind

LONGEST_WARNING = timedelta(days=183)


def run(on: date, now: datetime) -> dict[str, int]:
    """Run twice, it changes nothing the second time."""
    return {
        "awards_begun": _begin(on, now),
        "awards_ending_soon": _warn(on, now),
        "awards_ended": _end(on, now),
    }


def _begin(on: date, now: datetime) -> int:
    begun = (
        _whole().filter(state=AwardState.AGREED, starts_on__lte=on).exclude(kind=AwardKind.DISCRETION_FUND)
    )
    for award in begun:
        AWARD_LIFE.insist(award.state, AwardState.RUNNING)
        award.state = AwardState.RUNNING
        award.save(update_fields=["state"])
        note(Happened.AWARD_BEGAN, award, by=None, now=now)
    return len(begun)


def _warn(on: date, now: datetime) -> int:
    """Somebody talks with the customer before it ends: what comes then (M:L1342-1345, M:L3042)."""
    soon = _whole().filter(
        state=AwardState.RUNNING, warned_on=None, until__gte=on, until__lte=on + LONGEST_WARNING
    )
    warned = 0
    for award in soon:
        days = rules_for(award.claim, on).value("awards.warn_days_before_end")
        if award.until is None or award.until - timedelta(days=days) > on:
            continue
        award.warned_on = on
        award.save(update_fields=["warned_on"])
        task(
            award.claim,
            TaskKind.AWARD_ENDING,
            whose=owner(award.claim, award.decided_by),
            due_on=next_working_day(on, organisations.holidays()),
            words=f"{AwardKind(award.kind).label.capitalize()} ends on {award.until.day} {award.until:%B %Y}."
            " Talk about what comes then.",
            origin=Happened.AWARD_AGREED,
            by=None,
            now=now,
        )
        warned += 1
    return warned


def _end(on: date, now: datetime) -> int:
    over = _whole().filter(state=AwardState.RUNNING, until__lt=on)
    for award in over:
        AWARD_LIFE.insist(award.state, AwardState.ENDED)
        award.state, award.ended_on = AwardState.ENDED, award.until
        award.save(update_fields=["state", "ended_on"])
        note(Happened.AWARD_ENDED, award, by=None, now=now, last_day=_iso(award.until))
    return len(over)


def _whole() -> QuerySet[Award]:
    return Award.objects.select_related(
        "claim__customer", "claim__office__district", "decided_by__person", "decided_by__team__office"
    ).order_by(F("until").asc(nulls_last=True), "pk")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
