"""Whom the customer would like to be responsible: kept as said, and read by whoever thinks of handing over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.web.asking import Asked
from waymark.web.casework.forms.contacts import WishForm
from waymark.web.casework.pages import about, act_page, form_view


@form_view
@about(queries.claim_for)
def wish(request: Asked, claim: Any) -> HttpResponse:
    """The customer's wish for a case manager."""
    case = queries.case_of(claim)
    if case is None:
        raise Http404
    case.claim = claim
    return act_page(
        request,
        claim,
        WishForm(request.POST or None, initial={"whom": case.preferred_manager}),
        lambda data: verbs.note_wish(case, whom=data["whom"], by=request.post, now=request.now),
        said=_("It is kept. Nobody changes by it: to go by the wish, hand the customer over."),
        heading=_("Whom %(name)s would like"),
        button=_("Keep it"),
    )
