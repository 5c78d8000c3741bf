"""Deciding: book, defer or waive. The tables advise; a person decides; a different decision needs a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.customers.enums import StopReason
from waymark.interviews import access
from waymark.interviews.advice import FIRST_CONTACT, Advice, advise, authority_for, facts_of
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Authority, Choice, DecisionState, InterviewState, Stage
from waymark.interviews.models import Conversation, Decision, Interview
from waymark.interviews.rules import Range, SoFar, may_decide, missing_facts, usual_range
from waymark.interviews.verbs.appointments import about, book_interview, release_appointment, to_be_booked
from waymark.interviews.verbs.calls import answers_of, finish
from waymark.interviews.verbs.checks import open_check
from waymark.interviews.verbs.common import lock, refs, rules_for
from waymark.interviews.verbs.putting_off import drop_proposals, end_deferral, put_off, waive
from waymark.interviews.verbs.stopping import stop_contact
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Post
from waymark.policy import Trace
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules, as_decided
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

REASON_LIST = {Choice.DEFER: "deferral", Choice.WAIVE: "waiver"}
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Wish:
    """What the person deciding has chosen; the words are theirs, the codes are the programme's."""

    choice: Choice
    reason: str = ""
    because: str = ""
    until: date | None = None
    review_on: date | None = None
    evidence: str = ""
    otherwise_code: str = ""
    otherwise_words: str = ""
    length_reason: str = ""
    slot: Slot | None = None
    stop_contact: bool = False


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


@transaction.atomic
def decide_again(
    interview: Interview,
    wish: Wish,
    *,
    stage: Stage,
    given: Mapping[str, Any],
    table: str,
    words: str,
    by: Post,
    now: datetime,
) -> Decision:
    """Settle the interview outside a first contact: at re-contact, before or at the interview, at a review.

    `given` are facts as JSON values, `table` the table that advises, `words` what the customer says has changed.
    """
    interview = lock(interview)
    if not words.strip():
        raise Refused("no_change_asked", "What has changed since?", "Ask, and write down what the customer says.")
    on = day_of(now)
    rules = rules_for(interview.claim, on)
    facts = rules.facts.parse(given)
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
        conversation=None,
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
    _insist_on_why_other(wish, advised, rules, by)
    reason = _reason(wish, rules, by, on)
    in_a_row = _next_in_a_row(interview)
    until, review_on = _days(wish, advice, rules, on)
    if wish.choice == Choice.DEFER:
        _insist_on_deferral(interview, wish, reason, until, advice, facts, rules, on)
    if wish.choice == Choice.WAIVE and rules.value("waiver.allowed") == "no":
        raise Refused("no_waivers", "This programme does not waive interviews any more.", "Defer it, or book it.")
    if wish.slot is not None:
        _insist_on_place(wish.slot, facts, rules)
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
        because=_because(wish, advice, advised, reason),
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
        put_in_force(decision, slot=wish.slot, by=by, now=now)
    if reason is not None and wish.stop_contact and reason.yes("stops_contact"):
        _stop(interview, reason, on, by, now)
    return decision


def put_in_force(decision: Decision, *, slot: Slot | None, by: Post, now: datetime) -> None:
    """Do what was decided. A proposal is put in force when it is authorised."""
    interview = decision.interview
    if decision.choice == Choice.DEFER:
        release_appointment(interview, reason="deferred_instead", words=decision.because, by=by, now=now)
        put_off(decision, by=by, now=now)
    elif decision.choice == Choice.WAIVE:
        release_appointment(interview, reason="waived_instead", words=decision.because, by=by, now=now)
        waive(decision, by=by, now=now)
    elif slot is not None:
        _book(decision, slot, by, now)
    else:
        _book_later(decision, by, now)


def _book(decision: Decision, slot: Slot, by: Post, now: datetime) -> None:
    appointment = book_interview(decision.interview, slot, by=by, now=now, outcome="book", note=False)
    note_event(
        Happened.INTERVIEW_BOOKED,
        by=by,
        now=now,
        why=decision.because,
        **about(appointment),
        **refs(decision.interview.claim),
    )


def _book_later(decision: Decision, by: Post, now: datetime) -> None:
    """The interview is to be booked but no time fits yet: finding one is the next step."""
    interview = decision.interview
    end_deferral(interview, outcome="book", now=now)
    if interview.state != InterviewState.DUE:
        interview.state = InterviewState.DUE
        interview.save(update_fields=["state"])
    to_be_booked(interview, origin=Happened.INTERVIEW_BOOKED, words="No time was found yet.", by=by, now=now)
    note_event(
        Happened.INTERVIEW_BOOKED,
        by=by,
        now=now,
        why=decision.because,
        starts="",
        **refs(interview.claim),
    )


ADVISED_CHOICE = {
    "book": Choice.BOOK,
    "defer": Choice.DEFER,
    "waive": Choice.WAIVE,
    "home_visit": Choice.BOOK,
    "booked_by_letter": Choice.BOOK,
    "defer_again": Choice.DEFER,
}


def _insist_on_why_other(wish: Wish, advised: str, rules: Rules, by: Post) -> None:
    if wish.choice == advised:
        return
    if not wish.otherwise_code:
        said = f"The advice is to {Choice(advised).label}." if advised else "The advice is not settled yet."
        raise Refused(
            "other_than_advised",
            said,
            "Say why you decide otherwise: choose a reason and write it down.",
        )
    if wish.otherwise_code not in rules.reasons("other_than_advised", by.role):
        raise Refused("no_such_reason", "That is no reason to decide otherwise.", "Choose one from the list.")
    if not wish.otherwise_words.strip():
        raise Refused("no_words", "Deciding other than advised needs your words.", "Write why, in a sentence.")


def _reason(wish: Wish, rules: Rules, by: Post, on: date) -> Reason | None:
    if wish.choice == Choice.BOOK:
        return None
    reasons = rules.reasons(REASON_LIST[wish.choice], by.role)
    if wish.reason not in reasons:
        what = "deferral" if wish.choice == Choice.DEFER else "waiver"
        raise Refused("no_reason", f"A {what} needs a reason from the list.", "Choose the one that fits.")
    return reasons[wish.reason]


def _days(wish: Wish, advice: Advice, rules: Rules, on: date) -> tuple[date | None, date | None]:
    """The end of a deferral and the review of a waiver, each only where it belongs."""
    if wish.choice == Choice.DEFER:
        return wish.until, None
    if wish.choice == Choice.WAIVE:
        years = rules.value("timings.waiver_review_years")
        return None, wish.review_on or advice.review_on or add_months(on, MONTHS_A_YEAR * years)
    return None, None


def range_for(reason: Reason, advice: Advice | None, rules: Rules, on: date) -> Range:
    """The usual stretch for a deferral of this reason; the advice's own when it is of the same reason."""
    same = advice is not None and advice.reason == reason.code
    return usual_range(
        on,
        min_days=reason.number("usual_min_days") or rules.value("limits.usual_min_days"),
        max_days=reason.number("usual_max_days"),
        max_months=rules.value("limits.usual_max_months"),
        leader_months=rules.value("limits.leader_above_months"),
        advised=(advice.earliest, advice.latest) if same and advice else (None, None),
    )


def _insist_on_deferral(
    interview: Interview,
    wish: Wish,
    reason: Reason | None,
    until: date | None,
    advice: Advice,
    facts: Mapping[str, Any],
    rules: Rules,
    on: date,
) -> None:
    assert reason is not None
    if interview.claim.benefit in rules.value("limits.never_deferred_benefits"):
        benefit = rules.benefits[interview.claim.benefit]
        raise Refused(
            "never_deferred",
            f"An interview for {benefit} is never deferred.",
            "Book it; if the customer's benefit changes, record that first.",
        )
    if until is None or until <= on:
        raise Refused("no_end", "A deferral needs a day on which it ends.", "Choose a day that is still to come.")
    if reason.yes("needs_evidence") and wish.evidence not in rules.reasons("evidence"):
        raise Refused("no_evidence", f"“{reason.title}” rests on something.", "Say what: the customer's word will do.")
    applicable = [name for name in rules.facts if rules.facts.applicable(name, facts, on)]
    missing = missing_facts(reason.words("asks_next"), facts, applicable)
    if missing and advice.trace.table == FIRST_CONTACT:
        questions = " ".join(rules.facts[name].question for name in missing)
        raise Refused(
            "not_asked_yet",
            f"“{reason.title}” rests on answers that are still open: {questions}",
            "Ask; “not known” is an answer too.",
        )
    unusual = range_for(reason, advice, rules, on).says(until)
    if unusual and not wish.length_reason.strip():
        raise Refused("unusual_length", unusual, "Say why this length is right for this customer.")


def _insist_on_place(slot: Slot, facts: Mapping[str, Any], rules: Rules) -> None:
    """Nobody with an illness that others can catch is asked to the office (D:L352, D:L757)."""
    for name in rules.value("limits.never_office_when"):
        if slot.mode == "office" and facts.get(name) is True:
            raise Refused(
                "not_at_the_office",
                "This must not be an appointment at the office: others could catch the illness.",
                "Choose telephone or home, or defer until treatment has worked.",
            )


def _next_in_a_row(interview: Interview) -> int:
    current = interview.deferrals.filter(ended_on=None).first()
    return current.in_a_row + 1 if current else 1


def _because(wish: Wish, advice: Advice, advised: str, reason: Reason | None) -> str:
    """A sentence the customer may read: the decider's own, the advice's where it was followed, or the reason's."""
    if wish.because.strip():
        return wish.because.strip()
    same_reason = reason is None or advice.reason in {reason.code, ""}
    if wish.choice == advised and same_reason and advice.because:
        return advice.because
    if reason is None:
        return "The interview can go ahead now."
    return reason.columns.get("letter_words") or f"{reason.title}."


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
