"""Forms about customers and their claims."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.customers.enums import NoteKind, Route, StopReason
from waymark.customers.rules import Identity, NotRight, parse_phone, tidy
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, TimeField, look

TITLES = [(t, t) for t in ("", "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr")]
MONTH = timedelta(days=30)


def text(
    label: Any, most: int, *, required: bool = True, help_text: Any = "", width: int | str = ""
) -> forms.CharField:
    return look(
        forms.CharField(label=label, max_length=most, required=required, help_text=help_text), width=width
    )


def words(
    label: Any, most: int, *, required: bool = True, help_text: Any = "", rows: int = 3
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=area)


class SearchForm(forms.Form):
    q = text(
        _("Find a customer"),
        200,
        required=False,
        help_text=_(
            "A name, an NI number, a telephone number, a date of birth such as 12/3/1961, or a reference"
        ),
    )


look(SearchForm.base_fields["q"], optional_word=False)


class IdentityForm(forms.Form):
    """Who somebody is. A right form has `identity`, tidied."""

    title = forms.ChoiceField(label=_("Title"), choices=TITLES, required=False)
    given_names = text(_("First names"), 100, width=20)
    family_name = text(_("Family name"), 100, width=20)
    born_on = DateField(label=_("Date of birth"), what=_("the date of birth"), required=False)
    ni_number = text(_("NI number"), 20, required=False, help_text=_("For example, AB 12 34 56 C"), width=20)
    ni_unknown_because = text(_("If there is no NI number: why is it not known?"), 200, required=False)
    address = words(_("Address, without the postcode"), 300, required=False)
    postcode = text(_("Postcode"), 10, required=False, width=10)
    telephone = text(_("Telephone"), 30, required=False, width=20)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, on: date, synthetic: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.synthetic = on, synthetic
        self.identity: Identity | None = None

    def clean(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if self.errors:
            return given
        names = [name for name in given if name in Identity.__dataclass_fields__]
        try:
            self.identity = tidy(Identity(**{n: given[n] for n in names}), self.on, synthetic=self.synthetic)
        except NotRight as wrong:
            for name, problem in wrong.problems.items():
                self.add_error(name, problem)
        return given


class AmendForm(IdentityForm):
    why = text(_("How do you know?"), 200, help_text=_("For example: the customer told us on the telephone"))


class SafeContactForm(forms.Form):
    may_ring = forms.BooleanField(label=_("We may ring"), required=False)
    may_leave_message = forms.BooleanField(label=_("We may leave a message"), required=False)
    may_write = forms.BooleanField(label=_("We may write"), required=False)
    may_email = forms.BooleanField(label=_("We may e-mail"), required=False)
    may_text = forms.BooleanField(
        label=_("We may send texts"),
        required=False,
        help_text=_(
            "To a mobile number, 07…. Tick it only if the customer says so: others may see the screen"
        ),
    )
    ring_from = look(TimeField(label=_("Ring from"), required=False, help_text=_("Empty: any time")), width=5)
    ring_until = look(TimeField(label=_("Ring until"), required=False), width=5)
    warning = text(
        _("What must whoever rings or writes know?"),
        200,
        required=False,
        help_text=_("For example: say only your first name if somebody else answers"),
    )


class NeedsForm(forms.Form):
    large_print = forms.BooleanField(label=_("Letters in large print"), required=False)
    read_aloud = look(
        forms.BooleanField(
            label=_("Letters are read out"),
            required=False,
            help_text=_("For somebody who cannot read them: after each letter, a call is somebody’s task"),
        )
    )
    step_free = forms.BooleanField(label=_("Step-free access"), required=False)
    private_room = forms.BooleanField(label=_("A private room"), required=False)
    companion = forms.BooleanField(label=_("Comes with somebody"), required=False)
    home_visit = forms.BooleanField(label=_("To be visited at home"), required=False)
    phone_only = forms.BooleanField(label=_("Interviews by telephone only"), required=False)
    cannot_sit_long = forms.BooleanField(label=_("Cannot sit for long"), required=False)
    interpreter = text(_("Interpreter: which language?"), 60, required=False, width=20)
    communication = text(_("How does the customer communicate best?"), 200, required=False)
    other = text(_("Anything else"), 300, required=False)


MAY = [("speak", _("may speak for the customer")), ("told", _("may be told about the claim"))]


class PersonForm(forms.Form):
    name = text(_("Name"), 100, width=20)
    relationship = text(
        _("Who are they to the customer?"), 60, help_text=_("For example: sister, solicitor"), width=20
    )
    telephone = text(_("Telephone"), 30, required=False, width=20)
    may = forms.MultipleChoiceField(label=_("This person"), choices=MAY, widget=forms.CheckboxSelectMultiple)
    from_day = DateField(label=_("From"), what=_("the first day"))
    until_day = DateField(
        label=_("Until"), what=_("the last day"), required=False, help_text=_("Empty: until ended")
    )

    def clean_telephone(self) -> str:
        given = self.cleaned_data["telephone"]
        try:
            return parse_phone(given) if given else ""
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class EndPersonForm(forms.Form):
    on = DateField(label=_("Last day"), what=_("the last day"))
    why = text(_("Why?"), 200)


class NoteForm(forms.Form):
    kind = look(
        forms.ChoiceField(label=_("What kind of note?"), choices=NoteKind.choices, widget=forms.RadioSelect),
        hints={
            NoteKind.ORDINARY: _("The customer may read it."),
            NoteKind.RESTRICTED: _(
                "Read by advisers, team leaders, managers and you. Others learn that it exists."
            ),
            NoteKind.DO_NOT_ASK: _(
                "A topic the customer should not have to explain again. Shown on every page."
            ),
        },
    )
    text = words(_("Note"), 5000, rows=5)


class StopForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=StopReason.choices, widget=forms.RadioSelect)
    words = text(_("In words"), 300, required=False)
    look_again_on = DateField(label=_("Look again on"), what=_("the day to look again"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["look_again_on"].initial = today + MONTH


class WhyForm(forms.Form):
    why = text(_("Why?"), 300)


class OtherRecordForm(forms.Form):
    other = text(_("Reference of the other record"), 12, help_text=_("For example, C4K7M2Q9XT"), width=20)


class MergeForm(forms.Form):
    stays = forms.ChoiceField(label=_("Which record goes on?"), widget=forms.RadioSelect)
    why = text(_("How do you know that it is one person?"), 300)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "stays").choices = list(choices)


class ClaimForm(forms.Form):
    benefit = forms.ChoiceField(label=_("Benefit"), widget=forms.RadioSelect)
    group = forms.ChoiceField(label=_("Customer group"), widget=forms.RadioSelect)
    office = forms.ChoiceField(label=_("Office the customer would visit"))
    route = forms.ChoiceField(
        label=_("How did the claim reach us?"), choices=Route.choices, widget=forms.RadioSelect
    )
    claimed_on = DateField(label=_("Day of the claim"), what=_("the day of the claim"))
    period_from = DateField(
        label=_("Claimed from"),
        what=_("the day claimed from"),
        required=False,
        help_text=_("Empty: from the day of the claim"),
    )
    period_until = DateField(
        label=_("Claimed until"),
        what=_("the day claimed until"),
        required=False,
        help_text=_("Only when the claim is for a period that is over or has a fixed end"),
    )

    def __init__(
        self, *args: Any, benefits: Mapping[str, str], groups: Mapping[str, str], offices: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("benefit", benefits.items()), ("group", groups.items()), ("office", offices)):
            choice_field(self, name).choices = list(choices)


class BenefitForm(forms.Form):
    """A benefit of the programme, with which the claim goes on, or one elsewhere, with which it ends here."""

    new_benefit = forms.ChoiceField(label=_("New benefit"), widget=forms.RadioSelect)
    on = DateField(label=_("From"), what=_("the day of the change"))
    why = text(_("Who started it, and why?"), 200)

    def __init__(
        self, *args: Any, benefits: Mapping[str, str], elsewhere: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "new_benefit")
        field.choices = [*benefits.items(), *elsewhere.items()]
        look(
            field,
            hints={
                code: _("The claim ends here. The customer is told in a letter what that means.")
                for code in elsewhere
            },
        )


class EndClaimForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why does it end?"), widget=forms.RadioSelect)
    moved_to = text(_("To which benefit?"), 60, required=False, width=20)
    on = DateField(label=_("Last day of the claim"), what=_("the last day"))
    why = text(
        _("More about it"),
        120,
        required=False,
        help_text=_(
            "For the record; needed where it is another reason. The customer's letter does not repeat it."
        ),
    )

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "reason")
        field.choices = [(code, row.title) for code, row in reasons.items()]
        look(
            field,
            hints={code: _("No letter goes.") for code, row in reasons.items() if not row.yes("tells")},
            reveal={code: "moved_to" for code, row in reasons.items() if row.yes("moves_to")},
        )
