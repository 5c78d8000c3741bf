"""What the customer says after the first contact: the four answers again, kept as at a first conversation."""

from collections.abc import Mapping
from datetime import datetime

from waymark.interviews.enums import CallState, Direction, Stage
from waymark.interviews.models import Conversation, CustomerView, Interview
from waymark.interviews.rules import FOUR_ANSWERS
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.programme.queries import Rules


def keep_view(
    interview: Interview, view: Mapping[str, str], *, stage: Stage, rules: Rules, by: Post, now: datetime
) -> Conversation:
    """Keep the four answers in the customer's words, or the code that says why they were not asked (D:L1255)."""
    answers = {name: view.get(name, "").strip() for name in FOUR_ANSWERS}
    why_not = view.get("not_asked_because", "")
    missing = [name for name, words in answers.items() if not words]
    if missing and not why_not:
        raise Refused(
            "view_incomplete",
            f"{len(missing)} of the four answers are missing.",
            "Write down what the customer said, or say why it was not asked.",
        )
    if why_not and why_not not in rules.reasons("not_asked", by.role):
        raise Refused("no_such_reason", "That is no reason for not asking.", "Choose one from the list.")
    conversation = Conversation.objects.create(
        ref=new_ref("K"),
        interview=interview,
        pack=rules.version,
        stage=stage,
        direction=Direction.OUT,
        agent=by,
        state=CallState.FINISHED,
        started_at=now,
        touched_at=now,
        finished_at=now,
    )
    CustomerView.objects.create(conversation=conversation, **answers, not_asked_because=why_not, given_at=now)
    return conversation
