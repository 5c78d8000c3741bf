"""The letter checker: what a letter must tell, and what has no place in one. Each rule has a name."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from waymark.notices.rules import proportion
from waymark.notices.rules.faults import Fault, LetterFinding, all_texts, always_told, placed, plain
from waymark.notices.rules.kinds import kind_of
from waymark.notices.rules.letters import BadLetter, Letter, parse_letter, words_in
from waymark.notices.rules.placeholders import PLACEHOLDERS
from waymark.notices.rules.reading import reading_age, sentences
from waymark.notices.rules.texting import ALPHABET, LONGEST_TEXT

# No letter reduces a person to a claim, and none blames or threatens.
BANNED: Mapping[str, str] = {
    "claimant": "Write “you”.",
    "client": "Write “you”.",
    "participant": "Write “you”.",
    "customer": "Write “you”: the letter is to one person.",
    "fail": "Say what happened, without blame: “you could not come”.",
    "failed": "Say what happened, without blame: “you could not come”.",
    "failure": "Say what happened, without blame: “you could not come”.",
    "must comply": "Say what to do, and by when.",
    "non-compliance": "Say what happened, without blame.",
    "non-attendance": "Say what happened, without blame.",
    "hereby": "Leave it out.",
    "pursuant": "Say “because of”.",
}
# Words that customers called threatening, degrading, blackmail (P:L1291, P:L1297-1299, E:L70, E:L1228).
THREATS: Mapping[str, str] = {
    **dict.fromkeys(
        ("sanction", "sanctions", "penalty", "penalties", "punish", "punished", "threat"),
        "Say what happens, without a threat.",
    ),
    **dict.fromkeys(("warning", "warn", "final notice", "last chance"), "Say plainly what happens and when."),
    **dict.fromkeys(("legal action", "enforce", "or else"), "Leave it out."),
    **dict.fromkeys(("immediately", "without delay"), "Give a day by which."),
}
SHORTHAND = ("WFI", "WFIs", "FTA", "LMS", "PCA", "DEA", "FCO", "IBPA", "CMP", "PA", "FA")
# What a text on a screen, or a letter somebody else may open, does not give away.
REVEALING = re.compile(
    r"\b(benefits?|claim\w*|jobcentre|incapacity|allowance|income support|pension|sick\w*|ill|illness\w*|health|"
    r"medic\w*|mental\w*|disab\w*|doctor|hospital|payments?|paid|money|sanction\w*|penalt\w*|unemploy\w*)\b",
    re.I,
)
SAFE_IN_TEXT = frozenset(
    {
        "appointment_date",
        "appointment_time",
        "contact_phone",
        "expires_on",
        "link",
        "mode_words",
        "office_name",
    }
)
CHANNELS = frozenset({"post", "email", "text"})
# As long as the words of a text message get.
LONGEST = {"link": 90, "appointment_date": 27, "expires_on": 27, "appointment_time": 7, "contact_phone": 14}
LONGEST_OTHER = 40
LONGEST_SENTENCE = 25
OLDEST_READING_AGE = 11.0
# In a longer stretch of capitals somebody shouts.
CAPITALS = re.compile(r"\b[A-Z]{4,}\b|\b[A-Z]{2,} [A-Z]{2,}\b")


def lint_letter(text: str, path: str = "", kind: str = "") -> list[LetterFinding]:
    """What is wrong with a letter. Any finding keeps its pack from being loaded, and fails the build.

    `kind`: the notice it is for, by default the name of the file, `<kind>.toml` or `<kind>.<variant>.toml`.
    """
    try:
        letter = parse_letter(text, path)
    except BadLetter as e:
        return [placed(Fault(str(e), "Correct the file so that it can be read."), path, text, "readable")]
    return [
        placed(fault, path, text, rule)
        for rule, check in RULES.items()
        for fault in check(letter, kind or letter.kind)
    ]


def _named(letter: Letter, kind: str) -> Iterator[Fault]:
    for what, said in (("title", letter.title), ("subject", letter.subject)):
        if not said:
            yield Fault(f"The letter has no {what}.", f'Write {what} = "..." at the top of the file.')


def _placeholders(letter: Letter, kind: str) -> Iterator[Fault]:
    used = [w for t in all_texts(letter) for w in words_in(t)]
    used += [w for part in letter.parts() for w in (part.when, part.unless) if w]
    for word in dict.fromkeys(used):
        if word not in PLACEHOLDERS:
            yield Fault(
                f"{{{word}}} is no word a letter can be filled with.",
                f"Known are: {_listed(PLACEHOLDERS)}.",
                word,
            )


def _required(letter: Letter, kind: str) -> Iterator[Fault]:
    told = always_told(letter)
    for key in letter.required:
        if key not in told:
            yield Fault(
                f"“{key}” is required, but no block that always appears carries it.",
                f'Add carries = ["{key}"] to a block without `when` that tells it.',
                key,
            )
    for key in sorted(kind_of(kind).must_tell - set(letter.required)):
        yield Fault(
            f"A letter of this kind must tell “{key}”.",
            f'Add "{key}" to required, and a block that carries it.',
            "required",
        )


def _contact(letter: Letter, kind: str) -> Iterator[Fault]:
    """Whom to ring; that the number is there and is answered is seen to again when the letter is filled."""
    contacts = [b for b in letter.blocks if b.kind == "contact" and not b.when and not b.unless]
    if not contacts:
        yield Fault(
            "The letter does not say whom to ring.", "Add a block of kind contact with {contact_phone}."
        )
    for block in contacts:
        if not any("contact_phone" in words_in(t) for t in block.texts()):
            yield Fault(
                "The contact block gives no telephone number.",
                "Write {contact_phone} in it.",
                block.text[:30],
            )


def _words(letter: Letter, kind: str) -> Iterator[Fault]:
    for text in all_texts(letter):
        for word, cure in BANNED.items():
            if found := re.search(rf"\b{re.escape(word)}s?\b", plain(text), re.I):
                yield Fault(f"“{found[0]}” has no place in a letter.", cure, found[0])
        for word in SHORTHAND:
            if re.search(rf"\b{word}\b", plain(text)):
                yield Fault(f"“{word}” is our shorthand.", "Write it out in plain words.", word)


def _threats(letter: Letter, kind: str) -> Iterator[Fault]:
    for text in all_texts(letter):
        for word, cure in THREATS.items():
            if found := re.search(rf"\b{re.escape(word)}\b", plain(text), re.I):
                yield Fault(f"“{found[0]}” threatens.", cure, found[0])
        if found := CAPITALS.search(plain(text)):
            yield Fault(f"“{found[0]}” shouts.", "Write it in small letters.", found[0])


def _sentence_length(letter: Letter, kind: str) -> Iterator[Fault]:
    for text in all_texts(letter):
        for sentence in sentences(text):
            if (count := len(sentence.split())) > LONGEST_SENTENCE:
                yield Fault(
                    f"A sentence has {count} words: “{sentence[:60]}…”",
                    f"Make two of it; {LONGEST_SENTENCE} words are the most.",
                    sentence[:30],
                )


def _reading_age(letter: Letter, kind: str) -> Iterator[Fault]:
    age = reading_age([t for b in letter.blocks for t in b.texts()])
    if age > OLDEST_READING_AGE:
        yield Fault(
            f"The reading age is about {age:.1f}.",
            f"Shorter sentences and shorter words bring it to {OLDEST_READING_AGE:.0f} or less.",
        )


def _channels(letter: Letter, kind: str) -> Iterator[Fault]:
    for channel in letter.channels:
        if channel not in CHANNELS:
            yield Fault(
                f"“{channel}” is no way a letter can go.", f"Known are: {_listed(CHANNELS)}.", "channels"
            )
    if "text" in letter.channels and not letter.short:
        yield Fault(
            "It may go as a text message, but has none.", 'Write [short] with text = "...".', "channels"
        )


def _text_message(letter: Letter, kind: str) -> Iterator[Fault]:
    """A text is short, in an alphabet every telephone knows, and filled with nothing that reveals."""
    if not letter.short:
        return
    length = len(plain(letter.short)) + sum(LONGEST.get(w, LONGEST_OTHER) - 1 for w in words_in(letter.short))
    if length > LONGEST_TEXT:
        yield Fault(
            f"The text message can get {length} characters long.",
            f"{LONGEST_TEXT} are the most.",
            letter.short[:30],
        )
    if strange := set(plain(letter.short)) - ALPHABET - {"…"}:
        yield Fault(
            f"Not every telephone shows {' '.join(sorted(strange))}.",
            "Use plain letters and straight quotes.",
            letter.short[:30],
        )
    for word in words_in(letter.short):
        if word in PLACEHOLDERS and word not in SAFE_IN_TEXT:
            yield Fault(
                f"{{{word}}} could give something away on a screen.",
                f"Safe are: {_listed(SAFE_IN_TEXT)}.",
                word,
            )


def _discreet(letter: Letter, kind: str) -> Iterator[Fault]:
    """Texts, and letters that must reveal nothing: no word of benefit, health or money."""
    for text in all_texts(letter) if kind_of(kind).discreet else [letter.short]:
        if found := REVEALING.search(plain(text)):
            yield Fault(
                f"“{found[0]}” gives away what it is about to whoever sees it.", "Leave it out.", found[0]
            )


Check = Callable[[Letter, str], Iterable[Fault]]
RULES: Mapping[str, Check] = {
    "named": _named,
    "placeholders": _placeholders,
    "required": _required,
    "contact": _contact,
    "words": _words,
    "threats": _threats,
    "stance": proportion.stance,
    "apart": proportion.apart,
    "voluntary": proportion.voluntary,
    "proportion": proportion.proportion,
    "gentle": proportion.gentle,
    "choice": proportion.choice,
    "move-early": proportion.move_early,
    "sentence-length": _sentence_length,
    "reading-age": _reading_age,
    "channels": _channels,
    "text-message": _text_message,
    "discreet": _discreet,
}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
