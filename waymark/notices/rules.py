"""Letters as a pack writes them: read, checked by the letter checker, filled with the words of one customer.

A letter lives in `letters/<language>/<kind>.toml` of a pack:

    title = "Your interview is put off until {until}"
    subject = "Your interview is put off"
    required = ["reason", "until"]            # what the customer must be told
    [[blocks]]
    kind = "paragraph"                        # heading | paragraph | list | key_facts | contact
    text = "We put it off because {reason}."
    carries = ["reason"]                      # which of the required things this block tells
    when = "promised"                         # only where this word is there

A list has `items` (or one item a line of `text`), key facts have items or lines "Label: value"; an item may
be a table with `label`, `text` and `when`. Pure: neither Django nor tables of the database.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from waymark.kernel.refusal import Refused
from waymark.policy.findings import Finding, Severity

PLACEHOLDERS = frozenset(
    {
        "access_help",
        "appointment_date",
        "appointment_time",
        "bring_forward_phone",
        "cancel_reason",
        "claim_benefit",
        "contact_name",
        "contact_phone",
        "customer_name",
        "likely_when",
        "mode_words",
        "new_date",
        "office_address",
        "office_name",
        "promised",
        "reason",
        "recontact_on",
        "review_on",
        "today",
        "total_minutes",
        "until",
        "who_with",
    }
)
KINDS = frozenset({"heading", "paragraph", "list", "key_facts", "contact"})

# What each notice tells whatever a pack says: a pack may ask for more, never for less.
MUST_TELL: Mapping[str, frozenset[str]] = {
    "deferred": frozenset(  # D:L414, D:L735-741, D:L980, D:L1762
        {"deferred_not_cancelled", "reason", "until", "who_contacts", "later_compulsory", "bring_forward"}
    ),
    "waived": frozenset({"reason", "how_to_come_back", "review"}),  # E:L2761, E:L3109
    "cancelled_by_us": frozenset({"cancel_reason", "new_date", "no_decision_about_claim"}),  # E:L1282
}

# No letter reduces a person to a claim, and none blames or threatens.
BANNED: Mapping[str, str] = {
    "claimant": "Write “you”.",
    "client": "Write “you”.",
    "participant": "Write “you”.",
    "customer": "Write “you”: the letter is to one person.",
    "punish": "Say what happens, without a threat.",
    "fail": "Say what happened, without blame: “you could not come”.",
    "failed": "Say what happened, without blame: “you could not come”.",
    "failure": "Say what happened, without blame: “you could not come”.",
    "must comply": "Say what to do, and by when.",
    "non-compliance": "Say what happened, without blame.",
    "hereby": "Leave it out.",
    "pursuant": "Say “because of”.",
}
SHORTHAND = ("WFI", "WFIs", "FTA", "LMS", "PCA", "DEA", "FCO", "IBPA", "CMP", "PA", "FA")
# A letter that speaks of losing money must also say that the help is a choice (E:L65-70, E:L1220-1229).
THREATS = re.compile(
    r"\b(sanction\w*|penalt\w+|(?:stop|reduce|lose|cut)\w*\s+(?:\w+\s+){0,2}benefits?)\b", re.I
)

LONGEST_SENTENCE = 25
OLDEST_READING_AGE = 13.0
PLACE = re.compile(r"\{([^{}]*)\}")
# Words that stand for a placeholder while sentences are measured.
SPECIMEN = "Tuesday"

Words = Mapping[str, object]


@dataclass(frozen=True)
class Item:
    """A point of a list, or a fact with its label."""

    text: str
    label: str = ""
    when: str = ""


@dataclass(frozen=True)
class Block:
    kind: str
    text: str = ""
    items: tuple[Item, ...] = ()
    when: str = ""
    carries: tuple[str, ...] = ()

    def texts(self) -> list[str]:
        """Every piece of text of the block."""
        return [self.text] * bool(self.text) + [t for i in self.items for t in (i.label, i.text) if t]


@dataclass(frozen=True)
class Letter:
    """A letter of a pack, not yet filled. `required`: what the customer must be told."""

    title: str
    subject: str
    required: tuple[str, ...]
    blocks: tuple[Block, ...]
    path: str = ""


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
    """A letter with one customer's words in it."""

    title: str
    subject: str
    blocks: tuple[FilledBlock, ...]

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


class BadLetter(ValueError):
    """A letter file that cannot be read. The message says where and what."""


# Reading a letter


@lru_cache(maxsize=64)
def parse_letter(text: str, path: str = "") -> Letter:
    """The letter in a pack's TOML. Raises `BadLetter` when it is none; `lint_letter` finds finer faults."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise BadLetter(f"{path}: not readable as TOML: {e}") from e
    blocks = raw.get("blocks", [])
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise BadLetter(f"{path}: blocks are written as [[blocks]] tables.")
    return Letter(
        title=one_line(str(raw.get("title", ""))),
        subject=one_line(str(raw.get("subject", ""))),
        required=tuple(map(str, raw.get("required", []))),
        blocks=tuple(_block(b, path) for b in blocks),
        path=path,
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
        when=str(raw.get("when", "")).strip("{}"),
        carries=tuple(map(str, raw.get("carries", []))),
    )


def _item(raw: object) -> Item:
    if isinstance(raw, Mapping):
        said = raw.get("text", raw.get("value", ""))
        return Item(
            one_line(str(said)), one_line(str(raw.get("label", ""))), str(raw.get("when", "")).strip("{}")
        )
    if isinstance(raw, list) and len(raw) == 2:
        return Item(text=one_line(str(raw[1])), label=one_line(str(raw[0])))
    return Item(one_line(str(raw)))


def _fact(item: Item) -> Item:
    """A line "When: {appointment_date}" taken apart at its first colon."""
    label, colon, text = item.text.partition(":")
    if item.label or not colon:
        return item
    return Item(text=text.strip(), label=label.strip(), when=item.when)


def one_line(text: str) -> str:
    return " ".join(text.split())


def words_in(text: str) -> list[str]:
    """The placeholders of a text, without their braces."""
    return [found.strip() for found in PLACE.findall(text)]


# Filling a letter


def fill(letter: Letter, words: Words, language: str = "en") -> Filled:
    """The letter with its placeholders filled; dates and times are written out in `language`.

    A block or item with `when` is left out where that word is empty. Any other gap raises `MissingContent`,
    naming what would not be told and which words are lacking: a letter goes out whole or not at all.
    """
    known = {key: said for key, value in words.items() if (said := in_words(value, language))}
    lacking: set[str] = set()
    blocks = [
        b for raw in letter.blocks if not raw.when or raw.when in known if (b := _filled(raw, known, lacking))
    ]
    title, subject = _put(letter.title, known, lacking), _put(letter.subject, known, lacking)
    told = {key for b in blocks for key in b.carries}
    untold = [key for key in letter.required if key not in told]
    if untold or lacking:
        raise MissingContent(untold + _keys_lost(letter, lacking), lacking)
    return Filled(one_line(title), one_line(subject), tuple(blocks))


def _filled(block: Block, known: Mapping[str, str], lacking: set[str]) -> FilledBlock | None:
    items = tuple(
        FilledItem(text=_put(i.text, known, lacking), label=_put(i.label, known, lacking))
        for i in block.items
        if not i.when or i.when in known
    )
    text = _put(block.text, known, lacking)
    if not text and not items:
        return None
    return FilledBlock(block.kind, text, items, block.carries)


def _put(text: str, known: Mapping[str, str], lacking: set[str]) -> str:
    lacking.update(word for word in words_in(text) if word not in known)
    return PLACE.sub(lambda found: known.get(found[1].strip(), ""), text)


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


# Words of dates and times, and the few fixed words round a letter


@dataclass(frozen=True)
class FixedWords:
    """What stands on every letter of a language, whatever the pack says."""

    page: str
    greeting: str
    closing: str
    reference: str
    telephone: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    noon: str
    at: str


FIXED: Mapping[str, FixedWords] = {
    "en": FixedWords(
        page="Page {n} of {m}",
        greeting="Dear",
        closing="Yours sincerely",
        reference="Our reference",
        telephone="Telephone",
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        noon="midday",
        at="at",
    ),
    "cy": FixedWords(
        page="Tudalen {n} o {m}",
        greeting="Annwyl",
        closing="Yn gywir",
        reference="Ein cyfeirnod",
        telephone="Ffôn",
        days=(
            *("Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau"),
            *("Dydd Gwener", "Dydd Sadwrn", "Dydd Sul"),
        ),
        months=(
            *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
            *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
        ),
        noon="hanner dydd",
        at="am",
    ),
}
HERE = ZoneInfo("Europe/London")


def fixed(language: str) -> FixedWords:
    """The fixed words of a language; English where a language has none yet."""
    return FIXED.get(base_language(language), FIXED["en"])


def base_language(language: str) -> str:
    """`en-gb` is written with the letters of `en`."""
    return language.partition("-")[0].lower()


def in_words(value: object, language: str = "en") -> str:
    """A value as a letter says it: Thursday 6 May 2004; 10:15am; anything else as text. None is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        here = value.astimezone(HERE) if value.tzinfo else value
        return f"{long_day(here.date(), language)} {fixed(language).at} {clock(here.time(), language)}"
    if isinstance(value, date):
        return long_day(value, language)
    if isinstance(value, time):
        return clock(value, language)
    return str(value).strip()


def long_day(on: date, language: str = "en") -> str:
    words = fixed(language)
    return f"{words.days[on.weekday()]} {on.day} {words.months[on.month - 1]} {on.year}"


def clock(at: time, language: str = "en") -> str:
    """9am, 10:15am, midday."""
    if (at.hour, at.minute) == (12, 0):
        return fixed(language).noon
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


# Where a letter goes, and when it is tried again


@dataclass(frozen=True)
class Way:
    """How a letter travels and where to: `channel` is post or email."""

    channel: str
    address: str


def way_to(*, email: str, postal: str, may_write: bool, may_email: bool) -> Way:
    """By post, unless post is unsafe or there is no address; then by e-mail where that is safe.

    Raises `Refused` when neither is possible: nothing is ever sent where it could do harm.
    """
    if may_write and postal.strip():
        return Way("post", postal.strip())
    if may_email and email:
        return Way("email", email)
    if not may_write:
        raise Refused(
            "not_safe_to_write",
            "It is not safe to write to this customer by post, and there is no safe e-mail address.",
            "Agree with them how they can be told safely, or give an e-mail address that only they read.",
        )
    raise Refused(
        "no_address",
        "There is no address to write to.",
        "Add the customer's postal address, or a safe e-mail address.",
    )


BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_TRIES = len(BACK_OFF) + 1


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` tries that went wrong; None when it is time to ask a person."""
    return now + BACK_OFF[tries - 1] if tries < MOST_TRIES else None


# The letter checker


def lint_letter(text: str, path: str = "", kind: str = "") -> list[Finding]:
    """What is wrong with a letter: errors keep it from being loaded, the rest is advice to its writer.

    `kind`: the notice it is for, by default the name of the file.
    """
    try:
        letter = parse_letter(text, path)
    except BadLetter as e:
        return [Finding(path, 1, Severity.ERROR, str(e), "Correct the file so that it can be read.")]
    kind = kind or path.rpartition("/")[2].removesuffix(".toml")
    checks = (
        _unnamed,
        _unknown_words,
        _untold,
        _contactless,
        _hard_words,
        _threatening,
        _long_sentences,
        _too_hard,
    )
    found = [finding for check in checks for finding in check(letter, kind)]
    return [_placed(f, path, text) for f in found]


@dataclass(frozen=True)
class Fault:
    """A finding that does not know its line yet; `at` is text to look for in the file."""

    message: str
    cure: str
    at: str = ""
    severity: Severity = Severity.ERROR


def _placed(fault: Fault, path: str, text: str) -> Finding:
    lines = text.splitlines()
    line = next((n for n, said in enumerate(lines, 1) if fault.at and fault.at in said), 1)
    return Finding(path, line, fault.severity, fault.message, fault.cure)


def _all_texts(letter: Letter) -> list[str]:
    return [letter.title, letter.subject, *(t for b in letter.blocks for t in b.texts())]


def _unnamed(letter: Letter, kind: str) -> list[Fault]:
    return [
        Fault(f"The letter has no {what}.", f'Write {what} = "..." at the top of the file.')
        for what, said in (("title", letter.title), ("subject", letter.subject))
        if not said
    ]


def _unknown_words(letter: Letter, kind: str) -> list[Fault]:
    used = [w for t in _all_texts(letter) for w in words_in(t)]
    used += [w for b in letter.blocks for w in (b.when, *(i.when for i in b.items)) if w]
    return [
        Fault(
            f"{{{word}}} is no word a letter can be filled with.",
            f"Known are: {_listed(PLACEHOLDERS)}.",
            word,
        )
        for word in dict.fromkeys(used)
        if word not in PLACEHOLDERS
    ]


def _untold(letter: Letter, kind: str) -> list[Fault]:
    always = {key for b in letter.blocks if not b.when for key in b.carries}
    faults = [
        Fault(
            f"“{key}” is required, but no block that always appears carries it.",
            f'Add carries = ["{key}"] to a block without `when` that tells it.',
            key,
        )
        for key in letter.required
        if key not in always
    ]
    forgotten = sorted(MUST_TELL.get(kind, frozenset()) - set(letter.required))
    return faults + [
        Fault(
            f"A letter of this kind must tell “{key}”.",
            f'Add "{key}" to required, and a block that carries it.',
        )
        for key in forgotten
    ]


def _contactless(letter: Letter, kind: str) -> list[Fault]:
    contacts = [b for b in letter.blocks if b.kind == "contact"]
    if not contacts:
        return [
            Fault(
                "The letter does not say whom to ring.", "Add a block of kind contact with {contact_phone}."
            )
        ]
    return [
        Fault("The contact block gives no telephone number.", "Write {contact_phone} in it.", b.text[:30])
        for b in contacts
        if not any("contact_phone" in words_in(t) for t in b.texts())
    ]


def _hard_words(letter: Letter, kind: str) -> list[Fault]:
    faults = []
    for text in _all_texts(letter):
        plain = PLACE.sub(" ", text)
        for word, cure in BANNED.items():
            if found := re.search(rf"\b{re.escape(word)}s?\b", plain, re.I):
                faults.append(Fault(f"“{found[0]}” has no place in a letter.", cure, found[0]))
        for word in SHORTHAND:
            if re.search(rf"\b{word}\b", plain):
                faults.append(Fault(f"“{word}” is our shorthand.", "Write it out in plain words.", word))
    return faults


def _threatening(letter: Letter, kind: str) -> list[Fault]:
    carried = {key for b in letter.blocks if not b.when for key in b.carries}
    found = next((m for t in _all_texts(letter) if (m := THREATS.search(t))), None)
    if found is None or "help_is_choice" in carried:
        return []
    return [
        Fault(
            f"“{found[0]}” is said, but not that the help on offer is a choice.",
            "Add a sentence that taking up help is the person's own choice,"
            ' in a block with carries = ["help_is_choice"].',
            found[0].split()[0],
        )
    ]


def _long_sentences(letter: Letter, kind: str) -> list[Fault]:
    return [
        Fault(
            f"A sentence has {count} words: “{sentence[:60]}…”",
            f"Make two of it; {LONGEST_SENTENCE} words are the most.",
            sentence[:30],
        )
        for text in _all_texts(letter)
        for sentence in sentences(text)
        if (count := len(sentence.split())) > LONGEST_SENTENCE
    ]


def _too_hard(letter: Letter, kind: str) -> list[Fault]:
    age = reading_age([t for b in letter.blocks for t in b.texts()])
    if age <= OLDEST_READING_AGE:
        return []
    return [
        Fault(
            f"The reading age is about {age:.0f}.",
            f"Shorter sentences and shorter words bring it to {OLDEST_READING_AGE:.0f} or less.",
            severity=Severity.INFO,
        )
    ]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


# How hard a text is to read


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
