"""How hard a text is to read."""

import re
from collections.abc import Iterable

from waymark.notices.rules.letters import PLACE, one_line

# Words that stand for a placeholder while sentences are measured.
SPECIMEN = "Tuesday"


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break after a blank line ends one too."""
    plain = PLACE.sub(SPECIMEN, text)
    parts = [p for para in re.split(r"\n\s*\n", plain) for p in re.split(r"(?<=[.!?])\s+", one_line(para))]
    return [p for p in parts if p]


def reading_age(texts: Iterable[str]) -> float:
    """Years of age at which the texts are read with ease, roughly: Flesch and Kincaid's grade plus five."""
    all_sentences = [s for t in texts for s in sentences(t)]
    all_words = [w for s in all_sentences for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", s)]
    if not all_words:
        return 0.0
    syllables_a_word = sum(map(syllables, all_words)) / len(all_words)
    return 0.39 * len(all_words) / len(all_sentences) + 11.8 * syllables_a_word - 15.59 + 5


def syllables(word: str) -> int:
    """The syllables of an English word, by its groups of vowels: right for most, near for all."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    silent = letters.endswith("e") and not letters.endswith(("le", "ee")) or letters.endswith(("es", "ed"))
    if silent and count > 1 and not letters.endswith(("ted", "ded", "ses", "ces", "ges", "les")):
        count -= 1
    return max(count, 1)
