"""Forms of the worklist."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.web.ui.forms import DateField, look
from waymark.worklist.enums import TaskKind

EVERY = [("", _("All"))]
STATES = [("late", _("Late")), ("today", _("Due today")), ("later", _("To come"))]
TAKEN = [("no", _("Nobody has taken it")), ("yes", _("Somebody has taken it")), ("me", _("I have taken it"))]


class WorklistFilter(forms.Form):
    """What to show of the worklist. Places and people are those the asking post sees."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[*EVERY, *TaskKind.choices], required=False)
    state = forms.ChoiceField(label=_("When"), choices=[*EVERY, *STATES], required=False)
    taken = forms.ChoiceField(label=_("Taken"), choices=[*EVERY, *TAKEN], required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, *args: Any, offices: Any, teams: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("office", [(office.code, office.name) for office in offices])
        self._choose("team", [(team.code, f"{team.name}, {team.office.name}") for team in teams])
        self._choose("person", [(person.ref, person.name) for person in people])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*EVERY, *choices]

    def chosen(self) -> dict[str, str]:
        """What was chosen; words that are no choice count as not chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class GiveForm(forms.Form):
    """Who should do it: a person of the team, the team itself, or another team."""

    to = forms.ChoiceField(label=_("Give it to"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Any, teams: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person-{person.ref}": person for person in people}
        self.teams = {f"team-{team.code}": team for team in teams if team.pk != team_id}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *[(key, person.name) for key, person in self.people.items()],
            *[
                (key, _("%(team)s, %(office)s") % {"team": team.name, "office": team.office.name})
                for key, team in self.teams.items()
            ],
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        """The arguments of `worklist.verbs.give`."""
        wanted = self.cleaned_data["to"]
        return {"person": self.people.get(wanted), "team": self.teams.get(wanted)}


class MoveForm(forms.Form):
    """Another day, and why."""

    due_on = DateField(label=_("New day"), what=_("the new day"))
    why = look(
        forms.CharField(
            label=_("Why is it moved?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
        ),
        counter=300,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["due_on"]
        assert isinstance(field, DateField)
        field.earliest = today
