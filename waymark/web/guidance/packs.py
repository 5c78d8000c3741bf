"""A programme pack as people read it: guidance found by words, settings with their source, tables as tables."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waymark.programme.pack import Guidance
from waymark.programme.queries import Held, Rules

NO_CONDITION = frozenset({"", "-"})
TOLD = ("id", "because", "source", "layer")
OUTPUT = "-> "


# Guidance


def found(items: Iterable[Guidance], words: str, topic: str = "") -> list[Guidance]:
    """The items with every word somewhere, those with more of them in the title first; `topic` narrows it."""
    wanted = [word.casefold() for word in words.split()]
    matching = [
        item
        for item in items
        if (not topic or topic in item.topics) and all(word in _text(item) for word in wanted)
    ]
    return sorted(matching, key=lambda item: (-_in_title(item, wanted), item.title.casefold()))


def topics_of(items: Iterable[Guidance]) -> list[str]:
    return sorted({topic for item in items for topic in item.topics})


def topic_words(topic: str) -> str:
    return topic.replace("_", " ")


def _text(item: Guidance) -> str:
    return " ".join((item.title, item.body, topic_words(" ".join(item.topics)))).casefold()


def _in_title(item: Guidance, wanted: Sequence[str]) -> int:
    return sum(word in item.title.casefold() for word in wanted)


# Settings


@dataclass(frozen=True)
class Value:
    """One setting as it holds for a place: the words for it, and where other places do otherwise."""

    held: Held
    name: str
    shown: str
    own: str
    variants: tuple[tuple[str, str, str], ...]


def sections(rules: Rules) -> dict[str, list[Value]]:
    """Every setting by its section, in the order of the pack."""
    grouped: dict[str, list[Value]] = {}
    for held in rules.every_value():
        section, _dot, name = held.key.partition(".")
        own = rules.pack.setting(held.key, rules.on)
        grouped.setdefault(section, []).append(
            Value(
                held=held,
                name=words_of(name),
                shown=in_words(held.value, held.unit),
                own=in_words(own.value, own.unit) if held.local else "",
                variants=tuple(
                    (in_words(one["value"], own.unit), str(one.get("who", "")), str(one.get("source", "")))
                    for one in own.variants
                ),
            )
        )
    return grouped


def words_of(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def in_words(value: Any, unit: str = "") -> str:
    """A value as people read it, with its unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(one) for one in value)
    text = str(value)
    if re.fullmatch(r"[a-z_]+", text):
        text = text.replace("_", " ")
    return f"{text} {unit.replace('_', ' ')}".strip()


# Tables


@dataclass(frozen=True)
class RowShown:
    """A row of a decision table: what it asks, what it says, why, and where that comes from."""

    id: str
    asks: tuple[tuple[str, str], ...]
    says: tuple[tuple[str, str], ...]
    because: str
    source: str
    layer: str


LAYERS: Mapping[str, str] = {"G": "national", "L": "local", "P": "practice"}


def rows_of(rules: Rules, name: str) -> list[RowShown]:
    """The rows of a table as they stand in the pack; cells that ask nothing are left out."""
    text = rules.pack.files[f"tables/{name}.csv"]
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [_row(row) for row in csv.DictReader(io.StringIO("\n".join(lines)))]


def _row(row: Mapping[str, str]) -> RowShown:
    cells = {name: (cell or "").strip() for name, cell in row.items() if name}
    return RowShown(
        id=cells.get("id", ""),
        asks=tuple(
            (words_of(name.replace(".", ", ")), cell)
            for name, cell in cells.items()
            if name not in TOLD and not name.startswith(OUTPUT) and cell not in NO_CONDITION
        ),
        says=tuple(
            (words_of(name.removeprefix(OUTPUT)), cell.replace("_", " "))
            for name, cell in cells.items()
            if name.startswith(OUTPUT) and cell
        ),
        because=cells.get("because", ""),
        source=cells.get("source", ""),
        layer=LAYERS.get(cells.get("layer", ""), cells.get("layer", "")),
    )
