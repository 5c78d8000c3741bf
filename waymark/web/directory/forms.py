"""Forms of entries, in parts that each fit a screen, and of what is known of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import (
    BenefitEffect,
    Channel,
    ContactDuring,
    Cost,
    Funding,
    Route,
    Sector,
    Taking,
)
from waymark.directory.rules import district_of, districts_in
from waymark.web.directory.inputs import REFERRERS, count, line, lines, one_of, some_of
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, look


class PartForm(forms.Form):
    """A part of an entry. The fields carry the names of the columns; `lists` says which come from the pack."""

    lists: Mapping[str, str] = {}
    single: Mapping[str, str] = {}

    def __init__(self, *args: Any, codes: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in self.lists.items():
            choice_field(self, name).choices = list(codes.titles(kind).items())
        for name, kind in self.single.items():
            choice_field(self, name).choices = [("", _("Not said")), *codes.titles(kind).items()]
        if "information" in self.fields:
            always = {code for code, row in codes.rows("information").items() if row.yes("always")}
            field = choice_field(self, "information")
            shown = codes.titles("information").items()
            field.choices = [(code, title) for code, title in shown if code not in always]
        if "benefits" in self.fields:
            choice_field(self, "benefits").choices = list(codes.benefits.items())


class WhatForm(PartForm):
    """What it is."""

    lists = {"needs": "need"}
    single = {"provision": "provision", "level": "level"}

    name = line(_("Name of the service"), 200, required=True)
    about = lines(
        _("What happens there"), 4000, help_text=_("In plain words: the customer reads it on the sheet")
    )
    needs = some_of(_("What it helps with"))
    provision = forms.ChoiceField(label=_("Kind"), required=False)
    level = forms.ChoiceField(label=_("How near to work people should be"), required=False)
    approach = line(_("How they work"), 300)
    employer_links = line(_("Employers they work with"), 300)
    hours = line(_("When"), 300)
    telephone = line(_("Telephone"), 40, width=20)
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class WhoForm(PartForm):
    """Who it is for, and who cannot come."""

    lists = {"excludes": "exclusion"}

    for_whom = line(_("Who it is for"), 300)
    not_for = line(_("Who it is not for"), 300)
    excludes = some_of(_("It does not take somebody who"))
    benefits = some_of(_("Only for people on"), help_text=_("None ticked: any benefit, or none"))
    least_age = count(_("Youngest"), 120, suffix=_("years"))
    greatest_age = count(_("Oldest"), 120, suffix=_("years"))
    postcodes = line(
        _("Only for people who live in"),
        600,
        help_text=_("First parts of postcodes, like CA1 CA2. Empty: anywhere"),
    )
    area_words = line(_("Its area in words"), 300)
    here_only = look(
        forms.BooleanField(label=_("Only for this district"), required=False), small=True, optional_word=False
    )

    def clean_postcodes(self) -> list[str]:
        try:
            return districts_in(self.cleaned_data["postcodes"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


class HowForm(PartForm):
    """How people get a place."""

    lists = {"documents": "document", "information": "information"}

    referred_by = some_of(_("Who may refer"), REFERRERS, help_text=_("None ticked: any adviser"))
    route = one_of(_("How"), Route.choices)
    channels = some_of(
        _("How papers and details may travel"), Channel.choices, help_text=_("None ticked: any way")
    )
    how = lines(_("How to get a place, in words"), 2000)
    form_name = line(_("The form it asks for"), 100, width=20)
    documents = some_of(_("Documents it asks for"))
    information = some_of(_("What it needs to know of the customer"))
    paid_when_referred_by = some_of(
        _("The provider is paid only when referred by"),
        REFERRERS[:2],
        help_text=_("None ticked: it makes no difference"),
    )


class PlacesForm(PartForm):
    """Places, waits, money."""

    taking = one_of(
        _("Does it take people now?"), [choice for choice in Taking.choices if choice[0] != Taking.WITHDRAWN]
    )
    places = count(_("Places free"), 9999)
    wait_weeks = count(_("Wait"), 200, suffix=_("weeks"))
    lasts_weeks = count(_("How long it lasts"), 500, suffix=_("weeks"))
    fees = line(_("What the customer pays"), 300)
    benefit_effect = one_of(_("What it does to benefits"), BenefitEffect.choices)
    benefit_words = line(_("More about benefits"), 300)
    cost = one_of(_("What a place costs the programme"), Cost.choices)
    funding = one_of(_("Who pays"), Funding.choices)
    funder = line(_("Funder"), 200)
    funded_until = DateField(label=_("Funded until"), what=_("the end of the funding"), required=False)
    contact_during = one_of(_("Keeping in touch while somebody is there"), ContactDuring.choices)
    feedback_points = line(_("When they tell us how it goes"), 300)


PARTS: Mapping[str, tuple[Any, type[PartForm]]] = {
    "what": (_("What it is"), WhatForm),
    "who": (_("Who it is for"), WhoForm),
    "how": (_("How people get a place"), HowForm),
    "places": (_("Places, waits and money"), PlacesForm),
}


class NewForm(PartForm):
    """The first lines of an entry; the rest follows part by part."""

    lists = {"needs": "need"}

    organisation = forms.ChoiceField(label=_("Who offers it?"), required=False)
    new_organisation = line(_("Or an organisation that is not in the list"), 200)
    sector = look(
        forms.ChoiceField(
            label=_("What kind of organisation is it?"), choices=Sector.choices, required=False
        ),
        optional_word=False,
    )
    name = line(_("Name of the service"), 200, required=True)
    about = lines(_("What happens there"), 4000)
    needs = some_of(_("What it helps with"))
    telephone = line(_("Telephone"), 40, width=20)

    def __init__(self, *args: Any, organisations: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "organisation").choices = [
            ("", _("Not in the list")),
            *((one.ref, one.name) for one in organisations),
        ]
        choice_field(self, "sector").choices = [(value, capfirst(word)) for value, word in Sector.choices]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("organisation") and not said.get("new_organisation", "").strip():
            self.add_error("organisation", _("Choose who offers it, or write the name of a new organisation"))
        return said


class LocationsForm(forms.Form):
    """Where the service is given: some of the organisation's places."""

    locations = some_of(_("Where it is given"))

    def __init__(self, *args: Any, places: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "locations").choices = [(place.ref, str(place)) for place in places]


class PlaceForm(forms.Form):
    """A place of an organisation."""

    name = line(_("Name of the building"), 200)
    address = line(_("Address"), 300)
    town = line(_("Town"), 100, width=20)
    postcode = line(_("Postcode"), 10, width=10)
    travel = line(_("How people get there"), 300)
    step_free = one_of(
        _("Is it step-free?"),
        [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        required=False,
        inline=True,
    )
    latitude = look(
        forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90), width=10
    )
    longitude = look(
        forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180), width=10
    )

    def clean_postcode(self) -> str:
        typed = " ".join(self.cleaned_data["postcode"].upper().split())
        if typed and not district_of(typed):
            raise forms.ValidationError(_("Enter a postcode, like CA1 2BB"))
        return typed

    def clean_step_free(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["step_free"])


class OrganisationForm(forms.Form):
    name = line(_("Name"), 200, required=True)
    about = lines(_("About it"), 4000)
    sector = one_of(_("Kind"), Sector.choices)
    telephone = line(_("Telephone"), 40, width=20)
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class ContactForm(forms.Form):
    """Somebody to ring."""

    name = line(_("Name"), 100, required=True, width=20)
    job = line(_("What they do there"), 100)
    telephone = line(_("Telephone"), 40, width=20)
    email = forms.EmailField(label=_("E-mail"), required=False)
    service = forms.ChoiceField(label=_("For which service?"), required=False)
    link_worker = look(
        forms.BooleanField(
            label=_("Link worker"), required=False, help_text=_("The one to ask first, whatever it is about")
        ),
        small=True,
        optional_word=False,
    )
    public = look(
        forms.BooleanField(
            label=_("May stand in open data"), required=False, help_text=_("Only when they have agreed to it")
        ),
        small=True,
        optional_word=False,
    )

    def __init__(self, *args: Any, services: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "service").choices = [("", _("All of them")), *((s.ref, s.name) for s in services)]


class WithdrawForm(forms.Form):
    why = line(_("Why is it not offered any more?"), 300, required=True)
    on = DateField(label=_("From"), what=_("the day"))


class GiveForm(forms.Form):
    """Who keeps the entry true."""

    to = forms.ChoiceField(label=_("Who keeps this entry true?"), required=False)

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(str(post.pk), f"{post.person.name}, {post.team.office.name}") for post in people]
        choice_field(self, "to").choices = [("", _("Nobody for now")), *shown]


class EndForm(forms.Form):
    on = DateField(label=_("Last day"), what=_("the last day"))
