"""Who may do what with a case. The help is open to whoever works with the customer; nobody else sees it."""

from datetime import date

from waymark.casework.models import Case, Transfer
from waymark.customers.models import Claim
from waymark.directory.models import Contact
from waymark.interviews.access import may_reach
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

HELPS = frozenset({Role.ADVISER, Role.DISABILITY_ADVISER, Role.TEAM_LEADER, Role.ADVISER_MANAGER})
MANAGES_CASES = frozenset({Role.ADVISER, Role.DISABILITY_ADVISER, Role.ADVISER_MANAGER})
OVERSEES = frozenset({Role.TEAM_LEADER, Role.ADVISER_MANAGER})


def may_help(claim: Claim, by: Post | None) -> Refused | None:
    """Advisers, disability advisers, their leaders and managers, for the live claims they reach (None: Waymark)."""
    if claim.status != "live":
        return Refused("claim_ended", "This claim has ended.", "Nobody is responsible for it any more.")
    if by is None:
        return None
    if by.role not in HELPS:
        return Refused(
            "role_cannot",
            f"As {by.get_role_display()} you do not manage cases.",
            "Ask the customer's adviser.",
        )
    return may_reach(claim, by)


def is_open(case: Case) -> Refused | None:
    if case.closed_at is None:
        return None
    return Refused("case_closed", "This case is closed.", "Take the customer on again first.")


def may_manage(post: Post, on: date) -> Refused | None:
    """Who is responsible works here, today, in a role that helps customers."""
    if post.role in MANAGES_CASES and post.holds_on(on) and post.person.left_on is None:
        return None
    return Refused(
        "no_case_manager",
        f"{post.person.name} cannot be a case manager.",
        "Choose an adviser or disability adviser who works here today.",
    )


def contact_is_there(contact: Contact, on: date) -> Refused | None:
    if contact.until is None or contact.until >= on:
        return None
    return Refused(
        "contact_has_left",
        f"{contact.name} is no longer at {contact.organisation.name}.",
        "Choose somebody who is there now.",
    )


def may_answer(transfer: Transfer, by: Post) -> Refused | None:
    """The one who is asked. For somebody of a service, a colleague who reaches the customer writes down their answer."""
    if transfer.to_post is None:
        return may_help(transfer.case.claim, by)
    if transfer.to_post.person_id == by.person_id:
        return None
    return Refused(
        "asked_of_another",
        f"{transfer.to_post.person.name} is asked, and answers.",
        "Ask them, or take the question back.",
    )


def may_bring_back(transfer: Transfer, by: Post | None) -> Refused | None:
    """Either side of a loan, and those who oversee the office."""
    return may_help(transfer.case.claim, by)
