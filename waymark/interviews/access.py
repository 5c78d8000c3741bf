"""Who may do what about an interview."""

from waymark.customers.models import Claim, Stop
from waymark.interviews.models import Check, Conversation, Interview
from waymark.kernel.clock import words
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

DECIDE = {Role.AGENT, Role.TEAM_LEADER, Role.ADVISER, Role.ADVISER_MANAGER}
SETTLE = {Role.ADVISER, Role.ADVISER_MANAGER, Role.TEAM_LEADER}
LOOK_AGAIN = {Role.TEAM_LEADER, Role.ADVISER_MANAGER}


def may_reach(claim: Claim, by: Post) -> Refused | None:
    """A contact centre reaches the claims of its district, an office its own."""
    if by.works_for_district:
        reached = claim.office.district_id == by.team.office.district_id
    else:
        reached = claim.office_id == by.team.office_id
    if reached:
        return None
    return Refused(
        "claim_of_elsewhere", "This claim belongs to another place.", "Its own office works on it."
    )


def may_act(interview: Interview, by: Post | None) -> Refused | None:
    """Staff who work with customers act on live claims they reach. None: the customer, on their own page."""
    if by is not None and by.role not in DECIDE:
        return Refused(
            "role_cannot", f"A {by.get_role_display()} does not decide about interviews.", "Ask an adviser."
        )
    if interview.claim.status != "live":
        return Refused("claim_ended", "This claim has ended.", "Nothing more is asked of the customer.")
    return None if by is None else may_reach(interview.claim, by)


def may_work_on(claim: Claim, by: Post) -> Refused | None:
    """Staff who work with customers act on live claims they reach, with or without an interview."""
    if by.role not in DECIDE:
        return Refused(
            "role_cannot", f"A {by.get_role_display()} does not work with customers.", "Ask an adviser."
        )
    if claim.status != "live":
        return Refused("claim_ended", "This claim has ended.", "Nothing more is asked of the customer.")
    return may_reach(claim, by)


def may_settle(claim: Claim, by: Post) -> Refused | None:
    """Whether interviews are compulsory for somebody is settled at the office, not at the contact centre."""
    if by.role not in SETTLE:
        return Refused(
            "role_cannot", "This is settled by an adviser or a manager.", "Ask the customer's office."
        )
    return may_work_on(claim, by)


def may_look_again(check: Check, by: Post) -> Refused | None:
    """Checks are made by a team leader or manager who did not decide (D:L610-622)."""
    if by.role not in LOOK_AGAIN:
        return Refused("role_cannot", "Decisions are checked by a team leader.", "Ask yours.")
    if check.decision.decided_by.person_id == by.person_id:
        return Refused(
            "own_decision", "This is your own decision.", "Another team leader or a manager looks at it."
        )
    return may_reach(check.decision.interview.claim, by)


def may_ring(claim: Claim, stop: Stop | None) -> Refused | None:
    """Nobody rings while contact is stopped, or where it is not safe; a customer who rings may always talk."""
    safe = getattr(claim.customer, "safe_contact", None)
    if stop is not None:
        return Refused(
            "contact_stopped",
            f"Contact with this customer is stopped: {stop.get_reason_display()}.",
            f"Somebody looks again on {words(stop.look_again_on)}; until then do not ring.",
        )
    if safe is not None and not safe.may_ring:
        return Refused(
            "not_safe_to_ring",
            "It is not safe to ring this customer.",
            "Use the way that is marked as safe; if the customer rings, you may talk.",
        )
    return None


def may_talk(conversation: Conversation, by: Post) -> Refused | None:
    """Only the agent whose call it is writes in it; a colleague takes it over by resuming it."""
    if conversation.state == "finished":
        return Refused("call_finished", "This conversation is finished.", "Start a new one from the record.")
    if conversation.agent.person_id != by.person_id:
        return Refused(
            "call_of_another",
            f"{conversation.agent.person.name} has this conversation.",
            "Resume it to take it over; what was written stays.",
        )
    return may_act(conversation.interview, by)
