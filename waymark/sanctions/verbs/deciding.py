"""Another person decides about the bundle. A reduction is told before it holds, and is never the system's act."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from waymark.interviews.verbs.common import owner_after, team
from waymark.kernel.clock import day_of, words
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.sanctions import access
from waymark.sanctions.enums import BreachState, RulingOutcome
from waymark.sanctions.models import Breach, Bundle, Ruling, Sanction
from waymark.sanctions.queries.gates import is_required, is_stopped
from waymark.sanctions.rules import pounds
from waymark.sanctions.verbs.common import (
    after_the_case,
    become,
    end,
    insist_on_answers,
    insist_on_state,
    insist_on_words,
    lock,
    missed_day,
    next_step,
    note,
    reason_named,
    rules_today,
    tell,
    working_day,
)
from waymark.sanctions.verbs.hearing import good_cause_found
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import open_task


@dataclass(frozen=True)
class Verdict:
    """What is decided. `because`: in words the customer may read; `missing`: what a returned bundle lacks;
    `cause`: a code of good_cause; `contact`: who is named in the letter (who referred it, when nobody is given)."""

    outcome: RulingOutcome
    because: str
    missing: str = ""
    cause: str = ""
    contact: Post | None = None


@transaction.atomic
def rule(bundle: Bundle, verdict: Verdict, *, by: Post, now: datetime) -> Ruling:
    """Decide a bundle. Refused to whoever had a part in it; a reduction also while the customer waits for an answer."""
    breach = lock(bundle.breach)
    bundle = Bundle.objects.select_related("made_by__person", "made_by__team__office").get(pk=bundle.pk)
    bundle.breach = breach
    insist(access.may_rule(bundle, by))
    insist_on_state(breach, BreachState.REFERRED)
    if breach.bundles.filter(pk__gt=bundle.pk).exists():
        raise Refused("older_bundle", "There is a newer bundle of this case.", "Decide that one.")
    because = insist_on_words(
        verdict.because, "A decision needs its reason.", "Write it in words the customer may read."
    )
    rules = rules_today(breach, now)
    if verdict.outcome == RulingOutcome.RETURNED:
        insist_on_words(verdict.missing, "It is not said what is missing.", "Write what you need to decide.")
    if verdict.outcome == RulingOutcome.GOOD_CAUSE:
        reason_named(rules, "good_cause", verdict.cause, by.role)
    if verdict.outcome == RulingOutcome.SANCTION:
        _insist_on_open_way(breach)
        _insist_on_proof(bundle)
    ruling = Ruling.objects.create(
        ref=new_ref("R"),
        bundle=bundle,
        outcome=verdict.outcome,
        because=because,
        missing=verdict.missing.strip() if verdict.outcome == RulingOutcome.RETURNED else "",
        decided_by=by,
        decided_at=now,
    )
    DO[verdict.outcome](ruling, verdict, rules, by, now)
    return ruling


def _insist_on_proof(bundle: Bundle) -> None:
    if bundle.proof.came_back_on is not None:
        raise Refused(
            "gate_notice",
            "The letter that told of the appointment came back.",
            "Return it, or decide that nothing is taken off.",
        )


def _insist_on_open_way(breach: Breach) -> None:
    """What may have changed since it was referred: a choice, a message, a stop, another step to come to."""
    claim = breach.interview.claim
    if not is_required(claim):
        raise Refused(
            "voluntary", "For this customer interviews are a choice.", "Decide that nothing is taken off."
        )
    insist_on_answers(claim)
    if is_stopped(claim):
        raise Refused(
            "contact_stopped", "Contact with this customer is stopped.", "Return it, or take nothing off."
        )
    if claim.status != "live":
        raise Refused("claim_ended", "This claim has ended.", "Nothing more is asked of the customer.")


def _return(ruling: Ruling, verdict: Verdict, rules: Rules, by: Post, now: datetime) -> None:
    breach = ruling.bundle.breach
    become(breach, BreachState.RETURNED)
    next_step(breach, origin=Happened.BREACH_RETURNED, by=by, now=now)
    note(
        Happened.BREACH_RETURNED,
        breach,
        by=by,
        now=now,
        why=ruling.because,
        missing=ruling.missing,
        bundle=ruling.bundle.ref,
    )


def _no_sanction(ruling: Ruling, verdict: Verdict, rules: Rules, by: Post, now: datetime) -> None:
    breach = ruling.bundle.breach
    end(breach, BreachState.NO_SANCTION, ruling.because, now)
    text = "It was decided that nothing is taken off."
    next_words = after_the_case(breach, origin=Happened.BREACH_DECIDED, text=text, by=by, now=now)
    tell(
        breach.interview.claim,
        NoticeKind.NO_CHANGE,
        {**missed_day(breach), "reason": ruling.because, "next_words": next_words},
        contact=ruling.bundle.made_by,
        rules=rules,
        by=by,
        now=now,
    )
    _note_decided(ruling, by, now)


def _good_cause(ruling: Ruling, verdict: Verdict, rules: Rules, by: Post, now: datetime) -> None:
    breach = ruling.bundle.breach
    title = reason_named(rules, "good_cause", verdict.cause).title
    breach.cause, breach.cause_good, breach.cause_why = verdict.cause, True, ruling.because
    breach.cause_by, breach.cause_at = by, now
    fields = ("cause", "cause_good", "cause_why", "cause_by", "cause_at")
    good_cause_found(breach, title, *fields, origin=Happened.BREACH_DECIDED, by=by, now=now)
    _note_decided(ruling, by, now, cause=title)


def _sanction(ruling: Ruling, verdict: Verdict, rules: Rules, by: Post, now: datetime) -> None:
    """The row, the letter before anything changes (P:L1299, P:L1364), and who does what next."""
    bundle = ruling.bundle
    breach, claim = bundle.breach, bundle.breach.interview.claim
    contact = verdict.contact or bundle.made_by
    starts_on = working_day(
        rules.value("sanctions.notice_working_days_before_change"), now + timedelta(days=1)
    )
    challenge_by = day_of(now) + timedelta(days=rules.value("sanctions.challenge_days"))
    letter = notices.queue_notice(
        claim,
        NoticeKind.PAYMENT_CHANGE,
        words={
            "reason": ruling.because,
            "effective_date": starts_on,
            "amount_before": f"{pounds(bundle.paid_now)} a week",
            "amount_after": f"{pounds(bundle.would_be_paid)} a week",
            "how_it_ends": HOW_IT_ENDS,
            "challenge_by": challenge_by,
            "other_benefits": list(rules.value("sanctions.other_benefits")),
            "contact_name": contact.person.name,
            "contact_phone": contact.team.office.telephone or claim.office.telephone,
        },
        rules=rules,
        by=by,
        now=now,
    )
    sanction = Sanction.objects.create(
        ref=new_ref("S"),
        ruling=ruling,
        paid_before=bundle.paid_now,
        reduction=bundle.paid_now - bundle.would_be_paid,
        paid_after=bundle.would_be_paid,
        floor=rules.value("sanctions.floor_pence_weekly"),
        starts_on=starts_on,
        challenge_by=challenge_by,
        notice=letter,
        contact=contact,
    )
    end(breach, BreachState.SANCTION, ruling.because, now)
    text = "A reduction was decided; coming to an interview ends it."
    after_the_case(breach, origin=Happened.BREACH_DECIDED, text=text, by=by, now=now)
    _next_of(sanction, rules, by, now)
    _note_decided(
        ruling,
        by,
        now,
        sanction=sanction.ref,
        starts_on=starts_on.isoformat(),
        paid_before=pounds(sanction.paid_before),
        paid_after=pounds(sanction.paid_after),
    )


HOW_IT_ENDS = (
    "It ends as soon as you come to an interview, or tell us a good reason why you could not come. You are paid in full"
    " again from that day, and for the time before where your reason was there from the start."
)


def _next_of(sanction: Sanction, rules: Rules, by: Post, now: datetime) -> None:
    claim = sanction.ruling.bundle.breach.interview.claim
    open_task(
        claim,
        TaskKind.PUT_INTO_EFFECT,
        team=team(claim.office, TeamKind.DECISION_MAKERS),
        due_on=sanction.starts_on,
        origin=Happened.BREACH_DECIDED,
        words=f"From {words(sanction.starts_on)}: {pounds(sanction.paid_after)} a week.",
        by=by,
        now=now,
    )
    whose, person = owner_after(sanction.contact, claim.office, TeamKind.ADVISERS)
    open_task(
        claim,
        TaskKind.WELFARE_CALL,
        team=whose,
        person=person,
        due_on=working_day(rules.value("sanctions.welfare_call_within_working_days"), now),
        origin=Happened.BREACH_DECIDED,
        words="What the letter means, how it ends, what other money there is.",
        by=by,
        now=now,
    )


def _note_decided(ruling: Ruling, by: Post, now: datetime, **more: Any) -> None:
    note(
        Happened.BREACH_DECIDED,
        ruling.bundle.breach,
        by=by,
        now=now,
        why=ruling.because,
        outcome=ruling.outcome,
        ruling=ruling.ref,
        **more,
    )


DO = {
    RulingOutcome.RETURNED: _return,
    RulingOutcome.NO_SANCTION: _no_sanction,
    RulingOutcome.GOOD_CAUSE: _good_cause,
    RulingOutcome.SANCTION: _sanction,
}
