"""Writing as a manager: many appointments moved at once, customers handed over, somebody leaves.

Each customer is moved in a savepoint of their own: what is refused for one leaves the others as they are moved,
and is listed and kept as a dated task.
"""

from waymark.interviews.managing.verbs.absences import Left, Rebooked, ask_to_move, rebook_absence
from waymark.interviews.managing.verbs.handing_over import HandedOver, hand_over_caseload
from waymark.interviews.managing.verbs.leaving import adviser_leaves, what_holds_back

__all__ = [
    "HandedOver",
    "Left",
    "Rebooked",
    "adviser_leaves",
    "ask_to_move",
    "hand_over_caseload",
    "rebook_absence",
    "what_holds_back",
]
