"""The script of a call as a pack writes it, and what it says next. Pure: neither Django nor tables."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from waymark.policy import FactBook
from waymark.policy.kinds import Facts
from waymark.programme.pack import Pack

FIRST_CONTACT = "first-contact"
SAID = "say:"
"""Before the key of a must-say item among the things said; support on offer stands there by its code alone."""


@dataclass(frozen=True)
class Question:
    """One page of the conversation: what to say, why it is asked, and the facts it brings."""

    id: str
    text: str
    why: str
    facts: tuple[str, ...]
    step: str


@dataclass(frozen=True)
class Support:
    """A kind of help that is on offer, in words to say."""

    code: str
    title: str
    say: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Say:
    """What the customer must be told. `when`: always, booked, deferred or waived."""

    key: str
    title: str
    words: str
    when: str

    @property
    def item(self) -> str:
        return f"{SAID}{self.key}"


@dataclass(frozen=True)
class Ask:
    """One of the four questions about the customer's own view."""

    key: str
    text: str


@dataclass(frozen=True)
class Cue:
    """Words in the notes that should not be passed over. It raises a question and decides nothing."""

    words: tuple[str, ...]
    question: str
    prompt: str


@dataclass(frozen=True)
class Heard:
    """A cue that came up, and the words it was heard by."""

    cue: Cue
    words: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What is said at one of the later steps."""

    title: str = ""
    say: str = ""
    intro: str = ""
    must: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Script:
    title: str
    safe_start: str
    questions: Mapping[str, Question]
    at_offer: frozenset[str]
    support: tuple[Support, ...]
    says: tuple[Say, ...]
    asks: tuple[Ask, ...]
    cues: tuple[Cue, ...]
    words: Mapping[str, Words]

    def support_for(self, group: str) -> list[Support]:
        """What is explained to a customer of this group; all of it when the group is not known."""
        return [one for one in self.support if group in one.groups] or list(self.support)

    def page_of(self, fact: str) -> Question | None:
        return next((q for q in self.questions.values() if fact in q.facts), None)

    def next_page(self, to_ask: Sequence[str], skipped: Collection[str] = ()) -> Question | None:
        """The page of the most useful fact that is still open, the offer and skipped pages left out."""
        pages = (self.page_of(fact) for fact in to_ask if fact not in self.at_offer)
        return next((page for page in pages if page and page.id not in skipped), None)

    def to_say(self, when: str) -> list[Say]:
        return [one for one in self.says if one.when == when]

    def heard_in(self, text: str) -> list[Heard]:
        """The cues whose words begin a word of the text, whatever their case, in the script's order."""
        found = [(cue, tuple(w for w in cue.words if begins_a_word(w, text))) for cue in self.cues]
        return [Heard(cue, words) for cue, words in found if words]


def begins_a_word(word: str, text: str) -> bool:
    """Whether `word` stands in the text from the start of a word on: lung in "lungs", sit not in "visit"."""
    return re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) is not None


@lru_cache(maxsize=32)
def script_of(pack: Pack, name: str = FIRST_CONTACT) -> Script:
    """The script of a pack; each process reads one once."""
    return read_script(pack.scripts[name])


def read_script(data: Mapping[str, Any]) -> Script:
    steps: list[dict[str, Any]] = data.get("steps", [])
    questions = [_question(entry, step) for step in steps for entry in step.get("questions", [])]
    offer = {step["id"] for step in steps if step.get("kind") == "offer"}
    return Script(
        title=data.get("title", ""),
        safe_start=data.get("safe_start", ""),
        questions={question.id: question for question in questions},
        at_offer=frozenset(fact for q in questions if q.step in offer for fact in q.facts),
        support=tuple(
            Support(s["code"], s["title"], s["say"], tuple(s.get("groups", ())))
            for s in _all(steps, "support")
        ),
        says=tuple(Say(s["key"], s["title"], s["words"], s["when"]) for s in _all(steps, "say")),
        asks=tuple(Ask(a["key"], a["text"]) for a in _all(steps, "asks")),
        cues=tuple(Cue(tuple(c["words"]), c["question"], c["prompt"]) for c in data.get("cues", [])),
        words={
            step["kind"]: Words(
                step.get("title", ""),
                step.get("words", ""),
                step.get("intro", ""),
                step.get("must", ""),
                step.get("doubt", ""),
            )
            for step in steps
        },
    )


def facts_to_show(question: Question, book: FactBook, facts: Facts, on: date) -> list[str]:
    """The facts of a page that apply; where none does, all of them and what keeps them from applying.

    A page that a cue has raised may be about health while nobody has said yet that health matters: then that
    is asked on the same page.
    """
    asked = [name for name in question.facts if not book[name].derived]
    applying = [name for name in asked if book.applicable(name, facts, on) is True]
    if applying:
        return applying
    guards = [guard for name in asked for guard in _guards_of(name, book, facts, on)]
    return list(dict.fromkeys([*guards, *asked]))


def _guards_of(name: str, book: FactBook, facts: Facts, on: date) -> list[str]:
    """The facts that keep this one from being asked, the outermost first."""
    found: list[str] = []
    for condition in book.guard(name):
        if book.applicable(condition.fact, facts, on) is not True:
            found += _guards_of(condition.fact, book, facts, on)
        if not book[condition.fact].derived:
            found.append(condition.fact)
    return found


def _question(entry: Mapping[str, Any], step: Mapping[str, Any]) -> Question:
    return Question(entry["id"], entry["text"], entry.get("why", ""), tuple(entry["facts"]), step["id"])


def _all(steps: Sequence[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    return [entry for step in steps for entry in step.get(key, [])]
