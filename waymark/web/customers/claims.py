"""A claim: made, moved to another benefit, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import queries
from waymark.customers.enums import Route
from waymark.interviews import verbs as interviews
from waymark.kernel.refusal import Refused
from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind
from waymark.programme import queries as programmes
from waymark.web.asking import Asked
from waymark.web.customers.forms import BenefitForm, ClaimForm, EndClaimForm
from waymark.web.customers.pages import form_page, found, of_customer, posted, record_url, tried
from waymark.web.ui.components import Link

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
@of_customer
def new(request: Asked, customer: Any) -> HttpResponse:
    """A new claim of a customer; the first call comes with it."""
    held = _programmes(request)
    slug = (
        request.GET.get("programme", "") if request.GET.get("programme", "") in held else next(iter(held), "")
    )
    if not slug:
        refusal = Refused("no_programme", _("No programme holds today."), _("A policy owner can load one."))
        return render(request, "ui/refused.html", {"refusal": refusal, "return_url": record_url(customer)})
    rules = held[slug]
    offices = _offices(request)
    form = ClaimForm(
        posted(request),
        benefits=rules.benefits,
        groups=rules.groups,
        offices=[(code, office.name) for code, office in offices.items()],
        initial={"claimed_on": request.today, "route": Route.CALL, "office": request.post.office.code},
    )
    claim = tried(form, lambda data: _open(request, customer, slug, offices, data))
    if claim is not None:
        messages.success(request, _("The claim is taken. The first call is due."))
        still_seen = queries.claims_visible_to(request.post).filter(pk=claim.pk).exists()
        return redirect(record_url(customer) if still_seen else reverse("customers:search"))
    others = [
        Link(one.version.title, f"?programme={name}", current=name == slug) for name, one in held.items()
    ]
    return form_page(
        request,
        customer,
        form,
        _("New claim"),
        _("Take the claim"),
        programmes=others,
        template="customers/new_claim.html",
    )


def _programmes(request: Asked) -> dict[str, Any]:
    """The programmes that hold today, by slug."""
    held: dict[str, Any] = {}
    for slug in programmes.versions().order_by("valid_from", "slug").values_list("slug", flat=True):
        try:
            held.setdefault(slug, programmes.holding(slug, request.today))
        except Refused:
            continue  # it has not begun
    return held


def _offices(request: Asked) -> dict[str, Any]:
    """Offices customers visit by code, those of the own district first."""
    home = request.post.office.district_id
    places = [office for office in organisations.offices() if office.kind == OfficeKind.OFFICE]
    return {office.code: office for office in sorted(places, key=lambda o: (o.district_id != home, o.name))}


def _open(request: Asked, customer: Any, slug: str, offices: dict[str, Any], data: dict[str, Any]) -> Any:
    return interviews.open_claim(
        customer,
        benefit=data["benefit"],
        group=data["group"],
        programme=slug,
        office=offices[data["office"]],
        claimed_on=data["claimed_on"],
        period_from=data["period_from"] or data["claimed_on"],
        period_until=data["period_until"],
        route=Route(data["route"]),
        by=request.post,
        now=request.now,
    )


@form_view
def benefit(request: Asked, ref: str) -> HttpResponse:
    """The claim goes on under another benefit; or ends here, where that benefit is none of the programme's."""
    claim = found(queries.get_claim, request, ref)
    request.customer_read = claim.customer.ref
    rules = programmes.holding(claim.programme, request.today)
    others = {code: title for code, title in rules.benefits.items() if code != claim.benefit}
    form = BenefitForm(
        posted(request), benefits=others, elsewhere=rules.benefits_elsewhere, initial={"on": request.today}
    )
    changed = tried(
        form, lambda data: interviews.change_benefit(claim, **data, by=request.post, now=request.now)
    )
    if changed is not None:
        messages.success(request, _said(changed) or _("The claim goes on under the new benefit."))
        return redirect(record_url(claim.customer))
    intro = _("Now: %(benefit)s.") % {"benefit": rules.benefits.get(claim.benefit, claim.benefit)}
    return form_page(request, claim.customer, form, _("Change the benefit"), _("Change"), intro=intro)


@form_view
def end(request: Asked, ref: str) -> HttpResponse:
    """The claim ends, and with it all that waited for it."""
    claim = found(queries.get_claim, request, ref)
    request.customer_read = claim.customer.ref
    reasons = programmes.holding(claim.programme, request.today).reasons("claim_end", request.post.role)
    form = EndClaimForm(posted(request), reasons=reasons, initial={"on": request.today})
    ended = tried(form, lambda data: interviews.end_claim(claim, **data, by=request.post, now=request.now))
    if ended is not None:
        messages.success(request, _said(ended))
        return redirect(record_url(claim.customer))
    intro = _(
        "Its interview, its tasks and letters that wait end with it. A letter tells the customer what is over, what "
        "is cancelled, what help may go on and whom to ring."
    )
    return form_page(request, claim.customer, form, _("End the claim"), _("End the claim"), intro=intro)


def _said(claim: Any) -> str:
    """What to tell whoever has ended a claim; nothing while it is live."""
    if claim.ended_on is None:
        return ""
    if claim.told_of_end is False:
        return _("The claim has ended. There was no safe way to write: tell the customer yourself.")
    return _("The claim has ended.")
