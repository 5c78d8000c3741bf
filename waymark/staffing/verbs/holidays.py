"""Bank holidays."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import BankHoliday, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.staffing import access
from waymark.staffing.verbs.insisting import iso, words


@transaction.atomic
def load_holidays(days: Mapping[date, str], *, by: Post | None, now: datetime) -> int:
    """Add bank holidays; a day that is known takes the new name. Says how many days are new."""
    insist(access.may_administer(by))
    known = set(BankHoliday.objects.filter(day__in=days).values_list("day", flat=True))
    BankHoliday.objects.bulk_create(
        [BankHoliday(day=day, name=name) for day, name in days.items()],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["name"],
    )
    new = len(days.keys() - known)
    note_event(
        Happened.HOLIDAYS_LOADED, by=by, now=now, days=len(days), new=new, last=iso(max(days, default=None))
    )
    return new


@transaction.atomic
def remove_holiday(day: date, *, why: str, by: Post | None, now: datetime) -> None:
    """Take a day off the list that is no bank holiday."""
    insist(access.may_administer(by))
    if not why.strip():
        raise Refused("no_reason", "Taking a bank holiday off the list needs a reason.", "Write why.")
    gone, _each = BankHoliday.objects.filter(day=day).delete()
    if not gone:
        raise Refused("no_such_holiday", f"{words(day)} is not on the list.")
    note_event(Happened.HOLIDAY_REMOVED, by=by, now=now, why=why.strip(), day=iso(day))
