"""The letters of the packs as a page of documentation, checked and with pictures. Needs no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from waymark.notices import rendering
from waymark.notices.rules import (
    KINDS,
    PLACEHOLDERS,
    RULES,
    USUAL,
    Block,
    Item,
    Letter,
    LetterFinding,
    kind_of,
    lint_letter,
    parse_letter,
    reading_age,
    words_in,
)
from waymark.notices.samples import sample
from waymark.programme.pack import Pack, pack_folders, read_pack


@dataclass(frozen=True)
class Kept:
    """A letter as a pack of its own keeps it."""

    pack: str
    letter: Letter

    @property
    def name(self) -> str:
        """The name of its picture: the pack is named where it is not the first."""
        stem = self.letter.path.rpartition("/")[2].removesuffix(".toml")
        return stem if self.pack == FIRST_PACK else f"{self.pack}.{stem}"


# The other packs build on it.
FIRST_PACK = "jobcentre-plus-2002"


def lint_pack(pack: Pack, own: Path | None = None) -> list[LetterFinding]:
    """What the letter checker says of a pack's letters; `own`: only those that lie in this folder."""
    return [
        finding
        for path, text in _letters_of(pack)
        if own is None or (own / path).is_file()
        for finding in lint_letter(text, f"{pack.folder}/{path}" if pack.folder else path)
    ]


def lint_packs(root: Path) -> list[LetterFinding]:
    """What the letter checker says of every letter below the programmes folder, each looked at once."""
    return [finding for folder in pack_folders(root) for finding in lint_pack(read_pack(folder), folder)]


def letters_of(root: Path) -> list[Kept]:
    """Every English letter that is kept, the first pack's before the others' own."""
    kept = [
        Kept(pack.slug, parse_letter(text, path))
        for folder in pack_folders(root)
        for pack in [read_pack(folder)]
        for path, text in _letters_of(pack)
        if (folder / path).is_file() and path.startswith("letters/en/")
    ]
    return sorted(kept, key=lambda one: (one.pack != FIRST_PACK, one.pack, _place(one.letter), one.name))


def write_letters(kept: Iterable[Kept], folder: Path, *, pictures_only: bool = False) -> Iterator[Path]:
    """Each letter with made-up words: page one as a picture, and the PDF in both sizes of print."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in kept:
        content = sample(one.letter)
        files = {f"{one.name}.png": rendering.pictures(content)[0]}
        if not pictures_only:
            large = sample(one.letter, large_print=True)
            files |= {
                f"{one.name}.pdf": rendering.pdf(content),
                f"{one.name}.large.pdf": rendering.pdf(large),
            }
        for name, made in files.items():
            (folder / name).write_bytes(made)
            yield folder / name


def page(kept: Iterable[Kept], refused: Path) -> str:
    """The index in Markdown: each letter, its words, its text message; the checker's rules and what it refuses."""
    kept = list(kept)
    parts = [
        "# Letters",
        "Every letter of the programme packs, filled with made-up words: all people and numbers are synthetic. "
        "Made by `waymark letters make docs/letters --pictures-only`; without that option the PDFs come with them, in "
        "usual and in large print. The letters themselves are in `programmes/<pack>/letters`.",
        "*Stance* is what a letter asks of the reader. *Reading age* is the age at which it is read with ease, by "
        "Flesch and Kincaid; 11 is the most. *Words* counts the template.",
        _index(kept),
        "## Text messages\n\nOnly to a mobile number, and only where the customer has agreed to texts. No word of "
        "benefit, health or money; between nine and seven, or in the hours in which it is safe to ring.",
        _texts(kept),
        "## What each is filled with\n\nBesides the usual words, which are known of every claim: "
        + ", ".join(f"`{word}`" for word in USUAL)
        + ".",
        _fillings(kept),
        "## The words\n\nDates and times are given as such and written out in the letter's language.",
        _table(("word", "what it is"), ([f"`{word}`", said] for word, said in sorted(PLACEHOLDERS.items()))),
        "## What the letter checker refuses\n\n`waymark letters lint` runs in `way check`, in the tests, and "
        "before a pack is loaded. Its rules: "
        + ", ".join(f"`{rule}`" for rule in RULES)
        + ". What it says of the bad letters kept in `refused/`:",
        "```\n" + "\n".join(_refusals(refused)) + "\n```",
        "## Seen",
        "\n\n".join(f"### {_title(one)}\n\n![{_title(one)}]({one.name}.png)" for one in kept),
    ]
    return "\n\n".join(parts) + "\n"


def _letters_of(pack: Pack) -> list[tuple[str, str]]:
    return sorted((path, text) for path, text in pack.files.items() if path.startswith("letters/"))


def _place(letter: Letter) -> int:
    kinds = list(KINDS)
    return kinds.index(letter.kind) if letter.kind in kinds else len(kinds)


def _title(one: Kept) -> str:
    words = one.letter.kind.replace("_", " ")
    extra = [one.letter.variant.replace("_", " ")] * bool(one.letter.variant)
    extra += [one.pack] * (one.pack != FIRST_PACK)
    return f"{words} ({', '.join(extra)})" if extra else words


def _index(kept: list[Kept]) -> str:
    rows = []
    for one in kept:
        texts = [t for b in one.letter.blocks for t in b.texts()]
        rows.append(
            [
                f"[{_title(one)}]({one.name}.png)",
                kind_of(one.letter.kind).sent,
                one.letter.stance,
                ", ".join(one.letter.channels),
                f"{reading_age(texts):.1f}",
                str(sum(len(t.split()) for t in texts)),
                str(len(rendering.pictures(sample(one.letter), 10))),
            ]
        )
    return _table(("letter", "sent when", "stance", "goes by", "reading age", "words", "pages"), rows)


def _texts(kept: list[Kept]) -> str:
    rows = []
    for one in kept:
        if one.letter.short:
            said = sample(one.letter)["short"]
            rows.append([_title(one), said, str(len(said))])
    return _table(("letter", "text", "characters"), rows)


def _fillings(kept: list[Kept]) -> str:
    return _table(
        ("letter", "needs", "may have"),
        (
            [_title(one), *(", ".join(f"`{w}`" for w in words) or "–" for words in words_of(one.letter))]
            for one in kept
        ),
    )


def words_of(letter: Letter) -> tuple[list[str], list[str]]:
    """The words a letter cannot do without, and those it may have; the usual ones are in neither."""
    needed = {w for text in (letter.title, letter.subject, letter.short) for w in words_in(text)}
    optional: set[str] = set()
    for block in letter.blocks:
        whole: tuple[Block | Item, ...] = (block, *block.items)
        for part in whole:
            conditions = {c for c in (part.when, part.unless, block.when, block.unless) if c}
            used = {w for text in _texts_of(part) for w in words_in(text)}
            optional |= conditions | (used if conditions else set())
            needed |= used if not conditions else set()
    return sorted(needed - set(USUAL)), sorted(optional - needed - set(USUAL))


def _texts_of(part: Block | Item) -> tuple[str, ...]:
    """What a block says itself, without its points; what a point says, with its label."""
    return (part.text, part.label) if isinstance(part, Item) else (part.text,)


def _refusals(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.toml")):
        kind = path.name.split(".")[0].partition("-")[0]
        for finding in lint_letter(path.read_text(encoding="utf-8"), f"refused/{path.name}", kind):
            yield str(finding)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
