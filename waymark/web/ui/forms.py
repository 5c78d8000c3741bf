"""Django forms that render as GOV.UK Design System forms.

With `FORM_RENDERER = "waymark.web.ui.forms.GovukRenderer"` every plain form renders right with `{{ form }}`
and every field with `{{ form.name.as_field_group }}`. What a field's own arguments cannot say (a heading as
label, a prefix, a revealed field) is said with `look()`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as TemplateBackend
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
Size = Literal["", "s", "m", "l", "xl"]
REQUIRED = forms.Field.default_error_messages["required"]
NOT_WHOLE = forms.IntegerField.default_error_messages["invalid"]
NOT_A_NUMBER = forms.DecimalField.default_error_messages["invalid"]
SPECIFIC = {"the", "a", "an", "your", "their", "any", "who", "what", "how", "why", "when"}
COUNTED = "govuk-js-character-count"
AnyField = TypeVar("AnyField", bound=forms.Field)


class GovukRenderer(DjangoTemplates):
    """Renders forms, fields and widgets with the design system's templates, and all else as Django does."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"

    @cached_property
    def engine(self) -> TemplateBackend:
        ours = Path(__file__).parent / "form_templates"
        djangos = Path(forms.__file__).parent / "templates"
        return TemplateBackend(
            {"APP_DIRS": True, "DIRS": [ours, djangos], "NAME": "waymark_forms", "OPTIONS": {}}
        )


@dataclass(frozen=True)
class Look:
    """How a field is shown. See `look()`."""

    heading: bool = False
    label_size: Size = ""
    label_hidden: bool = False
    hints: Mapping[str, Text] = field(default_factory=dict)
    reveal: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    inline: bool = False
    small: bool = False
    exclusive: str = ""
    prefix: Text = ""
    suffix: Text = ""
    width: int | str = ""
    counter: int | None = None
    optional_word: bool = True


def look(
    to: AnyField,
    *,
    heading: bool = False,
    label_size: Size = "",
    label_hidden: bool = False,
    hints: Mapping[str, Text] | None = None,
    reveal: Mapping[str, str | Sequence[str]] | None = None,
    inline: bool = False,
    small: bool = False,
    exclusive: str = "",
    prefix: Text = "",
    suffix: Text = "",
    width: int | str = "",
    counter: int | None = None,
    optional_word: bool = True,
) -> AnyField:
    """Say how a field is shown, and give it back.

    heading: the label is the page's h1 (one question a page).
    label_size: s, m, l, xl. label_hidden: read out, not seen.
    hints: a hint for each choice, by value.
    reveal: name (or names) of the fields shown under a choice, by value. They stand in the same form, are
        not required, and are checked in `clean()`.
    inline: choices beside each other. small: small radios and checkboxes.
    exclusive: the value of a checkbox that excludes all others ("none of these").
    prefix, suffix: "£", "hours". width: 2, 3, 4, 5, 10 or 20 characters, or "one-half", "full" and so on.
    counter: the most characters, counted down. optional_word: whether "(optional)" follows the label.
    """
    # Django has no place for it, and the field is what reaches the template.
    to.look = Look(  # type: ignore[attr-defined]
        heading=heading,
        label_size=label_size,
        label_hidden=label_hidden,
        hints=hints or {},
        reveal=reveal or {},
        inline=inline,
        small=small,
        exclusive=exclusive,
        prefix=prefix,
        suffix=suffix,
        width=width,
        counter=counter,
        optional_word=optional_word,
    )
    classes = to.widget.attrs.get("class", "").split()
    if width:
        classes.append(f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}")
    if counter:
        classes.append(COUNTED)
    if classes:
        to.widget.attrs["class"] = " ".join(classes)
    return to


def look_of(form_field: forms.Field) -> Look:
    """The look of a field, or the plain one."""
    return getattr(form_field, "look", Look())


def kind_of(widget: forms.Widget) -> str:
    """The kind of control a widget is shown as."""
    kinds: Sequence[tuple[type[forms.Widget], str]] = (
        (DateWidget, "date"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
        (forms.CheckboxInput, "checkbox"),
        (forms.FileInput, "file"),
        (forms.MultiWidget, "multi"),
    )
    return next((kind for widget_class, kind in kinds if isinstance(widget, widget_class)), "input")


def errors_in_words(bound: BoundField) -> list[str]:
    """What is wrong with a field. Messages that do not name the field are put in words that do."""
    return [
        in_own_words(bound, message)
        for error in bound.errors.as_data()
        for message in map(str, error.messages)
    ]


def in_own_words(bound: BoundField, message: str) -> str:
    """An error as it is shown: Django's general sentences are said about this field."""
    if message == str(REQUIRED):
        return missing_in_words(bound)
    if message == str(NOT_WHOLE):
        return _("%(label)s must be a whole number, like 16") % {"label": bound.label}
    if message == str(NOT_A_NUMBER):
        return _("%(label)s must be a number, like 16 or 7.50") % {"label": bound.label}
    return message


def missing_in_words(bound: BoundField) -> str:
    """What to do about an empty field that may not be empty."""
    label, kind = str(bound.label), kind_of(bound.field.widget)
    if label.endswith("?"):
        return _("Answer the question: %(label)s") % {"label": label}
    if kind == "checkbox":
        return _("Tick the box: %(label)s") % {"label": label}
    if kind in {"radios", "checkboxes", "select", "file"}:
        return _("Choose %(label)s") % {"label": with_article(label)}
    return _("Enter %(label)s") % {"label": with_article(label)}


def with_article(label: str) -> str:
    """A label as it stands inside a sentence: "the office", "your name", "the NI number"."""
    inside = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    first = inside.split(" ", 1)[0]
    return inside if first in SPECIFIC else f"the {inside}"


class DateWidget(forms.MultiWidget):
    """Day, month and year as three text inputs named `<name>_day`, `<name>_month`, `<name>_year`."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()}, attrs
        )

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


THE_DATE = gettext_lazy("the date")
PARTS = ("day", "month", "year")
PART_WORDS = {"day": gettext_lazy("a day"), "month": gettext_lazy("a month"), "year": gettext_lazy("a year")}


class DateField(forms.Field):
    """A date typed as day, month and year; the errors say which part is wrong.

    what: the thing asked for, as it stands in a sentence ("the date of the operation").
    earliest, latest: the bounds, both allowed. Cleans to a `date`, or None when empty and not required.
    """

    widget = DateWidget

    def __init__(
        self,
        *,
        what: Text = THE_DATE,
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.what, self.earliest, self.latest = what, earliest, latest

    def to_python(self, value: date | Sequence[str] | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        day, month, year = ((part or "").strip() for part in value)
        if not (day or month or year):
            return None
        self._all_parts_given({"day": day, "month": month, "year": year})
        return self._real_date(day, month, year)

    def clean(self, value: Any) -> date | None:
        found = self.to_python(value)
        if found is None and self.required:
            raise self._error(_("Enter %(what)s"), "required", PARTS)
        if found is not None:
            self._within_bounds(found)
        self.run_validators(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _error(self, message: str, code: str, parts: Sequence[str], **params: str) -> ValidationError:
        what = str(self.what)
        filled = capfirst(message % {"what": what, **params})
        return ValidationError(filled, code=code, params={"parts": tuple(parts)})

    def _all_parts_given(self, given: Mapping[str, str]) -> None:
        missing = [part for part in PARTS if not given[part]]
        if missing:
            words = _(" and ").join(str(PART_WORDS[part]) for part in missing)
            raise self._error(_("%(what)s must include %(missing)s"), "incomplete", missing, missing=words)

    def _real_date(self, day: str, month: str, year: str) -> date:
        if not re.fullmatch(r"[0-9]{4}", year):
            raise self._error(_("The year of %(what)s must have 4 numbers, like 2004"), "year", ["year"])
        month_number = month_named(month)
        if month_number is None:
            raise self._error(
                _("The month of %(what)s must be a real month, like 5 or May"), "month", ["month"]
            )
        try:
            return date(int(year), month_number, int(day))
        except ValueError:
            raise self._error(_("%(what)s must be a real date"), "not_real", PARTS) from None

    def _within_bounds(self, found: date) -> None:
        if self.earliest and found < self.earliest:
            raise self._error(
                _("%(what)s must be on or after %(bound)s"), "too_early", PARTS, bound=in_words(self.earliest)
            )
        if self.latest and found > self.latest:
            raise self._error(
                _("%(what)s must be on or before %(bound)s"), "too_late", PARTS, bound=in_words(self.latest)
            )


def month_named(text: str) -> int | None:
    """The number of a month typed as a number or a name (whole or its first three letters), or None."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    names = {str(name).lower(): number for table in (MONTHS, MONTHS_3) for number, name in table.items()}
    return names.get(text.lower().rstrip("."))


def in_words(on: date) -> str:
    """A date as it stands in a sentence: 4 May 2004."""
    return f"{on.day} {MONTHS[on.month]} {on.year}"


class TimeField(forms.TimeField):
    """A time of day typed the way people write it: 9:30, 09.30, 9.30am, 2pm."""

    widget = forms.TimeInput
    default_error_messages = {
        "required": gettext_lazy("Enter a time, like 9:30am"),
        "invalid": gettext_lazy("Enter a real time, like 9:30am or 14:15"),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_time(value) if isinstance(value, str) else value)


def plain_time(text: str) -> str:
    """`2pm`, `9.30am`, `noon` as HH:MM; what is not understood comes back as it was."""
    tidy = text.strip().lower().replace(" ", "")
    if tidy in {"noon", "midday", "12noon"}:
        return "12:00"
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm)?", tidy)
    if not found or (found[3] is None and found[2] is None):
        return text
    hour = int(found[1])
    if found[3]:
        if not 1 <= hour <= 12:
            return text
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02d}:{found[2] or '00'}"


def refuse(form: forms.BaseForm, refusal: Exception, on: str | None = None) -> None:
    """Show a refused verb as an error of the form: its message, and its cure where it has one.

    refusal: anything with `message` and `cure` (`waymark.kernel.refusal.Refused`). on: the field it is about.
    """
    message = str(getattr(refusal, "message", "") or refusal)
    cure = str(getattr(refusal, "cure", "") or "")
    form.add_error(on if on in form.fields else None, f"{message} {cure}".strip())
