"""Work: the page of a claim's jobs, a job begins, changes, is seen, and ends."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.actionplans.queries import OnClaim
from waymark.employment import queries, verbs
from waymark.employment.taking_part import who_took_part
from waymark.interviews.holding import rules_for
from waymark.web.actionplans.forms import later
from waymark.web.actionplans.pages import form_view, found_by, head, of_claim, one_form, posted, ringing
from waymark.web.asking import Asked
from waymark.web.employment.forms import (
    ChangeForm,
    EvidenceForm,
    JobForm,
    LeaveForm,
    StartForm,
    TalkForm,
    WishesForm,
    pence,
)
from waymark.web.employment.words import clock_words, job_words
from waymark.web.ui.components import Action
from waymark.web.worklist.next_action import open_page

A_WEEK = 7


def work_url(claim: Any) -> str:
    return reverse("employment:work", args=[claim.ref])


@require_safe
@of_claim
def work(request: Asked, found: OnClaim) -> HttpResponse:
    """What goes on, what is to begin, what is over; the clock; disclosure; what they want of work."""
    claim, role = found.claim, request.post.role
    page = queries.work_page(claim, found.rules, request.today)
    part = who_took_part(claim) if page.jobs else None
    add = open_page(role, "employment:add", claim.ref)
    others = [
        (_("Plan"), "actionplans:plan"),
        (_("After a benefit"), "employment:transition"),
    ]
    context = {
        **head(request, found, _("Work of %(name)s") % {"name": claim.customer.name}),
        "page": page,
        "live": claim.status == "live",
        "jobs": [job_words(request, job, page, found.rules, part) for job in (*page.to_begin, *page.running)],
        "over": [job_words(request, job, page, found.rules, part) for job in page.over],
        "clock": clock_words(page.clock, request) if page.clock else [],
        "milestones": [
            Action(
                _("%(weeks)d weeks: note that it goes on") % {"weeks": weeks},
                open_page(role, "employment:sustained", page.running[0].ref, str(weeks)),
            )
            for weeks in page.reached()
            if page.running
        ],
        "add_action": Action(_("Tell of a job"), add, primary=True) if add else None,
        "actions": [
            Action(label, url) for label, name in others if (url := open_page(role, name, claim.ref))
        ],
        "wishes_url": open_page(role, "employment:wishes", claim.ref),
        "disclosure_url": open_page(role, "employment:disclosure", claim.ref),
    }
    return render(request, "employment/work.html", context)


@form_view
@of_claim
def add(request: Asked, found: OnClaim) -> HttpResponse:
    """A job of the customer. What holds of disclosure is shown: every start hears the same."""
    form = JobForm(found.rules, posted(request), initial={"starts_on": request.today})
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.record_job(found.claim, form.new_job(data), by=request.post, now=request.now),
        said=_("Kept. The claim goes on as it is: a job does not end it by itself."),
        heading=_("A job of %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep the job"),
        back=work_url(found.claim),
        back_label=_("Work"),
        template="employment/job.html",
        disclosure=queries.disclosure_of(found.claim),
    )


@form_view
def start(request: Asked, ref: str) -> HttpResponse:
    """Whether a job has begun."""
    job = found_by(queries.job_for, request.post, ref)
    form = StartForm(posted(request), initial={"on": job.starts_on})

    def act(data: dict[str, Any]) -> object:
        if data["begun"] == "yes":
            return verbs.start_job(job, on=data["on"], by=request.post, now=request.now)
        return verbs.not_taken(job, why=data["why"], by=request.post, now=request.now)

    return _about_job(
        request,
        job,
        form,
        act,
        heading=_("Has the job with %(employer)s begun?") % {"employer": job.employer},
        template="employment/job.html",
        disclosure=queries.disclosure_of(job.claim),
    )


@form_view
def change(request: Asked, ref: str) -> HttpResponse:
    """Other hours or pay from a day on."""
    job = found_by(queries.job_for, request.post, ref)
    form = ChangeForm(
        posted(request),
        initial={
            "hours": job.hours,
            "pay": None if job.pay_pence is None else f"{job.pay_pence / 100:.2f}",
            "pay_period": job.pay_period,
            "since": request.today,
        },
    )

    def act(data: dict[str, Any]) -> object:
        return verbs.change_job(
            job,
            since=data["since"],
            hours=data["hours"],
            pay_pence=pence(data["pay"]),
            pay_period=data["pay_period"],
            why=data["why"],
            by=request.post,
            now=request.now,
        )

    heading = _("Hours and pay with %(employer)s") % {"employer": job.employer}
    return _about_job(request, job, form, act, heading=heading)


@form_view
def evidence(request: Asked, ref: str) -> HttpResponse:
    """Something of the job was seen."""
    job = found_by(queries.job_for, request.post, ref)
    form = EvidenceForm(posted(request), initial={"on": request.today})
    return _about_job(
        request,
        job,
        form,
        lambda data: verbs.see_evidence(job, **data, by=request.post, now=request.now),
        heading=_("Evidence of the job with %(employer)s") % {"employer": job.employer},
    )


@form_view
def leave(request: Asked, ref: str) -> HttpResponse:
    """The job has ended; a day for what comes next."""
    job = found_by(queries.job_for, request.post, ref)
    rules = rules_for(job.claim, request.today)
    form = LeaveForm(
        rules, posted(request), initial={"on": request.today, "next_on": later(request.today, A_WEEK)}
    )
    return _about_job(
        request,
        job,
        form,
        lambda data: verbs.leave_job(job, **data, by=request.post, now=request.now),
        heading=_("The job with %(employer)s has ended") % {"employer": job.employer},
        said=_("Kept. A kind letter goes, somebody rings soon, and the next step has its day."),
        intro=_(
            "A job that ends is a step on the way. Say so to the customer. Nothing follows from it, whatever the reason."
        ),
    )


@form_view
def after(request: Asked, ref: str) -> HttpResponse:
    """Somebody talked with the customer after a job ended."""
    job = found_by(queries.job_for, request.post, ref)
    form = TalkForm(posted(request))
    return _about_job(
        request,
        job,
        form,
        lambda data: verbs.called_after(job, **data, by=request.post, now=request.now),
        heading=_("After the job with %(employer)s") % {"employer": job.employer},
        intro=_("How is it for them? What was good, what was too much, what would suit them better?"),
        rings=True,
        **ringing(job.claim),
    )


@form_view
@of_claim
def wishes(request: Asked, found: OnClaim) -> HttpResponse:
    """What work should be like for this customer."""
    known = queries.work_page(found.claim, found.rules, request.today).wishes
    names = ("work", "least_hours", "most_hours", "most_travel_minutes", "times", "avoid")
    form = WishesForm(
        posted(request), initial={name: getattr(known, name) for name in names} if known else {}
    )
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.set_wishes(found.claim, **data, by=request.post, now=request.now),
        said=_("Kept. It is held against every job, and blocks none."),
        heading=_("What work should be like for %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=work_url(found.claim),
        back_label=_("Work"),
    )


def _about_job(
    request: Asked, job: Any, form: Any, act: Any, *, heading: str, said: Any = "", **more: Any
) -> HttpResponse:
    """A page with one form about a job."""
    return one_form(
        request,
        job.claim,
        form,
        act,
        said=said or _("Kept."),
        heading=heading,
        button=_("Keep it"),
        back=work_url(job.claim),
        back_label=_("Work"),
        **{"template": "employment/job.html", **more},
    )
