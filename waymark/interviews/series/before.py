"""Before an interview: the call before the letter, how the customer would like to be seen, help to come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from waymark.customers import queries as customers
from waymark.customers.models import Claim
from waymark.interviews import access
from waymark.interviews.enums import CallBefore, HelpKind, InterviewState, Privacy, Stage, TimeOfDay
from waymark.interviews.models import CallAttempt, Concern, HelpToAttend, Interview, PreCall, Preferences
from waymark.interviews.rules import call_again_at
from waymark.interviews.series.queries import adviser_of, pre_call_of
from waymark.interviews.verbs.common import lock, next_worked_day, refs, rules_for, team
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks, open_task

TALKED = frozenset({CallBefore.REACHED, CallBefore.RANG_US})


# The call before the letter


@transaction.atomic
def attempt_pre_call(
    interview: Interview, *, outcome: str, words: str = "", by: Post, now: datetime
) -> CallAttempt:
    """A call before the letter that reached nobody: kept, and the next one is set for another time of day."""
    interview = lock(interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    insist(access.may_ring(claim, customers.open_stop(claim.customer)))
    rules = rules_for(claim, day_of(now))
    if outcome not in rules.reasons("call_outcome"):
        raise Refused("no_such_outcome", "That is no way for a call to end.", "Choose one from the list.")
    attempt = CallAttempt.objects.create(
        claim=claim,
        interview=interview,
        stage=Stage.BEFORE_INTERVIEW,
        at=now,
        by=by,
        outcome=outcome,
        words=words,
    )
    again = call_again_at(
        now,
        rules.value("timings.call_again_after_hours"),
        True,
        claim.office.opens,
        claim.office.closes,
        organisations.holidays(),
    )
    close_tasks(claim, TaskKind.PRE_CALL, by=by, now=now)
    open_task(
        claim,
        TaskKind.PRE_CALL,
        team=team(claim.office, TeamKind.ADVISERS),
        person=by.person,
        due_on=day_of(again),
        window=(again, again + timedelta(hours=2)),
        origin=Happened.CALL_ATTEMPTED,
        by=by,
        now=now,
    )
    note_event(
        Happened.CALL_ATTEMPTED,
        by=by,
        now=now,
        why=words,
        outcome=outcome,
        again=again.isoformat(),
        **refs(claim),
    )
    return attempt


@transaction.atomic
def note_pre_call(
    interview: Interview,
    *,
    result: CallBefore,
    reason: str = "",
    understood: str = "",
    concerns: Mapping[str, bool] | None = None,
    needs: str = "",
    words: str = "",
    gentle: bool = False,
    by: Post,
    now: datetime,
) -> PreCall:
    """How the call before the letter ended; now the letter may go (E:L3261).

    concerns: code of concern.csv -> whether it was put to rest. Leaving the call out needs a reason, and where
    stress can harm it cannot be left out for want of time (E:L1226). Booking, or putting off before the first
    letter, is the next step, and it stays the customer's adviser's.
    """
    interview = lock(interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    rules = rules_for(claim, day_of(now))
    if pre_call_of(interview) is not None:
        raise Refused(
            "called_already", "The call before the letter is on the record.", "Go on to the booking."
        )
    if result in TALKED and not understood:
        raise Refused(
            "not_asked", "Did the customer understand what is compulsory and what is not?", "Ask them."
        )
    if result not in TALKED:
        _insist_on_why_not(interview, result, reason, gentle=gentle, rules=rules)
    known = rules.reasons("concern")
    for code in concerns or {}:
        if code not in known:
            raise Refused(
                "no_such_concern", f"“{code}” is not in the list of worries.", "Choose from the list."
            )
    pre_call = PreCall.objects.create(
        interview=interview,
        result=result,
        reason=reason if result not in TALKED else "",
        understood=understood,
        needs=needs.strip(),
        words=words.strip(),
        gentle=gentle,
        on=day_of(now),
        by=by,
    )
    Concern.objects.bulk_create(
        Concern(pre_call=pre_call, concern=code, settled=settled)
        for code, settled in (concerns or {}).items()
    )
    close_tasks(claim, TaskKind.PRE_CALL, by=by, now=now)
    if interview.state == InterviewState.DUE:
        open_task(
            claim,
            TaskKind.BOOK,
            team=team(claim.office, TeamKind.ADVISERS),
            person=by.person,
            due_on=next_worked_day(now),
            origin=Happened.CALLED_BEFORE,
            words="Find a time, then the letter goes out.",
            by=by,
            now=now,
        )
    note_event(
        Happened.CALLED_BEFORE,
        by=by,
        now=now,
        why=words.strip(),
        result=result,
        understood=understood,
        concerns=[known[code].title for code in concerns or {}],
        unsettled=[known[code].title for code, settled in (concerns or {}).items() if not settled],
        **refs(claim),
    )
    return pre_call


def _insist_on_why_not(interview: Interview, result: str, reason: str, *, gentle: bool, rules: Any) -> None:
    found = rules.reasons("no_call").get(reason)
    if found is None or found.columns["result"] != result:
        raise Refused(
            "no_reason", "Why was there no call before the letter?", "Choose a reason from the list."
        )
    if gentle and not found.yes("with_sensitive"):
        raise Refused(
            "call_comes_first",
            "A letter out of the blue can harm this customer, so the call comes first.",
            "Ring, or hand the call to a colleague.",
        )
    tried = interview.call_attempts.filter(stage=Stage.BEFORE_INTERVIEW).count()
    needed = rules.value("series.pre_call_attempts")
    if reason == "no_answer" and tried < needed:
        raise Refused(
            "not_tried_enough",
            f"The customer was rung {tried} times; {needed} are asked for before a letter goes instead.",
            "Ring again at another time of day.",
        )


def insist_on_call_before_letter(interview: Interview, rules: Any) -> None:
    """No first letter before the call, in a programme that rings first (E:L389)."""
    if rules.value("regime.first_contact") != "call_before_letter" or not interview.mandatory:
        return
    first = interview.claim.interviews.filter(mandatory=True).order_by("number").first()
    if first is not None and first.pk == interview.pk and pre_call_of(interview) is None:
        raise Refused(
            "call_comes_first",
            "The call before the letter has not been made.",
            "Ring the customer, or say why there is no call.",
        )


# How the customer would like to be seen


@transaction.atomic
def set_preferences(
    claim: Claim,
    *,
    privacy: Privacy,
    mode: str = "",
    time_of_day: TimeOfDay = TimeOfDay.ANY,
    not_on: str = "",
    medication: str = "",
    companion: str = "",
    same_adviser: bool = True,
    avoid: Sequence[Person] = (),
    other: str = "",
    by: Post | None,
    now: datetime,
) -> Preferences:
    """What the customer says about how to be seen. `by` is None when they said it on their own page.

    People to avoid are named by staff only, so what stands there stays when the customer writes.
    """
    if by is not None:
        insist(access.may_work_on(claim, by))
    values = {
        "privacy": privacy,
        "mode": mode,
        "time_of_day": time_of_day,
        "not_on": not_on.strip(),
        "medication": medication.strip(),
        "companion": companion.strip(),
        "same_adviser": same_adviser,
        "other": other.strip(),
        "asked_on": day_of(now),
        "asked_by": by,
    }
    preferences, _ = Preferences.objects.update_or_create(claim=claim, defaults=values)
    if by is not None:
        preferences.avoid.set(avoid)
    note_event(
        Happened.PREFERENCES_SET,
        by=by,
        now=now,
        privacy=privacy,
        mode=mode,
        time_of_day=time_of_day,
        companion=companion,
        **refs(claim),
    )
    return preferences


@transaction.atomic
def ask_for_help(
    interview: Interview, *, kind: HelpKind, words: str = "", by: Post | None, now: datetime
) -> HelpToAttend:
    """Childcare, travel or an interpreter is asked for; somebody arranges it before the day (M:L5561-5576)."""
    interview = lock(interview)
    claim = interview.claim
    if by is not None:
        insist(access.may_work_on(claim, by))
    asked = HelpToAttend.objects.filter(interview=interview, kind=kind, arranged_on=None).first()
    if asked is not None:
        return asked
    asked = HelpToAttend.objects.create(
        ref=new_ref("H"), interview=interview, kind=kind, words=words.strip(), asked_on=day_of(now)
    )
    booked = interview.appointments.filter(state="booked").first()
    due_on = next_worked_day(now, days=2)
    if booked is not None:
        due_on = max(min(due_on, day_of(booked.starts_at) - timedelta(days=1)), day_of(now))
    open_task(
        claim,
        TaskKind.ARRANGE_HELP,
        team=team(claim.office, TeamKind.ADVISERS),
        person=adviser_of(claim),
        due_on=due_on,
        origin=Happened.HELP_TO_ATTEND_ASKED,
        words=f"{asked.get_kind_display()}: {words}".strip(": ")[:300],
        by=by,
        now=now,
    )
    note_event(Happened.HELP_TO_ATTEND_ASKED, by=by, now=now, why=words, help=kind, **refs(claim))
    return asked


@transaction.atomic
def arrange_help(asked: HelpToAttend, *, arrangement: str, by: Post, now: datetime) -> HelpToAttend:
    """The help is arranged, or it is written why it cannot be and what is done instead."""
    claim = lock(asked.interview).claim
    insist(access.may_work_on(claim, by))
    if not arrangement.strip():
        raise Refused("no_words", "How is it arranged?", "Write it as the customer should hear it.")
    asked.arrangement, asked.arranged_on, asked.arranged_by = arrangement.strip(), day_of(now), by
    asked.save(update_fields=["arrangement", "arranged_on", "arranged_by"])
    if not HelpToAttend.objects.filter(interview__claim=claim, arranged_on=None).exists():
        close_tasks(claim, TaskKind.ARRANGE_HELP, by=by, now=now)
    note_event(
        Happened.HELP_TO_ATTEND_ARRANGED,
        by=by,
        now=now,
        why=asked.arrangement,
        help=asked.kind,
        **refs(claim),
    )
    return asked
