"""A letter with one customer's words in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from waymark.kernel.refusal import Refused
from waymark.notices.rules.letters import PLACE, Block, Item, Letter, one_line, words_in
from waymark.notices.rules.texting import plain
from waymark.notices.rules.wording import in_words

Words = Mapping[str, object]


@dataclass(frozen=True)
class FilledItem:
    text: str
    label: str = ""


@dataclass(frozen=True)
class FilledBlock:
    kind: str
    text: str = ""
    items: tuple[FilledItem, ...] = ()
    carries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A letter with one customer's words in it; `short` is the same as a text message, where there is one."""

    title: str
    subject: str
    blocks: tuple[FilledBlock, ...]
    short: str = ""

    def as_content(self) -> dict[str, Any]:
        """As plain JSON, the shape in which a notice keeps it."""
        return asdict(self)


class MissingContent(Refused):
    """A letter cannot say what it must. `keys`: what is not told; `words`: the placeholders with no value."""

    def __init__(self, keys: Iterable[str], words: Iterable[str] = ()) -> None:
        self.keys = tuple(sorted(set(keys)))
        self.words = tuple(sorted(set(words)))
        untold = ", ".join(key.replace("_", " ") for key in self.keys)
        lacking = ", ".join(word.replace("_", " ") for word in self.words)
        super().__init__(
            "letter_incomplete",
            f"The letter would not tell everything it must: {untold}." if untold else "The letter has gaps.",
            f"Give first: {lacking}."
            if lacking
            else "The letter of the programme pack needs a block that says it.",
        )


@dataclass(frozen=True)
class _Known:
    """What is known, in words, and what turned out to be lacking. `lists`: the values that are several points."""

    words: Mapping[str, str]
    lists: Mapping[str, tuple[FilledItem, ...]]
    lacking: set[str]

    def shows(self, part: Block | Item) -> bool:
        return (not part.when or part.when in self.words) and part.unless not in self.words

    def put(self, text: str) -> str:
        self.lacking.update(word for word in words_in(text) if word not in self.words)
        return PLACE.sub(lambda found: self.words.get(found[1].strip(), ""), text)


def fill(letter: Letter, words: Words, language: str = "en") -> Filled:
    """The letter with its placeholders filled; dates and times are written out in `language`.

    A value may be a list of texts, or of (label, text): a point that is its placeholder alone becomes as many.
    A block or item with `when` is left out where that word is empty, one with `unless` where it is not. Any
    other gap raises `MissingContent`, naming what would not be told and which words are lacking: a letter goes
    out whole or not at all.
    """
    known = _known(words, language)
    blocks = [b for raw in letter.blocks if known.shows(raw) if (b := _filled(raw, known))]
    title, subject, short = (known.put(text) for text in (letter.title, letter.subject, letter.short))
    told = {key for b in blocks for key in b.carries}
    untold = [key for key in letter.required if key not in told]
    if untold or known.lacking:
        raise MissingContent(untold + _keys_lost(letter, known.lacking), known.lacking)
    return Filled(one_line(title), one_line(subject), tuple(blocks), plain(one_line(short)))


def _known(words: Words, language: str) -> _Known:
    said: dict[str, str] = {}
    lists: dict[str, tuple[FilledItem, ...]] = {}
    for key, value in words.items():
        if isinstance(value, Sequence) and not isinstance(value, str):
            points = [_point(each, language) for each in value]
            lists[key] = tuple(point for point in points if point.text)
            value = "; ".join(f"{p.label}: {p.text}" if p.label else p.text for p in lists[key])
        if text := in_words(value, language):
            said[key] = text
    return _Known(said, lists, set())


def _point(value: object, language: str) -> FilledItem:
    if isinstance(value, tuple) and len(value) == 2:
        return FilledItem(text=in_words(value[1], language), label=in_words(value[0], language))
    return FilledItem(in_words(value, language))


def _filled(block: Block, known: _Known) -> FilledBlock | None:
    items = tuple(point for i in block.items if known.shows(i) for point in _points(i, known))
    text = known.put(block.text)
    if not text and not items:
        return None
    return FilledBlock(block.kind, text, items, block.carries)


def _points(item: Item, known: _Known) -> tuple[FilledItem, ...]:
    alone = PLACE.fullmatch(item.text)
    several = known.lists.get(alone[1].strip()) if alone and not item.label else None
    return several or (FilledItem(text=known.put(item.text), label=known.put(item.label)),)


def _keys_lost(letter: Letter, lacking: set[str]) -> list[str]:
    """Required things that stand in blocks with a gap."""
    broken = [b for b in letter.blocks if any(set(words_in(t)) & lacking for t in b.texts())]
    return [key for b in broken for key in b.carries if key in letter.required]


def check_content(letter: Letter, content: Mapping[str, Any]) -> None:
    """Raise `MissingContent` when a kept letter does not tell what its template requires."""
    blocks = content.get("blocks", [])
    told = {key for b in blocks if b.get("text") or b.get("items") for key in b.get("carries", [])}
    untold = [key for key in letter.required if key not in told]
    if untold or not content.get("title") or not content.get("subject"):
        raise MissingContent(untold)
