"""Forms of meetings to come: who must be free, when, moved and cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.casework.enums import MeetingKind
from waymark.kernel.clock import at
from waymark.web.casework.forms.fields import YES_NO, area, line, number, tick
from waymark.web.fields import choice_field
from waymark.web.sittings.forms import radios
from waymark.web.ui.forms import DateField, TimeField, look
from waymark.web.ui.templatetags.ui import clock, long_day

MINUTES = 30
OTHER = "other"


class TimesFilter(forms.Form):
    """Who must be free, for how long, from which day on: the filter beside the times."""

    who = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Who is asked to come?"), widget=forms.CheckboxSelectMultiple, required=False
        ),
        small=True,
        optional_word=False,
    )
    with_customer = tick(gettext_lazy("The customer comes too"))
    minutes = number(gettext_lazy("How many minutes?"), least=5, most=240)
    start = look(
        DateField(label=gettext_lazy("From"), what=gettext_lazy("the first day"), required=False),
        optional_word=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        people: Sequence[tuple[str, str]] | None,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        if people is None:
            del self.fields["who"], self.fields["with_customer"]
        else:
            choice_field(self, "who").choices = list(people)

    @property
    def said(self) -> Mapping[str, Any]:
        """What is wished, without what was typed wrong; the first values before anything is typed."""
        if not self.is_bound:
            return self.initial
        self.full_clean()
        return {
            **self.initial,
            **{key: value for key, value in self.cleaned_data.items() if value is not None},
        }

    @property
    def minutes_wanted(self) -> int:
        return int(self.said.get("minutes") or MINUTES)

    def first_moment(self, now: datetime) -> datetime:
        """The start of the first day asked for, or now."""
        start = self.said.get("start")
        return max(now, at(start, time(0))) if start else now


class WhenField(forms.ChoiceField):
    """One of the times that were offered, or another one. Whether all are still free, the verb says."""

    widget = forms.RadioSelect
    default_error_messages = {"required": gettext_lazy("Choose a time")}

    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        if value != OTHER and moment_of(value) is None:
            raise forms.ValidationError(_("Choose a time"), code="no_time")


def moment_of(value: str) -> datetime | None:
    """The moment behind a choice; None for what is none of ours."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


class WhenForm(forms.Form):
    """The times at which all are free, by day; or another day and hour, where somebody knows better."""

    when = look(
        WhenField(label=gettext_lazy("When?")),
        small=True,
        optional_word=False,
        reveal={OTHER: ["on", "at"]},
    )
    on = look(
        DateField(
            label=gettext_lazy("On which day?"), what=gettext_lazy("the day of the meeting"), required=False
        ),
        optional_word=False,
    )
    at = look(TimeField(label=gettext_lazy("At what time?"), required=False), optional_word=False)

    def __init__(self, *args: Any, times: Sequence[datetime], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_day = groupby(times, key=lambda moment: localtime(moment).date())
        choice_field(self, "when").choices = [
            *(
                (str(long_day(day, today)), [(moment.isoformat(), clock(moment)) for moment in some])
                for day, some in by_day
            ),
            (OTHER, _("Another time")),
        ]
        if not times:
            self.initial.setdefault("when", OTHER)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("when") == OTHER:
            for name, words in (("on", _("Say on which day")), ("at", _("Say at what time"))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data

    @property
    def starts_at(self) -> datetime:
        """The moment chosen, once the form is valid."""
        data = self.cleaned_data
        if data["when"] == OTHER:
            return at(data["on"], data["at"])
        found = moment_of(data["when"])
        assert found is not None
        return found


class MeetingForm(WhenForm):
    """When they meet and where, about what, and who else is asked."""

    kind = radios(gettext_lazy("What is it?"), MeetingKind.choices, required=True)
    place = line(
        gettext_lazy("Where?"), required=True, help_text=gettext_lazy("An address, or: by telephone")
    )
    others = area(
        gettext_lazy("Anybody else, who has no diary here?"),
        rows=2,
        help_text=gettext_lazy("One on each line: name, then a comma, then where they are from"),
    )
    objectives = area(gettext_lazy("What does the customer want to reach, and what is it about?"), rows=3)
    field_order = ["kind", "when", "on", "at", "place", "others", "objectives"]


CUSTOMER_KNOWS = [
    ("yes", gettext_lazy("Yes, it was agreed with them")),
    ("no", gettext_lazy("Not yet: somebody has to tell them today")),
]


class MoveMeetingForm(WhenForm):
    """Another time or place, and why."""

    place = line(gettext_lazy("Where?"), required=True)
    why = area(gettext_lazy("Why?"), rows=2, required=True, most=300)
    knows = radios(gettext_lazy("Does the customer know?"), CUSTOMER_KNOWS, required=True)
    field_order = ["when", "on", "at", "place", "why", "knows"]

    def __init__(self, *args: Any, with_customer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_customer:
            del self.fields["knows"]


class CancelMeetingForm(forms.Form):
    """Why a meeting is cancelled, and what comes instead."""

    why = area(gettext_lazy("Why?"), rows=2, required=True, most=300)
    again = radios(
        gettext_lazy("Is another day to be found?"),
        YES_NO,
        required=True,
        inline=True,
    )
    knows = radios(gettext_lazy("Does the customer know?"), CUSTOMER_KNOWS, required=True)

    def __init__(self, *args: Any, with_customer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_customer:
            del self.fields["knows"]
