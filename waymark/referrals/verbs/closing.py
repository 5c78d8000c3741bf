"""The end of a referral: taken back before help began, looked back on, or never taken up. Nothing follows from any."""

from datetime import date, datetime

from django.db import transaction

from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.common import (
    clocks_of,
    in_working_days,
    lock,
    move,
    next_task,
    no_more_tasks,
    note,
    ours,
    reason_of,
    rules_on,
)
from waymark.referrals.enums import ReferralKind, ReferralState
from waymark.referrals.models import Referral
from waymark.referrals.verbs.posting import BY_MAIL, TAKEN_BACK, close_passes, dispatch
from waymark.worklist.enums import TaskKind

S = ReferralState


@transaction.atomic
def take_back(referral: Referral, code: str, *, words: str = "", by: Post | None, now: datetime) -> Referral:
    """It is taken back before help began, by us or because the customer does not want it any more. Nothing follows.

    by: None where the customer did it on their own page.
    """
    referral = lock(referral)
    if by is not None:
        insist(access.may_work(referral.claim, by))
    if referral.state in S.under_way():
        raise Refused("under_way", "The help is under way.", "End it: say on which day and why.")
    back_before_it_began(referral, code, words, by, now)
    return referral


def back_before_it_began(referral: Referral, code: str, words: str, by: Post | None, now: datetime) -> None:
    rules = rules_on(referral, now)
    reason = reason_of(rules, "ended", code)
    was_with_them = referral.state in S.waiting()
    move(
        referral,
        S.WITHDRAWN,
        ended_on=day_of(now),
        ended_code=code,
        ended_words=words.strip(),
    )
    close_passes(referral, "taken back", now)
    written = was_with_them and _write_to_service(referral, clocks_of(rules).link_days, by, now)
    no_more_tasks(referral, origin=Happened.REFERRAL_WITHDRAWN, words="was taken back", by=by, now=now)
    note(
        Happened.REFERRAL_WITHDRAWN,
        referral,
        by=by,
        now=now,
        why=words.strip(),
        reason=reason.title,
        tell_service=was_with_them,
        written=written,
    )


def _write_to_service(referral: Referral, days: int, by: Post | None, now: datetime) -> bool:
    """Nobody is to be waited for there (P:L559). False where it has to be said: it did not go by mail, or cannot."""
    if referral.channel not in BY_MAIL:
        return False
    try:
        return dispatch(referral, TAKEN_BACK, days=days, by=by, now=now) is not None
    except Refused:
        return False


def take_back_with_claim(referral: Referral, *, by: Post | None, now: datetime) -> None:
    """The claim has ended before help began: the service is told, so that nobody is waited for (P:L559)."""
    referral = lock(referral)
    back_before_it_began(referral, "claim_ended", "", by, now)


AFTER_CLAIM = {
    S.STARTED: (TaskKind.REFERRAL_FEEDBACK, "the claim has ended. Does this go on, and who stays in touch?"),
    S.IN_PROGRESS: (
        TaskKind.REFERRAL_FEEDBACK,
        "the claim has ended. Does this go on, and who stays in touch?",
    ),
    S.ENDED: (
        TaskKind.REFERRAL_MEETING,
        "the claim has ended. Meet or ring the customer about what is next.",
    ),
    S.RETURNED: (
        TaskKind.REFERRAL_RETURNED,
        "the claim has ended. Tell the customer where else there is help.",
    ),
}
NOBODY_LEFT = "tell the service that it is not to wait any more, and end this."


def go_on_after_claim(referral: Referral, *, by: Post | None, now: datetime) -> None:
    """Help that had begun goes on without the claim: somebody asks within days what becomes of it, and owns it.

    What was next stays next where it comes sooner, or is more than asking how it goes: a kind call, a report.
    """
    referral = lock(referral)
    rules = rules_on(referral, now)
    kind, words = AFTER_CLAIM[S(referral.state)]
    soon = in_working_days(now, clocks_of(rules).meeting)
    old = referral.task
    if old is not None and old.kind in KEPT:
        kind = TaskKind(old.kind)
        soon = min(soon, max(old.due_on, day_of(now)))
    if _nobody_left(referral, rules):
        words = NOBODY_LEFT
    next_task(
        referral,
        kind,
        next_working_day(soon, organisations.holidays()),
        origin=Happened.CLAIM_ENDED,
        words=words,
        by=by,
        now=now,
    )
    note(Happened.REFERRAL_OUTLIVES_CLAIM, referral, by=by, now=now)


KEPT = frozenset({TaskKind.REFERRAL_RING, TaskKind.REFERRAL_REPORT})


def _nobody_left(referral: Referral, rules: Rules) -> bool:
    row = rules.reasons("claim_end").get(referral.claim.end_code)
    return row is not None and row.yes("ends_help")


@transaction.atomic
def close(referral: Referral, *, words: str, met_on: date | None = None, by: Post, now: datetime) -> Referral:
    """What is next has been agreed: after help has ended, in a meeting; after a referral came back, another way."""
    referral = ours(referral, by)
    if not words.strip():
        raise Refused("no_words", "It is not said what is next.", "Write what you agreed with the customer.")
    if referral.state == S.ENDED and met_on is None:
        raise Refused(
            "no_meeting", "It is not said when you met.", "Give the day of the meeting or the call."
        )
    if met_on is not None and met_on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Write it down when you have met.")
    move(referral, S.CLOSED, met_on=met_on, next_words=words.strip())
    close_passes(referral, "looked back on", now)
    no_more_tasks(referral, origin=Happened.REFERRAL_CLOSED, words="is over", by=by, now=now)
    note(
        Happened.REFERRAL_CLOSED,
        referral,
        by=by,
        now=now,
        why=words.strip(),
        on=met_on.isoformat() if met_on else "",
    )
    return referral


@transaction.atomic
def not_taken_up(referral: Referral, *, reason: str, words: str = "", by: Post, now: datetime) -> Referral:
    """Somebody who was told of a service did not go. That is all right; it is counted, and nothing follows (R:L623)."""
    referral = ours(referral, by)
    if referral.kind != ReferralKind.SIGNPOST:
        raise Refused("no_signpost", "This is a referral.", "")
    row = reason_of(rules_on(referral, now), "not_come", reason)
    move(referral, S.NOT_TAKEN_UP, ended_on=day_of(now), ended_code=reason, ended_words=words.strip())
    no_more_tasks(referral, origin=Happened.SIGNPOST_NOT_TAKEN_UP, words="was not taken up", by=by, now=now)
    note(Happened.SIGNPOST_NOT_TAKEN_UP, referral, by=by, now=now, why=words.strip(), reason=row.title)
    return referral
