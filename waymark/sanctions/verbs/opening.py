"""A case is opened by a person, about one appointment of a compulsory interview; the customer is asked first."""

from datetime import datetime

from django.db import transaction

from waymark.interviews.enums import AppointmentState, SittingOutcome, SittingState
from waymark.interviews.models import Appointment, Sitting
from waymark.interviews.verbs.common import rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.sanctions import access
from waymark.sanctions.enums import UNDER_WAY, BreachKind, Channel
from waymark.sanctions.models import Attempt, Breach
from waymark.sanctions.queries import gates
from waymark.sanctions.verbs.common import (
    insist_on_answers,
    insist_on_words,
    missed_day,
    next_step,
    note,
    tell,
    working_day,
)
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks


@transaction.atomic
def open_breach(
    appointment: Appointment, kind: BreachKind, *, why: str = "", by: Post, now: datetime
) -> Breach:
    """Open a case about a missed appointment, or about one at which the customer did not take part (`why` says how).

    The rules of the day are copied into it, and the customer is asked by letter. Refused for whatever is a choice,
    for what was moved or asked to be moved beforehand, and while the customer waits for an answer.
    """
    appointment = (
        Appointment.objects.select_for_update(of=("self", "interview"))
        .select_related("interview__claim__customer", "interview__claim__office__district")
        .get(pk=appointment.pk)
    )
    insist_on_grounds(appointment, kind, by)
    if kind == BreachKind.NOT_TAKING_PART:
        why = insist_on_words(
            why,
            "Not taking part is described before anything follows.",
            "Write what happened, in your words.",
        )
    claim = appointment.interview.claim
    rules = rules_for(claim, day_of(now))
    breach = _row(appointment, kind, why, rules, by, now)
    letter = tell(
        claim,
        NoticeKind.MISSED,
        {**missed_day(breach), "reply_by": breach.reply_by},
        contact=by,
        rules=rules,
        by=by,
        now=now,
    )
    if letter is not None:
        _asked_by(breach, letter, by, now)
    close_tasks(claim, TaskKind.FIND_OUT, by=by, now=now)
    note(
        Happened.BREACH_OPENED,
        breach,
        by=by,
        now=now,
        why=why,
        kind_of=kind,
        number=breach.miss_number,
        reply_by=breach.reply_by.isoformat(),
    )
    next_step(breach, origin=Happened.BREACH_OPENED, by=by, now=now)
    return breach


def insist_on_grounds(appointment: Appointment, kind: BreachKind, by: Post) -> None:
    """Refuse a case that has no ground, in the order in which a person would see it."""
    interview = appointment.interview
    claim = interview.claim
    if not interview.mandatory:
        raise Refused("voluntary", "A voluntary interview has no consequences.", "Be in touch, if it helps.")
    if not gates.is_required(claim):
        raise Refused("voluntary", "For this customer interviews are a choice.", "Be in touch, if it helps.")
    insist(access.may_pursue(claim, by))
    if kind == BreachKind.NOT_ATTENDING:
        _insist_on_a_miss(appointment)
    else:
        _insist_on_a_sitting(appointment)
    insist_on_answers(claim)
    if gates.is_stopped(claim):
        raise Refused(
            "contact_stopped",
            "Contact with this customer is stopped.",
            "Wait until somebody has looked at the stop again.",
        )
    if Breach.objects.filter(appointment=appointment).exists():
        raise Refused("case_exists", "There is a case about this appointment already.", "Open that one.")
    if Breach.objects.filter(interview__claim=claim, state__in=UNDER_WAY).exists():
        raise Refused(
            "case_under_way", "A case of this customer is under way already.", "Settle that one first."
        )


def _insist_on_a_miss(appointment: Appointment) -> None:
    """Moved, cancelled or asked to be moved beforehand is never a failure (M:L1671)."""
    if appointment.state != AppointmentState.MISSED:
        raise Refused(
            "not_missed",
            f"This appointment is “{appointment.get_state_display()}”: nobody has missed it.",
            "A case is opened about an appointment that is marked as missed.",
        )
    if gates.asked_beforehand(appointment):
        raise Refused(
            "asked_beforehand",
            "The customer asked for another time beforehand: that is no failure to come.",
            "Find another time with them.",
        )


def _insist_on_a_sitting(appointment: Appointment) -> None:
    """Who was not able to take part that day has failed in nothing (M:L1766, M:L2343)."""
    sitting = Sitting.objects.filter(appointment=appointment).first()
    if sitting is None or sitting.state != SittingState.SETTLED:
        raise Refused(
            "not_settled",
            "What happened at this appointment is not written up yet.",
            "Finish the record of the interview first.",
        )
    if sitting.outcome in {SittingOutcome.UNABLE_TODAY, SittingOutcome.STOPPED}:
        raise Refused(
            "unable_is_no_breach",
            "The customer was not able to take part: that is no breach.",
            "Agree another day, or put the interview off.",
        )


def _row(
    appointment: Appointment, kind: BreachKind, why: str, rules: Rules, by: Post, now: datetime
) -> Breach:
    number = max(1, gates.missed_before(appointment.interview, appointment))
    third = rules.value("limits.missed_before_home_visit")
    visit = kind == BreachKind.NOT_ATTENDING and number >= third
    return Breach.objects.create(
        ref=new_ref("F"),
        interview=appointment.interview,
        appointment=appointment,
        kind=kind,
        pack=rules.version,
        opened_on=day_of(now),
        opened_at=now,
        opened_by=by,
        miss_number=number,
        why=why,
        reply_by=working_day(rules.value("sanctions.reply_working_days"), now),
        attempts_needed=rules.value("sanctions.attempts"),
        ways_needed=rules.value("sanctions.ways"),
        questions_needed=sorted(rules.reasons("safeguard")),
        visit_needed=visit,
        visit_because=f"It is missed interview number {number}." if visit else "",
    )


def _asked_by(breach: Breach, letter: Notice, by: Post, now: datetime) -> None:
    """The letter is the first attempt; it counts once it has gone."""
    breach.asked_by_notice = letter
    breach.save(update_fields=["asked_by_notice"])
    Attempt.objects.create(
        breach=breach, channel=Channel.LETTER, at=now, on=day_of(now), by=by, notice=letter, words=letter.ref
    )


def asked_again(breach: Breach, letter: Notice, by: Post, now: datetime) -> None:
    """The letter came back and was sent anew: it asks, and there is the whole time to answer it."""
    days = rules_for(breach.interview.claim, day_of(now)).value("sanctions.reply_working_days")
    breach.reply_by = max(breach.reply_by, working_day(days, now))
    breach.save(update_fields=["reply_by"])
    _asked_by(breach, letter, by, now)
