"""Meetings of more than two, and what they agreed: handover, what is next, case conference (R:L879, R:L964, R:L1108)."""

from waymark.casework.verbs.meetings.planning import Invited, cancel_meeting, move_meeting, plan_meeting
from waymark.casework.verbs.meetings.settling import Held, StepWanted, meeting_fell_through, settle_meeting
from waymark.casework.verbs.meetings.steps import end_step

__all__ = [
    "Held",
    "Invited",
    "StepWanted",
    "cancel_meeting",
    "end_step",
    "meeting_fell_through",
    "move_meeting",
    "plan_meeting",
    "settle_meeting",
]
