"""The question of a search: what the form says, and what is known of the customer it is for."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from waymark.directory import queries
from waymark.directory.catalogue import Catalogue
from waymark.directory.queries import Wanted
from waymark.directory.rules import district_of
from waymark.web.asking import Asked
from waymark.web.fields import choice_field
from waymark.web.ui.forms import look

ANY = [("", _("Any"))]
TRAVEL = [
    ("", _("Does not matter")),
    ("near", _("Near home only")),
    ("far", _("Anywhere in the district")),
    ("outside", _("Not in their own neighbourhood")),
]
WAITS = [
    ("", _("Does not matter")),
    ("2", _("2 weeks")),
    ("4", _("4 weeks")),
    ("6", _("6 weeks")),
    ("12", _("12 weeks")),
]
WHO = [("me", _("Me")), ("self", _("Customers themselves")), ("", _("Does not matter"))]


class SearchForm(forms.Form):
    """What is looked for."""

    need = forms.ChoiceField(label=_("Help with"), required=False)
    q = look(forms.CharField(label=_("Words"), required=False, max_length=100), width=20)
    postcode = look(forms.CharField(label=_("Customer's postcode"), required=False, max_length=10), width=10)
    travel = forms.ChoiceField(label=_("How far they will go"), choices=TRAVEL, required=False)
    wait = forms.ChoiceField(label=_("Longest wait"), choices=WAITS, required=False)
    who = forms.ChoiceField(label=_("Who may refer"), choices=WHO, required=False)
    benefit = forms.ChoiceField(label=_("Benefit"), required=False)
    age = look(forms.IntegerField(label=_("Age"), required=False, min_value=14, max_value=110), width=3)
    level = forms.ChoiceField(label=_("How near to work"), required=False)
    provision = forms.ChoiceField(label=_("Kind"), required=False)
    known = look(
        forms.MultipleChoiceField(
            label=_("The customer"), required=False, widget=forms.CheckboxSelectMultiple
        ),
        small=True,
    )
    keep = look(forms.BooleanField(label=_("Benefits must stay as they are"), required=False), small=True)
    new = look(forms.BooleanField(label=_("Only services I do not know yet"), required=False), small=True)
    customer = forms.CharField(widget=forms.HiddenInput, required=False)

    FIRST = ("need", "q", "postcode", "travel", "wait")
    MORE = ("who", "benefit", "age", "level", "provision", "known", "keep", "new")

    def __init__(self, *args: Any, codes: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Filters are not marked optional.
        self.is_filter = True
        choice_field(self, "need").choices = [
            *ANY,
            *sorted(codes.titles("need").items(), key=lambda one: one[1]),
        ]
        choice_field(self, "benefit").choices = [*ANY, *codes.benefits.items()]
        choice_field(self, "level").choices = [*ANY, *codes.titles("level").items()]
        choice_field(self, "provision").choices = [*ANY, *codes.titles("provision").items()]
        choice_field(self, "known").choices = list(codes.titles("exclusion").items())

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"].strip().upper()
        if typed and not district_of(typed):
            raise forms.ValidationError(_("Enter a postcode or its first part, like CA1"))
        return typed

    @property
    def first_fields(self) -> list[Any]:
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[Any]:
        return [self[name] for name in self.MORE]

    @property
    def more_chosen(self) -> bool:
        """Whether anything of the second part was chosen, so that it should stand open."""
        return any(self[name].value() not in (None, "", "me", [], False) for name in self.MORE)


def claim_asked_for(request: Asked) -> Any:
    """The claim of the customer named in the address, or None. A page that is not there for strangers."""
    ref = request.GET.get("customer", "")
    if not ref:
        return None
    try:
        claim = queries.live_claim_of(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = claim.customer.ref
    return claim


def form_for(request: Asked, codes: Catalogue, claim: Any) -> SearchForm:
    """The form as it was sent, filled with what is known of the customer where nothing was typed."""
    given = request.GET.copy()
    given.setdefault("who", "me")
    if claim is not None:
        if not given.get("postcode"):
            given["postcode"] = claim.customer.postcode
        if not given.get("benefit"):
            given["benefit"] = claim.benefit
        if not given.get("age") and claim.customer.born_on:
            given["age"] = str((request.today - claim.customer.born_on).days * 100 // 36525)
    form = SearchForm(given, codes=codes)
    form.is_valid()
    return form


def wanted_of(form: SearchForm, request: Asked, codes: Catalogue) -> Wanted:
    """The question. What was typed wrongly counts as not asked; the form says so."""
    said = form.cleaned_data
    travel = said.get("travel", "")
    who = {"me": tuple(codes.may_refer_as(request.post.role)), "self": ("self",), "": ()}
    miles = {"near": codes.value("near_miles", 3), "far": codes.value("far_miles", 15)}
    return Wanted(
        on=request.today,
        needs=(said["need"],) if said.get("need") else (),
        need_words=_called(said.get("need", ""), codes),
        words=said.get("q", ""),
        postcode=said.get("postcode", ""),
        travel=travel,
        miles=float(miles.get(travel, 0)),
        district=request.post.team.office.district_id,
        roles=who[said.get("who", "")],
        benefit=said.get("benefit", ""),
        age=said.get("age"),
        exclusions=tuple(said.get("known", ())),
        level=said.get("level", ""),
        max_wait=int(said["wait"]) if said.get("wait") else None,
        keep_benefits=bool(said.get("keep")),
        provision=said.get("provision", ""),
        only_new_to_me=bool(said.get("new")),
    )


def _called(need: str, codes: Catalogue) -> str:
    """What a need is called, as a search understands it: one of these phrases."""
    row = codes.rows("need").get(need)
    return " or ".join(f'"{word}"' for word in (row.title, *row.words("also"))) if row else ""
