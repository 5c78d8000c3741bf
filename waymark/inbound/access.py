"""Who may write down, read and answer what customers tell us."""

from waymark.customers.access import CASEWORK, claims_within_reach
from waymark.customers.models import Claim
from waymark.inbound.models import Message
from waymark.kernel.refusal import Refused
from waymark.notices.enums import Channel
from waymark.notices.verbs import way_for
from waymark.organisations.models import Post

LINK_WAYS = (Channel.TEXT, Channel.EMAIL)


def may_log(claim: Claim, by: Post | None) -> Refused | None:
    """Whoever reaches the customer writes down what they say (P:L1291). None: the customer's own words."""
    if by is None or Claim.objects.filter(claims_within_reach(by), pk=claim.pk).exists():
        return None
    return Refused(
        "claim_of_elsewhere",
        "This customer belongs to another place.",
        "Ask the customer to ring their own office, or pass it on to a colleague there.",
    )


def may_answer(message: Message, by: Post) -> Refused | None:
    """Caseworkers who reach the customer: an answer may have to change something."""
    if by.role not in CASEWORK:
        return Refused(
            "not_a_caseworker",
            f"As {by.get_role_display()} you do not answer messages.",
            "Ask an adviser, an agent or a team leader.",
        )
    return may_log(message.claim, by)


def may_send_link(claim: Claim) -> Refused | None:
    """A personal link goes by text or e-mail, and only where one of them is safe."""
    try:
        way_for(claim.customer, LINK_WAYS)
    except Refused as refusal:
        return refusal
    return None
