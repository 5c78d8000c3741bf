"""What referrals do when a claim ends: what has not begun is taken back, what has begun may go on (P:L559, P:L1153)."""

from datetime import datetime

from waymark.customers.models import Claim
from waymark.interviews import announcing
from waymark.interviews.announcing import Said
from waymark.organisations.models import Post
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Referral
from waymark.referrals.verbs.closing import take_back_with_claim

NOT_BEGUN = sorted(
    ReferralState.open() - ReferralState.under_way() - {ReferralState.RETURNED, ReferralState.ENDED}
)


def listen() -> None:
    announcing.listen(interviews_said)


def interviews_said(claim: Claim, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened."""
    if said != Said.CLAIM_ENDED:
        return
    for referral in Referral.objects.filter(claim=claim, state__in=NOT_BEGUN).order_by("pk"):
        take_back_with_claim(referral, by=by, now=now)
