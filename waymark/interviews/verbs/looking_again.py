"""What a team leader settles: agree, or reverse."""

from datetime import date, datetime

from django.db import transaction

from waymark.interviews import access
from waymark.interviews.enums import DECISION_LIFE, CheckState, Choice, DecisionState, InterviewState
from waymark.interviews.models import Check, Decision
from waymark.interviews.queries.wishes import open_wishes
from waymark.interviews.verbs.appointments import to_be_booked
from waymark.interviews.verbs.checks import close_check, locked, mark_reversed
from waymark.interviews.verbs.common import lock, refs, set_state
from waymark.interviews.verbs.effects import put_in_force
from waymark.interviews.verbs.putting_off import end_deferral, end_waiver
from waymark.kernel.clock import day_of
from waymark.kernel.clock import words as words_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def agree(check: Check, *, words: str = "", knows_wishes: bool = False, by: Post, now: datetime) -> Check:
    """Agree. A proposal comes into force now; a decision that holds already is checked.

    knows_wishes: whoever agrees has read what the customer would like and is still owed. Without it nobody agrees to
    ask for no interview beside an open wish (E:L2115-2118, E:L3109-3114).
    """
    check = locked(check)
    insist(access.may_look_again(check, by))
    decision = check.decision
    decision.interview = lock(decision.interview)
    wishes = list(open_wishes(decision)) if decision.choice == Choice.WAIVE else []
    if wishes and not knows_wishes:
        raise Refused(
            "wish_open",
            f"The customer would like something and waits for an answer: {wishes[0]}.",
            "Read it and say that you know of it; the answer stays owed.",
        )
    proposed = decision.state == DecisionState.PROPOSED
    if proposed:
        _insist_still_to_come(decision, day_of(now))
        DECISION_LIFE.insist(decision.state, DecisionState.IN_FORCE)
        decision.state = DecisionState.IN_FORCE
        decision.save(update_fields=["state"])
        put_in_force(decision, slot=None, by=by, now=now)
    close_check(check, CheckState.AGREED, words, by, now)
    note_event(
        Happened.DECISION_AUTHORISED if proposed else Happened.DECISION_CHECKED,
        by=by,
        now=now,
        why=words,
        choice=decision.choice,
        decided_by=decision.decided_by.person.name,
        wishes=wishes,
        **refs(decision.interview.claim),
    )
    return check


def _insist_still_to_come(decision: Decision, on: date) -> None:
    """A proposal that waited too long cannot be put in force for days that have passed."""
    ends = decision.until or decision.review_on
    if ends is not None and ends <= on:
        raise Refused(
            "waited_too_long",
            f"The day in this proposal, {words_of(ends)}, has come.",
            "Reverse it, so that the customer is asked again.",
        )


@transaction.atomic
def reverse(check: Check, *, words: str, by: Post, now: datetime) -> Check:
    """Undo a deferral or waiver, with why: the interview is to be booked, and letters not yet sent are withdrawn."""
    check = locked(check)
    insist(access.may_look_again(check, by))
    if not words.strip():
        raise Refused(
            "no_reason", "A reversal needs its reason.", "Write why, so that the decider can learn from it."
        )
    decision = check.decision
    interview = decision.interview = lock(decision.interview)
    # Of a proposal that is not agreed, the deferral before it has had its re-contact: what follows is a booking.
    outcome = "book" if decision.state == DecisionState.PROPOSED else "reversed"
    if mark_reversed(decision):
        end_deferral(interview, outcome=outcome, now=now)
        end_waiver(interview, outcome=outcome, now=now)
        if interview.state in {InterviewState.DEFERRED, InterviewState.WAIVED}:
            set_state(interview, InterviewState.DUE)
        notices.withdraw_waiting(interview.claim, why="The decision was reversed.", by=by, now=now)
        if interview.state == InterviewState.DUE:
            to_be_booked(interview, origin=Happened.DECISION_REVERSED, words=words, by=by, now=now)
    close_check(check, CheckState.REVERSED, words, by, now)
    note_event(
        Happened.DECISION_REVERSED,
        by=by,
        now=now,
        why=words,
        choice=decision.choice,
        decided_by=decision.decided_by.person.name,
        **refs(interview.claim),
    )
    return check
