"""Every write about referrals."""

from waymark.referrals.verbs.answering import accept, acknowledge, give_it_back, make_time, vet
from waymark.referrals.verbs.asking import answer, ask
from waymark.referrals.verbs.closing import close, not_taken_up, take_back
from waymark.referrals.verbs.consenting import consent, withdraw_consent
from waymark.referrals.verbs.following import (
    chase,
    hear_from_customer,
    look_at_wait,
    read_feedback,
    ring_kindly,
)
from waymark.referrals.verbs.helping import arrived, attend, end_help, give_feedback
from waymark.referrals.verbs.posting import end_passes, make_pass, open_pass
from waymark.referrals.verbs.proposing import (
    Other,
    PriorTalk,
    decline,
    introduced,
    note_paper,
    propose,
    think_of,
)
from waymark.referrals.verbs.sending import FirstTime, send, send_more, signpost
from waymark.referrals.verbs.sent_to_us import Somebody, ask_us_to_see, cannot_see, take_up
from waymark.referrals.verbs.telling import read_changes, tell_news
from waymark.referrals.verbs.way import answer_way, arrange_way, offer_way
from waymark.referrals.verbs.weighing import ask_fit

__all__ = [
    "FirstTime",
    "Other",
    "PriorTalk",
    "Somebody",
    "accept",
    "acknowledge",
    "answer",
    "answer_way",
    "arrange_way",
    "arrived",
    "ask",
    "ask_fit",
    "ask_us_to_see",
    "attend",
    "cannot_see",
    "chase",
    "close",
    "consent",
    "decline",
    "end_help",
    "end_passes",
    "give_feedback",
    "give_it_back",
    "hear_from_customer",
    "introduced",
    "look_at_wait",
    "make_pass",
    "make_time",
    "not_taken_up",
    "note_paper",
    "offer_way",
    "open_pass",
    "propose",
    "read_changes",
    "read_feedback",
    "ring_kindly",
    "send",
    "send_more",
    "signpost",
    "take_back",
    "take_up",
    "tell_news",
    "think_of",
    "vet",
    "withdraw_consent",
]
