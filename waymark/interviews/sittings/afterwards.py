"""After an interview: somebody talks with an adviser who has had a hard one, and gets to know who was handed over."""

from datetime import datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.interviews import access
from waymark.interviews.models import Sitting
from waymark.interviews.verbs.common import refs
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks


@transaction.atomic
def debrief(sitting: Sitting, *, words: str, by: Post, now: datetime) -> Sitting:
    """Somebody has talked with the adviser after a hard interview (M:L300). Not the adviser alone with themself.

    words: what helps the adviser next time. It is about the work, and says nothing of the customer.
    """
    claim = sitting.appointment.interview.claim
    insist(access.may_work_on(claim, by))
    if sitting.adviser.person_id == by.person_id:
        raise Refused(
            "own_interview", "This was your own interview.", "A colleague or your manager talks with you."
        )
    if not words.strip():
        raise Refused("no_words", "What came of the talk?", "Write it in a sentence.")
    close_tasks(claim, TaskKind.DEBRIEF, by=by, now=now)
    note_event(
        Happened.DEBRIEFED,
        by=by,
        now=now,
        why=words.strip(),
        adviser=sitting.adviser.person.name,
        **refs(claim),
    )
    return sitting


@transaction.atomic
def get_to_know(claim: Claim, *, words: str, by: Post, now: datetime) -> None:
    """The new adviser has read what was handed over and has been in touch, or says why that waits."""
    insist(access.may_work_on(claim, by))
    if not words.strip():
        raise Refused(
            "no_words", "How did you get to know the customer?", "Write what was said, or what you read."
        )
    close_tasks(claim, TaskKind.TAKE_OVER, by=by, now=now)
    note_event(
        Happened.FOLLOWED_UP, by=by, now=now, why=words.strip(), next_on="", no_contact="", **refs(claim)
    )
