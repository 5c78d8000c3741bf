"""How the customer would like to be seen, and how we may reach them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.inbound import verbs
from waymark.inbound.enums import About, Way
from waymark.interviews.enums import Privacy, TimeOfDay
from waymark.interviews.series.before import set_preferences
from waymark.interviews.series.queries import preferences_of
from waymark.interviews.series.taken_hours import set_taken_hours
from waymark.interviews.taken_hours import taken_of
from waymark.web.asking import Asked
from waymark.web.customer_portal.forms import NeedsForm, WordsForm
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.people.pages import done
from waymark.web.series.minding import HoursForm

FIELDS = (
    "privacy",
    "mode",
    "time_of_day",
    "not_on",
    "companion",
    "medication",
    "same_adviser",
    "other",
)


@visited("POST")
def needs(request: Asked, visit: Visit) -> HttpResponse:
    """Where, how and when to talk, and who comes along. Whoever books the next time sees it."""
    claim = visit.own.claim
    if claim is None:
        raise Http404
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=_known(claim))
    if done(
        request,
        form,
        lambda data: set_preferences(
            claim,
            **{
                **data,
                "privacy": Privacy(data["privacy"]),
                "time_of_day": TimeOfDay(data["time_of_day"]),
            },
            by=None,
            now=request.now,
        ),
    ):
        messages.success(request, _("Thank you. We plan with this from now on."))
        return redirect("my:home")
    return page(request, "needs", visit, heading=_("What you need, and who comes with you"), form=form)


@visited("POST")
def hours(request: Asked, visit: Visit) -> HttpResponse:
    """Hours of the week in which they cannot come: no time in them is offered."""
    claim = visit.own.claim
    if claim is None:
        raise Http404
    form = HoursForm(taken_of(claim.pk), request.POST if request.method == "POST" else None)
    if done(request, form, lambda _data: set_taken_hours(claim, form.taken, by=None, now=request.now)):
        messages.success(request, _("Thank you. We do not offer you times in these hours."))
        return redirect("my:hours")
    return page(request, "hours", visit, heading=_("When can you not come?"), form=form)


def _known(claim: Any) -> dict[str, Any]:
    held = preferences_of(claim)
    if held is None:
        return {"time_of_day": TimeOfDay.ANY, "privacy": "", "mode": "", "same_adviser": True}
    return {name: getattr(held, name) for name in FIELDS}


@visited("POST")
def reach(request: Asked, visit: Visit) -> HttpResponse:
    """How we may get in touch without harm. A person changes it, so that nobody else can do it from here."""
    claim = visit.own.claim
    if claim is None:
        raise Http404
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("How may we reach you, and how not?"),
        hint=_("For example: text me, do not ring. Or: write to another address. Or: not before noon."),
    )
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(
            verbs.log(claim, way=Way.PORTAL, about=About.PREFERENCES, **data, by=None, now=request.now)
        ),
    ):
        return redirect("my:message", made[0].ref)
    return page(request, "reach", visit, heading=_("Say how we may reach you"), form=form)
