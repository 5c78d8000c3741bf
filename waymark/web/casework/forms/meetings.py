"""Forms of meetings: written up, and what they agreed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.web.casework.forms.fields import YES_NO, area, line, number
from waymark.web.fields import choice_field
from waymark.web.sittings.forms import radios
from waymark.web.ui.forms import DateField, look

STEPS = 4


class SettleForm(forms.Form):
    """How a meeting went: who came, what was said, what was agreed."""

    came = look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Who came?"), widget=forms.CheckboxSelectMultiple, required=False
        ),
        small=True,
        optional_word=False,
    )
    also = area(
        gettext_lazy("Who else came, without having been asked?"),
        rows=2,
        help_text=gettext_lazy("One on each line: name, then a comma, then where they are from"),
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
