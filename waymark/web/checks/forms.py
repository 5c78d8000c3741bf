"""Forms of the checks: one line each, and the filter of the log."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.web.fields import choice_field
from waymark.web.interviews.forms import area
from waymark.web.ui.forms import DateField, look, look_of

AGREE, ASK, REVERSE = "agree", "ask", "reverse"


class CheckForm(forms.Form):
    """Agree, ask back or reverse."""

    act = look(
        forms.ChoiceField(
            label=gettext_lazy("What do you say to it?"),
            choices=[
                (AGREE, gettext_lazy("Agree")),
                (ASK, gettext_lazy("Ask back")),
                (REVERSE, gettext_lazy("Reverse it")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what you say to it")},
        ),
        label_size="m",
        reveal={AGREE: ["knows_wishes", "agree_words"], ASK: "ask_words", REVERSE: "reverse_words"},
        hints={
            REVERSE: gettext_lazy("The interview is booked then; a letter that has not gone is withdrawn.")
        },
    )
    knows_wishes = look(
        forms.BooleanField(
            label=gettext_lazy("I know what the customer would like, and that it stays owed"), required=False
        ),
        small=True,
    )
    agree_words = area(gettext_lazy("A line for the decider, if there is something to say"), most=300)
    ask_words = area(gettext_lazy("Your question"), most=300)
    reverse_words = area(gettext_lazy("Why, so that the decider can learn from it"), most=300)

    def __init__(self, *args: Any, wishes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wishes:
            self.fields["knows_wishes"].help_text = "; ".join(wishes)
            return
        del self.fields["knows_wishes"]
        act = self.fields["act"]
        look(
            act,
            label_size="m",
            reveal={AGREE: "agree_words", ASK: "ask_words", REVERSE: "reverse_words"},
            hints=look_of(act).hints,
        )

    @property
    def chosen(self) -> tuple[str, str]:
        """What to do, and the line that goes with it."""
        act = str(self.cleaned_data["act"])
        return act, str(self.cleaned_data[f"{act}_words"])


class AnswerForm(forms.Form):
    words = area(gettext_lazy("Your answer"), rows=3, most=1000, required=True)


class LogFilter(forms.Form):
    """Which decisions of a day are shown."""

    day = DateField(label=gettext_lazy("Day"), what=gettext_lazy("the day"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Decided at"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Decided by"), required=False)

    def __init__(self, data: Any, offices: Iterable[Any], people: Iterable[Any], today: date) -> None:
        super().__init__(data, initial={"day": today})
        everywhere = [("", gettext_lazy("everywhere"))]
        anybody = [("", gettext_lazy("anybody"))]
        choice_field(self, "office").choices = [*everywhere, *((o.code, o.name) for o in offices)]
        choice_field(self, "person").choices = [*anybody, *((p.ref, p.name) for p in people)]
