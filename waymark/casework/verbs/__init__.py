"""Every write about cases."""

from waymark.casework.verbs.cases import close_case, name_manager, take_on
from waymark.casework.verbs.contacts import log_contact, note_wish, set_rhythm
from waymark.casework.verbs.enquiries import answer_enquiry, enquire, keep_case, settle_enquiry
from waymark.casework.verbs.hearing import open_news, read_news, told_by_word
from waymark.casework.verbs.meetings import (
    Held,
    Invited,
    StepWanted,
    cancel_meeting,
    end_step,
    meeting_fell_through,
    move_meeting,
    plan_meeting,
    settle_meeting,
)
from waymark.casework.verbs.transfers import (
    Wanted,
    answer_transfer,
    have_met,
    lapse_transfer,
    prolong,
    propose_transfer,
    return_case,
    withdraw_transfer,
)
from waymark.casework.verbs.workers import add_worker, end_worker, set_party

__all__ = [
    "Held",
    "Invited",
    "StepWanted",
    "Wanted",
    "add_worker",
    "answer_enquiry",
    "answer_transfer",
    "cancel_meeting",
    "close_case",
    "end_step",
    "end_worker",
    "enquire",
    "have_met",
    "keep_case",
    "lapse_transfer",
    "log_contact",
    "meeting_fell_through",
    "move_meeting",
    "name_manager",
    "note_wish",
    "open_news",
    "plan_meeting",
    "prolong",
    "propose_transfer",
    "read_news",
    "return_case",
    "set_party",
    "set_rhythm",
    "settle_enquiry",
    "settle_meeting",
    "take_on",
    "told_by_word",
    "withdraw_transfer",
]
