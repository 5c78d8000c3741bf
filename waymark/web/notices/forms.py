"""Forms of letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.notices.enums import Channel, NoticeKind, NoticeState
from waymark.notices.queries import PENDING
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
