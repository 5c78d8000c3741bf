"""Forms of referrals. Every one of them asks little; what must be there the verb says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from waymark.directory.enums import Channel
from waymark.kernel.clock import at
from waymark.referrals.enums import FixedBy, Given, NotThere, ReferralKind
from waymark.web.fields import choice_field, field_of
from waymark.web.ui.forms import DateField, TimeField, look

EVERY = [("", _("All"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
STATES = [
    ("open", _("Open")),
    ("waiting", _("Waiting for the service")),
    ("under_way", _("Under way")),
    ("after_claim", _("Goes on after the claim has ended")),
    ("returned", _("Sent back")),
    ("ended", _("Ended, to be looked back on")),
    ("told", _("Signposted")),
    ("closed", _("Looked back on")),
    ("declined", _("Declined")),
    ("withdrawn", _("Taken back")),
]


def labels(choices: type) -> list[tuple[str, str]]:
    return [(one.value, capfirst(one.label)) for one in choices]  # type: ignore[attr-defined]


def area(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "", **errors: Any) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        **errors,
    )


def reason_choices(reasons: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code, reason.title) for code, reason in reasons.items()]


class ChooseForm(forms.Form):
    """Which service, by a word."""

    words = look(
        forms.CharField(
            label=_("What are you looking for?"),
            required=False,
            help_text=_("A word of the service, of what it does, or of who offers it"),
        ),
        width=20,
    )


class ProposeForm(forms.Form):
    """What was spoken about."""

    kind = look(
        forms.ChoiceField(
            label=_("How does the customer get there?"),
            choices=labels(ReferralKind),
            widget=forms.RadioSelect,
        ),
        small=True,
        hints={
            ReferralKind.FORMAL: _("The service is told, in writing."),
            ReferralKind.INFORMAL: _("The service is told by word, on the telephone or in person."),
            ReferralKind.SIGNPOST: _("Only the customer is told. The service knows nothing from us."),
        },
    )
    purpose = area(
        _("What does the customer hope for?"),
        rows=3,
        help_text=_("In their words. They read it on their own page."),
    )
    chosen_by_customer = forms.BooleanField(label=_("The customer asked for this service"), required=False)
    heard_from = look(
        forms.CharField(
            label=_("Where did the customer hear of it?"),
            required=False,
            max_length=200,
            help_text=_("For example: in hospital, from a friend, from us"),
        ),
        width=20,
    )
    chosen_because = look(
        forms.MultipleChoiceField(label=_("Why this service?"), widget=forms.CheckboxSelectMultiple),
        small=True,
    )
    need = look(
        forms.ChoiceField(
            label=_("What does the customer need help with?"),
            required=False,
            help_text=_("Needed where there is nothing else: it is counted as missing in this district"),
        )
    )
    other_name = forms.CharField(label=_("What else did you think of?"), required=False, max_length=200)
    other_why = area(_("Why not that?"), required=False, rows=2)
    prior_talk_with = look(
        forms.CharField(
            label=_("Whom of the service did you ask beforehand?"),
            required=False,
            max_length=100,
            help_text=_("A word beforehand, without a name, keeps people from being sent back"),
        ),
        width=20,
    )
    prior_talk_words = area(_("What did they say?"), required=False, rows=2)
    override_reason = area(_("Why is this better for this customer?"), required=False, rows=2)

    def __init__(
        self,
        *args: Any,
        reasons: Mapping[str, Any],
        needs: Mapping[str, str],
        directive: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        needed = field_of(self, "need", forms.ChoiceField)
        needed.choices = [("", _("not said")), *needs.items()]
        needed.initial = next(iter(needs)) if len(needs) == 1 else ""
        field_of(self, "chosen_because", forms.MultipleChoiceField).choices = reason_choices(reasons)
        if directive:
            self.fields["override_reason"].help_text = directive
        else:
            del self.fields["override_reason"]


class FitForm(forms.Form):
    """The questions of the rules; what is not known is left open."""

    def __init__(self, data: Any, *, facts: Sequence[Any], answers: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.names = [fact.name for fact in facts]
        for fact in facts:
            self.fields[fact.name] = look(
                forms.ChoiceField(
                    label=fact.question,
                    help_text=fact.help,
                    choices=[*YES_NO, ("", _("Not known"))],
                    required=False,
                    initial=answers.get(fact.name, ""),
                    widget=forms.RadioSelect,
                ),
                small=True,
                inline=True,
                optional_word=False,
            )

    @property
    def answers(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.names if self.cleaned_data.get(name)}


class ItemsForm(forms.Form):
    """Each item with what would be told, and the customer's yes or no to it."""

    def __init__(
        self, data: Any, *, items: Sequence[Any], agreed: Mapping[str, Any], titles: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.codes = [item.code for item in items]
        for item in items:
            title = titles.get(item.code, item.code)
            self.fields[f"value_{item.code}"] = look(
                forms.CharField(
                    label=title,
                    required=False,
                    initial=item.value,
                    widget=forms.Textarea(attrs={"rows": 2 if len(item.value) < 200 else 6}),
                ),
                label_size="s",
                optional_word=False,
            )
            self.fields[f"yes_{item.code}"] = self._asked(
                _("May they be told: %(item)s?") % {"item": title}, item.code, agreed
            )
        self.fields["yes_feedback"] = self._asked(_("May they tell us how it goes?"), "feedback", agreed)
        self.fields["how"] = look(
            forms.ChoiceField(
                label=_("How did the customer say it?"),
                choices=labels(Given),
                initial=Given.IN_PERSON,
                widget=forms.RadioSelect,
            ),
            small=True,
            inline=True,
        )

    def _asked(self, label: Any, code: str, agreed: Mapping[str, Any]) -> forms.ChoiceField:
        return look(
            forms.ChoiceField(
                label=label,
                choices=YES_NO,
                required=False,
                initial="yes" if code in agreed else "",
                widget=forms.RadioSelect,
            ),
            small=True,
            inline=True,
            optional_word=False,
        )

    @property
    def said(self) -> dict[str, bool]:
        """What was answered; what was not asked stays as it is."""
        given = {code: self.cleaned_data.get(f"yes_{code}", "") for code in (*self.codes, "feedback")}
        return {code: word == "yes" for code, word in given.items() if word}

    @property
    def values(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"value_{code}", "") for code in self.codes}


class SendForm(forms.Form):
    """How it goes, and who makes the first appointment."""

    channel = look(forms.ChoiceField(label=_("How does it go there?"), widget=forms.RadioSelect), small=True)
    fixed_by = look(
        forms.ChoiceField(
            label=_("Who makes the first appointment?"),
            choices=labels(FixedBy),
            widget=forms.RadioSelect,
        ),
        small=True,
        reveal={
            FixedBy.TOGETHER: ["first_day", "first_clock", "first_where", "first_with"],
            FixedBy.SERVICE: ["contact_by"],
        },
    )
    first_day = DateField(label=_("Day"), what=_("the day of the first appointment"), required=False)
    first_clock = look(TimeField(label=_("Time"), required=False), width=5)
    first_where = forms.CharField(label=_("Where"), required=False, max_length=300)
    first_with = look(forms.CharField(label=_("With whom"), required=False, max_length=100), width=20)
    contact_by = DateField(
        label=_("By when do they get in touch?"),
        what=_("the day by which they get in touch"),
        required=False,
        help_text=_("The customer is told this day. We look after it when it has passed."),
    )

    despite = area(
        _("Why does it go all the same?"),
        rows=2,
        error_messages={"required": _("Write why it goes all the same")},
    )

    def __init__(
        self, *args: Any, channels: Iterable[str], where: str, wants_why: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if wants_why:
            self.fields["despite"].help_text = wants_why
        else:
            del self.fields["despite"]
        chosen = list(channels)
        choice_field(self, "channel").choices = [(one, capfirst(Channel(one).label)) for one in chosen]
        if len(chosen) == 1:
            self.fields["channel"].initial = chosen[0]
        self.fields["first_where"].initial = where

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("fixed_by") == FixedBy.TOGETHER:
            for name, what in (
                ("first_day", _("Enter the day of the first appointment")),
                ("first_clock", _("Enter the time of the first appointment")),
                ("first_where", _("Enter where the first appointment is")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, str(what))
        if (
            data.get("fixed_by") == FixedBy.SERVICE
            and not data.get("contact_by")
            and "contact_by" not in self.errors
        ):
            self.add_error("contact_by", str(_("Enter the day by which they get in touch")))
        return data

    @property
    def first_at(self) -> datetime | None:
        data = self.cleaned_data
        if (
            data.get("fixed_by") != FixedBy.TOGETHER
            or not data.get("first_day")
            or not data.get("first_clock")
        ):
            return None
        return at(data["first_day"], data["first_clock"])


class PaperForm(forms.Form):
    held = look(
        forms.ChoiceField(label=_("Is it there?"), choices=YES_NO, widget=forms.RadioSelect),
        inline=True,
        small=True,
        reveal={"yes": "where"},
    )
    where = look(forms.CharField(label=_("Where is it kept?"), required=False, max_length=200), width=20)


class OtherForm(forms.Form):
    name = forms.CharField(label=_("What else did you and the customer think of?"), max_length=200)
    why_not = area(_("Why not that?"), rows=2)


class ReasonForm(forms.Form):
    """A reason of a list, and words if there are any."""

    reason = look(forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect), small=True)
    words = area(_("In the customer’s words"), required=False, rows=3)

    def __init__(
        self, *args: Any, reasons: Mapping[str, Any], label: Any = "", words: Any = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "reason").choices = reason_choices(reasons)
        if label:
            self.fields["reason"].label = label
        if words:
            self.fields["words"].label = words


class RingForm(ReasonForm):
    agreed = look(
        forms.ChoiceField(label=_("What did you agree?"), choices=labels(NotThere), widget=forms.RadioSelect),
        small=True,
    )
    field_order = ("reason", "agreed", "words")


class WordsForm(forms.Form):
    words = area(_("Words"))

    def __init__(self, *args: Any, label: Any, hint: Any = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        self.fields["words"].required = required


class WaitForm(forms.Form):
    alternative = look(
        forms.ChoiceField(label=_("Did you offer something else?"), choices=YES_NO, widget=forms.RadioSelect),
        inline=True,
        small=True,
    )
    words = area(
        _("What came of it?"), rows=3, help_text=_("What the service said, and what the customer would like")
    )


class MeetingForm(forms.Form):
    met_on = DateField(label=_("When did you meet or talk?"), what=_("the day of the meeting"))
    words = area(
        _("What is next?"), help_text=_("What has been reached, what is still open, who does what by when")
    )


class TakeBackItemsForm(forms.Form):
    items = look(
        forms.MultipleChoiceField(
            label=_("What is no longer all right?"), widget=forms.CheckboxSelectMultiple
        ),
        small=True,
    )
    how = look(
        forms.ChoiceField(
            label=_("How did the customer say it?"), choices=labels(Given), widget=forms.RadioSelect
        ),
        inline=True,
        small=True,
    )

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "items", forms.MultipleChoiceField).choices = list(items)


class ReferralFilter(forms.Form):
    """What of the referrals to show."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*EVERY, *labels(ReferralKind)], required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    words = forms.CharField(label=_("Name or service"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "organisation").choices = [*EVERY, *[(one.ref, one.name) for one in organisations]]


class DaysFilter(forms.Form):
    """From which day to which."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "organisation").choices = [*EVERY, *[(one.ref, one.name) for one in organisations]]
