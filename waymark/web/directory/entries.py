"""Every change to an entry."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waymark.directory import access, queries, verbs
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.directory import forms
from waymark.web.directory.searching import codes_of
from waymark.web.directory.showing import service_or_404
from waymark.web.people.pages import one_form

form_view = require_http_methods(["GET", "POST"])


@form_view
def new(request: Asked) -> HttpResponse:
    """A new entry: who offers what; the rest follows on its page."""
    codes = codes_of(request)
    form = forms.NewForm(request.POST or None, codes=codes, organisations=queries.organisations())

    def act(data: dict[str, Any]) -> Any:
        return verbs.add_with_organisation(
            organisation=data["organisation"],
            new_organisation={"name": data["new_organisation"].strip(), "sector": data["sector"] or "other"},
            fields={name: data[name] for name in ("name", "about", "needs", "telephone")},
            codes=codes,
            by=request.post,
            now=request.now,
        )

    return one_form(
        request,
        form,
        act,
        said=_("The service is in the directory. Fill in what else you know."),
        heading=_("Add a service"),
        button=_("Add it"),
        back=reverse("directory:search"),
        then=lambda made: reverse("directory:entry", args=[made.ref]),
    )


@form_view
def edit(request: Asked, ref: str, part: str) -> HttpResponse:
    """One part of an entry."""
    if part not in forms.PARTS:
        raise Http404
    codes, service = codes_of(request), service_or_404(ref)
    title, form_class = forms.PARTS[part]
    form = form_class(request.POST or None, codes=codes, initial=_initial(service, form_class, request))

    def act(data: dict[str, Any]) -> Any:
        only_here = data.pop("here_only", None)
        districts = None if only_here is None else _districts(service, only_here, request)
        return verbs.amend(
            service, fields=data, districts=districts, codes=codes, by=request.post, now=request.now
        )

    return one_form(
        request,
        form,
        act,
        said=_("The entry is changed, and confirmed with today's date."),
        heading=f"{service.name}: {str(title)[:1].lower()}{str(title)[1:]}",
        button=_("Save"),
        back=reverse("directory:entry", args=[ref]),
    )


def _initial(service: Any, form_class: Any, request: Asked) -> dict[str, Any]:
    found = {name: getattr(service, name) for name in form_class.base_fields if hasattr(service, name)}
    if "postcodes" in found:
        found["postcodes"] = " ".join(service.postcodes)
    if "here_only" in form_class.base_fields:
        found["here_only"] = request.post.team.office.district in service.districts.all()
    if found.get("taking") == "withdrawn":
        del found["taking"]
    return found


def _districts(service: Any, only_here: bool, request: Asked) -> list[Any]:
    here = request.post.team.office.district
    others = [one for one in service.districts.all() if one != here]
    return [*others, here] if only_here else others


@form_view
def where(request: Asked, ref: str) -> HttpResponse:
    """Where the service is given."""
    codes, service = codes_of(request), service_or_404(ref)
    places = {
        place.ref: place for place in queries.get_organisation(service.organisation.ref).locations.all()
    }
    places.update({place.ref: place for place in service.locations.all()})
    form = forms.LocationsForm(
        request.POST or None,
        places=places.values(),
        initial={"locations": [place.ref for place in service.locations.all()]},
    )
    return one_form(
        request,
        form,
        lambda data: verbs.amend(
            service,
            fields={},
            locations=[places[one] for one in data["locations"]],
            codes=codes,
            by=request.post,
            now=request.now,
        ),
        said=_("The places are changed."),
        heading=_("%(name)s: where") % {"name": service.name},
        button=_("Save"),
        back=reverse("directory:entry", args=[ref]),
        intro=_("A place that is not in the list is added on the page of the organisation first."),
    )


def _plain(request: Asked, ref: str, act: Any, said: str) -> HttpResponse:
    """A button without a form: done, or refused with its reason."""
    try:
        act(service_or_404(ref))
    except Refused as refusal:
        back = reverse("directory:entry", args=[ref])
        return render(request, "ui/refused.html", {"refusal": refusal, "return_url": back}, status=409)
    messages.success(request, said)
    then = request.POST.get("then", "")
    return redirect("directory:to_confirm") if then == "to_confirm" else redirect("directory:entry", ref)


@require_POST
def confirm(request: Asked, ref: str) -> HttpResponse:
    """Still right: one click."""
    return _plain(
        request,
        ref,
        lambda service: verbs.confirm(service, by=request.post, now=request.now),
        _("Confirmed with today's date."),
    )


@require_POST
def bring_back(request: Asked, ref: str) -> HttpResponse:
    return _plain(
        request,
        ref,
        lambda service: verbs.bring_back(service, by=request.post, now=request.now),
        _("The service is offered again. Say whether it has places."),
    )


@form_view
def withdraw(request: Asked, ref: str) -> HttpResponse:
    service = service_or_404(ref)
    form = forms.WithdrawForm(request.POST or None, initial={"on": request.today})
    return one_form(
        request,
        form,
        lambda data: verbs.withdraw(service, **data, by=request.post, now=request.now),
        said=_("The service is withdrawn. Its entry can still be read."),
        heading=_("Withdraw %(name)s") % {"name": service.name},
        button=_("Withdraw it"),
        back=reverse("directory:entry", args=[ref]),
        intro=_(
            "Nobody is offered it any more. Those who are there now keep their place: ring the provider about them."
        ),
    )


@form_view
def give(request: Asked, ref: str) -> HttpResponse:
    """Who keeps the entry true."""
    service = service_or_404(ref)
    people = list(queries.colleagues(request.post, request.today, access.KNOWS))
    mine = next((str(post.pk) for post in people if post.person_id == service.owner_id), "")
    form = forms.GiveForm(request.POST or None, people=people, initial={"to": mine})
    return one_form(
        request,
        form,
        lambda data: verbs.give(
            service,
            to=next((post for post in people if str(post.pk) == data["to"]), None),
            by=request.post,
            now=request.now,
        ),
        said=_("Changed."),
        heading=service.name,
        button=_("Save"),
        back=reverse("directory:entry", args=[ref]),
        intro=_("Whoever keeps an entry true is asked to confirm it from time to time."),
    )
