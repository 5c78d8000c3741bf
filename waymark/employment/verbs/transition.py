"""A benefit is lost: rights with their dates, what help goes on, and somebody who stays in touch (P:L1153, P:L1539)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.customers.models import Claim
from waymark.employment import access
from waymark.employment.common import (
    case_task,
    day_past,
    in_working_days,
    insist_on_a_next_step,
    lock,
    refs,
    rules_of,
)
from waymark.employment.enums import APPEAL_LIFE, TRANSITION_LIFE, Appeal, GoesOn, TransitionState
from waymark.employment.models import HelpAfter, TransitionPlan
from waymark.employment.verbs.letters import tell_of_transition
from waymark.interviews.notice_words import of_adviser
from waymark.kernel.clock import day_of
from waymark.kernel.clock import words as long_day
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_task

WAITING = (Appeal.THINKING, Appeal.RUNNING)


@dataclass(frozen=True)
class Help:
    """One form of help and what becomes of it; how: until when, by whom, on what money; who_tells: who says so."""

    words: str
    goes_on: GoesOn
    how: str = ""
    who_tells: str = ""


@transaction.atomic
def begin_transition(
    claim: Claim, *, because: str, lost_on: date, by: Post | None, now: datetime
) -> TransitionPlan:
    """A benefit is lost, or will be: somebody agrees with the customer what goes on, within a working day.

    because: a code of reasons/entitlement_lost.csv, which says whether an appeal is possible and for how long.
    """
    claim = lock(claim)
    insist(access.may_go_on_helping(claim, by))
    rules = rules_of(claim, now)
    row = rules.reasons("entitlement_lost").get(because)
    if row is None:
        raise Refused("no_reason", "Why is the benefit lost?", "Choose a reason from the list.")
    if claim.transitions.exclude(state=TransitionState.CLOSED).exists():
        raise Refused("begun_already", "There is a plan for this already.", "Go on with that one.")
    days = row.number("appeal_days")
    plan = TransitionPlan(
        ref=new_ref("E"),
        claim=claim,
        because=because,
        lost_on=lost_on,
        other_benefits=list(rules.value("transition.other_benefits")) if row.yes("other_benefits") else [],
        appeal=Appeal.THINKING if days is not None else Appeal.NOT_POSSIBLE,
        appeal_by=lost_on + timedelta(days=days) if days is not None else None,
        begun_at=now,
        begun_by=by,
    )
    plan.task = case_task(
        claim,
        TaskKind.TRANSITION,
        due_on=in_working_days(now, rules.value("transition.begin_within_working_days")),
        origin=Happened.TRANSITION_BEGUN,
        words=f"{row.title}. Agree what help goes on, what they can do, and whom they ring.",
        by=by,
        now=now,
    )
    plan.save()
    note_event(
        Happened.TRANSITION_BEGUN,
        by=by,
        now=now,
        reason=row.title,
        lost_on=lost_on.isoformat(),
        appeal_by=plan.appeal_by.isoformat() if plan.appeal_by else "",
        **refs(claim),
    )
    return plan


@transaction.atomic
def agree_transition(
    plan: TransitionPlan,
    *,
    help: Iterable[Help],
    person: Person,
    other_benefits: Iterable[str] = (),
    contact_on: date,
    told_on: date,
    by: Post,
    now: datetime,
) -> TransitionPlan:
    """What goes on, whom the customer rings, when we are in touch next: said to them, and sent in writing."""
    plan, rules = _held(plan, by, now)
    TRANSITION_LIFE.insist(plan.state, TransitionState.AGREED)
    rows = [one for one in help if one.words.strip()]
    insist(_complete(rows, person, contact_on, told_on, now))
    HelpAfter.objects.bulk_create(
        [
            HelpAfter(
                plan=plan,
                words=one.words.strip()[:200],
                goes_on=one.goes_on,
                how=one.how.strip()[:300],
                who_tells=one.who_tells.strip()[:100],
            )
            for one in rows
        ]
    )
    plan.person, plan.told_on, plan.told_by = person, told_on, by
    plan.other_benefits = [one.strip() for one in other_benefits if one.strip()]
    plan.state = TransitionState.AGREED
    _next_contact(plan, contact_on, "As agreed when the benefit ended.", by, now)
    plan.notice = tell_of_transition(plan, letter_words(plan, rules, by), rules=rules, by=by, now=now)
    plan.save()
    note_event(
        Happened.TRANSITION_AGREED,
        by=by,
        now=now,
        person=person.name,
        help=[str(one) for one in plan.help.all()],
        contact_on=long_day(contact_on),
        written=plan.notice is not None,
        **refs(plan.claim),
    )
    return plan


@transaction.atomic
def note_appeal(
    plan: TransitionPlan,
    appeal: Appeal,
    *,
    words: str = "",
    hearing_on: date | None = None,
    contact_on: date,
    by: Post,
    now: datetime,
) -> TransitionPlan:
    """Where the appeal stands, and the day on which we are in touch: nobody waits alone for it (P:L1472)."""
    plan, _rules = _held(plan, by, now)
    if plan.state == TransitionState.CLOSED:
        raise Refused("closed", "This plan is closed.", "Begin a new one.")
    if appeal != plan.appeal:
        APPEAL_LIFE.insist(plan.appeal, appeal)
    insist(day_past(contact_on, now, "The day of the next contact"))
    plan.appeal, plan.hearing_on = appeal, hearing_on or plan.hearing_on
    _next_contact(plan, contact_on, f"The appeal: {Appeal(appeal).label}.", by, now)
    plan.save()
    note_event(
        Happened.APPEAL_NOTED,
        by=by,
        now=now,
        why=words.strip(),
        appeal=str(Appeal(appeal).label),
        hearing_on=plan.hearing_on.isoformat() if plan.hearing_on else "",
        contact_on=long_day(contact_on),
        **refs(plan.claim),
    )
    return plan


@transaction.atomic
def in_touch(
    plan: TransitionPlan, *, words: str, contact_on: date, by: Post, now: datetime
) -> TransitionPlan:
    """Somebody was in touch: how things are, and the day of the next time. The last time closes the plan instead."""
    plan, _rules = _held(plan, by, now)
    if plan.state != TransitionState.AGREED:
        raise Refused("not_agreed", "Agree first what goes on.", "Then the contacts begin.")
    if not words.strip():
        raise Refused("no_words", "How are things?", "Write what the customer said.")
    insist(day_past(contact_on, now, "The day of the next contact"))
    _next_contact(plan, contact_on, words, by, now)
    plan.save()
    note_event(
        Happened.TRANSITION_CONTACTED,
        by=by,
        now=now,
        why=words.strip(),
        contact_on=long_day(contact_on),
        **refs(plan.claim),
    )
    return plan


@transaction.atomic
def close_transition(plan: TransitionPlan, *, why: str, by: Post, now: datetime) -> TransitionPlan:
    """Nothing is open any more, or the customer wants no more contact. Not while an appeal runs."""
    plan, _rules = _held(plan, by, now)
    TRANSITION_LIFE.insist(plan.state, TransitionState.CLOSED)
    if not why.strip():
        raise Refused("no_reason", "Why is it closed?", "Write how it stands with the customer.")
    if plan.appeal == Appeal.RUNNING:
        raise Refused(
            "appeal_runs", "An appeal is under way.", "Note how it ended, or that the customer withdrew it."
        )
    insist_on_a_next_step(plan.claim, plan.task)
    plan.state, plan.closed_on, plan.closed_why = TransitionState.CLOSED, day_of(now), why.strip()[:300]
    plan.save(update_fields=["state", "closed_on", "closed_why"])
    if plan.task is not None:
        close_task(plan.task, by=by, now=now)
    note_event(Happened.TRANSITION_CLOSED, by=by, now=now, why=why.strip(), **refs(plan.claim))
    return plan


def reopen_task(plan: TransitionPlan, *, by: Post | None, now: datetime) -> None:
    """The claim has ended and its tasks with it; this help goes on, and so does its next contact."""
    agreed = plan.state == TransitionState.AGREED
    plan.task = case_task(
        plan.claim,
        TaskKind.APPEAL_CONTACT if agreed else TaskKind.TRANSITION,
        due_on=plan.contact_on or day_of(now),
        origin=Happened.CLAIM_ENDED,
        words="The claim has ended; this goes on.",
        person=plan.person,
        by=by,
        now=now,
    )
    plan.save(update_fields=["task"])


def letter_words(plan: TransitionPlan, rules: Rules, by: Post) -> dict[str, object]:
    """What the letter says: what help goes on, what the customer can do by when, and who is there."""
    row = rules.reasons("entitlement_lost").get(plan.because)
    rows = list(plan.help.all())
    return {
        **of_adviser(by, plan.claim.office),
        "contact_name": plan.person.name if plan.person else by.person.name,
        "reason": row.columns["letter_words"] if row is not None else "",
        "help_list": [_in_words(one) for one in rows if one.goes_on != GoesOn.ENDS]
        or ["Nothing that was begun goes on by itself. Ask us: there may be another way."],
        "ends_list": [_in_words(one) for one in rows if one.goes_on == GoesOn.ENDS],
        "rights_words": row.columns["rights_words"] if row is not None else "",
        "challenge_by": plan.appeal_by if plan.appeal in WAITING else None,
        "other_benefits": list(plan.other_benefits),
        "contact_on": plan.contact_on,
    }


def _in_words(one: HelpAfter) -> str:
    told = f" {one.who_tells} tells you more." if one.who_tells else ""
    how = f": {one.how.rstrip('.')}" if one.how else ""
    return f"{one.words}{how}.{told}"


def _next_contact(plan: TransitionPlan, on: date, words: str, by: Post, now: datetime) -> None:
    """The next contact becomes the plan's task; the one before it is done. The caller saves."""
    old = plan.task
    plan.task = case_task(
        plan.claim,
        TaskKind.APPEAL_CONTACT,
        due_on=on,
        origin=Happened.TRANSITION_CONTACTED,
        words=words,
        person=plan.person,
        by=by,
        now=now,
    )
    plan.contact_on = plan.task.due_on
    plan.save(update_fields=["task", "contact_on"])
    if old is not None:
        close_task(old, by=by, now=now)


def _held(plan: TransitionPlan, by: Post, now: datetime) -> tuple[TransitionPlan, Rules]:
    claim = lock(Claim.objects.get(transitions=plan.pk))
    insist(access.may_go_on_helping(claim, by))
    plan = (
        TransitionPlan.objects.select_for_update(of=("self",))
        .select_related("task", "person")
        .get(pk=plan.pk)
    )
    plan.claim = claim
    return plan, rules_of(claim, now)


def _complete(
    rows: list[Help], person: Person, contact_on: date, told_on: date, now: datetime
) -> Refused | None:
    if not rows:
        return Refused("no_help", "What goes on?", "Name each form of help, and what becomes of it.")
    vague = next(
        (one for one in rows if one.goes_on in {GoesOn.OTHER_WAY, GoesOn.TO_FIND_OUT} and not one.how), None
    )
    if vague is not None:
        return Refused(
            "not_said_how", f"“{vague.words}”: how?", "Write how it goes on, or who finds out by when."
        )
    if person.left_on is not None:
        return Refused(
            "person_left", f"{person.name} does not work here any more.", "Name somebody who does."
        )
    if told_on > day_of(now):
        return Refused(
            "day_to_come", "That day has not come yet.", "Give the day on which the customer was told."
        )
    return day_past(contact_on, now, "The day of the next contact")
