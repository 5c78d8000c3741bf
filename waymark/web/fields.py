"""The fields of a form by the kind they are, where Django types every one as a plain field."""

from typing import TypeVar

from django import forms

Kind = TypeVar("Kind", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """The field `name` of a form. Raises TypeError when it is of another kind, KeyError when there is none."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"The field “{name}” is no {kind.__name__}.")
    return field


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A field with choices: to give it those of the day, the place or the programme."""
    return field_of(form, name, forms.ChoiceField)
