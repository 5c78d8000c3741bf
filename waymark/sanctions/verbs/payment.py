"""What a reduction goes through: the call about it, taking effect, being set aside, being lifted."""

from datetime import date, datetime

from django.db import transaction

from waymark.kernel.clock import day_of, words
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.sanctions import access
from waymark.sanctions.enums import SANCTION_LIFE, LiftedBecause, SanctionState
from waymark.sanctions.models import Sanction
from waymark.sanctions.queries.gates import cannot_read, is_required, is_stopped
from waymark.sanctions.rules import pounds, taken
from waymark.sanctions.verbs.common import (
    claim_of,
    insist_on_answers,
    insist_on_words,
    keep_in_view,
    lock_sanction,
    note,
    rules_today,
    tell,
)
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks

OF_A_REDUCTION = (TaskKind.PUT_INTO_EFFECT, TaskKind.WELFARE_CALL, TaskKind.LIFT)
FROM_THE_START = frozenset({LiftedBecause.RECONSIDERED, LiftedBecause.OUR_MISTAKE})


@transaction.atomic
def welfare_called(sanction: Sanction, found: str, *, by: Post, now: datetime) -> Sanction:
    """Somebody has rung about the letter: what the customer understood, and what they need (P:L1364)."""
    sanction = lock_sanction(sanction)
    insist(access.may_lift(claim_of(sanction), by))
    sanction.welfare_words = insist_on_words(found, "What the call found is missing.", "Write it.")
    sanction.welfare_at, sanction.welfare_by = now, by
    sanction.save(update_fields=["welfare_words", "welfare_at", "welfare_by"])
    close_tasks(claim_of(sanction), TaskKind.WELFARE_CALL, by=by, now=now)
    keep_in_view(claim_of(sanction), origin=Happened.WELFARE_CALLED, by=by, now=now)
    _note(Happened.WELFARE_CALLED, sanction, by=by, now=now, words=sanction.welfare_words)
    return sanction


@transaction.atomic
def put_into_effect(sanction: Sanction, *, by: Post, now: datetime) -> Sanction:
    """Less is paid from today: a person's act, when the letter has gone, the days are over, and nothing waits."""
    sanction = lock_sanction(sanction)
    claim = claim_of(sanction)
    insist(access.may_decide(claim, by))
    insist(may_take_effect(sanction, now))
    SANCTION_LIFE.insist(sanction.state, SanctionState.IN_EFFECT)
    sanction.state, sanction.in_effect_at, sanction.in_effect_by = SanctionState.IN_EFFECT, now, by
    sanction.save(update_fields=["state", "in_effect_at", "in_effect_by"])
    close_tasks(claim, TaskKind.PUT_INTO_EFFECT, by=by, now=now)
    keep_in_view(claim, origin=Happened.SANCTION_IN_EFFECT, by=by, now=now)
    _note(Happened.SANCTION_IN_EFFECT, sanction, by=by, now=now, paid_after=pounds(sanction.paid_after))
    return sanction


def may_take_effect(sanction: Sanction, now: datetime) -> Refused | None:
    """Whether less may be paid from now on; if not, why, and what would make it possible."""
    claim = claim_of(sanction)
    letter = sanction.notice
    if letter.state != NoticeState.SENT or letter.sent_at is None or letter.sent_at >= now:
        return Refused("not_told", "The customer has not been told yet.", "Wait until the letter has gone.")
    if letter.came_back_on is not None:
        return Refused(
            "not_told",
            f"The letter that told the customer came back on {words(letter.came_back_on)}.",
            "Send it again to the right address, or set the reduction aside.",
        )
    if letter.read_aloud_on is None and cannot_read(claim.customer_id):
        return Refused(
            "not_told",
            "The customer cannot read, and nobody has read the letter to them yet.",
            "Have it read to them first.",
        )
    earliest = earliest_day(sanction, now)
    if day_of(now) < earliest:
        return Refused(
            "day_to_come",
            "The day from which less is paid has not come yet.",
            f"It can be put into effect on {words(earliest)}, unless it is set aside before.",
        )
    if claim.status != "live" or not is_required(claim):
        return Refused("voluntary", "Nothing compulsory is asked of this customer any more.", "Set it aside.")
    if is_stopped(claim):
        return Refused("contact_stopped", "Contact with this customer is stopped.", "Set it aside, or wait.")
    if sanction.ruling.challenges.filter(decided_at=None).exists():
        return Refused(
            "challenged",
            "The customer has challenged the decision, and nobody has looked at it again yet.",
            "Another decision maker looks at it first.",
        )
    try:
        insist_on_answers(claim)
    except Refused as refused:
        return refused
    return None


def earliest_day(sanction: Sanction, now: datetime) -> date:
    """The day told, or later where the letter went out late: the customer always has the same time."""
    sent = sanction.notice.sent_at
    if sent is None:
        return sanction.starts_on
    days = rules_today(sanction.ruling.bundle.breach, now).value(
        "sanctions.notice_working_days_before_change"
    )
    return max(sanction.starts_on, add_working_days(day_of(sent), days, organisations.holidays()))


@transaction.atomic
def set_aside(
    sanction: Sanction, because: LiftedBecause, *, words: str = "", by: Post, now: datetime
) -> Sanction:
    """Nothing is taken off after all. Whoever works with the customer may, until it takes effect."""
    sanction = lock_sanction(sanction)
    insist(access.may_lift(claim_of(sanction), by))
    return set_it_aside(sanction, because, words=words, tells=True, by=by, now=now)


def set_it_aside(
    sanction: Sanction, because: LiftedBecause, *, words: str, tells: bool, by: Post | None, now: datetime
) -> Sanction:
    """What `set_aside` does, also where it follows by itself: it is in the customer's favour."""
    _end(sanction, SanctionState.SET_ASIDE, because, sanction.starts_on, words, by, now)
    if sanction.notice.state in {NoticeState.WAITING, NoticeState.HELD, NoticeState.FAILED}:
        notices.withdraw(sanction.notice, "The reduction was set aside.", by=by, now=now)
    if tells:
        _tell(
            sanction,
            NoticeKind.NO_CHANGE,
            {"reason": f"{because.label.capitalize()}.", "next_words": GO_ON},
            by,
            now,
        )
    _note_lifted(sanction, by, now)
    return sanction


@transaction.atomic
def lift(
    sanction: Sanction,
    because: LiftedBecause,
    *,
    from_day: date,
    words: str = "",
    by: Post,
    now: datetime,
) -> Sanction:
    """Full payment again from `from_day`: not later than today, and for a wrong decision from its first day."""
    sanction = lock_sanction(sanction)
    insist(access.may_lift(claim_of(sanction), by))
    lift_it(sanction, because, from_day=from_day, words=words, by=by, now=now)
    _tell(
        sanction,
        NoticeKind.PAYMENT_RESTORED,
        {
            "effective_date": sanction.lifted_from,
            "amount_after": f"{pounds(sanction.paid_before)} a week",
            "money_words": back_payment_words(sanction),
        },
        by,
        now,
    )
    _note_lifted(sanction, by, now)
    return sanction


def lift_it(
    sanction: Sanction, because: LiftedBecause, *, from_day: date, words: str, by: Post, now: datetime
) -> None:
    """The row alone: with its day, its reason and who."""
    on = day_of(now)
    if from_day > on:
        raise Refused(
            "day_to_come", "A reduction is lifted from today, or from an earlier day.", "Choose such a day."
        )
    if from_day < sanction.starts_on:
        raise Refused(
            "before_it_began", "Nothing was taken off before then.", "Choose the first day or a later one."
        )
    if because in FROM_THE_START and from_day != sanction.starts_on:
        raise Refused(
            "whole_time",
            "What should not have been decided is put right for the whole time.",
            "Choose the day it began.",
        )
    _end(sanction, SanctionState.LIFTED, because, from_day, words, by, now)


def back_payment_words(sanction: Sanction) -> str:
    """What is paid back, in a sentence; empty where nothing was taken."""
    if sanction.lifted_from is None or sanction.lifted_at is None:
        return ""
    pence = taken(sanction.reduction, sanction.lifted_from, day_of(sanction.lifted_at))
    if pence <= 0:
        return ""
    return f"For the time since then we owe you {pounds(pence)}. We pay it together with your next payment."


GO_ON = "We will get in touch about your interview. If you have a question, ring us."


def _end(
    sanction: Sanction,
    state: SanctionState,
    because: LiftedBecause,
    from_day: date,
    words: str,
    by: Post | None,
    now: datetime,
) -> None:
    SANCTION_LIFE.insist(sanction.state, state)
    sanction.state = state
    sanction.lifted_from, sanction.lifted_because = from_day, because
    sanction.lifted_words, sanction.lifted_at, sanction.lifted_by = words.strip(), now, by
    fields = ["state", "lifted_from", "lifted_because", "lifted_words", "lifted_at", "lifted_by"]
    sanction.save(update_fields=fields)
    claim = claim_of(sanction)
    close_tasks(claim, *OF_A_REDUCTION, outcome=Outcome.OVERTAKEN, by=by, now=now)
    keep_in_view(claim, origin=Happened.SANCTION_LIFTED, by=by, now=now)


def _tell(
    sanction: Sanction, kind: NoticeKind, said: dict[str, object], by: Post | None, now: datetime
) -> None:
    rules = rules_today(sanction.ruling.bundle.breach, now)
    tell(claim_of(sanction), kind, said, contact=sanction.contact, rules=rules, by=by, now=now)


def _note_lifted(sanction: Sanction, by: Post | None, now: datetime) -> None:
    _note(
        Happened.SANCTION_LIFTED,
        sanction,
        by=by,
        now=now,
        why=sanction.lifted_words,
        because=sanction.lifted_because,
        state=sanction.state,
        lifted_from=sanction.lifted_from.isoformat() if sanction.lifted_from else "",
    )


def _note(
    kind: Happened, sanction: Sanction, *, by: Post | None, now: datetime, why: str = "", **more: object
) -> None:
    note(kind, sanction.ruling.bundle.breach, by=by, now=now, why=why, sanction=sanction.ref, **more)
