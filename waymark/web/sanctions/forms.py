"""Forms of a case: each asks for what one act needs."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.inbound.enums import Way
from waymark.kernel.clock import at
from waymark.sanctions.enums import (
    Answer,
    BreachKind,
    ChallengeOutcome,
    Channel,
    LiftedBecause,
    RulingOutcome,
)
from waymark.sanctions.verbs import Said
from waymark.web.fields import choice_field
from waymark.web.interviews.forms import area
from waymark.web.ui.forms import DateField, TimeField, look

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
STATES = [
    ("under_way", _("under way")),
    ("decided", _("decided")),
    ("closed", _("closed, nothing followed")),
    ("all", _("all")),
]
# By the act of a decision maker alone; the rest is said by whoever works with the customer.
LIFTED = [
    (LiftedBecause.ATTENDED, LiftedBecause.ATTENDED.label.capitalize()),
    (LiftedBecause.EXPLAINED, LiftedBecause.EXPLAINED.label.capitalize()),
    (LiftedBecause.NO_LONGER_REQUIRED, LiftedBecause.NO_LONGER_REQUIRED.label.capitalize()),
    (LiftedBecause.OUR_MISTAKE, LiftedBecause.OUR_MISTAKE.label.capitalize()),
]


def radios(label: Any, choices: Iterable[Any], missing: Any, **shown: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages={"required": missing}
    )
    return look(field, **shown)


class CasesFilter(forms.Form):
    state = forms.ChoiceField(label=_("Cases"), choices=STATES, required=False)
    late = forms.ChoiceField(
        label=_("Next step"), choices=[("", _("any day")), ("yes", _("late"))], required=False
    )
    mine = forms.ChoiceField(
        label=_("Whose"), choices=[("", _("everybody’s")), ("yes", _("mine"))], required=False
    )


class OpenForm(forms.Form):
    """What kind of case; of not taking part, what happened."""

    kind = radios(
        _("What is it about?"),
        [
            (BreachKind.NOT_ATTENDING, _("The customer did not come")),
            (BreachKind.NOT_TAKING_PART, _("The customer came and did not take part")),
        ],
        _("Choose what it is about"),
        reveal={BreachKind.NOT_TAKING_PART: "why"},
    )
    why = area(_("What happened, in your words"), rows=4, most=2000)


class AttemptForm(forms.Form):
    channel = radios(
        _("How did you try?"),
        [
            (Channel.PHONE, _("Telephone")),
            (Channel.TEXT, _("Text message")),
            (Channel.EMAIL, _("E-mail")),
            (Channel.VISIT, _("At the door")),
        ],
        _("Choose how you tried"),
    )
    reached = radios(_("Did you reach the customer?"), YES_NO, _("Say whether you reached them"), inline=True)
    words = area(_("A line about it"), most=300)


class ReasonForm(forms.Form):
    words = area(_("What does the customer say?"), rows=4, most=4000, required=True)
    way = forms.ChoiceField(label=_("How did it reach us?"), choices=Way.choices)


class JudgeForm(forms.Form):
    cause = forms.ChoiceField(label=_("Which reason is it?"))
    good = radios(
        _("Is it good cause?"),
        YES_NO,
        _("Say whether it is good cause"),
        hints={
            "yes": _("The case ends, nothing follows, and the interview is booked again."),
            "no": _("The case goes on. It is somebody else who decides about payment."),
        },
    )
    why = area(_("What it rests on"), rows=3, most=1000, required=True)

    def __init__(self, data: Any, causes: Mapping[str, Any]) -> None:
        super().__init__(data)
        choice_field(self, "cause").choices = [(code, cause.title) for code, cause in causes.items()]


class QuestionsForm(forms.Form):
    """Every question with its answer, the words about it, and whom or what was asked."""

    asked_of = forms.CharField(
        label=_("Whom or what did you ask?"),
        max_length=100,
        help_text=_("For example: the customer, her sister, the record."),
    )

    def __init__(self, data: Any, questions: Mapping[str, Any], answered: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.codes = list(questions)
        for code, question in questions.items():
            known = answered.get(code)
            self.fields[f"answer_{code}"] = look(
                forms.ChoiceField(
                    label=question.title,
                    help_text=question.columns.get("ask", "").replace(";", ","),
                    choices=[(value, str(word).capitalize()) for value, word in Answer.choices],
                    widget=forms.RadioSelect,
                    required=False,
                    initial=known.answer if known else None,
                ),
                inline=True,
                small=True,
                optional_word=False,
            )
            self.fields[f"words_{code}"] = forms.CharField(
                label=_("In words"), required=False, max_length=500, initial=known.words if known else ""
            )
        self.order_fields([name for code in self.codes for name in (f"answer_{code}", f"words_{code}")])
        if answered:
            self.initial["asked_of"] = next(iter(answered.values())).asked_of

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"answer_{code}") for code in self.codes):
            raise forms.ValidationError(_("Answer at least one question"))
        return cleaned

    @property
    def said(self) -> dict[str, Said]:
        data = self.cleaned_data
        return {
            code: Said(Answer(data[f"answer_{code}"]), data[f"words_{code}"], data["asked_of"])
            for code in self.codes
            if data.get(f"answer_{code}")
        }


class VisitForm(forms.Form):
    day = DateField(label=_("Day of the visit"), what=_("the day of the visit"))
    time = TimeField(label=_("Time"))
    visitor = forms.ChoiceField(label=_("Who goes?"))

    def __init__(self, data: Any, visitors: Iterable[Any]) -> None:
        super().__init__(data)
        self.posts = {str(post.pk): post for post in visitors}
        choice_field(self, "visitor").choices = [
            (key, f"{post.person.name}, {post.get_role_display()}") for key, post in self.posts.items()
        ]

    @property
    def when(self) -> datetime:
        return at(self.cleaned_data["day"], self.cleaned_data["time"])

    @property
    def who(self) -> Any:
        return self.posts[self.cleaned_data["visitor"]]


class VisitedForm(forms.Form):
    met = radios(_("Did you meet the customer?"), YES_NO, _("Say whether you met them"), inline=True)
    found = area(
        _("What did you find?"), rows=4, most=2000, required=True, help_text=_("Also if nobody was in.")
    )


class CloseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why does nothing follow?"), widget=forms.RadioSelect)
    words = area(_("A line about it"), most=250)

    def __init__(self, data: Any, reasons: Mapping[str, Any]) -> None:
        super().__init__(data)
        choice_field(self, "reason").choices = [
            (code, reason.title) for code, reason in reasons.items() if not reason.yes("by_itself")
        ]


class MoneyField(forms.DecimalField):
    """A sum in pounds; cleans to pence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=7, decimal_places=2, min_value=Decimal("0.01"), **kwargs)

    def clean(self, value: Any) -> Any:
        text = str(value or "").replace("£", "").replace(",", "").strip()
        pounds = super().clean(text)
        return None if pounds is None else int(pounds * 100)


class ReferForm(forms.Form):
    adviser_view = area(
        _("How do you see it?"),
        rows=5,
        most=4000,
        required=True,
        help_text=_("The decision maker does not know the customer. Say what speaks for them as well."),
    )
    paid_now = look(
        MoneyField(label=_("What is the customer paid now, a week?")),
        prefix="£",
        width=5,
        optional_word=False,
    )


class DecideForm(forms.Form):
    """The four ways to decide a bundle."""

    outcome = radios(
        _("What do you decide?"),
        [
            (RulingOutcome.RETURNED, _("Return it: something is missing")),
            (RulingOutcome.GOOD_CAUSE, _("There was good cause")),
            (RulingOutcome.NO_SANCTION, _("Nothing is taken off")),
            (RulingOutcome.SANCTION, _("A reduction")),
        ],
        _("Choose what you decide"),
        label_size="m",
        reveal={
            RulingOutcome.RETURNED: "missing",
            RulingOutcome.GOOD_CAUSE: "cause",
            RulingOutcome.SANCTION: "contact",
        },
        hints={
            RulingOutcome.SANCTION: _("The customer gets a letter first. A person puts it into effect later.")
        },
    )
    missing = area(_("What is missing?"), most=1000)
    cause = forms.ChoiceField(label=_("Which reason?"), required=False)
    contact = forms.ChoiceField(label=_("Who is named in the letter, to be rung?"), required=False)
    because = area(_("Why, in words the customer may read"), rows=4, most=2000, required=True)

    def __init__(self, data: Any, causes: Mapping[str, Any], contacts: Iterable[Any], usual: Any) -> None:
        super().__init__(data, initial={"contact": str(usual.pk)})
        self.posts = {str(post.pk): post for post in contacts}
        self.posts.setdefault(str(usual.pk), usual)
        choice_field(self, "cause").choices = [(code, cause.title) for code, cause in causes.items()]
        choice_field(self, "contact").choices = [
            (key, f"{post.person.name}, {post.get_role_display()}") for key, post in self.posts.items()
        ]

    @property
    def named(self) -> Any:
        return self.posts.get(self.cleaned_data.get("contact", ""))


class SureForm(forms.Form):
    """Nothing to enter: the button alone, after the sums have been seen."""

    sure = forms.BooleanField(label=_("I have looked at the sums, the letter and the day"))


class LiftForm(forms.Form):
    because = radios(_("Why is it lifted?"), LIFTED, _("Choose why it is lifted"))
    from_day = DateField(
        label=_("Paid in full from"),
        what=_("the day"),
        help_text=_("After a mistake of ours it is the day it began."),
    )
    words = area(_("A line about it"), most=500)

    def __init__(self, data: Any, today: date, because: str = "") -> None:
        super().__init__(data, initial={"from_day": today, "because": because})


class SetAsideForm(forms.Form):
    because = radios(_("Why is nothing taken off after all?"), LIFTED, _("Choose why"))
    words = area(_("A line about it"), most=500)


class WordsForm(forms.Form):
    words = area(_("In words"), rows=4, most=2000, required=True)

    def __init__(self, data: Any, label: Any, help_text: Any = "") -> None:
        super().__init__(data)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


class ChallengeForm(forms.Form):
    words = area(_("What does the customer say?"), rows=4, most=4000, required=True)
    asked_on = DateField(label=_("On which day did they tell us?"), what=_("the day"))


class ReconsiderForm(forms.Form):
    outcome = radios(
        _("What do you decide?"),
        [
            (
                ChallengeOutcome.CHANGED,
                _("The decision is changed: nothing is taken off, from its first day"),
            ),
            (ChallengeOutcome.UPHELD, _("The decision stands")),
        ],
        _("Choose what you decide"),
        label_size="m",
    )
    because = area(_("Why, in words the customer may read"), rows=4, most=2000, required=True)


class RightForm(forms.Form):
    """What was put right, or why nothing was to be."""

    act = radios(
        _("What do you do?"),
        [("tell", _("It is put right: send the letter")), ("leave", _("Nothing is to be put right"))],
        _("Choose what you do"),
        label_size="m",
        reveal={"tell": "right_words", "leave": "why"},
    )
    right_words = area(_("What has been put right, in words the customer may read"), rows=4, most=2000)
    why = area(_("Why"), rows=3, most=1000)

    @property
    def said(self) -> str:
        return str(self.cleaned_data["right_words" if self.cleaned_data["act"] == "tell" else "why"])


class TimesFilter(forms.Form):
    since = DateField(label=_("Cases opened since"), what=_("the day"), required=False)
