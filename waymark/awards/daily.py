"""What the passing of a day does to awards: they begin, are asked after, are spoken of before they end, and end.

All of it goes on when the claim has ended: the credit is for people who have left the benefit (E:L365-367).
"""

from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet

from waymark.awards.enums import AWARD_LIFE, WEEKLY, AwardKind, AwardState
from waymark.awards.holding import Shown
from waymark.awards.models import Award
from waymark.awards.rules import pounds
from waymark.awards.verbs.common import note, owner, rules_for, task, tell
from waymark.awards.verbs.waiting import ask
from waymark.kernel.clock import words as day_words
from waymark.kernel.working_days import next_working_day
from waymark.notices.enums import NoticeKind
from waymark.organisations import queries as organisations
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind

LONGEST_WARNING = timedelta(days=183)
SHOWN_BY = {
    AwardKind.RETURN_TO_WORK_CREDIT: "your last pay slip, or a line from your employer",
    AwardKind.JOB_PREPARATION_PREMIUM: "a line from whoever you do it with",
}


def run(on: date, now: datetime) -> dict[str, int]:
    """Run twice, it changes nothing the second time."""
    return {
        "awards_begun": _begin(on, now),
        "awards_asked_after": _ask(on, now),
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


def _ask(on: date, now: datetime) -> int:
    """The customer is asked whether it goes on before a payment has to wait for that; somebody sees to the answer."""
    rows = list(_whole().filter(state=AwardState.RUNNING, kind__in=WEEKLY, starts_on__lt=on))
    shown = Shown(rows, on)
    asked = 0
    for award in rows:
        enough, last = shown.enough_until(award), shown.last(award)
        if enough is None or award.until is None or enough >= award.until:
            continue
        if award.asked_on is not None and (last is None or last < award.asked_on):
            continue
        if enough - timedelta(days=shown.rules(award).value("awards.ask_days_before")) > on:
            continue
        _ask_for(award, enough, on, now)
        asked += 1
    return asked


def _ask_for(award: Award, show_by: date, on: date, now: datetime) -> None:
    award.asked_on = on
    award.save(update_fields=["asked_on"])
    words = f"{AwardKind(award.kind).label.capitalize()}: does it go on? Payments for the time after"
    ask(award, show_by, f"{words} {day_words(show_by)} wait.", origin=Happened.AWARD_AGREED, by=None, now=now)
    said = {"award_name": AwardKind(award.kind).label, "show_by": show_by, **_who(award)}
    said["what_shows_it"] = SHOWN_BY[AwardKind(award.kind)]
    letter = tell(award.claim, NoticeKind.AWARD_STILL_THERE, said, by=None, now=now)
    note(
        Happened.AWARD_ASKED_AFTER,
        award,
        by=None,
        now=now,
        show_by=show_by.isoformat(),
        told=letter is not None,
    )


def _who(award: Award) -> dict[str, str]:
    """Who answers, where they still work here; else the letter names the office."""
    person = award.decided_by.person
    return {"contact_name": person.name} if person.left_on is None else {}


def _warn(on: date, now: datetime) -> int:
    """Somebody talks with the customer before it ends: what comes then (M:L1342-1345, M:L3042). A letter says so."""
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
            words=f"{AwardKind(award.kind).label.capitalize()} ends on {day_words(award.until)}."
            " Talk about what comes then.",
            origin=Happened.AWARD_AGREED,
            by=None,
            now=now,
        )
        _tell_it_ends(award, award.until, now)
        warned += 1
    return warned


def _tell_it_ends(award: Award, last_day: date, now: datetime) -> None:
    said = {
        "award_name": AwardKind(award.kind).label,
        "last_day_of_award": last_day,
        "still_to_come": _still_to_come(award),
        **_who(award),
    }
    letter = tell(award.claim, NoticeKind.AWARD_ENDS_SOON, said, by=None, now=now)
    note(
        Happened.AWARD_ENDING_SOON,
        award,
        by=None,
        now=now,
        last_day=last_day.isoformat(),
        told=letter is not None,
    )


def _still_to_come(award: Award) -> str:
    parts = list(award.instalments.filter(batch=None, dropped_at=None).values_list("pence", flat=True))
    if not parts:
        return ""
    number = f"in {len(parts)} payments" if len(parts) > 1 else "in one payment"
    return f"{pounds(sum(parts))} {number}"


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
