"""Forms of the record."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.web.timeline import GROUPS
from waymark.web.ui.forms import DateField, look


class TimelineFilter(forms.Form):
    """What of the record to show."""

    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("Everything")), *[(key, title) for key, (title, _kinds) in GROUPS.items()]],
        required=False,
    )

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds chosen; empty: all."""
        chosen = self.cleaned_data.get("show", "") if self.is_valid() else ""
        return GROUPS[chosen][1] if chosen else frozenset()


class ContactForm(forms.Form):
    """A contact that happened: what was said."""

    text = look(
        forms.CharField(
            label=_("What was said?"),
            help_text=_("The customer may read this note. Write what matters for the next contact."),
            widget=forms.Textarea(attrs={"rows": 6}),
        )
    )


class PromiseForm(forms.Form):
    """What was promised, and by when."""

    words = look(
        forms.CharField(
            label=_("What was promised?"),
            help_text=_("In the words the customer heard: “Information on home-based training”."),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        counter=300,
    )
    due_on = DateField(label=_("By when?"), what=_("the day of the promise"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["due_on"]
        assert isinstance(field, DateField)
        field.earliest = today


class KeptForm(forms.Form):
    """How a promise was kept."""

    words = forms.CharField(
        label=_("How was it kept?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
