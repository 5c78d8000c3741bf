"""What a step of the plan may stand for: a referral or an award, put into the plan from its own page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.actionplans import queries as plans
from waymark.actionplans.enums import Origin, OwnerKind
from waymark.awards import queries as awards
from waymark.awards.enums import OPEN, AwardKind
from waymark.directory.queries import contact_of
from waymark.referrals import queries as referrals
from waymark.referrals.enums import ReferralState
from waymark.web.asking import Asked
from waymark.web.awards.pages import kind_words
from waymark.web.ui.components import Link
from waymark.web.ui.templatetags.ui import long_day
from waymark.web.worklist.next_action import open_page

BEFORE_IT_ENDS = timedelta(days=28)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Thing:
    """A referral or an award, and the step it would make. contact: who of the directory does it, where somebody does."""

    ref: str
    label: str
    origin: Origin
    initial: dict[str, Any]
    contact: Any = None


def thing_of(request: Asked, claim: Any, ref: str) -> Thing | None:
    """The referral or the award of a claim that a reference names; None without one. Strangers find nothing."""
    if not ref:
        return None
    for find in (_referral, _award):
        try:
            found = find(request, claim, ref)
        except ObjectDoesNotExist:
            continue
        if found is not None:
            return found
    raise Http404


def _referral(request: Asked, claim: Any, ref: str) -> Thing | None:
    referral = referrals.get_referral(request.post, ref)
    if referral.claim_id != claim.pk or referral.state not in ReferralState.open():
        return None
    contact = contact_of(referral.service, request.today)
    time = referral.appointment_at.date() if referral.appointment_at else None
    initial = {
        "words": _("Go to %(service)s") % {"service": referral.service.name},
        "owner": OwnerKind.CUSTOMER,
        "contact": contact.ref if contact else "",
        "helper": "" if contact else referral.service.organisation.name,
        "due_on": _not_past(time or referral.contact_by, request.today),
    }
    return Thing(referral.ref, referral.service.name, Origin.REFERRAL, initial, contact)


def _award(request: Asked, claim: Any, ref: str) -> Thing | None:
    award = awards.get_award(request.post, ref)
    if award.claim_id != claim.pk or award.state not in OPEN:
        return None
    name = kind_words(award.kind)
    end = award.until - BEFORE_IT_ENDS if award.until else None
    words = _("Talk about what comes after it: %(award)s") % {"award": name[:1].lower() + name[1:]}
    owner = OwnerKind.ADVISER
    if award.kind == AwardKind.DISCRETION_FUND:
        words, owner, end = _("Buy what the money is for"), OwnerKind.CUSTOMER, None
    initial = {"words": words, "owner": owner, "due_on": _not_past(end, request.today)}
    return Thing(award.ref, name, Origin.AWARD, initial)


def _not_past(day: date | None, today: date) -> date:
    return max(day, today) if day is not None else today + A_WEEK


def plan_link(request: Asked, claim: Any, ref: str) -> Link | None:
    """From a referral or an award to its step of the plan, or the way to put it there. One statement."""
    step = plans.open_step_of(ref)
    if step is not None:
        url = open_page(request.post.role, "actionplans:step", step.ref)
        by = long_day(step.due_on, request.today)
        return (
            Link(_("In the plan, by %(day)s: %(words)s") % {"day": by, "words": step.words}, url)
            if url
            else None
        )
    if claim.status != "live" or not open_page(request.post.role, "actionplans:add_step", claim.ref):
        return None
    url = reverse("actionplans:add_step", args=[claim.ref])
    return Link(_("Put it into the plan"), f"{url}?{urlencode({'of': ref})}")
