"""Every write about interviews, by noun."""

from waymark.interviews.verbs.appointments import (
    book_interview,
    cancel_interview,
    move_interview,
)
from waymark.interviews.verbs.attempts import attempt_call
from waymark.interviews.verbs.benefits import change_benefit
from waymark.interviews.verbs.calls import break_off, hold, resume, start_conversation
from waymark.interviews.verbs.checks import answer_check, ask_back
from waymark.interviews.verbs.claims import end_claim, open_claim
from waymark.interviews.verbs.decisions import decide, decide_again, replay
from waymark.interviews.verbs.letters import (
    address_is_right,
    amend_customer,
    email_bounced,
    email_is_right,
    letter_came_back,
    send_letter_again,
)
from waymark.interviews.verbs.looking_again import agree, reverse
from waymark.interviews.verbs.questions import answer_question, consult
from waymark.interviews.verbs.reading_aloud import letter_read_aloud
from waymark.interviews.verbs.recontact import (
    ask_by_letter,
    attempt_recontact,
    book_by_letter,
    bring_forward,
    end_after_recontact,
    review_waiver,
)
from waymark.interviews.verbs.stopping import lift_stop, stop_contact
from waymark.interviews.verbs.talking import (
    answer,
    explain_support,
    give_view,
    jump_to,
    offer_interview,
    say,
    write_notes,
)
from waymark.interviews.verbs.wishes import Wish, range_for

__all__ = [
    "Wish",
    "address_is_right",
    "email_bounced",
    "email_is_right",
    "agree",
    "amend_customer",
    "answer",
    "answer_check",
    "answer_question",
    "ask_by_letter",
    "ask_back",
    "attempt_call",
    "attempt_recontact",
    "book_by_letter",
    "book_interview",
    "break_off",
    "bring_forward",
    "cancel_interview",
    "change_benefit",
    "consult",
    "decide",
    "decide_again",
    "end_after_recontact",
    "end_claim",
    "explain_support",
    "give_view",
    "hold",
    "jump_to",
    "letter_came_back",
    "letter_read_aloud",
    "lift_stop",
    "move_interview",
    "offer_interview",
    "open_claim",
    "range_for",
    "replay",
    "resume",
    "reverse",
    "review_waiver",
    "say",
    "send_letter_again",
    "start_conversation",
    "stop_contact",
    "write_notes",
]
