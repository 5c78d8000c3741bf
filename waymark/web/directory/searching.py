"""Search, comparison side by side, and the sheet of options for the customer."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.directory import queries
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.rendering import sheet_pdf
from waymark.directory.rules import freshness
from waymark.directory.sheet import sheet_of
from waymark.web.asking import Asked
from waymark.web.directory.asking import claim_asked_for, form_for, wanted_of
from waymark.web.directory.own_figures import real_waits
from waymark.web.directory.why import Why, ages, miles_words, wait_words, who_refers, why
from waymark.web.ui.components import Action, Column, Link, Table
from waymark.web.ui.markup import lines_html, link_html
from waymark.web.ui.templatetags.ui import day
from waymark.web.worklist.next_action import open_page

MOST_COMPARED = 4


def codes_of(request: Asked) -> Catalogue:
    """What the pack says of the directory at the office of who asks."""
    return catalogue(request.today, request.post.team.office)


def sections(request: Asked, current: str) -> list[Link]:
    """The pages of the directory that the role may open."""
    pages = [
        (_("Search"), "directory:search"),
        (_("Entries to confirm"), "directory:to_confirm"),
        (_("What we know"), "directory:knowledge"),
        (_("Needs and areas"), "directory:coverage"),
        (_("What is missing"), "directory:unmet"),
        (_("Organisations"), "directory:organisations"),
    ]
    found = [(label, name, open_page(request.post.role, name)) for label, name in pages]
    return [Link(label, url, name == current) for label, name, url in found if url]


@require_safe
def search(request: Asked) -> HttpResponse:
    """Services for a need at a place, the best fit first, each with why."""
    codes = codes_of(request)
    claim = claim_asked_for(request)
    form = form_for(request, codes, claim)
    wanted = wanted_of(form, request, codes)
    number = request.GET.get("page", "1")
    page = int(number) if number.isdigit() and 0 < int(number) < 10_000 else 1
    found = queries.search(wanted, by=request.post, page=page)
    if not found.services and page > 1:
        return redirect("directory:search")
    asked = any(name in request.GET for name in form.fields)
    waits = real_waits(found.services)
    context = {
        "heading": _("Find help")
        if claim is None
        else _("Find help for %(name)s") % {"name": claim.customer.name},
        "sections": sections(request, "directory:search"),
        "claim": claim,
        "record_url": open_page(request.post.role, "customers:record", claim.customer.ref) if claim else "",
        "search": form,
        "asked": asked,
        "found": found,
        "results": [
            {
                **_result(one, why(one, wanted, codes, found.judged), codes, request),
                "real_wait": waits.get(one.pk, ""),
            }
            for one in found.services
        ],
        "page": Paginator(range(found.total), queries.A_PAGE).get_page(page),
        "add": _add(request),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("service", "page")],
        "unmet_url": _unmet_url(request, form, claim),
        "most": MOST_COMPARED,
    }
    return render(request, "directory/search.html", context)


def _result(service: Any, reasons: Why, codes: Catalogue, request: Asked) -> dict[str, Any]:
    fresh = freshness(service.confirmed_on, request.today, codes.confirm_every_days)
    places = [place for place in service.locations.all() if place.town or place.postcode]
    where = ", ".join(dict.fromkeys(place.town or place.postcode for place in places[:3]))
    return {
        "service": service,
        "why": reasons,
        "where": where,
        "miles": miles_words(service.miles) if service.miles is not None else "",
        "wait": capfirst(wait_words(service)),
        "fresh": fresh,
        "new_to_me": service.my_level in (None, "4"),
    }


def _add(request: Asked) -> Action | None:
    url = open_page(request.post.role, "directory:new")
    return Action(_("Add a service"), url) if url else None


def _unmet_url(request: Asked, form: Any, claim: Any) -> str:
    url = open_page(request.post.role, "directory:note_unmet")
    if not url:
        return ""
    said = {
        "need": form.cleaned_data.get("need", ""),
        "postcode": form.cleaned_data.get("postcode", ""),
        "customer": claim.customer.ref if claim else "",
        "origin": "search",
    }
    chosen = {name: value for name, value in said.items() if value}
    return f"{url}?{'&'.join(f'{name}={value}' for name, value in chosen.items())}".replace(" ", "+")


def _chosen(request: Asked, wanted: Any) -> list[Any]:
    """The services ticked, at most four of them, none that is unknown."""
    refs = list(dict.fromkeys(request.GET.getlist("service")))[:MOST_COMPARED]
    return queries.judge(refs, wanted, by=request.post)


@require_safe
def compare(request: Asked) -> HttpResponse:
    """Two to four services side by side."""
    codes = codes_of(request)
    claim = claim_asked_for(request)
    wanted = wanted_of(form_for(request, codes, claim), request, codes)
    services = _chosen(request, wanted)
    back = f"{reverse('directory:search')}?{_without(request, 'service')}"
    context = {
        "heading": _("Side by side"),
        "back_url": back,
        "back_label": _("Find help"),
        "services": services,
        "table": _side_by_side(services, wanted, codes, request) if len(services) > 1 else None,
        "sheet_url": f"{reverse('directory:sheet')}?{request.GET.urlencode()}",
    }
    return render(request, "directory/compare.html", context)


def _without(request: Asked, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()


def _side_by_side(services: list[Any], wanted: Any, codes: Catalogue, request: Asked) -> Table:
    reasons = [why(one, wanted, codes, queries.judged(wanted)) for one in services]
    waits = real_waits(services)
    rows: list[list[object]] = [
        [_("Fits because"), *(lines_html(one.fits) or "–" for one in reasons)],
        [_("Ask first"), *(lines_html(one.asks) or "–" for one in reasons)],
        [_("Does not fit because"), *(lines_html(one.misses) or "–" for one in reasons)],
    ]
    parts = [
        (_("What happens there"), lambda s: s.about),
        (_("Who it is for"), lambda s: lines_html([s.for_whom, ages(s)])),
        (_("Who cannot come"), lambda s: lines_html([s.not_for, *codes.words("exclusion", s.excludes)])),
        (_("Where"), lambda s: lines_html(str(place) for place in s.locations.all())),
        (_("How far"), lambda s: miles_words(s.miles) if s.miles is not None else _("not known")),
        (_("Places and wait"), lambda s: capfirst(wait_words(s))),
        (_("Real wait"), lambda s: waits.get(s.pk, "")),
        (_("How long it lasts"), lambda s: _("%(n)s weeks") % {"n": s.lasts_weeks} if s.lasts_weeks else ""),
        (_("Who may refer"), lambda s: capfirst(who_refers(s.referred_by))),
        (_("How"), lambda s: capfirst(str(s.get_route_display()))),
        (_("Documents"), lambda s: lines_html(codes.words("document", s.documents))),
        (
            _("Benefits"),
            lambda s: lines_html([capfirst(str(s.get_benefit_effect_display())), s.benefit_words]),
        ),
        (_("What the customer pays"), lambda s: s.fees),
        (_("Last confirmed"), lambda s: day(s.confirmed_on, request.today) or _("never")),
    ]
    rows += [[label, *(tell(one) or "–" for one in services)] for label, tell in parts]
    heads = [Column(link_html(reverse("directory:entry", args=[one.ref]), one.name)) for one in services]
    return Table(
        _("Services side by side"), [Column(_("What"), hidden=True), *heads], rows, caption_hidden=True
    )


@require_safe
def sheet(request: Asked) -> HttpResponse:
    """The options for the customer, neutral and in plain words: on screen, and as a PDF to print."""
    codes = codes_of(request)
    claim = claim_asked_for(request)
    wanted = wanted_of(form_for(request, codes, claim), request, codes)
    services = _chosen(request, wanted)
    if not services:
        raise Http404
    content = sheet_of(
        services,
        codes,
        on=request.today,
        name=claim.customer.name if claim else "",
        adviser=request.post.person.name,
        office=request.post.team.office,
    )
    if request.GET.get("format") == "pdf":
        headers = {"Content-Disposition": 'inline; filename="options.pdf"'}
        return HttpResponse(sheet_pdf(content), content_type="application/pdf", headers=headers)
    query = request.GET.copy()
    query["format"] = "pdf"
    context = {
        "heading": content["title"],
        "sheet": content,
        "back_url": f"{reverse('directory:search')}?{_without(request, 'service')}",
        "back_label": _("Find help"),
        "pdf_url": f"{reverse('directory:sheet')}?{query.urlencode()}",
    }
    return render(request, "directory/sheet.html", context)
