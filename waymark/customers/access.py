"""Who reaches which customers, and who may do what with them."""

from django.db.models import Exists, OuterRef, Q

from waymark.customers.enums import NoteKind
from waymark.customers.models import Claim, Customer, Note
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Post

CASEWORK = frozenset(
    {Role.AGENT, Role.TEAM_LEADER, Role.ADVISER, Role.DISABILITY_ADVISER, Role.ADVISER_MANAGER}
)
SEES_CUSTOMERS = CASEWORK | {Role.ASSESSOR}
READS_RESTRICTED = frozenset({Role.TEAM_LEADER, Role.ADVISER, Role.DISABILITY_ADVISER, Role.ADVISER_MANAGER})
MERGES = frozenset({Role.TEAM_LEADER, Role.ADVISER_MANAGER})


def claims_within_reach(post: Post) -> Q:
    """Of claims: a centre or a disability adviser works for every office of the district, an office for its own."""
    place = post.team.office
    if post.role not in SEES_CUSTOMERS:
        return Q(pk__in=[])
    if post.works_for_district:
        return Q(office__in=Office.objects.filter(district=place.district_id))
    return Q(office=place.pk)


def has_claim_within_reach(post: Post) -> Exists:
    """Of customers, with a claim: a semi-join, which stays fast over many customers."""
    return Exists(Claim.objects.filter(claims_within_reach(post), customer=OuterRef("pk")))


def without_claim_within_reach(post: Post) -> Q:
    """Of customers, without any claim yet: those that this district has added."""
    if post.role not in SEES_CUSTOMERS:
        return Q(pk__in=[])
    here = Post.objects.filter(team__office__district=post.team.office.district_id)
    return ~Exists(Claim.objects.filter(customer=OuterRef("pk"))) & Q(added_by__in=here)


def customers_within_reach(post: Post) -> Q:
    """Either of the two, for a few customers. Over many, ask for them apart: an OR cannot be joined."""
    return Q(has_claim_within_reach(post)) | without_claim_within_reach(post)


def may_work_on(customer: Customer, by: Post | None) -> Refused | None:
    """Caseworkers whose office or contact centre the customer belongs to (None: Waymark itself)."""
    if by is None:
        return None
    if by.role not in CASEWORK:
        return Refused(
            "not_a_caseworker",
            f"As {by.get_role_display()} you cannot change a customer's record.",
            "Ask an adviser, an agent or a team leader.",
        )
    if not Customer.objects.filter(customers_within_reach(by), pk=customer.pk).exists():
        return Refused(
            "customer_of_elsewhere",
            "This customer has no claim at your office.",
            "Ask the office of the customer's claim.",
        )
    return None


def may_add(by: Post | None) -> Refused | None:
    if by is None or by.role in CASEWORK:
        return None
    return Refused(
        "not_a_caseworker",
        f"As {by.get_role_display()} you cannot add customers.",
        "Ask an adviser, an agent or a team leader.",
    )


def may_merge(by: Post | None) -> Refused | None:
    """Two records made one stay one: a second pair of eyes decides it."""
    if by is None or by.role in MERGES:
        return None
    return Refused(
        "merge_needs_leader",
        "Records of two customers are made one by a team leader or an adviser manager.",
        "Ask yours, and say what makes you think they are the same person.",
    )


def may_read_note(note: Note, post: Post) -> bool:
    """A restricted note is read by those who decide with it and by its author; others learn of it."""
    return (
        note.kind != NoteKind.RESTRICTED
        or post.role in READS_RESTRICTED
        or note.written_by.person_id == post.person_id
    )
