"""Forms of cases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.casework.enums import (
    BegunBy,
    ContactChannel,
    LedTo,
    MeetingKind,
    Purpose,
    Told,
    TransferKind,
    With,
)
from waymark.organisations.enums import Role
from waymark.web.fields import choice_field
from waymark.web.sittings.forms import capitalised, radios
from waymark.web.ui.forms import DateField, TimeField, look

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
EMPTY = [("", gettext_lazy("Choose"))]
MOST = 2000
STEPS = 4
MINUTES = 30


def area(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "", most: int = MOST) -> Any:
    return look(
        forms.CharField(
            label=label,
            required=required,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": rows}),
            help_text=help_text,
        ),
        optional_word=False,
    )


def line(label: Any, *, required: bool = False, help_text: Any = "", most: int = 200) -> Any:
    return look(
        forms.CharField(label=label, required=required, max_length=most, help_text=help_text),
        optional_word=False,
    )


def number(label: Any, *, least: int, most: int, help_text: Any = "", required: bool = False) -> Any:
    return look(
        forms.IntegerField(
            label=label, min_value=least, max_value=most, required=required, help_text=help_text
        ),
        width=3,
        optional_word=False,
    )


def tick(label: Any, help_text: Any = "") -> Any:
    return look(forms.BooleanField(label=label, required=False, help_text=help_text), small=True)


def choose(label: Any, *, required: bool = True, help_text: Any = "") -> Any:
    return look(forms.ChoiceField(label=label, required=required, help_text=help_text), optional_word=False)


class TransferForm(forms.Form):
    """Who takes the customer over, why, for how long, and what it was weighed by."""

    who = choose(gettext_lazy("Who takes the customer over?"))
    kind = look(
        forms.ChoiceField(
            label=gettext_lazy("For how long?"),
            choices=[
                (TransferKind.TEMPORARY, gettext_lazy("For a time: it comes back by itself")),
                (TransferKind.PERMANENT, gettext_lazy("For good: when they accept")),
            ],
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={
            TransferKind.TEMPORARY: ["returns_on", "returns_when", "ask_on"],
            TransferKind.PERMANENT: "can_provide",
        },
    )
    returns_on = look(
        DateField(
            label=gettext_lazy("It comes back on"), required=False, what=gettext_lazy("the day it comes back")
        ),
        optional_word=False,
    )
    returns_when = line(
        gettext_lazy("Or when this has happened"),
        help_text=gettext_lazy("For example: the course has ended"),
        most=300,
    )
    ask_on = look(
        DateField(
            label=gettext_lazy("Ask on this day whether it has"),
            required=False,
            what=gettext_lazy("the day to ask"),
        ),
        optional_word=False,
    )
    can_provide = area(gettext_lazy("How can they give, or find, all the help the customer needs?"), rows=2)
    reason = choose(gettext_lazy("Why?"))
    remit = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("To a disability adviser: which part of their work is it?"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        small=True,
        optional_word=False,
    )
    why = area(gettext_lazy("What must they know?"), help_text=gettext_lazy("Between colleagues."))
    customer_agreed = radios(gettext_lazy("Does the customer agree?"), YES_NO, required=True, inline=True)
    agreed_with = line(
        gettext_lazy("With whom else was it agreed?"),
        help_text=gettext_lazy("Names, by telephone or in person"),
    )
    customer_prefers = area(gettext_lazy("What does the customer prefer?"), rows=2)
    customer_needs = area(gettext_lazy("What does the customer need?"), rows=2)
    knows_the_case = area(gettext_lazy("Who knows the customer best?"), rows=2)
    hold_until_met = tick(
        gettext_lazy("Wait until the customer has met them"),
        gettext_lazy("A meeting of three is planned first. Until then nothing changes."),
    )
    lender_hears = tick(gettext_lazy("The customer agrees that the one before goes on hearing how it goes"))
    made_as = look(
        forms.ChoiceField(
            label=gettext_lazy("In which role do you do this?"), required=False, widget=forms.RadioSelect
        ),
        small=True,
        optional_word=False,
    )

    def __init__(
        self,
        *args: Any,
        holders: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        reasons: Mapping[str, Any],
        remit: Mapping[str, Any],
        roles: Sequence[Role],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [*EMPTY, *holders]
        choice_field(self, "reason").choices = [*EMPTY, *((code, row.title) for code, row in reasons.items())]
        if remit:
            choice_field(self, "remit").choices = [(code, row.title) for code, row in remit.items()]
        else:
            del self.fields["remit"]
        if len(roles) > 1:
            field = choice_field(self, "made_as")
            field.choices = capitalised((role.value, role.label) for role in roles)
            field.initial = roles[0].value
        else:
            del self.fields["made_as"]


class AnswerForm(forms.Form):
    """Whether somebody takes a customer over."""

    accept = look(
        forms.ChoiceField(
            label=gettext_lazy("Do you take the customer over?"),
            choices=[
                ("yes", gettext_lazy("Yes")),
                ("no", gettext_lazy("No: the customer stays where they are")),
            ],
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={"no": ["reason", "words"]},
    )
    reason = look(
        forms.ChoiceField(label=gettext_lazy("Why not?"), required=False, widget=forms.RadioSelect),
        small=True,
        optional_word=False,
    )
    words = area(gettext_lazy("In your words"), rows=2)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reasons:
            del self.fields["reason"]
            return
        field = choice_field(self, "reason")
        field.choices = [
            *((code, row.title) for code, row in reasons.items()),
            ("", _("Something else")),
        ]


class WordsForm(forms.Form):
    """A reason in words."""

    words = area(gettext_lazy("Why?"), rows=2, required=True, most=300)


class ReturnForm(forms.Form):
    words = area(
        gettext_lazy("What has happened?"),
        rows=2,
        help_text=gettext_lazy("The customer reads who is there for them now, not this."),
    )


class ProlongForm(forms.Form):
    returns_on = DateField(label=gettext_lazy("Until when?"), what=gettext_lazy("the day it comes back"))
    words = area(gettext_lazy("Why?"), rows=2, required=True, most=300)


class MeetingForm(forms.Form):
    """Who meets, when and where, about what."""

    kind = radios(gettext_lazy("What is it?"), MeetingKind.choices, required=True)
    on = DateField(label=gettext_lazy("On which day?"), what=gettext_lazy("the day of the meeting"))
    at = TimeField(label=gettext_lazy("At what time?"))
    minutes = number(gettext_lazy("How many minutes?"), least=5, most=240, required=True)
    place = line(
        gettext_lazy("Where?"), required=True, help_text=gettext_lazy("An address, or: by telephone")
    )
    who = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Who is asked to come?"), widget=forms.CheckboxSelectMultiple, required=False
        ),
        small=True,
        optional_word=False,
    )
    others = area(
        gettext_lazy("Anybody else?"),
        rows=2,
        help_text=gettext_lazy("One on each line: name, then a comma, then where they are from"),
    )
    with_customer = tick(gettext_lazy("The customer comes too"))
    objectives = area(gettext_lazy("What does the customer want to reach, and what is it about?"), rows=3)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = list(people)


class SettleForm(forms.Form):
    """How a meeting went: who came, what was said, what was agreed."""

    came = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Who came?"), widget=forms.CheckboxSelectMultiple, required=False
        ),
        small=True,
        optional_word=False,
    )
    introduced = radios(
        gettext_lazy("Have the customer and the next case manager met?"),
        YES_NO,
        inline=True,
    )
    minutes = number(gettext_lazy("How many minutes did it take?"), least=1, most=480)
    views = area(gettext_lazy("What was said?"), rows=4)
    problems = area(gettext_lazy("What stands in the way between the organisations?"), rows=2)
    not_reached = area(gettext_lazy("What is not reached yet, and how could it be?"), rows=3)

    def __init__(self, *args: Any, names: Sequence[str], handover: bool, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "came").choices = [(name, name) for name in names]
        if not handover:
            del self.fields["introduced"]
        for n in range(1, STEPS + 1):
            self.fields[f"step_{n}"] = line(_("What was agreed (%(n)d)") % {"n": n}, most=300)
            self.fields[f"step_{n}_who"] = look(
                forms.ChoiceField(
                    label=_("Who does it?"),
                    required=False,
                    choices=[("", _("Choose")), *((name, name) for name in names)],
                ),
                optional_word=False,
            )
            self.fields[f"step_{n}_by"] = look(
                DateField(label=_("By when?"), required=False, what=_("the day of step %(n)d") % {"n": n}),
                optional_word=False,
            )

    def steps(self) -> list[tuple[str, str, date]]:
        """What was entered of steps: words, who, by when; rows left empty are no steps."""
        data = self.cleaned_data
        return [
            (data[f"step_{n}"], data[f"step_{n}_who"], data[f"step_{n}_by"])
            for n in range(1, STEPS + 1)
            if data.get(f"step_{n}")
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in range(1, STEPS + 1):
            if data.get(f"step_{n}"):
                if not data.get(f"step_{n}_who"):
                    self.add_error(f"step_{n}_who", _("Say who does step %(n)d") % {"n": n})
                if not data.get(f"step_{n}_by") and f"step_{n}_by" not in self.errors:
                    self.add_error(f"step_{n}_by", _("Say by when step %(n)d is done") % {"n": n})
        return data


class StepForm(forms.Form):
    state = look(
        forms.ChoiceField(
            label=gettext_lazy("What became of it?"),
            choices=[("done", gettext_lazy("It is done")), ("dropped", gettext_lazy("It is not done"))],
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={"dropped": "words"},
    )
    words = line(gettext_lazy("Why?"), most=300)


class ContactForm(forms.Form):
    """One contact: with whom, how, what for, how long; and when the next one is."""

    whom = radios(gettext_lazy("With whom?"), With.choices, required=True)
    contact = choose(gettext_lazy("With whom there?"), required=False)
    channel = radios(gettext_lazy("How?"), ContactChannel.choices, required=True)
    begun_by = radios(gettext_lazy("Who began it?"), BegunBy.choices, required=True, inline=True)
    reached = radios(gettext_lazy("Were they reached?"), YES_NO, required=True, inline=True)
    purpose = radios(gettext_lazy("What for?"), Purpose.choices, required=True)
    minutes = number(gettext_lazy("How many minutes?"), least=0, most=480)
    words = area(gettext_lazy("What was said?"), rows=4)
    next_on = look(
        DateField(
            label=gettext_lazy("Was a day agreed for the next time?"),
            required=False,
            what=gettext_lazy("the next day"),
            help_text=gettext_lazy("Left empty, it is planned as usual."),
        ),
        optional_word=False,
    )

    def __init__(self, *args: Any, contacts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(c.ref, f"{c.name}, {c.organisation.name}") for c in contacts]
        if not shown:
            del self.fields["contact"]
            return
        choice_field(self, "contact").choices = [("", _("Nobody by name")), *shown]
        look(
            self.fields["whom"],
            small=True,
            optional_word=False,
            reveal={With.SERVICE: "contact"},
        )


class RhythmForm(forms.Form):
    """How often we are in touch with this customer."""

    how = look(
        forms.ChoiceField(
            label=gettext_lazy("How often?"),
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={"agreed": ["every_days", "because"]},
    )
    every_days = number(gettext_lazy("Every how many days?"), least=1, most=365)
    because = line(
        gettext_lazy("What is it that the customer needs?"),
        most=300,
        help_text=gettext_lazy("The customer’s circumstances are a reason; too little time is none."),
    )
    via = choose(
        gettext_lazy("Would the customer rather hear from somebody else than from us?"), required=False
    )

    def __init__(self, *args: Any, usual: int, contacts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "how").choices = [
            ("usual", _("As usual: every %(n)d days") % {"n": usual}),
            ("agreed", _("Otherwise, as the customer needs it")),
        ]
        choice_field(self, "via").choices = [
            ("", _("No, from us")),
            *((c.ref, f"{c.name}, {c.organisation.name}") for c in contacts),
        ]


class WishForm(forms.Form):
    """Whom the customer would like to be responsible."""

    whom = line(
        gettext_lazy("Whom would the customer like to be there for everything?"),
        help_text=gettext_lazy(
            "A name, and where they work: a colleague, or somebody of a service. Leave it empty if there is no wish."
        ),
    )


class PartyForm(forms.Form):
    """Somebody with an interest, and whether the customer agrees that they hear how it goes."""

    who = choose(gettext_lazy("Who?"))
    part = line(
        gettext_lazy("What is their interest?"),
        required=True,
        help_text=gettext_lazy("For example: runs the course, is the customer’s nurse"),
    )
    may_be_told = look(
        forms.ChoiceField(
            label=gettext_lazy("Does the customer agree that they hear how it goes?"),
            choices=capitalised(Told.choices),
            widget=forms.RadioSelect,
        ),
        small=True,
        hints={Told.YES: gettext_lazy("As the customer said today. It can be taken back on any day.")},
    )

    def __init__(
        self, *args: Any, holders: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [*EMPTY, *holders]


class EnquiryForm(forms.Form):
    """A question to a service before anybody is referred."""

    service = choose(gettext_lazy("Which service?"))
    channel = radios(gettext_lazy("How do you ask?"), ContactChannel.choices, required=True, inline=True)
    question = area(
        gettext_lazy("What do you ask?"),
        required=True,
        help_text=gettext_lazy("Without anything by which the customer could be known, unless they agree."),
    )
    named = look(
        forms.ChoiceField(
            label=gettext_lazy("Do they learn who the customer is?"),
            choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes, with the customer’s yes"))],
            widget=forms.RadioSelect,
            initial="no",
        ),
        small=True,
        reveal={"yes": "consented_on"},
    )
    consented_on = look(
        DateField(
            label=gettext_lazy("On which day did the customer agree?"),
            required=False,
            what=gettext_lazy("the day of the yes"),
        ),
        optional_word=False,
    )
    answer = area(gettext_lazy("What did they answer, if they did at once?"))
    answered_name = line(gettext_lazy("Who answered?"), most=100)

    def __init__(self, *args: Any, services: Iterable[Any], case: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(s.ref, f"{s.name}, {s.organisation.name}") for s in services]
        choice_field(self, "service").choices = [*EMPTY, *shown]
        if not case:
            del self.fields["named"], self.fields["consented_on"]
        else:
            self.fields["consented_on"].latest = today  # type: ignore[attr-defined]  # a DateField of ours


class EnquiryAnswerForm(forms.Form):
    """What the service answered, and what becomes of it."""

    answer = area(gettext_lazy("What did they answer?"))
    answered_name = line(gettext_lazy("Who answered?"), most=100)
    led_to = look(
        forms.ChoiceField(
            label=gettext_lazy("What becomes of it?"),
            choices=[
                (LedTo.REFERRED, gettext_lazy("The customer is referred")),
                (LedTo.NOT_REFERRED, gettext_lazy("No referral")),
                ("later", gettext_lazy("That is decided later")),
            ],
            widget=forms.RadioSelect,
            initial="later",
        ),
        small=True,
        reveal={LedTo.NOT_REFERRED: "why"},
    )
    why = line(gettext_lazy("Why not?"), most=300)

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answered:
            del self.fields["answer"], self.fields["answered_name"]


class ReasonForm(forms.Form):
    """One reason of a list, and words."""

    reason = look(forms.ChoiceField(label=gettext_lazy("Why?"), widget=forms.RadioSelect), small=True)
    words = area(gettext_lazy("More, if there is"), rows=2)

    def __init__(self, *args: Any, reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look(
            self.fields["reason"],
            small=True,
            hints={
                code: row.columns.get("hint", "") for code, row in reasons.items() if row.columns.get("hint")
            },
        )
        choice_field(self, "reason").choices = [(code, row.title) for code, row in reasons.items()]


class NameForm(forms.Form):
    """Who is responsible from now on, since who was is not here any more."""

    who = choose(gettext_lazy("Who is responsible from now on?"))
    why = line(gettext_lazy("Why?"), required=True, most=300)

    def __init__(
        self, *args: Any, holders: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [*EMPTY, *holders]


class PeriodForm(forms.Form):
    """From when to when figures are counted."""

    since = DateField(label=gettext_lazy("From"), required=False, what=gettext_lazy("the first day"))
    until = DateField(label=gettext_lazy("To"), required=False, what=gettext_lazy("the last day"))
