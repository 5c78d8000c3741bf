"""Forms of the first contact: a call that was tried, the steps of a conversation, the decision."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.diary.queries import SlotSearch, slot_from_key
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Choice, Mode
from waymark.interviews.queries import Talk
from waymark.interviews.script import Support
from waymark.interviews.verbs import Wish
from waymark.programme.pack import Reason
from waymark.web.diaries.forms import SlotField, SlotForm
from waymark.web.fields import choice_field
from waymark.web.ui.forms import DateField, TimeField, look
from waymark.worklist.enums import TaskKind

NO_SLOT = "none"
AGREED_TIME = "call_at_agreed_time"
CHOICES = [("", gettext_lazy("any"))]


class QueueFilter(forms.Form):
    """Which calls are shown."""

    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[
            *CHOICES,
            *((k.value, k.label) for k in (TaskKind.FIRST_CALL, TaskKind.CALL_BACK, TaskKind.FINISH_CALL)),
        ],
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        choices=[*CHOICES, ("mine", gettext_lazy("mine")), ("free", gettext_lazy("nobody’s yet"))],
    )

    def __init__(self, data: Any, offices: Sequence[Any]) -> None:
        super().__init__(data)
        choices = [*CHOICES, *((office.code, office.name) for office in offices)]
        choice_field(self, "office").choices = choices


class WindowForm(forms.Form):
    """When the customer would like to be rung: a day and two times."""

    day = look(
        DateField(label=gettext_lazy("Day"), what=gettext_lazy("the day to ring"), required=False),
        optional_word=False,
    )
    starts = look(TimeField(label=gettext_lazy("From"), required=False), width=5, optional_word=False)
    ends = look(TimeField(label=gettext_lazy("Until"), required=False), width=5, optional_word=False)

    def insist_on_window(self, now: datetime) -> None:
        """All three are given, in order, and not past."""
        said = self.cleaned_data
        words = {
            "day": _("Enter the day to ring"),
            "starts": _("Enter from when"),
            "ends": _("Enter until when"),
        }
        for name, message in words.items():
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, message)
        window = self.window
        if window is None:
            return
        if window[1] <= window[0]:
            self.add_error("ends", _("The time to ring ends after it starts"))
        elif window[1] <= now:
            self.add_error("day", _("The time to ring must still be to come"))

    @property
    def window(self) -> tuple[datetime, datetime] | None:
        said = self.cleaned_data
        day, starts, ends = said.get("day"), said.get("starts"), said.get("ends")
        if day is None or starts is None or ends is None:
            return None
        zone = timezone.get_default_timezone()
        return datetime.combine(day, starts, tzinfo=zone), datetime.combine(day, ends, tzinfo=zone)


class AttemptForm(WindowForm):
    """How a call ended that did not become a conversation."""

    outcome = forms.ChoiceField(label=gettext_lazy("How did the call end?"), widget=forms.RadioSelect)
    words = look(
        forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300), optional_word=False
    )
    field_order = ["outcome", "day", "starts", "ends", "words"]

    def __init__(self, reasons: Mapping[str, Reason], now: datetime, data: Any = None) -> None:
        super().__init__(data)
        self.now = now
        self.agreed = {c for c, r in reasons.items() if r.columns["next_step"] == AGREED_TIME}
        outcome = choice_field(self, "outcome")
        outcome.choices = [
            (code, reason.title) for code, reason in reasons.items() if reason.columns["next_step"] != "go_on"
        ]
        hints = {c: r.columns["note"] for c, r in reasons.items() if r.columns.get("note")}
        look(outcome, small=True, hints=hints)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("outcome") in self.agreed:
            self.insist_on_window(self.now)
        return self.cleaned_data

    @property
    def agreed_window(self) -> tuple[datetime, datetime] | None:
        return self.window if self.cleaned_data["outcome"] in self.agreed else None


class BreakOffForm(WindowForm):
    """Why a call ends before the decision, and when to go on."""

    why = forms.CharField(
        label=gettext_lazy("Why does the call break off?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why the call breaks off")},
    )
    field_order = ["why", "day", "starts", "ends"]

    def __init__(self, now: datetime, data: Any = None) -> None:
        super().__init__(data)
        self.now = now

    def clean(self) -> dict[str, Any]:
        if any(self.cleaned_data.get(name) for name in ("day", "starts", "ends")):
            self.insist_on_window(self.now)
        return self.cleaned_data


class SupportForm(forms.Form):
    """The help that was explained, item by item."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("What did you tell the customer about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what you told the customer about")},
    )

    def __init__(self, support: Sequence[Support], said: frozenset[str], data: Any = None) -> None:
        super().__init__(data)
        field = choice_field(self, "items")
        field.choices = [(one.code, one.title) for one in support]
        field.initial = [one.code for one in support if one.code in said]
        look(field, hints={one.code: f"“{one.say}”" for one in support}, small=True)


WANTED: dict[str, bool | None] = {"yes": True, "no": False, "unsure": None}


class OfferForm(forms.Form):
    """What the customer said to the offer."""

    wanted = forms.ChoiceField(
        label=gettext_lazy("Does the customer want the interview?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("unsure", gettext_lazy("Not sure")),
        ],
        error_messages={"required": gettext_lazy("Choose what the customer said")},
    )


class ViewForm(forms.Form):
    """The four answers in the customer's words, or why they were not asked."""

    not_asked_because = forms.ChoiceField(
        label=gettext_lazy("If an answer is missing: why was it not asked?"), required=False
    )

    def __init__(self, talk: Talk, reasons: Mapping[str, Reason], data: Any = None) -> None:
        super().__init__(data)
        view = talk.view
        self.asked = [ask.key for ask in talk.script.asks]
        for ask in talk.script.asks:
            field = forms.CharField(
                label=ask.text,
                required=False,
                initial=getattr(view, ask.key, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[ask.key] = look(field, label_size="s", optional_word=False)
        last = choice_field(self, "not_asked_because")
        last.choices = [
            ("", _("All four are answered")),
            *((code, reason.title) for code, reason in reasons.items()),
        ]
        last.initial = view.not_asked_because if view else ""
        look(last, optional_word=False)
        self.order_fields([*self.asked, "not_asked_because"])

    def clean(self) -> dict[str, Any]:
        missing = [name for name in self.asked if not self.cleaned_data.get(name, "").strip()]
        if missing and not self.cleaned_data.get("not_asked_because"):
            for name in missing:
                self.add_error(name, _("Write what the customer said, or choose below why it was not asked"))
        return self.cleaned_data


class AnswerForm(forms.Form):
    """What a team leader answers."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Say what to do, and why: it is kept with the decision."),
        error_messages={"required": gettext_lazy("Write what to do, and why")},
    )


class SlotOrNone(SlotField):
    """A time that was offered, or none for now."""

    def validate(self, value: str) -> None:
        if value not in {"", NO_SLOT}:
            super().validate(value)


AUTHORITY_WORDS: Mapping[str, Promise] = {
    "none": gettext_lazy("Nobody else needs to agree."),
    "check_after": gettext_lazy("It holds at once. A team leader will check this today."),
    "authorise_before": gettext_lazy("A team leader must agree first; until then nothing is sent."),
}


CHOICES_OF_A_DECISION = [
    (Choice.BOOK, gettext_lazy("Book the interview")),
    (Choice.DEFER, gettext_lazy("Put the interview off to a date")),
    (Choice.WAIVE, gettext_lazy("Not ask for an interview")),
]


class DecisionForm(SlotForm):
    """Book, defer or waive, with what each needs; and why, where it is not what was advised."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        widget=forms.RadioSelect,
        choices=CHOICES_OF_A_DECISION,
        error_messages={"required": gettext_lazy("Choose one of the three")},
    )
    mode = look(
        forms.ChoiceField(
            label=gettext_lazy("How to meet"), choices=Mode.choices, widget=forms.RadioSelect, required=False
        ),
        inline=True,
        small=True,
        optional_word=False,
    )
    private_room = look(
        forms.BooleanField(label=gettext_lazy("In a private room"), required=False), small=True
    )
    with_assessor = look(
        forms.BooleanField(
            label=gettext_lazy("The claim form is gone through first, by a financial assessor"),
            required=False,
        ),
        small=True,
    )
    slot = look(SlotOrNone(label=gettext_lazy("Time"), required=False), small=True, optional_word=False)
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    until = look(
        DateField(
            label=gettext_lazy("Until when"), what=gettext_lazy("the day on which it ends"), required=False
        ),
        optional_word=False,
    )
    evidence = forms.ChoiceField(label=gettext_lazy("What it rests on"), required=False)
    length_reason = look(
        forms.CharField(
            label=gettext_lazy("Why this length, if it is not a usual one"), required=False, max_length=500
        ),
        width="full",
        optional_word=False,
    )
    stop_contact = look(
        forms.BooleanField(
            label=gettext_lazy("Stop calls and letters until somebody looks again"), required=False
        ),
        small=True,
    )
    waive_reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    review_on = look(
        DateField(
            label=gettext_lazy("Looked at again on"),
            what=gettext_lazy("the day of the review"),
            required=False,
        ),
        optional_word=False,
    )
    waive_stop = look(
        forms.BooleanField(label=gettext_lazy("Stop calls and letters about the interview"), required=False),
        small=True,
    )
    because = look(
        forms.CharField(
            label=gettext_lazy("Why, in a sentence the customer may read"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        optional_word=False,
    )
    otherwise_code = forms.ChoiceField(label=gettext_lazy("Why other than advised"), required=False)
    otherwise_words = look(
        forms.CharField(
            label=gettext_lazy("In your words"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        optional_word=False,
    )
    field_order = ["choice"]
    booking = ("mode", "private_room", "with_assessor", "slot")
    deferring = ("reason", "until", "evidence", "length_reason", "stop_contact")
    waiving = ("waive_reason", "review_on", "waive_stop")
    otherwise = ("otherwise_code", "otherwise_words")

    def __init__(
        self,
        talk: Talk,
        search: SlotSearch,
        role: str,
        authority: Mapping[str, str],
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(search, data, initial=initial)
        self.talk = talk
        chosen = str((data or initial or {}).get("slot") or "")
        self._offer("reason", talk.rules.reasons("deferral", role), _("choose a reason"))
        self._offer("waive_reason", talk.rules.reasons("waiver", role), _("choose a reason"))
        self._offer("evidence", talk.rules.reasons("evidence"), _("nothing yet"))
        self._offer(
            "otherwise_code", talk.rules.reasons("other_than_advised", role), _("it is what is advised")
        )
        self._offer_times(chosen)
        self.fields["because"].help_text = (
            _("Left empty, the customer reads: “%(because)s”") % {"because": talk.advice.because}
            if talk.advice.settled
            else ""
        )
        self.authority = authority

    def _offer(self, name: str, reasons: Mapping[str, Reason], empty: str) -> None:
        choice_field(self, name).choices = [
            ("", empty),
            *((code, reason.title) for code, reason in reasons.items()),
        ]
        look(self.fields[name], optional_word=False)

    def _offer_times(self, chosen: str) -> None:
        """The times found, the one chosen before, and none for now."""
        found = list(self.times)
        keys = {key for _day, times in found for key, _words in times}
        if chosen not in keys | {"", NO_SLOT}:
            slot = slot_from_key(chosen)
            if slot is not None:
                found.insert(0, (_("Chosen before"), [(chosen, _words_of(slot))]))
        none = (_("No time now"), [(NO_SLOT, _("No time fits yet: finding one is the next step"))])
        choice_field(self, "slot").choices = [*found, none]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        choice = said.get("choice")
        if choice == Choice.BOOK:
            slot = self._slot()
            if "slot" not in self.errors and not said.get("slot"):
                self.add_error("slot", _("Choose a time, or that no time fits yet"))
            elif slot is not None and said.get("mode") and slot.mode != said["mode"]:
                self.add_error("slot", _("You changed how to meet: show the times again and choose one"))
        if choice == Choice.DEFER:
            self._need("reason", _("Choose the reason that fits"))
            self._need("until", _("Enter the day on which it ends"))
        if choice == Choice.WAIVE:
            self._need("waive_reason", _("Choose the reason that fits"))
        return said

    def _need(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def _slot(self) -> Slot | None:
        key = self.cleaned_data.get("slot") or ""
        return slot_from_key(key) if key not in {"", NO_SLOT} else None

    def draft(self) -> dict[str, Any]:
        """What was chosen, as plain words that a session keeps between the pages."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
        }


def wish_of(draft: Mapping[str, Any]) -> Wish:
    """A draft as the verb takes it. What belongs to another choice than the one made is left out."""
    choice = Choice(draft["choice"])
    deferring, waiving = choice == Choice.DEFER, choice == Choice.WAIVE
    key = draft.get("slot") or ""
    return Wish(
        choice=choice,
        reason=draft["reason"] if deferring else draft["waive_reason"] if waiving else "",
        because=draft.get("because", ""),
        until=_day(draft.get("until")) if deferring else None,
        review_on=_day(draft.get("review_on")) if waiving else None,
        evidence=draft.get("evidence", "") if deferring else "",
        otherwise_code=draft.get("otherwise_code", ""),
        otherwise_words=draft.get("otherwise_words", ""),
        length_reason=draft.get("length_reason", "") if deferring else "",
        slot=slot_from_key(key) if choice == Choice.BOOK and key not in {"", NO_SLOT} else None,
        stop_contact=bool(draft.get("stop_contact") if deferring else draft.get("waive_stop"))
        if choice != Choice.BOOK
        else False,
    )


def slot_is_old(draft: Mapping[str, Any]) -> bool:
    """Whether a time was chosen so long ago that it must be chosen again."""
    key = draft.get("slot") or ""
    return draft["choice"] == Choice.BOOK and key not in {"", NO_SLOT} and slot_from_key(key) is None


def initial_of(draft: Mapping[str, Any]) -> dict[str, Any]:
    """A draft as a form shows it again."""
    days = {name: _day(draft.get(name)) for name in ("until", "review_on")}
    return {**draft, **days}


def first_draft(talk: Talk) -> dict[str, Any]:
    """What the advice suggests, before anybody chooses."""
    advice = talk.advice
    stops = talk.rules.reasons("deferral").get(advice.reason) or talk.rules.reasons("waiver").get(
        advice.reason
    )
    stop = stops is not None and stops.yes("stops_contact")
    needs = getattr(talk.claim.customer, "access_needs", None)
    return {
        "choice": advice.choice if advice.settled else "",
        "mode": advice.modes[0] if advice.modes else Mode.OFFICE,
        "private_room": needs is not None and needs.private_room,
        "reason": advice.reason if advice.choice == Choice.DEFER else "",
        "until": advice.until,
        "waive_reason": advice.reason if advice.choice == Choice.WAIVE else "",
        "review_on": advice.review_on or _in_years(talk),
        "stop_contact": stop and advice.choice == Choice.DEFER,
        "waive_stop": stop and advice.choice == Choice.WAIVE,
    }


def _in_years(talk: Talk) -> date:
    years = talk.rules.value("timings.waiver_review_years")
    day = talk.on
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _words_of(slot: Slot) -> str:
    return f"{timezone.localtime(slot.starts_at):%a %d %b %H:%M} {slot.adviser_name}"
