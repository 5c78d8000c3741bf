"""What an interview must say before it can be settled. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waymark.kernel.refusal import Refused

CUT_SHORT = frozenset({"shortened", "unable_today", "stopped"})
RESTRICTED = (
    "restricted"  # read by advisers, leaders and managers; in no letter, and never on a shared screen
)
TEXTS = ("notes", "own_words", "health", "hopes", "promised", "customer_view", RESTRICTED)


@dataclass(frozen=True)
class NextWish:
    """What follows, as the adviser chose it.

    kind: a `Next`; slot: the time for one that is booked at once; on: the day to be in touch, or by which a time
    is found; about: what it will be about; decision: for putting off or not requiring, a `Wish` with the facts
    given, the customer's words and their four answers.
    """

    kind: str
    slot: Any = None
    on: date | None = None
    about: str = ""
    decision: Any = None
    given: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    view: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Ended:
    """How it went, as the adviser says: outcome, why it was cut short, whether it counts where a person settles it."""

    outcome: str
    why: str = ""
    counts: bool | None = None
    agreed: str = ""
    understood: str = ""
    said: Collection[str] = ()
    agreed_steps: Collection[str] = ()


@dataclass(frozen=True)
class Kept:
    """What the workspace holds when somebody wants to settle it."""

    capacity: str
    first: bool
    mandatory: bool
    options_marked: Collection[str]
    options_known: Mapping[str, str]
    show_every_option: bool
    minutes: int | None
    standard_minutes: int
    short_by: int


def missing(kept: Kept, ended: Ended) -> list[Refused]:
    """All that is still missing, in sentences with the cure; empty when it can be settled."""
    found = []
    if kept.capacity == "not_asked":
        found.append(
            Refused(
                "capacity_not_asked",
                "It is not said whether the customer was able to take part today.",
                "Ask at the start, or say now how they were.",
            )
        )
    if ended.outcome == "held" and kept.capacity == "unable":
        found.append(
            Refused(
                "was_unable",
                "The customer was unable to take part today.",
                "Choose “unable today”: it counts neither way and is no breach.",
            )
        )
    if ended.outcome in CUT_SHORT and not ended.why.strip():
        found.append(
            Refused("no_why", "Why was it cut short?", "Write it in a sentence the customer may read.")
        )
    if ended.outcome == "shortened" and kept.mandatory and ended.counts is None:
        found.append(
            Refused(
                "counts_open",
                "An interview that was cut short either counts, or is put off, or is held again.",
                "Say whether it counts.",
            )
        )
    if ended.outcome == "held":
        found += _held(kept, ended)
    return found


def _held(kept: Kept, ended: Ended) -> list[Refused]:
    found = []
    unmarked = [title for code, title in kept.options_known.items() if code not in kept.options_marked]
    if kept.first and kept.show_every_option and unmarked:
        found.append(
            Refused(
                "options_open",
                "At the first interview every form of help is shown. Still open: "
                + ", ".join(unmarked)
                + ".",
                "Mark each, or say why it was not mentioned.",
            )
        )
    if kept.mandatory and not ended.understood:
        found.append(
            Refused(
                "not_checked",
                "It is not said whether the customer understood what is compulsory and what comes next.",
                "Ask them to say it back, and mark what you heard.",
            )
        )
    too_short = kept.minutes is not None and kept.standard_minutes - kept.minutes > kept.short_by
    if kept.first and too_short and not ended.why.strip():
        found.append(
            Refused(
                "short_first",
                f"The first interview took {kept.minutes} minutes; {kept.standard_minutes} are usual.",
                "Write why it was so short.",
            )
        )
    return found
