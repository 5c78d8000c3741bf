"""What stands against a time or an interview: hours in which the customer cannot come, and being against it at all."""

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.enums import OtherWay, Weekday
from waymark.interviews.holding import rules_for
from waymark.interviews.series import objecting, reading, taken_hours
from waymark.interviews.series.reading import InSeries
from waymark.interviews.taken_hours import Taken, taken_of
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.fields import choice_field, field_of
from waymark.web.interviews.forms import area, choices_of
from waymark.web.people.pages import done
from waymark.web.series.pages import form_view, of_claim, record_url, show
from waymark.web.ui.components import Action
from waymark.web.ui.forms import TimeField, look
from waymark.web.worklist.next_action import open_page

FREE_LINES = 2  # how many empty lines stand below those that are filled in
DAYS = [("", gettext_lazy("no day")), *((str(day.value), day.label) for day in Weekday)]


class HoursForm(forms.Form):
    """Lines of a weekday, from, until and what for; an empty line is left out."""

    def __init__(self, taken: Sequence[Taken], data: Any = None) -> None:
        super().__init__(data)
        self.count = len(taken) + FREE_LINES
        for number in range(self.count):
            held = taken[number] if number < len(taken) else None
            self._line(number, held)

    def _line(self, number: int, held: Taken | None) -> None:
        about = _("line %(n)d") % {"n": number + 1}
        self.fields[f"day_{number}"] = look(
            forms.ChoiceField(
                label=_("Day (%(about)s)") % {"about": about},
                choices=DAYS,
                required=False,
                initial=str(held.weekday) if held else "",
            ),
            optional_word=False,
        )
        for name, label, at in (
            ("from", _("From"), held.starts if held else None),
            ("until", _("Until"), held.ends if held else None),
        ):
            self.fields[f"{name}_{number}"] = look(
                TimeField(label=label, required=False, initial=f"{at:%H:%M}" if at else ""),
                width=5,
                optional_word=False,
            )
        self.fields[f"words_{number}"] = look(
            forms.CharField(
                label=_("What for, if you want to say it"),
                max_length=100,
                required=False,
                initial=held.words if held else "",
            ),
            width=20,
            optional_word=False,
        )

    @property
    def lines(self) -> Iterator[list[Any]]:
        """The fields line by line, for the template."""
        for number in range(self.count):
            yield [self[f"{name}_{number}"] for name in ("day", "from", "until", "words")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(self.count):
            if data.get(f"day_{number}"):
                for name in ("from", "until"):
                    if data.get(f"{name}_{number}") is None and f"{name}_{number}" not in self.errors:
                        self.add_error(f"{name}_{number}", _("Enter a time, like 9:30am"))
        return data

    @property
    def taken(self) -> list[Taken]:
        """The lines that are filled in."""
        data = self.cleaned_data
        return [
            Taken(
                int(data[f"day_{n}"]),
                _plain(data[f"from_{n}"]),
                _plain(data[f"until_{n}"]),
                data[f"words_{n}"],
            )
            for n in range(self.count)
            if data[f"day_{n}"]
        ]


def _plain(at: time) -> time:
    return at.replace(second=0, microsecond=0)


class AgainstForm(forms.Form):
    """Why the customer is against it, in their words, and what was offered instead."""

    reason = look(
        forms.ChoiceField(label=gettext_lazy("Why?"), widget=forms.RadioSelect), small=True, label_size="s"
    )
    words = area(gettext_lazy("In the customer’s words"), rows=3, most=1000, required=True)
    ways = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("What did you offer instead?"), widget=forms.CheckboxSelectMultiple
        ),
        small=True,
        label_size="s",
    )

    def __init__(self, reasons: Any, data: Any = None) -> None:
        super().__init__(data)
        choice_field(self, "reason").choices = choices_of(reasons, "")[1:]
        look(
            self.fields["reason"],
            small=True,
            label_size="s",
            hints={code: row.columns["offer_words"] for code, row in reasons.items()},
        )
        ways = field_of(self, "ways", forms.MultipleChoiceField)
        ways.choices = [(way.value, str(way.label).capitalize()) for way in OtherWay]


@form_view
@of_claim
def hours(request: Asked, found: InSeries) -> HttpResponse:
    """Hours of the week in which they cannot come: times in them are not offered."""
    form = HoursForm(taken_of(found.claim.pk), request.POST if request.method == "POST" else None)
    if done(
        request,
        form,
        lambda _data: taken_hours.set_taken_hours(found.claim, form.taken, by=request.post, now=request.now),
    ):
        messages.success(request, _("Kept. Times in these hours are not offered."))
        return redirect("series:hours", found.claim.ref)
    heading = _("When can %(name)s not come?") % {"name": found.customer.name}
    return show(request, "series/hours.html", found, heading, _("Keep it"), form=form)


@form_view
@of_claim
def against(request: Asked, found: InSeries) -> HttpResponse:
    """The customer is against an interview: kept with the reason, and other ways are offered."""
    interview = reading.open_interview(found.claim)
    reasons = rules_for(found.claim, request.today).reasons("against")
    form = AgainstForm(reasons, request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> object:
        if interview is None:
            raise Refused(
                "nothing_to_come", _("No interview is to come."), _("There is nothing to be against.")
            )
        return objecting.note_objection(
            interview,
            data["reason"],
            words=data["words"],
            ways=[OtherWay(way) for way in data["ways"]],
            by=request.post,
            now=request.now,
        )

    if done(request, form, act):
        messages.success(request, _("Kept. Whoever meets the customer reads it before."))
        return redirect("series:against", found.claim.ref)
    heading = _("%(name)s is against the interview") % {"name": found.customer.name}
    kept = [] if interview is None else list(objecting.objections_of(interview))
    titles = {code: row.title for code, row in reasons.items()}
    return show(
        request,
        "series/against.html",
        found,
        heading,
        _("Keep it"),
        form=form,
        interview=interview,
        kept=[(titles.get(one.reason, one.reason), one) for one in kept],
        actions=_other_ways(request, found, interview) if kept else [],
        record_url=record_url(found),
    )


def _other_ways(request: Asked, found: InSeries, interview: Any) -> list[Action]:
    """The pages on which what was offered can be done."""
    role = request.post.role
    wanted = [
        (_("Put it off"), open_page(role, "interviews:defer", interview.ref)),
        (_("Another way, time or person"), open_page(role, "series:preferences", found.claim.ref)),
        (_("Whether interviews are compulsory"), open_page(role, "series:requirement", found.claim.ref)),
    ]
    return [Action(label, url) for label, url in wanted if url]
