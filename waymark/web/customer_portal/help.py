"""Help the customer has chosen: what, where, when, whom to ring, what they know; and taking any of it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.directory import queries as directory
from waymark.kernel.refusal import Refused
from waymark.referrals import queries, verbs
from waymark.referrals.enums import Given, ReferralState
from waymark.web.asking import Asked
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.referrals.pages import titles
from waymark.web.ui.templatetags.ui import long_day, long_day_time


@visited()
def services(request: Asked, visit: Visit) -> HttpResponse:
    """Every service they were put in touch with."""
    rows = list(queries.of_claims(visit.customer))
    shown = [row for row in rows if row.state != ReferralState.PROPOSED]
    return page(
        request,
        "services",
        visit,
        heading=_("Help you have chosen"),
        running=[(row, plain_state(row, request)) for row in shown if row.state in ReferralState.open()],
        over=[(row, plain_state(row, request)) for row in shown if row.state in ReferralState.over()],
    )


@visited("POST")
def service(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """One of them, with what was told; each yes can be taken back, and the whole of it as well."""
    referral = _own(visit, ref)
    named = titles(_rules(visit, request), "information")
    agreed = queries.consents_of(referral)
    if request.method == "POST":
        return _taken_back(request, referral, agreed)
    return page(
        request,
        "service",
        visit,
        heading=referral.service.name,
        referral=referral,
        state=plain_state(referral, request),
        place=referral.service.locations.first(),
        contact=directory.contact_of(referral.service, request.today),
        told=[
            (one.item, named.get(one.item, one.item), one.withdrawn_at)
            for one in queries.told_to_service(referral)
        ],
        agreed=[(item, named.get(item, item)) for item in agreed],
        feedback=list(referral.feedback.all()),
        can_stop=referral.state in ReferralState.waiting() | {ReferralState.CONSENTED, ReferralState.TOLD},
    )


def _taken_back(request: Asked, referral: Any, agreed: Any) -> HttpResponse:
    """The customer’s own no: to one item, or to all of it. Nothing follows from either."""
    try:
        if "stop" in request.POST:
            verbs.take_back(referral, "customer_stopped", by=None, now=request.now)
            messages.success(request, _("It is taken back. Nothing else changes for you."))
            return redirect("my:services")
        item = request.POST.get("item", "")
        if item in agreed:
            verbs.withdraw_consent(referral, [item], how=Given.OWN_PAGE, by=None, now=request.now)
            messages.success(request, _("Taken back. They no longer see it here."))
    except Refused as refusal:
        messages.error(request, f"{refusal.message} {refusal.cure}".strip())
    return redirect("my:service", referral.ref)


def _own(visit: Visit, ref: str) -> Any:
    try:
        return queries.of_claims(visit.customer).get(ref=ref)
    except ObjectDoesNotExist:
        raise Http404 from None


def _rules(visit: Visit, request: Asked) -> Any:
    rules = queries.rules_of_customer(visit.customer, request.today)
    if rules is None:
        raise Http404
    return rules


def plain_state(referral: Any, request: Asked) -> str:
    """Where it stands, in a sentence for the customer."""
    state, today = referral.state, request.today
    if state == ReferralState.APPOINTMENT and referral.appointment_at:
        return _("Your first time there is %(when)s.") % {
            "when": long_day_time(referral.appointment_at, today)
        }
    if (
        state in {ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED}
        and referral.appointment_at
    ):
        return _("Your first time there is %(when)s.") % {
            "when": long_day_time(referral.appointment_at, today)
        }
    if state in {ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED}:
        if referral.contact_by:
            day = long_day(referral.contact_by, today)
            return _("They get in touch with you by %(day)s. If you hear nothing, ring us.") % {"day": day}
        return _("They know that you would like to come.")
    return {
        ReferralState.CONSENTED: _("We have not told them yet."),
        ReferralState.NOT_COME: _("You can go another day, or choose something else. It is up to you."),
        ReferralState.STARTED: _("You have begun."),
        ReferralState.IN_PROGRESS: _("You have begun."),
        ReferralState.RETURNED: _("They have no place for you now. We look for another way with you."),
        ReferralState.TOLD: _("You can go there whenever you like."),
        ReferralState.ENDED: _("It has ended. We talk with you about what is next."),
        ReferralState.CLOSED: _("It has ended."),
        ReferralState.DECLINED: _("You did not want it."),
        ReferralState.WITHDRAWN: _("It was taken back."),
        ReferralState.NOT_TAKEN_UP: _("You did not go there."),
    }.get(state, "")
