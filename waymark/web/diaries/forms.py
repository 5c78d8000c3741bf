"""Forms of the diaries, and `SlotForm`, which any page that books may show with `diaries/_slots.html`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.diary import queries
from waymark.interviews.diary.queries import SlotSearch
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Mode
from waymark.interviews.series.preferences import Wishes, honoured
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, TimeField, look
from waymark.web.ui.templatetags.ui import long_day

ROW_SALT = "waymark.web.diaries.row"
LENGTHS = [(minutes, gettext_lazy("%s minutes") % minutes) for minutes in (15, 30, 45, 60, 90)]
WORDS = {"min_length": 2, "max_length": 300}


def row_key(row: Any) -> str:
    """A row of a list as a word that a form carries."""
    return signing.dumps(row.pk, salt=ROW_SALT)


def row_of(key: str) -> int:
    """The id behind `row_key`; 0, which is nobody's, for anything else."""
    try:
        return int(signing.loads(key, salt=ROW_SALT))
    except signing.BadSignature:
        return 0


class SlotField(forms.ChoiceField):
    """One of the times that were offered. Whether it is still free, the verb says."""

    widget = forms.RadioSelect
    default_error_messages = {"required": gettext_lazy("Choose a time")}

    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        if queries.slot_from_key(value) is None:
            raise forms.ValidationError(_("These times were shown too long ago. Choose again."), code="old")


def suits_words(slot: Slot, wishes: Wishes) -> str:
    """Which of the customer's wishes a time honours, and which not."""
    kept, not_kept = honoured(slot, wishes)
    words = [_("Suits: %(wishes)s.") % {"wishes": ", ".join(kept)}] if kept else []
    words += [_("Does not suit: %(wishes)s.") % {"wishes": ", ".join(not_kept)}] if not_kept else []
    return " ".join(words)


class SlotForm(forms.Form):
    """The times of a search as radios, by day, each with what it makes of the customer's `wishes`.

    `form.chosen` is the slot once the form is valid.
    """

    slot = look(SlotField(label=gettext_lazy("Time")), small=True)

    def __init__(
        self,
        search: SlotSearch,
        data: Mapping[str, Any] | None = None,
        *,
        wishes: Wishes | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.search = search
        posted = str(data.get("slot", "")) if data else ""
        before = queries.slot_from_key(posted) if posted else None
        offered = [(posted if slot == before else queries.slot_key(slot), slot) for slot in search.slots]
        self.times = [
            (str(long_day(day, day)), [(key, queries.slot_words(slot)) for key, slot in slots])
            for day, slots in groupby(offered, key=lambda pair: pair[1].day)
        ]
        choice_field(self, "slot").choices = self.times
        if wishes is not None:
            hints = {key: suits_words(slot, wishes) for key, slot in offered}
            look(self.fields["slot"], small=True, optional_word=False, hints=hints)

    @property
    def chosen(self) -> Slot:
        slot = queries.slot_from_key(self.cleaned_data["slot"])
        assert slot is not None
        return slot


class DespiteForm(SlotForm):
    """Likewise; a time in hours in which the customer cannot come is taken with a word only."""

    def __init__(self, *args: Any, wishes: Wishes | None = None, **kwargs: Any) -> None:
        super().__init__(*args, wishes=wishes, **kwargs)
        if wishes is not None and any(
            hours.touches(slot) for hours in wishes.taken for slot in self.search.slots
        ):
            self.fields["despite"] = forms.CharField(
                label=_("Why in hours in which they cannot come?"),
                required=False,
                max_length=300,
                help_text=_("Only for such a time: what the customer said to it"),
            )

    @property
    def word(self) -> str:
        """Why all the same, where such a time is shown and it was said."""
        return str(self.cleaned_data.get("despite", ""))


class ReasonField(forms.ChoiceField):
    """Who caused a change and why: one list, grouped by who."""

    widget = forms.RadioSelect


def reason_choices(reasons: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The reasons of a pack, grouped by who causes the change."""
    heads = {"customer": _("The customer"), "us": _("Us"), "other": _("Something else")}
    return [
        (
            head,
            [
                (code, reason.title)
                for code, reason in reasons.items()
                if reason.columns["caused_by"] == cause
            ],
        )
        for cause, head in heads.items()
        if any(reason.columns["caused_by"] == cause for reason in reasons.values())
    ]


class ChangeForm(forms.Form):
    """Why an appointment is changed."""

    reason = look(
        ReasonField(
            label=gettext_lazy("Why?"),
            error_messages={"required": gettext_lazy("Choose why the appointment is changed")},
        ),
        small=True,
    )
    words = look(
        forms.CharField(
            label=gettext_lazy("In your words"),
            required=False,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("The customer may read this."),
        ),
        counter=300,
    )
    reasons: Mapping[str, Any]

    def offer(self, reasons: Mapping[str, Any]) -> None:
        self.reasons = reasons
        choice_field(self, "reason").choices = reason_choices(reasons)

    @property
    def change(self) -> dict[str, str]:
        """`caused_by`, `reason` and `words` as the verbs take them."""
        code = self.cleaned_data["reason"]
        return {
            "caused_by": self.reasons[code].columns["caused_by"],
            "reason": code,
            "words": self.cleaned_data["words"],
        }


class CancelForm(ChangeForm):
    def __init__(self, reasons: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.offer(reasons)


class MoveForm(ChangeForm, SlotForm):
    """Another time, and why."""

    field_order = ["slot", "reason", "words"]

    def __init__(
        self,
        search: SlotSearch,
        reasons: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        *,
        wishes: Wishes | None = None,
    ) -> None:
        super().__init__(search, data, wishes=wishes)
        self.offer(reasons)


class WishForm(forms.Form):
    """What a time must offer: a filter beside the times."""

    mode = look(
        forms.ChoiceField(label=gettext_lazy("How"), choices=Mode.choices, required=False), label_size="s"
    )
    start = DateField(label=gettext_lazy("From"), what=gettext_lazy("the first day"), required=False)
    adviser = forms.ChoiceField(label=gettext_lazy("With"), required=False)
    private_room = look(forms.BooleanField(label=gettext_lazy("Private room"), required=False), small=True)
    step_free = look(forms.BooleanField(label=gettext_lazy("Step-free room"), required=False), small=True)

    def __init__(self, people: Iterable[Any], data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        known = list(people)
        choices = [("", _("any adviser")), *((person.ref, person.name) for person in known)]
        choice_field(self, "adviser").choices = choices
        self.people = {person.ref: person for person in known}

    @property
    def said(self) -> Mapping[str, Any]:
        """What is wished, without what was typed wrong; the first values before anything is typed."""
        if not self.is_bound:
            return self.initial
        self.full_clean()
        return self.cleaned_data

    @property
    def wish(self) -> dict[str, Any]:
        """The arguments of `find_slots` that this form decides."""
        said = self.said
        return {
            "mode": said.get("mode") or Mode.OFFICE,
            "private_room": bool(said.get("private_room")),
            "step_free": bool(said.get("step_free")),
            "only_with": self.people.get(said.get("adviser") or ""),
        }

    def first_moment(self, now: datetime) -> datetime:
        """The start of the first day asked for, or now."""
        start = self.said.get("start")
        return max(now, queries.moment(start, 0)) if start else now


class FindForm(WishForm):
    """The search page of its own."""

    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long"), choices=LENGTHS, coerce=int, empty_value="", required=False
    )
    until = DateField(label=gettext_lazy("Wanted by"), what=gettext_lazy("the last day"), required=False)
    with_assessor = look(
        forms.BooleanField(label=gettext_lazy("Financial assessor first"), required=False), small=True
    )
    field_order = [
        "minutes",
        "mode",
        "adviser",
        "start",
        "until",
        "with_assessor",
        "private_room",
        "step_free",
    ]


class HoursForm(forms.Form):
    """Hours in which a person takes appointments."""

    weekdays = look(
        forms.TypedMultipleChoiceField(
            label=gettext_lazy("Days of the week"),
            choices=list(WEEKDAYS.items()),
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": gettext_lazy("Choose at least one day of the week")},
        ),
        small=True,
        inline=True,
    )
    starts = look(TimeField(label=gettext_lazy("From"), help_text=gettext_lazy("For example 9:00")), width=5)
    ends = look(TimeField(label=gettext_lazy("Until"), help_text=gettext_lazy("For example 17:00")), width=5)
    sorts = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("For appointments"),
            choices=[
                ("in_office", gettext_lazy("at the office")),
                ("by_phone", gettext_lazy("by telephone")),
                ("at_home", gettext_lazy("at home or another place (with the journey)")),
            ],
            widget=forms.CheckboxSelectMultiple,
            initial=["in_office", "by_phone"],
            error_messages={"required": gettext_lazy("Choose at least one kind of appointment")},
        ),
        small=True,
    )
    valid_from = DateField(label=gettext_lazy("First day"), what=gettext_lazy("the first day"))
    valid_until = DateField(label=gettext_lazy("Last day"), what=gettext_lazy("the last day"), required=False)

    @property
    def wish(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        sorts = said.pop("sorts")
        return {**said, **{sort: sort in sorts for sort in ("in_office", "by_phone", "at_home")}}


class EndHoursForm(forms.Form):
    """The last day of some hours."""

    which = forms.ChoiceField(label=gettext_lazy("Which hours"))
    last_day = DateField(label=gettext_lazy("Their last day"), what=gettext_lazy("the last day"))

    def __init__(self, held: Iterable[Any], words: Any, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.held = list(held)
        choice_field(self, "which").choices = [
            (str(number), words(row)) for number, row in enumerate(self.held)
        ]

    @property
    def chosen(self) -> Any:
        return self.held[int(self.cleaned_data["which"])]


class BlockForm(forms.Form):
    """Something else than appointments."""

    what = look(
        forms.CharField(
            label=gettext_lazy("What for"),
            max_length=100,
            help_text=gettext_lazy("For example training, a team meeting, time to write up"),
            error_messages={"required": gettext_lazy("Say what the time is for")},
        ),
        width=20,
    )
    day = DateField(label=gettext_lazy("Day"), what=gettext_lazy("the day"))
    starts = look(TimeField(label=gettext_lazy("From"), help_text=gettext_lazy("For example 9:00")), width=5)
    ends = look(TimeField(label=gettext_lazy("Until"), help_text=gettext_lazy("For example 10:30")), width=5)

    @property
    def during(self) -> tuple[datetime, datetime]:
        day, zone = self.cleaned_data["day"], timezone.get_default_timezone()
        return (
            datetime.combine(day, self.cleaned_data["starts"], tzinfo=zone),
            datetime.combine(day, self.cleaned_data["ends"], tzinfo=zone),
        )
