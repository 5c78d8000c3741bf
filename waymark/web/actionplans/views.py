"""The plan of a customer: seen, added to, agreed, looked at again, on paper."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waymark.actionplans import papers, queries, verbs
from waymark.actionplans.enums import AgreedHow
from waymark.actionplans.queries import OnClaim
from waymark.actionplans.wording import barrier_titles
from waymark.web.actionplans.forms import AgreeForm, BarriersForm, GoalForm, ReviewForm, WordsForm, later
from waymark.web.actionplans.pages import acted, form_view, found_by, head, of_claim, one_form, posted
from waymark.web.actionplans.words import plan_words
from waymark.web.asking import Asked


def plan_url(claim: Any) -> str:
    return reverse("actionplans:plan", args=[claim.ref])


@require_safe
@of_claim
def plan(request: Asked, found: OnClaim) -> HttpResponse:
    """The plan: whose turn it is first, then what the customer hopes for, then what was done."""
    page = queries.plan_page(found.claim, found.rules)
    name = found.claim.customer.name
    context = {
        **head(request, found, _("Plan of %(name)s") % {"name": name}),
        **plan_words(request, found.claim, page),
        "page": page,
        "live": found.claim.status == "live",
    }
    return render(request, "actionplans/plan.html", context)


@require_safe
@of_claim
def versions(request: Asked, found: OnClaim) -> HttpResponse:
    """Every version: what changed, why, and what the customer said to it."""
    page = queries.plan_page(found.claim, found.rules)
    if page.plan is None:
        raise Http404
    context = {
        **head(request, found, _("How the plan came about")),
        "back_url": plan_url(found.claim),
        "back_label": _("Plan"),
        "rows": queries.versions_of(page.plan),
    }
    return render(request, "actionplans/versions.html", context)


@require_safe
@of_claim
def paper(request: Asked, found: OnClaim) -> HttpResponse:
    """The newest version as the customer gets it, on one page where it fits: to print, or with ?format=pdf."""
    version = queries.newest_version(found.claim)
    if version is None:
        raise Http404
    sheet = papers.sheet(version, found.rules, by=request.post, now=request.now)
    if request.GET.get("format") == "pdf":
        return HttpResponse(
            sheet.pdf(),
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="plan-{found.claim.ref}.pdf"'},
        )
    context = {
        **head(request, found, _("The plan on paper")),
        "back_url": plan_url(found.claim),
        "back_label": _("Plan"),
        "sheet": sheet.html,
        "version": version,
    }
    return render(request, "actionplans/paper.html", context)


@form_view
@of_claim
def aim(request: Asked, found: OnClaim) -> HttpResponse:
    """What the customer hopes for, in their words."""
    page = queries.plan_page(found.claim, found.rules)
    form = WordsForm(
        posted(request),
        label=_("What do they hope for?"),
        help_text=_("Write it as they say it. It stands at the head of the plan."),
        initial={"words": page.plan.aim if page.plan else ""},
    )
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.set_aim(found.claim, **data, by=request.post, now=request.now),
        said=_("Kept. The new version is a draft until the customer agrees."),
        heading=_("What %(name)s hopes for") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=plan_url(found.claim),
        back_label=_("Plan"),
    )


@form_view
@of_claim
def goal(request: Asked, found: OnClaim) -> HttpResponse:
    """A new goal."""
    form = WordsForm(
        posted(request),
        label=_("What do they want to reach?"),
        help_text=_("Small is good: go out alone twice a week."),
    )
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.set_goal(found.claim, **data, by=request.post, now=request.now),
        said=_("The goal stands in the plan."),
        heading=_("A new goal"),
        button=_("Put it into the plan"),
        back=plan_url(found.claim),
        back_label=_("Plan"),
    )


@form_view
def close_goal(request: Asked, ref: str) -> HttpResponse:
    """A goal is reached, or no longer wanted."""
    found = found_by(queries.goal_for, request.post, ref)
    form = GoalForm(posted(request))
    return one_form(
        request,
        found.plan.claim,
        form,
        lambda data: verbs.close_goal(
            found, reached=data["reached"] == "yes", why=data["why"], by=request.post, now=request.now
        ),
        said=_("Kept."),
        heading=_("Goal: %(goal)s") % {"goal": found.words},
        button=_("Keep it"),
        back=plan_url(found.plan.claim),
        back_label=_("Plan"),
    )


@form_view
@of_claim
def barriers(request: Asked, found: OnClaim) -> HttpResponse:
    """What stands in the way."""
    page = queries.plan_page(found.claim, found.rules)
    form = BarriersForm(barrier_titles(found.rules), page.plan.barriers if page.plan else (), posted(request))
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.set_barriers(
            found.claim, data["codes"], why=data["why"], by=request.post, now=request.now
        ),
        said=_("Kept. The new version is a draft until the customer agrees."),
        heading=_("What makes it hard for %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=plan_url(found.claim),
        back_label=_("Plan"),
    )


@form_view
@of_claim
def agree(request: Asked, found: OnClaim) -> HttpResponse:
    """What the customer said to the newest version."""
    version = queries.newest_version(found.claim)
    if version is None:
        raise Http404
    form = AgreeForm(posted(request), initial={"on": request.today, "how": AgreedHow.TOGETHER})

    def act(data: dict[str, Any]) -> object:
        said = {**data, "agreed": data["agreed"] == "yes"}
        return verbs.agree(version, **said, by=request.post, now=request.now)

    return one_form(
        request,
        found.claim,
        form,
        act,
        said=_("Kept: what the customer said to their plan."),
        heading=_("Go through the plan with %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep what they said"),
        back=plan_url(found.claim),
        back_label=_("Plan"),
        template="actionplans/agree.html",
        version=version,
        lines=queries.lines(version),
    )


@form_view
@of_claim
def review(request: Asked, found: OnClaim) -> HttpResponse:
    """Customer and adviser have looked at the plan together."""
    page = queries.plan_page(found.claim, found.rules)
    plan = page.plan
    if plan is None:
        raise Http404
    days = found.rules.value("plans.review_days")
    form = ReviewForm(posted(request), initial={"next_on": later(request.today, days)})
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.review(plan, **data, by=request.post, now=request.now),
        said=_("Kept, with the day of the next time."),
        heading=_("Look at the plan with %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=plan_url(found.claim),
        back_label=_("Plan"),
        template="actionplans/review.html",
        page=page,
        **plan_words(request, found.claim, page),
    )


@require_POST
@of_claim
def take_wish(request: Asked, found: OnClaim, wish: str) -> HttpResponse:
    """A wish becomes a step, in one press."""
    wanted = found_by(queries.wish_for, found.claim, wish)
    return acted(
        request,
        lambda: verbs.from_wish(wanted, by=request.post, now=request.now),
        said=_("The wish stands in the plan, with who does it and by when."),
        back=plan_url(found.claim),
    )


@require_POST
@of_claim
def take_promise(request: Asked, found: OnClaim, task: str) -> HttpResponse:
    """A promise becomes a step, in one press."""
    wanted = found_by(queries.promise_for, found.claim, task)
    return acted(
        request,
        lambda: verbs.from_promise(wanted, by=request.post, now=request.now),
        said=_("The promise stands in the plan, by the same day."),
        back=plan_url(found.claim),
    )
