"""The inputs that forms of the directory are made of."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from waymark.organisations.enums import Role
from waymark.web.ui.forms import look

REFERRERS = [
    (Role.ADVISER.value, _("Personal adviser")),
    (Role.DISABILITY_ADVISER.value, _("Disability employment adviser")),
    ("self", _("Customers themselves")),
]


def line(label: Any, most: int, *, required: bool = False, help_text: Any = "", width: int | str = "") -> Any:
    return look(
        forms.CharField(label=label, max_length=most, required=required, help_text=help_text), width=width
    )


def lines(label: Any, most: int, *, required: bool = False, help_text: Any = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def one_of(label: Any, choices: Iterable[tuple[Any, Any]], *, required: bool = True, **looks: Any) -> Any:
    shown = [(value, capfirst(word)) for value, word in choices]
    return look(
        forms.ChoiceField(label=label, choices=shown, required=required, widget=forms.RadioSelect),
        small=True,
        optional_word=False,
        **{"label_size": "s", **looks},
    )


def some_of(label: Any, choices: Iterable[tuple[Any, Any]] = (), *, help_text: Any = "") -> Any:
    shown = [(value, capfirst(word)) for value, word in choices]
    return look(
        forms.MultipleChoiceField(
            label=label,
            choices=shown,
            required=False,
            help_text=help_text,
            widget=forms.CheckboxSelectMultiple,
        ),
        small=True,
        optional_word=False,
    )


def count(label: Any, most: int, *, suffix: Any = "") -> Any:
    return look(
        forms.IntegerField(label=label, required=False, min_value=0, max_value=most), width=3, suffix=suffix
    )
