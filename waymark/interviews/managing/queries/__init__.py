"""Reading as a manager: how full the diaries are, what is coming, how customers keep their adviser."""

from waymark.interviews.managing.queries.ahead import (
    AbsenceAhead,
    Leaver,
    OverDay,
    absences_ahead,
    advisers_for,
    caseload_sizes,
    leaver_of,
    over_days,
    people_of,
    to_move,
)
from waymark.interviews.managing.queries.continuity import Continuity, continuity
from waymark.interviews.managing.queries.load import Arrivals, Gap, Load, WeekLoad, arrivals, gaps, load

__all__ = [
    "AbsenceAhead",
    "Arrivals",
    "Continuity",
    "Gap",
    "Leaver",
    "Load",
    "OverDay",
    "WeekLoad",
    "absences_ahead",
    "advisers_for",
    "arrivals",
    "caseload_sizes",
    "continuity",
    "gaps",
    "leaver_of",
    "load",
    "over_days",
    "people_of",
    "to_move",
]
