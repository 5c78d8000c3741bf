"""Fields as the forms of cases have them, and the choices they share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.web.ui.forms import look

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
EMPTY = [("", gettext_lazy("Choose"))]
MOST = 2000


def area(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "", most: int = MOST) -> Any:
    return look(
        forms.CharField(
            label=label,
            required=required,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": rows}),
            help_text=help_text,
        ),
        optional_word=False,
    )


def line(label: Any, *, required: bool = False, help_text: Any = "", most: int = 200) -> Any:
    return look(
        forms.CharField(label=label, required=required, max_length=most, help_text=help_text),
        optional_word=False,
    )


def number(label: Any, *, least: int, most: int, help_text: Any = "", required: bool = False) -> Any:
    return look(
        forms.IntegerField(
            label=label, min_value=least, max_value=most, required=required, help_text=help_text
        ),
        width=3,
        optional_word=False,
    )


def tick(label: Any, help_text: Any = "") -> Any:
    return look(forms.BooleanField(label=label, required=False, help_text=help_text), small=True)


def choose(label: Any, *, required: bool = True, help_text: Any = "") -> Any:
    return look(forms.ChoiceField(label=label, required=required, help_text=help_text), optional_word=False)
