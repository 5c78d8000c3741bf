"""Pages about one interview: a time for it, putting it off, bringing it forward, the review of a waiver."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.interviews import verbs
from waymark.interviews.advice import FIRST_CONTACT
from waymark.interviews.enums import InterviewState, Mode, Stage
from waymark.interviews.queries import recontact as reading
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.diaries.forms import DespiteForm
from waymark.web.interviews import forms
from waymark.web.interviews.again import Doing, decide_page, draft_of, keep_draft, record_url
from waymark.web.interviews.pages import of_interview, page_about, wrong_state
from waymark.web.interviews.putting_off import circumstances_page, reason_page
from waymark.web.interviews.times import times_for
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import long_day_time

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
@of_interview
def book(request: Asked, interview: Any) -> HttpResponse:
    """Find a time and book it."""
    if interview.state != InterviewState.DUE:
        return wrong_state(
            request, interview, _("A time is booked for an interview that is still to be settled.")
        )
    rules = reading.rules_of(interview, request.today)
    at_home = reading.visit_wanted(interview)
    times, search = times_for(interview, rules, request, mode=Mode.HOME if at_home else "")
    form = DespiteForm(search, request.POST or None, wishes=times.wishes)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.book_interview(
                interview, form.chosen, despite=form.word, by=request.post, now=request.now
            )
        except Refused as refused:
            refuse(form, refused, on="despite" if refused.code == "hours_are_taken" else "slot")
        else:
            said = _("Booked for %(when)s with %(name)s. A letter tells the customer.")
            when = long_day_time(made.starts_at, request.today)
            messages.success(request, said % {"when": when, "name": made.adviser.name})
            return redirect(record_url(interview))
    heading = _("Book the interview of %(name)s") % {"name": interview.claim.customer.name}
    context = page_about(interview, request, heading=heading, form=form, search=search, filters=times)
    return render(request, "interviews/book.html", context)


# Putting it off, before or at the interview


@form_view
@of_interview
def defer(request: Asked, interview: Any) -> HttpResponse:
    """Why it cannot be held: the reason decides what is asked."""
    if interview.state not in {InterviewState.DUE, InterviewState.BOOKED}:
        return wrong_state(request, interview, _("Only an interview that is due or booked is put off here."))
    return reason_page(
        request,
        interview,
        then=lambda reason: reverse("interviews:circumstances", args=[interview.ref, reason]),
    )


@form_view
@of_interview
def circumstances(request: Asked, interview: Any, reason: str) -> HttpResponse:
    """What the customer says, and the questions that this reason rests on."""

    def keep(said: Mapping[str, Any]) -> str:
        keep_draft(request, interview, **said)
        return reverse("interviews:decide", args=[interview.ref])

    return circumstances_page(
        request,
        interview,
        reason,
        draft=draft_of(request, interview) or {},
        keep=keep,
        back_url=reverse("interviews:defer", args=[interview.ref]),
        back_label=_("Another reason"),
    )


@form_view
@of_interview
def decide(request: Asked, interview: Any) -> HttpResponse:
    """Put it off, or ask for none; the customer is told."""
    draft = draft_of(request, interview)
    if draft is None:
        return redirect("interviews:defer", interview.ref)
    appointment = reading.booked_appointment(interview)
    today = appointment is not None and day_of(appointment.starts_at) <= request.today
    doing = Doing(
        interview=interview,
        stage=Stage.AT_INTERVIEW if today else Stage.BEFORE_INTERVIEW,
        table=FIRST_CONTACT,
        outcomes=(forms.DEFER, forms.WAIVE),
        back_url=reverse("interviews:circumstances", args=[interview.ref, draft["reason"]]),
        heading=_("Put off the interview of %(name)s") % {"name": interview.claim.customer.name},
    )
    return decide_page(request, doing, draft)


# Earlier, and after a waiver


@form_view
@of_interview
def bring_forward(request: Asked, interview: Any) -> HttpResponse:
    """The customer or the adviser wants it earlier: on any day, from a deferral or a waiver."""
    if interview.state not in {InterviewState.DEFERRED, InterviewState.WAIVED}:
        return wrong_state(
            request, interview, _("Only a deferred or waived interview can be brought forward.")
        )
    rules = reading.rules_of(interview, request.today)
    times, search = times_for(interview, rules, request)
    form = forms.ForwardForm(
        search, request.POST or None, initial={"asked_by": "customer"}, wishes=times.wishes
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            verbs.bring_forward(
                interview,
                asked_by=said["asked_by"],
                words=said["words"],
                slot=form.slot_chosen,
                by=request.post,
                now=request.now,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            booked = form.slot_chosen is not None
            messages.success(
                request,
                _("Brought forward and booked. A letter tells the customer.")
                if booked
                else _("Brought forward. Finding a time is the next step."),
            )
            return redirect(record_url(interview))
    context = page_about(
        interview,
        request,
        heading=_("Bring the interview of %(name)s forward") % {"name": interview.claim.customer.name},
        form=form,
        search=search,
        filters=times,
        deferral=reading.open_deferral(interview),
        waiver=reading.open_waiver(interview),
    )
    return render(request, "interviews/forward.html", context)


@form_view
@of_interview
def review_waiver(request: Asked, interview: Any) -> HttpResponse:
    """Look at a waiver again: it goes on, a meeting is offered, or the customer would like an interview."""
    try:
        found = reading.waiver_review(request.post, interview.ref, request.today)
    except ObjectDoesNotExist:
        return wrong_state(request, interview, _("There is no waiver in force to look at."))
    form = forms.ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["outcome"] == forms.WANTS:
            return redirect("interviews:bring_forward", interview.ref)
        try:
            verbs.review_waiver(
                found.waiver,
                trigger_meeting=said["outcome"] == forms.OFFER,
                words=said["words"],
                by=request.post,
                now=request.now,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The waiver is looked at again, and goes on."))
            return redirect(record_url(interview))
    context = page_about(
        interview,
        request,
        heading=_("Review the waiver of %(name)s") % {"name": interview.claim.customer.name},
        found=found,
        view=[(forms.VIEW_WORDS[name], words) for name, words in found.view],
        form=form,
    )
    return render(request, "interviews/review.html", context)
