"""Forms of being in touch: a contact, how often, whom the customer would like, who hears how it goes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.casework.enums import BegunBy, ContactChannel, Purpose, Told, With
from waymark.web.casework.forms.fields import EMPTY, YES_NO, area, choose, line, number
from waymark.web.fields import choice_field
from waymark.web.sittings.forms import capitalised, radios
from waymark.web.ui.forms import DateField, look


class ContactForm(forms.Form):
    """One contact: with whom, how, what for, how long; and when the next one is."""

    whom = radios(gettext_lazy("With whom?"), With.choices, required=True)
    contact = choose(gettext_lazy("With whom there?"), required=False)
    channel = radios(gettext_lazy("How?"), ContactChannel.choices, required=True)
    begun_by = radios(gettext_lazy("Who began it?"), BegunBy.choices, required=True, inline=True)
    reached = radios(gettext_lazy("Were they reached?"), YES_NO, required=True, inline=True)
    purpose = radios(gettext_lazy("What for?"), Purpose.choices, required=True)
    minutes = number(gettext_lazy("How many minutes?"), least=0, most=480)
    words = area(gettext_lazy("What was said?"), rows=4)
    next_on = look(
        DateField(
            label=gettext_lazy("Was a day agreed for the next time?"),
            required=False,
            what=gettext_lazy("the next day"),
            help_text=gettext_lazy("Left empty, it is planned as usual."),
        ),
        optional_word=False,
    )

    def __init__(self, *args: Any, contacts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(c.ref, f"{c.name}, {c.organisation.name}") for c in contacts]
        if not shown:
            del self.fields["contact"]
            return
        choice_field(self, "contact").choices = [("", _("Nobody by name")), *shown]
        look(
            self.fields["whom"],
            small=True,
            optional_word=False,
            reveal={With.SERVICE: "contact"},
        )


class RhythmForm(forms.Form):
    """How often we are in touch with this customer."""

    how = look(
        forms.ChoiceField(
            label=gettext_lazy("How often?"),
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={"agreed": ["every_days", "because"]},
    )
    every_days = number(gettext_lazy("Every how many days?"), least=1, most=365)
    because = line(
        gettext_lazy("What is it that the customer needs?"),
        most=300,
        help_text=gettext_lazy("The customer’s circumstances are a reason; too little time is none."),
    )
    via = choose(
        gettext_lazy("Would the customer rather hear from somebody else than from us?"), required=False
    )

    def __init__(self, *args: Any, usual: int, contacts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "how").choices = [
            ("usual", _("As usual: every %(n)d days") % {"n": usual}),
            ("agreed", _("Otherwise, as the customer needs it")),
        ]
        choice_field(self, "via").choices = [
            ("", _("No, from us")),
            *((c.ref, f"{c.name}, {c.organisation.name}") for c in contacts),
        ]


class WishForm(forms.Form):
    """Whom the customer would like to be responsible."""

    whom = line(
        gettext_lazy("Whom would the customer like to be there for everything?"),
        help_text=gettext_lazy(
            "A name, and where they work: a colleague, or somebody of a service. Leave it empty if there is no wish."
        ),
    )


class PartyForm(forms.Form):
    """Somebody with an interest, and whether the customer agrees that they hear how it goes."""

    who = choose(gettext_lazy("Who?"))
    part = line(
        gettext_lazy("What is their interest?"),
        required=True,
        help_text=gettext_lazy("For example: runs the course, is the customer’s nurse"),
    )
    may_be_told = look(
        forms.ChoiceField(
            label=gettext_lazy("Does the customer agree that they hear how it goes?"),
            choices=capitalised(Told.choices),
            widget=forms.RadioSelect,
        ),
        small=True,
        hints={Told.YES: gettext_lazy("As the customer said today. It can be taken back on any day.")},
    )

    def __init__(
        self, *args: Any, holders: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [*EMPTY, *holders]
