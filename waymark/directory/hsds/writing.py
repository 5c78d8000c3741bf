"""Services and organisations as published data."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import uuid5

from django.db.models import Prefetch, QuerySet

from waymark.directory.catalogue import Catalogue
from waymark.directory.hsds.fields import NAMES, Field
from waymark.directory.hsds.mapping import (
    CONTACT,
    LOCATION,
    ORGANISATION,
    SERVICE,
    changed_since,
    needs_field,
    over,
)
from waymark.directory.models import Contact, Location, Loose, Organisation, Service

Document = dict[str, Any]
VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/v3.0.0/"
A_BATCH = 250


def whole_services() -> QuerySet[Service]:
    """Services with all that is published of them: organisation, places, contacts. Six queries."""
    contacts = Contact.objects.order_by("id")
    return (
        Service.objects.select_related("organisation__part_of")
        .order_by("id")
        .prefetch_related(
            Prefetch("locations", Location.objects.order_by("id")),
            Prefetch("organisation__locations", Location.objects.order_by("id")),
            Prefetch("organisation__contacts", contacts),
        )
    )


def service_document(
    service: Service, codes: Catalogue, on: date, *, open_only: bool = False, within: bool = False
) -> Document:
    """A whole service. open_only: only what anybody may read; within: inside its organisation, so without it."""
    document = over(_fields(codes), service, open_only=open_only)
    document.setdefault("status", "active")
    _places(document, service, open_only)
    _people(document, service.organisation, service, on, open_only)
    if within:
        return document
    document["organization"] = organisation_document(service.organisation, on, open_only=open_only)
    return document


def organisation_document(organisation: Organisation, on: date, *, open_only: bool = False) -> Document:
    """An organisation with its places and contacts, without its services."""
    document = {
        "name": organisation.name,
        "description": "",
        **over(ORGANISATION, organisation, open_only=open_only),
    }
    document.setdefault("description", "")
    if organisation.part_of is not None:
        document["parent_organization_id"] = str(organisation.part_of.uid)
    by_uid = {str(place.uid): place for place in organisation.locations.all()}
    if "locations" in document:
        document["locations"] = [
            location_document(by_uid[one["id"]], open_only=open_only) if one["id"] in by_uid else one
            for one in document["locations"]
        ]
    _people(document, organisation, None, on, open_only)
    return document


def location_document(location: Location, *, open_only: bool = False) -> Document:
    document = over(LOCATION, location, open_only=open_only)
    document.setdefault("location_type", "physical")
    return document


def service_line(service: Service, codes: Catalogue, on: date) -> Document:
    """A service as it stands in lists: only fields that have one value, and its organisation in the same way."""
    document = over(_fields(codes), service, open_only=True)
    document.setdefault("status", "active")
    organisation = over(ORGANISATION, service.organisation, open_only=True)
    organisation.setdefault("description", "")
    return {**_plain(document), "organization": _plain(organisation)}


def bundle(
    codes: Catalogue,
    on: date,
    *,
    open_only: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> Document:
    """The whole directory: services with all that is theirs, organisations without any, and the loose rows."""
    contents = []
    for services in _batches(whole_services()):
        contents += [service_document(service, codes, on, open_only=open_only) for service in services]
        progress(len(services))
    alone = Organisation.objects.filter(services=None).select_related("part_of").order_by("id")
    loose: dict[str, list[Document]] = {}
    for row in Loose.objects.all():
        loose.setdefault(row.kind, []).append(row.published)
    return {
        "version": VERSION,
        "profile": PROFILE,
        "contents": contents,
        "organizations": [
            organisation_document(one, on, open_only=open_only)
            for one in alone.prefetch_related("locations", "contacts")
        ],
        "loose": loose,
    }


def _fields(codes: Catalogue) -> tuple[Field, ...]:
    return (*SERVICE, needs_field(codes.lexicon, codes.titles("need")))


def _batches(rows: QuerySet[Service]) -> Iterator[list[Service]]:
    last = 0
    while found := list(rows.filter(pk__gt=last)[:A_BATCH]):
        yield found
        last = found[-1].pk


def _plain(document: Document) -> Document:
    return {name: value for name, value in document.items() if not isinstance(value, list | dict)}


def _places(document: Document, service: Service, open_only: bool) -> None:
    """Where the service is given: as published, with the places written whole, and those tied to it since."""
    tied = {str(place.uid): place for place in service.locations.all()}
    shown = []
    for at in document.get("service_at_locations", []):
        uid = at.get("location", {}).get("id")
        if uid is None:
            shown.append(at)
        elif uid in tied:
            shown.append({**at, "location": location_document(tied.pop(uid), open_only=open_only)})
    for uid, place in tied.items():
        shown.append(
            {
                "id": str(uuid5(NAMES, f"{service.uid} at {uid}")),
                "service_id": str(service.uid),
                "location_id": uid,
                "location": location_document(place, open_only=open_only),
            }
        )
    if shown:
        document["service_at_locations"] = shown
    else:
        document.pop("service_at_locations", None)


def _people(
    document: Document, organisation: Organisation, service: Service | None, on: date, open_only: bool
) -> None:
    """Whom to ring: as published, changed where we know better, without who has left or is not for everybody."""
    rows = {str(row.uid): row for row in organisation.contacts.all()}
    seen: set[str] = set()
    _rewrite(document, rows, on, open_only, seen)
    mine = [
        row
        for uid, row in rows.items()
        if not row.published and uid not in seen and row.service_id == (service.pk if service else None)
    ]
    added = [over(CONTACT, row, open_only=open_only) for row in mine if _shown(row, on, open_only)]
    if added:
        document["contacts"] = [*document.get("contacts", []), *added]


def _rewrite(found: Any, rows: dict[str, Contact], on: date, open_only: bool, seen: set[str]) -> None:
    if isinstance(found, list):
        for one in found:
            _rewrite(one, rows, on, open_only, seen)
    if not isinstance(found, dict):
        return
    for name, value in list(found.items()):
        if name == "contacts":
            found[name] = list(_contacts(value, rows, on, open_only, seen))
        _rewrite(found[name], rows, on, open_only, seen)


def _contacts(
    copies: Iterable[Document], rows: dict[str, Contact], on: date, open_only: bool, seen: set[str]
) -> Iterator[Document]:
    for copy in copies:
        row = rows.get(copy.get("id", ""))
        if row is None:
            yield copy
            continue
        seen.add(copy["id"])
        if not _shown(row, on, open_only):
            continue
        copy = dict(copy)
        for one in changed_since(CONTACT, row):
            one.write(copy, getattr(row, one.name))
        yield copy


def _shown(contact: Contact, on: date, open_only: bool) -> bool:
    return (contact.until is None or contact.until >= on) and (contact.public or not open_only)
