"""Writing diaries.

`hold`, `book`, `let_go`, `move`, `cancel`, `took_place`, `not_attended` and `release_expired` write appointments and diary
entries and nothing else: the interview's state, its tasks, notices and the event belong to the verb of the
interview that calls them in its own transaction; so do `keep_together`, `move_together` and `free_together` for the
verbs of meetings. The others (`block`, `set_hours` ...) are called by screens
and note their event.

**Locks**, always in this order, so that two callers can never wait for each other: the appointment that
is changed; the persons, by id; the rooms, by id; lapsed appointments in the way, by id. The exclusion
constraints decide in the end; the locks only make losers wait in one line. Every attempt has its own
savepoint: a caller whose time was taken gets a `Refused` and may go on in the same transaction.
"""

from waymark.interviews.diary.verbs.appointments import (
    HOLD_MINUTES,
    book,
    cancel,
    hold,
    let_go,
    move,
    not_attended,
    not_missed,
    release_expired,
    took_place,
)
from waymark.interviews.diary.verbs.hours import end_hours, set_hours
from waymark.interviews.diary.verbs.other_time import block, keep_free_after, renew_calendar_key, unblock
from waymark.interviews.diary.verbs.together import free_together, keep_together, move_together

__all__ = [
    "HOLD_MINUTES",
    "block",
    "book",
    "cancel",
    "end_hours",
    "free_together",
    "hold",
    "let_go",
    "keep_free_after",
    "keep_together",
    "move",
    "move_together",
    "not_attended",
    "not_missed",
    "release_expired",
    "renew_calendar_key",
    "set_hours",
    "took_place",
    "unblock",
]
