"""A letter as a pack writes it, and how it is read."""

import re
import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

KINDS = frozenset({"heading", "paragraph", "list", "key_facts", "contact"})
PLACE = re.compile(r"\{([^{}]*)\}")
BY_POST_OR_MAIL = ("post", "email")


@dataclass(frozen=True)
class Item:
    """A point of a list, or a fact with its label."""

    text: str
    label: str = ""
    when: str = ""
    unless: str = ""


@dataclass(frozen=True)
class Block:
    kind: str
    text: str = ""
    items: tuple[Item, ...] = ()
    when: str = ""
    unless: str = ""
    carries: tuple[str, ...] = ()

    def texts(self) -> list[str]:
        """Every piece of text of the block."""
        return [self.text] * bool(self.text) + [t for i in self.items for t in (i.label, i.text) if t]


@dataclass(frozen=True)
class Letter:
    """A letter of a pack, not yet filled. `required`: what the customer must be told.

    channels: the ways it may go, the best first. short: the same as a text message, where there is one.
    """

    title: str
    subject: str
    required: tuple[str, ...]
    blocks: tuple[Block, ...]
    path: str = ""
    stance: str = ""
    channels: tuple[str, ...] = BY_POST_OR_MAIL
    short: str = ""

    @property
    def kind(self) -> str:
        """The notice it is for, by the name of its file."""
        return self.path.rpartition("/")[2].split(".")[0]

    def parts(self) -> list[Block | Item]:
        """Every block, and every point of every block."""
        found: list[Block | Item] = []
        for block in self.blocks:
            found += [block, *block.items]
        return found

    @property
    def variant(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(".toml").partition(".")[2]


class BadLetter(ValueError):
    """A letter file that cannot be read. The message says where and what."""


def letter_path(files: Container[str], kind: str, language: str = "en", variant: str = "") -> str:
    """Where a pack keeps a letter: in the language before in English, the variant before the standard one.

    Raises `BadLetter` when the pack has none of this kind.
    """
    names = [f"{kind}.{variant}", kind] if variant else [kind]
    for path in (f"letters/{spoken}/{name}.toml" for spoken in (language, "en") for name in names):
        if path in files:
            return path
    raise BadLetter(f"The programme pack has no letter “{kind}”.")


@lru_cache(maxsize=256)
def parse_letter(text: str, path: str = "") -> Letter:
    """The letter in a pack's TOML. Raises `BadLetter` when it is none; `lint_letter` finds finer faults."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise BadLetter(f"{path}: not readable as TOML: {e}") from e
    blocks = raw.get("blocks", [])
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise BadLetter(f"{path}: blocks are written as [[blocks]] tables.")
    short = raw.get("short", {})
    return Letter(
        title=one_line(str(raw.get("title", ""))),
        subject=one_line(str(raw.get("subject", ""))),
        required=tuple(map(str, raw.get("required", []))),
        blocks=tuple(_block(b, path) for b in blocks),
        path=path,
        stance=str(raw.get("stance", "")),
        channels=tuple(map(str, raw.get("channels", BY_POST_OR_MAIL))),
        short=one_line(str(short.get("text", "") if isinstance(short, Mapping) else short)),
    )


def _block(raw: Mapping[str, Any], path: str) -> Block:
    kind = str(raw.get("kind", "paragraph"))
    if kind not in KINDS:
        raise BadLetter(
            f"{path}: a block of kind {kind!r} is not known. Use one of: {', '.join(sorted(KINDS))}."
        )
    text = str(raw.get("text", "")).strip()
    items = tuple(_item(i) for i in raw.get("items", []))
    if kind in {"list", "key_facts"} and not items:
        lines = [line.strip().removeprefix("-").removeprefix("*").strip() for line in text.splitlines()]
        items, text = tuple(_item(line) for line in lines if line), ""
    if kind == "key_facts":
        items = tuple(_fact(i) for i in items)
    return Block(
        kind=kind,
        text=text,
        items=items,
        when=_word(raw, "when"),
        unless=_word(raw, "unless"),
        carries=tuple(map(str, raw.get("carries", []))),
    )


def _item(raw: object) -> Item:
    if isinstance(raw, Mapping):
        said = raw.get("text", raw.get("value", ""))
        return Item(
            one_line(str(said)),
            one_line(str(raw.get("label", ""))),
            when=_word(raw, "when"),
            unless=_word(raw, "unless"),
        )
    if isinstance(raw, list) and len(raw) == 2:
        return Item(text=one_line(str(raw[1])), label=one_line(str(raw[0])))
    return Item(one_line(str(raw)))


def _fact(item: Item) -> Item:
    """A line "When: {appointment_date}" taken apart at its first colon."""
    label, colon, text = item.text.partition(":")
    if item.label or not colon:
        return item
    return Item(text=text.strip(), label=label.strip(), when=item.when, unless=item.unless)


def _word(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key, "")).strip("{}")


def one_line(text: str) -> str:
    return " ".join(text.split())


def words_in(text: str) -> list[str]:
    """The placeholders of a text, without their braces."""
    return [found.strip() for found in PLACE.findall(text)]
