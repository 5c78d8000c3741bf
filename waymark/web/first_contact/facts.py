"""A form for the facts of one page of the script: every kind of answer, and “not known”."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.policy import BadFacts, FactBook
from waymark.policy.kinds import NOT_KNOWN, Fact, FactType, Interval
from waymark.web.ui.forms import DateField, look

UNKNOWN = "not known"
NOT_KNOWN_WORDS = gettext_lazy("Not known")
MANY = 3


class FactForm(forms.Form):
    """The answers of one page. Nothing is required but one answer; what is left open stays open.

    `given()` says what was answered, fact to JSON value. `rest_no` counts every open yes-or-no as a no.
    """

    def __init__(
        self,
        names: Sequence[str],
        book: FactBook,
        facts: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        *,
        rest_no: bool = False,
    ) -> None:
        super().__init__(data)
        self.names, self.book, self.rest_no = list(names), book, rest_no
        for name in names:
            self._add(book[name], facts.get(name), alone=len(names) == 1)

    @property
    def is_list(self) -> bool:
        """Whether the page is a list to be ticked off: several questions that are answered yes or no."""
        return sum(self.book[name].type is FactType.YES_NO for name in self.names) >= MANY

    def clean(self) -> dict[str, Any]:
        self._insist_on_one_way()
        given = self.given()
        if not given and not self.errors:
            self.add_error(
                self._first_field(),
                _("Choose or write an answer. “Not known” is an answer too, and you can skip it for now."),
            )
        try:
            self.book.parse(given)
        except BadFacts as bad:
            for problem in bad.problems:
                self.add_error(self._first_field(problem.fact), self._in_words(problem.fact))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        """What was answered, as the verb takes it; for a form with errors, the answers that are right."""
        found = {name: self._value(self.book[name]) for name in self.names}
        return {name: value for name, value in found.items() if value is not None}

    def _value(self, fact: Fact) -> Any:
        said = self.cleaned_data
        if said.get(f"{fact.name}_unknown"):
            return UNKNOWN
        match fact.type:
            case FactType.YES_NO:
                word = said.get(fact.name) or ("no" if self.rest_no else "")
                return {"yes": True, "no": False, UNKNOWN: UNKNOWN}.get(word)
            case FactType.DATE:
                return _iso(said.get(fact.name))
            case FactType.DATE_INTERVAL:
                start, end = said.get(f"{fact.name}_start"), said.get(f"{fact.name}_end")
                return {"start": _iso(start), "end": _iso(end)} if start else None
            case FactType.WHOLE_NUMBER:
                return said.get(fact.name)
            case _:
                return said.get(fact.name) or None

    def _insist_on_one_way(self) -> None:
        """An answer and “not known” at once cannot both be meant."""
        for name in self.names:
            typed = [self.cleaned_data.get(field) for field in (name, f"{name}_start", f"{name}_end")]
            if self.cleaned_data.get(f"{name}_unknown") and any(value is not None for value in typed):
                self.add_error(self._first_field(name), _("Give an answer or tick “Not known”, not both"))
            if self.cleaned_data.get(f"{name}_end") and not self.cleaned_data.get(f"{name}_start"):
                self.add_error(f"{name}_start", _("Enter the first day too"))

    def _first_field(self, fact: str | None = None) -> str:
        name = fact or self.names[0]
        return name if name in self.fields else f"{name}_start"

    def _in_words(self, name: str) -> str:
        fact = self.book[name]
        if fact.type is FactType.WHOLE_NUMBER:
            if fact.minimum is not None and fact.maximum is not None:
                return _("Enter a whole number from %(low)s to %(high)s") % {
                    "low": fact.minimum,
                    "high": fact.maximum,
                }
            return _("Enter a whole number")
        if fact.type is FactType.DATE_INTERVAL:
            return _("The last day cannot be before the first")
        return _("Enter a date between the years 1900 and 2199")

    def _add(self, fact: Fact, value: Any, *, alone: bool) -> None:
        for name, field in fields_of(fact, value, alone=alone).items():
            self.fields[name] = field


def fields_of(fact: Fact, value: Any, *, alone: bool) -> dict[str, forms.Field]:
    """The fields for one fact, filled with its present answer."""
    common: dict[str, Any] = {"label": fact.question, "help_text": fact.help, "required": False}
    match fact.type:
        case FactType.YES_NO:
            choices = [("yes", _("Yes")), ("no", _("No")), (UNKNOWN, NOT_KNOWN_WORDS)]
            field = forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, initial=_word(value), **common
            )
            return {fact.name: look(field, inline=True, small=True, optional_word=False, label_hidden=alone)}
        case FactType.CHOICE:
            choices = [*fact.choices.items(), (UNKNOWN, NOT_KNOWN_WORDS)]
            field = forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, initial=_word(value), **common
            )
            return {fact.name: look(field, small=True, optional_word=False, label_hidden=alone)}
        case FactType.WHOLE_NUMBER:
            number = forms.IntegerField(initial=value if isinstance(value, int) else None, **common)
            fields: dict[str, forms.Field] = {
                fact.name: look(number, width=4, optional_word=False, label_hidden=alone)
            }
        case FactType.DATE:
            day = DateField(what=_("the date"), initial=value if isinstance(value, date) else None, **common)
            fields = {fact.name: look(day, optional_word=False, label_hidden=alone)}
        case FactType.DATE_INTERVAL:
            known = value if isinstance(value, Interval) else None
            first = DateField(
                what=_("the first day"),
                label=_("First day"),
                help_text=fact.help,
                required=False,
                initial=known.start if known else None,
            )
            last = DateField(
                what=_("the last day"),
                label=_("Last day, if it is known"),
                required=False,
                initial=known.end if known else None,
            )
            fields = {
                f"{fact.name}_start": look(first, optional_word=False),
                f"{fact.name}_end": look(last, optional_word=False),
            }
    unknown = forms.BooleanField(label=NOT_KNOWN_WORDS, required=False, initial=value is NOT_KNOWN)
    return {**fields, f"{fact.name}_unknown": look(unknown, small=True)}


def _word(value: Any) -> str:
    """An answer as the value of its radio."""
    if value is NOT_KNOWN:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value is not None else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
