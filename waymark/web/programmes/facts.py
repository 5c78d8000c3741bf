"""The facts a table asks for as a small form: change one and see which row decides."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.policy import BadFacts, FactBook
from waymark.policy.kinds import Fact, FactType
from waymark.web.ui.forms import DateField, look

UNKNOWN = "not known"
WORD = re.compile(r"[a-z_0-9]+")


class WhatIfForm(forms.Form):
    """One field a fact, none of them required.

    What is left open counts as a no, or as not known where it is no question of yes or no: so one changed fact shows
    what it does. With `rest` as "open" the table may still ask for it.
    """

    rest = look(
        forms.ChoiceField(
            label=gettext_lazy("What is left open"),
            choices=[
                ("no", gettext_lazy("counts as no, or as not known")),
                ("open", gettext_lazy("is not asked yet")),
            ],
            required=False,
        ),
        label_size="s",
        optional_word=False,
    )

    def __init__(self, names: Iterable[str], book: FactBook, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.auto_id = "fact_%s"
        self.book = book
        self.facts = [book[name] for name in names if name in book]
        for fact in self.facts:
            for name, field in _fields(fact).items():
                self.fields[name] = look(field, label_size="s", optional_word=False)

    def given(self) -> dict[str, Any]:
        """The answers as the engine takes them, without those that are no answer."""
        if not self.is_bound or not self.is_valid():
            return {}
        found = {fact.name: self._value(fact) for fact in self.facts}
        said = {name: value for name, value in found.items() if value is not None}
        if said and self.cleaned_data.get("rest") != "open":
            gates = self._gates(said)
            said |= {name: True for name in gates if name not in said}
            said |= {fact.name: _no(fact) for fact in self.facts if fact.name not in said}
        try:
            return self.book.parse(said)
        except BadFacts as bad:
            for problem in bad.problems:
                self.add_error(None, f"{self.book[problem.fact].question} {problem.message}")
            return {}

    def _gates(self, names: Iterable[str]) -> set[str]:
        """The yes-or-no facts on which it hangs whether these are asked at all: a tried fact is asked."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            asked_when = self.book[waiting.pop()].asked_when or ""
            for name in WORD.findall(asked_when):
                known = self.book.get(name)
                if known is not None and known.type is FactType.YES_NO and name not in found:
                    found.add(name)
                    waiting.append(name)
        return found

    def _value(self, fact: Fact) -> Any:
        said = self.cleaned_data
        if fact.type is FactType.YES_NO:
            return {"yes": True, "no": False, UNKNOWN: UNKNOWN}.get(said.get(fact.name) or "")
        if fact.type is FactType.DATE:
            return said[fact.name].isoformat() if said.get(fact.name) else None
        if fact.type is FactType.DATE_INTERVAL:
            start, end = said.get(f"{fact.name}_start"), said.get(f"{fact.name}_end")
            return {"start": start.isoformat(), "end": end.isoformat() if end else None} if start else None
        return said.get(fact.name) if said.get(fact.name) not in ("", None) else None


def _no(fact: Fact) -> Any:
    return False if fact.type is FactType.YES_NO else UNKNOWN


def _fields(fact: Fact) -> dict[str, forms.Field]:
    label = fact.question or fact.name.replace("_", " ")
    common: dict[str, Any] = {"label": label, "required": False}
    match fact.type:
        case FactType.YES_NO:
            choices = [("", "–"), ("yes", _("Yes")), ("no", _("No")), (UNKNOWN, _("Not known"))]
            return {fact.name: forms.ChoiceField(choices=choices, **common)}
        case FactType.CHOICE:
            known = [("", "–"), *fact.choices.items(), (UNKNOWN, _("Not known"))]
            return {fact.name: forms.ChoiceField(choices=known, **common)}
        case FactType.WHOLE_NUMBER:
            number = forms.IntegerField(min_value=fact.minimum, max_value=fact.maximum, **common)
            return {fact.name: look(number, width=4)}
        case FactType.DATE:
            return {fact.name: DateField(what=_("the date"), **common)}
        case FactType.DATE_INTERVAL:
            return {
                f"{fact.name}_start": DateField(
                    what=_("the first day"), label=f"{label} ({_('first day')})", required=False
                ),
                f"{fact.name}_end": DateField(
                    what=_("the last day"), label=f"{label} ({_('last day')})", required=False
                ),
            }
    return {}
