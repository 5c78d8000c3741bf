"""Beside a job: support offered, calls of the first weeks, disclosure, milestones of sustained work."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.actionplans.queries import OnClaim
from waymark.employment import queries, verbs
from waymark.interviews.holding import rules_for
from waymark.web.actionplans.pages import form_view, found_by, of_claim, one_form, posted, ringing
from waymark.web.asking import Asked
from waymark.web.employment.forms import TALKED, CallForm, DisclosureForm, OfferForm, SustainedForm
from waymark.web.employment.views import work_url


@form_view
def offer(request: Asked, ref: str) -> HttpResponse:
    """Offer support beside a job, and keep the answer."""
    job = found_by(queries.job_for, request.post, ref)
    form = OfferForm(rules_for(job.claim, request.today), posted(request))

    def act(data: dict[str, Any]) -> object:
        return verbs.offer_support(
            job,
            forms=data["forms_named"],
            answer=data["answer"],
            calls_welcome=data["calls_welcome"] == "yes",
            words=data["words"],
            ask_again_on=data["ask_again_on"],
            by=request.post,
            now=request.now,
        )

    return one_form(
        request,
        job.claim,
        form,
        act,
        said=_("Kept. Whatever they said, nothing follows from it."),
        heading=_("Support beside the job with %(employer)s") % {"employer": job.employer},
        button=_("Keep the answer"),
        back=work_url(job.claim),
        back_label=_("Work"),
        template="employment/job.html",
        disclosure=queries.disclosure_of(job.claim),
    )


@form_view
def call(request: Asked, ref: str) -> HttpResponse:
    """A call in the first weeks: what was said before, then what is said now."""
    found = found_by(queries.call_for, request.post, ref)
    job = found.job
    form = CallForm(rules_for(job.claim, request.today), posted(request))

    def act(data: dict[str, Any]) -> object:
        if data["reached"] != TALKED:
            return verbs.not_reached(found, words=data["words"], by=request.post, now=request.now)
        return verbs.talk(
            found,
            going=data["going"],
            problems=data["problems"],
            words=data["words"],
            again_on=data["again_on"],
            by=request.post,
            now=request.now,
        )

    return one_form(
        request,
        job.claim,
        form,
        act,
        said=_("Kept, with what follows."),
        heading=_("How is it going at %(employer)s?") % {"employer": job.employer},
        button=_("Keep it"),
        back=work_url(job.claim),
        back_label=_("Work"),
        template="employment/call.html",
        job=job,
        earlier=queries.last_calls(job),
        **ringing(job.claim),
    )


@form_view
def sustained(request: Asked, ref: str, weeks: str) -> HttpResponse:
    """A milestone is reached and the work goes on."""
    if not weeks.isdigit():
        raise Http404
    job = found_by(queries.job_for, request.post, ref)
    form = SustainedForm(posted(request))
    return one_form(
        request,
        job.claim,
        form,
        lambda data: verbs.note_sustained(job, weeks=int(weeks), by=request.post, now=request.now, **data),
        said=_("Noted. Tell the customer that you are glad."),
        heading=_("%(weeks)s weeks of work") % {"weeks": weeks},
        button=_("Note it"),
        back=work_url(job.claim),
        back_label=_("Work"),
    )


@form_view
@of_claim
def disclosure(request: Asked, found: OnClaim) -> HttpResponse:
    """Talk of telling an employer: what holds already, the guidance, and what was said now."""
    before = queries.disclosure_of(found.claim)
    form = DisclosureForm(posted(request), again=before is not None)
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.talk_of_disclosure(found.claim, **data, by=request.post, now=request.now),
        said=_("Kept. It is shown at every later start, so that everybody says the same."),
        heading=_("Telling an employer"),
        button=_("Keep it"),
        back=work_url(found.claim),
        back_label=_("Work"),
        template="employment/disclosure.html",
        before=before,
        guidance=found.rules.guidance(["disclosure"]),
    )


@require_safe
@of_claim
def of_claim_call(request: Asked, found: OnClaim) -> HttpResponse:
    """The call that is due for a claim; the page of work where none is."""
    page = queries.work_page(found.claim, found.rules, request.today)
    due = sorted(
        (call for job in page.running for call in job.calls.all() if call.state == "planned"),
        key=lambda call: call.due_on,
    )
    return redirect("employment:call", due[0].ref) if due else redirect("employment:work", found.claim.ref)
