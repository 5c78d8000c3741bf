"""The kinds of fact, and the two answers that are not values.

A fact is in one of three states when a table is read:

* missing or ``None``: nobody has asked yet, so a test on it is undecided;
* ``NOT_KNOWN``: it was asked and the customer does not know, so every test on it is false but ``not known``;
* a value of its type.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
"""Dates outside these years are typing mistakes; keeping them out also keeps date arithmetic from
overflowing."""


class NotKnown:
    """The answer "I do not know". There is one of it, ``NOT_KNOWN``, also after copying and pickling."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "not known"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "NOT_KNOWN"


NOT_KNOWN = NotKnown()


class Interval(NamedTuple):
    """A stay or a period. ``end`` is None while it is still open; then ``fact.end`` counts as not known."""

    start: date
    end: date | None = None


Value = str | bool | int | date | Interval | NotKnown
Facts = Mapping[str, Value | None]


class FactType(StrEnum):
    CHOICE = "choice"
    YES_NO = "yes_no"
    WHOLE_NUMBER = "whole_number"
    DATE = "date"
    DATE_INTERVAL = "date_interval"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be asked. ``choices`` maps the value to the word on the screen."""

    name: str
    type: FactType
    question: str = ""
    help: str = ""
    sensitivity: str = "ordinary"
    source: str = ""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    minimum: int | None = None
    maximum: int | None = None
    asked_when: str = ""
    derived: str = ""
    line: int = 0

    @property
    def words(self) -> str:
        """The name as a person would write it: ``due_date`` is "due date"."""
        return self.name.replace("_", " ")


def nearest(word: str, candidates: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """The candidate that looks most like the word, or an empty string."""
    return next(iter(get_close_matches(word, list(candidates), 1, 0.6)), "")


def did_you_mean(word: str, candidates: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """A cure for a misspelt word: the nearest candidate, or all of them when none is near."""
    near = nearest(word, candidates)
    return f"Did you mean {near}?" if near else f"Use one of: {', '.join(candidates)}."
