"""Steps of a plan: a new one, and how one stands."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.actionplans import queries, verbs
from waymark.actionplans.queries import OnClaim
from waymark.web.actionplans.forms import DONE, DROP, MORE_TIME, StandForm, StepForm
from waymark.web.actionplans.pages import form_view, found_by, of_claim, one_form, posted
from waymark.web.actionplans.things import Thing, thing_of
from waymark.web.actionplans.views import plan_url
from waymark.web.actionplans.words import step_words
from waymark.web.asking import Asked
from waymark.web.ui.forms import PARTS


@form_view
@of_claim
def add(request: Asked, found: OnClaim) -> HttpResponse:
    """A new step: what, who, by when, and where it comes from; of a referral or an award that is in the address."""
    claim = found.claim
    thing = thing_of(request, claim, request.GET.get("of", ""))
    page = queries.plan_page(claim, found.rules)
    people = queries.colleagues(claim, request.post, request.today)
    form = StepForm(
        people,
        page.goals_open,
        request.post.person.ref,
        None if finding(request) else posted(request),
        contacts=_contacts(request, claim, thing.contact if thing else None),
        asks_origin=thing is None,
        initial=_typed(request) if finding(request) else thing.initial if thing else None,
    )

    def act(data: dict[str, Any]) -> object:
        return verbs.add_step(
            claim,
            words=data["words"],
            who=form.owner_said(data),
            due_on=data["due_on"],
            origin=thing.origin if thing else data["origin"],
            made_of=thing.ref if thing else "",
            goal=form.goals.get(data.get("goal") or ""),
            why=data["why"],
            by=request.post,
            now=request.now,
        )

    return one_form(
        request,
        claim,
        form,
        act,
        said=_("The step stands in the plan. The new version is a draft until the customer agrees."),
        heading=_heading(claim, thing),
        button=_("Put it into the plan"),
        back=plan_url(claim),
        back_label=_("Plan"),
        finds=True,
    )


def _heading(claim: Any, thing: Thing | None) -> str:
    if thing is None:
        return _("A new step for %(name)s") % {"name": claim.customer.name}
    return _("%(thing)s as a step of %(name)s") % {"thing": thing.label, "name": claim.customer.name}


def finding(request: Asked) -> bool:
    """Whether somebody is looked for in the directory; nothing is kept then."""
    return request.method == "POST" and "find" in request.POST


def _contacts(request: Asked, claim: Any, first: Any = None) -> list[Any]:
    """Who of the directory can be chosen: of the thing itself, who helps already, and whom a word finds."""
    words = request.POST.get("helper", "") if request.method == "POST" else ""
    found = queries.helpers_to_choose(claim, words, request.today)
    if first is not None and all(one.pk != first.pk for one in found):
        found.insert(0, first)
    return found


def _typed(request: Asked) -> dict[str, Any]:
    """What was entered so far, to go on with; days as they were typed."""
    days = {
        name: [request.POST.get(f"{name}_{part}", "") for part in PARTS] for name in ("due_on", "again_on")
    }
    return {**request.POST.dict(), **days}


@form_view
def stand(request: Asked, ref: str) -> HttpResponse:
    """How a step stands: done, more time, another step, or no longer wanted."""
    step = found_by(queries.step_for, request.post, ref)
    claim = step.plan.claim
    people = queries.colleagues(claim, request.post, request.today)
    form = StandForm(
        step,
        people,
        request.post.person.ref,
        None if finding(request) else posted(request),
        contacts=_contacts(request, claim),
        initial=_typed(request) if finding(request) else None,
    )
    return one_form(
        request,
        claim,
        form,
        lambda data: _act(request, step, form, data),
        said=_("Kept."),
        heading=step.words,
        button=_("Keep it"),
        back=plan_url(claim),
        back_label=_("Plan"),
        template="actionplans/step.html",
        step=step_words(request, step),
        open=step.state == "open",
        finds=True,
    )


def of_task(request: Asked, task: str) -> HttpResponse:
    """The step behind a task; of a step that is closed, the plan."""
    step = found_by(queries.step_of_task, request.post, task)
    request.customer_read = step.plan.claim.customer.ref
    return redirect("actionplans:step", step.ref)


def _act(request: Asked, step: Any, form: StandForm, data: dict[str, Any]) -> object:
    said, by, now = data["said"], request.post, request.now
    if data["how"] == DONE:
        return verbs.do_step(step, words=said, by=by, now=now)
    if data["how"] == MORE_TIME:
        return verbs.look_back(step, words=said, again_on=data["again_on"], by=by, now=now)
    if data["how"] == DROP:
        return verbs.drop_step(step, why=said, by=by, now=now)
    return verbs.change_step(
        step,
        words=data["words"],
        who=form.new_owner(data) if data["owner"] else None,
        due_on=data["due_on"],
        why=said,
        by=by,
        now=now,
    )
