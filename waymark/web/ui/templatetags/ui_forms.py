"""Tags for the form templates only; pages use `{% load ui %}`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waymark.web.ui.forms import COUNTED, PARTS, Look, Text, errors_in_words, kind_of, look_of
from waymark.web.ui.markup import select_html

register = template.Library()

BASE_CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "radio": "govuk-radios__input",
    "file": "govuk-file-upload",
    "hidden": "",
}
# Attributes of number inputs mean nothing on the text input shown instead; `required` is left to our words;
# a placeholder goes away just when it is wanted.
DROPPED = {
    "required",
    "placeholder",
    "min",
    "max",
    "step",
    "minlength",
    "maxlength",
    "class",
    "aria-describedby",
}
DATE_OF_BIRTH = {"day": "bday-day", "month": "bday-month", "year": "bday-year"}


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox, with what it reveals."""

    id: str
    name: str
    type: str
    value: str
    label: Text
    selected: bool
    disabled: bool
    hint: Text
    group: Text
    exclusive: bool
    reveals: Sequence[BoundField]


@dataclass(frozen=True)
class DatePart:
    """One of the three inputs of a date."""

    id: str
    name: str
    label: str
    value: str
    width: int
    wrong: bool
    inputmode: str
    autocomplete: str


@dataclass(frozen=True)
class FieldView:
    """All that the field template needs to know."""

    kind: str
    fieldset: bool
    look: Look
    group_class: str
    label_class: str
    optional: str
    errors: Sequence[str]
    choices: Sequence[Choice] = ()
    parts: Sequence[DatePart] = ()


@dataclass(frozen=True)
class OwnErrors:
    """Errors that belong to the form and not to one field."""

    id: str
    errors: Sequence[str]


@register.simple_tag
def field_view(field: BoundField) -> FieldView:
    """How the field template shows a bound field."""
    look, kind = look_of(field.field), kind_of(field.field.widget)
    fieldset = kind in {"date", "radios", "checkboxes", "multi"}
    return FieldView(
        kind=kind,
        fieldset=fieldset,
        look=look,
        group_class=group_class(field, look),
        label_class=label_class(look, fieldset),
        optional=optional_word(field, look),
        errors=errors_in_words(field),
        choices=choices_of(field, look) if kind in {"radios", "checkboxes"} else (),
        parts=date_parts(field) if kind == "date" else (),
    )


def group_class(field: BoundField, look: Look) -> str:
    """The classes of the group that holds label, hint, error and control."""
    extras = (field.errors and " govuk-form-group--error") or ""
    return f"govuk-form-group{extras}" + (" govuk-character-count" if look.counter else "")


def label_class(look: Look, fieldset: bool) -> str:
    """The classes of the label or legend. A heading is large unless another size is named."""
    base = "govuk-fieldset__legend" if fieldset else "govuk-label"
    size = look.label_size or ("l" if look.heading else "")
    return (
        base + (f" {base}--{size}" if size else "") + (" govuk-visually-hidden" if look.label_hidden else "")
    )


def optional_word(field: BoundField, look: Look) -> str:
    """The word that marks an optional field; none in filters, which are all optional."""
    wanted = look.optional_word and not field.field.required and not getattr(field.form, "is_filter", False)
    return " " + _("(optional)") if wanted and not is_revealed(field) else ""


def choices_of(field: BoundField, look: Look) -> list[Choice]:
    """The radios or checkboxes of a field in order, with the group each opens."""
    value = field.value()
    widget = field.field.widget
    attrs = {"id": widget.attrs.get("id") or field.auto_id}
    groups = widget.get_context(field.html_name, value, attrs)["widget"]["optgroups"]
    return [choice for group in groups for choice in choices_in(field, look, group)]


def choices_in(
    field: BoundField, look: Look, group: tuple[Any, list[dict[str, Any]], int]
) -> Iterator[Choice]:
    """The choices of one group; only the first carries the group's name."""
    group_name, options, _index = group
    for place, option in enumerate(options):
        value = str(option["value"])
        yield Choice(
            id=option["attrs"].get("id") or f"{field.html_name}_{option['index']}",
            name=option["name"],
            type=option["type"],
            value=value,
            label=option["label"],
            selected=option["selected"],
            disabled=bool(option["attrs"].get("disabled")) or field.field.disabled,
            hint=look.hints.get(value, ""),
            group=group_name if group_name and place == 0 else "",
            exclusive=bool(look.exclusive) and look.exclusive == value,
            reveals=[field.form[name] for name in names_revealed(look, value)],
        )


def names_revealed(look: Look, value: str) -> Sequence[str]:
    """The fields shown under a choice."""
    names = look.reveal.get(value, ())
    return [names] if isinstance(names, str) else list(names)


@register.filter
def is_revealed(field: BoundField) -> bool:
    """Whether a field stands under a choice of another field."""
    looks = (look_of(other) for other in field.form.fields.values())
    return any(field.name in names_revealed(look, value) for look in looks for value in look.reveal)


def date_parts(field: BoundField) -> list[DatePart]:
    """Day, month and year with what was typed, and which of them are wrong."""
    widget = field.field.widget
    value = field.value()
    typed = list(value) if isinstance(value, (list, tuple)) else widget.decompress(value)
    wrong = wrong_parts(field)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    birth = widget.attrs.get("autocomplete") == "bday"
    return [
        DatePart(
            id=f"{field.auto_id}_{place}",
            name=f"{field.html_name}_{part}",
            label=labels[part],
            value=typed[place] or "",
            width=4 if part == "year" else 2,
            wrong=part in wrong,
            inputmode="text" if part == "month" else "numeric",
            autocomplete=DATE_OF_BIRTH[part] if birth else "",
        )
        for place, part in enumerate(PARTS)
    ]


def wrong_parts(field: BoundField) -> frozenset[str]:
    """The parts of a date its error is about: all, unless the error names them."""
    if not field.errors:
        return frozenset()
    errors: Sequence[ValidationError] = field.errors.as_data()
    return frozenset(part for error in errors for part in (error.params or {}).get("parts", PARTS))


@register.simple_tag
def input_type(widget: Mapping[str, Any]) -> str:
    """Numbers are text inputs with a number pad, as the design system advises: number inputs lose digits."""
    return "text" if widget["type"] == "number" else str(widget["type"])


@register.simple_tag
def widget_attrs(widget: Mapping[str, Any], base: str = "") -> SafeString:
    """The attributes of a control: the system's class, the error class, what describes it, and its own."""
    attrs: dict[str, Any] = dict(widget["attrs"])
    kind = str(widget.get("type", ""))
    base = base or BASE_CLASSES.get(kind, "govuk-input")
    shown: dict[str, Any] = {}
    if classes := control_classes(attrs, base, kind):
        shown["class"] = classes
    if described := described_by(attrs):
        shown["aria-describedby"] = described
    if kind == "number":
        shown["inputmode"] = "decimal" if attrs.get("step") == "any" else "numeric"
        shown["spellcheck"] = "false"
    if kind == "email":
        shown["spellcheck"] = "false"
        shown["autocomplete"] = attrs.get("autocomplete", "email")
    shown |= {name: value for name, value in attrs.items() if name not in DROPPED and value is not False}
    parts = format_html_join(
        "", ' {}="{}"', ((name, value) for name, value in shown.items() if value is not True)
    )
    flags = format_html_join("", " {}", ((name,) for name, value in shown.items() if value is True))
    return SafeString(parts + flags)


def control_classes(attrs: Mapping[str, Any], base: str, kind: str) -> str:
    """The class attribute of a control."""
    wrong = (
        f"{base}--error" if base and attrs.get("aria-invalid") and kind not in {"checkbox", "radio"} else ""
    )
    return " ".join(part for part in (base, wrong, attrs.get("class", "")) if part)


def described_by(attrs: Mapping[str, Any]) -> str:
    """What describes a control: hint, error, and the line that counts characters."""
    info = f"{attrs.get('id')}-info" if COUNTED in str(attrs.get("class", "")).split() else ""
    return " ".join(part for part in (attrs.get("aria-describedby") or "", info) if part)


@register.simple_tag(takes_context=True)
def form_errors(context: template.Context, form: forms.BaseForm) -> OwnErrors | None:
    """The form's own errors, unless the page has shown them in an error summary already."""
    errors = context.get("errors")
    if not errors or getattr(form, "summarised", False):
        return None
    return OwnErrors(f"{form.prefix or 'form'}-errors", list(errors))


@register.simple_tag
def select_options(widget: Mapping[str, Any]) -> SafeString:
    """The options of a select, in their groups."""
    return select_html(widget["optgroups"])
