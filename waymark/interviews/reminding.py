"""Reminders of appointments: what the passing of a day sends, and how somebody is spared them.

The ladder is the pack's (`reminders.toml`); which step is due is a pure rule of notices.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from waymark.customers.models import Claim, Stop
from waymark.interviews import access, notice_words
from waymark.interviews.enums import AppointmentState
from waymark.interviews.holding import rules_for
from waymark.interviews.models import Appointment, Reminder, ReminderPause
from waymark.kernel.clock import at, day_of, words
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.notices.models import Notice
from waymark.notices.rules import ReminderStep, due_steps, steps_of
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

UNSENT = (NoticeState.WAITING, NoticeState.HELD, NoticeState.FAILED)
OVERTAKEN = "A later reminder came first."
# No step looks further ahead.
FURTHEST = timedelta(days=60)


def run(on: date, now: datetime) -> dict[str, int]:
    """Queue every reminder that is due on a day, or was missed before it, once. Run again it changes nothing.

    A day that is caught up is seen from today: of two steps missed, one reminder goes and not two in one hour.
    """
    on = max(on, day_of(now))
    held: dict[tuple[str, int], tuple[Rules, list[ReminderStep]]] = {}
    sent = 0
    for appointment in _ahead(on, now):
        claim = appointment.interview.claim
        place = (claim.programme, claim.office_id)
        if place not in held:
            rules = rules_for(claim, on)
            held[place] = rules, ladder(rules)
        sent += _remind(appointment, *held[place], on, now)
    return {"reminders": sent}


def ladder(rules: Rules) -> list[ReminderStep]:
    """The steps of a programme as they hold at a place: a number of days may be a timing with a local value."""
    rows = rules.pack.reminders
    named = {row["days_before"] for row in rows if isinstance(row["days_before"], str)}
    return steps_of(rows, {key: int(rules.value(key)) for key in named})


def reminders_of(appointment: Appointment) -> QuerySet[Reminder]:
    """What was sent before an appointment, and what was not and why."""
    return appointment.reminders.select_related("notice")


def reminders_of_claim(claim: Claim) -> QuerySet[Reminder]:
    """Every reminder about a claim, sent or not, the latest first."""
    return (
        Reminder.objects.filter(appointment__interview__claim=claim)
        .select_related("notice", "appointment")
        .order_by("-made_at", "-pk")
    )


def pause_of(claim: Claim, on: date) -> ReminderPause | None:
    """The pause that holds on a day."""
    return claim.reminder_pauses.filter(ended_at=None, until__gte=on).select_related("by__person").first()


@transaction.atomic
def pause_reminders(claim: Claim, *, until: date, why: str, by: Post, now: datetime) -> ReminderPause:
    """No reminders about this claim until a day has passed. One that is due later still goes."""
    claim = _locked(claim)
    insist(access.may_reach(claim, by))
    if until <= day_of(now):
        raise Refused("pause_past", "The pause would be over already.", "Choose a later day.")
    if not why.strip():
        raise Refused("no_reason", "It is not said why.", "Write why there should be no reminders.")
    if pause := pause_of(claim, day_of(now)):
        raise Refused(
            "paused_already",
            f"There are no reminders until {words(pause.until)} already.",
            "Resume them first to choose another day.",
        )
    claim.reminder_pauses.filter(ended_at=None).update(ended_at=now)
    made = ReminderPause.objects.create(claim=claim, until=until, why=why.strip(), by=by, at=now)
    withdrawn = _withdraw_unsent(
        Notice.objects.filter(reminder__appointment__interview__claim=claim), "Reminders are paused.", now
    )
    note_event(
        Happened.REMINDERS_PAUSED,
        by=by,
        now=now,
        customer=claim.customer.ref,
        claim=claim.ref,
        why=made.why,
        until=until.isoformat(),
        withdrawn=withdrawn,
    )
    return made


@transaction.atomic
def resume_reminders(claim: Claim, *, by: Post, now: datetime) -> ReminderPause:
    """Reminders go again; one that was missed and is still of use goes with the next day."""
    claim = _locked(claim)
    insist(access.may_reach(claim, by))
    pause = pause_of(claim, day_of(now))
    if pause is None:
        raise Refused("not_paused", "Reminders are not paused.", "There is nothing to resume.")
    pause.ended_at = now
    pause.save(update_fields=["ended_at"])
    note_event(Happened.REMINDERS_RESUMED, by=by, now=now, customer=claim.customer.ref, claim=claim.ref)
    return pause


def drop_reminders(appointment: Appointment, *, now: datetime) -> int:
    """Keep reminders that have not gone from telling of a time that no longer holds. Says how many."""
    return _withdraw_unsent(
        Notice.objects.filter(reminder__appointment=appointment), "The appointment was changed.", now
    )


def _withdraw_unsent(rows: QuerySet[Notice], why: str, now: datetime) -> int:
    unsent = list(rows.filter(state__in=UNSENT))
    for notice in unsent:
        notices.withdraw(notice, why, by=None, now=now)
    return len(unsent)


def _locked(claim: Claim) -> Claim:
    """The claim with its customer, held so that two pauses cannot be made at once."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )


def _ahead(on: date, now: datetime) -> Iterable[Appointment]:
    """Booked appointments still to come of people who may be written to, with what was sent before them."""
    paused = ReminderPause.objects.filter(claim=OuterRef("interview__claim"), ended_at=None, until__gte=on)
    stopped = Stop.objects.filter(customer=OuterRef("interview__claim__customer"), lifted_at=None)
    return (
        Appointment.objects.filter(
            ~Exists(paused),
            ~Exists(stopped),
            state=AppointmentState.BOOKED,
            starts_at__gt=now,
            starts_at__lt=at(on, time()) + FURTHEST,
            interview__claim__status="live",
        )
        .select_related(
            "office",
            "adviser",
            "interview__claim__office__district",
            "interview__claim__customer__safe_contact",
            "interview__claim__customer__access_needs",
        )
        .prefetch_related("reminders")
        .order_by("starts_at", "pk")
    )


def _remind(
    appointment: Appointment, rules: Rules, steps: list[ReminderStep], on: date, now: datetime
) -> int:
    """Deal with what is due for one appointment; says whether a reminder was queued."""
    mandatory = appointment.interview.mandatory
    due = due_steps(
        day_of(appointment.starts_at),
        on,
        day_of(appointment.made_at),
        [step for step in steps if step.is_for(appointment.kind, mandatory)],
        {reminder.step for reminder in appointment.reminders.all()},
    )
    for step in due.overtaken:
        _kept(appointment, step, now, skipped_because=OVERTAKEN)
    return _send(appointment, due.send, rules, now) if due.send else 0


@transaction.atomic
def _send(appointment: Appointment, step: ReminderStep, rules: Rules, now: datetime) -> int:
    claim = appointment.interview.claim
    try:
        notice = notices.queue_notice(
            claim,
            NoticeKind(step.notice),
            words=notice_words.of_appointment(appointment) | notice_words.help_asked_for(claim),
            rules=rules,
            by=None,
            now=now,
            channels=step.channels,
            not_after=appointment.starts_at,
        )
    except Refused as refusal:
        _kept(appointment, step, now, skipped_because=str(refusal)[:300])
        return 0
    _kept(appointment, step, now, notice=notice)
    return 1


def _kept(
    appointment: Appointment,
    step: ReminderStep,
    now: datetime,
    *,
    notice: Notice | None = None,
    skipped_because: str = "",
) -> None:
    Reminder.objects.create(
        appointment=appointment, step=step.code, notice=notice, skipped_because=skipped_because, made_at=now
    )
