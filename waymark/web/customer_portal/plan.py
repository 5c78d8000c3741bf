"""The customer's plan on their own page: what they hope for, whose turn it is, and the ways to say otherwise."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.actionplans import queries
from waymark.actionplans import verbs as plans
from waymark.actionplans.enums import AgreedHow
from waymark.actionplans.wording import who_does
from waymark.inbound import verbs
from waymark.inbound.enums import About, Way
from waymark.interviews.holding import rules_for
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.interviews.forms import area
from waymark.web.people.pages import done


class WrongForm(forms.Form):
    """What the customer would like otherwise."""

    words = area(
        gettext_lazy("What is not right, or what would you like otherwise?"), required=True, most=2000, rows=4
    )


class DidForm(forms.Form):
    """A step the customer has done. Words are welcome and not needed."""

    words = area(gettext_lazy("How did it go? You need not write anything."), most=2000, rows=3)


@visited()
def plan(request: Asked, visit: Visit) -> HttpResponse:
    """The plan as it is, the customer's own steps first."""
    claim = visit.own.claim
    own = queries.own_plan(claim, rules_for(claim, request.today)) if claim is not None else None
    return page(
        request,
        "plan",
        visit,
        heading=_("Your plan"),
        own=own,
        live=visit.own.live,
        others=[(who_does(step), step) for step in own.others] if own else [],
        done=[(who_does(step), step) for step in own.done] if own else [],
    )


@visited("POST")
def wrong(request: Asked, visit: Visit) -> HttpResponse:
    """This is not right: it becomes a message that somebody answers."""
    form = WrongForm(request.POST if request.method == "POST" else None)
    return _tell(
        request,
        visit,
        form,
        lambda words: _("About my plan: %(words)s") % {"words": words},
        About.CORRECTION,
        heading=_("This is not right"),
        intro=_("Tell us, and we change the plan with you. It is yours."),
    )


@visited("POST")
def did(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """I have done this: it becomes a message, and the adviser closes the step."""
    claim = visit.own.claim
    if claim is None:
        raise Http404
    try:
        step = queries.own_step(claim, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = DidForm(request.POST if request.method == "POST" else None)

    def said(words: str) -> str:
        did_it = _("I have done this step of my plan: “%(step)s”.") % {"step": step.words}
        return f"{did_it} {words}".strip()

    return _tell(
        request,
        visit,
        form,
        said,
        About.OTHER,
        heading=_("You have done this"),
        intro=_("Well done: “%(step)s”.") % {"step": step.words},
    )


@visited("POST")
def agree(request: Asked, visit: Visit) -> HttpResponse:
    """Yes, this is my plan."""
    if request.method != "POST":
        return redirect("my:plan")
    claim = visit.own.claim
    own = queries.own_plan(claim, rules_for(claim, request.today)) if claim is not None else None
    if own is None or own.proposed is None or str(own.proposed.number) != request.POST.get("version"):
        messages.success(request, _("The plan has changed meanwhile. Please look at it again."))
        return redirect("my:plan")
    try:
        plans.agree(
            own.proposed,
            agreed=True,
            on=request.today,
            how=AgreedHow.PORTAL,
            send=False,
            by=None,
            now=request.now,
        )
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": reverse("my:plan")}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, _("Thank you. This is your plan now. You can still change your mind."))
    return redirect("my:plan")


def _tell(
    request: Asked, visit: Visit, form: Any, said: Any, about: About, *, heading: str, intro: str
) -> HttpResponse:
    claim = visit.own.claim
    if claim is None:
        raise Http404
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(
            verbs.log(claim, way=Way.PORTAL, about=about, words=said(data["words"]), by=None, now=request.now)
        ),
    ):
        return redirect("my:message", made[0].ref)
    return page(request, "plan_tell", visit, heading=heading, intro=intro, form=form)
