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


REFUSE, WARN = "refuse", "warn"  # values of the pack


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
    # Titles of the topics a series needs that nobody has talked about yet, and what that means: refuse, or warn.
    needed: Collection[str] = ()
    needed_open: str = WARN
    # The language of an interpreter who was asked for and is not arranged, and what that means.
    interpreter: str = ""
    interpreter_open: str = WARN


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
        found += [refusal for open_, refusal in _by_the_pack(kept, ended) if open_ == REFUSE]
    return found


def worth_saying(kept: Kept, ended: Ended) -> list[Refused]:
    """What is lacking though the pack lets it go: said once, and never in the way."""
    if ended.outcome != "held":
        return []
    return [refusal for open_, refusal in _by_the_pack(kept, ended) if open_ != REFUSE]


def _by_the_pack(kept: Kept, ended: Ended) -> list[tuple[str, Refused]]:
    """What a pack may refuse or let go: a part that was left out, an interpreter who was not there."""
    found = []
    if kept.needed and kept.mandatory:
        refusal = Refused(
            "topics_needed",
            f"This has not been talked about in any interview yet: {', '.join(kept.needed)}.",
            "Mark it as talked about, or that the customer would rather not.",
        )
        found.append((kept.needed_open, refusal))
    if kept.interpreter and not ended.why.strip():
        refusal = Refused(
            "no_interpreter",
            f"An interpreter was asked for ({kept.interpreter}), and none is arranged.",
            "Say in a sentence why it was held without one, or choose “unable today” and find another time.",
        )
        found.append((kept.interpreter_open, refusal))
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
