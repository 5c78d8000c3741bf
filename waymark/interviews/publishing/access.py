"""Who may change a programme."""

from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post


def may_change_rules(by: Post) -> Refused | None:
    """Policy owners propose and publish; two different people for one change."""
    if by.role == Role.POLICY_OWNER:
        return None
    return Refused(
        "not_a_policy_owner", "A programme is changed by those who own policy.", "Send them your proposal."
    )
