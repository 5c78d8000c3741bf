"""Which decisions a corrected rule or fact would have made otherwise. It finds; a person puts right."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from waymark.customers.models import Claim
from waymark.interviews.advice import advise
from waymark.interviews.enums import Choice
from waymark.interviews.models import Decision, Requirement
from waymark.interviews.verbs.decisions import ADVISED_CHOICE, rules_of
from waymark.kernel.clock import day_of
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.policy import BadFacts, Trace
from waymark.programme.queries import Rules
from waymark.sanctions.enums import LiftedBecause, SanctionState
from waymark.sanctions.models import Sanction
from waymark.sanctions.queries.gates import known_of, question_titles
from waymark.sanctions.rules import Gate, Known, gates, pounds, reduction, shut, taken

INTERVIEWS, REDUCTIONS = "interviews", "reductions"
KINDS = (INTERVIEWS, REDUCTIONS)
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Corrected:
    """What was wrong and is right now: the rules (None: as they were), facts by name, letters that never arrived."""

    rules: Rules | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    undelivered: Collection[str] = ()
    because: str = ""


@dataclass(frozen=True)
class Finding:
    """A decision that would have been another: its reference, what it was, what it would be, the money (pence)."""

    kind: str
    about: str
    claim: Claim
    what: str
    was: str
    would_be: str
    because: str
    pence: int = 0


def affected(
    corrected: Corrected,
    *,
    programme: str,
    since: date,
    until: date,
    kinds: Collection[str] = KINDS,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Every decision of a programme from `since` to `until` that would have been different, interviews first.

    progress: called with each decision looked at. Reads only.
    """
    if INTERVIEWS in kinds:
        for decision in decisions_since(programme, since, until).iterator(chunk_size=500):
            found = judged_again(decision, corrected)
            if found is not None:
                yield found
            if progress is not None:
                progress(1)
    if REDUCTIONS in kinds:
        for sanction in reductions_since(programme, since, until):
            found = reduction_again(sanction, corrected, until)
            if found is not None:
                yield found
            if progress is not None:
                progress(1)


def how_many(programme: str, since: date, until: date, kinds: Collection[str] = KINDS) -> int:
    """How many decisions would be looked at."""
    interviews = decisions_since(programme, since, until).count() if INTERVIEWS in kinds else 0
    return interviews + (reductions_since(programme, since, until).count() if REDUCTIONS in kinds else 0)


def decisions_since(programme: str, since: date, until: date) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(interview__claim__programme=programme, on__gte=since, on__lte=until)
        .exclude(trace={})
        .select_related("interview__claim__customer", "interview__claim__office__district", "pack")
        .defer("pack__files")
        .order_by("on", "id")
    )


def reductions_since(programme: str, since: date, until: date) -> QuerySet[Sanction]:
    """Reductions that were decided and not undone as wrong already."""
    undone = [LiftedBecause.RECONSIDERED, LiftedBecause.OUR_MISTAKE]
    return (
        Sanction.objects.filter(
            ruling__bundle__breach__interview__claim__programme=programme,
            ruling__decided_at__date__gte=since,
            ruling__decided_at__date__lte=until,
        )
        .exclude(lifted_because__in=undone)
        .select_related(
            "ruling__bundle__breach__interview__claim__customer",
            "ruling__bundle__breach__interview__claim__office__district",
            "ruling__bundle__breach__appointment",
            "ruling__bundle__breach__asked_by_notice",
        )
        .order_by("ruling__decided_at", "id")
    )


# Decisions about interviews


def judged_again(decision: Decision, corrected: Corrected) -> Finding | None:
    """Replay the kept facts, corrected, with the corrected rules. None when the same would have been advised."""
    old = rules_of(decision)
    rules = corrected.rules or old
    table = Trace.from_json(decision.trace).table
    changed = {k: v for k, v in corrected.facts.items() if k in decision.facts and decision.facts[k] != v}
    if corrected.rules is None and not changed:
        return None
    given = {k: v for k, v in {**decision.facts, **changed}.items() if k in rules.facts}
    try:
        again = advise(rules, rules.facts.parse(given), decision.on, table)
    except BadFacts:
        return None
    before = advise(old, old.facts.parse(decision.facts), decision.on, table)
    would = ADVISED_CHOICE.get(again.choice, "") if again.settled else ""
    was = ADVISED_CHOICE.get(before.choice, "") if before.settled else ""
    if would == was or would == decision.choice:
        return None
    said = f"the advice would have been to {would}" if would else "more would have been asked first"
    return Finding(
        kind=INTERVIEWS,
        about=decision.ref,
        claim=decision.interview.claim,
        what=f"Interview {decision.interview.number}, decided on {decision.on:%d %B %Y}",
        was=str(Choice(decision.choice).label),
        would_be=said,
        because=again.because or corrected.because,
    )


# Reductions


def reduction_again(sanction: Sanction, corrected: Corrected, today: date) -> Finding | None:
    """Put what is known today of a case to its gates again; and its amount to the corrected rules."""
    breach = sanction.ruling.bundle.breach
    decided = day_of(sanction.ruling.decided_at)
    known = _as_corrected(
        replace(known_of(breach, decided), unanswered=0, stopped=False), sanction, corrected
    )
    closed = shut(gates(known))
    if closed:
        off = sanction.reduction
        return _finding(sanction, "nothing would have been taken off", closed, off, today)
    if corrected.rules is None:
        return None
    right = reduction(
        sanction.paid_before,
        percent=corrected.rules.value("sanctions.reduction_percent"),
        pence=corrected.rules.value("sanctions.reduction_pence_weekly"),
        floor=corrected.rules.value("sanctions.floor_pence_weekly"),
    )
    if right >= sanction.reduction:
        return None
    would = f"{pounds(right)} a week would have been taken off"
    return _finding(sanction, would, [], sanction.reduction - right, today)


def _as_corrected(known: Known, sanction: Sanction, corrected: Corrected) -> Known:
    """The case as it would have stood: letters that did not arrive, a choice settled later, stricter rules."""
    breach = sanction.ruling.bundle.breach
    known = replace(known, required=_was_required(sanction), cause_good=breach.cause_good)
    if known.told_ref in corrected.undelivered:
        known = replace(known, told_at=None)
    asked = breach.asked_by_notice
    if asked is not None and asked.ref in corrected.undelivered:
        tried = [one for one in known.tried if one.channel != "letter"]
        known = replace(known, asked_at=None, tried=tried)
    rules = corrected.rules
    if rules is None:
        return known
    days = rules.value("sanctions.reply_working_days")
    titles = question_titles(rules)
    return replace(
        known,
        attempts_needed=max(known.attempts_needed, rules.value("sanctions.attempts")),
        ways_needed=max(known.ways_needed, rules.value("sanctions.ways")),
        reply_by=max(known.reply_by, add_working_days(breach.opened_on, days, organisations.holidays())),
        on=day_of(sanction.ruling.bundle.made_at),
        questions={**known.questions, **{code: titles[code] for code in rules.reasons("safeguard")}},
    )


def _was_required(sanction: Sanction) -> bool:
    """Whether interviews were compulsory on the day of the appointment, as it is known today."""
    breach = sanction.ruling.bundle.breach
    day = day_of(breach.appointment.starts_at)
    held = Requirement.objects.filter(
        Q(until=None) | Q(until__gte=day), claim=breach.interview.claim_id, since__lte=day
    )
    return held.exists() and not held.filter(standing="voluntary").exists()


def _finding(
    sanction: Sanction, would_be: str, closed: Collection[Gate], pence_a_week: int, today: date
) -> Finding:
    breach = sanction.ruling.bundle.breach
    stake = 0
    if sanction.state in {SanctionState.IN_EFFECT, SanctionState.LIFTED}:
        stake = taken(pence_a_week, sanction.starts_on, sanction.lifted_from or today)
    return Finding(
        kind=REDUCTIONS,
        about=sanction.ref,
        claim=breach.interview.claim,
        what=f"Reduction decided on {day_of(sanction.ruling.decided_at):%d %B %Y}",
        was=f"{pounds(sanction.reduction)} a week taken off from {sanction.starts_on:%d %B %Y}",
        would_be=would_be,
        because=" ".join(gate.why for gate in closed) or "The rule about the amount was wrong.",
        pence=stake,
    )
