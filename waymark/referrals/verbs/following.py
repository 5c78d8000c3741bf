"""What we do about a referral that is out: ring kindly, look at the wait, ask, answer, take back, meet, close."""

from datetime import datetime, timedelta

from django.db import transaction

from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.referrals import around
from waymark.referrals.access import Receiver
from waymark.referrals.common import (
    clocks_of,
    in_working_days,
    keep,
    lock,
    move,
    next_task,
    note,
    ours,
    reason_of,
    rules_on,
)
from waymark.referrals.enums import NotThere, ReferralState, Through
from waymark.referrals.models import Attendance, Feedback, Referral, ToRead
from waymark.referrals.rules import look_again_on
from waymark.referrals.verbs.answering import await_first_time
from waymark.referrals.verbs.closing import back_before_it_began
from waymark.referrals.verbs.posting import dispatch
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import make_promise

S = ReferralState


@transaction.atomic
def ring_kindly(
    referral: Referral, agreed: NotThere, *, reason: str, words: str = "", by: Post, now: datetime
) -> Referral:
    """Somebody was not there, and was rung. Go again, somebody goes along, something else, or leave it: that is all.

    reason: a code of reasons/not_come.csv, and “did not say” is a good one (R:L776-778).
    """
    referral = ours(referral, by)
    rules = rules_on(referral, now)
    row = reason_of(rules, "not_come", reason)
    missed = referral.attendances.filter(came=False, asked_at=None).order_by("-on").first()
    if missed is None:
        raise Refused("nobody_missed", "Nobody was missed, or it has been asked already.", "")
    if agreed == NotThere.NOT_REACHED:
        due = in_working_days(now, clocks_of(rules).ring)
        next_task(
            referral,
            TaskKind.REFERRAL_RING,
            due,
            origin=Happened.HELP_RUNG,
            words="ring again, kindly",
            by=by,
            now=now,
        )
    else:
        Attendance.objects.filter(pk=missed.pk).update(
            reason=reason, agreed=agreed, asked_at=now, asked_by=by
        )
        _as_agreed(referral, agreed, words, by, now)
    note(Happened.HELP_RUNG, referral, by=by, now=now, why=words.strip(), reason=row.title, agreed=agreed)
    return referral


def _as_agreed(referral: Referral, agreed: NotThere, words: str, by: Post, now: datetime) -> None:
    clocks = clocks_of(rules_on(referral, now))
    if agreed in {NotThere.ENCOURAGED, NotThere.ACCOMPANY}:
        along = agreed == NotThere.ACCOMPANY
        if referral.state in S.under_way():
            due = max(referral.feedback_due_on or day_of(now), in_working_days(now, clocks.patience))
            task, text = TaskKind.REFERRAL_FEEDBACK, "are they there again?"
        else:
            due, task = in_working_days(now, clocks.patience), TaskKind.REFERRAL_WAIT
            text = (
                "is there another first time? Somebody goes along."
                if along
                else "is there another first time?"
            )
        next_task(referral, task, due, origin=Happened.HELP_RUNG, words=text, by=by, now=now)
        return
    code = "something_else" if agreed == NotThere.ALTERNATIVE else "customer_stopped"
    if referral.state in S.under_way():
        move(referral, S.ENDED, ended_on=day_of(now), ended_code=code, feedback_due_on=None)
        around.help_ends(referral, why="The customer goes no longer.", by=by, now=now)
        _meet_next(referral, by, now)
    else:
        back_before_it_began(referral, code, words, by, now)
    if agreed == NotThere.ALTERNATIVE and referral.state == S.WITHDRAWN:
        _find_something_else(referral, by, now)


@transaction.atomic
def look_at_wait(referral: Referral, *, words: str, alternative: bool, by: Post, now: datetime) -> Referral:
    """The wait was looked at with the customer or the service. alternative: something else was offered (R:L500)."""
    referral = ours(referral, by)
    if referral.state not in S.waiting() or referral.sent_at is None:
        raise Refused("nobody_waits", "Nobody waits for this referral now.", "")
    if not words.strip():
        raise Refused("no_words", "It is not said what came of it.", "Write it in a few words.")
    if alternative:
        keep(referral, alternative_offered_on=day_of(now))
    clocks = clocks_of(rules_on(referral, now))
    if (
        referral.appointment_at is not None
        and referral.appointment_at > now
        and referral.state == S.APPOINTMENT
    ):
        if not alternative and referral.alternative_offered_on is None:
            keep(referral, alternative_offered_on=day_of(now))
        await_first_time(referral, Receiver(by.person.name, Through.TOLD_US, by), now)
    else:
        on = day_of(now)
        due = look_again_on(
            day_of(referral.sent_at), on, clocks, organisations.holidays(), referral.contact_by
        )
        kind = TaskKind.REFERRAL_ANSWER if referral.state == S.SENT else TaskKind.REFERRAL_WAIT
        next_task(
            referral,
            kind,
            due,
            origin=Happened.REFERRAL_WAIT_LOOKED_AT,
            words="still waiting",
            by=by,
            now=now,
        )
    note(
        Happened.REFERRAL_WAIT_LOOKED_AT, referral, by=by, now=now, why=words.strip(), alternative=alternative
    )
    return referral


@transaction.atomic
def chase(referral: Referral, *, words: str = "", by: Post, now: datetime) -> Referral:
    """We asked the service again: for an answer, for news, or for the report. Written where it takes writing."""
    referral = ours(referral, by)
    if referral.state not in S.with_the_service() | {S.ENDED}:
        raise Refused("not_with_service", "The service does not have this referral now.", "")
    clocks = clocks_of(rules_on(referral, now))
    made = dispatch(referral, "reminder", days=clocks.link_days, by=by, now=now)
    assert referral.task is not None
    kind = TaskKind(referral.task.kind)
    due = in_working_days(now, clocks.patience)
    next_task(referral, kind, due, origin=Happened.HELP_FEEDBACK_ASKED, words="asked again", by=by, now=now)
    if referral.state in S.under_way():
        keep(referral, feedback_due_on=due)
    note(
        Happened.HELP_FEEDBACK_ASKED,
        referral,
        by=by,
        now=now,
        why=words.strip(),
        written=made is not None,
    )
    return referral


@transaction.atomic
def hear_from_customer(referral: Referral, words: str, *, by: Post, now: datetime) -> Referral:
    """How it goes as the customer tells it: what is compared with what the service says (R:L788)."""
    referral = ours(referral, by)
    if referral.state not in S.under_way():
        raise Refused("not_under_way", "No help is under way.", "")
    if not words.strip():
        raise Refused("no_words", "Nothing is written.", "Write what the customer said.")
    clocks = clocks_of(rules_on(referral, now))
    due = next_working_day(day_of(now) + timedelta(weeks=clocks.feedback_weeks), organisations.holidays())
    if referral.feedback_due_on is not None:
        keep(referral, feedback_due_on=due)
    next_task(
        referral,
        TaskKind.REFERRAL_FEEDBACK,
        due,
        origin=Happened.HELP_FEEDBACK_ASKED,
        words="how does it go?",
        by=by,
        now=now,
    )
    note(Happened.HELP_FEEDBACK_ASKED, referral, by=by, now=now, why=words.strip(), from_customer=True)
    return referral


@transaction.atomic
def read_feedback(feedback: Feedback, *, by: Post, now: datetime) -> Feedback:
    """One of those it is for has read it. Twice changes nothing."""
    count = ToRead.objects.filter(feedback=feedback, person=by.person_id, read_at=None).update(read_at=now)
    if count:
        note(Happened.HELP_FEEDBACK_READ, lock(feedback.referral), by=by, now=now)
    return feedback


def _meet_next(referral: Referral, by: Post, now: datetime) -> None:
    due = in_working_days(now, clocks_of(rules_on(referral, now)).meeting)
    next_task(
        referral,
        TaskKind.REFERRAL_MEETING,
        due,
        origin=Happened.HELP_ENDED,
        words="what would they like instead?",
        by=by,
        now=now,
    )


def _find_something_else(referral: Referral, by: Post, now: datetime) -> None:
    """The wish for something else is kept: a promise, with an owner and a day."""
    from_now = in_working_days(now, clocks_of(rules_on(referral, now)).returned)
    make_promise(
        referral.claim,
        words=f"Find something else than {referral.service.name}",
        due_on=from_now,
        by=by,
        now=now,
    )


def look_sooner(referral: Referral, words: str, *, by: Post | None, now: datetime) -> None:
    """The next look at a referral comes near, where it would be later. Part of another act, whose event says why."""
    referral = lock(referral)
    task = referral.task
    soon = in_working_days(now, clocks_of(rules_on(referral, now)).patience)
    if task is None or task.closed_at is not None or task.due_on <= soon:
        return
    next_task(
        referral, TaskKind(task.kind), soon, origin=Happened.PLAN_BARRIERS_SET, words=words, by=by, now=now
    )
