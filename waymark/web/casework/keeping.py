"""Pages of keeping a case where it is, and of closing it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.web.asking import Asked
from waymark.web.casework.choosing import open_case
from waymark.web.casework.forms.reasons import ReasonForm
from waymark.web.casework.pages import about, act_page, form_view


@form_view
@about(queries.claim_for)
def keep(request: Asked, claim: Any) -> HttpResponse:
    """Say why a customer who may be for a disability adviser stays; or hand them over from here."""
    case = open_case(request, claim)
    rules = queries.rules_of(claim, request.today)
    rows = {code: row for code, row in rules.reasons("disability_adviser").items() if row.yes("for_keeping")}
    return act_page(
        request,
        claim,
        ReasonForm(request.POST or None, reasons=rows),
        lambda data: verbs.keep_case(case, **data, by=request.post, now=request.now),
        said=_("The reason is kept."),
        heading=_("Is %(name)s one for a disability adviser?"),
        button=_("They stay, because of this"),
        intro=_(
            "A disability adviser works with the most complex problems of health or disability in moving into work or"
            " staying in it. Passing a customer on is right when they can add something, and never a matter of liking."
        ),
        other_url=reverse("casework:hand_over", args=[claim.ref]),
        other_words=_("Hand over to a disability adviser"),
    )


@form_view
@about(queries.claim_for)
def close(request: Asked, claim: Any) -> HttpResponse:
    """Nobody is responsible any more, for a reason. The claim and its next step go on."""
    case = open_case(request, claim)
    rows = queries.rules_of(claim, request.today).reasons("case_closed")
    return act_page(
        request,
        claim,
        ReasonForm(
            request.POST or None,
            reasons={code: row for code, row in rows.items() if not row.yes("by_itself")},
        ),
        lambda data: verbs.close_case(case, **data, by=request.post, now=request.now),
        said=_("The case is closed. The customer can be taken on again on any day."),
        heading=_("Close the case of %(name)s"),
        button=_("Close the case"),
        intro=_(
            "This ends neither the claim nor what is next for the customer, and takes nothing from them."
        ),
    )
