"""What a service tells us while it helps: who came, how it goes, what it asks, and how it ended."""

from datetime import date, datetime

from django.db import transaction

from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations import queries as organisations
from waymark.record.enums import Happened
from waymark.referrals import around
from waymark.referrals.access import Receiver
from waymark.referrals.common import (
    clocks_of,
    in_working_days,
    keep,
    move,
    next_task,
    note,
    reason_of,
    rules_on,
)
from waymark.referrals.enums import FeedbackKind, ReferralKind, ReferralState, Vetting
from waymark.referrals.gates import ADMITTED_FIRST
from waymark.referrals.models import Attendance, Feedback, Referral, ToRead
from waymark.referrals.rules import FEEDBACK, feedback_day
from waymark.referrals.verbs.answering import said, taken_up
from waymark.referrals.verbs.consenting import agrees
from waymark.referrals.verbs.posting import close_passes
from waymark.worklist.enums import TaskKind

S = ReferralState
BEFORE = frozenset({S.SENT, S.ACKNOWLEDGED, S.ACCEPTED, S.APPOINTMENT, S.NOT_COME})


@transaction.atomic
def attend(
    referral: Referral,
    on: date,
    *,
    came: bool,
    minutes: int | None = None,
    words: str = "",
    ends_expected: date | None = None,
    by: Receiver,
    now: datetime,
) -> Referral:
    """Somebody came, or was not there. The first coming is the beginning of the help.

    minutes: how long, of somebody who came (R:L792). ends_expected: when the help should be over, where it begins.
    Not being there leads to a kind call and to nothing else (R:L776-778).
    """
    referral = taken_up(referral, by)
    insist(_can_attend(referral, on, came, now))
    if Attendance.objects.filter(referral=referral, on=on).exists():
        raise Refused("day_recorded", "This day has been recorded already.", "Choose another day.")
    Attendance.objects.create(
        referral=referral,
        on=on,
        came=came,
        minutes=minutes if came else None,
        words=words.strip(),
        noted_by=by.post,
        at=now,
        said_by=by.name.strip()[:100],
        through=by.through,
    )
    begins = came and referral.state in BEFORE
    if begins:
        _begin(referral, on, ends_expected, by, now)
    elif not came:
        _was_not_there(referral, on, by, now)
    kind = Happened.REFERRAL_STARTED if begins else Happened.HELP_ATTENDED
    note(
        kind if came else Happened.HELP_NOT_ATTENDED,
        referral,
        by=by.post,
        now=now,
        on=on.isoformat(),
        minutes=minutes,
        **said(by),
    )
    return referral


def _can_attend(referral: Referral, on: date, came: bool, now: datetime) -> Refused | None:
    if on > day_of(now):
        return Refused("day_to_come", "That day has not come yet.", "Record it when it is over.")
    if referral.state not in S.with_the_service():
        return Refused("not_with_service", "This referral is not under way.", "Ask whoever sent it.")
    if came and referral.state in BEFORE and referral.vetting not in {Vetting.NONE, Vetting.ADMITTED}:
        return Refused("not_admitted", ADMITTED_FIRST, "Let the assessor say first whether it suits.")
    return None


def _begin(referral: Referral, on: date, ends: date | None, by: Receiver, now: datetime) -> None:
    clocks = clocks_of(rules_on(referral, now))
    if ends is None and referral.service.lasts_weeks:
        ends = date.fromordinal(on.toordinal() + 7 * referral.service.lasts_weeks)
    due = feedback_day(day_of(now), clocks, ends, organisations.holidays())
    move(
        referral,
        S.STARTED,
        started_on=on,
        ends_expected=ends if ends is not None and ends >= on else None,
        feedback_due_on=due,
        acknowledged_at=referral.acknowledged_at or now,
        accepted_at=referral.accepted_at or now,
    )
    next_task(
        referral,
        TaskKind.REFERRAL_FEEDBACK,
        due,
        origin=Happened.REFERRAL_STARTED,
        words=_hear(referral),
        by=by.post,
        now=now,
    )
    around.help_begins(referral, by=by.post, now=now)


def _hear(referral: Referral) -> str:
    if agrees(referral, FEEDBACK):
        return "how does it go?"
    return "ask the customer how it goes; the service does not tell us"


def _was_not_there(referral: Referral, on: date, by: Receiver, now: datetime) -> None:
    values: dict[str, object] = {"acknowledged_at": referral.acknowledged_at or now}
    if referral.state in {S.APPOINTMENT, S.SENT, S.ACKNOWLEDGED, S.ACCEPTED}:
        if referral.state != S.APPOINTMENT:
            move(referral, S.APPOINTMENT, appointment_at=referral.appointment_at or now)
        move(referral, S.NOT_COME, **values)
    next_task(
        referral,
        TaskKind.REFERRAL_RING,
        in_working_days(now, clocks_of(rules_on(referral, now)).ring),
        origin=Happened.HELP_NOT_ATTENDED,
        words="ring and ask how they are. Nothing follows from not going.",
        by=by.post,
        now=now,
    )


@transaction.atomic
def give_feedback(
    referral: Referral, kind: FeedbackKind, *, words: str, hoped_for: str = "", by: Receiver, now: datetime
) -> Feedback:
    """What was done and what is hoped for, as long as it needs to be, for everybody with an interest (R:L412, R:L960)."""
    referral = taken_up(referral, by)
    insist(_can_tell(referral, words, kind))
    made = _keep_feedback(referral, kind, words, hoped_for, by, now)
    clocks = clocks_of(rules_on(referral, now))
    if referral.state == S.STARTED:
        move(referral, S.IN_PROGRESS)
    if referral.state == S.ENDED:
        if kind == FeedbackKind.REPORT:
            _report_is_there(referral, by, now)
    else:
        due = feedback_day(day_of(now), clocks, referral.ends_expected, organisations.holidays())
        keep(referral, feedback_due_on=due)
        if referral.task is None or referral.task.kind != TaskKind.REFERRAL_RING:
            next_task(
                referral,
                TaskKind.REFERRAL_FEEDBACK,
                due,
                origin=Happened.HELP_FEEDBACK_GIVEN,
                words=_hear(referral),
                by=by.post,
                now=now,
            )
    _note_feedback(made, referral, by, now)
    return made


def _can_tell(referral: Referral, words: str, kind: FeedbackKind) -> Refused | None:
    if not words.strip():
        return Refused("no_words", "Nothing is written.", "Write what was done and what is hoped for.")
    if referral.state not in S.under_way() | {S.ENDED}:
        return Refused("not_under_way", "The help has not begun.", "Record the first day first.")
    if referral.state == S.ENDED and kind != FeedbackKind.REPORT:
        return Refused("help_over", "The help has ended.", "Write it as the report.")
    if not agrees(referral, FEEDBACK):
        return Refused(
            "customer_told_nothing",
            "The customer has not agreed that you tell us how it goes.",
            "Record coming and going only; ask the customer, or ask us to ask.",
        )
    return None


def _keep_feedback(
    referral: Referral, kind: FeedbackKind, words: str, hoped_for: str, by: Receiver, now: datetime
) -> Feedback:
    made = Feedback.objects.create(
        ref=new_ref("F"),
        referral=referral,
        kind=kind,
        words=words.strip(),
        hoped_for=hoped_for.strip(),
        noted_by=by.post,
        at=now,
        said_by=by.name.strip()[:100],
        through=by.through,
    )
    ToRead.objects.bulk_create(
        ToRead(feedback=made, person=person, part=part[:60])
        for person, part in around.interested_in(referral, now)
    )
    return made


def _note_feedback(made: Feedback, referral: Referral, by: Receiver, now: datetime) -> None:
    note(
        Happened.HELP_FEEDBACK_GIVEN,
        referral,
        by=by.post,
        now=now,
        why=made.words[:500],
        feedback_kind=made.kind,
        readers=made.readers.count(),
        tell_by_word=around.outside_interest(referral, now),
        **said(by),
    )


@transaction.atomic
def end_help(
    referral: Referral,
    code: str,
    *,
    on: date,
    report: str = "",
    hoped_for: str = "",
    by: Receiver,
    now: datetime,
) -> Referral:
    """The help has ended. With the report the meeting about what is next is due, without it the report is (R:L849, R:L964).

    code: of reasons/ended.csv. report: as long as it needs to be; not asked for where the customer does not agree
    that the service tells us. The customer may end it on any day: nothing follows.
    """
    referral = taken_up(referral, by)
    rules = rules_on(referral, now)
    reason = reason_of(rules, "ended", code)
    if referral.started_on is not None and on < referral.started_on:
        raise Refused("ends_before", "Help cannot end before it began.", "Look at the day.")
    if on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Say when it should end as feedback.")
    told = agrees(referral, FEEDBACK)
    if report.strip() and not told:
        raise Refused(
            "customer_told_nothing",
            "The customer has not agreed that you tell us how it went.",
            "End it without a report.",
        )
    move(referral, S.ENDED, ended_on=on, ended_code=code, feedback_due_on=None)
    around.help_ends(referral, why=reason.title, by=by.post, now=now)
    if report.strip():
        made = _keep_feedback(referral, FeedbackKind.REPORT, report, hoped_for, by, now)
        _note_feedback(made, referral, by, now)
    if report.strip() or not told:
        _report_is_there(referral, by, now)
    else:
        next_task(
            referral,
            TaskKind.REFERRAL_REPORT,
            in_working_days(now, clocks_of(rules).report),
            origin=Happened.HELP_ENDED,
            by=by.post,
            now=now,
        )
    note(
        Happened.HELP_ENDED, referral, by=by.post, now=now, reason=reason.title, on=on.isoformat(), **said(by)
    )
    return referral


def _report_is_there(referral: Referral, by: Receiver, now: datetime) -> None:
    clocks = clocks_of(rules_on(referral, now))
    keep(referral, reported_at=now)
    close_passes(referral, "the help has ended", now)
    next_task(
        referral,
        TaskKind.REFERRAL_MEETING,
        in_working_days(now, clocks.meeting),
        origin=Happened.HELP_ENDED,
        words="meet the customer, best with the service",
        by=by.post,
        now=now,
    )


@transaction.atomic
def arrived(referral: Referral, *, on: date, by: Receiver, now: datetime) -> Referral:
    """Somebody who was told of the service went there: the service said so by the code of the slip, or the customer did."""
    referral = taken_up(referral, by)
    if referral.kind != ReferralKind.SIGNPOST or referral.state != S.TOLD:
        raise Refused("no_signpost", "Nobody is waited for with this code.", "Look at the code once more.")
    if on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Choose the day on which they came.")
    clocks = clocks_of(rules_on(referral, now))
    due = feedback_day(day_of(now), clocks, None, organisations.holidays())
    move(referral, S.STARTED, started_on=on, feedback_due_on=None)
    next_task(
        referral,
        TaskKind.REFERRAL_FEEDBACK,
        due,
        origin=Happened.SIGNPOST_ARRIVED,
        words="ask the customer how it goes; with a signpost the service tells us nothing",
        by=by.post,
        now=now,
    )
    note(Happened.SIGNPOST_ARRIVED, referral, by=by.post, now=now, on=on.isoformat(), **said(by))
    return referral
