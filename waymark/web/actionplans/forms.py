"""Forms of a plan."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.actionplans.enums import AgreedHow, Origin, OwnerKind, Seen, SeenBy
from waymark.actionplans.owners import StepOwner
from waymark.web.fields import choice_field, field_of
from waymark.web.interviews.forms import area
from waymark.web.sittings.forms import capitalised, radios
from waymark.web.ui.forms import DateField, look, look_of

DONE, MORE_TIME, CHANGE, DROP = "done", "more_time", "change", "drop"
YEAR = timedelta(days=366)
ORIGINS = [
    (origin.value, origin.label)
    for origin in (Origin.TALK, Origin.INTERVIEW, Origin.CONFERENCE, Origin.PROMISE, Origin.CUSTOMER)
]


def line(label: Any, *, most: int = 300, required: bool = False, help_text: Any = "") -> forms.CharField:
    """One line of words."""
    field = forms.CharField(label=label, max_length=most, required=required, help_text=help_text)
    return look(field, optional_word=not required)


def day(label: Any, what: Any, *, required: bool = True, help_text: Any = "") -> DateField:
    return DateField(label=label, what=what, required=required, help_text=help_text)


class OwnerFields(forms.Form):
    """Who does a step, the same wherever it is asked."""

    REVEALS_CONTACT: tuple[str, ...] = ("owner",)

    owner = look(
        forms.ChoiceField(
            label=gettext_lazy("Who does it?"),
            choices=[
                (OwnerKind.CUSTOMER, gettext_lazy("The customer")),
                (OwnerKind.ADVISER, gettext_lazy("A colleague")),
                (OwnerKind.PROVIDER, gettext_lazy("Somebody who helps")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose who does it")},
        ),
        small=True,
        label_size="s",
        reveal={OwnerKind.ADVISER: "person", OwnerKind.PROVIDER: ("contact", "helper")},
        hints={
            OwnerKind.CUSTOMER: gettext_lazy(
                "We look back at it with them. Nobody chases them, and nothing follows."
            )
        },
    )
    person = look(
        forms.ChoiceField(label=gettext_lazy("Which colleague?"), required=False), optional_word=False
    )
    contact = look(
        forms.ChoiceField(
            label=gettext_lazy("Who of the directory?"), required=False, widget=forms.RadioSelect
        ),
        small=True,
        optional_word=False,
    )
    helper = look(
        forms.CharField(
            label=gettext_lazy("Somebody else"),
            required=False,
            max_length=100,
            help_text=gettext_lazy(
                "A name, and who they work for: Mary Holt of Calder College. Or a word of the name or the service,"
                " to find them in the directory with the button below."
            ),
        ),
        optional_word=False,
    )

    def set_people(self, people: Iterable[Any], mine: str) -> None:
        """Colleagues to choose from; `mine` is chosen at first."""
        self.people = {one.ref: one for one in people}
        field = choice_field(self, "person")
        field.choices = [(ref, one.name) for ref, one in self.people.items()]
        field.initial = mine

    def set_contacts(self, contacts: Iterable[Any], chosen: str = "") -> None:
        """People of the directory to choose from; without any there is only the line to write a name on."""
        self.contacts = {one.ref: one for one in contacts}
        if not self.contacts:
            self._no_contacts()
            return
        field = choice_field(self, "contact")
        field.choices = [
            *((ref, f"{one.name}, {one.organisation.name}") for ref, one in self.contacts.items()),
            ("", _("Somebody else: write below")),
        ]
        field.initial = chosen

    def nobody_named(self) -> str:
        return _("Choose who helps, or write a name") if self.contacts else _("Write who helps")

    def _no_contacts(self) -> None:
        del self.fields["contact"]
        self.fields["helper"].label = gettext_lazy("Who helps?")
        for name in self.REVEALS_CONTACT:
            shown = look_of(self.fields[name])
            reveal = {
                choice: [one for one in ([names] if isinstance(names, str) else names) if one != "contact"]
                for choice, names in shown.reveal.items()
            }
            look(
                self.fields[name],
                small=shown.small,
                label_size=shown.label_size,
                hints=shown.hints,
                reveal=reveal,
            )

    def owner_said(self, said: Mapping[str, Any]) -> StepOwner:
        """What was chosen, as the verb wants it."""
        if said["owner"] == OwnerKind.CUSTOMER:
            return StepOwner.customer()
        if said["owner"] == OwnerKind.ADVISER:
            return StepOwner.adviser(self.people[said["person"]])
        contact = self.contacts.get(said.get("contact") or "")
        return StepOwner.provider(contact=contact, name="" if contact else said["helper"])

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        if said.get("owner") == OwnerKind.PROVIDER and not (said.get("contact") or said.get("helper")):
            self.add_error("helper", self.nobody_named())
        return said


class StepForm(OwnerFields):
    """A new step."""

    words = area(
        gettext_lazy("What is done?"),
        required=True,
        most=300,
        help_text=gettext_lazy("One small thing, in plain words: ask the college what the course costs."),
    )
    due_on = day(gettext_lazy("By which day?"), gettext_lazy("the day of the step"))
    origin = radios(gettext_lazy("Where does it come from?"), ORIGINS, label_size="s", required=True)
    goal = look(forms.ChoiceField(label=gettext_lazy("For which goal?"), required=False))
    why = line(gettext_lazy("Why now?"), help_text=gettext_lazy("The customer reads it."))
    field_order = ("words", "owner", "person", "contact", "helper", "due_on", "origin", "goal", "why")

    def __init__(
        self,
        people: Iterable[Any],
        goals: Iterable[Any],
        mine: str,
        data: Any = None,
        *,
        contacts: Iterable[Any] = (),
        asks_origin: bool = True,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.set_people(people, mine)
        self.set_contacts(contacts)
        self.goals = {goal.ref: goal for goal in goals}
        if asks_origin:
            self.fields["origin"].initial = Origin.TALK
        else:
            del self.fields["origin"]
        if not self.goals:
            del self.fields["goal"]
            return
        choice_field(self, "goal").choices = [
            ("", _("none in particular")),
            *((ref, goal.words) for ref, goal in self.goals.items()),
        ]


class StandForm(OwnerFields):
    """How a step stands: done, more time, otherwise, or no longer wanted."""

    REVEALS_CONTACT = ("owner", "how")

    how = look(
        forms.ChoiceField(
            label=gettext_lazy("How does it stand?"),
            choices=[
                (DONE, gettext_lazy("It is done")),
                (MORE_TIME, gettext_lazy("It goes on: another day")),
                (CHANGE, gettext_lazy("It becomes another step: other words, or somebody else does it")),
                (DROP, gettext_lazy("It is no longer wanted")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose how it stands")},
        ),
        small=True,
        label_size="m",
        reveal={MORE_TIME: "again_on", CHANGE: ("words", "owner", "person", "contact", "helper", "due_on")},
    )
    again_on = day(gettext_lazy("Until which day?"), gettext_lazy("the new day"), required=False)
    words = area(gettext_lazy("What is done?"), most=300)
    due_on = day(gettext_lazy("By which day?"), gettext_lazy("the day of the step"), required=False)
    said = area(
        gettext_lazy("What was said or found?"),
        most=300,
        help_text=gettext_lazy("Needed for everything but a step that is done. The customer reads it."),
    )
    field_order = ("how", "again_on", "words", "owner", "person", "contact", "helper", "due_on", "said")

    def __init__(
        self,
        step: Any,
        people: Iterable[Any],
        mine: str,
        data: Any = None,
        *,
        contacts: Iterable[Any] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        as_it_is = {
            "words": step.words,
            "owner": step.owner,
            "contact": step.contact.ref if step.contact else "",
            "helper": step.owner_name,
            "due_on": step.due_on,
        }
        super().__init__(data, initial={**as_it_is, **(initial or {})})
        self.step = step
        self.fields["owner"].required = False
        self.set_people(people, step.person.ref if step.person else mine)
        known = {one.ref: one for one in contacts}
        if step.contact is not None:
            known.setdefault(step.contact.ref, step.contact)
        self.set_contacts(known.values())

    def clean(self) -> dict[str, Any]:
        said = dict(forms.Form.clean(self) or {})
        how = said.get("how")
        if how == MORE_TIME and not said.get("again_on"):
            self.add_error("again_on", _("Give the new day"))
        if how and how != DONE and not said.get("said"):
            self.add_error("said", _("Write what was said or found"))
        if how != CHANGE or said.get("owner") != OwnerKind.PROVIDER:
            return said
        if not (said.get("contact") or said.get("helper")):
            self.add_error("helper", self.nobody_named())
        return said

    def new_owner(self, said: Mapping[str, Any]) -> StepOwner | None:
        """Somebody else than before, or None where it is the same."""
        step = self.step
        if said["owner"] == OwnerKind.PROVIDER and step.owner == OwnerKind.PROVIDER:
            before = step.contact.ref if step.contact else ""
            if (said.get("contact") or "") == before and (before or said["helper"] in {"", step.owner_name}):
                return None
        return self.owner_said(said)


class WordsForm(forms.Form):
    """Words, and why they are other than before."""

    words = area(gettext_lazy("In the customer's words"), required=True, most=500, rows=3)
    why = line(gettext_lazy("What made us write it?"))

    def __init__(self, data: Any = None, *, label: Any = "", help_text: Any = "", **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["words"].label = label or self.fields["words"].label
        self.fields["words"].help_text = help_text


class BarriersForm(forms.Form):
    """What stands in the way, as the customer agrees to have it written."""

    codes = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("What makes it hard just now?"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=gettext_lazy("Mark only what the customer wants to have in their plan."),
        ),
        small=True,
        label_size="m",
        optional_word=False,
    )
    why = line(gettext_lazy("What has changed?"))

    def __init__(self, titles: Mapping[str, str], marked: Iterable[str], data: Any = None) -> None:
        super().__init__(data, initial={"codes": list(marked)})
        field_of(self, "codes", forms.MultipleChoiceField).choices = list(titles.items())


class GoalForm(forms.Form):
    """A goal is reached, or no longer wanted."""

    reached = radios(
        gettext_lazy("How did it end?"),
        [("yes", gettext_lazy("It is reached")), ("no", gettext_lazy("It is no longer wanted"))],
        required=True,
        label_size="m",
    )
    why = line(gettext_lazy("What was said?"), help_text=gettext_lazy("Needed where it is no longer wanted."))


class AgreeForm(forms.Form):
    """What the customer said to the plan."""

    agreed = radios(
        gettext_lazy("Does the customer agree?"),
        [("yes", gettext_lazy("Yes, this is the plan")), ("no", gettext_lazy("No, something is not right"))],
        required=True,
        label_size="m",
    )
    words = area(
        gettext_lazy("What did they say?"),
        most=1000,
        help_text=gettext_lazy("In their words. Needed where something is not right."),
    )
    how = radios(
        gettext_lazy("How did they say it?"), capitalised(AgreedHow.choices), required=True, label_size="s"
    )
    who = line(gettext_lazy("Who spoke for them, if somebody did?"), most=100)
    on = day(gettext_lazy("On which day?"), gettext_lazy("the day on which they said it"))
    send = look(
        forms.BooleanField(
            label=gettext_lazy("Send the plan to them in writing"), required=False, initial=True
        ),
        small=True,
    )


class ReviewForm(forms.Form):
    """What was found, and when the plan is looked at next."""

    words = area(
        gettext_lazy("What did you find together?"),
        required=True,
        most=1000,
        rows=3,
        help_text=gettext_lazy("What was done, what has changed, what they would like now."),
    )
    next_on = day(gettext_lazy("When do you look at it again?"), gettext_lazy("the day of the next look"))


class SignsForm(forms.Form):
    """The seven signs, each as clearly as it is seen; what is not marked stays as it was."""

    seen_by = radios(
        gettext_lazy("Whose view is it?"),
        capitalised(SeenBy.choices),
        required=True,
        label_size="s",
        inline=True,
    )
    who = line(gettext_lazy("Who helps the customer and saw it?"), most=100)
    on = day(gettext_lazy("On which day?"), gettext_lazy("the day on which it was seen"))
    words = line(gettext_lazy("What was seen?"), help_text=gettext_lazy("For example: came alone, by bus."))

    def __init__(self, signs: Iterable[Any], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.codes = []
        for sign in signs:
            name = f"sign_{sign.code}"
            self.codes.append((name, sign.code))
            self.fields[name] = radios(
                sign.title, [("", _("not looked at")), *Seen.choices], label_size="s", inline=True
            )
            self.fields[name].help_text = sign.ask
        self.order_fields(["seen_by", "who", *(name for name, _code in self.codes), "words", "on"])

    def seen(self) -> dict[str, Seen]:
        """What was marked, by the code of the sign."""
        said = self.cleaned_data
        return {code: Seen(said[name]) for name, code in self.codes if said.get(name)}


def later(today: date, days: int) -> date:
    return today + timedelta(days=days)
