"""Before the customer comes: what was said last time, what was promised, how they would like to be seen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waymark.inbound import queries as inbound
from waymark.interviews.queries import recontact as interviews
from waymark.interviews.sittings import queries, settling, verbs
from waymark.interviews.sittings.queries import Workspace
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.interviews.forms import VIEW_WORDS
from waymark.web.sittings.forms import MissedForm
from waymark.web.sittings.pages import (
    SHARED,
    context,
    form_view,
    of_appointment,
    refused_page,
    shared,
    url,
)
from waymark.web.sittings.words import preference_rows
from waymark.web.ui.components import Action, Link
from waymark.web.ui.forms import refuse
from waymark.web.worklist.next_action import open_page

BOOKED = "booked"


@require_safe
def of_interview(request: Asked, ref: str) -> HttpResponse:
    """The workspace of the time an interview is booked for, else of its last one."""
    try:
        interview = interviews.get_interview(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    last = interviews.booked_appointment(interview) or interview.appointments.last()
    if last is None:
        record = reverse("customers:record", args=[interview.claim.customer.ref])
        said = Refused("no_time", _("This interview has no time yet."), _("Book a time for it first."))
        return refused_page(request, said, record)
    return redirect("sittings:before", last.ref)


@require_safe
@of_appointment
def show(request: Asked, found: Workspace) -> HttpResponse:
    """The reading before an interview."""
    if shared(request):
        return render(request, "sittings/before.html", context(request, found, "before"))
    before = queries.beforehand(found)
    shown = context(
        request,
        found,
        "before",
        before=before,
        times=[(one, how_it_went(one)) for one in before.last_times],
        view=[(VIEW_WORDS[name], words) for name, words in before.view],
        preferences=preference_rows(before),
        waiting=inbound.unanswered(found.claim),
        doings=doings(request, found),
        pages=pages(request, found),
    )
    return render(request, "sittings/before.html", shown)


def how_it_went(one: queries.LastTime) -> str:
    """Held: number 1 of the series; it counts."""
    sitting = one.sitting
    said = sitting.get_outcome_display()
    return f"{said}. {sitting.counts_because}"


def doings(request: Asked, found: Workspace) -> list[Action]:
    """What may be done before it begins."""
    if found.appointment.state != BOOKED:
        return []
    begin, move = url("begin", found), reverse("diaries:move", args=[found.appointment.ref])
    cancel = reverse("diaries:cancel", args=[found.appointment.ref])
    defer = reverse("interviews:defer", args=[found.interview.ref])
    here = found.sitting is not None and found.sitting.arrived_at is not None
    first = (
        [Action(_("Go on with the interview"), url("during", found), primary=True)]
        if found.sitting is not None
        else []
    )
    arrived = [] if here else [Action(_("The customer is here"), begin, "post", primary=not first)]
    by_phone = (
        []
        if found.sitting
        else [Action(_("Begin without an arrival"), begin, "post", fields={"way": "open"})]
    )
    return [
        *first,
        *arrived,
        *by_phone,
        Action(_("The customer did not come"), url("missed", found)),
        Action(_("Change the time"), move),
        Action(_("Cancel it"), cancel),
        Action(_("Put it off"), defer),
    ]


def pages(request: Asked, found: Workspace) -> list[Link]:
    """Where what stands here is changed."""
    role, claim = request.post.role, found.claim.ref
    wanted = [
        (_("How the customer would like to be seen"), "series:preferences", claim),
        (_("Hours in which they cannot come"), "series:hours", claim),
        (_("Help to come"), "series:help", claim),
        (_("They are against the interview"), "series:against", claim),
        (_("Whether interviews are compulsory"), "series:requirement", claim),
    ]
    found_pages = [(label, open_page(role, page, ref)) for label, page, ref in wanted]
    return [Link(label, address) for label, address in found_pages if address]


@require_POST
@of_appointment
def begin(request: Asked, found: Workspace) -> HttpResponse:
    """The customer is here, or the talk begins by telephone; a colleague who stands in takes it over."""
    verb = verbs.open_sitting if request.POST.get("way") == "open" else verbs.arrive
    try:
        verb(found.appointment, by=request.post, now=request.now)
    except Refused as refusal:
        return refused_page(request, refusal, url("before", found))
    return redirect(url("during", found))


@require_POST
@of_appointment
def screen(request: Asked, found: Workspace) -> HttpResponse:
    """Turn the screen to the customer, or back: what is not for them is hidden meanwhile."""
    request.session[SHARED] = not shared(request)
    return redirect(url("during", found))


@form_view
@of_appointment
def missed(request: Asked, found: Workspace) -> HttpResponse:
    """The customer did not come and had not said so."""
    form = MissedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            settling.missed(
                found.appointment, words=form.cleaned_data["words"], by=request.post, now=request.now
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _missed_words(found))
            return redirect("series:missed", found.interview.ref)
    shown: dict[str, Any] = context(
        request,
        found,
        "before",
        heading=_("%(name)s did not come") % {"name": found.customer.name},
        form=form,
        waiting=inbound.unanswered(found.claim),
        button_label=_("They did not come"),
    )
    return render(request, "sittings/missed.html", shown)


def _missed_words(found: Workspace) -> str:
    if found.interview.mandatory:
        return _("Kept. Finding out why is the next step; nothing else follows by itself.")
    return _("Kept. It was their choice to come: a friendly call is the next step.")
