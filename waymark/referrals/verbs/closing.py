"""The end of a referral: taken back before help began, looked back on, or never taken up. Nothing follows from any."""

from datetime import date, datetime

from django.db import transaction

from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.common import clocks_of, lock, move, no_more_tasks, note, ours, reason_of, rules_on
from waymark.referrals.enums import ReferralKind, ReferralState
from waymark.referrals.models import Referral
from waymark.referrals.verbs.posting import BY_MAIL, TAKEN_BACK, close_passes, dispatch

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
