"""Reading entries: one whole, those to confirm, who knows what, what is missing, what covers which need where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Count,
    F,
    Max,
    Prefetch,
    Q,
    QuerySet,
)

from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim
from waymark.directory.catalogue import catalogue
from waymark.directory.enums import Useful
from waymark.directory.models import (
    Change,
    Contact,
    CustomerView,
    Experience,
    Knowing,
    Liaison,
    Location,
    Organisation,
    Service,
)
from waymark.organisations.models import District, Post

NEWS_FOR_DAYS = 180


def services() -> QuerySet[Service]:
    """Every entry with its organisation, owner and places, withdrawn ones as well."""
    return Service.objects.select_related("organisation", "owner", "confirmed_by").prefetch_related(
        "locations"
    )


def get_service(ref: str) -> Service:
    """One entry with all that its page shows. Raises Service.DoesNotExist."""
    return services().prefetch_related("districts", "contacts", "organisation__contacts").get(ref=ref)


def get_organisation(ref: str) -> Organisation:
    """One organisation with its services, places and contacts. Raises Organisation.DoesNotExist."""
    return (
        Organisation.objects.select_related("part_of", "office")
        .prefetch_related(
            Prefetch("services", Service.objects.select_related("owner").defer("published")),
            "locations",
            "contacts__service",
        )
        .get(ref=ref)
    )


def organisations() -> QuerySet[Organisation]:
    return (
        Organisation.objects.defer("published")
        .annotate(offered=Count("services", filter=Q(services__withdrawn_on=None)))
        .order_by("name", "id")
    )


def get_location(ref: str) -> Location:
    return Location.objects.select_related("organisation").get(ref=ref)


def get_contact(ref: str) -> Contact:
    return Contact.objects.select_related("organisation", "service").get(ref=ref)


def contacts_of(service: Service, on: date) -> list[Contact]:
    """Whom to ring about a service: its own contacts first, then those of the organisation, link workers ahead."""
    own = [c for c in service.contacts.all() if _holds(c, on)]
    others = [c for c in service.organisation.contacts.all() if c.service_id is None and _holds(c, on)]
    return [*own, *others]


def contact_of(service: Service, on: date) -> Contact | None:
    """The first of them: the one to ring and to write to."""
    return next(iter(contacts_of(service, on)), None)


def _holds(contact: Contact, on: date) -> bool:
    return contact.until is None or contact.until >= on


def changes_of(service: Service, on: date) -> list[Change]:
    """News of a service and of its organisation that still matters: not ended, not older than half a year."""
    rows = Change.objects.filter(
        Q(service=service) | Q(service=None, organisation=service.organisation_id)
    ).filter(Q(until__gte=on) | Q(until=None, on__gte=on - timedelta(days=NEWS_FOR_DAYS)))
    return list(rows.select_related("by__person"))


def experiences_of(service: Service) -> list[Experience]:
    rows = Experience.objects.filter(
        Q(service=service) | Q(service=None, organisation=service.organisation_id)
    )
    return list(rows.select_related("by__person"))


def liaisons_of(organisation: Organisation) -> list[Liaison]:
    return list(organisation.liaisons.select_related("by__person"))


def last_contact(organisation: Organisation, on: date) -> date | None:
    """The day people of both sides last met."""
    found: date | None = organisation.liaisons.filter(on__lte=on).aggregate(last=Max("on"))["last"]
    return found


@dataclass(frozen=True)
class Views:
    """What customers thought: how many of each, and their words without whose they are."""

    yes: int
    partly: int
    no: int
    words: tuple[CustomerView, ...]

    @property
    def total(self) -> int:
        return self.yes + self.partly + self.no


def views_of(service: Service) -> Views:
    """Customers' feedback on a service. The claim behind it is left out. One query."""
    rows = list(CustomerView.objects.filter(service=service).defer("claim_ref", "by"))
    said = [row.useful for row in rows]
    return Views(
        said.count(Useful.YES),
        said.count(Useful.PARTLY),
        said.count(Useful.NO),
        tuple(row for row in rows if row.words),
    )


@dataclass(frozen=True)
class Known:
    """How well people here know a service: how many said each level."""

    levels: dict[str, int]
    mine: Knowing | None


def known_by(service: Service, post: Post) -> Known:
    rows = list(Knowing.objects.filter(service=service))
    levels: dict[str, int] = {}
    for row in rows:
        levels[row.level] = levels.get(row.level, 0) + 1
    return Known(levels, next((row for row in rows if row.person_id == post.person_id), None))


def to_confirm(post: Post, on: date, every_days: int) -> QuerySet[Service]:
    """The entries of who asks that nobody has confirmed for too long, the longest first."""
    return stale(on, every_days).filter(owner=post.person_id)


def how_many_to_confirm(post: Post, on: date) -> int:
    """How many entries of who asks wait to be confirmed. One query more only for those who keep any."""
    mine = Service.objects.filter(owner=post.person_id, withdrawn_on=None)
    oldest = list(mine.values_list("confirmed_on", flat=True))
    if not oldest:
        return 0
    before = on - timedelta(days=catalogue(on, post.team.office).confirm_every_days)
    return sum(1 for confirmed in oldest if confirmed is None or confirmed < before)


def stale(on: date, every_days: int) -> QuerySet[Service]:
    """Entries whose confirmation is older than `every_days`, or that were never confirmed."""
    before = on - timedelta(days=every_days)
    return (
        services()
        .filter(Q(confirmed_on__lt=before) | Q(confirmed_on=None), withdrawn_on=None)
        .order_by(F("confirmed_on").asc(nulls_first=True), "name", "id")
    )


def without_owner() -> QuerySet[Service]:
    return services().filter(owner=None, withdrawn_on=None)


def colleagues(post: Post, on: date, roles: Collection[str]) -> QuerySet[Post]:
    """Who in the district could keep an entry."""
    return (
        Post.objects.filter(
            team__office__district=post.team.office.district_id, role__in=roles, starts_on__lte=on
        )
        .filter(Q(ends_on=None) | Q(ends_on__gte=on))
        .select_related("person", "team__office")
        .order_by("person__name", "id")
    )


def districts() -> QuerySet[District]:
    return District.objects.all()


def claim_within_reach(post: Post, ref: str) -> Claim:
    """A claim of a customer this post reaches. Raises Claim.DoesNotExist for strangers."""
    return (
        Claim.objects.filter(claims_within_reach(post))
        .select_related("customer", "office__district")
        .get(ref=ref)
    )


def live_claim_of(post: Post, customer_ref: str) -> Claim:
    """The newest claim of a customer this post reaches. Raises Claim.DoesNotExist for strangers."""
    found = (
        Claim.objects.filter(claims_within_reach(post), customer__ref=customer_ref)
        .select_related("customer", "office__district")
        .order_by("-status", "-claimed_on", "-id")
        .first()
    )
    if found is None:
        raise Claim.DoesNotExist
    return found
