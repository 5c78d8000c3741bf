"""How long a letter will be on paper, by a count of its lines.

Typst can measure a letter, but that sets it up to three times. The count is right to some ten millimetres, which is
enough for most letters; the others are measured. The numbers were found by setting every letter of the packs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

ROOM = 257  # millimetres of a page between its margins
DOUBT = 11  # further than this the count was never out
LINE = 88  # characters of a line
LOOSE, TIGHT, MEASURE = "loose", "tight", "measure"


@dataclass(frozen=True)
class Heights:
    """Millimetres: of what every letter has, and of each part, with the room before and after it."""

    frame: float
    line: float
    paragraph: float
    heading: float
    point: float
    line_of_point: float
    facts: float
    fact: float
    pair: float
    square: float


LOOSELY = Heights(119, 5.2, 1.8, 8.5, 2.2, 4.8, 7.8, 6.4, 6.5, 35.4)
TIGHTLY = Heights(109, 5.0, 0.6, 6.7, 1.1, 4.5, 3.6, 6.3, 5.1, 35.4)


def spacing_of(blocks: Iterable[Mapping[str, Any]], *, large: bool, square: bool) -> str:
    """Whether a letter is set loosely, or tightly to fit one page; or must be measured to know.

    blocks: with `kind`, `paragraphs` and `items` (label and text). A letter that is just too long for one page is set a
    little tighter; a longer one takes its two pages in peace, and so does one in large print.
    """
    if large:
        return LOOSE
    blocks = list(blocks)
    loose, tight = (_height(blocks, heights, square=square) for heights in (LOOSELY, TIGHTLY))
    if loose < ROOM - DOUBT or tight > ROOM + DOUBT:
        return LOOSE
    return TIGHT if loose > ROOM + DOUBT and tight < ROOM - DOUBT else MEASURE


def _height(blocks: Iterable[Mapping[str, Any]], of: Heights, *, square: bool) -> float:
    return of.frame + sum(_block(block, of) for block in blocks) + (of.square if square else 0)


def _block(block: Mapping[str, Any], of: Heights) -> float:
    kind, items = block["kind"], [(item["label"], item["text"]) for item in block["items"]]
    if kind == "heading":
        return of.heading
    if kind == "contact":
        return _paragraphs([*block["paragraphs"], *map(": ".join, items)], LINE - 6, of)
    return _paragraphs(block["paragraphs"], LINE, of) + (
        _facts(items, of) if kind == "key_facts" else _points(items, of) if kind == "list" else 0
    )


def _paragraphs(texts: Iterable[str], width: int, of: Heights) -> float:
    return sum(of.paragraph + of.line * ceil(len(text) / width) for text in texts)


def _points(items: list[tuple[str, str]], of: Heights) -> float:
    if len(items) > 5 and all(not label and len(text) <= 80 for label, text in items):
        return of.pair * ceil(len(items) / 2)
    return sum(of.point + of.line_of_point * ceil(len(": ".join(item)) / (LINE - 4)) for item in items)


def _facts(items: list[tuple[str, str]], of: Heights) -> float:
    width = max(20, LINE - 10 - max((len(label) for label, _text in items), default=0))
    return of.facts + of.fact * sum(max(1, ceil(len(text) / width)) for _label, text in items)
