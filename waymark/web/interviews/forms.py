"""Forms about one interview: the decision after the first contact, bringing it forward, the review."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.diary.queries import SlotSearch, slot_from_key
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Choice
from waymark.interviews.rules import FOUR_ANSWERS
from waymark.interviews.verbs import Wish
from waymark.policy import FactBook
from waymark.policy.kinds import FactType
from waymark.programme.queries import Rules
from waymark.web.diaries.forms import SlotForm
from waymark.web.fields import choice_field
from waymark.web.first_contact.facts import FactForm
from waymark.web.first_contact.forms import NO_SLOT, SlotOrNone
from waymark.web.ui.forms import DateField, look

BOOK, HOME, DEFER, WAIVE, IN_WORK, CLAIM_ENDED = (
    "book",
    "home_visit",
    "defer",
    "waive",
    "in_work",
    "claim_ended",
)
ENDS = (IN_WORK, CLAIM_ENDED)
OUTCOMES = {
    BOOK: gettext_lazy("Book the interview"),
    HOME: gettext_lazy("A visit at home or a call, its time still to be found"),
    DEFER: gettext_lazy("Put it off"),
    WAIVE: gettext_lazy("Ask for no interview"),
    IN_WORK: gettext_lazy("The customer is in work: end the claim"),
    CLAIM_ENDED: gettext_lazy("The customer claims no more: end the claim"),
}
VIEW_WORDS = {
    "appropriate_now": gettext_lazy("Would an interview be right at the moment?"),
    "when": gettext_lazy("If not now, when?"),
    "return_circumstances": gettext_lazy("What would have to be different to go back to work, or to start?"),
    "support_wanted": gettext_lazy("Is there any help the customer would like, now or later?"),
}


def area(
    label: Any, *, rows: int = 2, most: int = 500, required: bool = False, help_text: Any = ""
) -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    return look(field, optional_word=False)


def choices_of(reasons: Mapping[str, Any], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((code, reason.title) for code, reason in reasons.items())]


def with_none(field: Any, search: SlotSearch) -> None:
    """Beside the times found, that none fits; and what the search found in a sentence."""
    none = (_("No time now"), [(NO_SLOT, _("No time fits yet: finding one is the next step"))])
    field.choices = [*field.choices, none]
    field.help_text = search.sentence


class WordsForm(forms.Form):
    """One line of words that a verb asks for."""

    words = area(gettext_lazy("In your words"), most=1000, required=True)

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text = label or field.label, help_text


class ChangedForm(FactForm):
    """What has changed, in the customer's words, and the facts that follow from it."""

    def __init__(
        self,
        names: Sequence[str],
        book: FactBook,
        facts: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        *,
        words: str = "",
        label: Any = "",
        help_text: Any = "",
    ) -> None:
        super().__init__(names, book, facts, data)
        self.fields["words"] = area(
            label or _("What has changed since? In the customer’s words"),
            rows=3,
            most=1000,
            required=True,
            help_text=help_text,
        )
        self.fields["words"].initial = words
        self.order_fields(["words"])
        self._reveal()

    def _reveal(self) -> None:
        """A question that only follows from an answer stands under that answer."""
        shown: dict[str, dict[str, list[str]]] = {}
        for name in self.names:
            under = asked_under(name, self.book)
            if under is not None and under[0] in self.fields:
                guard, word = under
                parts = (name, f"{name}_start", f"{name}_end", f"{name}_unknown")
                shown.setdefault(guard, {}).setdefault(word, []).extend(
                    part for part in parts if part in self.fields
                )
        for guard, reveal in shown.items():
            look(self.fields[guard], small=True, optional_word=False, reveal=reveal)


def asked_under(name: str, book: FactBook) -> tuple[str, str] | None:
    """The fact, and its answer as a word of the form, under which another fact is asked; None when always."""
    guards = book.guard(name)
    if len(guards) != 1:
        return None
    fact = book[guards[0].fact]
    words: dict[str, Any] = (
        {"yes": True, "no": False} if fact.type is FactType.YES_NO else {c: c for c in fact.choices}
    )
    opens = [word for word, value in words.items() if book.applicable(name, {fact.name: value}) is True]
    return (fact.name, opens[0]) if opens else None


class AgainForm(SlotForm):
    """What follows: a time, a visit, another date, no interview, or the end of the claim.

    `outcomes` are those offered. What belongs to an outcome stands under it, and is asked only where it is chosen.
    """

    slot = look(SlotOrNone(label=gettext_lazy("Time"), required=False), optional_word=False)
    reason = look(forms.ChoiceField(label=gettext_lazy("Reason"), required=False), optional_word=False)
    until = look(
        DateField(
            label=gettext_lazy("Put off until"), what=gettext_lazy("the day on which it ends"), required=False
        ),
        optional_word=False,
    )
    evidence = look(forms.ChoiceField(label=gettext_lazy("It rests on"), required=False), optional_word=False)
    length_reason = area(gettext_lazy("Why this length, where it is not the usual one"))
    waive_reason = look(forms.ChoiceField(label=gettext_lazy("Reason"), required=False), optional_word=False)
    review_on = look(
        DateField(
            label=gettext_lazy("Look at it again on"),
            what=gettext_lazy("the day of the review"),
            required=False,
            help_text=gettext_lazy("Empty: after the time the programme gives"),
        ),
        optional_word=False,
    )
    stop_contact = look(
        forms.BooleanField(label=gettext_lazy("Stop calls and letters about the interview"), required=False),
        small=True,
    )
    work_on = look(
        DateField(
            label=gettext_lazy("First day of the work"), what=gettext_lazy("the first day"), required=False
        ),
        optional_word=False,
    )
    ended_on = look(
        DateField(
            label=gettext_lazy("Last day of the claim"), what=gettext_lazy("the last day"), required=False
        ),
        optional_word=False,
    )
    appropriate_now = area(VIEW_WORDS["appropriate_now"])
    when = area(VIEW_WORDS["when"])
    return_circumstances = area(VIEW_WORDS["return_circumstances"])
    support_wanted = area(VIEW_WORDS["support_wanted"])
    not_asked_because = look(
        forms.ChoiceField(label=gettext_lazy("Or: not asked, because"), required=False), optional_word=False
    )
    because = area(gettext_lazy("Why, in a sentence the customer may read"))
    otherwise_code = look(
        forms.ChoiceField(label=gettext_lazy("Why other than advised"), required=False), optional_word=False
    )
    otherwise_words = area(gettext_lazy("In your words"))
    outcome = look(
        forms.ChoiceField(
            label=gettext_lazy("What happens next?"),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what happens next")},
        ),
        label_size="m",
    )
    field_order = ["outcome"]
    of_outcome: Mapping[str, tuple[str, ...]] = {
        BOOK: ("slot",),
        HOME: (),
        DEFER: ("reason", "until", "evidence", "length_reason"),
        WAIVE: ("waive_reason", "review_on", "stop_contact"),
        IN_WORK: ("work_on",),
        CLAIM_ENDED: ("ended_on",),
    }
    asked_again = (*FOUR_ANSWERS, "not_asked_because")
    other = ("otherwise_code", "otherwise_words")

    def __init__(
        self,
        search: SlotSearch | None,
        rules: Rules,
        role: str,
        outcomes: Sequence[str],
        data: Mapping[str, Any] | None = None,
        *,
        hints: Mapping[str, Any] | None = None,
        last_view: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(search or NOTHING_FOUND, data, **kwargs)
        self._choose("outcome", [(one, OUTCOMES[one]) for one in outcomes])
        self._choose("reason", choices_of(rules.reasons("deferral", role), _("choose a reason")))
        self._choose("waive_reason", choices_of(rules.reasons("waiver", role), _("choose a reason")))
        self._choose("evidence", choices_of(rules.reasons("evidence"), _("nothing yet")))
        self._choose(
            "not_asked_because", choices_of(rules.reasons("not_asked", role), _("the four were asked"))
        )
        self._choose(
            "otherwise_code",
            choices_of(rules.reasons("other_than_advised", role), _("it is what is advised")),
        )
        with_none(self.fields["slot"], self.search)
        look(
            self.fields["outcome"],
            label_size="m",
            hints=hints or {},
            reveal={one: fields for one, fields in self.of_outcome.items() if one in outcomes and fields},
        )
        for one in set(OUTCOMES) - set(outcomes):
            for name in self.of_outcome[one]:
                self.fields.pop(name, None)
        for name, words in (last_view or {}).items():
            self.fields[name].help_text = _("Last time: “%(words)s”") % {"words": words}

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        choice_field(self, name).choices = choices

    def clean(self) -> dict[str, Any]:
        needs = {
            BOOK: (("slot", _("Choose a time, or that no time fits yet")),),
            DEFER: (
                ("reason", _("Choose the reason that fits")),
                ("until", _("Enter the day on which it ends")),
            ),
            WAIVE: (("waive_reason", _("Choose the reason that fits")),),
            IN_WORK: (("work_on", _("Enter the first day of the work")),),
            CLAIM_ENDED: (("ended_on", _("Enter the last day of the claim")),),
        }
        for name, message in needs.get(self.cleaned_data.get("outcome", ""), ()):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, message)
        return self.cleaned_data

    @property
    def outcome_chosen(self) -> str:
        return str(self.cleaned_data["outcome"])

    @property
    def view(self) -> dict[str, str] | None:
        """The four answers or why they were not asked; None when nothing was written."""
        said = {name: self.cleaned_data.get(name, "") for name in self.asked_again}
        return said if any(said.values()) else None

    @property
    def wish(self) -> Wish:
        """What was chosen, as the verb takes it."""
        said, outcome = self.cleaned_data, self.outcome_chosen
        choice = {DEFER: Choice.DEFER, WAIVE: Choice.WAIVE}.get(outcome, Choice.BOOK)
        return Wish(
            choice=choice,
            reason={DEFER: said.get("reason", ""), WAIVE: said.get("waive_reason", "")}.get(outcome, ""),
            because=said["because"],
            until=said.get("until") if outcome == DEFER else None,
            review_on=said.get("review_on") if outcome == WAIVE else None,
            evidence=said.get("evidence", "") if outcome == DEFER else "",
            otherwise_code=said["otherwise_code"],
            otherwise_words=said["otherwise_words"],
            length_reason=said.get("length_reason", "") if outcome == DEFER else "",
            slot=self.slot_chosen if outcome == BOOK else None,
            stop_contact=bool(said.get("stop_contact")) and outcome == WAIVE,
            at_home=outcome == HOME,
        )

    @property
    def slot_chosen(self) -> Slot | None:
        key = self.cleaned_data.get("slot") or ""
        return None if key in {"", NO_SLOT} else slot_from_key(key)

    @property
    def last_day(self) -> date:
        """The last day of the claim: the day before the work starts, or the day that was said."""
        said = self.cleaned_data
        if self.outcome_chosen == CLAIM_ENDED:
            ended: date = said["ended_on"]
            return ended
        starts: date = said["work_on"]
        return starts - timedelta(days=1)


NOTHING_FOUND = SlotSearch(slots=(), target_until=date.min, within_target=False, sentence="")


class ForwardForm(SlotForm):
    """Who asks for an earlier interview, in whose words, and when."""

    asked_by = forms.ChoiceField(
        label=gettext_lazy("Who asks for it?"),
        choices=[("customer", gettext_lazy("The customer")), ("adviser", gettext_lazy("The adviser"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who asks for it")},
    )
    words = area(gettext_lazy("What was said, or why"), rows=3, most=300, required=True)
    slot = SlotOrNone(label=gettext_lazy("Time"))
    field_order = ["asked_by", "words", "slot"]

    def __init__(self, search: SlotSearch, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(search, data, **kwargs)
        with_none(self.fields["slot"], search)

    @property
    def slot_chosen(self) -> Slot | None:
        key = self.cleaned_data["slot"]
        return None if key == NO_SLOT else slot_from_key(key)


CONTINUES, OFFER, WANTS = "continues", "offer", "wants"


class ReviewForm(forms.Form):
    """What the review of a waiver found."""

    outcome = look(
        forms.ChoiceField(
            label=gettext_lazy("What did the review find?"),
            choices=[
                (CONTINUES, gettext_lazy("It goes on: still no interview is asked for")),
                (OFFER, gettext_lazy("It goes on, and a meeting is offered by letter")),
                (WANTS, gettext_lazy("The customer would like an interview")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose what the review found")},
        ),
        label_size="m",
        hints={
            OFFER: gettext_lazy("An offer, never a duty. For a terminal illness nobody rings or writes."),
            WANTS: gettext_lazy("You choose a time on the next page."),
        },
    )
    words = area(gettext_lazy("What was looked at, and what was found"), rows=3, most=300, required=True)


class ReasonForm(forms.Form):
    """The reason of a deferral, chosen before its questions."""

    reason = look(
        forms.ChoiceField(
            label=gettext_lazy("Why can the interview not be held?"),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose the reason that fits best")},
        ),
        small=True,
        label_size="m",
    )

    def __init__(
        self,
        rules: Rules,
        role: str,
        data: Mapping[str, Any] | None = None,
        *,
        reasons: str = "deferral",
    ) -> None:
        super().__init__(data)
        found = rules.reasons(reasons, role)
        choice_field(self, "reason").choices = [(code, one.title) for code, one in found.items()]
