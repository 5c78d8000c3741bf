"""Tables of interviews, by noun."""

from waymark.interviews.models.conversation import (
    Answer,
    CallAttempt,
    Conversation,
    CustomerView,
    Question,
    Said,
)
from waymark.interviews.models.decision import Check, Decision, Deferral, Waiver
from waymark.interviews.models.diary import Appointment, DiaryEntry, WorkingPattern
from waymark.interviews.models.interview import Interview

__all__ = [
    "Answer",
    "Appointment",
    "CallAttempt",
    "Check",
    "Conversation",
    "CustomerView",
    "Decision",
    "Deferral",
    "DiaryEntry",
    "Interview",
    "Question",
    "Said",
    "Waiver",
    "WorkingPattern",
]
