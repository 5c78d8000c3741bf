"""What goes into a better-off calculation, on one page in four parts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.awards.better_off import Household, Job
from waymark.web.awards.forms import pence, sum_field
from waymark.web.fields import choice_field
from waymark.web.interviews.forms import area
from waymark.web.ui.forms import DateField, look

HOME_SUMS = {
    "incapacity_benefit": _("Incapacity Benefit, or Employment and Support Allowance"),
    "income_support": _("Income Support"),
    "housing_benefit": _("Housing Benefit"),
    "council_tax_benefit": _("Council Tax Benefit"),
    "child_tax_credit": _("Child Tax Credit"),
    "child_benefit": _("Child Benefit"),
    "staying": _("Other money that stays, such as Disability Living Allowance"),
}
PARTNER_SUMS = {
    "partner_gross": _("Your partner’s pay before tax"),
    "partner_benefit": _("Your partner’s benefit"),
}
COSTS = {"rent": _("Rent"), "council_tax": _("Council tax"), "childcare": _("Childcare in the job")}
JOB_COSTS = {"travel": _("Getting to work"), "other_costs": _("Other costs of the job")}


class BetterOffForm(forms.Form):
    """Sums are pounds a week. The credit is not entered: it follows from the rules."""

    PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (_("The job"), ("hours", "gross", "travel", "other_costs", "starts_on")),
        (_("Who lives from it"), ("couple", "under_25", "children", "disability")),
        (_("What is paid now, a week"), tuple(HOME_SUMS)),
        (_("A partner"), ("partner_hours", "partner_gross", "partner_benefit", "partner_benefit_falls")),
        (_("What goes out, a week"), tuple(COSTS)),
        (_("Before it is kept"), ("scheme", "explained", "customers_words")),
    )

    hours = look(
        forms.DecimalField(
            label=_("Hours a week"), min_value=1, max_value=90, max_digits=4, decimal_places=1
        ),
        width=3,
    )
    gross = sum_field(_("Pay a week before tax"), help_text=_("Monthly pay times 12, divided by 52."))
    starts_on = DateField(
        label=_("First day of the job, where one is known"), what=_("the first day"), required=False
    )
    couple = forms.BooleanField(label=_("Lives with a partner"), required=False)
    under_25 = forms.BooleanField(label=_("Is under 25"), required=False)
    children = look(
        forms.IntegerField(label=_("Children"), min_value=0, max_value=12, required=False),
        width=2,
        optional_word=False,
    )
    disability = forms.BooleanField(
        label=_("Has a disability premium, or was long on a benefit for illness"), required=False
    )
    partner_hours = look(
        forms.IntegerField(label=_("Your partner’s hours a week"), min_value=0, max_value=90, required=False),
        width=3,
        optional_word=False,
    )
    partner_benefit_falls = forms.BooleanField(
        label=_("Your partner’s benefit falls when the household earns"), required=False, initial=True
    )
    scheme = forms.ChoiceField(label=_("Which rates?"))
    explained = forms.BooleanField(label=_("I have talked it through with the customer"), required=False)
    customers_words = area(_("What the customer says to it"), most=1000)

    def __init__(
        self, data: Any, *, schemes: Mapping[str, str], first: str, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        for name, label in (HOME_SUMS | PARTNER_SUMS | COSTS | JOB_COSTS).items():
            self.fields[name] = look(
                forms.DecimalField(label=label, min_value=0, max_digits=7, decimal_places=2, required=False),
                prefix="£",
                width=5,
                optional_word=False,
            )
        ordered = sorted(schemes.items(), key=lambda one: one[0] != first)
        choice_field(self, "scheme").choices = ordered
        self.order_fields([name for _title, names in self.PARTS for name in names])

    @property
    def parts(self) -> list[tuple[Any, list[Any]]]:
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    @property
    def sides(self) -> list[list[tuple[Any, list[Any]]]]:
        """The parts in two columns."""
        parts = self.parts
        return [[parts[0], parts[1], parts[3]], [parts[2], parts[4], parts[5]]]

    @property
    def home(self) -> Household:
        data = self.cleaned_data
        sums = {name: pence(data.get(name)) for name in (HOME_SUMS | PARTNER_SUMS | COSTS)}
        return Household(
            couple=data["couple"],
            under_25=data["under_25"],
            children=data.get("children") or 0,
            disability=data["disability"],
            partner_hours=data.get("partner_hours") or 0,
            partner_benefit_falls=data["partner_benefit_falls"],
            **sums,
        )

    @property
    def job(self) -> Job:
        data = self.cleaned_data
        return Job(
            hours=int(data["hours"]),
            gross=pence(data["gross"]),
            travel=pence(data.get("travel")),
            other_costs=pence(data.get("other_costs")),
        )


def entered(home: Household, job: Job) -> dict[str, Any]:
    """A kept calculation as the beginning of the next."""
    sums = {
        name: in_pounds(getattr(home, name))
        for name in (HOME_SUMS | PARTNER_SUMS | COSTS)
        if getattr(home, name)
    }
    costs = {name: in_pounds(getattr(job, name)) for name in JOB_COSTS if getattr(job, name)}
    return {
        "hours": job.hours,
        "gross": in_pounds(job.gross),
        "couple": home.couple,
        "under_25": home.under_25,
        "children": home.children or None,
        "disability": home.disability,
        "partner_hours": home.partner_hours or None,
        "partner_benefit_falls": home.partner_benefit_falls,
        **sums,
        **costs,
    }


def in_pounds(pence_: int) -> Decimal:
    """With both digits of the pence, as sums are entered."""
    return (Decimal(pence_) / 100).quantize(Decimal("0.01"))
