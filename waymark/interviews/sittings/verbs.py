"""Writing the interview: saved as it goes, and settled with what comes next."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from waymark.interviews import access
from waymark.interviews.enums import (
    AppointmentState,
    Capacity,
    Depth,
    Effect,
    Explored,
    InTheRoom,
    Privacy,
    Readiness,
    SittingState,
)
from waymark.interviews.models import (
    Appointment,
    Barrier,
    Correction,
    Interest,
    OptionShown,
    Presence,
    Sitting,
    Summary,
    TopicCovered,
    Wording,
)
from waymark.interviews.sittings.rules import TEXTS
from waymark.interviews.verbs.common import refs, rules_for, team
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_task, open_task

CODED = {"topic": "topics", "option": "options", "barrier": "barriers"}


@transaction.atomic
def open_sitting(appointment: Appointment, *, by: Post, now: datetime) -> Sitting:
    """Open the workspace of an appointment, or go on with it: a colleague who stands in takes it over as it is."""
    appointment = _appointment(appointment)
    interview = appointment.interview
    insist(access.may_act(interview, by))
    found = Sitting.objects.select_for_update(of=("self",)).filter(appointment=appointment).first()
    if found is not None:
        if found.state == SittingState.OPEN and found.adviser.person_id != by.person_id:
            found.adviser = by
            found.save(update_fields=["adviser"])
        return found
    if appointment.state != AppointmentState.BOOKED:
        raise Refused(
            "not_booked",
            f"This appointment is “{appointment.get_state_display()}”.",
            "Open the workspace from one that is booked.",
        )
    sitting = Sitting.objects.create(ref=new_ref("S"), appointment=appointment, adviser=by, opened_at=now)
    note_event(Happened.SITTING_OPENED, by=by, now=now, number=interview.number, **refs(interview.claim))
    return sitting


@transaction.atomic
def arrive(appointment: Appointment, *, by: Post, now: datetime) -> Sitting:
    """The customer is here: the clock of waiting starts (E:L2199)."""
    sitting = open_sitting(appointment, by=by, now=now)
    if sitting.arrived_at is None:
        sitting.arrived_at = now
        sitting.save(update_fields=["arrived_at"])
        note_event(Happened.ARRIVED, by=by, now=now, **refs(sitting.appointment.interview.claim))
    return sitting


@transaction.atomic
def save_wording(
    sitting: Sitting, field: str, text: str, *, based_on: int, by: Post, now: datetime
) -> tuple[Wording, Wording | None]:
    """Keep a text as it is now. Gives it back with the one it did not know of, if another window wrote meanwhile.

    field: one of `TEXTS`, or `topic:<code>`, `barrier:<code>`. based_on: the revision the writer saw, 0 for none.
    Both texts are kept, and the newer stands until somebody puts them together.
    """
    sitting = writing(sitting, by)
    _insist_on_field(field, sitting, now)
    last = sitting.wordings.filter(field=field).order_by("-revision").first()
    if last is not None and last.text == text:
        return last, None
    fresh = Wording.objects.create(
        sitting=sitting,
        field=field,
        text=text,
        revision=last.revision + 1 if last else 1,
        based_on=based_on,
        saved_at=now,
        saved_by=by,
    )
    unseen = last if last is not None and last.revision > based_on and last.text.strip() else None
    return fresh, unseen


@transaction.atomic
def note_state(
    sitting: Sitting,
    *,
    capacity: Capacity | None = None,
    setting: Privacy | None = None,
    distance_adviser: Readiness | None = None,
    distance_customer: Readiness | None = None,
    hard: bool | None = None,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    by: Post,
    now: datetime,
) -> Sitting:
    """Keep what is ticked in the workspace; what is not given stays as it was. The first tick starts the clock."""
    sitting = writing(sitting, by)
    given = {
        "capacity": capacity,
        "setting": setting,
        "distance_adviser": distance_adviser,
        "distance_customer": distance_customer,
        "hard": hard,
        "started_at": started_at or sitting.started_at or now,
        "ended_at": ended_at,
    }
    changed = [name for name, value in given.items() if value is not None]
    for name in changed:
        setattr(sitting, name, given[name])
    sitting.save(update_fields=changed)
    return sitting


@transaction.atomic
def cover_topic(sitting: Sitting, topic: str, explored: Explored, *, by: Post, now: datetime) -> TopicCovered:
    sitting = writing(sitting, by)
    _insist_on_code("topics", topic, sitting, now)
    return TopicCovered.objects.update_or_create(
        sitting=sitting, topic=topic, defaults={"explored": explored}
    )[0]


@transaction.atomic
def show_option(
    sitting: Sitting, option: str, depth: Depth, *, why_not: str = "", by: Post, now: datetime
) -> OptionShown:
    """A form of help was shown, talked through, liked, or left out for a reason; it is never more than an offer."""
    sitting = writing(sitting, by)
    _insist_on_code("options", option, sitting, now)
    if depth == Depth.NOT_SHOWN and not why_not.strip():
        raise Refused("no_why", "Why was this help not mentioned?", "Write the reason.")
    why_not = why_not.strip() if depth == Depth.NOT_SHOWN else ""
    return OptionShown.objects.update_or_create(
        sitting=sitting, option=option, defaults={"depth": depth, "why_not": why_not}
    )[0]


@transaction.atomic
def show_options(sitting: Sitting, depths: Mapping[str, Depth], *, by: Post, now: datetime) -> None:
    """Mark several forms of help at once, as the checklist is saved; what was not mentioned needs its own reason."""
    sitting = writing(sitting, by)
    _insist_on_codes("options", depths, sitting, now)
    if Depth.NOT_SHOWN in depths.values():
        raise Refused("no_why", "Why was this help not mentioned?", "Write the reason.")
    OptionShown.objects.bulk_create(
        [OptionShown(sitting=sitting, option=option, depth=depth) for option, depth in depths.items()],
        update_conflicts=True,
        unique_fields=["sitting", "option"],
        update_fields=["depth", "why_not"],
    )


@transaction.atomic
def see_barrier(
    sitting: Sitting,
    kind: str,
    *,
    explored: Explored,
    present: bool = False,
    main: bool = False,
    by: Post,
    now: datetime,
) -> Barrier:
    """What stands in the way, as seen today; naming a main one takes the mark from another."""
    sitting = writing(sitting, by)
    _insist_on_code("barriers", kind, sitting, now)
    if main:
        sitting.barriers.filter(main=True).exclude(kind=kind).update(main=False)
    return Barrier.objects.update_or_create(
        sitting=sitting, kind=kind, defaults={"explored": explored, "present": present or main, "main": main}
    )[0]


@transaction.atomic
def note_present(
    sitting: Sitting, name: str, role: InTheRoom, *, effect: Effect | None = None, by: Post, now: datetime
) -> Presence:
    """Somebody is there with the customer, and what that does to the talk."""
    sitting = writing(sitting, by)
    if not name.strip():
        raise Refused("no_name", "Who is there?", "Write a name, or how they belong to the customer.")
    return Presence.objects.update_or_create(
        sitting=sitting, name=name.strip(), defaults={"role": role, "effect": effect or ""}
    )[0]


@transaction.atomic
def note_interest(
    sitting: Sitting,
    words: str,
    *,
    owner: Person | None = None,
    answer_by: date | None = None,
    by: Post,
    now: datetime,
) -> Interest:
    """Something the customer would like: somebody owes an answer by a day (E:L2492)."""
    sitting = writing(sitting, by)
    if not words.strip():
        raise Refused("no_words", "What would the customer like?", "Write it in their words.")
    claim = sitting.appointment.interview.claim
    rules = rules_for(claim, day_of(now))
    within = rules.value("series.interest_answer_working_days")
    due_on = answer_by or add_working_days(day_of(now), within, organisations.holidays())
    if due_on < day_of(now):
        raise Refused("day_past", "The day of the answer lies in the past.", "Choose today or a later day.")
    person = owner or by.person
    task = open_task(
        claim,
        TaskKind.ANSWER_INTEREST,
        team=team(claim.office, TeamKind.ADVISERS),
        person=person,
        due_on=due_on,
        origin=Happened.SITTING_OPENED,
        words=words.strip()[:300],
        by=by,
        now=now,
    )
    return Interest.objects.create(
        ref=new_ref("W"),
        claim=claim,
        sitting=sitting,
        words=words.strip()[:300],
        owner=person,
        answer_by=due_on,
        task=task,
    )


@transaction.atomic
def answer_interest(interest: Interest, *, answer: str, by: Post, now: datetime) -> Interest:
    """What became of it: said to the customer, and no longer owed."""
    interest = (
        Interest.objects.select_for_update(of=("self",))
        .select_related("claim__customer", "task")
        .get(pk=interest.pk)
    )
    insist(access.may_work_on(interest.claim, by))
    if not answer.strip():
        raise Refused("no_words", "What is the answer?", "Write what the customer was told.")
    if interest.answered_on is not None:
        raise Refused("answered", "This has been answered already.", "Write a note if there is more to say.")
    interest.answer, interest.answered_on = answer.strip(), day_of(now)
    interest.save(update_fields=["answer", "answered_on"])
    if interest.task is not None:
        close_task(interest.task, by=by, now=now)
    note_event(
        Happened.INTEREST_ANSWERED,
        by=by,
        now=now,
        why=answer.strip(),
        wish=interest.words,
        **refs(interest.claim),
    )
    return interest


# The summary, corrected


@transaction.atomic
def say_it_is_wrong(
    summary: Summary, *, words: str, message: str = "", by: Post | None, now: datetime
) -> Correction:
    """The customer says what is wrong in a summary: kept beside it, word for word (E:L2844-2846)."""
    if not words.strip():
        raise Refused("no_words", "What is wrong?", "Write it as the customer says it.")
    correction = Correction.objects.create(
        ref=new_ref("X"), summary=summary, words=words.strip(), said_at=now, message=message
    )
    claim = summary.sitting.appointment.interview.claim
    note_event(Happened.SUMMARY_CORRECTED, by=by, now=now, why=words.strip(), **refs(claim))
    return correction


@transaction.atomic
def answer_correction(correction: Correction, *, answer: str, by: Post, now: datetime) -> Correction:
    """What was done about it. The customer's words stay beside the text, whatever the answer."""
    claim = correction.summary.sitting.appointment.interview.claim
    insist(access.may_work_on(claim, by))
    if not answer.strip():
        raise Refused("no_words", "What was done about it?", "Write it for the customer.")
    correction.answer, correction.answered_at, correction.answered_by = answer.strip(), now, by
    correction.save(update_fields=["answer", "answered_at", "answered_by"])
    note_event(Happened.CORRECTION_ANSWERED, by=by, now=now, why=answer.strip(), **refs(claim))
    return correction


def writing(sitting: Sitting, by: Post) -> Sitting:
    """The sitting, held against others, if it is still open and this person may write in it."""
    sitting = _held.one(sitting.pk)
    insist(access.may_act(sitting.appointment.interview, by))
    if sitting.state != SittingState.OPEN:
        raise Refused(
            "settled",
            "This interview is settled.",
            "A correction is written beside the summary; nothing is changed.",
        )
    return sitting


@composed
def _held(key: int) -> QuerySet[Sitting]:
    return (
        Sitting.objects.select_for_update(of=("self",))
        .select_related(
            "appointment__interview__claim__customer", "appointment__interview__claim__office__district"
        )
        .filter(pk=key)
    )


def latest(sitting: Sitting) -> Mapping[str, Wording]:
    """The newest wording of every field."""
    newest = sitting.wordings.values("field").annotate(last=Max("revision")).values_list("field", "last")
    wanted = dict(newest)
    return {w.field: w for w in sitting.wordings.all() if wanted.get(w.field) == w.revision}


def _insist_on_field(field: str, sitting: Sitting, now: datetime) -> None:
    kind, _, code = field.partition(":")
    if not code:
        if field not in TEXTS:
            raise Refused("no_such_field", f"The workspace has no text “{field}”.", "")
        return
    if kind not in CODED:
        raise Refused("no_such_field", f"The workspace has no text “{field}”.", "")
    _insist_on_code(CODED[kind], code, sitting, now)


def _insist_on_code(section: str, code: str, sitting: Sitting, now: datetime) -> None:
    _insist_on_codes(section, [code], sitting, now)


def _insist_on_codes(section: str, codes: Iterable[str], sitting: Sitting, now: datetime) -> None:
    entries = rules_for(sitting.appointment.interview.claim, day_of(now)).pack.interview[section]
    known = {entry["code"] for entry in entries}
    for code in codes:
        if code not in known:
            raise Refused("no_such_code", f"The programme knows no “{code}” here.", "Choose from the list.")


def _appointment(appointment: Appointment) -> Appointment:
    return _held_appointment.one(appointment.pk)


@composed
def _held_appointment(key: int) -> QuerySet[Appointment]:
    return (
        Appointment.objects.select_for_update(of=("self",))
        .select_related(
            "interview__claim__customer", "interview__claim__office__district", "adviser", "office"
        )
        .filter(pk=key)
    )
