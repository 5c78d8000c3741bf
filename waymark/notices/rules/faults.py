"""What the letter checker says of a letter, and what several of its rules ask of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from waymark.notices.rules.letters import PLACE, Block, Letter
from waymark.policy.findings import Finding, Severity


@dataclass(frozen=True)
class Fault:
    """What is wrong, before its line is known; `at` is text to look for in the file."""

    message: str
    cure: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class LetterFinding(Finding):
    """A finding with the name of the rule that made it."""

    rule: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.rule}: {self.message} {self.cure}".rstrip()


def placed(fault: Fault, path: str, text: str, rule: str) -> LetterFinding:
    """The fault with its line: the first that holds what it is about."""
    lines = text.splitlines()
    line = next((n for n, said in enumerate(lines, 1) if fault.at and fault.at in said), 1)
    return LetterFinding(path, line, Severity.ERROR, fault.message, fault.cure, rule)


def all_texts(letter: Letter) -> list[str]:
    """Everything the letter can say."""
    return [t for t in (letter.title, letter.subject, letter.short) if t] + [
        t for b in letter.blocks for t in b.texts()
    ]


def plain(text: str) -> str:
    """The text without its placeholders: their names are not said to anybody."""
    return PLACE.sub("…", text)


def always_told(letter: Letter) -> set[str]:
    """What is carried whatever words are known: by a block without a condition, or by two that exclude each other."""
    always = {key for b in letter.blocks if _unconditional(b) for key in b.carries}
    for word in {b.when for b in letter.blocks if b.when}:
        there = _carried(b for b in letter.blocks if b.when == word and not b.unless)
        absent = _carried(b for b in letter.blocks if b.unless == word and not b.when)
        always |= there & absent
    return always


def _unconditional(block: Block) -> bool:
    """A list whose every point has a condition may be empty, and then tells nothing."""
    bare = bool(block.text) or any(not i.when and not i.unless for i in block.items)
    return bare and not block.when and not block.unless


def _carried(blocks: Iterable[Block]) -> set[str]:
    return {key for b in blocks for key in b.carries}
