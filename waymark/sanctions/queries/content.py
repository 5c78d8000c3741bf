"""What a bundle says, as plain JSON: the customer's words first, then every gate with its proof, then each step in order."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from waymark.inbound.models import Message
from waymark.kernel.clock import LONDON, day_of, words
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.sanctions.enums import BreachKind, Channel
from waymark.sanctions.models import Breach
from waymark.sanctions.queries.gates import gates_of, proof_of_notice, question_titles
from waymark.sanctions.rules import pounds

Content = dict[str, Any]


def content_of(
    breach: Breach,
    *,
    ref: str,
    view: str,
    paid_now: int,
    would_be_paid: int,
    rules: Rules,
    by: Post,
    now: datetime,
) -> Content:
    """Everything the decision maker gets, as it is on the day."""
    claim = breach.interview.claim
    customer = claim.customer
    return {
        "ref": ref,
        "on": day_of(now).isoformat(),
        "customer": customer.name,
        "ni": customer.ni_number or "",
        "benefit": rules.benefits.get(claim.benefit, claim.benefit),
        "office": {"name": claim.office.name, "telephone": claim.office.telephone},
        "what": _what(breach),
        "number": breach.miss_number,
        "customers_words": customers_words(breach),
        "view": view,
        "made_by": f"{by.person.name}, {by.get_role_display()}",
        "amounts": [
            ["Paid now, a week", pounds(paid_now)],
            ["Would be paid, a week", pounds(would_be_paid)],
            ["Taken off, a week", pounds(paid_now - would_be_paid)],
            ["Always left, a week", pounds(rules.value("sanctions.floor_pence_weekly"))],
        ],
        "gates": [
            {"title": g.title, "why": g.why, "passed": g.passed} for g in gates_of(breach, day_of(now))
        ],
        "safeguards": safeguards_in_words(breach, rules),
        "steps": steps_of(breach),
    }


def _what(breach: Breach) -> str:
    starts = breach.appointment.starts_at.astimezone(LONDON)
    said = f"{words(starts.date())} at {starts:%H:%M}, with {breach.appointment.adviser.name}"
    if breach.kind == BreachKind.NOT_TAKING_PART:
        return f"Did not take part in the interview on {said}."
    return f"Did not come to the interview on {said}."


def customers_words(breach: Breach) -> list[dict[str, str]]:
    """What the customer has said: the reason first, then every message since the appointment was made."""
    said = []
    if breach.reason_words:
        day = words(day_of(breach.reason_given_at)) if breach.reason_given_at else ""
        said.append({"words": breach.reason_words, "when": day, "how": "the reason given"})
    messages = Message.objects.filter(
        claim=breach.interview.claim_id, received_at__gte=breach.appointment.made_at
    ).order_by("received_at")
    for one in messages:
        how = f"{one.get_way_display()}: {one.get_about_display()}"
        text = one.words or "(no words kept)"
        said.append({"words": text, "when": words(day_of(one.received_at)), "how": how})
    return said


def safeguards_in_words(breach: Breach, rules: Rules) -> list[dict[str, str]]:
    titles = question_titles(rules)
    return [
        {
            "question": titles.get(one.question, one.question),
            "answer": one.get_answer_display(),
            "words": one.words,
            "asked_of": one.asked_of,
        }
        for one in breach.safeguards.all()
    ]


class Happening(NamedTuple):
    """One step of a case: when, what, and somebody's own words about it."""

    at: datetime
    what: str
    words: str = ""


def steps_of(breach: Breach) -> list[dict[str, str]]:
    """Every step in its order, in words."""
    return [
        {"when": f"{words(day_of(at))}, {at.astimezone(LONDON):%H:%M}", "what": what, "words": text}
        for at, what, text in happenings(breach)
    ]


def happenings(breach: Breach) -> list[Happening]:
    """The letter of the appointment, the day itself, and what was done since, the first first."""
    found = [
        Happening(breach.appointment.starts_at, _what(breach), breach.why),
        Happening(breach.opened_at, f"{breach.opened_by.person.name} opened the case."),
        *_letters_and_attempts(breach),
        *_reason(breach),
    ]
    proof = proof_of_notice(breach.appointment)
    if proof is not None and proof.sent_at is not None:
        said = f"The letter about the appointment ({proof.ref}) went out: {proof.get_channel_display()}."
        found.append(Happening(proof.sent_at, said))
    for visit in breach.visits.select_related("visitor__person").exclude(done_on=None):
        met = "met the customer" if visit.met else "met nobody"
        said = f"Home visit: {visit.visitor.person.name} {met}."
        found.append(Happening(visit.planned_for, said, visit.found))
    return sorted(found, key=lambda one: one.at)


def _letters_and_attempts(breach: Breach) -> Iterator[Happening]:
    """Each attempt; one that was a planned home visit is told as such, with what it found, and not twice."""
    visited = set(breach.visits.exclude(done_on=None).values_list("done_on", flat=True))
    for one in breach.attempts.select_related("by__person", "notice").defer("notice__pdf", "notice__html"):
        if one.notice is not None:
            gone = "went out" if one.notice.sent_at else "is not sent yet"
            if one.notice.came_back_on is not None:
                gone = f"came back on {words(one.notice.came_back_on)}"
            yield Happening(one.notice.sent_at or one.at, f"The letter asking why ({one.notice.ref}) {gone}.")
        elif one.channel != Channel.VISIT or one.on not in visited:
            came = "reached the customer" if one.reached else "did not reach the customer"
            said = f"{one.by.person.name} tried by {one.get_channel_display()} and {came}."
            yield Happening(one.at, said, one.words)


def _reason(breach: Breach) -> Iterator[Happening]:
    if breach.reason_given_at is not None:
        yield Happening(breach.reason_given_at, "The customer gave a reason.", breach.reason_words)
    if breach.cause_at is not None and breach.cause_by is not None:
        said = "good cause" if breach.cause_good else "no good cause"
        yield Happening(breach.cause_at, f"{breach.cause_by.person.name} decided: {said}.", breach.cause_why)
