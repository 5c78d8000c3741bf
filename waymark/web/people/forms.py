"""What an administrator fills in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.web.fields import choice_field, field_of
from waymark.web.ui.forms import DateField, Text, TimeField, look

Choices = Sequence[tuple[str, Any]]
FIRST_DAY = date(2000, 1, 1)


class PickField(forms.ChoiceField):
    """One of the rows of a queryset, named by a reference of the outside. Cleans to the row."""

    def __init__(
        self, *, by: str, blank: Text = "", words: Callable[[Any], str] = str, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.by, self.blank, self.words = by, blank, words
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Iterable[Any]) -> None:
        """The rows to choose from."""
        self.rows = {str(getattr(row, self.by)): row for row in rows}
        first = [("", self.blank or _("Choose one"))]
        self.choices = first + [(key, self.words(row)) for key, row in self.rows.items()]

    def clean(self, value: Any) -> Any:
        return self.rows.get(str(super().clean(value)))


def day_field(label: Any, what: Any, **kwargs: Any) -> DateField:
    """A day an administrator types; not before this century."""
    return DateField(label=label, what=what, earliest=FIRST_DAY, **kwargs)


def team_words(team: Any) -> str:
    return f"{team.name} ({team.office.name})"


class FilterPeople(forms.Form):
    text = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    office = forms.ChoiceField(label=_("Office"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    state = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("Everybody who works here")),
            ("away", _("Away today")),
            ("left", _("Have left")),
            ("all", _("All, also those who have left")),
        ],
    )

    def __init__(self, *args: Any, offices: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All offices")), *((office.code, office.name) for office in offices)]
        choice_field(self, "office").choices = choices


class PostFields(forms.Form):
    """Role and team, as several forms ask for them."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose one")), *Role.choices])
    team = PickField(
        label=_("Team"),
        help_text=_("Tasks belong to the team; people come and go."),
        by="code",
        words=team_words,
    )

    def __init__(self, *args: Any, teams: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "team", PickField).offer(teams)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AddPerson(PostFields):
    name = forms.CharField(label=_("Full name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it."))
    started_on = day_field(_("First day of work"), _("the first day of work"))
    field_order = ("name", "email", "role", "team", "started_on")


class GivePost(PostFields):
    starts_on = day_field(_("First day"), _("the first day"))
    ends_on = day_field(
        _("Last day"),
        _("the last day"),
        required=False,
        help_text=_("Leave empty when no end is known."),
    )


class ComeBack(PostFields):
    on = day_field(_("First day back"), _("the first day back"))


class LastDay(forms.Form):
    ends_on = day_field(_("Last day in this post"), _("the last day"))


class Leave(forms.Form):
    on = day_field(_("Last day of work"), _("the last day of work"))


class NoteAbsence(forms.Form):
    first_day = day_field(_("First day away"), _("the first day away"))
    last_day = day_field(_("Last day away"), _("the last day away"))
    reason = look(
        forms.CharField(
            label=_("What kind of absence"),
            max_length=100,
            help_text=_("A word such as leave, training or illness. Write nothing about a person's health."),
        ),
        width=20,
    )
    cover = PickField(
        label=_("Who covers"),
        required=False,
        help_text=_(
            "They see these tasks on their own Today. Without cover the tasks show as free in the team."
        ),
        by="ref",
        blank=_("Nobody: the team shares the work"),
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "cover", PickField).offer(colleagues)


class EndAbsence(forms.Form):
    how = look(
        forms.ChoiceField(
            label=_("What has changed"),
            choices=[("day", _("The last day is another one")), ("never", _("They were not away at all"))],
            widget=forms.RadioSelect,
        ),
        reveal={"day": "last_day"},
    )
    last_day = day_field(_("Last day away"), _("the last day away"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("how") == "day" and not data.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Enter the last day away"))
        return data


class AddOffice(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    code = look(
        forms.SlugField(
            label=_("Short code"), max_length=20, help_text=_("Letters and numbers, such as CALDER.")
        ),
        width=10,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OfficeKind.choices, widget=forms.RadioSelect)
    address = forms.CharField(label=_("Address"), max_length=300, help_text=_("As it is printed in letters."))
    telephone = look(
        forms.CharField(
            label=_("Telephone"), max_length=30, help_text=_("Printed in letters, so it must be answered.")
        ),
        width=20,
    )
    opens = look(TimeField(label=_("Opens at"), initial="9:00"), width=5)
    closes = look(TimeField(label=_("Closes at"), initial="17:00"), width=5)

    def clean_kind(self) -> OfficeKind:
        return OfficeKind(self.cleaned_data["kind"])


class AddRoom(forms.Form):
    name = look(forms.CharField(label=_("Name of the room"), max_length=60), width=20)
    private = forms.BooleanField(label=_("Nobody outside can overhear"), required=False)
    step_free = forms.BooleanField(label=_("Can be reached without steps"), required=False)


class OpenTeam(forms.Form):
    kind = forms.ChoiceField(
        label=_("What the team is for"), choices=TeamKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name of the team"), max_length=100)

    def clean_kind(self) -> TeamKind:
        return TeamKind(self.cleaned_data["kind"])


class CloseTeam(forms.Form):
    successor = PickField(label=_("Which team goes on with the work"), by="code", words=team_words)
    on = day_field(_("Closed on"), _("the day of closing"))

    def __init__(self, *args: Any, teams: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "successor", PickField).offer(teams)


class LoadHolidays(forms.Form):
    file = forms.FileField(
        label=_("A file with bank holidays"),
        required=False,
        help_text=_("CSV with two columns, day and name: 2027-12-27,Christmas Day (substitute day)."),
    )
    text = forms.CharField(
        label=_("Or the rows themselves"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=100_000,
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This file is not text. Save it as CSV in UTF-8 and choose it again.")
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or write the rows."))
        return data


class RemoveHoliday(forms.Form):
    why = forms.CharField(label=_("Why it is no bank holiday"), max_length=200)


class SetValue(forms.Form):
    text = look(forms.CharField(label=_("The value here"), max_length=100), width=10)
    place = forms.ChoiceField(label=_("Where it holds"))
    valid_from = day_field(_("From"), _("the first day"))
    valid_until = day_field(
        _("Until"), _("the last day"), required=False, help_text=_("Leave empty when no end is known.")
    )
    because = forms.CharField(
        label=_("Why this place differs"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown wherever the value is used."),
    )

    def __init__(
        self,
        *args: Any,
        places: dict[str, Any],
        words: Choices = (),
        unit: str = "",
        help_text: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        choice_field(self, "place").choices = [(key, place.name) for key, place in places.items()]
        if words:
            self.fields["text"] = forms.ChoiceField(label=_("The value here"), choices=words)
        elif help_text:
            self.fields["text"] = forms.CharField(
                label=_("The value here"), max_length=300, required=False, help_text=help_text
            )
        elif unit:
            self.fields["text"].help_text = _("In %(unit)s.") % {"unit": unit.replace("_", " ")}

    def clean_place(self) -> Any:
        return self.places[self.cleaned_data["place"]]


class EndValue(forms.Form):
    last_day = day_field(_("Last day of the local value"), _("the last day"))
