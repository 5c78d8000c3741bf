"""What a letter must keep apart and in proportion: what is compulsory, what is a choice, what missing it can cost.

The letters of 2003 gave the threat first and most, did not say what was a choice, and hid how to change the day
at the bottom (E:L65-73, E:L1220-1229, M:L1666-1677). These rules refuse such a letter.
"""

import re
from collections.abc import Iterator

from waymark.notices.rules.faults import Fault, always_told, plain
from waymark.notices.rules.kinds import GENTLE, STANCES, kind_of
from waymark.notices.rules.letters import Block, Letter
from waymark.notices.rules.reading import sentences

COMPULSION = re.compile(
    r"\b(must|ha(?:ve|s) to|compulsory|required to|obliged|expected to|part of claiming)\b", re.I
)
NOT_COMPULSORY = re.compile(
    r"\b(?:not|never|no longer|nothing|nobody)\s+(?:\w+\s+){0,2}?(?:have to|has to|must|compulsory|required|obliged)\b",
    re.I,
)
CHOICE = re.compile(r"\b(your (?:own )?choice|voluntary|up to you|optional)\b", re.I)
# What missing something could cost, in whatever words.
MONEY = re.compile(
    r"\b(sanction\w*|penalt\w+"
    r"|(?:stop|reduc|lose|cut)\w*\s+(?:\w+\s+){0,2}(?:benefits?|payments?|money)"
    r"|(?:benefits?|payments?|money)\s+(?:\w+\s+){0,3}(?:stop|reduc|cut)\w*"
    r"|(?:paid|get|receive)\s+less|less\s+money|taken\s+off|what\s+you\s+are\s+paid)\b",
    re.I,
)
# Said to calm, not to warn: “Nothing has changed in what you are paid.”
REASSURANCE = re.compile(
    r"\b(?:nothing (?:has |is )?(?:change[sd]?|taken)|(?:does|do|did|has|have|will|is) not (?:change[sd]?|about)"
    r"|changes? nothing|cannot change|no longer reduced|nothing to do with|stays? (?:as it is|the same))\b[^.;]*",
    re.I,
)
MOST_OF_A_LETTER = 0.12  # the share of its words that may tell what missing something could cost
MOVE_WITHIN = 0.5  # the share of its words before which it says how to change the day (M:L1671)


def stance(letter: Letter, kind: str) -> Iterator[Fault]:
    """Every letter says what it asks, and a pack cannot make a choice compulsory or the other way round."""
    expected = kind_of(kind).stance
    if letter.stance not in STANCES:
        yield Fault(
            "The letter does not say how it stands to the reader.",
            f'Write stance = "{expected or "neutral"}" (one of: {", ".join(STANCES)}) at the top.',
            "stance",
        )
    elif expected and letter.stance != expected:
        yield Fault(
            f"A letter of this kind is {expected}, not {letter.stance}.",
            f'Write stance = "{expected}".',
            "stance",
        )


def apart(letter: Letter, kind: str) -> Iterator[Fault]:
    """What is compulsory and what is a choice stand in sentences of their own (E:L3257-3259)."""
    told = always_told(letter)
    if letter.stance == "compulsory" and not {"compulsory", "later_compulsory"} & told:
        yield Fault(
            "It is not said what is compulsory.", 'Say it in a block with carries = ["compulsory"].', "stance"
        )
    if letter.stance == "compulsory" and "help_is_choice" not in told:
        yield Fault(
            "It is not said what is a choice.",
            'Say it in a block with carries = ["help_is_choice"].',
            "stance",
        )
    for block in letter.blocks:
        for sentence in _sentences(block) if block.kind != "heading" else []:
            if _compels(sentence) and CHOICE.search(sentence):
                yield Fault(
                    f"Compulsory and choice are told in one sentence: “{sentence[:60]}…”",
                    "Make two sentences of it.",
                    sentence[:30],
                )


def voluntary(letter: Letter, kind: str) -> Iterator[Fault]:
    """What is a choice is not spoken of as a duty, and costs nothing (rules 5, E:L379)."""
    if letter.stance != "voluntary":
        return
    for block in letter.blocks:
        for sentence in _sentences(block):
            said = _compels(sentence) or _cost_in(sentence)
            if said:
                yield Fault(
                    f"“{said}” has no place in a letter about something voluntary.",
                    "Leave it out, and say that it is the reader's own choice.",
                    sentence[:30],
                )


def proportion(letter: Letter, kind: str) -> Iterator[Fault]:
    """What missing something could cost is said once, briefly, and after what we do before it comes to that."""
    if kind_of(kind).about_payment:
        return
    mentions = [(n, block) for n, block in enumerate(letter.blocks) if _costs(block)]
    if not mentions:
        return
    place, first = mentions[0]
    at = _costs(first)[0][:30]
    if len(mentions) > 1:
        yield Fault(
            f"What missing it could cost is told in {len(mentions)} places.",
            "Say it once, in one paragraph.",
            _costs(mentions[1][1])[0][:30],
        )
    if not any("safeguards" in block.carries for block in letter.blocks[: place + 1]) or _leads(first):
        yield Fault(
            "What missing it could cost stands before what we do to hear the reader first.",
            "Say first that we try to reach them and hear their reasons,"
            ' in the same or an earlier block with carries = ["safeguards"].',
            at,
        )
    before, whole = _words(letter.blocks[:place]), _words(letter.blocks)
    if before * 2 < whole:
        yield Fault(
            "What missing it could cost stands in the first half of the letter.",
            "Begin with what the letter is for; move this towards the end.",
            at,
        )
    cost = sum(len(s.split()) for _, block in mentions for s in _costs(block))
    if cost > MOST_OF_A_LETTER * whole:
        yield Fault(
            f"{round(100 * cost / whole)}% of the letter is about what missing it could cost.",
            f"One plain sentence is enough; {round(100 * MOST_OF_A_LETTER)}% is the most.",
            at,
        )


def gentle(letter: Letter, kind: str) -> Iterator[Fault]:
    """The gentle letter, for whom stress can harm, does not speak of money (E:L1226-1228)."""
    if GENTLE not in letter.variant.split("."):
        return
    for block in letter.blocks:
        for sentence in _costs(block):
            yield Fault(
                f"A gentle letter does not say what missing it could cost: “{sentence[:60]}…”",
                "Say that somebody talks with the reader first.",
                sentence[:30],
            )
    if "somebody_talks_first" not in always_told(letter):
        yield Fault(
            "A gentle letter says that somebody talks with the reader first.",
            'Say it in a block with carries = ["somebody_talks_first"].',
        )


def choice(letter: Letter, kind: str) -> Iterator[Fault]:
    """A letter that speaks of losing money also says that the help is a choice (E:L65-70, E:L1220-1229)."""
    found = next((s for b in letter.blocks for s in _costs(b)), None)
    if found is not None and "help_is_choice" not in always_told(letter):
        yield Fault(
            f"“{found[:60]}” is said, but not that the help on offer is a choice.",
            "Add a sentence that taking up help is the person's own choice,"
            ' in a block with carries = ["help_is_choice"].',
            found[:30],
        )


def move_early(letter: Letter, kind: str) -> Iterator[Fault]:
    """How to change the day was at the bottom of the letter, and was missed there (M:L1671-1677)."""
    if letter.stance != "compulsory" or "how_to_move" not in letter.required:
        return
    place = next((n for n, b in enumerate(letter.blocks) if "how_to_move" in b.carries), None)
    if place is not None and _words(letter.blocks[:place]) > MOVE_WITHIN * _words(letter.blocks):
        yield Fault(
            "How to change the day stands in the second half of the letter.",
            "Move it up, to just after day and time.",
            "how_to_move",
        )


def _sentences(block: Block) -> list[str]:
    return [s for text in block.texts() for s in sentences(plain(text))]


def _compels(sentence: str) -> str:
    found = COMPULSION.search(NOT_COMPULSORY.sub(" ", sentence))
    return found[0] if found else ""


def _cost_in(sentence: str) -> str:
    found = MONEY.search(REASSURANCE.sub(" ", sentence))
    return found[0] if found else ""


def _costs(block: Block) -> list[str]:
    """The sentences of a block that tell what missing something could cost."""
    return [s for s in _sentences(block) if _cost_in(s)]


def _leads(block: Block) -> bool:
    """The block begins with what it could cost."""
    return bool(_cost_in(next(iter(_sentences(block)), "")))


def _words(blocks: tuple[Block, ...]) -> int:
    return sum(len(text.split()) for block in blocks for text in block.texts())
