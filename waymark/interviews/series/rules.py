"""The series as pure rules: who is called in, what counts, and the stations of a customer's way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from waymark.kernel.clock import add_months

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Regime:
    """What a programme says on a day about its series."""

    benefits: Collection[str]
    claim_kinds: Collection[str]
    total: int
    first_after_days: int
    first_within_days: int
    interval_days: int
    ends_at_age: int
    call_before_letter: bool = False
    call_within_days: int = 0
    area: str = ""
    cohorts: Sequence[Mapping[str, Any]] = ()


def standing_by_rules(
    regime: Regime, *, benefit: str, claimed_on: date, born_on: date | None, on: date
) -> str:
    """Why the interviews of a claim are compulsory or not, as far as rules can say: a code of standing.csv.

    What needs a person (an exemption, a screening, the customer's own wish) is settled by one.
    """
    if benefit not in regime.benefits:
        return "other_benefit"
    if (last := compulsory_until(regime, born_on)) is not None and on >= last:
        return "over_age"
    if "existing" in regime.claim_kinds:
        called = cohort_of(regime.cohorts, claimed_on=claimed_on, area=regime.area, on=on)
        return "in_cohort" if called else "not_in_cohort"
    return "required"


def compulsory_until(regime: Regime, born_on: date | None) -> date | None:
    """The day from which age ends what is compulsory; None where it never does, or the birth date is not known."""
    if born_on is None or not regime.ends_at_age:
        return None
    return add_months(born_on, regime.ends_at_age * MONTHS_A_YEAR)


def cohort_of(
    cohorts: Sequence[Mapping[str, Any]], *, claimed_on: date, area: str, on: date
) -> Mapping[str, Any] | None:
    """The window a claim falls into: so many months before the pilot began in its area (E:L5-10, E:L333-337).

    A claim of exactly two years before belongs to the first window: the report leaves the edge open.
    """
    for cohort in cohorts:
        if cohort["from"] > on or (area not in cohort["areas"] and "all" not in cohort["areas"]):
            continue
        start = cohort["pilot_start"]
        newest = add_months(start, -cohort["claim_made_months_before_pilot_from"])
        months_back = cohort.get("claim_made_months_before_pilot_to")
        oldest = date.min if months_back is None else add_months(start, -months_back)
        if oldest <= claimed_on < newest:
            return cohort
    return None


@dataclass(frozen=True)
class Counted:
    """Whether an interview counts towards the series, and in a sentence why."""

    counts: bool
    because: str


def counting(
    *, outcome: str, mode: str, mandatory: bool, settings: Mapping[str, bool], chosen: bool | None
) -> Counted:
    """What counts: settings of the programme, since the reports disagree; a person settles what was cut short.

    settings: `telephone`, `home`, `shortened`, `unable`, `voluntary`. chosen: what the person says of a
    shortened interview, or None.
    """
    if not mandatory:
        return Counted(settings["voluntary"], "An interview by choice is not one of the compulsory ones.")
    if outcome in {"unable_today", "stopped"}:
        return Counted(False, "The customer was not able to take part today. It counts neither way.")
    if outcome == "shortened":
        counts = settings["shortened"] if chosen is None else chosen
        word = "counts" if counts else "does not count"
        return Counted(counts, f"It was cut short, and a person has settled that it {word}.")
    if mode == "phone":
        return _by_setting(settings["telephone"], "held by telephone")
    if mode == "home":
        return _by_setting(settings["home"], "held at home")
    return Counted(True, "It was held, so it counts.")


def _by_setting(counts: bool, how: str) -> Counted:
    word = "counts" if counts else "does not count"
    return Counted(counts, f"It was {how}, and in this programme that {word}.")


def next_choices(
    *, outcome: str, counts: bool, mandatory: bool, done: int, total: int, trigger_meetings: bool
) -> tuple[str, ...]:
    """What may follow a sitting; `done` counts this one. There is always something, and never nothing."""
    if not mandatory:
        again = ("rebook",) if outcome in {"unable_today", "stopped"} else ()
        return (*again, "voluntary", "follow_up")
    if not counts:
        return ("rebook", "defer", "waive")
    if done < total:
        return ("interview", "find_time", "defer", "waive")
    return ("follow_up", "voluntary", "end_series") if trigger_meetings else ("end_series", "voluntary")


@dataclass(frozen=True)
class Past:
    """An interview that is a row: its number among the compulsory ones, its state, its day."""

    number: int
    state: str
    on: date | None
    counts: bool


@dataclass(frozen=True)
class Station:
    """One stop on the way. state: held, not_counted, booked, due, deferred, waived or planned."""

    number: int
    state: str
    on: date | None


def stations(
    past: Sequence[Past], *, total: int, interval_days: int, ends_on: date | None, today: date
) -> list[Station]:
    """The way as it looks today: what was, what is next, and what would follow at the programme's pace.

    ends_on: from that day nothing is compulsory any more (age, rules); later stations are left out. A waived
    interview ends the way until it is looked at again.
    """
    shown = [_station(p) for p in past]
    done = sum(1 for p in past if p.counts)
    open_now = [p for p in past if p.state in {"due", "booked", "deferred"}]
    if any(p.state == "waived" for p in past) or not (open_now or past):
        return shown
    last = max((p.on for p in past if p.on), default=today)
    still = total - done - len(open_now)
    for ahead in range(1, max(still, 0) + 1):
        day = max(last + timedelta(days=interval_days * ahead), today)
        if ends_on is not None and day >= ends_on:
            break
        shown.append(Station(done + len(open_now) + ahead, "planned", day))
    return shown


def _station(past: Past) -> Station:
    state = past.state if past.state != "held" or past.counts else "not_counted"
    return Station(past.number, state, past.on)
