"""The few forms of the doors."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.web.ui.forms import DateField, look


class NameForm(forms.Form):
    """Who opens the link."""

    said_by = look(
        forms.CharField(
            label=_("What is your name?"),
            max_length=100,
            help_text=_("It stands beside everything you tell us."),
        ),
        width=20,
    )


class SlipForm(forms.Form):
    """The code of a slip, who says so, and when."""

    code = look(forms.CharField(label=_("Code on the slip"), max_length=20), width=10)
    said_by = look(forms.CharField(label=_("What is your name?"), max_length=100), width=20)
    on = DateField(label=_("When did they come?"), what=_("the day on which they came"))


class NewsForm(forms.Form):
    """What has changed at the service."""

    service = look(forms.ChoiceField(label=_("Which service?"), required=False), width=20)
    words = forms.CharField(
        label=_("What has changed?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: somebody is away, places are free, the service closes"),
    )
    until = DateField(label=_("Until when, if you know?"), what=_("the last day"), required=False)
