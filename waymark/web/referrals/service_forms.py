"""Forms of what a service tells us: the same for an account, a link, and us on the telephone."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.kernel.clock import at
from waymark.referrals.enums import FeedbackKind
from waymark.web.fields import choice_field
from waymark.web.referrals.forms import YES_NO, area, labels, reason_choices
from waymark.web.ui.forms import DateField, TimeField, look


class NamedForm(forms.Form):
    """Everything a service tells us has a name. `asks_name`: not where an account or a link says who it is."""

    said_by = look(forms.CharField(label=_("Who of the service says so?"), max_length=100), width=20)

    def __init__(self, *args: Any, asks_name: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["said_by"]


class AcknowledgeForm(NamedForm):
    """Nothing but who says so."""


class AcceptForm(NamedForm):
    words = area(_("Anything we should know?"), required=False, rows=2)


class VetForm(NamedForm):
    admitted = look(
        forms.ChoiceField(
            label=_("Does it suit this person now?"),
            choices=[("yes", _("Yes, admitted")), ("no", _("Not at present"))],
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={"no": "code"},
    )
    code = forms.ChoiceField(label=_("Why not?"), required=False)
    words = area(_("In words that the customer can read"), required=False, rows=3)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "code").choices = reason_choices(reasons)


class TimeForm(NamedForm):
    on = DateField(label=_("Day"), what=_("the day of the first appointment"))
    clock = look(TimeField(label=_("Time")), width=5)
    where = forms.CharField(label=_("Where"), max_length=300)
    with_whom = look(forms.CharField(label=_("With whom"), required=False, max_length=100), width=20)

    @property
    def at(self) -> datetime:
        day: date = self.cleaned_data["on"]
        clock: time = self.cleaned_data["clock"]
        return at(day, clock)


class ReturnForm(NamedForm):
    code = look(forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect), small=True)
    words = area(_("What would help this person instead?"), required=False, rows=3)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "code").choices = reason_choices(reasons)


class AttendForm(NamedForm):
    on = DateField(label=_("Day"), what=_("the day"))
    came = look(
        forms.ChoiceField(label=_("Were they there?"), choices=YES_NO, widget=forms.RadioSelect),
        inline=True,
        small=True,
        reveal={"yes": "minutes"},
    )
    minutes = look(
        forms.IntegerField(label=_("How long?"), required=False, min_value=0, max_value=1440),
        suffix=_("minutes"),
        width=4,
    )
    ends_expected = DateField(
        label=_("When should the help be over?"), what=_("the day on which it should be over"), required=False
    )
    words = area(_("Anything we should know?"), required=False, rows=2)


class FeedbackForm(NamedForm):
    kind = look(
        forms.ChoiceField(
            label=_("What is it?"),
            choices=[one for one in labels(FeedbackKind) if one[0] != FeedbackKind.REPORT],
            initial=FeedbackKind.PROGRESS,
            widget=forms.RadioSelect,
        ),
        small=True,
    )
    words = area(
        _("What was done?"), rows=8, help_text=_("As long as it needs to be. The customer may read it.")
    )
    hoped_for = area(_("What is still hoped for?"), required=False, rows=4)


class EndForm(NamedForm):
    on = DateField(label=_("Last day"), what=_("the last day"))
    code = look(forms.ChoiceField(label=_("Why has it ended?"), widget=forms.RadioSelect), small=True)
    report = area(
        _("Report"),
        required=False,
        rows=8,
        help_text=_("What was done, and what has been reached. The customer may read it."),
    )
    hoped_for = area(_("What is still hoped for?"), required=False, rows=4)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], tells_us: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {code: row for code, row in reasons.items() if row.yes("by_service")}
        choice_field(self, "code").choices = reason_choices(listed)
        if not tells_us:
            del self.fields["report"], self.fields["hoped_for"]


class AskForm(NamedForm):
    words = area(_("What would you like to know?"), rows=4)


class ReportForm(NamedForm):
    words = area(
        _("Report"),
        rows=8,
        help_text=_("What was done, and what has been reached. The customer may read it."),
    )
    hoped_for = area(_("What is still hoped for?"), required=False, rows=4)
