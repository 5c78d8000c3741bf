"""The customer is against an interview: the reason is kept, and other ways are offered (E:L2139-2142, E:L3326-3333)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from waymark.interviews import access
from waymark.interviews.enums import InterviewState, OtherWay
from waymark.interviews.models import Interview, Objection
from waymark.interviews.verbs.common import lock, refs, rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

TO_COME = frozenset({InterviewState.DUE, InterviewState.BOOKED})


@transaction.atomic
def note_objection(
    interview: Interview, reason: str, *, words: str, ways: Sequence[OtherWay], by: Post, now: datetime
) -> Objection:
    """Keep that the customer is against it: why, in their words, and what was offered instead. It decides nothing.

    reason: a code of reasons/against.csv. ways: at least one.
    """
    interview = lock(interview)
    claim = interview.claim
    insist(access.may_work_on(claim, by))
    if interview.state not in TO_COME:
        raise Refused("nothing_to_come", "No interview is to come.", "There is nothing to be against.")
    row = rules_for(claim, day_of(now)).reasons("against").get(reason)
    if row is None:
        raise Refused(
            "no_reason", "It is not said why.", "Choose what comes nearest; “does not say” is in the list."
        )
    if not words.strip():
        raise Refused("no_words", "It is not written what the customer says.", "Write it in their words.")
    if not ways:
        raise Refused(
            "no_other_way", "Nothing else was offered.", "Offer another way: putting it off is always one."
        )
    made = Objection.objects.create(
        ref=new_ref("O"),
        interview=interview,
        reason=reason,
        words=words.strip(),
        ways=[way for way in OtherWay if way in ways],
        on=day_of(now),
        noted_by=by,
    )
    note_event(
        Happened.OBJECTION_NOTED,
        by=by,
        now=now,
        why=made.words,
        reason=row.title,
        ways=made.ways,
        **refs(claim),
    )
    return made


def objections_of(interview: Interview) -> QuerySet[Objection]:
    """What the customer has held against an interview, the newest first. One query."""
    return Objection.objects.filter(interview=interview).select_related("noted_by__person")
