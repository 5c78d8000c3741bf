"""The keys to a customer's own page: made, sent or shown once, ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.inbound import access as inbound
from waymark.inbound import verbs
from waymark.insight import own_page
from waymark.kernel.refusal import Refused
from waymark.portal import access, queries
from waymark.portal import verbs as portal
from waymark.portal.squares import address_of, square
from waymark.web.asking import Asked
from waymark.web.customers.pages import of_customer, record_url
from waymark.web.inbound.forms import EndKeyForm
from waymark.web.people.pages import done, form_page
from waymark.web.ui.components import Action
from waymark.web.ui.templatetags.ui import day, day_time


@require_safe
@of_customer
def index(request: Asked, customer: Any) -> HttpResponse:
    """Which keys there are, and a new one."""
    here = customer.ref
    no_key = access.may_make(customer, request.post)
    claim = own_page.claim_of(customer)
    no_way = no_key or (inbound.may_send_link(claim) if claim is not None else None)
    context = {
        "heading": _("%(name)s’s own page") % {"name": customer.name},
        "customer": customer,
        "actions": []
        if claim is None
        else [
            Action(
                _("Send a link by text or e-mail"),
                reverse("inbound:send_link", args=[here]),
                "post",
                refused=_said(no_way),
                primary=True,
            ),
            Action(
                _("Show a link here, once"),
                reverse("inbound:show_link", args=[here]),
                "post",
                refused=_said(no_key),
            ),
        ],
        "rows": [_row(key, request) for key in queries.keys_of(customer)],
        "back_url": record_url(customer),
        "back_label": customer.name,
    }
    return render(request, "inbound/keys.html", context)


@require_POST
@of_customer
def send(request: Asked, customer: Any) -> HttpResponse:
    """A personal link to the customer's e-mail address."""
    claim = own_page.claim_of(customer)
    if claim is None:
        raise Http404
    try:
        notice = verbs.send_link(claim, by=request.post, now=request.now)
    except Refused as refusal:
        return _refused(request, refusal, customer)
    messages.success(request, _("The link goes out, to %(address)s.") % {"address": notice.address})
    return redirect("inbound:keys", customer.ref)


@require_POST
@of_customer
def show(request: Asked, customer: Any) -> HttpResponse:
    """A personal link for the customer who is here. It is shown once and kept nowhere."""
    claim = own_page.claim_of(customer)
    if claim is None:
        raise Http404
    try:
        rules = own_page.rules_of(claim, request.today)
        made = portal.make_link(customer, rules=rules, by=request.post, now=request.now)
    except Refused as refusal:
        return _refused(request, refusal, customer)
    link = address_of(made.secret, made.key.kind)
    context = {
        "heading": _("A link for %(name)s") % {"name": customer.name},
        "link": link,
        "square": square(link),
        "until": made.key.expires_at,
        "back_url": reverse("inbound:keys", args=[customer.ref]),
    }
    response = render(request, "inbound/link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@of_customer
def end(request: Asked, customer: Any) -> HttpResponse:
    """A key opens nothing any more."""
    ref = request.POST.get("key") or request.GET.get("key", "")
    key = get_object_or_404(queries.keys_of(customer), ref=ref)
    form = EndKeyForm(request.POST if request.method == "POST" else None, initial={"key": ref})
    back = reverse("inbound:keys", args=[customer.ref])
    if done(
        request,
        form,
        lambda data: portal.end_key(key, because=data["because"], by=request.post, now=request.now),
    ):
        messages.success(request, _("It opens nothing any more."))
        return redirect(back)
    heading = _("End the %(kind)s") % {"kind": key.get_kind_display()}
    return form_page(request, form, heading=heading, button=_("End it"), back=back)


def _row(key: Any, request: Asked) -> dict[str, Any]:
    works = queries.works(key, request.now)
    made_by = key.made_by.person.name if key.made_by else _("Waymark, with a letter")
    if works:
        state, tone = _("works until %(day)s") % {"day": day(key.expires_at, request.today)}, "good"
    elif key.ended_at:
        state, tone = _("ended: %(why)s") % {"why": key.ended_because}, "quiet"
    else:
        state, tone = _("over"), "quiet"
    return {
        "kind": key.get_kind_display(),
        "made": day_time(key.made_at, request.today),
        "by": made_by,
        "state": state,
        "tone": tone,
        "used": day_time(key.last_used_at, request.today) if key.last_used_at else _("not yet"),
        "end_url": f"{reverse('inbound:end_key', args=[key.customer.ref])}?key={key.ref}" if works else "",
    }


def _said(refusal: Refused | None) -> str | None:
    return f"{refusal.message} {refusal.cure}" if refusal else None


def _refused(request: Asked, refusal: Refused, customer: Any) -> HttpResponse:
    back = reverse("inbound:keys", args=[customer.ref])
    return render(request, "ui/refused.html", {"refusal": refusal, "return_url": back}, status=409)
