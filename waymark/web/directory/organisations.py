"""Organisations: their services, their places, whom to ring, and when both sides last met."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory import access, queries, verbs
from waymark.directory.handout import handout_of
from waymark.directory.rendering import sheet_pdf
from waymark.web.asking import Asked
from waymark.web.directory import forms
from waymark.web.directory.knowing_forms import LiaisonForm
from waymark.web.directory.searching import codes_of, sections
from waymark.web.guidance.views import loaded, rules_of
from waymark.web.people.pages import one_form
from waymark.web.ui.components import Action, Column, Row, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import telephone

form_view = require_http_methods(["GET", "POST"])
A_PAGE = 50


def organisation_or_404(ref: str) -> Any:
    try:
        return queries.get_organisation(ref)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_safe
def index(request: Asked) -> HttpResponse:
    """Every organisation, by name."""
    page: Any = Paginator(queries.organisations(), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            link_html(reverse("directory:organisation", args=[one.ref]), one.name),
            capfirst(str(one.get_sector_display())),
            telephone(one.telephone),
            one.offered,
        ]
        for one in page
    ]
    columns = [
        Column(_("Name")),
        Column(_("Kind")),
        Column(_("Telephone")),
        Column(_("Services"), numeric=True),
    ]
    context = {
        "heading": _("Organisations"),
        "sections": sections(request, "directory:organisations"),
        "tables": [
            Table(
                _("Organisations"), columns, rows, _("Nobody is in the directory yet."), caption_hidden=True
            )
        ],
        "page": page,
    }
    return render(request, "directory/tables.html", context)


@require_safe
def organisation(request: Asked, ref: str) -> HttpResponse:
    """One organisation."""
    found = organisation_or_404(ref)
    refused = access.may_change_organisation(found, request.post)
    liaisons = queries.liaisons_of(found)
    met = [one for one in liaisons if one.on <= request.today]
    why = str(refused) if refused else None
    context = {
        "heading": found.name,
        "organisation": found,
        "rows": _rows(found),
        "offered": [one for one in found.services.all() if one.withdrawn_on is None],
        "withdrawn": [one for one in found.services.all() if one.withdrawn_on is not None],
        "contacts": [one for one in found.contacts.all() if one.until is None or one.until >= request.today],
        "may_change": refused is None,
        "liaisons": [(one, one.on > request.today) for one in liaisons],
        "last_contact": met[0].on if met else None,
        "actions": [
            Action(_("Note a meeting"), reverse("directory:liaison", args=[ref])),
            Action(_("Something to hand out"), reverse("directory:handout", args=[ref])),
            Action(_("Add a contact"), reverse("directory:contact", args=[ref])),
            Action(_("Add a place"), reverse("directory:place", args=[ref]), refused=why),
            Action(_("Change it"), reverse("directory:edit_organisation", args=[ref]), refused=why),
        ],
        "back_url": reverse("directory:organisations"),
        "back_label": _("Organisations"),
    }
    return render(request, "directory/organisation.html", context)


def _rows(found: Any) -> list[Row]:
    lines = [
        (_("About"), found.about),
        (_("Kind"), capfirst(str(found.get_sector_display()))),
        (_("Part of"), found.part_of.name if found.part_of else ""),
        (_("Telephone"), telephone(found.telephone)),
        (_("E-mail"), found.email),
        (_("Website"), found.website),
    ]
    return [Row(label, value) for label, value in lines if value]


@require_safe
def handout(request: Asked, ref: str) -> HttpResponse:
    """What partners ask us, with somebody to ring: on screen, and as a PDF to hand out."""
    found = organisation_or_404(ref)
    slug = request.GET.get("programme") or next(reversed(loaded(request)), "")
    if slug not in loaded(request):
        raise Http404
    content = handout_of(
        rules_of(request, slug),
        on=request.today,
        organisation=found.name,
        adviser=request.post.person.name,
        office=request.post.team.office,
    )
    if content is None:
        raise Http404
    if request.GET.get("format") == "pdf":
        headers = {"Content-Disposition": 'inline; filename="for-partners.pdf"'}
        return HttpResponse(sheet_pdf(content), content_type="application/pdf", headers=headers)
    context = {
        "heading": content["title"],
        "sheet": content,
        "back_url": reverse("directory:organisation", args=[ref]),
        "back_label": found.name,
        "pdf_url": f"{reverse('directory:handout', args=[ref])}?programme={slug}&format=pdf",
    }
    return render(request, "directory/sheet.html", context)


@form_view
def edit(request: Asked, ref: str) -> HttpResponse:
    found = organisation_or_404(ref)
    names = forms.OrganisationForm.base_fields
    form = forms.OrganisationForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    return one_form(
        request,
        form,
        lambda data: verbs.amend_organisation(
            found, fields=data, codes=codes_of(request), by=request.post, now=request.now
        ),
        said=_("Changed."),
        heading=found.name,
        button=_("Save"),
        back=reverse("directory:organisation", args=[ref]),
    )


@form_view
def add_place(request: Asked, ref: str) -> HttpResponse:
    found = organisation_or_404(ref)
    return one_form(
        request,
        forms.PlaceForm(request.POST or None),
        lambda data: verbs.add_location(found, fields=data, by=request.post, now=request.now),
        said=_("The place is added. Say on the entry of each service whether it is given there."),
        heading=_("A place of %(name)s") % {"name": found.name},
        button=_("Add it"),
        back=reverse("directory:organisation", args=[ref]),
    )


@form_view
def edit_place(request: Asked, ref: str) -> HttpResponse:
    try:
        found = queries.get_location(ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    names = forms.PlaceForm.base_fields
    initial = {name: getattr(found, name) for name in names}
    initial["step_free"] = {True: "yes", False: "no", None: ""}[found.step_free]
    return one_form(
        request,
        forms.PlaceForm(request.POST or None, initial=initial),
        lambda data: verbs.amend_location(found, fields=data, by=request.post, now=request.now),
        said=_("Changed."),
        heading=str(found),
        button=_("Save"),
        back=reverse("directory:organisation", args=[found.organisation.ref]),
    )


@form_view
def add_contact(request: Asked, ref: str) -> HttpResponse:
    found = organisation_or_404(ref)
    services = {one.ref: one for one in found.services.all() if one.withdrawn_on is None}
    form = forms.ContactForm(
        request.POST or None, services=services.values(), initial={"service": request.GET.get("service", "")}
    )

    def act(data: dict[str, Any]) -> Any:
        service = services.get(data.pop("service"))
        fields = {**data, "since": request.today}
        return verbs.add_contact(found, fields=fields, service=service, by=request.post, now=request.now)

    return one_form(
        request,
        form,
        act,
        said=_("The contact is added."),
        heading=_("Somebody to ring at %(name)s") % {"name": found.name},
        button=_("Add"),
        back=reverse("directory:organisation", args=[ref]),
    )


@form_view
def end_contact(request: Asked, ref: str) -> HttpResponse:
    try:
        found = queries.get_contact(ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    return one_form(
        request,
        forms.EndForm(request.POST or None, initial={"on": request.today}),
        lambda data: verbs.end_contact(found, **data, by=request.post, now=request.now),
        said=_("They are not shown any more from then on."),
        heading=_("%(name)s is not the one to ring any more") % {"name": found.name},
        button=_("Save"),
        back=reverse("directory:organisation", args=[found.organisation.ref]),
    )


@form_view
def liaison(request: Asked, ref: str) -> HttpResponse:
    found = organisation_or_404(ref)
    return one_form(
        request,
        LiaisonForm(request.POST or None, initial={"on": request.today}),
        lambda data: verbs.note_liaison(found, **data, by=request.post, now=request.now),
        said=_("Written down."),
        heading=_("A meeting with %(name)s") % {"name": found.name},
        button=_("Keep it"),
        back=reverse("directory:organisation", args=[ref]),
        intro=_("One that is to come can be written down too: colleagues see it."),
    )
