"""What the tables advise about each kind of money, row by row, and what is still to ask. A person decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.awards.enums import OF_A_JOB, OPEN, Advice, AwardKind, AwardState
from waymark.awards.models import Award, Entry, Fund
from waymark.awards.rules import PENCE, financial_year, whole_pounds_up, yearly_pounds
from waymark.customers.models import Claim
from waymark.policy import NOT_KNOWN, Fact, FactType, Trace, explain
from waymark.programme.queries import Rules

AUTHORITY = "award-authority"
WEEKS_KEY = {
    AwardKind.RETURN_TO_WORK_CREDIT: "awards.credit_most_weeks",
    AwardKind.JOB_PREPARATION_PREMIUM: "awards.premium_most_weeks",
}
POUNDS_KEY = {
    AwardKind.RETURN_TO_WORK_CREDIT: "awards.credit_weekly_pounds",
    AwardKind.JOB_PREPARATION_PREMIUM: "awards.premium_weekly_pounds",
}


def table_of(kind: AwardKind) -> str:
    return f"award-{kind.value.replace('_', '-')}"


@dataclass(frozen=True)
class Had:
    """What a customer has, or has had, of each kind: what limits ask. Sums in pence."""

    running: frozenset[str]
    weeks: Mapping[str, int]
    from_fund: int


@dataclass(frozen=True)
class Advised:
    """What a table says of a claim: settled, or where it leans and what could still change it."""

    kind: AwardKind
    settled: bool
    advice: Advice
    because: str
    source: str
    row: str
    evidence: tuple[str, ...]
    ends: bool
    to_ask: tuple[Fact, ...]
    every_row: tuple[str, ...]
    trace: Trace

    @property
    def can_be_had(self) -> bool:
        return self.settled and self.advice == Advice.AWARD


def advise(
    kind: AwardKind,
    claim: Claim,
    answers: Mapping[str, str],
    had: Had,
    rules: Rules,
    on: date,
    *,
    fund_left: int | None = None,
    asked_pence: int = 0,
) -> Advised:
    """Put what is known to the table of a kind. `answers`: fact to value, as the facts are written.

    fund_left: what the office's fund has, in pence; None where it has none. asked_pence: the sum asked for.
    """
    facts = facts_of(kind, claim, answers, had, rules, on, fund_left=fund_left, asked_pence=asked_pence)
    trace = rules.table(table_of(kind)).trace(facts, on)
    found = trace.evaluation
    row = found.row or found.leaning
    outputs = dict(found.outputs or {})
    return Advised(
        kind=kind,
        settled=found.settled,
        advice=Advice(str(outputs.get("advice") or Advice.LATER)),
        because=row.because if row else "",
        source=row.source if row else "",
        row=row.id if row else "",
        evidence=_list(outputs.get("evidence")),
        ends=outputs.get("ends") != "no",
        to_ask=tuple(rules.facts[name] for name in found.ask),
        every_row=explain(trace, rules.facts).sentences()[1:],
        trace=trace,
    )


def facts_of(
    kind: AwardKind,
    claim: Claim,
    answers: Mapping[str, str],
    had: Had,
    rules: Rules,
    on: date,
    *,
    fund_left: int | None = None,
    asked_pence: int = 0,
) -> dict[str, Any]:
    """The answers as the engine takes them, with what is worked out added."""
    known: dict[str, Any] = {
        name: typed(rules.facts[name], value) for name, value in answers.items() if name in rules.facts
    }
    known |= {
        "award_in_programme": _yes(kind in rules.value("awards.kinds")),
        "claims_for_health": _yes(claims_for_health(claim, rules)),
        "award_runs": _yes(kind in had.running),
        "existing_customer": _yes("existing" in rules.value("regime.claim_kinds")),
    }
    if kind in WEEKS_KEY:
        known["award_weeks_left"] = max(0, rules.value(WEEKS_KEY[kind]) - had.weeks.get(kind, 0))
    if kind == AwardKind.DISCRETION_FUND:
        limit = rules.value("awards.fund_limit_pounds") * PENCE
        asked = max(asked_pence, 1)
        known["within_customer_limit"] = _yes(had.from_fund + asked <= limit)
        known["fund_has_money"] = _yes((fund_left or 0) >= asked)
    facts = rules.facts.parse(known)
    if kind == AwardKind.PERMITTED_WORK and "job_weekly_pay" in facts:
        pay = facts["job_weekly_pay"]
        most = rules.value("awards.permitted_weekly_pounds")
        facts["pay_within_permitted"] = pay <= most if isinstance(pay, int) else NOT_KNOWN
    return facts


def typed(fact: Fact, value: str) -> object:
    """A kept answer as the engine reads it: numbers as numbers."""
    return int(value) if fact.type is FactType.WHOLE_NUMBER and value.isdigit() else value


def claims_for_health(claim: Claim, rules: Rules) -> bool:
    """Whether the benefit is claimed because of an illness or a disability (E:L379-381)."""
    if claim.benefit in rules.value("awards.benefits"):
        return True
    return claim.benefit == "is" and claim.group == "sick_or_disabled"


def had_of(customer_id: int, awards: list[Award]) -> Had:
    """What the awards of one customer add up to. One statement, for the ledger."""
    lines = Entry.objects.filter(award__claim__customer=customer_id).values_list("pence", flat=True)
    return had_from(awards, -sum(lines))


def had_from(awards: list[Award], from_fund: int) -> Had:
    """Likewise, where what came from the fund is known already."""
    counted = [award for award in awards if award.state != AwardState.REFUSED]
    weeks: dict[str, int] = {}
    for award in counted:
        weeks[award.kind] = weeks.get(award.kind, 0) + award.weeks
    running = frozenset(
        award.kind for award in counted if award.state in OPEN and award.kind != AwardKind.DISCRETION_FUND
    )
    return Had(running, weeks, from_fund)


def fund_of(claim: Claim, on: date) -> Fund | None:
    """The fund of the claim's office for the financial year of a day."""
    return Fund.objects.filter(office=claim.office_id, year=financial_year(on)).first()


def answers_of_job(hours: float, weekly_pence: int) -> dict[str, str]:
    """What a job says to the tables: hours rounded down, yearly pay down, weekly pay up, so that no limit is missed."""
    return {
        "has_job": "yes",
        "job_hours": str(int(hours)),
        "job_gross_yearly": str(yearly_pounds(weekly_pence)),
        "job_weekly_pay": str(whole_pounds_up(weekly_pence)),
    }


def authority_for(
    rules: Rules, kind: AwardKind, *, pounds: int, as_advised: bool, after_the_fact: bool, role: str, on: date
) -> tuple[str, str, tuple[str, ...]]:
    """Who must agree: `none` or `authorise_before`, why, and which roles."""
    facts = rules.facts.parse(
        {
            "award_kind": kind.value,
            "award_pounds": pounds,
            "award_as_advised": _yes(as_advised),
            "award_after_the_fact": _yes(after_the_fact),
            "award_decided_by": role,
        }
    )
    found = rules.table(AUTHORITY).evaluate(facts, on)
    outputs = found.outputs or {}
    return str(outputs["authority"]), found.row.because if found.row else "", _list(outputs.get("by"))


def about_a_job(kind: str) -> bool:
    return kind in OF_A_JOB


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _list(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
