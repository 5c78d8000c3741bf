"""What managers choose: other times for many appointments, colleagues for many customers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.diary import queries as diary
from waymark.interviews.diary.rules import Slot
from waymark.web.fields import choice_field
from waymark.web.ui.forms import look

LATER = ""


def of_whom(label: str, name: str) -> SafeString:
    """A label that stands many times on a page, with the name for who hears the page read out."""
    return format_html('{}<span class="govuk-visually-hidden">: {}</span>', label, name)


class RebookForm(forms.Form):
    """Another time for each appointment of an absence; one left open becomes a dated task."""

    words = look(
        forms.CharField(
            label=gettext_lazy("Anything to add for the record"),
            required=False,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("The letter to each customer says that the adviser is absent."),
        ),
        counter=300,
    )

    def __init__(self, proposals: Sequence[Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.proposals = proposals
        for each in proposals:
            self.fields[each.appointment.ref] = self._field(each, data)
        self.order_fields([*(each.appointment.ref for each in proposals), "words"])

    def _field(self, proposal: Any, data: Mapping[str, Any] | None) -> forms.ChoiceField:
        posted = str(data.get(proposal.appointment.ref, "")) if data else ""
        before = diary.slot_from_key(posted) if posted else None
        choices = [
            (posted if slot == before else diary.slot_key(slot), diary.slot_sentence(slot))
            for slot in proposal.slots
        ]
        if before is not None and posted not in dict(choices):
            choices.insert(0, (posted, diary.slot_sentence(before)))
        field = forms.ChoiceField(
            label=of_whom(_("New time"), proposal.appointment.interview.claim.customer.name),
            required=False,
            choices=[*choices, (LATER, _("None yet: keep it as a task"))],
            initial=choices[0][0] if choices else LATER,
        )
        return look(field, label_size="s", optional_word=False)

    @property
    def slots(self) -> dict[str, Slot | None]:
        """The chosen time by the reference of the appointment."""
        said = self.cleaned_data
        return {
            each.appointment.ref: diary.slot_from_key(said.get(each.appointment.ref) or "")
            for each in self.proposals
        }

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(each, self[each.appointment.ref]) for each in self.proposals]


class HandOverForm(forms.Form):
    """A colleague and a note for each customer; one that stays open stays with the leaver."""

    def __init__(
        self, claims: Iterable[Any], advisers: Iterable[Any], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        self.claims = list(claims)
        self.advisers = {person.ref: person for person in advisers}
        for claim in self.claims:
            self.fields[f"to_{claim.ref}"] = self._adviser(claim)
            self.fields[f"note_{claim.ref}"] = self._note(claim)

    def _adviser(self, claim: Any) -> forms.ChoiceField:
        wishes = getattr(claim, "preferences", None)
        avoided = {person.pk for person in wishes.avoid.all()} if wishes else set()
        fitting = [(ref, one.name) for ref, one in self.advisers.items() if one.pk not in avoided]
        field = forms.ChoiceField(
            label=of_whom(_("New adviser"), claim.customer.name),
            required=False,
            choices=[("", _("Not yet")), *fitting],
        )
        return look(field, label_size="s", optional_word=False)

    def _note(self, claim: Any) -> forms.CharField:
        field = forms.CharField(
            label=of_whom(_("What they must know"), claim.customer.name),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        return look(field, label_size="s", optional_word=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = [claim for claim in self.claims if said.get(f"to_{claim.ref}")]
        if not chosen and not self.errors:
            raise forms.ValidationError(_("Choose a new adviser for at least one customer"))
        for claim in chosen:
            if not str(said.get(f"note_{claim.ref}") or "").strip():
                self.add_error(
                    f"note_{claim.ref}",
                    _("Write what the new adviser of %(name)s must know") % {"name": claim.customer.name},
                )
        return dict(said)

    @property
    def notes(self) -> dict[str, tuple[Any, str]]:
        """The new adviser and the note by the reference of the claim."""
        said = self.cleaned_data
        return {
            claim.ref: (self.advisers[said[f"to_{claim.ref}"]], said[f"note_{claim.ref}"])
            for claim in self.claims
            if said.get(f"to_{claim.ref}")
        }

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(claim, self[f"to_{claim.ref}"], self[f"note_{claim.ref}"]) for claim in self.claims]


class BesideForm(forms.Form):
    """A time at which somebody is booked already."""

    slot = look(
        forms.ChoiceField(
            label=gettext_lazy("Beside which appointment?"),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose a time")},
        ),
        small=True,
    )

    def __init__(self, slots: Iterable[Slot], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        posted = str(data.get("slot", "")) if data else ""
        before = diary.slot_from_key(posted) if posted else None
        choice_field(self, "slot").choices = [
            (posted if slot == before else diary.slot_key(slot), diary.slot_words(slot)) for slot in slots
        ]

    @property
    def chosen(self) -> Slot:
        slot = diary.slot_from_key(self.cleaned_data["slot"])
        assert slot is not None
        return slot
