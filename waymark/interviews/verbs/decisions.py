"""Deciding: book, defer or waive. The tables advise; a person decides; a different decision needs a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.customers.enums import StopReason
from waymark.interviews import access
from waymark.interviews.advice import FIRST_CONTACT, Advice, advise, authority_for, derived, facts_of
from waymark.interviews.enums import Authority, Choice, DecisionState, Stage
from waymark.interviews.models import Conversation, Decision, Interview
from waymark.interviews.rules import SoFar, may_decide
from waymark.interviews.verbs.calls import finish
from waymark.interviews.verbs.checks import open_check
from waymark.interviews.verbs.common import lock, refs, rules_for
from waymark.interviews.verbs.effects import put_in_force
from waymark.interviews.verbs.hearing import keep_view
from waymark.interviews.verbs.putting_off import drop_proposals
from waymark.interviews.verbs.stopping import stop_contact
from waymark.interviews.verbs.talking import answers_of
from waymark.interviews.verbs.wishes import (
    Wish,
    because_for,
    days_for,
    insist_on_deferral,
    insist_on_hearing,
    insist_on_place,
    insist_on_why_other,
    reason_for,
)
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.policy import Trace
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules, as_decided
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def decide(conversation: Conversation, wish: Wish, *, by: Post, now: datetime) -> Decision:
    """Settle the interview in a conversation. Refused, with what is missing, until everything is there."""
    insist(access.may_talk(conversation, by))
    interview = lock(conversation.interview)
    on = day_of(now)
    rules = rules_for(interview.claim, on)
    view = getattr(conversation, "view", None)
    so_far = SoFar(conversation.support_explained_at, conversation.offered_at, view is not None)
    insist(may_decide(so_far, wish.choice))
    facts = facts_of(conversation, answers_of(conversation), rules, on)
    advice = advise(rules, facts, on, FIRST_CONTACT)
    decision = _decide(
        interview,
        wish,
        advice=advice,
        facts=facts,
        rules=rules,
        stage=Stage(conversation.stage),
        conversation=conversation,
        by=by,
        now=now,
    )
    finish(conversation, now)
    return decision


def rehearse(conversation: Conversation, wish: Wish, *, by: Post, now: datetime) -> None:
    """Refuse what `decide` would refuse, and change nothing: so that a form can say it before it is confirmed."""
    with transaction.atomic():
        decide(conversation, wish, by=by, now=now)
        transaction.set_rollback(True)


@transaction.atomic
def decide_again(
    interview: Interview,
    wish: Wish,
    *,
    stage: Stage,
    given: Mapping[str, Any],
    table: str,
    words: str,
    view: Mapping[str, str] | None = None,
    by: Post,
    now: datetime,
) -> Decision:
    """Settle the interview outside a first contact: at re-contact, before or at the interview, at a review.

    `given` are facts as JSON values, `table` the table that advises, `words` what the customer says has changed,
    `view` the customer's four answers of today (or `not_asked_because`), without which nothing is deferred or
    waived (D:L1255).
    """
    interview = lock(interview)
    if not words.strip():
        raise Refused(
            "no_change_asked", "What has changed since?", "Ask, and write down what the customer says."
        )
    on = day_of(now)
    rules = rules_for(interview.claim, on)
    facts = rules.facts.parse({**given, **derived(interview.claim.customer, rules, on)})
    insist_on_hearing(wish, stage, facts, view, rules)
    end_words = words if stage == Stage.RECONTACT else ""
    open_deferral = interview.deferrals.filter(ended_on=None).first()
    if open_deferral is not None and end_words:
        open_deferral.changed = end_words
        open_deferral.save(update_fields=["changed"])
    return _decide(
        interview,
        wish,
        advice=advise(rules, facts, on, table),
        facts=facts,
        rules=rules,
        stage=stage,
        conversation=keep_view(interview, view, stage=stage, rules=rules, by=by, now=now) if view else None,
        by=by,
        now=now,
    )


def _decide(
    interview: Interview,
    wish: Wish,
    *,
    advice: Advice,
    facts: Mapping[str, Any],
    rules: Rules,
    stage: Stage,
    conversation: Conversation | None,
    by: Post,
    now: datetime,
) -> Decision:
    on = day_of(now)
    insist(access.may_act(interview, by))
    advised = ADVISED_CHOICE.get(advice.choice, "") if advice.settled else ""
    insist_on_why_other(wish, advised, rules, by)
    reason = reason_for(wish, rules, by)
    in_a_row = _next_in_a_row(interview)
    until, review_on = days_for(wish, advice, rules, on)
    if wish.choice == Choice.DEFER:
        insist_on_deferral(interview, wish, reason, until, advice, facts, rules, on)
    if wish.choice == Choice.WAIVE and rules.value("waiver.allowed") == "no":
        raise Refused(
            "no_waivers", "This programme does not waive interviews any more.", "Defer it, or book it."
        )
    if wish.slot is not None:
        insist_on_place(wish.slot, facts, rules)
    days = (until - on).days if until else 0
    authority = authority_for(rules, choice=wish.choice, days=days, in_a_row=in_a_row, role=by.role, on=on)
    drop_proposals(interview, by=by, now=now)
    decision = Decision.objects.create(
        ref=new_ref("B"),
        interview=interview,
        conversation=conversation,
        stage=stage,
        choice=wish.choice,
        advice=advised,
        reason=reason.code if reason else "",
        because=because_for(wish, advice, advised, reason),
        otherwise_code=wish.otherwise_code if wish.choice != advised else "",
        otherwise_words=wish.otherwise_words if wish.choice != advised else "",
        until=until,
        review_on=review_on,
        evidence=wish.evidence,
        length_reason=wish.length_reason,
        pack=rules.version,
        facts=rules.facts.to_json(facts),
        trace=advice.trace.to_json(),
        on=on,
        decided_at=now,
        decided_by=by,
        authority=authority,
        state=DecisionState.PROPOSED if authority == Authority.AUTHORISE_BEFORE else DecisionState.IN_FORCE,
    )
    if authority != Authority.NONE:
        open_check(decision, rules, by=by, now=now)
    if decision.state == DecisionState.IN_FORCE:
        put_in_force(decision, slot=wish.slot, at_home=wish.at_home, by=by, now=now)
    else:
        _note_proposal(decision, by, now)
    if reason is not None and wish.stop_contact and reason.yes("stops_contact"):
        _stop(interview, reason, on, by, now)
    return decision


def _note_proposal(decision: Decision, by: Post, now: datetime) -> None:
    """Until somebody agrees, what stands in the record is that it was proposed."""
    days = {"until": decision.until, "review_on": decision.review_on}
    note_event(
        Happened.DECISION_PROPOSED,
        by=by,
        now=now,
        why=decision.because,
        choice=decision.choice,
        **{name: day.isoformat() for name, day in days.items() if day is not None},
        **refs(decision.interview.claim),
    )


ADVISED_CHOICE = {
    "book": Choice.BOOK,
    "defer": Choice.DEFER,
    "waive": Choice.WAIVE,
    "home_visit": Choice.BOOK,
    "booked_by_letter": Choice.BOOK,
    "defer_again": Choice.DEFER,
}


def _next_in_a_row(interview: Interview) -> int:
    current = interview.deferrals.filter(ended_on=None).first()
    return current.in_a_row + 1 if current else 1


def _stop(interview: Interview, reason: Reason, on: date, by: Post, now: datetime) -> None:
    customer = interview.claim.customer
    if customer.stops.filter(lifted_at=None).exists():
        return
    known = StopReason.TERMINAL_ILLNESS if "terminal" in reason.code else StopReason.BEREAVEMENT
    stop_contact(customer, reason=known, words=reason.title, look_again_on=add_months(on, 1), by=by, now=now)


def replay(decision: Decision) -> tuple[Trace, bool]:
    """Put the kept facts to the kept rules again; says the trace and whether it is what was kept."""
    rules = rules_of(decision)
    facts = rules.facts.parse(decision.facts)
    kept = Trace.from_json(decision.trace)
    again = rules.table(kept.table).trace(facts, decision.on)
    return again, again == kept


def rules_of(decision: Decision) -> Rules:
    return as_decided(decision.pack, decision.on)
