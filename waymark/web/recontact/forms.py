"""Forms of the re-contact: the filter of the list, a time agreed to ring, a letter instead of a call."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.interviews.queries.recontact import COMING, LATE, TODAY
from waymark.web.fields import choice_field
from waymark.web.first_contact.forms import WindowForm
from waymark.web.interviews.forms import area
from waymark.web.ui.forms import look

ALL = [("", gettext_lazy("All"))]


class ListFilter(forms.Form):
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=[
            *ALL,
            (LATE, gettext_lazy("Late")),
            (TODAY, gettext_lazy("Due today")),
            (COMING, gettext_lazy("Coming")),
        ],
    )
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        choices=[
            *ALL,
            ("mine", gettext_lazy("Mine")),
            ("team", gettext_lazy("My team’s")),
            ("free", gettext_lazy("Nobody’s yet")),
        ],
    )

    def __init__(self, data: Any, offices: Iterable[Any]) -> None:
        super().__init__(data)
        field = choice_field(self, "office")
        field.choices = [*ALL, *((one.code, one.name) for one in offices)]

    @property
    def said(self) -> Mapping[str, str]:
        """What is chosen; nothing where a word is no choice."""
        return self.cleaned_data if self.is_bound and self.is_valid() else {}


class AgreedForm(WindowForm):
    """The customer was reached and named another time."""

    outcome = look(
        forms.ChoiceField(label=gettext_lazy("What was it?"), widget=forms.RadioSelect), small=True
    )
    words = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)
    field_order = ["outcome", "day", "starts", "ends", "words"]

    def __init__(self, reasons: Mapping[str, Any], now: datetime, data: Any = None) -> None:
        super().__init__(data)
        self.now = now
        field = choice_field(self, "outcome")
        field.choices = [(code, one.title) for code, one in reasons.items()]

    def clean(self) -> dict[str, Any]:
        self.insist_on_window(self.now)
        return self.cleaned_data


class InsteadForm(forms.Form):
    """Why nobody rings."""

    why = area(gettext_lazy("Why is a letter sent instead of a call?"), most=300, required=True)
