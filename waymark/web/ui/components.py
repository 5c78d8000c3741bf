"""The shapes that pages hand to the component tags of `{% load ui %}`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Tone = Literal["quiet", "good", "info", "waiting", "late", "held", "new"]
StopState = Literal["done", "here", "later", "deferred", "missed", "waived", "uncounted"]
SlotKind = Literal["free", "booked", "over", "buffer", "absent", "other"]

TONES: Mapping[str, str] = {
    "quiet": "grey",
    "good": "green",
    "info": "blue",
    "waiting": "yellow",
    "late": "red",
    "held": "orange",
    "new": "teal",
}

STOP_WORDS: Mapping[str, Text] = {
    "done": _("done"),
    "here": _("next"),
    "later": _("to come"),
    "deferred": _("put off"),
    "missed": _("missed"),
    "waived": _("not required"),
    "uncounted": _("held, did not count"),
}

SLOT_WORDS: Mapping[str, Text] = {
    "free": _("free"),
    "booked": _("booked"),
    "over": _("over-booked"),
    "buffer": _("kept free"),
    "absent": _("away"),
    "other": _("other work"),
}


@dataclass(frozen=True)
class Link:
    """A link of a menu, a list or a row. `about` is read out after a label that alone says too little."""

    label: Text
    url: str = ""
    current: bool = False
    about: Text = ""
    count: int | None = None


@dataclass(frozen=True)
class Action:
    """Something a person may do here, or may not and why.

    `refused` is the sentence to show instead of doing it; `about` completes the label for screen readers
    ("Call" + "M. Okafor"); `fields` are posted along; `key` is a letter pressed with Alt.
    """

    label: Text
    url: str = ""
    method: Literal["get", "post"] = "get"
    refused: Text | None = None
    primary: bool = False
    warning: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    about: Text = ""
    key: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a summary list."""

    key: Text
    value: object
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table. `sort` is the word in `?sort=`; without it the column cannot be sorted.

    A `hidden` label is read out only.
    """

    label: Text
    numeric: bool = False
    sort: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption. Each row has as many cells as there are columns; the first names the row."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    empty: Text = ""
    late_rows: frozenset[int] = frozenset()
    caption_size: Literal["s", "m", "l"] = "m"
    caption_hidden: bool = False


@dataclass(frozen=True)
class Entry:
    """One event of a timeline: a sentence, when it happened and who did it."""

    what: Text
    when: date | datetime
    by: Text = ""
    more: Text = ""
    words: str = ""
    url: str = ""
    tag: Text = ""
    tone: Tone = "quiet"
    main: bool = False


@dataclass(frozen=True)
class Stop:
    """A station on the customer's way. `note` follows the state in words ("Thursday 6 May")."""

    label: Text
    state: StopState = "later"
    note: Text = ""


@dataclass(frozen=True)
class Slot:
    """What stands in one cell of a week of diaries."""

    label: Text
    kind: SlotKind = "free"
    url: str = ""
    note: Text = ""

    @property
    def kind_word(self) -> Text:
        """The kind of slot as a word, so that it does not hang on colour."""
        return SLOT_WORDS[self.kind]


@dataclass(frozen=True)
class GridColumn:
    """The head of a column: a day, or an adviser."""

    label: Text
    note: Text = ""
    url: str = ""
    today: bool = False


@dataclass(frozen=True)
class GridRow:
    """A time of day, with the slots of each column."""

    label: Text
    cells: Sequence[Sequence[Slot]]


@dataclass(frozen=True)
class Week:
    """A week of diaries. `first_free` says in words what people ask for first."""

    caption: Text
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    first_free: Text = ""
    corner: Text = ""


@dataclass(frozen=True)
class Count:
    """A number with its noun, which can be opened."""

    value: object
    label: Text
    url: str = ""
    late: bool = False
