"""Forms about work, and about the time after a benefit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.employment.enums import Answer, Disclosing, EvidenceKind, Going, JobKind, PayPeriod
from waymark.employment.verbs import NewJob
from waymark.web.actionplans.forms import day, line
from waymark.web.fields import choice_field, field_of
from waymark.web.interviews.forms import area
from waymark.web.sittings.forms import capitalised, radios
from waymark.web.ui.forms import look

PENCE = 100
TALKED, NOBODY = "talked", "nobody"


def hours_field(label: Any, *, required: bool = True) -> forms.DecimalField:
    field = forms.DecimalField(
        label=label,
        min_value=Decimal("0.5"),
        max_value=168,
        max_digits=4,
        decimal_places=1,
        required=required,
    )
    return look(field, width=4, suffix=gettext_lazy("hours a week"))


def money_field(label: Any) -> forms.DecimalField:
    field = forms.DecimalField(label=label, min_value=0, max_digits=8, decimal_places=2, required=False)
    return look(field, width=5, prefix="£", optional_word=False)


def pence(pounds: Decimal | None) -> int | None:
    return None if pounds is None else int(pounds * PENCE)


class PayForm(forms.Form):
    """Hours and pay, the same wherever they are asked."""

    hours = hours_field(gettext_lazy("How many hours?"))
    pay = money_field(gettext_lazy("What does it pay, before tax?"))
    pay_period = look(
        forms.ChoiceField(
            label=gettext_lazy("For how long is that?"),
            choices=[("", gettext_lazy("not known, or unpaid")), *capitalised(PayPeriod.choices)],
            required=False,
        ),
        optional_word=False,
    )

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        if said.get("pay") is not None and not said.get("pay_period"):
            self.add_error("pay_period", _("Say what the pay is for: an hour, a week, a month"))
        return said


class JobForm(PayForm):
    """A job of the customer."""

    kind = radios(
        gettext_lazy("What kind of work is it?"), capitalised(JobKind.choices), required=True, label_size="s"
    )
    employer = line(
        gettext_lazy("Who is it for?"),
        most=200,
        required=True,
        help_text=gettext_lazy("The business, or what they do if they work for themselves"),
    )
    work = line(gettext_lazy("What do they do there?"), most=200)
    starts_on = day(gettext_lazy("From which day?"), gettext_lazy("the first day"))
    lasting = radios(
        gettext_lazy("Is it meant to last?"),
        [
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No, for a time")),
            ("", gettext_lazy("Not known")),
        ],
        label_size="s",
        inline=True,
    )
    adjustments = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("What does the employer do for them?"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        small=True,
        label_size="s",
    )
    field_order = (
        "kind",
        "employer",
        "work",
        "starts_on",
        "hours",
        "pay",
        "pay_period",
        "lasting",
        "adjustments",
    )

    def __init__(self, rules: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        field_of(self, "adjustments", forms.MultipleChoiceField).choices = titles(rules, "adjustment")

    def new_job(self, said: Mapping[str, Any]) -> NewJob:
        return NewJob(
            employer=said["employer"],
            kind=JobKind(said["kind"]),
            hours=said["hours"],
            starts_on=said["starts_on"],
            work=said["work"],
            pay_pence=pence(said["pay"]),
            pay_period=said["pay_period"],
            lasting={"yes": True, "no": False}.get(said["lasting"]),
            adjustments=tuple(said["adjustments"]),
        )


class ChangeForm(PayForm):
    """Other hours or other pay from a day on."""

    since = day(gettext_lazy("From which day?"), gettext_lazy("the day of the change"))
    why = line(gettext_lazy("What has changed?"))


class StartForm(forms.Form):
    """Whether a job has begun."""

    begun = radios(
        gettext_lazy("Has the job begun?"),
        [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, and it will not"))],
        required=True,
        label_size="m",
    )
    on = day(gettext_lazy("On which day did it begin?"), gettext_lazy("the first day"), required=False)
    why = line(gettext_lazy("What came of it?"), help_text=gettext_lazy("Needed where it was not begun."))

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        if said.get("begun") == "yes" and not said.get("on"):
            self.add_error("on", _("Give the first day"))
        if said.get("begun") == "no" and not said.get("why"):
            self.add_error("why", _("Write what came of it"))
        return said


class EvidenceForm(forms.Form):
    """What was seen of a job."""

    kind = radios(
        gettext_lazy("What did you see?"), capitalised(EvidenceKind.choices), required=True, label_size="s"
    )
    shows = line(
        gettext_lazy("What does it show?"),
        most=200,
        required=True,
        help_text=gettext_lazy("That the job has begun; its hours; its pay"),
    )
    on = day(gettext_lazy("When did you see it?"), gettext_lazy("the day on which you saw it"))


class OfferForm(forms.Form):
    """Support beside a job, and what the customer said."""

    forms_named = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("What did you name to them?"),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": gettext_lazy("Mark what you named")},
        ),
        small=True,
        label_size="s",
    )
    answer = look(
        forms.ChoiceField(
            label=gettext_lazy("What do they say?"),
            choices=capitalised(Answer.choices),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what they said")},
            help_text=gettext_lazy("Any answer is right. None has a consequence."),
        ),
        small=True,
        label_size="s",
        reveal={Answer.LATER: "ask_again_on"},
    )
    ask_again_on = day(
        gettext_lazy("When do you ask again?"), gettext_lazy("the day to ask again"), required=False
    )
    calls_welcome = radios(
        gettext_lazy("May we ring now and then in the first weeks?"),
        [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Rather not"))],
        required=True,
        label_size="s",
        inline=True,
    )
    words = line(gettext_lazy("In their words"))

    def __init__(self, rules: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        field_of(self, "forms_named", forms.MultipleChoiceField).choices = titles(rules, "in_work_support")
        self.fields["calls_welcome"].initial = "yes"


class CallForm(forms.Form):
    """A call in the first weeks."""

    reached = radios(
        gettext_lazy("Did you reach them?"),
        [(TALKED, gettext_lazy("Yes, we talked")), (NOBODY, gettext_lazy("Nobody answered"))],
        required=True,
        label_size="m",
    )
    going = radios(gettext_lazy("How does it go?"), capitalised(Going.choices), label_size="s", inline=True)
    problems = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("What is hard?"), widget=forms.CheckboxSelectMultiple, required=False
        ),
        small=True,
        label_size="s",
        optional_word=False,
    )
    words = area(
        gettext_lazy("What was said, and what follows?"),
        most=1000,
        rows=3,
        help_text=gettext_lazy("Needed where it does not go well."),
    )
    again_on = day(
        gettext_lazy("Ring once more before the next call?"),
        gettext_lazy("the day of the extra call"),
        required=False,
    )

    def __init__(self, rules: Any, data: Any = None) -> None:
        super().__init__(data)
        reasons = rules.reasons("in_work_problem")
        field_of(self, "problems", forms.MultipleChoiceField).choices = titles(rules, "in_work_problem")
        look(
            self.fields["problems"],
            small=True,
            label_size="s",
            optional_word=False,
            hints={code: row.columns["ask"] for code, row in reasons.items() if row.columns["ask"]},
        )

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        if said.get("reached") == TALKED and not said.get("going"):
            self.add_error("going", _("Choose how it goes"))
        return said


class LeaveForm(forms.Form):
    """A job has ended."""

    on = day(gettext_lazy("What was the last day?"), gettext_lazy("the last day"))
    because = radios(gettext_lazy("Why did it end?"), [], required=True, label_size="s")
    words = area(gettext_lazy("In their words"), most=300)
    next_words = line(
        gettext_lazy("What comes next?"),
        required=True,
        help_text=gettext_lazy(
            "One small step, so that they are not left alone: talk about what would suit better."
        ),
    )
    next_on = day(gettext_lazy("By which day?"), gettext_lazy("the day of what comes next"))

    def __init__(self, rules: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        choice_field(self, "because").choices = titles(rules, "job_ended")


class SustainedForm(forms.Form):
    """A milestone is reached, and the work goes on."""

    words = area(gettext_lazy("How is it?"), most=300)


class TalkForm(forms.Form):
    """Words that a verb asks for."""

    words = area(gettext_lazy("What was said?"), required=True, most=1000, rows=3)


class WishesForm(forms.Form):
    """What work should be like."""

    work = line(gettext_lazy("What kind of work would they like?"), most=200)
    least_hours = hours_field(gettext_lazy("At least"), required=False)
    most_hours = hours_field(gettext_lazy("At most"), required=False)
    most_travel_minutes = look(
        forms.IntegerField(
            label=gettext_lazy("How long may the way there be?"), min_value=0, max_value=300, required=False
        ),
        width=3,
        suffix=gettext_lazy("minutes"),
    )
    times = line(
        gettext_lazy("Which hours fit?"),
        most=200,
        help_text=gettext_lazy("School hours; not on treatment days"),
    )
    avoid = line(
        gettext_lazy("What do they want to avoid?"),
        help_text=gettext_lazy("Pressure, pay by commission, nights, being alone"),
    )


class DisclosureForm(forms.Form):
    """Telling an employer of one's health."""

    ways_shown = look(
        forms.BooleanField(
            label=gettext_lazy(
                "I put all the ways neutrally: telling, telling later, telling one person, not telling"
            ),
            required=False,
        ),
        small=True,
    )
    law_named = look(
        forms.BooleanField(label=gettext_lazy("I named the law on disability at work"), required=False),
        small=True,
    )
    advice = area(
        gettext_lazy("What did you say?"),
        required=True,
        most=2000,
        rows=4,
        help_text=gettext_lazy("The next adviser reads it and says the same."),
    )
    decided = radios(
        gettext_lazy("What has the customer decided?"),
        capitalised(Disclosing.choices),
        required=True,
        label_size="s",
    )
    whom = line(gettext_lazy("Who is to be told, or was told?"), most=200)
    words = area(gettext_lazy("In their words"), most=1000)
    otherwise_why = line(gettext_lazy("Why is the advice another than before?"), most=300)

    def __init__(self, data: Any = None, *, again: bool) -> None:
        super().__init__(data)
        if not again:
            del self.fields["otherwise_why"]


def titles(rules: Any, name: str) -> list[tuple[str, str]]:
    """Codes and titles of a list of reasons that hold today."""
    return [(code, row.title) for code, row in rules.reasons(name).items()]
