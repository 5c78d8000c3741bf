"""Is this person known already? Asked before anybody is added or amended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _

from waymark.customers import access
from waymark.customers.models import Claim, Customer
from waymark.customers.rules import Identity, keys_by_word, near
from waymark.organisations.models import Post

# How near two names must be: less near where a date of birth or a telephone number agrees as well.
NEAR_WITH_MORE, NEAR_ALONE = 0.7, 0.8
MOST = 20


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be the same person. Of one out of reach only the office and the reasons are shown."""

    ref: str
    certain: bool
    reasons: tuple[str, ...]
    office: str
    visible: bool
    name: str = ""
    born_on: date | None = None
    ni_number: str = ""
    address: str = ""
    nearness: float = 0.0


def likely_duplicates(identity: Identity, post: Post | None, but_not: int | None = None) -> list[Likeness]:
    """Who may be the same person as `identity`, the certain first. One query.

    The same NI number is certain. Likely: a near name with the same date of birth (or day and month
    exchanged), the same telephone, the same postcode, or with a date of birth missing on one side.
    `post`: who asks (None: Waymark); `but_not`: the id of the customer who is being amended.
    """
    found = _candidates(identity).exclude(pk=but_not) if but_not else _candidates(identity)
    likenesses = [_likeness(identity, customer, post) for customer in _with_reach(found, post)[: MOST * 5]]
    likely = [one for one in likenesses if one.reasons]
    return sorted(likely, key=lambda one: (not one.certain, -len(one.reasons), -one.nearness))[:MOST]


def _candidates(identity: Identity) -> QuerySet[Customer]:
    """Who shares enough to be looked at; every part has its index."""
    like_family, like_name = (
        _name_like(identity.family_name),
        _name_like(identity.given_names, first_only=True),
    )
    wanted = (like_family & like_name & Q(born_on=None)) if identity.born_on else like_family & like_name
    if identity.born_on:
        wanted |= like_family & Q(born_on__in=_birth_dates(identity.born_on))
    if identity.ni_number:
        wanted |= Q(ni_number=identity.ni_number)
    if identity.telephone:
        wanted |= Q(telephone=identity.telephone)
    if identity.postcode:
        wanted |= like_family & like_name & Q(postcode=identity.postcode)
    return Customer.objects.filter(wanted, merged_into=None)


def _name_like(text: str, *, first_only: bool = False) -> Q:
    words = keys_by_word(text)
    wanted = Q()
    for keys in words[:1] if first_only else words:
        wanted &= Q(name_keys__overlap=keys)
    return wanted


def _birth_dates(born_on: date) -> set[date]:
    """The date itself, and the one that comes out when day and month are exchanged."""
    dates = {born_on}
    if born_on.day <= 12:
        dates.add(date(born_on.year, born_on.day, born_on.month))
    return dates


def _with_reach(found: QuerySet[Customer], post: Post | None) -> QuerySet[Customer]:
    """With the office of the latest claim, and whether the person who asks may open the record."""
    latest = Claim.objects.filter(customer=OuterRef("pk")).order_by("-claimed_on", "-id")
    same = Customer.objects.filter(pk=OuterRef("pk"))
    return found.annotate(
        office_name=latest.values("office__name")[:1],
        within_reach=Exists(same.filter(access.customers_within_reach(post))) if post else Value(True),
    ).order_by("family_name", "given_names", "id")


def _likeness(identity: Identity, customer: Customer, post: Post | None) -> Likeness:
    nearness = near(identity.name, customer.name)
    certain = bool(identity.ni_number) and identity.ni_number == customer.ni_number
    reasons = tuple(_reasons(identity, customer, nearness))
    known = Likeness(
        ref=customer.ref,
        certain=certain,
        reasons=reasons,
        office=customer.office_name or "",  # type: ignore[attr-defined]  # annotated above
        visible=customer.within_reach,  # type: ignore[attr-defined]  # annotated above
        nearness=nearness,
    )
    if not known.visible:
        return known
    return replace(
        known,
        name=customer.name,
        born_on=customer.born_on,
        ni_number=customer.ni_number or "",
        address=", ".join(part for part in (customer.address, customer.postcode) if part),
    )


def _reasons(identity: Identity, customer: Customer, nearness: float) -> Iterator[str]:
    if identity.ni_number and identity.ni_number == customer.ni_number:
        yield _("the same NI number")
    if nearness < NEAR_WITH_MORE:
        return
    name = _("the same name") if nearness == 1 else _("nearly the same name")
    if identity.born_on and customer.born_on == identity.born_on:
        yield _("%(name)s and the same date of birth") % {"name": name}
    elif identity.born_on and customer.born_on in _birth_dates(identity.born_on):
        yield _("%(name)s, with day and month of birth exchanged") % {"name": name}
    elif nearness >= NEAR_ALONE and not (identity.born_on and customer.born_on):
        yield _("%(name)s, and a date of birth that is not known") % {"name": name}
    if identity.telephone and identity.telephone == customer.telephone:
        yield _("%(name)s and the same telephone number") % {"name": name}
    if nearness >= NEAR_ALONE and identity.postcode and identity.postcode == customer.postcode:
        yield _("%(name)s and the same postcode") % {"name": name}
