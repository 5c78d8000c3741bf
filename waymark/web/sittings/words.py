"""The texts of the workspace with their labels, and what is known of the customer's wishes, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.enums import Mode
from waymark.interviews.sittings.queries import Beforehand, Text, Workspace
from waymark.web.ui.components import Row
from waymark.web.ui.components import Text as Words

LABELS: dict[str, tuple[Words, Words, int]] = {
    "own_words": (
        gettext_lazy("In the customer’s own words"),
        gettext_lazy(
            "How things are for them. It stands in the summary they get; change it there if need be."
        ),
        4,
    ),
    "health": (
        gettext_lazy("Health, and what it does to work"),
        gettext_lazy(
            "What is hard on good days and on bad ones, and what treatment there is. No diagnosis is needed."
        ),
        4,
    ),
    "hopes": (gettext_lazy("Hopes"), gettext_lazy("What they would like to do one day."), 3),
    "promised": (
        gettext_lazy("What we agreed"),
        gettext_lazy("Who does what by when, a line each. It stands in the summary."),
        3,
    ),
    "customer_view": (
        gettext_lazy("How the customer sees the way ahead"),
        gettext_lazy("Why they see themselves so far from work, or so near."),
        3,
    ),
    "notes": (
        gettext_lazy("Notes"),
        gettext_lazy("For the next time. The customer may ask to read them."),
        4,
    ),
    "restricted": (
        gettext_lazy("Restricted note"),
        gettext_lazy(
            "Read by advisers, team leaders and managers only. Never on a shared screen, and in no letter."
        ),
        3,
    ),
}


@dataclass(frozen=True)
class Box:
    """A text as a form shows it."""

    text: Text
    label: Words
    hint: Words
    rows: int
    small: bool = False
    quiet: bool = False

    @property
    def id(self) -> str:
        return "text-" + self.text.field.replace(":", "-")


def box(found: Workspace, field: str) -> Box:
    label, hint, rows = LABELS[field]
    return Box(found.text(field), label, hint, rows, quiet=field == "restricted")


def label_of(found: Workspace, field: str) -> Words:
    """What a text is called, for a page about it alone."""
    if field in LABELS:
        return LABELS[field][0]
    lines = (*found.topics, *found.barriers)
    return next((line.title for line in lines if line.text.field == field), field)


def line_box(text: Text, title: str) -> Box:
    """The words about one entry of a checklist."""
    return Box(text, _("Words about: %(title)s") % {"title": title}, "", 2, small=True)


def preference_rows(before: Beforehand) -> Sequence[Row]:
    """How the customer would like to be seen, line by line; nothing where nobody has asked."""
    held = before.preferences
    hours = [Row(_("Cannot come"), "; ".join(str(one) for one in before.taken))] if before.taken else []
    if held is None:
        return hours
    said: list[tuple[str, str]] = [
        (_("Where to talk"), str(held.get_privacy_display())),
        (_("How"), str(Mode(held.mode).label) if held.mode else ""),
        (_("Time of day"), str(held.get_time_of_day_display())),
        (_("Taken"), held.not_on),
        (_("Medicine"), held.medication),
        (_("Brings"), held.companion),
        (_("Same adviser"), _("yes, if possible") if held.same_adviser else _("does not matter")),
        (_("Not with"), ", ".join(person.name for person in held.avoid.all())),
        (_("Besides"), held.other),
    ]
    return [*hours, *(Row(key, capfirst(value)) for key, value in said if value)]
