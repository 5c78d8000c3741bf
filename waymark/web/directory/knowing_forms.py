"""Forms of what colleagues and customers know of services, and of what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import ChangeKind, Knowledge, LiaisonKind, NeedOrigin, Source, Useful
from waymark.web.directory.inputs import line, lines, one_of
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, look


class ChangeForm(forms.Form):
    """News."""

    kind = one_of(_("What is it about?"), ChangeKind.choices)
    words = lines(_("What is new?"), 2000, required=True)
    on = DateField(label=_("From"), what=_("the first day"))
    until = DateField(
        label=_("Until"),
        what=_("the last day"),
        required=False,
        help_text=_("For example when somebody is away"),
    )


class ExperienceForm(forms.Form):
    words = lines(
        _("What do you know of it?"),
        4000,
        required=True,
        rows=4,
        help_text=_("Colleagues read it. Write nothing that tells which customer it was."),
    )
    source = one_of(_("Where from?"), Source.choices)


class LiaisonForm(forms.Form):
    kind = one_of(_("What was it?"), LiaisonKind.choices)
    on = DateField(label=_("When"), what=_("the day"))
    who = line(_("Who was there"), 300)
    place = line(_("Where"), 200)
    words = lines(_("What came of it?"), 4000)


class KnowForm(forms.Form):
    """How well somebody knows a service (R:L1542-1545)."""

    level = look(
        forms.ChoiceField(
            label=_("How well do you know it?"), choices=Knowledge.choices, widget=forms.RadioSelect
        ),
        small=True,
    )
    often = look(
        forms.BooleanField(label=_("I speak of it often"), required=False), small=True, optional_word=False
    )


class ViewForm(forms.Form):
    """What a customer thought of a service."""

    useful = one_of(_("Was it useful?"), Useful.choices, inline=True)
    words = lines(
        _("In their words"),
        2000,
        help_text=_("Colleagues read the words, not whose they are. Leave names out."),
    )


class UnmetForm(forms.Form):
    """Help that is not there."""

    need = forms.ChoiceField(label=_("What was needed?"))
    origin = one_of(_("How did it come to light?"), NeedOrigin.choices)
    postcode = line(
        _("Where does the customer live?"), 10, width=10, help_text=_("The first part of the postcode")
    )
    words = lines(_("More about it"), 2000)

    def __init__(self, *args: Any, codes: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = sorted((title, code) for code, title in codes.titles("need").items())
        choice_field(self, "need").choices = [(code, title) for title, code in needs]
