"""What must be there before a case may go on, and what may be taken off: pure, and in sentences."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from waymark.kernel.clock import day_of, words

UNTOLD = "There is no proof that the customer was told of the appointment beforehand"


@dataclass(frozen=True)
class Tried:
    """One attempt to reach the customer that counts."""

    on: date
    channel: str
    reached: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of a case on a day; `on` is that day."""

    on: date
    attended: bool
    compulsory: bool
    required: bool
    asked_beforehand: bool
    unanswered: int
    stopped: bool
    starts_at: datetime
    told_at: datetime | None
    told_ref: str
    came_back_on: date | None
    not_read_out: bool
    asked_at: datetime | None
    tried: Collection[Tried]
    attempts_needed: int
    ways_needed: int
    reply_by: date
    reason_given: bool
    cause_good: bool | None
    cause_title: str
    questions: Mapping[str, str]
    answered: Collection[str]
    visit_because: str
    visited_on: date | None


@dataclass(frozen=True)
class Gate:
    """One thing that must be so. `why` is its proof, or what is lacking; `cure` opens it, where something can."""

    code: str
    title: str
    passed: bool
    why: str
    cure: str = ""


def gates(known: Known) -> list[Gate]:
    """Every gate of a case, in order. A decision maker hears of it when all are passed (rules P:L686, P:L975, P:L1291)."""
    return [
        _compulsory(known),
        _beforehand(known),
        _message(known),
        _stop(known),
        _notice(known),
        _asked(known),
        _attempts(known),
        _time(known),
        _reason(known),
        _safeguards(known),
        _visit(known),
    ]


def _compulsory(known: Known) -> Gate:
    title = "The interview was compulsory"
    if not known.compulsory:
        return Gate("compulsory", title, False, "A voluntary interview has no consequences.")
    if not known.required:
        why = "For this customer interviews are a choice."
        return Gate("compulsory", title, False, why, "Close the case: nothing follows.")
    return Gate("compulsory", title, True, "Interviews are compulsory for this claim.")


def _beforehand(known: Known) -> Gate:
    """Another time asked for beforehand is never a failure (M:L1671)."""
    title = "No other time was asked for beforehand"
    if known.asked_beforehand and not known.attended:
        why = "The customer asked for another time beforehand: that is no failure to come."
        return Gate("beforehand", title, False, why, "Close the case and find another time.")
    said = "The customer came." if known.attended else "Nothing was said before the interview."
    return Gate("beforehand", title, True, said)


def _message(known: Known) -> Gate:
    title = "Everything the customer told us is answered"
    if known.unanswered:
        why = "The customer has told us something that nobody has answered yet."
        return Gate("message", title, False, why, "Read the message and answer it first.")
    return Gate("message", title, True, "No message waits for an answer.")


def _stop(known: Known) -> Gate:
    title = "Contact is not stopped"
    if known.stopped:
        why = "Contact with this customer is stopped."
        return Gate("stop", title, False, why, "Wait until somebody has looked at the stop again.")
    return Gate("stop", title, True, "Contact with this customer is not stopped.")


def _notice(known: Known) -> Gate:
    title = "The customer was told of the appointment"
    if known.came_back_on is not None:
        why = f"{UNTOLD}: the letter came back on {words(known.came_back_on)}."
        return Gate("notice", title, False, why, "Close the case and book the interview again.")
    if known.not_read_out:
        why = f"{UNTOLD}: they cannot read, and nobody read the letter to them before it."
        return Gate("notice", title, False, why, "Close the case and book the interview again.")
    if known.told_at is None or known.told_at >= known.starts_at:
        why = f"{UNTOLD}."
        return Gate("notice", title, False, why, "Close the case and book the interview again.")
    before = (day_of(known.starts_at) - day_of(known.told_at)).days
    said = f"Letter {known.told_ref} went out on {words(day_of(known.told_at))}, {_days(before)} before."
    return Gate("notice", title, True, said)


def _asked(known: Known) -> Gate:
    title = "The customer was asked why"
    reached = [one for one in known.tried if one.reached]
    if reached:
        return Gate("asked", title, True, f"Somebody reached them on {words(min(t.on for t in reached))}.")
    if known.asked_at is None or day_of(known.asked_at) >= known.reply_by:
        why = "Nobody has asked the customer: no letter went out in time, and nobody was reached."
        return Gate("asked", title, False, why, "Reach the customer, and ask.")
    return Gate("asked", title, True, f"We wrote to them on {words(day_of(known.asked_at))}.")


def _attempts(known: Known) -> Gate:
    """Several attempts on different days and by different ways; how many is local (P:L975, P:L979)."""
    days, ways = len({t.on for t in known.tried}), len({t.channel for t in known.tried})
    title = f"{known.attempts_needed} attempts on different days, by {known.ways_needed} ways, to reach the customer"
    had = f"So far: {_days(days, 'different ')}, {ways} {'way' if ways == 1 else 'ways'}."
    if days < known.attempts_needed or ways < known.ways_needed:
        more = (
            "Try again on another day" + ("" if ways >= known.ways_needed else ", and by another way") + "."
        )
        return Gate("attempts", title, False, f"Not enough has been tried to reach the customer. {had}", more)
    return Gate("attempts", title, True, had)


def _time(known: Known) -> Gate:
    title = "The customer has had time to answer"
    until = words(known.reply_by)
    if known.cause_good is not False and known.on <= known.reply_by:
        why = f"The customer still has time to give a reason, until {until}."
        return Gate("time", title, False, why, "Wait until that day is over.")
    said = f"There was time until {until}." if known.on > known.reply_by else "They have given their reason."
    return Gate("time", title, True, said)


def _reason(known: Known) -> Gate:
    title = "There is no good cause that we know of"
    if known.cause_good:
        return Gate("reason", title, False, f"There was good cause: {known.cause_title}.")
    if known.reason_given and known.cause_good is None:
        why = "Nobody has decided about the reason the customer gave."
        return Gate("reason", title, False, why, "Decide whether it is good cause.")
    said = (
        "A person has decided that the reason is not good cause." if known.reason_given else "None was given."
    )
    return Gate("reason", title, True, said)


def _safeguards(known: Known) -> Gate:
    """Health and vulnerability are asked about before anything follows (P:L686-698)."""
    title = "The questions about health and vulnerability are answered"
    open_ones = [text for code, text in known.questions.items() if code not in known.answered]
    if open_ones:
        why = f"The questions about health and vulnerability are not all answered: {len(open_ones)} to go."
        return Gate("safeguards", title, False, why, "Answer them, and say whom or what you asked.")
    return Gate("safeguards", title, True, f"All {len(known.questions)} are answered.")


def _visit(known: Known) -> Gate:
    """Nobody vulnerable, and nobody after a third miss, without a visit (D:L864, P:L686)."""
    title = "A home visit, where one is needed"
    if known.visited_on is not None:
        return Gate("visit", title, True, f"The visit was on {words(known.visited_on)}.")
    if known.visit_because:
        return Gate(
            "visit", title, False, f"A home visit comes first: {known.visit_because}", "Plan a visit."
        )
    return Gate("visit", title, True, "Nothing asks for one.")


def shut(found: Collection[Gate]) -> list[Gate]:
    return [gate for gate in found if not gate.passed]


def _days(count: int, sort: str = "") -> str:
    return f"{count} {sort}{'day' if count == 1 else 'days'}"


# Amounts, in pence a week


def reduction(paid: int, *, percent: int, pence: int, floor: int) -> int:
    """What is taken off a week: a sum where the programme names one, else a share; never below the floor (P:L686)."""
    wanted = pence or paid * percent // 100
    return min(wanted, max(0, paid - floor))


def pounds(pence: int) -> str:
    """1234567 as £12,345.67; whole pounds keep their pence, as on a payment letter."""
    return f"£{pence // 100:,}.{pence % 100:02d}"


def taken(pence_a_week: int, since: date, until: date) -> int:
    """What a reduction has taken from `since` up to and without `until`, in pence."""
    return pence_a_week * max(0, (until - since).days) // 7


# Times


@dataclass(frozen=True)
class Pace:
    """How long a step took: how many cases, the middle one in days, the longest. `days` is None when too few."""

    count: int
    days: float | None
    longest: int | None


def pace(days: Collection[int], hidden_below: int) -> Pace:
    if not days or len(days) < hidden_below:
        return Pace(len(days), None, None)
    return Pace(len(days), median(days), max(days))
