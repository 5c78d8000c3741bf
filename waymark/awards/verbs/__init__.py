"""Writing the money a customer can have."""

from waymark.awards.verbs.changing import note_change, see_evidence, stop, talk_about_end
from waymark.awards.verbs.deciding import Seen, Wish, agree, decide, decline
from waymark.awards.verbs.funding import change_fund
from waymark.awards.verbs.knowing import note_answers, note_offer
from waymark.awards.verbs.paying import pay
from waymark.awards.verbs.waiting import let_go
from waymark.awards.verbs.working_out import work_it_out

__all__ = [
    "Seen",
    "Wish",
    "agree",
    "change_fund",
    "decide",
    "decline",
    "let_go",
    "note_answers",
    "note_change",
    "note_offer",
    "pay",
    "see_evidence",
    "stop",
    "talk_about_end",
    "work_it_out",
]
