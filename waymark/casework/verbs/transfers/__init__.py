"""A case goes to somebody else: asked, answered, lent, brought back (R:L1120)."""

from waymark.casework.verbs.transfers.answering import answer_transfer, lapse_transfer
from waymark.casework.verbs.transfers.asking import propose_transfer, withdraw_transfer
from waymark.casework.verbs.transfers.coming_back import prolong, return_case
from waymark.casework.verbs.transfers.sense import Wanted
from waymark.casework.verbs.transfers.taking_effect import have_met

__all__ = [
    "Wanted",
    "answer_transfer",
    "have_met",
    "lapse_transfer",
    "prolong",
    "propose_transfer",
    "return_case",
    "withdraw_transfer",
]
