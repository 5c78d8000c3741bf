"""Who may read, write and own entries. Reading is open to all who work with customers (R V50)."""

from waymark.directory.models import Organisation, Service
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

READERS = frozenset(
    {
        Role.AGENT,
        Role.TEAM_LEADER,
        Role.ADVISER,
        Role.DISABILITY_ADVISER,
        Role.ASSESSOR,
        Role.ADVISER_MANAGER,
        Role.ADMINISTRATOR,
        Role.POLICY_OWNER,
    }
)
KNOWS = frozenset({Role.ADVISER, Role.DISABILITY_ADVISER, Role.TEAM_LEADER, Role.ADVISER_MANAGER})
SPEAKS_WITH_CUSTOMERS = KNOWS | {Role.AGENT, Role.ASSESSOR}
KEEPS_ALL = frozenset({Role.TEAM_LEADER, Role.ADVISER_MANAGER, Role.ADMINISTRATOR})


def may_add(by: Post | None) -> Refused | None:
    """Whoever finds a service puts it in (R:L402); None is a file or the demonstration."""
    if by is None or by.role in KNOWS | KEEPS_ALL:
        return None
    return Refused(
        "not_for_this_role",
        f"As {by.get_role_display()} you do not add services.",
        "Tell an adviser or a manager of it.",
    )


def may_change(service: Service, by: Post | None) -> Refused | None:
    """The owner, leaders and managers; anybody who may add one where nobody owns the entry yet."""
    if by is None or by.role in KEEPS_ALL or service.owner_id == by.person_id:
        return None
    if service.owner_id is None:
        return may_add(by)
    name = service.owner.name if service.owner else ""
    return Refused(
        "entry_of_somebody_else",
        f"{name} keeps this entry true.",
        f"Tell {name} what has changed, note it as news, or ask a manager to give you the entry.",
    )


def may_change_organisation(organisation: Organisation, by: Post | None) -> Refused | None:
    """Leaders and managers, and whoever owns the entry of one of its services."""
    if by is None or by.role in KEEPS_ALL:
        return None
    owners = set(organisation.services.exclude(owner=None).values_list("owner", flat=True))
    if by.person_id in owners or not owners:
        return may_add(by)
    return Refused(
        "organisation_of_somebody_else",
        "Colleagues own the entries of this organisation.",
        "Tell one of them what has changed, or note it as news.",
    )


def may_note(organisation: Organisation, by: Post | None) -> Refused | None:
    """News and experience: all who work with customers, and a provider about its own services (R:L1100)."""
    if by is None or by.role in READERS:
        return None
    if by.role == Role.PROVIDER and organisation.office_id == by.team.office_id:
        return None
    return Refused(
        "organisation_not_theirs", "This is another organisation's entry.", "Write about your own services."
    )


def may_know(by: Post) -> Refused | None:
    if by.role in KNOWS:
        return None
    return Refused(
        "not_for_this_role",
        f"As {by.get_role_display()} you are not asked how well you know services.",
        "Advisers and their managers are.",
    )


def may_hear_customers(by: Post) -> Refused | None:
    """What customers say of a service, and what they need and cannot get."""
    if by.role in SPEAKS_WITH_CUSTOMERS:
        return None
    return Refused(
        "not_for_this_role",
        f"As {by.get_role_display()} you do not speak with customers.",
        "Ask an adviser to write it down.",
    )


def may_own(by: Post) -> bool:
    return by.role in KNOWS
