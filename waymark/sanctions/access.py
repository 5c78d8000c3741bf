"""Who may do what in a case of not attending. Nobody takes two steps that need two people."""

from waymark.customers.models import Claim
from waymark.interviews.access import may_reach, may_ring
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.sanctions.enums import Channel
from waymark.sanctions.models import Breach, Bundle, Challenge

PURSUE = frozenset({Role.ADVISER, Role.TEAM_LEADER, Role.ADVISER_MANAGER})
LIFT = PURSUE | {Role.DECISION_MAKER}
PUT_RIGHT = frozenset({Role.TEAM_LEADER, Role.ADVISER_MANAGER, Role.DECISION_MAKER})
OTHER_PERSON = "Another decision maker takes it."


def may_pursue(claim: Claim, by: Post) -> Refused | None:
    """Those who know the customer find out, ask and refer; they never decide what is paid."""
    if by.role not in PURSUE:
        return Refused(
            "role_cannot",
            f"A {by.get_role_display()} does not take up cases of not attending.",
            "Ask an adviser.",
        )
    return _live(claim) or may_reach(claim, by)


def may_decide(claim: Claim, by: Post) -> Refused | None:
    if by.role != Role.DECISION_MAKER:
        return Refused("role_cannot", "A decision maker decides about payments.", "Refer the case to them.")
    if claim.office.district_id != by.team.office.district_id:
        return Refused(
            "claim_of_elsewhere", "This claim belongs to another district.", "Its own centre decides."
        )
    return None


def may_rule(bundle: Bundle, by: Post) -> Refused | None:
    """Somebody who had no part in it (P:L645)."""
    breach = bundle.breach
    had_part = {bundle.made_by.person_id, breach.opened_by.person_id}
    if breach.cause_by is not None:
        had_part.add(breach.cause_by.person_id)
    if by.person_id in had_part:
        return Refused("own_case", "Who referred the case cannot decide it.", OTHER_PERSON)
    return may_decide(breach.interview.claim, by)


def may_lift(claim: Claim, by: Post) -> Refused | None:
    """Lifting is as easy as can be: whoever works with the customer, or decides."""
    if by.role not in LIFT:
        return Refused(
            "role_cannot", f"A {by.get_role_display()} does not lift a reduction.", "Ask an adviser."
        )
    return may_decide(claim, by) if by.role == Role.DECISION_MAKER else may_reach(claim, by)


def may_reconsider(challenge: Challenge, by: Post) -> Refused | None:
    """Somebody who neither made the decision nor the case."""
    ruling = challenge.ruling
    bundle = ruling.bundle
    had_part = {ruling.decided_by.person_id, bundle.made_by.person_id, bundle.breach.opened_by.person_id}
    if by.person_id in had_part:
        return Refused("own_decision", "Who made the decision cannot look at it again.", OTHER_PERSON)
    return may_decide(bundle.breach.interview.claim, by)


def may_put_right(claim: Claim, by: Post) -> Refused | None:
    """Leaders, managers and decision makers of the district."""
    if by.role not in PUT_RIGHT:
        return Refused(
            "role_cannot", "A leader, a manager or a decision maker puts mistakes right.", "Ask yours."
        )
    if claim.office.district_id != by.team.office.district_id:
        return Refused(
            "claim_of_elsewhere", "This claim belongs to another district.", "Its own people do it."
        )
    return None


def may_try(breach: Breach, channel: Channel) -> Refused | None:
    """Nobody is reached by a way that is not safe for them."""
    claim = breach.interview.claim
    safe = getattr(claim.customer, "safe_contact", None)
    if channel == Channel.PHONE:
        return may_ring(claim, claim.customer.stops.filter(lifted_at=None).first())
    allowed = {
        Channel.TEXT: safe is not None and safe.may_text,
        Channel.EMAIL: safe is None or safe.may_email,
        Channel.LETTER: safe is None or safe.may_write,
    }
    if allowed.get(channel, True):
        return None
    return Refused(
        "way_not_safe",
        f"For this customer a {channel.label} is not safe.",
        "Use a way that is marked as safe.",
    )


def _live(claim: Claim) -> Refused | None:
    if claim.status == "live":
        return None
    return Refused("claim_ended", "This claim has ended.", "Nothing more is asked of the customer.")
