"""Who may help a customer with their plan and their work. All of it is the customer's choice."""

from waymark.customers.access import CASEWORK, claims_within_reach
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

HELPS = CASEWORK | {Role.DISABILITY_ADVISER}


def may_help(claim: Claim, by: Post | None) -> Refused | None:
    """Whoever works with customers and reaches this one, while the claim is live. None: Waymark itself."""
    refusal = may_go_on_helping(claim, by)
    if refusal is None and claim.status != ClaimStatus.LIVE:
        return Refused(
            "claim_ended",
            "This claim has ended.",
            "What goes on after it stands in the plan for the time after a benefit.",
        )
    return refusal


def may_go_on_helping(claim: Claim, by: Post | None) -> Refused | None:
    """The same, whether the claim is live or has ended: some help goes on (P:L1539)."""
    if by is None:
        return None
    if by.role not in HELPS:
        return Refused(
            "not_a_caseworker",
            f"As {by.get_role_display()} you do not work with customers.",
            "Ask the customer's adviser.",
        )
    if not Claim.objects.filter(claims_within_reach(by), pk=claim.pk).exists():
        return Refused(
            "claim_of_elsewhere", "This customer belongs to another place.", "Ask their own office."
        )
    return None
