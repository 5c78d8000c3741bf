"""Small forms: a reason, a period."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.web.casework.forms.fields import area
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, look


class WordsForm(forms.Form):
    """A reason in words."""

    words = area(gettext_lazy("Why?"), rows=2, required=True, most=300)


class ReasonForm(forms.Form):
    """One reason of a list, and words."""

    reason = look(forms.ChoiceField(label=gettext_lazy("Why?"), widget=forms.RadioSelect), small=True)
    words = area(gettext_lazy("More, if there is"), rows=2)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look(
            self.fields["reason"],
            small=True,
            hints={
                code: row.columns.get("hint", "") for code, row in reasons.items() if row.columns.get("hint")
            },
        )
        choice_field(self, "reason").choices = [(code, row.title) for code, row in reasons.items()]


class PeriodForm(forms.Form):
    """From when to when figures are counted."""

    since = DateField(label=gettext_lazy("From"), required=False, what=gettext_lazy("the first day"))
    until = DateField(label=gettext_lazy("To"), required=False, what=gettext_lazy("the last day"))
