"""Forms of the customer's own pages, in plain words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.inbound.enums import About
from waymark.interviews.diary.queries import SlotSearch
from waymark.interviews.enums import Mode, Privacy, TimeOfDay
from waymark.portal.rules import Known
from waymark.web.diaries.forms import SlotForm
from waymark.web.ui.forms import DateField, look

MOST = 2000
LINES = {"rows": 5}


def words_field(label: Any, *, required: bool = True, hint: Any = "", error: Any = "") -> forms.CharField:
    """A box for the customer's own words."""
    field = forms.CharField(
        label=label,
        required=required,
        max_length=MOST,
        help_text=hint,
        widget=forms.Textarea(attrs=LINES),
        error_messages={"required": error or gettext_lazy("Write a few words")},
    )
    return look(field, label_size="s")


class PlainForm(forms.Form):
    """A form whose questions stand out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField):
                look(field, label_size="s")


class DoorForm(forms.Form):
    """The code, and the day of birth or the end of the National Insurance number."""

    secret = look(
        forms.CharField(
            label=gettext_lazy("Your code"),
            max_length=80,
            help_text=gettext_lazy(
                "It has 8 letters and numbers, like K7QM 2XPA. You find it in your letter."
            ),
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
            error_messages={"required": gettext_lazy("Type the code from your letter")},
        ),
        width=10,
        label_size="s",
    )
    born_on = look(
        DateField(
            label=gettext_lazy("Your date of birth"),
            what=gettext_lazy("your date of birth"),
            required=False,
            help_text=gettext_lazy("For example, 31 3 1970"),
        ),
        label_size="s",
        optional_word=False,
    )
    ni_ending = look(
        forms.CharField(
            label=gettext_lazy("Or: the last 4 characters of your National Insurance number"),
            required=False,
            max_length=9,
            help_text=gettext_lazy(
                "Only if you would rather not type your date of birth. For example, 456C."
            ),
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        ),
        width=5,
        label_size="s",
        optional_word=False,
    )
    by_link = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self["by_link"].value() == "yes":
            self.fields["secret"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("born_on") and not said.get("ni_ending"):
            self.add_error("born_on", _("Type your date of birth"))
        return said

    @property
    def said(self) -> Known:
        """What was answered. A date of birth goes before the rest."""
        if self.cleaned_data.get("born_on"):
            return Known(born_on=self.cleaned_data["born_on"])
        return Known(ni_ending=self.cleaned_data.get("ni_ending", ""))


class TimeForm(SlotForm):
    """Another time, out of those that are free."""

    def __init__(self, search: SlotSearch, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(search, data)
        field = self.fields["slot"]
        field.label = _("Times that are free")
        field.error_messages["required"] = _("Choose a time")


class WishTimeForm(forms.Form):
    """When the customer could come, in words, where somebody has to look for a time."""

    words = words_field(
        gettext_lazy("When could you come?"),
        hint=gettext_lazy("For example: any morning, but not on Fridays."),
        error=gettext_lazy("Say when you could come"),
    )


class CannotComeForm(forms.Form):
    """The customer cannot come. They may say why."""

    words = words_field(
        gettext_lazy("Do you want to say why?"),
        required=False,
        hint=gettext_lazy("You do not have to. It can help us to find a better time or place."),
    )


ASKED = [
    (About.QUESTION, gettext_lazy("I have a question")),
    (About.ASK_INTERVIEW, gettext_lazy("I would like to talk with an adviser")),
    (About.BRING_FORWARD, gettext_lazy("I would like to come sooner")),
    (About.PAUSE, gettext_lazy("I need a break from all this")),
    (About.OTHER_ADVISER, gettext_lazy("I would like another adviser")),
    (About.CORRECTION, gettext_lazy("Something you wrote is wrong")),
    (About.OTHER, gettext_lazy("Something else")),
]


class AskForm(PlainForm):
    """Anything the customer wants to ask or tell."""

    about = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=ASKED,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about")},
    )
    words = words_field(gettext_lazy("Your message"), hint=gettext_lazy("Use your own words. Short is fine."))


class WordsForm(forms.Form):
    """A few words, under the label the page gives them."""

    words = words_field("")

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint


class NeedsForm(PlainForm):
    """How the customer would like to be seen. Asked, never guessed."""

    privacy = forms.ChoiceField(
        label=gettext_lazy("Where would you like to talk?"),
        choices=[
            (Privacy.PRIVATE, gettext_lazy("In a room of our own")),
            (Privacy.OPEN, gettext_lazy("The open office is fine")),
            (Privacy.EITHER, gettext_lazy("I do not mind")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where you would like to talk")},
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How would you like to meet?"),
        choices=[
            (Mode.OFFICE, gettext_lazy("At the office")),
            (Mode.PHONE, gettext_lazy("By telephone")),
            (Mode.HOME, gettext_lazy("At my home")),
            (Mode.OUTREACH, gettext_lazy("At another place near me")),
            ("", gettext_lazy("I do not mind")),
        ],
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("We do what we can. It is not always possible."),
    )
    time_of_day = forms.ChoiceField(
        label=gettext_lazy("What time of day is best?"),
        choices=[
            (TimeOfDay.MORNING, gettext_lazy("Morning")),
            (TimeOfDay.AFTERNOON, gettext_lazy("Afternoon")),
            (TimeOfDay.ANY, gettext_lazy("I do not mind")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what time of day is best")},
    )
    not_on = forms.CharField(
        label=gettext_lazy("Are there days or times you cannot come?"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("For example: not on Tuesdays, I fetch my child at 3."),
    )
    companion = forms.CharField(
        label=gettext_lazy("Do you want to bring somebody?"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A friend, a relative or a support worker is welcome. Write who it is."),
    )
    medication = forms.CharField(
        label=gettext_lazy("Does medicine make some times hard?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For example: I am drowsy until 11. You do not have to say what it is."),
    )
    same_adviser = forms.BooleanField(
        label=gettext_lazy("I would like to see the same adviser each time"), required=False
    )
    other = forms.CharField(
        label=gettext_lazy("Anything else that would help?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For example: a signer, a breast feeding room, a door without steps."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
