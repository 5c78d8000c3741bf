"""Who reaches which customers, and who may do what with them."""

from enum import Enum

from django.db.models import Exists, OuterRef, Q, QuerySet

from waymark.customers.enums import NoteKind
from waymark.customers.models import Claim, Customer, Note
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

CASEWORK = frozenset(
    {Role.AGENT, Role.TEAM_LEADER, Role.ADVISER, Role.DISABILITY_ADVISER, Role.ADVISER_MANAGER}
)
SEES_CUSTOMERS = CASEWORK | {Role.ASSESSOR}
READS_RESTRICTED = frozenset({Role.TEAM_LEADER, Role.ADVISER, Role.DISABILITY_ADVISER, Role.ADVISER_MANAGER})
MERGES = frozenset({Role.TEAM_LEADER, Role.ADVISER_MANAGER})


class Reach(Enum):
    """Whose claims somebody sees: a centre or a disability adviser those of every office of the district."""

    NOTHING = "nothing"
    OFFICE = "office"
    DISTRICT = "district"


def reach_of(post: Post) -> tuple[Reach, int]:
    """How far a post reaches, with the key of its office or district."""
    place = post.team.office
    if post.role not in SEES_CUSTOMERS:
        return Reach.NOTHING, place.pk
    return (Reach.DISTRICT, place.district_id) if post.works_for_district else (Reach.OFFICE, place.pk)


def claims_in(reach: Reach, place: int, claim: str = "") -> Q:
    """Of rows that come to a claim by the path `claim`, such as "interview__claim__": those within reach of a place."""
    if reach == Reach.NOTHING:
        return Q(pk__in=[])
    if reach == Reach.DISTRICT:
        return Q(**{f"{claim}office__district": place})
    return Q(**{f"{claim}office": place})


def claims_within_reach(post: Post) -> Q:
    """Of claims: those a post may look at."""
    return claims_in(*reach_of(post))


def has_claim_within_reach(post: Post) -> Exists:
    """Of customers, with a claim: a semi-join, which stays fast over many customers."""
    return _has_claim_in(*reach_of(post))


def _has_claim_in(reach: Reach, place: int) -> Exists:
    return Exists(Claim.objects.filter(claims_in(reach, place), customer=OuterRef("pk")))


def without_claim_within_reach(post: Post) -> Q:
    """Of customers, without any claim yet: those that this district has added."""
    return _without_claim_in(reach_of(post)[0], post.team.office.district_id)


def _without_claim_in(reach: Reach, district: int) -> Q:
    if reach == Reach.NOTHING:
        return Q(pk__in=[])
    here = Post.objects.filter(team__office__district=district)
    return ~Exists(Claim.objects.filter(customer=OuterRef("pk"))) & Q(added_by__in=here)


def customers_in(reach: Reach, place: int, district: int) -> Q:
    """Of customers: those with a claim within reach, or without any and of this district.

    For a few customers. Over many, ask for the two apart: an OR cannot be joined.
    """
    return Q(_has_claim_in(reach, place)) | _without_claim_in(reach, district)


def customers_within_reach(post: Post) -> Q:
    """Likewise, of a post."""
    return customers_in(*reach_of(post), post.team.office.district_id)


@composed
def _reached(customer: int, place: int, district: int, *, reach: Reach) -> QuerySet[Customer, int]:
    return Customer.objects.filter(customers_in(reach, place, district), pk=customer).values_list(
        "pk", flat=True
    )


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
    reach, place = reach_of(by)
    if not _reached(customer.pk, place, by.team.office.district_id, reach=reach):
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
