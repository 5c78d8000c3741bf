"""What follows: the review of the series, being in touch, what the customer would like, handing over, a talk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.interviews.series import reading, verbs
from waymark.interviews.series.reading import InSeries
from waymark.interviews.sittings import afterwards, queries
from waymark.interviews.sittings import verbs as sittings
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.series.forms import FollowUpForm, ReviewForm, WordsForm
from waymark.web.series.pages import form_view, of_claim, record_url, show
from waymark.web.worklist.next_action import open_page


@form_view
@of_claim
def review(request: Asked, found: InSeries) -> HttpResponse:
    """Looking back with the customer: what has changed, and a day or an explicit end."""
    form = ReviewForm(request.today, request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> object:
        return verbs.review_series(
            found.claim,
            achieved=data["achieved"],
            still_hard=data["still_hard"],
            follow_up_on=form.day,
            no_contact_because=form.why_not,
            by=request.post,
            now=request.now,
        )

    if done(request, form, act):
        messages.success(request, _("The series is reviewed. A letter tells the customer what follows."))
        return redirect(record_url(found))
    heading = _("Look back at the series with %(name)s") % {"name": found.customer.name}
    return show(request, "series/review.html", found, heading, _("Keep the review"), form=form)


@form_view
@of_claim
def follow_up(request: Asked, found: InSeries) -> HttpResponse:
    """Somebody was in touch as agreed; when again, or why not any more."""
    form = FollowUpForm(request.today, request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> object:
        return verbs.follow_up(
            found.claim,
            words=data["words"],
            next_on=form.day,
            no_contact_because=form.why_not,
            by=request.post,
            now=request.now,
        )

    if done(request, form, act):
        messages.success(request, _("Kept, with what follows."))
        return redirect(record_url(found))
    interview = reading.open_interview(found.claim)
    missed = reading.missed_last(interview) if interview is not None else None
    role = request.post.role
    return show(
        request,
        "series/follow_up.html",
        found,
        _("In touch with %(name)s") % {"name": found.customer.name},
        _("Keep it"),
        form=form,
        task=reading.follow_up_of(found.claim),
        refusal=reading.may_not_ring(found),
        voluntary_url="" if interview else open_page(role, "series:voluntary", found.claim.ref),
        missed_url=open_page(role, "series:missed", interview.ref) if interview and missed else "",
    )


@form_view
@of_claim
def take_over(request: Asked, found: InSeries) -> HttpResponse:
    """What was handed over, read; and the first contact."""
    form = WordsForm(
        _("How did you get to know the customer?"),
        request.POST if request.method == "POST" else None,
        help_text=_("A call, or what you read, and what the customer should know of you."),
    )
    if done(
        request,
        form,
        lambda data: afterwards.get_to_know(found.claim, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("Kept. The customer is yours."))
        return redirect(record_url(found))
    heading = _("Take over %(name)s") % {"name": found.customer.name}
    line = reading.handover_of(found.claim)
    return show(request, "series/take_over.html", found, heading, _("Keep it"), form=form, line=line)


@form_view
@of_claim
def debrief(request: Asked, found: InSeries) -> HttpResponse:
    """A talk with a colleague after a hard interview."""
    sitting = queries.hard_one(found.claim)
    if sitting is None:
        raise Http404
    form = WordsForm(
        _("What came of the talk?"),
        request.POST if request.method == "POST" else None,
        help_text=_("What helps the adviser next time. Nothing about the customer belongs here."),
    )
    if done(
        request, form, lambda data: afterwards.debrief(sitting, **data, by=request.post, now=request.now)
    ):
        messages.success(request, _("Thank you. It is kept that you have talked."))
        return redirect("today")
    heading = _("Talk with %(name)s") % {"name": sitting.adviser.person.name}
    said = _("They have had a hard interview. Ask how they are, and what they need.")
    return show(request, "series/form.html", found, heading, _("We have talked"), form=form, said_plain=said)


@form_view
def interest(request: Asked, ref: str) -> HttpResponse:
    """Something the customer would like is answered."""
    try:
        wish = queries.interest_of_task(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    found = _in_series(request, wish.claim.ref)
    form = WordsForm(_("What was the customer told?"), request.POST if request.method == "POST" else None)
    if done(
        request,
        form,
        lambda data: sittings.answer_interest(wish, answer=data["words"], by=request.post, now=request.now),
    ):
        messages.success(request, _("It is answered."))
        return redirect(record_url(found))
    heading = _("What %(name)s would like") % {"name": found.customer.name}
    return show(request, "series/form.html", found, heading, _("It is answered"), form=form, said=wish.words)


@form_view
def correction(request: Asked, ref: str) -> HttpResponse:
    """What was done about something the customer put right. Their words stay beside the summary."""
    try:
        one = queries.correction_for(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    found = _in_series(request, one.summary.sitting.appointment.interview.claim.ref)
    form = WordsForm(
        _("What was done about it?"),
        request.POST if request.method == "POST" else None,
        help_text=_("The customer reads it."),
    )
    if done(
        request,
        form,
        lambda data: sittings.answer_correction(one, answer=data["words"], by=request.post, now=request.now),
    ):
        messages.success(request, _("Kept. The customer’s words stay beside the summary."))
        return redirect("sittings:after", one.summary.sitting.appointment.ref)
    heading = _("What %(name)s put right") % {"name": found.customer.name}
    return show(request, "series/form.html", found, heading, _("Keep it"), form=form, said=one.words)


def _in_series(request: Asked, claim_ref: str) -> InSeries:
    found = reading.in_series(request.post, claim_ref, request.today)
    request.customer_read = found.customer.ref
    return found
