"""What a service answers before help begins: it has arrived, is accepted, admitted, has a time, or comes back."""

from datetime import datetime

from django.db import transaction

from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations import queries as organisations
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.access import Receiver
from waymark.referrals.common import (
    clocks_of,
    in_working_days,
    keep,
    lock,
    move,
    next_task,
    note,
    reason_of,
    rules_on,
)
from waymark.referrals.enums import ReferralState, Through, Vetting
from waymark.referrals.models import Referral
from waymark.referrals.rules import RED, look_again_on, wait_tone, working_day_after
from waymark.referrals.verbs.missing import note_missing
from waymark.referrals.verbs.posting import close_passes
from waymark.worklist.enums import TaskKind

S = ReferralState


def taken_up(referral: Referral, by: Receiver) -> Referral:
    """The referral, locked, for somebody of the service who may act on it."""
    referral = lock(referral)
    insist(access.may_answer(referral, by))
    return referral


def said(by: Receiver) -> dict[str, str]:
    """Who said it, for the event."""
    return {"said_by": by.name.strip()[:100], "through": by.through}


@transaction.atomic
def acknowledge(referral: Referral, *, by: Receiver, now: datetime) -> Referral:
    """It has arrived. A second time changes nothing."""
    referral = taken_up(referral, by)
    if referral.acknowledged_at is not None:
        return referral
    if referral.appointment_at is not None:
        move(referral, S.APPOINTMENT, acknowledged_at=now)
        await_first_time(referral, by, now)
    else:
        move(referral, S.ACKNOWLEDGED, acknowledged_at=now)
        _watch(referral, by, now, "has arrived, and waits for a place")
    note(Happened.REFERRAL_ACKNOWLEDGED, referral, by=by.post, now=now, **said(by))
    return referral


@transaction.atomic
def accept(referral: Referral, *, words: str = "", by: Receiver, now: datetime) -> Referral:
    """The service takes the customer; a first time is still to be made. Where an assessor looks first, that stays."""
    referral = taken_up(referral, by)
    if referral.accepted_at is not None:
        return referral
    arrived = referral.acknowledged_at or now
    if referral.appointment_at is not None and referral.state == S.SENT:
        move(referral, S.APPOINTMENT, acknowledged_at=arrived, accepted_at=now)
        await_first_time(referral, by, now)
    elif referral.state in {S.SENT, S.ACKNOWLEDGED}:
        move(referral, S.ACCEPTED, acknowledged_at=arrived, accepted_at=now)
        _watch(referral, by, now, "accepted, waits for a first time")
    else:
        keep(referral, accepted_at=now)
    note(Happened.REFERRAL_ACCEPTED, referral, by=by.post, now=now, why=words.strip(), **said(by))
    return referral


@transaction.atomic
def vet(
    referral: Referral, *, admitted: bool, words: str = "", code: str = "", by: Receiver, now: datetime
) -> Referral:
    """The programme's own assessor decides who is admitted (E:L1890). Not suitable comes back, with a reason and words."""
    referral = taken_up(referral, by)
    if referral.vetting != Vetting.NEEDED:
        raise Refused("nothing_to_vet", "No assessor’s decision is waited for.", "")
    if not admitted and not words.strip():
        raise Refused(
            "no_words", "It is not said why.", "Say why it is not suitable, for the customer to read."
        )
    arrived = referral.acknowledged_at or now
    keep(
        referral,
        vetting=Vetting.ADMITTED if admitted else Vetting.NOT_SUITABLE,
        vetted_at=now,
        vetted_by=by.name.strip()[:100],
        vetting_words=words.strip(),
        acknowledged_at=arrived,
    )
    note(
        Happened.REFERRAL_VETTED,
        referral,
        by=by.post,
        now=now,
        why=words.strip(),
        admitted=admitted,
        **said(by),
    )
    if not admitted:
        return give_back(referral, code or "too_severe", words, by, now)
    if referral.state in {S.SENT, S.ACKNOWLEDGED}:
        if referral.appointment_at is not None:
            move(referral, S.APPOINTMENT, accepted_at=now)
            await_first_time(referral, by, now)
        else:
            move(referral, S.ACCEPTED, accepted_at=now)
            _watch(referral, by, now, "admitted, waits for a first time")
    return referral


@transaction.atomic
def make_time(
    referral: Referral, *, at: datetime, where: str, with_whom: str = "", by: Receiver, now: datetime
) -> Referral:
    """A first appointment, or another one; the service tells the customer, and it stands on the customer's page."""
    referral = taken_up(referral, by)
    if at < now:
        raise Refused("first_time_past", "That time has passed.", "Give a time that is still to come.")
    if not where.strip():
        raise Refused("no_place", "It is not said where.", "Write where the customer is to come to.")
    move(
        referral,
        S.APPOINTMENT,
        appointment_at=at,
        appointment_where=where.strip()[:300],
        appointment_with=with_whom.strip()[:100],
        acknowledged_at=referral.acknowledged_at or now,
        accepted_at=referral.accepted_at or now,
    )
    await_first_time(referral, by, now)
    note(Happened.REFERRAL_TIME_MADE, referral, by=by.post, now=now, appointment=at.isoformat(), **said(by))
    return referral


@transaction.atomic
def give_it_back(referral: Referral, code: str, *, words: str = "", by: Receiver, now: datetime) -> Referral:
    """The service sends it back with a reason; somebody finds another way by a day (R:L627-633)."""
    referral = taken_up(referral, by)
    return give_back(referral, code, words, by, now)


def give_back(referral: Referral, code: str, words: str, by: Receiver, now: datetime) -> Referral:
    rules = rules_on(referral, now)
    reason = reason_of(rules, "returned", code)
    move(
        referral,
        S.RETURNED,
        returned_at=now,
        returned_code=code,
        returned_words=words.strip(),
        acknowledged_at=referral.acknowledged_at or now,
    )
    close_passes(referral, "sent back", now)
    told_us = by.post if by.through == Through.TOLD_US else None
    note_missing(referral, reason, words=words, by=told_us or referral.made_by, now=now)
    next_task(
        referral,
        TaskKind.REFERRAL_RETURNED,
        in_working_days(now, clocks_of(rules).returned),
        origin=Happened.REFERRAL_RETURNED,
        words=f"{reason.title}. {reason.columns.get('next_words', '')}".strip(),
        by=by.post,
        now=now,
    )
    note(
        Happened.REFERRAL_RETURNED,
        referral,
        by=by.post,
        now=now,
        why=words.strip(),
        reason=reason.title,
        **said(by),
    )
    return referral


def await_first_time(referral: Referral, by: Receiver, now: datetime) -> None:
    """Whether it took place is heard the day after. A time that is too far off is looked at while one waits (R:L500)."""
    assert referral.appointment_at is not None and referral.sent_at is not None
    clocks = clocks_of(rules_on(referral, now))
    holidays = organisations.holidays()
    on = day_of(referral.appointment_at)
    sent_on = day_of(referral.sent_at)
    if wait_tone(sent_on, on, clocks) == RED and referral.alternative_offered_on is None:
        next_task(
            referral,
            TaskKind.REFERRAL_WAIT,
            look_again_on(sent_on, day_of(now), clocks, holidays),
            origin=Happened.REFERRAL_TIME_MADE,
            words="the first time is after a long wait: offer something else",
            by=by.post,
            now=now,
        )
        return
    next_task(
        referral,
        TaskKind.REFERRAL_VISIT,
        working_day_after(on, clocks.visit, holidays),
        origin=Happened.REFERRAL_TIME_MADE,
        by=by.post,
        now=now,
    )


def _watch(referral: Referral, by: Receiver, now: datetime, words: str) -> None:
    assert referral.sent_at is not None
    clocks = clocks_of(rules_on(referral, now))
    due = look_again_on(
        day_of(referral.sent_at), day_of(now), clocks, organisations.holidays(), referral.contact_by
    )
    next_task(
        referral,
        TaskKind.REFERRAL_WAIT,
        due,
        origin=Happened.REFERRAL_ACKNOWLEDGED,
        words=words,
        by=by.post,
        now=now,
    )
