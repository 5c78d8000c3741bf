"""Forms of what customers tell us."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from waymark.inbound.enums import About, Way
from waymark.web.fields import choice_field
from waymark.web.ui.forms import look
from waymark.web.ui.templatetags.ui import long_day_time

EVERY = [("", _("All"))]
WAITING, READ, ANSWERED = "waiting", "read", "answered"
STATES = [
    (WAITING, _("Waiting for an answer")),
    ("unread", _("Not read yet")),
    ("late", _("Late")),
    (READ, _("Read, not answered")),
    (ANSWERED, _("Answered")),
]
# What staff hear. What a customer writes on their own page comes from there.
HEARD_BY = [(way.value, capfirst(way.label)) for way in Way if way != Way.PORTAL]
ABOUTS = [(about.value, capfirst(about.label)) for about in About]
TOLD_BY = [
    (Way.CALL, _("By telephone")),
    (Way.DESK, _("At the desk")),
    (Way.LETTER, _("By letter: it is written now, with these words")),
    (Way.TEXT, _("By text message, sent by hand")),
    (Way.EMAIL, _("By e-mail, sent by hand")),
    (Way.PORTAL, _("On their own page")),
]


class LogForm(forms.Form):
    """What was heard: two choices are enough."""

    about = look(
        forms.ChoiceField(label=_("What is it about?"), choices=ABOUTS, widget=forms.RadioSelect),
        small=True,
        hints={
            About.CANNOT_COME: _("Nothing follows from not coming once this is written down."),
            About.BROKEN_OFF: _("Somebody rings back today."),
        },
    )
    way = look(
        forms.ChoiceField(
            label=_("How did it reach us?"),
            choices=HEARD_BY,
            initial=Way.CALL,
            widget=forms.RadioSelect,
        ),
        small=True,
        inline=True,
    )
    words = look(
        forms.CharField(
            label=_("In their words"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The customer may read this."),
        ),
    )
    appointment = look(
        forms.ChoiceField(label=_("Which appointment?"), required=False, widget=forms.RadioSelect), small=True
    )
    from_name = look(
        forms.CharField(
            label=_("Who was it, if not the customer?"),
            required=False,
            max_length=100,
        ),
        width=20,
    )

    def __init__(self, *args: Any, appointments: Iterable[Any], chosen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(one.ref, _said(one)) for one in appointments]
        if not shown:
            del self.fields["appointment"]
            return
        field = choice_field(self, "appointment")
        field.choices = [*shown, ("", _("None of these"))]
        known = {ref for ref, _words in shown}
        field.initial = chosen if chosen in known else shown[0][0]


def _said(appointment: Any) -> str:
    return f"{long_day_time(appointment.starts_at)}, {appointment.adviser.name} ({appointment.get_state_display()})"


class AnswerForm(forms.Form):
    """What was answered or done."""

    words = look(
        forms.CharField(
            label=_("What did you answer or do?"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Write it to the customer: they read it on their own page."),
            error_messages={"required": _("Write what you answered or did")},
        )
    )
    told_by = look(
        forms.ChoiceField(label=_("How was the customer told?"), choices=TOLD_BY, widget=forms.RadioSelect),
        small=True,
    )


class MessageFilter(forms.Form):
    """What of the messages to show."""

    state = forms.ChoiceField(label=_("State"), choices=[*EVERY, *STATES], required=False)
    about = forms.ChoiceField(label=_("About"), choices=[*EVERY, *ABOUTS], required=False)
    way = forms.ChoiceField(
        label=_("How"), choices=[*EVERY, *[(way.value, capfirst(way.label)) for way in Way]], required=False
    )
    mine = forms.ChoiceField(
        label=_("Whose"), choices=[*EVERY, ("yes", _("Mine")), ("no", _("Nobody's yet"))], required=False
    )

    def chosen(self) -> dict[str, str]:
        """What was chosen; words that are no choice count as not chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class EndKeyForm(forms.Form):
    """Why a key should open nothing any more."""

    because = look(
        forms.CharField(
            label=_("Why should it no longer work?"),
            max_length=100,
            help_text=_("For example: the letter was lost, the customer asked for it"),
        ),
        width=20,
    )
    key = forms.CharField(widget=forms.HiddenInput)
