"""Giving a customer the way to their own page."""

from datetime import datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.inbound import access
from waymark.inbound.verbs.messages import rules_of
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import insist
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.verbs import queue_notice
from waymark.organisations.models import Post
from waymark.portal import verbs as portal
from waymark.portal.rules import LINK_MASK
from waymark.portal.squares import address_of


@transaction.atomic
def send_link(claim: Claim, *, by: Post, now: datetime) -> Notice:
    """Send a personal link by text or e-mail. The message says nothing about why.

    The link is masked in what we keep. Refused where neither way is safe, and where nothing could be asked of
    whoever opens it.
    """
    insist(access.may_send_link(claim))
    rules = rules_of(claim, now)
    made = portal.make_link(claim.customer, rules=rules, by=by, now=now)
    return queue_notice(
        claim,
        NoticeKind.PERSONAL_LINK,
        words={"link": address_of(LINK_MASK, made.key.kind), "expires_on": day_of(made.key.expires_at)},
        rules=rules,
        by=by,
        now=now,
        key=made.key,
    )
