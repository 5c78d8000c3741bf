"""The directory for others: only what anybody may read, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from waymark.directory.catalogue import Catalogue
from waymark.directory.hsds.fields import NAMES, TAXONOMY
from waymark.directory.hsds.mapping import NEEDS, term_of_need
from waymark.directory.hsds.writing import whole_services
from waymark.directory.models import Location, Loose, Organisation, Service
from waymark.directory.queries.searching import origin_of
from waymark.directory.rules import district_of, miles_between

MILE = 1609.344
DAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
# A row of its times, by a condition on one of them; the value comes as a parameter, never pasted in.
TIMES = {
    "day": "",  # one of DAYS, within the list of days of a row
    "start_time": "$.schedules[*] ? (@.opens_at >= $said)",
    "end_time": "$.schedules[*] ? (@.closes_at <= $said)",
}

HOLDS = "jsonb_path_exists(directory_service.published, %s::jsonpath, jsonb_build_object('said', %s::text))"


@dataclass(frozen=True)
class Filter:
    """What was asked for in the address; what is empty is not asked."""

    search: str = ""
    term: str = ""
    taxonomy: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    organisation: str = ""
    postcode: str = ""
    proximity: float | None = None
    times: tuple[tuple[str, str], ...] = ()


def open_services(wanted: Filter, codes: Catalogue) -> QuerySet[Service]:
    """Services that are offered and fit what was asked, with their organisations, by name."""
    rows = Service.objects.filter(withdrawn_on=None).select_related("organisation").order_by("name", "id")
    if wanted.search:
        rows = rows.filter(search=SearchQuery(wanted.search, config="english", search_type="websearch"))
    if wanted.organisation:
        rows = rows.filter(organisation__uid=wanted.organisation)
    if wanted.minimum_age is not None:
        rows = rows.filter(least_age__gte=wanted.minimum_age)
    if wanted.maximum_age is not None:
        rows = rows.filter(greatest_age__lte=wanted.maximum_age)
    if wanted.term:
        rows = rows.filter(_has_term("id", wanted.term, _needs_by_id(codes)))
    if wanted.taxonomy:
        ours = {str(uuid5(NAMES, NEEDS)): Q(needs__len__gt=0)}
        rows = rows.filter(ours.get(wanted.taxonomy, _published(taxonomy_id=wanted.taxonomy)))
    if wanted.postcode:
        rows = rows.filter(Q(postcodes=[]) | Q(postcodes__contains=[district_of(wanted.postcode)]))
    for kind, said in wanted.times:
        if kind == "day" and said not in DAYS:
            raise ValueError(f"no day: {said}")
        path = f'$.schedules[*] ? (@.byday like_regex "{said}")' if kind == "day" else TIMES[kind]
        condition = RawSQL(HOLDS, [path, said])
        rows = rows.alias(**{f"has_{kind}": condition}).filter(**{f"has_{kind}": True})
    return rows


def _published(**term: str) -> Q:
    return Q(published__attributes__contains=[{"taxonomy_term": term}])


def _has_term(name: str, value: str, needs: Mapping[str, str]) -> Q:
    return Q(needs__contains=[needs[value]]) if value in needs else _published(**{name: value})


def _needs_by_id(codes: Catalogue) -> dict[str, str]:
    return {term_of_need(code, "")["id"]: code for code in codes.rows("need")}


def open_service(uid: UUID) -> Service:
    """One whole service, withdrawn or not. Raises Service.DoesNotExist."""
    return whole_services().get(uid=uid)


def open_organisations() -> QuerySet[Organisation]:
    return (
        Organisation.objects.select_related("part_of")
        .prefetch_related("locations", "contacts")
        .order_by("name", "id")
    )


def open_organisation(uid: UUID) -> Organisation:
    """Raises Organisation.DoesNotExist."""
    return open_organisations().get(uid=uid)


def services_within(organisation: Organisation) -> QuerySet[Service]:
    return whole_services().filter(organisation=organisation, withdrawn_on=None)


@dataclass(frozen=True)
class AtLocation:
    """A service at one of its places, with the id of the tie between them."""

    uid: str
    service: Service
    location: Location


def at_locations(wanted: Filter, codes: Catalogue) -> list[AtLocation]:
    """Services at their places; near a postcode where `proximity` (metres) says so."""
    found = [
        AtLocation(tie_of(service, place), service, place)
        for service in open_services(wanted, codes).prefetch_related("locations")
        for place in service.locations.all()
    ]
    if wanted.proximity is None or not wanted.postcode:
        return found
    origin = origin_of(wanted.postcode)
    if origin is None:
        return []
    return [
        one
        for one in found
        if one.location.latitude is not None
        and one.location.longitude is not None
        and miles_between(origin, (one.location.latitude, one.location.longitude)) * MILE <= wanted.proximity
    ]


def tie_of(service: Service, place: Location) -> str:
    """The id of a service at a place: as published, or our own."""
    for at in service.published.get("service_at_locations", []):
        if at.get("location", {}).get("id") == str(place.uid):
            return str(at["id"])
    return str(uuid5(NAMES, f"{service.uid} at {place.uid}"))


def at_location(uid: UUID) -> AtLocation | None:
    """The service at a place of this id. Looks among the published ties first, then among our own."""
    published = Service.objects.filter(
        published__service_at_locations__contains=[{"id": str(uid)}], withdrawn_on=None
    )
    link = Service.locations.through
    candidates = [*published.prefetch_related("locations", "organisation")]
    if not candidates:
        pairs = link.objects.filter(service__withdrawn_on=None).values_list(
            "service__uid", "location__uid", "service"
        )
        pk = next((pk for one, other, pk in pairs if uuid5(NAMES, f"{one} at {other}") == uid), None)
        candidates = [*Service.objects.filter(pk=pk).prefetch_related("locations")] if pk else []
    for service in candidates:
        for place in service.locations.all():
            if tie_of(service, place) == str(uid):
                return AtLocation(str(uid), service, place)
    return None


def taxonomies() -> list[dict[str, Any]]:
    """Our own two, and those that came with published data."""
    own = [
        {"id": str(uuid5(NAMES, name)), "name": name, "description": about, "version": "1"}
        for name, about in ((NEEDS, "What a service helps with"), (TAXONOMY, "What else an entry says"))
    ]
    return [*own, *_loose("taxonomies")]


def terms(codes: Catalogue) -> list[dict[str, Any]]:
    """The needs of the programme as terms, and those that came with published data."""
    return [
        *(term_of_need(code, title) for code, title in codes.titles("need").items()),
        *_loose("taxonomy_terms"),
    ]


def _loose(kind: str) -> list[dict[str, Any]]:
    return list(Loose.objects.filter(kind=kind).values_list("published", flat=True))
