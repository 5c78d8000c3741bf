"""What the person deciding has chosen, and what must be there before it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.interviews.advice import FIRST_CONTACT, Advice
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Choice, Stage
from waymark.interviews.models import Interview
from waymark.interviews.rules import Range, missing_facts, usual_range
from waymark.kernel.clock import add_months
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules

REASON_LIST = {Choice.DEFER: "deferral", Choice.WAIVE: "waiver"}
MONTHS_A_YEAR = 12
OFFERED = "wants_to_come_now"


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


def insist_on_hearing(
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


def insist_on_why_other(wish: Wish, advised: str, rules: Rules, by: Post) -> None:
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


def insist_on_deferral(
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


def insist_on_place(slot: Slot, facts: Mapping[str, Any], rules: Rules) -> None:
    """Nobody with an illness that others can catch is asked to the office (D:L352, D:L757)."""
    for name in rules.value("limits.never_office_when"):
        if slot.mode == "office" and facts.get(name) is True:
            raise Refused(
                "not_at_the_office",
                "This must not be an appointment at the office: others could catch the illness.",
                "Choose telephone or home, or defer until treatment has worked.",
            )


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
