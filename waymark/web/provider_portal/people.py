"""A service asks us to see somebody who agrees to it, by account and by link, and reads our answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.referrals import queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import Through
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.provider_portal.pages import page
from waymark.web.provider_portal.visits import Visit, by_link
from waymark.web.referrals.sent_to_us import SeeForm, somebody

MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def ask_us(request: Asked) -> HttpResponse:
    """By account: of which office, whom, and why."""
    organisation = queries.organisation_of(request.post)
    if organisation is None:
        raise Http404
    offices = {one.code: one for one in queries.offices_to_ask(request.post)}
    if not offices:
        raise Http404
    form = SeeForm(_posted(request), offices=offices.values())
    return _page(
        request,
        form,
        lambda data: verbs.ask_us_to_see(
            offices[data["office"]],
            somebody(data),
            words=data["words"],
            agreed=data["agreed"],
            organisation=organisation,
            by=Receiver(request.post.person.name, Through.ACCOUNT, request.post),
            now=request.now,
        ),
        asked=queries.asked_by_service(request.post)[:MOST],
        here=reverse("provider:ask_us"),
        back_url=reverse("provider:home"),
        back_label=_("Referrals"),
    )


@by_link
def here_ask_us(request: Asked, visit: Visit) -> HttpResponse:
    """By link: the office that sent the referral is asked."""
    form = SeeForm(_posted(request), offices=())
    return _page(
        request,
        form,
        lambda data: verbs.ask_us_to_see(
            visit.referral.claim.office,
            somebody(data),
            words=data["words"],
            agreed=data["agreed"],
            organisation=visit.found.organisation,
            made_pass=visit.found,
            by=visit.receiver,
            now=request.now,
        ),
        asked=queries.asked_by_link(visit.found)[:MOST],
        here=reverse("provider:here_ask_us"),
        by_link=True,
        name=visit.name,
        back_url=reverse("provider:here"),
        back_label=_("The referral"),
    )


def _posted(request: Asked) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: Asked, form: SeeForm, act: Any, *, here: str, **context: Any) -> HttpResponse:
    if done(request, form, act):
        messages.success(
            request, _("Thank you. An adviser answers within three working days; the answer stands here.")
        )
        return redirect(here)
    return page(request, "people", heading=_("Ask us to see somebody"), form=form, **context)
