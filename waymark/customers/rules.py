"""Names, numbers and postcodes: how near two names are, what a typed number means. No database."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import phonenumbers

LONGEST_KEY = 40  # the width of the column that keeps them
SHORTEST_WITH_SLIPS = 4  # shorter words would be near to almost everything
APOSTROPHES = re.compile(r"['’‘`´]")
HYPHENS = re.compile(r"[-‐‑‒–]")
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")

NI_SHAPE = re.compile(r"[A-Z]{2}[0-9]{6}[A-D]")
# HMRC, National Insurance Manual NIM39110.
NEVER_FIRST = frozenset("DFIQUV")
NEVER_SECOND = frozenset("DFIOQUV")
NEVER_TOGETHER = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
TEMPORARY = "TN"
SYNTHETIC = "QQ"  # never issued, so that made-up people can never be mistaken for real ones

BRITISH_NUMBER = re.compile(r"0([1-9][0-9]{8,9})")
PUNCTUATION = re.compile(r"[ ()\-]")
OLDEST = 120  # years; an older date of birth is a slip of the pen

POSTCODE_SHAPE = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


@dataclass(frozen=True)
class Identity:
    """Who somebody is and where they live, as it is kept. Empty text means: not known."""

    given_names: str
    family_name: str
    born_on: date | None = None
    ni_number: str = ""
    ni_unknown_because: str = ""
    title: str = ""
    address: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""
    language: str = "en-gb"

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


class NotRight(Exception):
    """What is wrong with an identity: one sentence a field, all at once."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def tidy(identity: Identity, on: date, *, synthetic: bool = False) -> Identity:
    """The identity as it is kept: numbers and postcode in their one form, no needless spaces.

    `on` is today; `synthetic` lets the QQ numbers of made-up people pass. Raises NotRight with every problem.
    """
    trimmed: dict[str, Any] = {
        name: " ".join(text.split()) for name, text in vars(identity).items() if isinstance(text, str)
    }
    identity = replace(identity, **trimmed)
    problems: dict[str, str] = {}
    parsers: dict[str, Callable[[str], str]] = {
        "ni_number": lambda text: parse_ni(text, synthetic=synthetic),
        "postcode": parse_postcode,
        "telephone": parse_phone,
    }
    parsed: dict[str, Any] = {}
    for name, parse in parsers.items():
        try:
            parsed[name] = parse(trimmed[name]) if trimmed[name] else ""
        except ValueError as problem:
            problems[name] = str(problem)
    problems |= _missing(identity) | _wrong_birth(identity.born_on, on)
    if problems:
        raise NotRight(problems)
    return replace(identity, **parsed)


def _missing(identity: Identity) -> dict[str, str]:
    problems = {}
    if not identity.given_names:
        problems["given_names"] = "Enter the first name."
    if not identity.family_name:
        problems["family_name"] = "Enter the family name."
    if not identity.ni_number and not identity.ni_unknown_because:
        problems["ni_number"] = "Enter the NI number, or say why it is not known."
    return problems


def _wrong_birth(born_on: date | None, on: date) -> dict[str, str]:
    if born_on is None:
        return {}
    if born_on > on:
        return {"born_on": "The date of birth is in the future. Check the year."}
    if on.year - born_on.year > OLDEST:
        return {"born_on": f"The date of birth is more than {OLDEST} years ago. Check the year."}
    return {}


def words_of(text: str) -> set[str]:
    """The words of a name without case and accents; O'Neill-Brown also gives oneill and oneillbrown."""
    plain = _plain(text)
    words: set[str] = set()
    for joined in (
        plain,
        APOSTROPHES.sub(" ", plain),
        APOSTROPHES.sub("", plain),
        APOSTROPHES.sub("", HYPHENS.sub("", plain)),
    ):
        words |= set(NOT_A_LETTER.sub(" ", joined).split())
    return {word[:LONGEST_KEY] for word in words if len(word) > 1} or {w[:LONGEST_KEY] for w in words}


def word_keys(word: str) -> set[str]:
    """A word and, from four letters on, the word without each of its letters in turn."""
    if len(word) < SHORTEST_WITH_SLIPS:
        return {word}
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def name_keys(text: str) -> set[str]:
    """Keys of a whole name: two names that share one have words at most two slips of the pen apart."""
    return {key for word in words_of(text) for key in word_keys(word)}


def keys_by_word(text: str) -> list[list[str]]:
    """For each word of a name as one says it, the keys one of which a name like it must have."""
    return [sorted(word_keys(word[:LONGEST_KEY])) for word in dict.fromkeys(_spoken(text))]


def near(a: str, b: str) -> float:
    """How near two names are, 0 to 1: each word of the shorter one against the best of the longer one."""
    fewer, more = sorted((_spoken(a), _spoken(b)), key=len)
    if not fewer:
        return 0.0
    return sum(max(_alike(word, other) for other in more) for word in fewer) / len(fewer)


def parse_ni(text: str, *, synthetic: bool = False) -> str:
    """An NI number as it is kept: nine characters. With `synthetic`, QQ numbers of made-up people pass.

    Raises ValueError with a sentence that says what would be right.
    """
    number = re.sub(r"[\s.\-]", "", text).upper()
    if number.startswith(TEMPORARY):
        raise ValueError(
            "A number that starts with TN is temporary and is not an NI number. "
            "Leave it out and say why the NI number is not known."
        )
    if not NI_SHAPE.fullmatch(number):
        raise ValueError(
            "An NI number is two letters, six digits and a letter from A to D, such as AB 12 34 56 C."
            f"{_ni_slip(number)}"
        )
    prefix = number[:2]
    if prefix == SYNTHETIC and synthetic:
        return number
    if prefix[0] in NEVER_FIRST or prefix[1] in NEVER_SECOND or prefix in NEVER_TOGETHER:
        raise ValueError(f"No NI number starts with {prefix}. Check the two letters with the customer.")
    return number


def parse_phone(text: str) -> str:
    """A telephone number in its international form (+441632960001), a British one unless it says otherwise.

    Raises ValueError with a sentence that says what would be right.
    """
    plain = BRITISH_NUMBER.fullmatch(PUNCTUATION.sub("", text))
    if plain:  # nearly all of them; the same answer forty times faster, which a file of 100,000 feels
        return f"+44{plain[1]}"
    cure = "Give the whole number with its area code, such as 01632 960 001, or +353 … for a number abroad."
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException as problem:
        raise ValueError(f"“{text.strip()}” is not a telephone number. {cure}") from problem
    # Only the length is judged: new ranges open more often than lists of them reach us.
    if not phonenumbers.is_possible_number(number):
        raise ValueError(f"“{text.strip()}” has too few or too many digits. {cure}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def parse_postcode(text: str) -> str:
    """A postcode in capitals with its one space. Raises ValueError that says what would be right."""
    match = POSTCODE_SHAPE.fullmatch(re.sub(r"\s", "", text).upper())
    if match is None:
        raise ValueError(f"“{text.strip()}” is not a full postcode. Give both halves, such as CA1 1AB.")
    return f"{match[1]} {match[2]}"


def _ni_slip(number: str) -> str:
    """A hint on the slip that happens most: O for 0 and I for 1."""
    if re.search(r"[OIL]", number[2:8]):
        return " Write the digits 0 and 1, not the letters O, I or L."
    return ""


def _plain(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


def _spoken(text: str) -> list[str]:
    """The words one would say, each once: what is ranked, not what is looked up."""
    return NOT_A_LETTER.sub(" ", HYPHENS.sub(" ", APOSTROPHES.sub("", _plain(text)))).split()


def _alike(a: str, b: str) -> float:
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()
