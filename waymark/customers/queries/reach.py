"""Which customers and claims a post reaches."""

from dataclasses import fields
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from waymark.customers import access
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim, Customer, Representative
from waymark.customers.rules import Identity
from waymark.kernel.composed import composed
from waymark.organisations.models import Post


def visible_to(post: Post) -> QuerySet[Customer]:
    """The customers this post may look at, each person once: who was merged stands under the survivor."""
    return Customer.objects.filter(access.customers_within_reach(post), merged_into=None)


def claims_visible_to(post: Post) -> QuerySet[Claim]:
    """The claims this post may look at, with customer and office."""
    return Claim.objects.filter(access.claims_within_reach(post)).select_related("customer", "office")


def get_customer(post: Post, ref: str) -> Customer:
    """The customer of this reference, or the one they were merged into (another `ref` than asked for).

    Raises Customer.DoesNotExist when there is none that this post may look at.
    """
    reach, place = access.reach_of(post)
    return _customer.one(ref, place, post.team.office.district_id, reach=reach)


@composed
def _customer(ref: str, place: int, district: int, *, reach: access.Reach) -> QuerySet[Customer]:
    asked = Customer.objects.filter(ref=ref)
    merged = Customer.objects.filter(merged_into=OuterRef("pk"))
    return (
        Customer.objects.filter(access.customers_in(reach, place, district), merged_into=None)
        .filter(pk=Subquery(asked.values(survivor=Coalesce("merged_into", "pk"))))
        .select_related("safe_contact", "access_needs")
        .annotate(merged_refs=ArraySubquery(merged.values("ref")))
    )


def get_claim(post: Post, ref: str) -> Claim:
    """The claim of this reference with customer and office. Raises Claim.DoesNotExist for strangers."""
    return claims_visible_to(post).select_related("office__district").get(ref=ref)


def newest_claim(post: Post, customer: Customer) -> Claim | None:
    """The claim help hangs on, with customer and office: the live one, else the latest; None out of reach."""
    reached = claims_visible_to(post).filter(customer=customer).select_related("customer", "office__district")
    return reached.order_by(
        Case(When(status=ClaimStatus.LIVE, then=0), default=1), "-claimed_on", "-id"
    ).first()


def claims_of(customer: Customer) -> QuerySet[Claim]:
    """Every claim of a customer with its office, the latest first."""
    return customer.claims.select_related("office")


def get_representative(customer: Customer, ref: str) -> Representative:
    """Raises Representative.DoesNotExist when this customer has none of that reference."""
    return customer.representatives.get(ref=ref)


def record_refs(customer: Customer) -> list[str]:
    """The reference of a customer and of everybody merged into them: the record stands under all of these.

    No query when `customer` came from `get_customer`.
    """
    known = getattr(customer, "merged_refs", None)
    merged = customer.merged_from.values_list("ref", flat=True) if known is None else known
    return [customer.ref, *merged]


def identity_of(customer: Customer) -> Identity:
    """What is kept about who a customer is."""
    known: dict[str, Any] = {f.name: getattr(customer, f.name) for f in fields(Identity)}
    return Identity(**known | {"ni_number": customer.ni_number or ""})
