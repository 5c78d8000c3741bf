"""Forms of the series."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.enums import CallBefore, HelpKind, Mode, Privacy, ScreenedResult, TimeOfDay
from waymark.web.diaries.forms import SlotForm
from waymark.web.fields import choice_field
from waymark.web.first_contact.forms import SlotOrNone
from waymark.web.interviews.forms import area, choices_of, with_none
from waymark.web.sittings.forms import capitalised, radios
from waymark.web.ui.forms import DateField, look

TALKED = (CallBefore.REACHED, CallBefore.RANG_US)
BOOK, WISHES, PUT_OFF = "book", "wishes", "put_off"


class PreCallForm(forms.Form):
    """How the call before the letter ended, what worried the customer, and what they need to be able to come."""

    result = look(
        forms.ChoiceField(
            label=gettext_lazy("How did the call end?"),
            choices=capitalised(CallBefore.choices),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose how the call ended")},
        ),
        label_size="m",
        small=True,
        reveal={CallBefore.UNREACHABLE: "unreachable", CallBefore.LEFT_OUT: "left_out"},
    )
    unreachable = look(
        forms.ChoiceField(label=gettext_lazy("Why could they not be reached?"), required=False),
        optional_word=False,
    )
    left_out = look(
        forms.ChoiceField(label=gettext_lazy("Why is there no call?"), required=False), optional_word=False
    )
    understood = radios(
        gettext_lazy("Did the customer understand what is compulsory and what is choice?"),
        [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("unsure", gettext_lazy("Not sure"))],
        label_size="s",
        inline=True,
    )
    worries = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("What worries them?"), widget=forms.CheckboxSelectMultiple, required=False
        ),
        small=True,
        label_size="s",
        optional_word=False,
    )
    words = area(gettext_lazy("What was said"), rows=3, most=1000)
    needs = area(
        gettext_lazy("What do they need to be able to come?"),
        rows=2,
        help_text=gettext_lazy("A chair with arms, a way in without steps, a time after the tablets."),
    )
    help_kinds = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Help to come that somebody arranges"),
            choices=capitalised(HelpKind.choices),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        small=True,
        label_size="s",
        optional_word=False,
    )
    gentle = look(
        forms.BooleanField(
            label=gettext_lazy("Stress can harm this customer: send the gentle letter"), required=False
        ),
        small=True,
    )
    then = radios(
        gettext_lazy("What now?"),
        [
            (BOOK, gettext_lazy("Find a time; then the letter goes")),
            (WISHES, gettext_lazy("Ask how they would like to be seen, then find a time")),
            (PUT_OFF, gettext_lazy("Put it off, or ask for no interview: a decision with its reason")),
        ],
        required=True,
        label_size="s",
    )

    def __init__(self, rules: Any, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        reasons = rules.reasons("no_call")
        for name in ("unreachable", "left_out"):
            some = {code: one for code, one in reasons.items() if one.columns["result"] == name}
            choice_field(self, name).choices = choices_of(some, _("choose a reason"))
        worries = [(code, one.title) for code, one in rules.reasons("concern").items()]
        choice_field(self, "worries").choices = worries
        for code, title in worries:
            rest = forms.BooleanField(
                label=_("It was put to rest: %(worry)s") % {"worry": title}, required=False
            )
            self.fields[f"rest_{code}"] = look(rest, small=True)
        reveal = {code: f"rest_{code}" for code, _title in worries}
        look(self.fields["worries"], small=True, label_size="s", optional_word=False, reveal=reveal)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        result = said.get("result")
        if result in {CallBefore.UNREACHABLE, CallBefore.LEFT_OUT} and not said.get(result):
            self.add_error(result, _("Choose why"))
        if result in TALKED and not said.get("understood"):
            self.add_error("understood", _("Ask, and say whether the customer understood"))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        return {
            "result": data["result"],
            "reason": data.get(data["result"], ""),
            "understood": data["understood"],
            "concerns": {code: data[f"rest_{code}"] for code in sorted(data["worries"])},
            "needs": data["needs"],
            "words": data["words"],
            "gentle": data["gentle"],
        }


class PreferencesForm(forms.Form):
    """How the customer would like to be seen: asked, never inferred (E:L2236-2285)."""

    privacy = radios(
        gettext_lazy("Where would you like to talk?"),
        Privacy.choices,
        required=True,
        label_size="s",
    )
    mode = look(
        forms.ChoiceField(
            label=gettext_lazy("How"),
            choices=[("", gettext_lazy("No wish")), *capitalised(Mode.choices)],
            required=False,
        ),
        optional_word=False,
    )
    time_of_day = look(
        forms.ChoiceField(label=gettext_lazy("Time of day"), choices=capitalised(TimeOfDay.choices))
    )
    not_on = look(
        forms.CharField(
            label=gettext_lazy("When not?"),
            max_length=100,
            required=False,
            help_text=gettext_lazy("School runs, treatment, a day of prayer."),
        ),
        optional_word=False,
    )
    medication = look(
        forms.CharField(
            label=gettext_lazy("Does medicine make some hours hard?"), max_length=300, required=False
        ),
        optional_word=False,
    )
    companion = look(
        forms.CharField(label=gettext_lazy("Who comes with you?"), max_length=100, required=False),
        optional_word=False,
    )
    same_adviser = look(
        forms.BooleanField(label=gettext_lazy("The same adviser each time, if possible"), required=False),
        small=True,
    )
    avoid = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Is there anybody they would rather not meet?"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        small=True,
        label_size="s",
        optional_word=False,
    )
    other = look(
        forms.CharField(label=gettext_lazy("Anything else?"), max_length=300, required=False),
        optional_word=False,
    )

    def __init__(self, people: Sequence[Any], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {person.ref: person for person in people}
        choice_field(self, "avoid").choices = [(person.ref, person.name) for person in people]

    @property
    def said(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "avoid": [self.people[ref] for ref in data["avoid"]]}


class HelpForm(forms.Form):
    """Help to come, asked for beforehand."""

    kind = look(forms.ChoiceField(label=gettext_lazy("What help?"), choices=capitalised(HelpKind.choices)))
    words = area(gettext_lazy("What exactly?"), most=300)


class ArrangeForm(forms.Form):
    """How help to come is arranged."""

    arrangement = area(
        gettext_lazy("How is it arranged?"),
        most=300,
        required=True,
        help_text=gettext_lazy("As the customer should hear it. If it cannot be: what is done instead."),
    )


class SettleForm(forms.Form):
    """A person settles whether interviews are compulsory."""

    because = look(
        forms.ChoiceField(
            label=gettext_lazy("What is settled?"),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what is settled")},
        ),
        label_size="m",
        small=True,
    )
    words = area(gettext_lazy("What it rests on"), rows=3, most=300)

    def __init__(self, reasons: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        words = {"mandatory": _("Compulsory"), "voluntary": _("By choice")}
        choice_field(self, "because").choices = [
            (code, f"{words[reason.columns['standing']]}: {reason.title}") for code, reason in reasons.items()
        ]


class ScreeningForm(forms.Form):
    """What the tool said and what a person makes of it (P:L489-497)."""

    result = radios(
        gettext_lazy("What did the screening say?"), ScreenedResult.choices, required=True, label_size="s"
    )
    settled = radios(
        gettext_lazy("What do you settle?"), ScreenedResult.choices, required=True, label_size="s"
    )
    why_other = area(gettext_lazy("Why, where you settle it otherwise"), rows=2)


class TalkForm(SlotForm):
    """A talk by choice: why, and when."""

    words = area(gettext_lazy("What would the customer like to talk about?"), most=300, required=True)
    slot = look(SlotOrNone(label=gettext_lazy("Time")), small=True)
    field_order = ["words", "slot"]

    def __init__(self, search: Any, data: Any = None, **kwargs: Any) -> None:
        super().__init__(search, data, **kwargs)
        with_none(self.fields["slot"], search)
        self.fields["slot"].help_text = ""


DAY, NO_MORE, ANOTHER_TIME = "day", "no_more", "another_time"


class AgainOrNotForm(forms.Form):
    """A day to be in touch, or an explicit end: one of the two (E:L2794)."""

    again = look(
        forms.ChoiceField(
            label=gettext_lazy("What follows?"),
            choices=[
                (DAY, gettext_lazy("Be in touch on a day")),
                (NO_MORE, gettext_lazy("No further contact, as the customer wishes")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what follows")},
        ),
        label_size="s",
        small=True,
        reveal={DAY: "on", NO_MORE: "because"},
    )
    on = look(
        DateField(
            label=gettext_lazy("On which day?"), what=gettext_lazy("the day to be in touch"), required=False
        ),
        optional_word=False,
    )
    because = area(
        gettext_lazy("Why no further contact?"),
        help_text=gettext_lazy("Somebody still looks a year later whether the door is open."),
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("again") == DAY and "on" not in self.errors:
            if not said.get("on"):
                self.add_error("on", _("Enter the day to be in touch"))
            elif said["on"] <= self.today:
                self.add_error("on", _("The day to be in touch must be still to come"))
        if said.get("again") == NO_MORE and not said.get("because", "").strip():
            self.add_error("because", _("Write why there will be no further contact"))
        return said

    @property
    def day(self) -> date | None:
        found: date | None = self.cleaned_data["on"] if self.cleaned_data["again"] == DAY else None
        return found

    @property
    def why_not(self) -> str:
        return self.cleaned_data["because"] if self.cleaned_data["again"] == NO_MORE else ""


class ReviewForm(AgainOrNotForm):
    """Looking back at the series with the customer."""

    achieved = area(
        gettext_lazy("What has changed since the first interview?"),
        rows=4,
        most=2000,
        required=True,
        help_text=gettext_lazy("In the customer’s words."),
    )
    still_hard = area(gettext_lazy("What is still hard?"), rows=3, most=2000)
    field_order = ["achieved", "still_hard", "again"]


class FollowUpForm(AgainOrNotForm):
    """Somebody was in touch."""

    words = area(gettext_lazy("What was said?"), rows=3, most=1000, required=True)
    field_order = ["words", "again"]


class WordsForm(forms.Form):
    """One text that a verb asks for."""

    words = area(gettext_lazy("In your words"), rows=4, most=1000, required=True)

    def __init__(self, label: Any, *args: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text
