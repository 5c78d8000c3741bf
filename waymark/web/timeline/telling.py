"""One event as it is read, and the sentence that is made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from waymark.web.ui.components import Text
from waymark.web.ui.templatetags.ui import long_day, long_day_time


@dataclass(frozen=True)
class Told:
    """One event and the day it is read on, with the small words its sentence is made of.

    `titles` gives the words of codes that belong to a programme: benefits.
    """

    event: Any
    today: date
    titles: Mapping[str, str]

    @property
    def who(self) -> str:
        return self.event.by.person.name if self.event.by else _("Waymark")

    @property
    def why(self) -> str:
        return str(self.event.why or "")

    def get(self, name: str) -> str:
        """A word of the details; empty where it was not kept."""
        found = self.event.details.get(name)
        return "" if found is None else str(found)

    def number(self, name: str) -> int:
        found = self.event.details.get(name)
        return len(found) if isinstance(found, list) else int(found or 0)

    def day(self, name: str) -> str:
        """A day in words: Wednesday 30 June."""
        text = self.get(name)
        return long_day(date.fromisoformat(text), self.today) if text else _("a day that was not kept")

    def moment(self, name: str) -> str:
        text = self.get(name)
        return long_day_time(datetime.fromisoformat(text), self.today) if text else _("a time to be found")

    def word(self, name: str, words: Any) -> str:
        """The label of an enum's value; the value itself where the enum no longer has it."""
        text = self.get(name)
        return str(words(text).label) if text in words.values else text.replace("_", " ")

    def title(self, name: str) -> str:
        return self.titles.get(self.get(name), self.get(name))

    def say(self, sentence: str, **words: object) -> str:
        return sentence % {"who": self.who, **words}


@dataclass(frozen=True)
class Sentence:
    """What happened, and what may stand under it: more words, somebody's own words, a page to open."""

    what: str
    more: Text = ""
    words: str = ""
    url: str = ""
    main: bool = False


Presenter = Callable[[Told], Sentence]


def because(sentence: str, why: str) -> str:
    """The sentence with its reason; without a full stop twice."""
    why = why.strip().rstrip(".")
    return (
        _("%(sentence)s, because: %(why)s.") % {"sentence": sentence, "why": why} if why else f"{sentence}."
    )


def lower(text: str) -> str:
    """A label in the middle of a sentence; what begins with capitals keeps them."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
