"""What colleagues and customers know of a service, and help that is not there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waymark.directory import verbs
from waymark.directory.enums import Knowledge
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.directory import knowing_forms as forms
from waymark.web.directory.asking import claim_asked_for
from waymark.web.directory.searching import codes_of
from waymark.web.directory.showing import service_or_404
from waymark.web.people.pages import one_form

form_view = require_http_methods(["GET", "POST"])


def _about(
    request: Asked, ref: str, form: Any, act: Any, *, heading: str, button: str, said: str
) -> HttpResponse:
    """A form about one service, and back to its entry."""
    return one_form(
        request,
        form,
        act,
        said=said,
        heading=heading,
        button=button,
        back=reverse("directory:entry", args=[ref]),
    )


@form_view
def change(request: Asked, ref: str) -> HttpResponse:
    """News of a service."""
    service = service_or_404(ref)
    form = forms.ChangeForm(request.POST or None, initial={"on": request.today})
    return _about(
        request,
        ref,
        form,
        lambda data: verbs.note_change(service, **data, by=request.post, now=request.now),
        heading=_("News of %(name)s") % {"name": service.name},
        button=_("Keep it"),
        said=_("The news stands on the entry."),
    )


@form_view
def experience(request: Asked, ref: str) -> HttpResponse:
    service = service_or_404(ref)
    return _about(
        request,
        ref,
        forms.ExperienceForm(request.POST or None),
        lambda data: verbs.note_experience(service, **data, by=request.post, now=request.now),
        heading=_("What you know of %(name)s") % {"name": service.name},
        button=_("Keep it"),
        said=_("Colleagues can read it on the entry."),
    )


@form_view
def view(request: Asked, ref: str) -> HttpResponse:
    """What a customer thought of a service; from the customer's own page it is kept whose it is."""
    service, claim = service_or_404(ref), claim_asked_for(request)
    return _about(
        request,
        ref,
        forms.ViewForm(request.POST or None),
        lambda data: verbs.note_view(service, **data, claim=claim, by=request.post, now=request.now),
        heading=_("What a customer thought of %(name)s") % {"name": service.name},
        button=_("Keep it"),
        said=_("Thank you. Colleagues read the words, not whose they are."),
    )


@require_POST
def know(request: Asked, ref: str) -> HttpResponse:
    """How well I know it: one click."""
    service, form = service_or_404(ref), forms.KnowForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how well you know it."))
        return redirect("directory:entry", ref)
    try:
        verbs.say_knowledge(
            service,
            level=Knowledge(form.cleaned_data["level"]),
            often=form.cleaned_data["often"],
            by=request.post,
            now=request.now,
        )
    except Refused as refusal:
        back = reverse("directory:entry", args=[ref])
        return render(request, "ui/refused.html", {"refusal": refusal, "return_url": back}, status=409)
    messages.success(request, _("Kept."))
    return redirect("directory:entry", ref)


@form_view
def note_unmet(request: Asked) -> HttpResponse:
    """Help that was needed and is not there."""
    codes, claim = codes_of(request), claim_asked_for(request)
    asked = {name: request.GET.get(name, "") for name in ("need", "postcode", "origin")}
    if claim is not None and not asked["postcode"]:
        asked["postcode"] = claim.customer.postcode.split(" ")[0]
    form = forms.UnmetForm(request.POST or None, codes=codes, initial={"origin": "search", **asked})
    return one_form(
        request,
        form,
        lambda data: verbs.note_unmet(
            **data,
            district=request.post.team.office.district,
            claim=claim,
            codes=codes,
            by=request.post,
            now=request.now,
        ),
        said=_("Written down. The list of what is missing counts it."),
        heading=_("Help that is missing"),
        button=_("Write it down"),
        back=reverse("directory:unmet"),
        intro=_(
            "Better said than sent somewhere that does not fit: what is written down here shows what to look for."
        ),
    )
