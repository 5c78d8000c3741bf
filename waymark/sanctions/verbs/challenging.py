"""The customer challenges a decision; somebody who had no part in it looks again."""

from datetime import date, datetime

from django.db import transaction

from waymark.interviews.verbs.common import team
from waymark.kernel.clock import day_of, words
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.sanctions import access
from waymark.sanctions.enums import ChallengeOutcome, LiftedBecause, RulingOutcome, SanctionState
from waymark.sanctions.models import Challenge, Ruling, Sanction
from waymark.sanctions.rules import pounds
from waymark.sanctions.verbs.common import (
    claim_of,
    insist_on_words,
    keep_in_view,
    lock_sanction,
    note,
    rules_today,
    tell,
    working_day,
)
from waymark.sanctions.verbs.payment import back_payment_words, lift_it, set_it_aside
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks, open_task


@transaction.atomic
def challenge(
    ruling: Ruling,
    words: str,
    *,
    asked_on: date,
    said_by_customer: bool = False,
    by: Post | None,
    now: datetime,
) -> Challenge:
    """Keep that the customer wants the decision looked at again. Late ones as well: whoever looks sees the days.

    by: who heard it; None where the customer has written it (`said_by_customer`).
    """
    sanction = _sanction_of(ruling)
    claim = claim_of(sanction)
    if by is not None:
        insist(access.may_lift(claim, by))
    elif not said_by_customer:
        raise Refused("who_said_it", "It is not known who said it.", "Say who wrote it down.")
    text = insist_on_words(words, "What the customer says is missing.", "Write it in their own words.")
    if asked_on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Choose today or an earlier day.")
    if ruling.challenges.filter(decided_at=None).exists():
        raise Refused(
            "challenged", "This decision is being looked at again already.", "Add to it: write a note."
        )
    made = Challenge.objects.create(ref=new_ref("H"), ruling=ruling, asked_on=asked_on, words=text)
    rules = rules_today(sanction.ruling.bundle.breach, now)
    open_task(
        claim,
        TaskKind.RECONSIDER,
        team=team(claim.office, TeamKind.DECISION_MAKERS),
        due_on=working_day(rules.value("sanctions.reconsider_within_working_days"), now),
        origin=Happened.DECISION_CHALLENGED,
        words=f"Not by {ruling.decided_by.person.name}, who decided it.",
        by=by,
        now=now,
    )
    note(
        Happened.DECISION_CHALLENGED,
        sanction.ruling.bundle.breach,
        by=by,
        now=now,
        words=text,
        late=asked_on > sanction.challenge_by,
        sanction=sanction.ref,
    )
    return made


@transaction.atomic
def decide_challenge(
    challenge: Challenge, outcome: ChallengeOutcome, because: str, *, by: Post, now: datetime
) -> Challenge:
    """Another person decides. Changed: nothing is taken off, and what was taken is paid back from its first day."""
    sanction = _sanction_of(challenge.ruling)
    challenge = (
        Challenge.objects.select_for_update(of=("self",))
        .select_related(
            "ruling__decided_by__person",
            "ruling__bundle__made_by__person",
            "ruling__bundle__breach__opened_by__person",
            "ruling__bundle__breach__interview__claim__office__district",
        )
        .get(pk=challenge.pk)
    )
    insist(access.may_reconsider(challenge, by))
    if challenge.decided_at is not None:
        raise Refused("decided_already", "This has been looked at again already.", "See what came of it.")
    challenge.because = insist_on_words(
        because, "A decision needs its reason.", "Write it for the customer to read."
    )
    challenge.outcome, challenge.decided_by, challenge.decided_at = outcome, by, now
    challenge.save(update_fields=["because", "outcome", "decided_by", "decided_at"])
    claim = claim_of(sanction)
    if outcome == ChallengeOutcome.CHANGED:
        _undo(sanction, challenge.because, by, now)
    close_tasks(claim, TaskKind.RECONSIDER, by=by, now=now)
    keep_in_view(claim, origin=Happened.CHALLENGE_DECIDED, by=by, now=now)
    breach = sanction.ruling.bundle.breach
    tell(
        claim,
        NoticeKind.RECONSIDERED,
        {"outcome_words": outcome_words(sanction, challenge)},
        contact=sanction.contact,
        rules=rules_today(breach, now),
        by=by,
        now=now,
    )
    note(
        Happened.CHALLENGE_DECIDED,
        breach,
        by=by,
        now=now,
        why=challenge.because,
        outcome=outcome,
        sanction=sanction.ref,
        state=sanction.state,
    )
    return challenge


def _undo(sanction: Sanction, because: str, by: Post, now: datetime) -> None:
    if sanction.state == SanctionState.NOTIFIED:
        set_it_aside(sanction, LiftedBecause.RECONSIDERED, words=because, tells=False, by=by, now=now)
    elif sanction.state == SanctionState.IN_EFFECT:
        first = sanction.starts_on
        lift_it(sanction, LiftedBecause.RECONSIDERED, from_day=first, words=because, by=by, now=now)
    elif sanction.state == SanctionState.LIFTED:
        # It ended before; what was taken until then is owed as well.
        Sanction.objects.filter(pk=sanction.pk).update(
            lifted_from=sanction.starts_on, lifted_because=LiftedBecause.RECONSIDERED, lifted_words=because
        )
        sanction.refresh_from_db(fields=["lifted_from", "lifted_because", "lifted_words"])


def outcome_words(sanction: Sanction, challenge: Challenge) -> str:
    """What came of it, for the letter: with the money, where there was any."""
    if challenge.outcome == ChallengeOutcome.UPHELD:
        return f"The decision stands. {challenge.because}"
    paid = f"You are paid {pounds(sanction.paid_before)} a week, as before."
    back = back_payment_words(sanction)
    since = f"This holds from {words(sanction.starts_on)}, as if it had never been decided otherwise."
    return " ".join(
        part for part in ("The decision is changed.", challenge.because, paid, since, back) if part
    )


def _sanction_of(ruling: Ruling) -> Sanction:
    if ruling.outcome != RulingOutcome.SANCTION:
        raise Refused("nothing_to_challenge", "Nothing was taken off by this decision.", "Ask what is wrong.")
    return lock_sanction(
        Sanction.objects.select_related("ruling__bundle__breach__interview").get(ruling=ruling)
    )
