"""During the interview: what is talked about, saved as it goes; and what the customer would read of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from waymark.interviews.enums import Depth, Explored
from waymark.interviews.sittings import queries
from waymark.interviews.sittings.queries import Workspace
from waymark.web.asking import Asked
from waymark.web.sittings.forms import (
    CapacityForm,
    DistanceForm,
    HardForm,
    InterestForm,
    PresentForm,
    SettingForm,
    capitalised,
)
from waymark.web.sittings.pages import context, of_appointment, shared
from waymark.web.sittings.words import LABELS, box, line_box

DEPTHS = capitalised([("", gettext_lazy("still open")), *Depth.choices])
EXPLORED = capitalised([("", gettext_lazy("still open")), *Explored.choices])
SECTIONS = {
    "able": gettext_lazy("Able to take part"),
    "room": gettext_lazy("Who is here, and where"),
    "topics": gettext_lazy("What to talk about"),
    "options": gettext_lazy("Help that is open"),
    "words": gettext_lazy("In words"),
    "barriers": gettext_lazy("What stands in the way"),
    "distance": gettext_lazy("How far from work"),
    "wishes": gettext_lazy("What they would like"),
    "notes": gettext_lazy("Notes"),
}


@require_safe
@of_appointment
def show(request: Asked, found: Workspace) -> HttpResponse:
    """The workspace while the customer is here."""
    if found.sitting is None:
        return render(request, "sittings/not_begun.html", context(request, found, "during"))
    return render(request, "sittings/during.html", context(request, found, "during", **page(request, found)))


def page(
    request: Asked,
    found: Workspace,
    *,
    present: PresentForm | None = None,
    interest: InterestForm | None = None,
) -> dict[str, Any]:
    """What the page shows; forms that were refused come back with what was typed."""
    sitting: Any = found.sitting
    state = {name: getattr(sitting, name) for name in ("capacity", "setting", "hard")}
    state |= {name: getattr(sitting, name) for name in ("distance_customer", "distance_adviser")}
    people = queries.colleagues_of(found.claim, request.post, request.today)
    return {
        "sections": SECTIONS,
        "capacity": CapacityForm(initial=state),
        "setting": SettingForm(initial=state),
        "distance": DistanceForm(initial=state),
        "hard": HardForm(initial={**state, "asks_hard": "yes"}),
        "topics": [(line, line_box(line.text, line.title)) for line in found.topics],
        "options": found.options,
        "barriers": [(line, line_box(line.text, line.title)) for line in found.barriers],
        "depths": DEPTHS,
        "explored": EXPLORED,
        "boxes": {name: box(found, name) for name in LABELS if name != "restricted"},
        "restricted": box(found, "restricted") if found.sees_restricted and not shared(request) else None,
        "present": present or PresentForm(auto_id="present_%s"),
        "interest": interest
        or InterestForm(
            people, request.today, initial={"owner": request.post.person.ref}, auto_id="interest_%s"
        ),
        "form": next((one for one in (present, interest) if one is not None and one.errors), None),
        "wishes": list(sitting.interests.all()),
        "here": list(sitting.present.all()),
        "open_options": [line for line in found.options if not line.state],
    }


@require_safe
@of_appointment
def read(request: Asked, found: Workspace) -> HttpResponse:
    """What the customer would read if they asked for it: everything but what is restricted."""
    sitting: Any = found.sitting
    texts = [
        (LABELS[name][0], found.text(name).text)
        for name in LABELS
        if name != "restricted" and found.text(name).text
    ]
    shown: dict[str, Any] = {
        "texts": texts,
        "topics": _marked(found.topics, Explored),
        "options": _marked(found.options, Depth),
        "barriers": _marked(found.barriers, Explored),
        "wishes": list(sitting.interests.all()) if sitting else [],
        "here": list(sitting.present.all()) if sitting else [],
    }
    shown["nothing"] = not any(shown.values())
    heading = _("What %(name)s would read") % {"name": found.customer.name}
    return render(
        request, "sittings/read.html", context(request, found, "during", **shown) | {"heading": heading}
    )


def _marked(lines: Any, words: Any) -> list[tuple[Any, str]]:
    """What was marked, with the word for it."""
    return [
        (line, str(words(line.state).label) if line.state else "")
        for line in lines
        if line.state or line.text.text
    ]
