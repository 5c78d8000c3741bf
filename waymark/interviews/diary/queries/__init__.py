"""Reading diaries, by noun: free times, the week and the day of an office, one person's appointments."""

from waymark.interviews.diary.queries.days import Item, PersonDay, day, my_appointments, person_week
from waymark.interviews.diary.queries.entries import entries_at, live_entries
from waymark.interviews.diary.queries.moments import day_words, moment
from waymark.interviews.diary.queries.reach import (
    advisers_of,
    appointments_seen_by,
    blocks_of,
    hours_of,
    office_of_diary,
    offices_seen_by,
    people_seen_by,
    reasons_for_change,
)
from waymark.interviews.diary.queries.search import SlotSearch, find_slots, slots_to_move_to, wishes_of
from waymark.interviews.diary.queries.slots import (
    slot_from_key,
    slot_key,
    slot_sentence,
    slot_words,
    slots_by_day,
)
from waymark.interviews.diary.queries.together import Together, times_together
from waymark.interviews.diary.queries.weeks import DayLoad, OfficeWeek, booked_in_week, usual, week

__all__ = [
    "DayLoad",
    "Item",
    "OfficeWeek",
    "PersonDay",
    "SlotSearch",
    "Together",
    "advisers_of",
    "appointments_seen_by",
    "blocks_of",
    "booked_in_week",
    "day",
    "day_words",
    "entries_at",
    "find_slots",
    "hours_of",
    "live_entries",
    "moment",
    "my_appointments",
    "office_of_diary",
    "offices_seen_by",
    "people_seen_by",
    "person_week",
    "reasons_for_change",
    "slot_from_key",
    "slot_key",
    "slot_sentence",
    "slot_words",
    "slots_by_day",
    "slots_to_move_to",
    "times_together",
    "usual",
    "week",
    "wishes_of",
]
