"""Forms about the time after a benefit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.employment.enums import Appeal, GoesOn
from waymark.employment.verbs import Help
from waymark.web.actionplans.forms import day, line
from waymark.web.employment.forms import titles
from waymark.web.fields import choice_field
from waymark.web.interviews.forms import area
from waymark.web.sittings.forms import radios
from waymark.web.ui.forms import look

ROWS = 4


class BeginForm(forms.Form):
    """A benefit is lost, or will be."""

    because = radios(gettext_lazy("Why is it lost?"), [], required=True, label_size="s")
    lost_on = day(gettext_lazy("From which day?"), gettext_lazy("the day of the decision"))

    def __init__(self, rules: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        choice_field(self, "because").choices = titles(rules, "entitlement_lost")


class WayOnForm(forms.Form):
    """What goes on after a benefit: up to four forms of help, whom to ring, and when we are in touch."""

    def __init__(
        self,
        people: Iterable[Any],
        data: Any = None,
        *,
        mine: str,
        suggested: Iterable[str],
        goes_on: bool,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.people = {one.ref: one for one in people}
        known = list(suggested)[:ROWS]
        self.rows = range(ROWS)
        for number in self.rows:
            self._add_row(number, known[number] if number < len(known) else "", goes_on)
        self.fields["other_benefits"] = area(
            gettext_lazy("What else may they be able to get?"), rows=4, help_text=gettext_lazy("One a line.")
        )
        self.fields["person"] = forms.ChoiceField(
            label=gettext_lazy("Whom do they ring?"),
            choices=[(ref, one.name) for ref, one in self.people.items()],
            initial=mine,
        )
        self.fields["contact_on"] = day(
            gettext_lazy("When are you in touch next?"), gettext_lazy("the day of the next contact")
        )
        self.fields["told_on"] = day(
            gettext_lazy("When did you tell them all this?"), gettext_lazy("the day on which they were told")
        )

    def _add_row(self, number: int, words: str, goes_on: bool) -> None:
        nth = number + 1
        self.fields[f"help_{number}"] = line(_("Help %(nth)s") % {"nth": nth}, most=200)
        self.fields[f"help_{number}"].initial = words
        self.fields[f"goes_on_{number}"] = look(
            forms.ChoiceField(
                label=_("What becomes of it?"),
                choices=[("", _("choose"))] + [(str(value), str(label)) for value, label in GoesOn.choices],
                required=False,
            ),
            optional_word=False,
        )
        self.fields[f"goes_on_{number}"].initial = GoesOn.YES if words and goes_on else ""
        self.fields[f"how_{number}"] = line(_("How, until when, by whom?"))
        self.fields[f"who_{number}"] = line(_("Who tells them?"), most=100)

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        for number in self.rows:
            if said.get(f"help_{number}") and not said.get(f"goes_on_{number}"):
                self.add_error(f"goes_on_{number}", _("Choose what becomes of it"))
        return said

    @property
    def rows_of_help(self) -> list[list[Any]]:
        """The fields of each form of help, to stand beside each other."""
        names = ("help", "goes_on", "how", "who")
        return [[self[f"{name}_{number}"] for name in names] for number in self.rows]

    @property
    def the_rest(self) -> list[Any]:
        return [self[name] for name in ("other_benefits", "person", "contact_on", "told_on")]

    def help(self, said: Mapping[str, Any]) -> list[Help]:
        return [
            Help(
                said[f"help_{number}"],
                GoesOn(said[f"goes_on_{number}"]),
                said[f"how_{number}"],
                said[f"who_{number}"],
            )
            for number in self.rows
            if said[f"help_{number}"]
        ]


class AppealForm(forms.Form):
    """Where an appeal stands."""

    appeal = radios(gettext_lazy("Where does the appeal stand?"), [], required=True, label_size="s")
    hearing_on = day(
        gettext_lazy("Is there a day for the hearing?"),
        gettext_lazy("the day of the hearing"),
        required=False,
    )
    contact_on = day(gettext_lazy("When are you in touch next?"), gettext_lazy("the day of the next contact"))
    words = area(gettext_lazy("What was said?"), most=1000)

    def __init__(self, states: Iterable[Appeal], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        choice_field(self, "appeal").choices = [(one.value, str(one.label).capitalize()) for one in states]


class TouchForm(forms.Form):
    """Somebody was in touch: the next day, or an end with its reason."""

    words = area(gettext_lazy("How are things?"), required=True, most=1000, rows=3)
    then = look(
        forms.ChoiceField(
            label=gettext_lazy("What follows?"),
            choices=[
                ("again", gettext_lazy("We are in touch again")),
                ("close", gettext_lazy("Nothing more is open, or they want no more contact: close it")),
            ],
            widget=forms.RadioSelect,
            initial="again",
        ),
        small=True,
        label_size="s",
        reveal={"again": "contact_on"},
    )
    contact_on = day(
        gettext_lazy("On which day?"), gettext_lazy("the day of the next contact"), required=False
    )

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        if said.get("then") == "again" and not said.get("contact_on"):
            self.add_error("contact_on", _("Give the day"))
        return said
