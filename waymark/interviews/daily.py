"""What the passing of a day does to calls, diaries and what is compulsory."""

from datetime import date, datetime

from waymark.customers.models import Claim
from waymark.interviews.diary import verbs as diary
from waymark.interviews.enums import CallState, Standing
from waymark.interviews.models import Conversation
from waymark.interviews.series.rules import MONTHS_A_YEAR
from waymark.interviews.series.verbs import recheck
from waymark.interviews.verbs.calls import leave_off
from waymark.interviews.verbs.reading_aloud import ask_to_read
from waymark.kernel.clock import add_months
from waymark.kernel.refusal import Refused
from waymark.programme.queries import holding, versions


def run(on: date, now: datetime) -> dict[str, int]:
    """Time kept free and not taken is freed; a conversation nobody ended becomes one to finish; an age is reached;
    a letter went to somebody who cannot read it."""
    return {
        "times_freed": diary.release_expired(now),
        "calls_to_finish": _leave_off_forgotten(on, now),
        "no_longer_compulsory_by_age": _free_by_age(on, now),
        "letters_to_read_out": ask_to_read(on, now),
    }


def _free_by_age(on: date, now: datetime) -> int:
    """Who has reached the age at which interviews end is not called in any more (P:L783)."""
    freed = 0
    for slug in versions().order_by("slug").values_list("slug", flat=True).distinct():
        age = _age_that_ends(slug, on)
        if not age:
            continue
        reached = Claim.objects.filter(
            programme=slug,
            status="live",
            customer__born_on__lte=add_months(on, -MONTHS_A_YEAR * age),
            requirements__until=None,
            requirements__standing=Standing.MANDATORY,
        ).select_related("customer", "office__district")
        for claim in reached:
            found = recheck(claim, by=None, now=now)
            freed += found is not None and found.standing == Standing.VOLUNTARY
    return freed


def _age_that_ends(slug: str, on: date) -> int:
    try:
        age: int = holding(slug, on).value("series.ends_at_age")
    except Refused:
        return 0  # not begun yet: no claim of it can be live
    return age


def _leave_off_forgotten(on: date, now: datetime) -> int:
    forgotten = Conversation.objects.filter(
        state__in=[CallState.OPEN, CallState.ON_HOLD], touched_at__date__lt=on
    ).select_related("interview__claim__customer", "interview__claim__office", "agent__team", "agent__person")
    for conversation in forgotten:
        leave_off(conversation, now=now)
    return len(forgotten)
