"""Forms of handing over: asking, answering, coming back, naming."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.casework.enums import TransferKind
from waymark.organisations.enums import Role
from waymark.web.casework.forms.fields import EMPTY, YES_NO, area, choose, line, tick
from waymark.web.fields import choice_field
from waymark.web.sittings.forms import capitalised, radios
from waymark.web.ui.forms import DateField, look


class TransferForm(forms.Form):
    """Who takes the customer over, why, for how long, and what it was weighed by."""

    who = choose(gettext_lazy("Who takes the customer over?"))
    kind = look(
        forms.ChoiceField(
            label=gettext_lazy("For how long?"),
            choices=[
                (TransferKind.TEMPORARY, gettext_lazy("For a time: it comes back by itself")),
                (TransferKind.PERMANENT, gettext_lazy("For good: when they accept")),
            ],
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={
            TransferKind.TEMPORARY: ["returns_on", "returns_when", "ask_on"],
            TransferKind.PERMANENT: "can_provide",
        },
    )
    returns_on = look(
        DateField(
            label=gettext_lazy("It comes back on"), required=False, what=gettext_lazy("the day it comes back")
        ),
        optional_word=False,
    )
    returns_when = line(
        gettext_lazy("Or when this has happened"),
        help_text=gettext_lazy("For example: the course has ended"),
        most=300,
    )
    ask_on = look(
        DateField(
            label=gettext_lazy("Ask on this day whether it has"),
            required=False,
            what=gettext_lazy("the day to ask"),
        ),
        optional_word=False,
    )
    can_provide = area(gettext_lazy("How can they give, or find, all the help the customer needs?"), rows=2)
    reason = choose(gettext_lazy("Why?"))
    remit = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("To a disability adviser: which part of their work is it?"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        small=True,
        optional_word=False,
    )
    why = area(gettext_lazy("What must they know?"), help_text=gettext_lazy("Between colleagues."))
    customer_agreed = radios(gettext_lazy("Does the customer agree?"), YES_NO, required=True, inline=True)
    agreed_with = line(
        gettext_lazy("With whom else was it agreed?"),
        help_text=gettext_lazy("Names, by telephone or in person"),
    )
    customer_prefers = area(gettext_lazy("What does the customer prefer?"), rows=2)
    customer_needs = area(gettext_lazy("What does the customer need?"), rows=2)
    knows_the_case = area(gettext_lazy("Who knows the customer best?"), rows=2)
    hold_until_met = tick(
        gettext_lazy("Wait until the customer has met them"),
        gettext_lazy("A meeting of three is planned first. Until then nothing changes."),
    )
    lender_hears = tick(gettext_lazy("The customer agrees that the one before goes on hearing how it goes"))
    made_as = look(
        forms.ChoiceField(
            label=gettext_lazy("In which role do you do this?"), required=False, widget=forms.RadioSelect
        ),
        small=True,
        optional_word=False,
    )

    def __init__(
        self,
        *args: Any,
        holders: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        reasons: Mapping[str, Any],
        remit: Mapping[str, Any],
        roles: Sequence[Role],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [*EMPTY, *holders]
        choice_field(self, "reason").choices = [*EMPTY, *((code, row.title) for code, row in reasons.items())]
        if remit:
            choice_field(self, "remit").choices = [(code, row.title) for code, row in remit.items()]
        else:
            del self.fields["remit"]
        if len(roles) > 1:
            field = choice_field(self, "made_as")
            field.choices = capitalised((role.value, role.label) for role in roles)
            field.initial = roles[0].value
        else:
            del self.fields["made_as"]


class AnswerForm(forms.Form):
    """Whether somebody takes a customer over."""

    accept = look(
        forms.ChoiceField(
            label=gettext_lazy("Do you take the customer over?"),
            choices=[
                ("yes", gettext_lazy("Yes")),
                ("no", gettext_lazy("No: the customer stays where they are")),
            ],
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={"no": ["reason", "words"]},
    )
    reason = look(
        forms.ChoiceField(label=gettext_lazy("Why not?"), required=False, widget=forms.RadioSelect),
        small=True,
        optional_word=False,
    )
    words = area(gettext_lazy("In your words"), rows=2)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reasons:
            del self.fields["reason"]
            return
        field = choice_field(self, "reason")
        field.choices = [
            *((code, row.title) for code, row in reasons.items()),
            ("", _("Something else")),
        ]


class ReturnForm(forms.Form):
    words = area(
        gettext_lazy("What has happened?"),
        rows=2,
        help_text=gettext_lazy("The customer reads who is there for them now, not this."),
    )


class ProlongForm(forms.Form):
    returns_on = DateField(label=gettext_lazy("Until when?"), what=gettext_lazy("the day it comes back"))
    words = area(gettext_lazy("Why?"), rows=2, required=True, most=300)


class NameForm(forms.Form):
    """Who is responsible from now on, since who was is not here any more."""

    who = choose(gettext_lazy("Who is responsible from now on?"))
    why = line(gettext_lazy("Why?"), required=True, most=300)

    def __init__(
        self, *args: Any, holders: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [*EMPTY, *holders]
