"""Who decides about money, agrees to it, and looks after an office's fund."""

from collections.abc import Collection

from waymark.awards.enums import OPEN, AwardKind, AwardState
from waymark.awards.models import Award
from waymark.customers.access import claims_within_reach
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Post

DECIDES = frozenset({Role.ADVISER, Role.DISABILITY_ADVISER, Role.TEAM_LEADER, Role.ADVISER_MANAGER})
LOOKS_AFTER_FUND = frozenset({Role.ADVISER_MANAGER})


def may_decide(claim: Claim, by: Post) -> Refused | None:
    """Advisers, and those who lead them, who reach the customer."""
    if by.role not in DECIDES:
        return Refused(
            "not_an_adviser",
            f"As {by.get_role_display()} you do not decide about money for a customer.",
            "Ask the customer's adviser.",
        )
    if not Claim.objects.filter(claims_within_reach(by), pk=claim.pk).exists():
        return Refused(
            "claim_of_elsewhere",
            "This customer belongs to another place.",
            "Ask the customer's own office.",
        )
    return None


def may_begin(claim: Claim, kind: AwardKind) -> Refused | None:
    """Permitted work goes with a benefit; the credit and the fund may be asked for when the claim has just ended."""
    if claim.status != ClaimStatus.LIVE and kind not in {
        AwardKind.RETURN_TO_WORK_CREDIT,
        AwardKind.DISCRETION_FUND,
    }:
        return Refused(
            "claim_ended", "This claim has ended, and this goes with the benefit.", "Look for a live claim."
        )
    return None


def may_agree(award: Award, by: Post, roles: Collection[str]) -> Refused | None:
    """A second person, of a role that the table of authority names."""
    if award.state != AwardState.PROPOSED:
        return Refused("nothing_to_agree", "Nobody is waiting for this any more.")
    if award.decided_by.person_id == by.person_id:
        return Refused(
            "own_decision", "You decided this yourself, so somebody else agrees.", "Ask a team leader."
        )
    if by.role not in roles:
        return Refused(
            "not_your_authority",
            f"As {by.get_role_display()} you cannot agree to this.",
            f"It needs: {', '.join(str(Role(role).label) for role in roles)}.",
        )
    return may_decide(award.claim, by)


def may_change(award: Award, by: Post) -> Refused | None:
    if award.state not in OPEN:
        return Refused(
            "award_over",
            f"This award is over: {award.get_state_display()}.",
            "A new one can be decided on the money page.",
        )
    return may_decide(award.claim, by)


def may_show(award: Award, by: Post) -> Refused | None:
    """While it runs, and afterwards as long as a payment of it waits."""
    if award.state not in OPEN and award.instalments.filter(held_at__isnull=False).exists():
        return may_decide(award.claim, by)
    return may_change(award, by)


def may_look_after(office: Office, by: Post) -> Refused | None:
    """The adviser manager of the office, or of its district's centre."""
    if by.role in LOOKS_AFTER_FUND and by.team.office_id == office.pk:
        return None
    return Refused(
        "not_your_fund",
        f"The fund of {office.name} is looked after by its adviser manager.",
        "Ask them.",
    )
