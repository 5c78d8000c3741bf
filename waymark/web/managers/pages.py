"""What the pages of managers have in common: the office, the days of a figure, and how small numbers are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.diary import queries as diary
from waymark.interviews.managing.rules import may_show
from waymark.interviews.queries import current_rules
from waymark.organisations.enums import OfficeKind
from waymark.web.asking import Asked
from waymark.web.ui.components import Link

WEEKS = 13
FEW = 5  # where no programme says otherwise


class DaysForm(forms.Form):
    """How far back a figure counts."""

    weeks = forms.TypedChoiceField(
        label=gettext_lazy("Counted over"),
        choices=[
            (4, gettext_lazy("the last 4 weeks")),
            (13, gettext_lazy("the last 13 weeks")),
            (26, gettext_lazy("the last 26 weeks")),
            (52, gettext_lazy("the last 52 weeks")),
        ],
        coerce=int,
        required=False,
    )


@dataclass(frozen=True)
class Days:
    """The days of a figure, both included, and the form that chooses them."""

    first: date
    last: date
    form: DaysForm


def days_of(request: Asked) -> Days:
    """The days asked for; the last thirteen weeks where none are."""
    form = DaysForm(request.GET if "weeks" in request.GET else None, initial={"weeks": WEEKS})
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    weeks = int(said.get("weeks") or WEEKS)
    return Days(request.today - timedelta(days=7 * weeks - 1), request.today, form)


def office_of(request: Asked) -> tuple[Any, list[Any]]:
    """The office that is asked for, of those the post sees, and all of them; a stranger's office is not there."""
    offices = [office for office in diary.offices_seen_by(request.post) if office.kind == OfficeKind.OFFICE]
    own = request.post.team.office
    wanted = request.GET.get("office", "")
    if not offices:
        raise Http404
    if not wanted:
        return (own if own in offices else offices[0]), offices
    found = next((office for office in offices if office.code == wanted), None)
    if found is None:
        raise Http404
    return found, offices


def office_links(offices: Sequence[Any], current: Any, page: str) -> list[Link]:
    """The offices to choose between, where there are several."""
    if len(offices) < 2:
        return []
    return [
        Link(office.name, f"{reverse(page)}?{urlencode({'office': office.code})}", office == current)
        for office in offices
    ]


def pages(current: str, office: Any, own: Any) -> list[Link]:
    """The pages of this part."""
    query = "" if office == own else f"?{urlencode({'office': office.code})}"
    return [
        Link(label, f"{reverse(name)}{query}", name == current)
        for label, name in (
            (_("The weeks"), "managers:overview"),
            (_("Free stretches"), "managers:gaps"),
            (_("Same adviser"), "managers:continuity"),
            (_("Missed interviews"), "managers:missed"),
            (_("Changed rules"), "managers:changes"),
        )
    ]


def few(on: date) -> int:
    """Groups smaller than this are not shown: the largest number any programme of today says."""
    said = [rules.value("limits.small_number_hidden_below") for rules in current_rules(on).values()]
    return max(said, default=FEW)


def number_or_few(number: int, least: int) -> str:
    return str(number) if may_show(number, least) else _("fewer than %(n)d") % {"n": least}


def share(part: int, whole: int, least: int) -> str:
    """A share in words: 62 % (8 of 13); nothing for a small group."""
    if not whole:
        return _("nothing to count")
    if not may_show(whole, least):
        return _("too few to say")
    return _("%(percent)d %% (%(part)d of %(whole)d)") % {
        "percent": round(100 * part / whole),
        "part": part,
        "whole": whole,
    }


def hours(minutes: int) -> str:
    """15 h 30, never broken between two lines."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}\N{NO-BREAK SPACE}h" + (f"\N{NO-BREAK SPACE}{rest:02d}" if rest else "")
