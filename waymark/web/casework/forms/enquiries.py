"""Forms of questions to services."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.casework.enums import ContactChannel, LedTo
from waymark.web.casework.forms.fields import EMPTY, area, choose, line
from waymark.web.fields import choice_field
from waymark.web.sittings.forms import radios
from waymark.web.ui.forms import DateField, look


class EnquiryForm(forms.Form):
    """A question to a service before anybody is referred."""

    service = choose(gettext_lazy("Which service?"))
    channel = radios(gettext_lazy("How do you ask?"), ContactChannel.choices, required=True, inline=True)
    question = area(
        gettext_lazy("What do you ask?"),
        required=True,
        help_text=gettext_lazy("Without anything by which the customer could be known, unless they agree."),
    )
    named = look(
        forms.ChoiceField(
            label=gettext_lazy("Do they learn who the customer is?"),
            choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes, with the customer’s yes"))],
            widget=forms.RadioSelect,
            initial="no",
        ),
        small=True,
        reveal={"yes": "consented_on"},
    )
    consented_on = look(
        DateField(
            label=gettext_lazy("On which day did the customer agree?"),
            required=False,
            what=gettext_lazy("the day of the yes"),
        ),
        optional_word=False,
    )
    answer = area(gettext_lazy("What did they answer, if they did at once?"))
    answered_name = line(gettext_lazy("Who answered?"), most=100)

    def __init__(self, *args: Any, services: Iterable[Any], case: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(s.ref, f"{s.name}, {s.organisation.name}") for s in services]
        choice_field(self, "service").choices = [*EMPTY, *shown]
        if not case:
            del self.fields["named"], self.fields["consented_on"]
        else:
            self.fields["consented_on"].latest = today  # type: ignore[attr-defined]  # a DateField of ours


class EnquiryAnswerForm(forms.Form):
    """What the service answered, and what becomes of it."""

    answer = area(gettext_lazy("What did they answer?"))
    answered_name = line(gettext_lazy("Who answered?"), most=100)
    led_to = look(
        forms.ChoiceField(
            label=gettext_lazy("What becomes of it?"),
            choices=[
                (LedTo.REFERRED, gettext_lazy("The customer is referred")),
                (LedTo.NOT_REFERRED, gettext_lazy("No referral")),
                ("later", gettext_lazy("That is decided later")),
            ],
            widget=forms.RadioSelect,
            initial="later",
        ),
        small=True,
        reveal={LedTo.NOT_REFERRED: "why"},
    )
    why = line(gettext_lazy("Why not?"), most=300)

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answered:
            del self.fields["answer"], self.fields["answered_name"]
