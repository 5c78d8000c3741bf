"""How a claim begins: whether interviews are compulsory, and the first step, as one value for one claim or a file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from waymark.interviews.enums import Standing
from waymark.interviews.series.rules import Regime, standing_by_rules
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.organisations.enums import TeamKind
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind

OFFER_WITHIN = 5  # working days until a customer by choice is told what help is open (local: no report says)
OFFER_WORDS = "Coming is the customer's choice: say what help is open to them."


@dataclass(frozen=True)
class Beginning:
    """because: a code of standing.csv; interview_due_by: None where no interview is asked for; then the first task."""

    because: str
    standing: str
    interview_due_by: date | None
    task: TaskKind
    team: TeamKind
    due_on: date
    words: str = ""


@lru_cache(maxsize=256)
def regime_of(rules: Rules) -> Regime:
    """The series of a programme on a day at a place, read from its settings once."""
    return Regime(
        benefits=[*rules.value("regime.benefits"), *rules.value("regime.also_called_in")],
        claim_kinds=rules.value("regime.claim_kinds"),
        total=rules.value("regime.mandatory_interviews"),
        first_after_days=rules.value("timings.first_interview_after_days"),
        first_within_days=rules.value("timings.first_interview_within_days"),
        interval_days=rules.value("regime.later_interview_interval_days"),
        ends_at_age=rules.value("series.ends_at_age"),
        call_before_letter=rules.value("regime.first_contact") == "call_before_letter",
        call_within_days=rules.value("series.pre_call_within_working_days"),
        area=rules.value("regime.area"),
        cohorts=rules.pack.about.get("cohorts", ()),
    )


def beginning(
    rules: Rules,
    *,
    benefit: str,
    claimed_on: date,
    born_on: date | None,
    on: date,
    holidays: Collection[date],
) -> Beginning:
    """The first interview and the call that settles it, or an offer of help by choice.

    Where the programme rings before it writes, the adviser's call is first (E:L389); else the first contact is.
    """
    regime = regime_of(rules)
    because = standing_by_rules(regime, benefit=benefit, claimed_on=claimed_on, born_on=born_on, on=on)
    standing = rules.pack.reasons("standing")[because].columns["standing"]
    if standing == Standing.VOLUNTARY:
        offer_by = add_working_days(on, OFFER_WITHIN, holidays)
        return Beginning(
            because, standing, None, TaskKind.FOLLOW_UP, TeamKind.ADVISERS, offer_by, OFFER_WORDS
        )
    due_by = first_due_by(regime, claimed_on, on, holidays)
    if regime.call_before_letter:
        call_by = add_working_days(on, regime.call_within_days, holidays)
        return Beginning(because, standing, due_by, TaskKind.PRE_CALL, TeamKind.ADVISERS, call_by)
    first_call = next_working_day(on, holidays)
    return Beginning(because, standing, due_by, TaskKind.FIRST_CALL, TeamKind.FIRST_CONTACT, first_call)


def first_due_by(regime: Regime, claimed_on: date, on: date, holidays: Collection[date]) -> date:
    """The day by which the first interview should be held.

    Working days from today in a short regime, days from the claim in a longer one (E:L348), and for claims of
    years ago days from the day on which they are called in.
    """
    if not regime.first_after_days:
        return add_working_days(on, regime.first_within_days, holidays)
    from_the_claim = claimed_on + timedelta(days=regime.first_within_days)
    return from_the_claim if from_the_claim > on else on + timedelta(days=regime.first_within_days)
