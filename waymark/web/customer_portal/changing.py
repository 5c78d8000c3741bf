"""Another time, or not coming at all: said here, it holds at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.inbound import verbs
from waymark.inbound.enums import About, Way
from waymark.insight import own_page
from waymark.interviews import verbs as interviews
from waymark.interviews.enums import CausedBy
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.customer_portal.forms import CannotComeForm, TimeForm, WishTimeForm
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.people.pages import done
from waymark.web.ui.templatetags.ui import clock, long_day

ASKED_TO_MOVE = "customer_asked_to_move"


@visited("POST")
def change_time(request: Asked, visit: Visit) -> HttpResponse:
    """Choose another time; where that is not possible, say when one could come."""
    appointment = visit.own.appointment
    if appointment is None or visit.own.rules is None:
        return redirect("my:home")
    if not own_page.may_move(appointment, visit.own.rules, request.now):
        return _ask_for_time(request, visit, appointment)
    search = own_page.times_for(appointment, visit.own.rules, request.now)
    if not search.slots or "ask" in request.GET:
        return _ask_for_time(request, visit, appointment)
    form = TimeForm(search, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = interviews.move_interview(
                appointment,
                form.chosen,
                caused_by=CausedBy.CUSTOMER,
                reason=ASKED_TO_MOVE,
                words=_("The customer chose this time on their own page."),
                by=None,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error("slot", _why_not(refusal))
        else:
            said = _("Your interview is now on %(day)s at %(time)s. We send you this in writing.")
            day, time = long_day(moved.starts_at, request.today), clock(moved.starts_at)
            messages.success(request, said % {"day": day, "time": time})
            return redirect("my:home")
    return page(
        request,
        "time",
        visit,
        heading=_("Choose another time"),
        appointment=appointment,
        form=form,
        search=search,
    )


def _why_not(refusal: Refused) -> str:
    """In words for the customer: what colleagues are told does not help here."""
    taken = _("Somebody else has just taken this time. Choose another one.")
    other = _("We cannot change it to this time here. Choose another one, or ask us below.")
    return taken if refusal.code.startswith("slot") else other


def _ask_for_time(request: Asked, visit: Visit, appointment: Any) -> HttpResponse:
    """When it is too near, or nothing fits, somebody looks for a time."""
    form = WishTimeForm(request.POST if request.method == "POST" else None)
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(_tell(request, visit, About.MOVE, appointment.ref, **data)),
    ):
        return redirect("my:message", made[0].ref)
    return page(
        request, "ask_time", visit, heading=_("Ask for another time"), appointment=appointment, form=form
    )


@visited("POST")
def cannot_come(request: Asked, visit: Visit) -> HttpResponse:
    """The customer cannot come. From this moment nothing is counted against them."""
    appointment = visit.own.appointment
    if appointment is None:
        return redirect("my:home")
    form = CannotComeForm(request.POST if request.method == "POST" else None)
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(_tell(request, visit, About.CANNOT_COME, appointment.ref, **data)),
    ):
        return redirect("my:message", made[0].ref)
    return page(request, "cannot_come", visit, heading=_("I cannot come"), appointment=appointment, form=form)


def _tell(request: Asked, visit: Visit, about: About, appointment: str, words: str) -> Any:
    claim = visit.own.claim
    return verbs.log(
        claim,  # type: ignore[arg-type]  # an appointment has a claim
        way=Way.PORTAL,
        about=about,
        words=words,
        appointment=appointment,
        by=None,
        now=request.now,
    )
