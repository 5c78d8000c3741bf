"""Forms of the workspace."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.enums import Capacity, Effect, InTheRoom, Next, Privacy, Readiness, SittingOutcome
from waymark.web.fields import choice_field
from waymark.web.interviews.forms import area
from waymark.web.ui.forms import DateField, TimeField, look

YES, NO = "yes", "no"
capfirst_lazy = lazy(capfirst, str)


def capitalised(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Words of an enum as they stand at the beginning of a line."""
    return [(value, capfirst_lazy(word)) for value, word in choices]


def radios(label: Any, choices: Iterable[tuple[str, Any]], *, required: bool = False, **looks: Any) -> Any:
    field = forms.ChoiceField(
        label=label, choices=capitalised(choices), widget=forms.RadioSelect, required=required
    )
    return look(field, small=True, optional_word=False, **looks)


class MissedForm(forms.Form):
    """What is known about an appointment that nobody came to."""

    words = area(
        gettext_lazy("Is anything known?"),
        most=300,
        rows=2,
        help_text=gettext_lazy("Whether they were rung, or came late. It may stay empty."),
    )


class CapacityForm(forms.Form):
    """Whether the customer is able to take part today. Asked first (M:L2343)."""

    capacity = radios(
        gettext_lazy("Is the customer able to take part today?"),
        [choice for choice in Capacity.choices if choice[0] != Capacity.NOT_ASKED],
        label_size="s",
        inline=True,
    )


class SettingForm(forms.Form):
    """Where the customer would like to talk. Asked, never inferred (E:L2274-2285)."""

    setting = radios(
        gettext_lazy("Where would the customer like to talk?"),
        [choice for choice in Privacy.choices if choice[0] != Privacy.NOT_ASKED],
        label_size="s",
        inline=True,
    )


class DistanceForm(forms.Form):
    """How far from work, as each of the two sees it (E:L3093)."""

    distance_customer = radios(gettext_lazy("As the customer sees it"), Readiness.choices, label_size="s")
    distance_adviser = radios(gettext_lazy("As you see it"), Readiness.choices, label_size="s")


class HardForm(forms.Form):
    """A hard interview: time is kept free after it, and somebody talks with the adviser (M:L300)."""

    hard = look(
        forms.BooleanField(
            label=gettext_lazy("This is a hard interview"),
            required=False,
            help_text=gettext_lazy(
                "Time is kept free after it where your diary still has it, and a colleague talks with you tomorrow."
            ),
        ),
        small=True,
    )
    asks_hard = forms.CharField(widget=forms.HiddenInput, initial=YES, required=False)


class StateForm(forms.Form):
    """Whatever part of the state was sent; what was not sent stays as it was."""

    capacity = forms.ChoiceField(choices=Capacity.choices, required=False)
    setting = forms.ChoiceField(choices=Privacy.choices, required=False)
    distance_customer = forms.ChoiceField(choices=Readiness.choices, required=False)
    distance_adviser = forms.ChoiceField(choices=Readiness.choices, required=False)
    hard = forms.BooleanField(required=False)
    asks_hard = forms.CharField(required=False)

    @property
    def changes(self) -> dict[str, Any]:
        said = self.cleaned_data
        codes = {name: said[name] for name in self.fields if name not in {"hard", "asks_hard"} and said[name]}
        return {**codes, "hard": said["hard"]} if said["asks_hard"] else codes


class PresentForm(forms.Form):
    """Somebody who is there with the customer."""

    name = look(
        forms.CharField(
            label=gettext_lazy("Who is there too?"),
            max_length=100,
            help_text=gettext_lazy("A name, or how they belong to the customer."),
        ),
        width=20,
    )
    role = look(forms.ChoiceField(label=gettext_lazy("As"), choices=capitalised(InTheRoom.choices)))
    effect = look(
        forms.ChoiceField(
            label=gettext_lazy("What it does to the talk"),
            choices=[("", gettext_lazy("Not said")), *capitalised(Effect.choices)],
            required=False,
        ),
        optional_word=False,
    )


class InterestForm(forms.Form):
    """Something the customer would like: somebody owes an answer by a day (E:L2492)."""

    words = area(gettext_lazy("What would the customer like?"), most=300, rows=2, required=True)
    owner = look(forms.ChoiceField(label=gettext_lazy("Who answers?")))
    answer_by = look(
        DateField(
            label=gettext_lazy("By when?"),
            what=gettext_lazy("the day of the answer"),
            required=False,
            help_text=gettext_lazy("Empty: after the time the programme gives"),
        ),
        optional_word=False,
    )

    def __init__(self, people: Sequence[Any], today: date, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {person.ref: person for person in people}
        choice_field(self, "owner").choices = [(person.ref, person.name) for person in people]
        day = self.fields["answer_by"]
        assert isinstance(day, DateField)
        day.earliest = today


# After


PLAIN = [(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))]


OUTCOMES = [
    (SittingOutcome.HELD, gettext_lazy("It was held")),
    (SittingOutcome.SHORTENED, gettext_lazy("It was cut short")),
    (SittingOutcome.UNABLE_TODAY, gettext_lazy("The customer was not able to take part today")),
    (SittingOutcome.STOPPED, gettext_lazy("It was stopped: distress, or danger to health")),
]


def at_time(label: Any) -> TimeField:
    field = TimeField(label=label, required=False, widget=forms.TimeInput(format="%H:%M"))
    return look(field, width=5, optional_word=False)


class OutcomeForm(forms.Form):
    """How it went. Cut short, it is settled by a person whether it counts (D:L1115)."""

    outcome = look(
        forms.ChoiceField(
            label=gettext_lazy("How did it go?"),
            choices=OUTCOMES,
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose how it went")},
        ),
        label_size="m",
        hints={
            SittingOutcome.UNABLE_TODAY: gettext_lazy("It is no breach, and counts neither way."),
            SittingOutcome.STOPPED: gettext_lazy("It is no breach, and counts neither way."),
        },
        reveal={SittingOutcome.SHORTENED: "counts"},
    )
    counts = radios(
        gettext_lazy("Does it count as one of the compulsory ones?"),
        [
            (YES, gettext_lazy("Yes, it counts")),
            (NO, gettext_lazy("No: it is held again, put off, or no longer asked for")),
        ],
    )
    why = area(
        gettext_lazy("Why it was cut short, stopped or unusually short"),
        rows=2,
        help_text=gettext_lazy("In a sentence the customer may read."),
    )
    began = at_time(gettext_lazy("Began at"))
    ended = at_time(gettext_lazy("Ended at"))
    understood = radios(
        gettext_lazy("Did the customer understand what is compulsory and what comes next?"),
        [*PLAIN, ("unsure", gettext_lazy("Not sure"))],
        label_size="s",
        inline=True,
    )
    agreed = radios(
        gettext_lazy("Does the customer agree with what comes next?"),
        [*PLAIN, ("unclear", gettext_lazy("Unclear"))],
        label_size="s",
        inline=True,
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        began, ended = said.get("began"), said.get("ended")
        if began and ended and ended < began:
            self.add_error("ended", _("The end must be after the beginning"))
        return said


def on_the_day(starts_at: datetime, clock: Any) -> datetime | None:
    """A time of day on the day of the appointment."""
    if clock is None:
        return None
    day = timezone.localtime(starts_at).date()
    return timezone.make_aware(datetime.combine(day, clock))


NEXT_HINTS = {
    Next.INTERVIEW: gettext_lazy("You choose its time on the next page."),
    Next.FIND_TIME: gettext_lazy("Finding one is your task from tomorrow; the customer gets a letter then."),
    Next.REBOOK: gettext_lazy("It is the same one, at another time."),
    Next.DEFER: gettext_lazy("The usual decision: reason, advice, the customer’s view."),
    Next.WAIVE: gettext_lazy("The usual decision: reason, advice, the customer’s view."),
    Next.FOLLOW_UP: gettext_lazy("No interview: somebody is in touch on the day you agree."),
    Next.VOLUNTARY: gettext_lazy("Never compulsory, and nothing follows from not coming."),
    Next.END_SERIES: gettext_lazy(
        "Nothing more is compulsory. You look back with the customer, and agree what follows."
    ),
}
NEXT_WORDS = {
    Next.INTERVIEW: gettext_lazy("The next interview, at a time you choose now"),
    Next.FIND_TIME: gettext_lazy("The next interview, its time still to be found"),
    Next.REBOOK: gettext_lazy("The same interview again"),
    Next.DEFER: gettext_lazy("Put the next one off"),
    Next.WAIVE: gettext_lazy("No interview is asked for"),
    Next.FOLLOW_UP: gettext_lazy("Be in touch on a day"),
    Next.VOLUNTARY: gettext_lazy("Another talk, by choice"),
    Next.END_SERIES: gettext_lazy("This was the last one: the end of the series"),
}


class NextForm(forms.Form):
    """What comes next. It cannot be left open."""

    kind = look(
        forms.ChoiceField(
            label=gettext_lazy("What comes next?"),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what comes next")},
        ),
        label_size="m",
    )
    on = look(
        DateField(
            label=gettext_lazy("On which day will you be in touch?"),
            what=gettext_lazy("the day to be in touch"),
            required=False,
        ),
        optional_word=False,
    )
    about = area(
        gettext_lazy("What will it be about?"),
        most=300,
        help_text=gettext_lazy("The customer reads it: “how the course went”."),
    )

    def __init__(self, choices: Sequence[str], today: date, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        choice_field(self, "kind").choices = [(one, NEXT_WORDS[Next(one)]) for one in choices]
        look(
            self.fields["kind"],
            label_size="m",
            hints={one: NEXT_HINTS[Next(one)] for one in choices},
            reveal={Next.FOLLOW_UP: "on"} if Next.FOLLOW_UP in choices else {},
        )
        if Next.FOLLOW_UP not in choices:
            self.fields.pop("on")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("kind") == Next.FOLLOW_UP and "on" not in self.errors:
            if not said.get("on"):
                self.add_error("on", _("Enter the day to be in touch"))
            elif said["on"] <= self.today:
                self.add_error("on", _("The day to be in touch must be still to come"))
        return said


class SummaryForm(forms.Form):
    """What the customer reads afterwards, a sentence a line."""

    said = area(
        gettext_lazy("What was said"),
        rows=6,
        most=4000,
        required=True,
        help_text=gettext_lazy(
            "To the customer, as “you”. A sentence a line. Nothing restricted belongs here."
        ),
    )
    agreed = area(
        gettext_lazy("What we agreed"),
        rows=4,
        most=2000,
        help_text=gettext_lazy("Who does what by when. A line each; it may stay empty."),
    )
