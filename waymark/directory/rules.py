"""Places, words and ages of the directory: pure decisions."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*[0-9][A-Z]{2})?")
WHOLE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s+[0-9][A-Z]{2}\b")
AREA = re.compile(r"[A-Z]{1,2}")
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
EARTH_MILES = 3958.8
PIECE = 3
SHORTEST_WITH_SLIPS = 4
WEEKS = re.compile(r"(\d{1,3})\s*(?:to\s*(\d{1,3})\s*)?weeks?", re.IGNORECASE)
Point = tuple[float, float]


def district_of(postcode: str) -> str:
    """The first part of a postcode, such as CA1; empty when there is none."""
    found = OUTWARD.fullmatch(" ".join(postcode.upper().split()))
    return found[1] if found else ""


def area_of(postcode: str) -> str:
    """The letters a postcode begins with, such as CA; empty when there are none."""
    found = AREA.match(district_of(postcode))
    return found[0] if found else ""


def districts_in(text: str) -> list[str]:
    """First parts of postcodes typed in one line, tidy and each once. Raises ValueError naming what is none."""
    found: list[str] = []
    firsts = WHOLE.sub(r"\1", text.upper())
    for word in re.split(r"[\s,;]+", firsts.strip()):
        if not word:
            continue
        if not district_of(word):
            raise ValueError(f"“{word}” is no first part of a postcode, like CA1.")
        if district_of(word) not in found:
            found.append(district_of(word))
    return found


def miles_between(one: Point, other: Point) -> float:
    """As the crow flies; points are latitude and longitude in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    inner = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_MILES * math.asin(math.sqrt(min(1.0, inner)))


def plain_words(text: str) -> list[str]:
    return [word for word in NOT_A_LETTER.split(text.casefold()) if word]


def pieces(text: str) -> list[str]:
    """The three-letter pieces of every longer word, in order: two words with a slip between them share most."""
    found = {
        word[place : place + PIECE]
        for word in plain_words(text)
        if len(word) >= SHORTEST_WITH_SLIPS
        for place in range(len(word) - PIECE + 1)
    }
    return sorted(found)


def words_of(parts: Iterable[str]) -> str:
    """All that is looked through of an entry, each line once."""
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def weeks_in(text: str) -> int | None:
    """The longest wait that words such as “4 to 6 weeks” speak of; None where they name no weeks."""
    found = WEEKS.search(text)
    return int(found[2] or found[1]) if found else None


@dataclass(frozen=True)
class Freshness:
    """How old an entry's confirmation is on a day."""

    confirmed_on: date | None
    due_on: date | None
    stale: bool

    @property
    def never(self) -> bool:
        return self.confirmed_on is None


def freshness(confirmed_on: date | None, on: date, every_days: int) -> Freshness:
    """An entry holds `every_days` from its confirmation; one that was never confirmed is stale at once."""
    if confirmed_on is None:
        return Freshness(None, None, True)
    due_on = confirmed_on + timedelta(days=every_days)
    return Freshness(confirmed_on, due_on, due_on < on)


@dataclass(frozen=True)
class Cell:
    """One of the four fields of knowledge and use (R:L1653-1662)."""

    letter: str
    knows: bool
    uses: bool


GRID = (Cell("A", True, False), Cell("B", True, True), Cell("C", False, False), Cell("D", False, True))
KNOWN_LEVELS = frozenset({"1", "2"})


def cell_of(level: str, often: bool) -> str:
    """The letter of the field: A and B know it (1 or 2), B and D use it much."""
    return next(cell.letter for cell in GRID if cell.knows == (level in KNOWN_LEVELS) and cell.uses == often)


def needs_meant(names: Iterable[str], lexicon: Mapping[str, str]) -> list[str]:
    """The codes of needs that published terms speak of, in order; lexicon: words in small letters to codes."""
    found = (lexicon.get(" ".join(name.casefold().split())) for name in names)
    return list(dict.fromkeys(code for code in found if code))
