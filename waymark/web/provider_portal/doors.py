"""The way in without an account: a secure link for one referral, and the code of a slip. No name is shown at a door."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.kernel.refusal import Refused
from waymark.portal.rules import as_typed
from waymark.portal.secrets import digest_of
from waymark.referrals import queries
from waymark.referrals.verbs.posting import open_pass
from waymark.referrals.verbs.slips import report_arrival
from waymark.web.asking import Asked
from waymark.web.customer_portal.visits import came_from
from waymark.web.people.pages import done
from waymark.web.provider_portal.forms import NameForm, SlipForm
from waymark.web.provider_portal.pages import act_page, page, referral_page
from waymark.web.provider_portal.visits import Visit, by_link, end, keep, unseen
from waymark.web.ui.forms import refuse


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Asked, secret: str) -> HttpResponse:
    """Says which service the link is for, and asks who opens it."""
    found = queries.pass_exists(digest_of(as_typed(secret)), request.now)
    if found is None:
        return unseen(redirect("provider:over"))
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["said_by"]
        try:
            opened = open_pass(as_typed(secret), said_by=name, now=request.now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            response = redirect("provider:here")
            keep(response, opened.ref, name, int(request.now.timestamp()))
            return unseen(response)
    return unseen(
        page(
            request,
            "door",
            heading=_("A referral to %(service)s") % {"service": found.referral.service.name},
            organisation=found.organisation,
            form=form,
        )
    )


@require_safe
@by_link
def here(request: Asked, visit: Visit) -> HttpResponse:
    """The referral of the link."""
    return referral_page(request, visit.referral, by_link=True, name=visit.name)


@by_link
def here_act(request: Asked, visit: Visit, act: str) -> HttpResponse:
    """One thing the service tells."""
    return act_page(request, visit.referral, act, visit.receiver, by_link=True)


@require_POST
def leave(request: Asked) -> HttpResponse:
    response = redirect("provider:over")
    end(response)
    return unseen(response)


@require_safe
def over(request: Asked) -> HttpResponse:
    """Nothing is open here."""
    return unseen(page(request, "over", heading=_("This page is closed")))


@require_http_methods(["GET", "HEAD", "POST"])
def arrived(request: Asked) -> HttpResponse:
    """Somebody came with a slip. Nothing is told in return, not even whether the code was known before."""
    form = SlipForm(request.POST if request.method == "POST" else None, initial={"on": request.today})

    def act(data: dict[str, Any]) -> object:
        return report_arrival(
            as_typed(data["code"]),
            said_by=data["said_by"],
            on=data["on"],
            came_from=came_from(request),
            now=request.now,
        )

    if done(request, form, act):
        messages.success(request, _("Thank you. We know that they found you, and nothing else."))
        return unseen(redirect("provider:arrived"))
    return unseen(page(request, "slip", heading=_("Somebody came with a slip"), form=form))
