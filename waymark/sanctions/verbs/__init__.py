"""Every write about not attending, by noun. Each step is a person's act."""

from waymark.sanctions.verbs.challenging import challenge, decide_challenge
from waymark.sanctions.verbs.deciding import Verdict, rule
from waymark.sanctions.verbs.hearing import give_reason, judge_reason, note_attempt
from waymark.sanctions.verbs.opening import open_breach
from waymark.sanctions.verbs.payment import lift, may_take_effect, put_into_effect, set_aside, welfare_called
from waymark.sanctions.verbs.putting_right import draft_letters, leave_as_is, put_right
from waymark.sanctions.verbs.referring import close, refer, would_be_paid
from waymark.sanctions.verbs.safeguards import Said, answer_safeguards, note_visit, plan_visit

__all__ = [
    "Said",
    "Verdict",
    "answer_safeguards",
    "challenge",
    "close",
    "decide_challenge",
    "draft_letters",
    "give_reason",
    "judge_reason",
    "leave_as_is",
    "lift",
    "may_take_effect",
    "note_attempt",
    "note_visit",
    "open_breach",
    "plan_visit",
    "put_into_effect",
    "put_right",
    "refer",
    "rule",
    "set_aside",
    "welfare_called",
    "would_be_paid",
]
