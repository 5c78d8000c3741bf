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
from waymark.interviews.models.managing import WatchedCaseload, WatchedPerson
from waymark.interviews.models.reminder import Reminder, ReminderPause
from waymark.interviews.models.replay import Replay, TouchedClaim, TouchedDecision
from waymark.interviews.models.series import (
    Caseload,
    Concern,
    HelpToAttend,
    PreCall,
    Preferences,
    Requirement,
    Screening,
    SeriesReview,
    WatchedAppointment,
    WatchedInterview,
)
from waymark.interviews.models.sitting import (
    Barrier,
    Correction,
    Interest,
    OptionShown,
    Presence,
    Sitting,
    Summary,
    TopicCovered,
    Wording,
)
from waymark.interviews.models.wishing import Objection, TakenHours

__all__ = [
    "Answer",
    "Appointment",
    "Barrier",
    "CallAttempt",
    "Caseload",
    "Check",
    "Concern",
    "Conversation",
    "Correction",
    "CustomerView",
    "Decision",
    "Deferral",
    "DiaryEntry",
    "HelpToAttend",
    "Interest",
    "Interview",
    "Objection",
    "OptionShown",
    "PreCall",
    "Preferences",
    "Presence",
    "Question",
    "Reminder",
    "ReminderPause",
    "Replay",
    "Requirement",
    "Said",
    "Screening",
    "SeriesReview",
    "Sitting",
    "Summary",
    "TakenHours",
    "TopicCovered",
    "TouchedClaim",
    "TouchedDecision",
    "Waiver",
    "WatchedAppointment",
    "WatchedCaseload",
    "WatchedInterview",
    "WatchedPerson",
    "Wording",
    "WorkingPattern",
]
