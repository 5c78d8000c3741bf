"""Forms of letters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.notices.enums import Channel, NoticeKind, NoticeState
from waymark.notices.queries import PENDING
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, look

ANY = [("", _("All"))]


class OutboxFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[*ANY, *((s.value, s.label) for s in NoticeState if s in PENDING)],
    )
    channel = forms.ChoiceField(label=_("Way"), required=False, choices=[*ANY, *Channel.choices])
    kind = look(
        forms.ChoiceField(label=_("Letter"), required=False, choices=[*ANY, *NoticeKind.choices]),
        width="full",
    )

    def chosen(self) -> dict[str, str]:
        """The filters in use; one that makes no sense is no filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PrintedOn(forms.Form):
    day = DateField(label=_("Printed on"), what=_("the day"), required=False)


class PauseForm(forms.Form):
    until = DateField(label=_("No reminders until"), what=_("the last day without reminders"))
    why = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("For example: letters before a day worry her, and her sister reminds her"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why there should be no reminders")},
    )


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Why should it not go?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why this letter should not go")},
    )


class CameBackForm(forms.Form):
    """Why a letter came back, and on which day."""

    reason = forms.ChoiceField(label=_("What does the post say?"), widget=forms.RadioSelect)
    words = look(
        forms.CharField(
            label=_("In words"),
            max_length=200,
            required=False,
            help_text=_("For example: “moved to Leeds” is written on the envelope"),
        )
    )
    on = DateField(label=_("Came back on"), what=_("the day it came back"))

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "reason")
        field.choices = [(code, row.title) for code, row in reasons.items()]
        look(
            field,
            hints={
                code: _("No more post goes to this address until somebody has asked.")
                for code, row in reasons.items()
                if row.yes("doubts_address")
            },
        )


class ReadAloudForm(forms.Form):
    """On which day a letter was read to the customer, and what they said to it."""

    on = DateField(label=_("Read to them on"), what=_("the day it was read to them"))
    words = forms.CharField(
        label=_("What did they say to it?"),
        max_length=300,
        required=False,
        help_text=_(
            "For example: will come, and brings her sister. What needs an answer is a message of its own."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddressRightForm(forms.Form):
    why = forms.CharField(
        label=_("How do you know?"),
        max_length=200,
        help_text=_("For example: rang the customer, who still lives there"),
        error_messages={"required": _("Write whom you asked, and what they said")},
    )
