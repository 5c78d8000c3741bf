"""What the passing of a day does to calls and diaries."""

from datetime import date, datetime

from waymark.interviews.diary import verbs as diary
from waymark.interviews.enums import CallState
from waymark.interviews.models import Conversation
from waymark.interviews.verbs.calls import leave_off


def run(on: date, now: datetime) -> dict[str, int]:
    """Time kept free and not taken is freed; a conversation nobody ended becomes one to finish."""
    return {"times_freed": diary.release_expired(now), "calls_to_finish": _leave_off_forgotten(on, now)}


def _leave_off_forgotten(on: date, now: datetime) -> int:
    forgotten = Conversation.objects.filter(
        state__in=[CallState.OPEN, CallState.ON_HOLD], touched_at__date__lt=on
    ).select_related("interview__claim__customer", "interview__claim__office", "agent__team", "agent__person")
    for conversation in forgotten:
        leave_off(conversation, now=now)
    return len(forgotten)
