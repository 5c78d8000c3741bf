"""People join, hold posts, are away, leave; places open; local values are set. Each act is noted once.

Handing a leaver's tasks back is the worklist's part: `waymark.worklist.people` does both.
"""

from waymark.staffing.verbs.absences import end_absence, note_absence
from waymark.staffing.verbs.holidays import load_holidays, remove_holiday
from waymark.staffing.verbs.local_values import allowed_words, end_local_value, set_local_value, words_of
from waymark.staffing.verbs.people import add_person, come_back, end_post, give_post, leave, note_sign_in_link
from waymark.staffing.verbs.places import add_office, add_room, find_or_add_district, move_posts, open_team

__all__ = [
    "add_office",
    "add_person",
    "add_room",
    "come_back",
    "end_absence",
    "end_local_value",
    "end_post",
    "find_or_add_district",
    "give_post",
    "leave",
    "load_holidays",
    "move_posts",
    "note_absence",
    "note_sign_in_link",
    "open_team",
    "remove_holiday",
    "set_local_value",
    "allowed_words",
    "words_of",
]
