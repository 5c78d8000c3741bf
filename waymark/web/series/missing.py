"""The customer did not come: finding out why, before anything else."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.inbound import queries as inbound
from waymark.interviews.series import reading
from waymark.interviews.sittings import settling, taking_back
from waymark.web.asking import Asked
from waymark.web.interviews.pages import of_interview, refused_page, wrong_state
from waymark.web.people.pages import done
from waymark.web.series.forms import WordsForm
from waymark.web.series.pages import form_view, record_url, show
from waymark.web.worklist.next_action import open_page


@form_view
@of_interview
def missed(request: Asked, interview: Any) -> HttpResponse:
    """A reason that is heard leads to another time and to nothing else."""
    found = reading.in_series(request.post, interview.claim.ref, request.today)
    appointment = reading.missed_last(interview)
    if appointment is None:
        return wrong_state(
            request, interview, _("Nobody has failed to come to it; there is nothing to find out.")
        )
    form = WordsForm(
        _("What does the customer say?"),
        request.POST if request.method == "POST" else None,
        help_text=_(
            "In their words. Illness, care, travel, a letter that did not come: many reasons are good."
        ),
    )
    if done(
        request,
        form,
        lambda data: settling.reason_heard(interview, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("Kept. Nothing follows. Find another time with the customer now."))
        book = open_page(request.post.role, "interviews:book", interview.ref)
        return redirect(book or "today")
    role = request.post.role
    return show(
        request,
        "series/missed.html",
        found,
        _("Why did %(name)s not come?") % {"name": found.customer.name},
        _("Keep the reason, find another time"),
        form=form,
        interview=interview,
        appointment=appointment,
        refusal=reading.may_not_ring(found),
        waiting=inbound.unanswered(found.claim),
        breach_url=open_page(role, "sanctions:open", appointment.ref) if interview.mandatory else "",
        take_back_url=open_page(role, "series:take_back", interview.ref),
        follow_up_url="" if interview.mandatory else open_page(role, "series:follow_up", found.claim.ref),
    )


@form_view
@of_interview
def take_back(request: Asked, interview: Any) -> HttpResponse:
    """It was marked by mistake: it is taken back, with what it set off."""
    found = reading.in_series(request.post, interview.claim.ref, request.today)
    appointment = reading.missed_last(interview)
    if appointment is None:
        return wrong_state(request, interview, _("Nobody has failed to come to it."))
    refusal = taking_back.may_take_back(interview, appointment, request.post)
    if refusal is not None:
        return refused_page(request, refusal, record_url(found))
    form = WordsForm(
        _("What really happened?"),
        request.POST if request.method == "POST" else None,
        help_text=_("For example: she sat in the waiting room and nobody called her"),
    )
    if done(
        request,
        form,
        lambda data: taking_back.take_back_miss(appointment, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("Taken back. Write up now what happened at the appointment."))
        return redirect(open_page(request.post.role, "sittings:of_interview", interview.ref) or "today")
    return show(
        request,
        "series/take_back.html",
        found,
        _("Take back that %(name)s did not come") % {"name": found.customer.name},
        _("Take it back"),
        form=form,
        appointment=appointment,
    )
