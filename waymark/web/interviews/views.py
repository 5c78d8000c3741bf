"""Pages about one interview: a time for it, holding it, putting it off, bringing it forward, the review of a waiver."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import queries as customers
from waymark.interviews import verbs
from waymark.interviews.advice import FIRST_CONTACT
from waymark.interviews.diary.queries import reasons_for_change
from waymark.interviews.enums import InterviewState, Mode, Stage
from waymark.interviews.queries import recontact as reading
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.diaries.forms import SlotForm
from waymark.web.interviews import forms
from waymark.web.interviews.again import Doing, decide_page, draft_of, keep_draft, record_url
from waymark.web.interviews.times import times_for
from waymark.web.ui.components import Action
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import long_day, long_day_time

form_view = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponse]


def of_interview(view: Page) -> Page:
    """Give a view the interview of its address; strangers find nothing."""

    @wraps(view)
    def with_interview(request: Asked, ref: str, **more: str) -> HttpResponse:
        try:
            interview = reading.get_interview(request.post, ref)
        except ObjectDoesNotExist:
            raise Http404 from None
        request.customer_read = interview.claim.customer.ref
        return view(request, interview, **more)

    return with_interview


def refused_page(request: Asked, refusal: Refused, return_url: str) -> HttpResponse:
    """Why this cannot be done now, and what would make it possible."""
    context = {"refusal": refusal, "return_url": return_url, "back_url": return_url}
    return render(request, "ui/refused.html", context, status=409)


def wrong_state(request: Asked, interview: Any, cure: str) -> HttpResponse:
    said = _("This interview is %(state)s.") % {"state": interview.get_state_display()}
    return refused_page(request, Refused("wrong_state", said, cure), record_url(interview))


def page_about(interview: Any, request: Asked, **more: Any) -> dict[str, Any]:
    """What every page about an interview shows."""
    customer = interview.claim.customer
    return {
        "interview": interview,
        "customer": customer,
        "must_know": customers.must_know(customer, request.today).sentences,
        "back_url": record_url(interview),
        "back_label": customer.name,
        **more,
    }


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
    form = SlotForm(search, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.book_interview(interview, form.chosen, by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused, on="slot")
        else:
            said = _("Booked for %(when)s with %(name)s. A letter tells the customer.")
            when = long_day_time(made.starts_at, request.today)
            messages.success(request, said % {"when": when, "name": made.adviser.name})
            return redirect(record_url(interview))
    heading = _("Book the interview of %(name)s") % {"name": interview.claim.customer.name}
    context = page_about(interview, request, heading=heading, form=form, search=search, filters=times)
    return render(request, "interviews/book.html", context)


@form_view
@of_interview
def hold(request: Asked, interview: Any) -> HttpResponse:
    """It took place, and what happens next; or it did not, and why."""
    appointment = reading.booked_appointment(interview)
    if appointment is None:
        return wrong_state(request, interview, _("Book a time for it first."))
    reasons = reasons_for_change(appointment, request.post, request.today)
    form = forms.HoldForm(reasons, request.today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _end_appointment(request, appointment, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, said)
            return redirect(record_url(interview))
    actions = [
        Action(
            _("The customer cannot take part: put it off"), reverse("interviews:defer", args=[interview.ref])
        ),
        Action(_("Change the time"), reverse("diaries:move", args=[appointment.ref])),
        Action(_("Cancel it"), reverse("diaries:cancel", args=[appointment.ref])),
    ]
    context = page_about(
        interview,
        request,
        heading=_("Interview with %(name)s") % {"name": interview.claim.customer.name},
        appointment=appointment,
        form=form,
        actions=actions,
        view=[
            (forms.VIEW_WORDS[name], words)
            for name, words in reading.four_answers(reading.last_view(interview))
        ],
    )
    return render(request, "interviews/hold.html", context)


def _end_appointment(request: Asked, appointment: Any, said: dict[str, Any]) -> str:
    if said["outcome"] == forms.HELD:
        verbs.hold_interview(
            appointment,
            next_step=said["next_step"],
            next_on=said["next_on"],
            by=request.post,
            now=request.now,
        )
        day = long_day(said["next_on"], request.today)
        return _("The interview is held. The next step is yours, by %(day)s.") % {"day": day}
    verbs.not_held(appointment, reason=said["reason"], words=said["words"], by=request.post, now=request.now)
    return _("It was not held. Ring the customer and find another time.")


# Putting it off, before or at the interview


@form_view
@of_interview
def defer(request: Asked, interview: Any) -> HttpResponse:
    """Why it cannot be held: the reason decides what is asked."""
    if interview.state not in {InterviewState.DUE, InterviewState.BOOKED}:
        return wrong_state(request, interview, _("Only an interview that is due or booked is put off here."))
    rules = reading.rules_of(interview, request.today)
    form = forms.ReasonForm(rules, request.post.role, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("interviews:circumstances", interview.ref, form.cleaned_data["reason"])
    heading = _("Put off the interview of %(name)s") % {"name": interview.claim.customer.name}
    context = page_about(interview, request, heading=heading, form=form, button_label=_("Go on"))
    return render(request, "interviews/form.html", context)


@form_view
@of_interview
def circumstances(request: Asked, interview: Any, reason: str) -> HttpResponse:
    """What the customer says, and the questions that this reason rests on."""
    rules = reading.rules_of(interview, request.today)
    chosen = rules.reasons("deferral", request.post.role).get(reason)
    if chosen is None:
        raise Http404
    known = {**reading.known_facts(interview, rules), **(draft_of(request, interview) or {}).get("given", {})}
    names = reading.facts_behind(rules, reason, known, request.today)
    form = forms.ChangedForm(
        names,
        rules.facts,
        rules.facts.parse(known),
        request.POST or None,
        words=(draft_of(request, interview) or {}).get("words", ""),
        label=_("What does the customer say?"),
    )
    if request.method == "POST" and form.is_valid():
        given = {**known, **form.given()}
        keep_draft(request, interview, given=given, words=form.cleaned_data["words"], reason=reason)
        return redirect("interviews:decide", interview.ref)
    context = page_about(
        interview, request, heading=chosen.title, form=form, button_label=_("See the advice")
    )
    context |= {
        "back_url": reverse("interviews:defer", args=[interview.ref]),
        "back_label": _("Another reason"),
    }
    return render(request, "interviews/form.html", context)


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
    form = forms.ForwardForm(search, request.POST or None, initial={"asked_by": "customer"})
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
