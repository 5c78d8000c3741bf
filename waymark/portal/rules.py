"""Codes people can type, and what only the customer knows. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from waymark.kernel.refs import ALPHABET

CODE_LENGTH = 8  # 40 bits: with a birth date asked as well, and five tries, nobody guesses one
LINK_LENGTH = 32
GROUP = 4
MOST_TRIES = 5
NI_ENDING = 4
# A library or an office has one address for many people; a machine that guesses is stopped all the same.
MOST_FROM_ONE_PLACE = 30
WHILE = timedelta(minutes=15)
# Where a letter shows a code and the copy we keep does not.
MASK = "●●●● ●●●●"
# As long as what it stands for, and of letters that a text message has.
LINK_MASK = "*" * LINK_LENGTH
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def in_letters(number: int, length: int) -> str:
    """A number as `length` characters that are not misread."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def in_groups(code: str) -> str:
    """K7QM 2XPA: as it is printed."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_typed(text: str) -> str:
    """What somebody typed, as it was printed: without spaces and dashes, an O for a nought put right."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(MISREAD)


@dataclass(frozen=True)
class Known:
    """What only the customer knows: the day they were born, or how their NI number ends."""

    born_on: date | None = None
    ni_ending: str = ""

    def __bool__(self) -> bool:
        return self.born_on is not None or bool(self.ni_ending)


def fits(said: Known, born_on: date | None, ni_number: str) -> bool:
    """Whether what was said is what we hold. Everything that was said must fit, and something must be said."""
    if not said:
        return False
    birth_fits = said.born_on is None or said.born_on == born_on
    ending = re.sub(r"[^0-9A-Z]", "", said.ni_ending.upper())
    ending_fits = not said.ni_ending or (len(ending) == NI_ENDING and ni_number.endswith(ending))
    return birth_fits and ending_fits
