"""Forms about money: each asks for what one act needs."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from waymark.awards.enums import WEEKLY, Answer, AwardKind, ChangeKind
from waymark.awards.verbs import Seen, Wish
from waymark.policy import Fact, FactType
from waymark.web.fields import choice_field
from waymark.web.interviews.forms import area
from waymark.web.ui.forms import DateField, look

NOT_KNOWN = ("not known", _("Not known"))
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NONE = ("", _("none"))


def radios(label: Any, choices: Iterable[Any], missing: Any, **shown: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages={"required": missing}
    )
    return look(field, **shown)


def sum_field(label: Any, **more: Any) -> forms.DecimalField:
    """Pounds and pence."""
    return look(
        forms.DecimalField(label=label, min_value=Decimal(0), max_digits=8, decimal_places=2, **more),
        prefix="£",
        width=5,
    )


def pence(value: Decimal | None) -> int:
    return int((value or Decimal(0)) * 100)


class QuestionsForm(forms.Form):
    """The questions that can still change some advice, or all of them, each with what is known already."""

    def __init__(self, data: Any, facts: Iterable[Fact], known: Mapping[str, str]) -> None:
        super().__init__(data)
        for fact in facts:
            self.fields[fact.name] = question(fact, known.get(fact.name, ""))

    @property
    def given(self) -> dict[str, str]:
        """What was answered; what was left empty stays unknown."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value not in ("", None)}


def question(fact: Fact, known: str) -> forms.Field:
    """One fact as a field."""
    if fact.type is FactType.WHOLE_NUMBER:
        field = forms.IntegerField(
            label=fact.question,
            help_text=fact.help,
            required=False,
            min_value=fact.minimum,
            max_value=fact.maximum,
            initial=known if known.isdigit() else None,
        )
        return look(field, width=5, optional_word=False)
    choices = list(fact.choices.items()) if fact.type is FactType.CHOICE else YES_NO
    return look(
        forms.ChoiceField(
            label=fact.question,
            help_text=fact.help,
            choices=[*choices, NOT_KNOWN],
            widget=forms.RadioSelect,
            required=False,
            initial=known or None,
        ),
        inline=len(choices) < 3,
        small=True,
        optional_word=False,
    )


class OfferForm(forms.Form):
    answer = radios(
        _("Was it mentioned, and what does the customer say?"),
        [(value, capfirst(str(label))) for value, label in Answer.choices],
        _("Choose what became of it"),
        reveal={Answer.NOT_MENTIONED: "not_mentioned_because"},
        hints={Answer.DECLINES: _("A choice, and nothing follows from it.")},
    )
    not_mentioned_because = forms.ChoiceField(label=_("Why not?"), required=False)
    words = forms.CharField(label=_("In the customer’s words"), required=False, max_length=300)

    def __init__(self, data: Any, reasons: Mapping[str, Any]) -> None:
        super().__init__(data)
        choice_field(self, "not_mentioned_because").choices = [NONE, *titles(reasons)]


def titles(reasons: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code, reason.title) for code, reason in reasons.items()]


class DecideForm(forms.Form):
    """Giving or refusing: what each of the two needs stands under it."""

    give = radios(
        _("What do you decide?"),
        [("yes", _("It is given")), ("no", _("It is not given"))],
        _("Choose what you decide"),
    )
    starts_on = DateField(label=_("From which day?"), what=_("the first day"), required=False)
    weeks = look(
        forms.IntegerField(label=_("For how many weeks?"), required=False, min_value=1, max_value=104),
        width=3,
        optional_word=False,
    )
    amount = sum_field(_("How much?"), required=False)
    purpose = forms.ChoiceField(label=_("What for?"), required=False)
    purpose_words = forms.CharField(label=_("What for, in words"), required=False, max_length=300)
    employer = forms.CharField(label=_("Employer"), required=False, max_length=200)
    seen = look(
        forms.MultipleChoiceField(
            label=_("What have you seen or heard for it?"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        small=True,
        optional_word=False,
    )
    above_usual_because = forms.CharField(
        label=_("If it is more than usual: why does this customer need more?"), required=False, max_length=300
    )
    refused_code = look(
        forms.ChoiceField(label=_("Why is it not given?"), required=False), optional_word=False
    )
    why_other = look(
        forms.ChoiceField(
            label=_("If it is not what the rules advise: why is this customer another case?"), required=False
        ),
        optional_word=False,
    )
    why = area(
        _("In your words"),
        most=2000,
        help_text=_("Needed where it is not given, or not what the rules advise. The customer may read it."),
    )

    OF_KIND: Mapping[str, tuple[str, ...]] = {
        AwardKind.RETURN_TO_WORK_CREDIT: ("weeks", "employer"),
        AwardKind.JOB_PREPARATION_PREMIUM: ("weeks", "purpose", "purpose_words"),
        AwardKind.DISCRETION_FUND: ("amount", "purpose", "purpose_words", "above_usual_because"),
        AwardKind.PERMITTED_WORK: ("employer",),
    }
    SOME = ("weeks", "amount", "purpose", "purpose_words", "employer", "above_usual_because")

    def __init__(
        self,
        data: Any,
        kind: AwardKind,
        *,
        evidence: Mapping[str, Any],
        purposes: Mapping[str, Any],
        refusals: Mapping[str, Any],
        otherwise: Mapping[str, Any],
        weeks_left: int,
        today: date,
        advised: bool,
        above_usual: bool,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial={"give": "yes" if advised else "", **initial})
        self.kind, self.today = kind, today
        for name in self.SOME:
            if name not in self.OF_KIND[kind]:
                del self.fields[name]
        if not above_usual:
            self.fields.pop("above_usual_because", None)
        shown = ["starts_on", *(name for name in self.OF_KIND[kind] if name in self.fields), "seen"]
        look(self.fields["give"], reveal={"yes": shown, "no": ["refused_code"]})
        if "weeks" in self.fields:
            self.fields["weeks"].help_text = _("%(n)d are left for this customer.") % {"n": weeks_left}
            self.fields["weeks"].initial = weeks_left
        if "purpose" in self.fields:
            choice_field(self, "purpose").choices = [NONE, *titles(purposes)]
        choice_field(self, "refused_code").choices = [NONE, *titles(refusals)]
        choice_field(self, "why_other").choices = [NONE, *titles(otherwise)]
        # Django types the choices of one kind of field only.
        self.fields["seen"].choices = titles(evidence)  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            give=data["give"] == "yes",
            starts_on=data.get("starts_on"),
            weeks=data.get("weeks") or 0 if self.kind in WEEKLY else 0,
            amount=pence(data.get("amount")),
            above_usual_because=data.get("above_usual_because") or "",
            purpose=data.get("purpose") or "",
            purpose_words=data.get("purpose_words") or "",
            employer=data.get("employer") or "",
            refused_code=data.get("refused_code") or "",
            why_other=data.get("why_other") or "",
            why=data.get("why") or "",
            seen=tuple(Seen(code, self.today) for code in data.get("seen") or ()),
        )


class AgreeForm(forms.Form):
    agree = radios(
        _("Do you agree?"),
        [("yes", _("I agree: it holds, and the customer is told")), ("no", _("I do not agree"))],
        _("Say whether you agree"),
        reveal={"no": ["refused_code", "why"]},
    )
    refused_code = look(forms.ChoiceField(label=_("Why not?"), required=False), optional_word=False)
    why = area(_("In your words, for the adviser and the customer"), most=1000)

    def __init__(self, data: Any, refusals: Mapping[str, Any]) -> None:
        super().__init__(data)
        choice_field(self, "refused_code").choices = [NONE, *titles(refusals)]


class ChangeForm(forms.Form):
    kind = radios(_("What has changed?"), [], _("Choose what has changed"))
    effective_on = DateField(label=_("From which day?"), what=_("the day of the change"))
    hours = look(
        forms.DecimalField(
            label=_("Hours a week now"), required=False, min_value=0, max_digits=4, decimal_places=1
        ),
        width=3,
        optional_word=False,
    )
    pay = look(
        forms.DecimalField(
            label=_("Pay a week before tax now"), required=False, min_value=0, max_digits=8, decimal_places=2
        ),
        prefix="£",
        width=5,
        optional_word=False,
    )
    words = forms.CharField(label=_("A line about it"), required=False, max_length=300)
    goes_on = radios(
        _("Does it go on?"),
        [("yes", _("It goes on")), ("no", _("It stops with the day before"))],
        _("Say whether it goes on"),
        reveal={"no": "stop_code"},
    )
    stop_code = look(forms.ChoiceField(label=_("Why does it stop?"), required=False), optional_word=False)
    why = forms.CharField(
        label=_("If it is not what the rules advise: why is this customer another case?"),
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any, kinds: Iterable[ChangeKind], stops: Mapping[str, Any]) -> None:
        super().__init__(data)
        choice_field(self, "kind").choices = [(kind.value, capfirst(str(kind.label))) for kind in kinds]
        choice_field(self, "stop_code").choices = [NONE, *titles(stops)]


class StopForm(forms.Form):
    code = forms.ChoiceField(label=_("Why does it stop?"), widget=forms.RadioSelect)
    last_day = DateField(label=_("Which is its last day?"), what=_("the last day"))
    words = forms.CharField(label=_("A line about it"), required=False, max_length=300)

    def __init__(self, data: Any, stops: Mapping[str, Any]) -> None:
        super().__init__(data)
        choice_field(self, "code").choices = titles(stops)


class SeenForm(forms.Form):
    kind = forms.ChoiceField(label=_("What have you seen or heard?"), widget=forms.RadioSelect)
    on = DateField(label=_("On which day?"), what=_("the day it was seen"))
    words = forms.CharField(label=_("A line about it"), required=False, max_length=300)

    def __init__(self, data: Any, evidence: Mapping[str, Any], today: date) -> None:
        super().__init__(data, initial={"on": today})
        choice_field(self, "kind").choices = titles(evidence)


class TalkedForm(forms.Form):
    words = area(_("What did you talk about, and what comes then?"), rows=3, most=1000, required=True)


class LetGoForm(forms.Form):
    why = area(_("Why can it be paid, though nothing was seen?"), rows=3, most=300, required=True)


class FundForm(forms.Form):
    way = radios(
        _("What do you do?"),
        [("in", _("Put money in")), ("out", _("Take money out again"))],
        _("Choose what you do"),
        inline=True,
    )
    amount = sum_field(_("How much?"))
    why = forms.CharField(label=_("Where from, or where to?"), max_length=300)

    @property
    def pence(self) -> int:
        sum_ = pence(self.cleaned_data["amount"])
        return sum_ if self.cleaned_data["way"] == "in" else -sum_


class ChancesFilter(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of money"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [(value, capfirst(str(label))) for value, label in AwardKind.choices]
        choice_field(self, "kind").choices = [("", _("all kinds")), *kinds]
