"""Deciding: book, defer or waive. The tables advise; a person decides; a different decision needs a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.customers.enums import StopReason
from waymark.interviews import access
from waymark.interviews.advice import FIRST_CONTACT, Advice, advise, authority_for, derived, facts_of
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Authority, Choice, DecisionState, InterviewState, Stage
from waymark.interviews.models import Conversation, Decision, Interview
from waymark.interviews.rules import Range, SoFar, may_decide, missing_facts, usual_range
from waymark.interviews.verbs.appointments import about, book_interview, release_appointment, to_be_booked
from waymark.interviews.verbs.calls import answers_of, finish
from waymark.interviews.verbs.checks import open_check
from waymark.interviews.verbs.common import CALL_TASKS, lock, refs, rules_for, set_state
from waymark.interviews.verbs.hearing import keep_view
from waymark.interviews.verbs.putting_off import drop_proposals, end_deferral, end_waiver, put_off, waive
from waymark.interviews.verbs.stopping import stop_contact
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.policy import Trace
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules, as_decided
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.verbs import close_tasks

REASON_LIST = {Choice.DEFER: "deferral", Choice.WAIVE: "waiver"}
MONTHS_A_YEAR = 12
OFFERED = "wants_to_come_now"
AWAY_FROM_THE_OFFICE = frozenset({"home", "phone"})


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
    at_home: bool = False


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
    _insist_on_hearing(wish, stage, facts, view, rules)
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


def _insist_on_hearing(
    wish: Wish, stage: Stage, facts: Mapping[str, Any], view: Mapping[str, str] | None, rules: Rules
) -> None:
    """The interview is offered and the customer heard, before it is put off or not asked for (D:L1255-1256)."""
    if wish.choice == Choice.BOOK:
        return
    if stage == Stage.RECONTACT and OFFERED in rules.facts and facts.get(OFFERED) is None:
        raise Refused(
            "not_offered", "The interview has not been offered yet.", "Offer it, whatever is decided then."
        )
    if not view:
        raise Refused(
            "view_missing",
            "The customer's own view of today is missing.",
            "Ask the four questions again, or say why they were not asked.",
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
    reason = reason_for(wish, rules, by)
    in_a_row = _next_in_a_row(interview)
    until, review_on = days_for(wish, advice, rules, on)
    if wish.choice == Choice.DEFER:
        _insist_on_deferral(interview, wish, reason, until, advice, facts, rules, on)
    if wish.choice == Choice.WAIVE and rules.value("waiver.allowed") == "no":
        raise Refused(
            "no_waivers", "This programme does not waive interviews any more.", "Defer it, or book it."
        )
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


def put_in_force(
    decision: Decision, *, slot: Slot | None, at_home: bool = False, by: Post, now: datetime
) -> None:
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
    elif interview.state == InterviewState.BOOKED:
        _leave_booked(decision, by, now)
    else:
        _book_later(decision, at_home, by, now)


def _book(decision: Decision, slot: Slot, by: Post, now: datetime) -> None:
    outcome = "home_visit" if slot.mode in AWAY_FROM_THE_OFFICE else "book"
    appointment = book_interview(decision.interview, slot, by=by, now=now, outcome=outcome, note=False)
    note_event(
        Happened.INTERVIEW_BOOKED,
        by=by,
        now=now,
        why=decision.because,
        **about(appointment),
        **refs(decision.interview.claim),
    )


def _leave_booked(decision: Decision, by: Post, now: datetime) -> None:
    """The interview has its time already, and keeps it."""
    claim = decision.interview.claim
    close_tasks(claim, *CALL_TASKS, by=by, now=now)
    appointment = (
        decision.interview.appointments.filter(state="booked").select_related("adviser", "office").get()
    )
    note_event(
        Happened.INTERVIEW_BOOKED, by=by, now=now, why=decision.because, **about(appointment), **refs(claim)
    )


def _book_later(decision: Decision, at_home: bool, by: Post, now: datetime) -> None:
    """The interview is to be booked but no time fits yet: finding one is the next step."""
    interview = decision.interview
    end_deferral(interview, outcome="home_visit" if at_home else "book", now=now)
    end_waiver(interview, outcome="book", now=now)
    if interview.state != InterviewState.DUE:
        set_state(interview, InterviewState.DUE)
    to_be_booked(
        interview,
        origin=Happened.INTERVIEW_BOOKED,
        words="No time was found yet.",
        at_home=at_home,
        by=by,
        now=now,
    )
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
        raise Refused(
            "no_words", "Deciding other than advised needs your words.", "Write why, in a sentence."
        )


def reason_for(wish: Wish, rules: Rules, by: Post) -> Reason | None:
    """The reason of a deferral or waiver, from the list this role may use; none for a booking."""
    if wish.choice == Choice.BOOK:
        return None
    reasons = rules.reasons(REASON_LIST[wish.choice], by.role)
    if wish.reason not in reasons:
        what = "deferral" if wish.choice == Choice.DEFER else "waiver"
        raise Refused("no_reason", f"A {what} needs a reason from the list.", "Choose the one that fits.")
    return reasons[wish.reason]


def days_for(wish: Wish, advice: Advice, rules: Rules, on: date) -> tuple[date | None, date | None]:
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
        raise Refused(
            "no_end", "A deferral needs a day on which it ends.", "Choose a day that is still to come."
        )
    if reason.yes("needs_evidence") and wish.evidence not in rules.reasons("evidence"):
        raise Refused(
            "no_evidence", f"“{reason.title}” rests on something.", "Say what: the customer's word will do."
        )
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


def because_for(wish: Wish, advice: Advice, advised: str, reason: Reason | None) -> str:
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
