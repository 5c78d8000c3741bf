"""Customers go from one adviser to another, with what the next one must know (E:L1476, M:L1722-1749)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from waymark.customers.models import Claim
from waymark.interviews.diary.queries.office import Diary, load_diary
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import CausedBy
from waymark.interviews.managing import access
from waymark.interviews.managing.proposing import HORIZON, appointments_of, with_colleague
from waymark.interviews.managing.verbs.absences import Left, ask_to_move
from waymark.interviews.models import Appointment, Preferences, Sitting
from waymark.interviews.series.queries import caseload, insist_on_other_person
from waymark.interviews.series.verbs import give_caseload
from waymark.interviews.verbs.appointments import move_interview
from waymark.interviews.verbs.common import next_worked_day, rules_for, team
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import open_task

WITHIN = 5  # working days until the new adviser has got to know a customer (local: no report says)
REASON = "adviser_leaves"
Note = tuple[Person, str]
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Kept:
    """A customer who stays where they were, and why."""

    claim: Claim
    why: str


@dataclass(frozen=True)
class HandedOver:
    """What became of the customers: with whom they are now, whose time changed, who stayed, what found no time."""

    given: tuple[Claim, ...]
    moved: tuple[Appointment, ...]
    kept: tuple[Kept, ...]
    left: tuple[Left, ...]


@transaction.atomic
def hand_over_caseload(
    leaver: Person,
    notes: Mapping[str, Note],
    *,
    by: Post,
    now: datetime,
    progress: Progress | None = None,
) -> HandedOver:
    """Customers of `leaver` go to colleagues: `notes` is the adviser and the handover note by claim reference.

    A booked appointment goes to the new adviser at the same time where they are free, else at the time that suits
    best. The customer is told who it is now and what they know; the new adviser gets to know them as a dated task.
    Who asked not to meet that adviser stays, and is listed. progress: called with 1 after each customer.
    """
    insist(access.may_manage(leaver, by))
    wanted = [claim for claim in caseload(leaver).select_related("office__district") if claim.ref in notes]
    booked = {each.interview.claim_id: each for each in _booked_with(leaver, now)}
    diaries: dict[int, Diary] = {}
    given: list[Claim] = []
    moved: list[Appointment] = []
    kept: list[Kept] = []
    left: list[Left] = []
    taken: list[Slot] = []
    for claim in wanted:
        adviser, note = notes[claim.ref]
        appointment = booked.get(claim.pk)
        slot = None
        if appointment is not None:
            diary = diaries.setdefault(appointment.office_id, _diary(appointment, now))
            slot = with_colleague(appointment, adviser, diary, taken, now=now)
        try:
            fresh = _give(claim, leaver, adviser, note, appointment, slot, by=by, now=now)
        except Refused as refused:
            kept.append(Kept(claim, refused.message))
        else:
            given.append(claim)
            taken += [slot] if fresh and slot else []
            moved += [fresh] if fresh else []
            if appointment is not None and fresh is None:
                left.append(Left(appointment, _("No time with %(name)s is free.") % {"name": adviser.name}))
        if progress is not None:
            progress(1)
    for one in left:
        ask_to_move(one.appointment, words=f"{leaver.name} leaves: find another time.", by=by, now=now)
    note_event(
        Happened.CASELOAD_HANDED_OVER,
        by=by,
        now=now,
        person=leaver.name,
        person_ref=leaver.ref,
        customers=len(given),
        kept=len(kept),
    )
    return HandedOver(tuple(given), tuple(moved), tuple(kept), tuple(left))


def may_be_with(claim: Claim, adviser: Person, on: date) -> Refused | None:
    """Whether a customer can be given to an adviser: of their office, and nobody they asked not to meet."""
    refused = access.may_take_customers(adviser, claim.office_id, on)
    if refused is not None:
        return refused
    if Preferences.objects.filter(claim=claim, avoid=adviser).exists():
        return Refused(
            "asked_not_to_meet",
            _("%(customer)s has asked not to meet %(adviser)s.")
            % {"customer": claim.customer.name, "adviser": adviser.name},
            _("Choose another colleague."),
        )
    return None


@transaction.atomic
def _give(
    claim: Claim,
    leaver: Person,
    adviser: Person,
    note: str,
    appointment: Appointment | None,
    slot: Slot | None,
    *,
    by: Post,
    now: datetime,
) -> Appointment | None:
    if adviser.pk == leaver.pk:
        raise Refused("same_adviser", _("They are with this adviser already."), _("Choose a colleague."))
    if not note.strip():
        raise Refused(
            "no_note",
            _("%(name)s has no handover note.") % {"name": claim.customer.name},
            _("Write what the next adviser must know."),
        )
    insist(may_be_with(claim, adviser, day_of(now)))
    give_caseload(claim, adviser, handover=note, by=by, now=now)
    fresh = None
    if appointment is not None and slot is not None:
        insist_on_other_person(claim, slot.adviser_id)
        fresh = move_interview(
            appointment,
            slot,
            caused_by=CausedBy.US,
            reason=REASON,
            tell=slot.starts_at != appointment.starts_at,
            by=by,
            now=now,
        )
    _hand_on_tasks(claim, leaver, adviser, but_not=appointment)
    open_task(
        claim,
        TaskKind.TAKE_OVER,
        team=team(claim.office, TeamKind.ADVISERS),
        person=adviser,
        due_on=next_worked_day(now, days=WITHIN),
        origin=Happened.CASELOAD_GIVEN,
        words=note.strip()[:300],
        by=by,
        now=now,
    )
    _tell(claim, leaver, adviser, fresh or appointment, by=by, now=now)
    return fresh


def _hand_on_tasks(claim: Claim, leaver: Person, adviser: Person, *, but_not: Appointment | None) -> None:
    """What the leaver had taken about this customer is the new adviser's; an interview that stays booked is not."""
    tasks = Task.objects.filter(claim=claim, person=leaver, closed_at=None)
    if but_not is not None:
        tasks = tasks.exclude(kind=TaskKind.HOLD_INTERVIEW)
    tasks.update(person=adviser)


def _tell(
    claim: Claim,
    leaver: Person,
    adviser: Person,
    appointment: Appointment | None,
    *,
    by: Post,
    now: datetime,
) -> None:
    with_new = appointment is not None and appointment.adviser_id == adviser.pk
    words = {
        "old_adviser": leaver.name,
        "new_adviser": adviser.name,
        "effective_date": day_of(now),
        "handed_over": what_they_know(claim, appointment if with_new else None),
        "contact_name": adviser.name,
        "contact_phone": claim.office.telephone,
        "next_words": _("Your next interview is with %(name)s.") % {"name": adviser.name}
        if with_new
        else _("We write to you about the day of your next interview.")
        if appointment is not None
        else "",
        "next_on": appointment.starts_at if appointment is not None and with_new else "",
    }
    notices.queue_notice(
        claim, NoticeKind.ADVISER_CHANGED, words=words, rules=rules_for(claim, day_of(now)), by=by, now=now
    )


def what_they_know(claim: Claim, appointment: Appointment | None) -> list[str]:
    """What the customer need not tell again, in words for them. The note itself is between colleagues."""
    talked = Sitting.objects.filter(appointment__interview__claim=claim, state="settled").exists()
    needs = getattr(claim.customer, "access_needs", None)
    wishes = Preferences.objects.filter(claim=claim).exists()
    told = [
        (talked, _("what was said and agreed at your interviews")),
        (not talked, _("where you are with your claim and your interviews")),
        (needs is not None or wishes, _("what you need, and how you would like to meet")),
        (appointment is not None, _("the day and time of your next interview")),
    ]
    return [words for known, words in told if known]


def _booked_with(leaver: Person, now: datetime) -> list[Appointment]:
    return [
        each
        for each in appointments_of(leaver, day_of(now), date.max.replace(month=1), now)
        if each.adviser_id == leaver.pk
    ]


def _diary(appointment: Appointment, now: datetime) -> Diary:
    furthest = max(appointment.interview.due_by, day_of(appointment.starts_at)) + HORIZON
    return load_diary(appointment.office, day_of(now), furthest + HORIZON, now=now)
