"""How the customer would like to be seen, and help to come."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.interviews.diary.queries import advisers_of
from waymark.interviews.series import before, reading
from waymark.interviews.series.queries import preferences_of
from waymark.interviews.series.reading import InSeries
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.series.forms import ArrangeForm, HelpForm, PreferencesForm
from waymark.web.series.pages import form_view, of_claim, record_url, show
from waymark.web.ui.forms import refuse
from waymark.web.worklist.next_action import open_page


@form_view
@of_claim
def preferences(request: Asked, found: InSeries) -> HttpResponse:
    """Asked, never inferred; honoured when a time is looked for."""
    held = preferences_of(found.claim)
    people = list(advisers_of(found.claim.office, request.today))
    known = {person.pk: person for person in people}
    if held is not None:
        known |= {person.pk: person for person in held.avoid.all()}
    form = PreferencesForm(
        list(known.values()), request.POST if request.method == "POST" else None, initial=_initial(held)
    )
    if done(
        request,
        form,
        lambda _data: before.set_preferences(found.claim, **form.said, by=request.post, now=request.now),
    ):
        messages.success(request, _("Kept. Every time that is looked for says what it honours."))
        return redirect(_where_next(request, found))
    heading = _("How would %(name)s like to be seen?") % {"name": found.customer.name}
    return show(request, "series/preferences.html", found, heading, _("Keep it"), form=form, held=held)


def _initial(held: Any) -> dict[str, Any]:
    if held is None:
        return {"same_adviser": True, "privacy": ""}
    names = ("privacy", "mode", "time_of_day", "not_on", "medication", "companion", "same_adviser", "other")
    return {
        **{name: getattr(held, name) for name in names},
        "avoid": [person.ref for person in held.avoid.all()],
    }


def _where_next(request: Asked, found: InSeries) -> str:
    """On to the booking where one came from there."""
    interview = reading.open_interview(found.claim)
    asked = request.GET.get("then", "")
    if interview is not None and interview.ref == asked:
        return open_page(request.post.role, "interviews:book", asked) or record_url(found)
    return record_url(found)


@form_view
@of_claim
def help_to_come(request: Asked, found: InSeries) -> HttpResponse:
    """Childcare, travel, an interpreter: asked for, and arranged before the day."""
    interview = reading.open_interview(found.claim)
    form = HelpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if interview is None:
                raise Refused(
                    "nothing_next", _("No interview is to come."), _("Help is asked for with an interview.")
                )
            before.ask_for_help(interview, **form.cleaned_data, by=request.post, now=request.now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept. Somebody arranges it before the day."))
            return redirect("series:help", found.claim.ref)
    heading = _("Help for %(name)s to come") % {"name": found.customer.name}
    rows = reading.help_of(found.claim)
    return show(
        request,
        "series/help.html",
        found,
        heading,
        _("Ask for it"),
        form=form,
        rows=rows,
        interview=interview,
    )


@form_view
@of_claim
def arrange(request: Asked, found: InSeries, asked: str) -> HttpResponse:
    """How it is arranged, or what is done instead."""
    one = reading.help_asked(found.claim, asked)
    if one is None:
        raise Http404
    form = ArrangeForm(
        request.POST if request.method == "POST" else None, initial={"arrangement": one.arrangement}
    )
    if done(
        request,
        form,
        lambda data: before.arrange_help(one, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("It is arranged. Tell the customer."))
        return redirect("series:help", found.claim.ref)
    heading = _("%(what)s for %(name)s") % {
        "what": one.get_kind_display().capitalize(),
        "name": found.customer.name,
    }
    return show(
        request,
        "series/form.html",
        found,
        heading,
        _("It is arranged"),
        form=form,
        said=one.words,
        back_url=reverse("series:help", args=[found.claim.ref]),
        back_label=_("Help to come"),
    )
