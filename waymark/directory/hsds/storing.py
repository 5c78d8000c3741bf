"""Writing a batch of services with all they bring: organisations, places, contacts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import Taking
from waymark.directory.hsds.fields import Field
from waymark.directory.hsds.mapping import (
    CONTACT,
    LOCATION,
    ORGANISATION,
    SERVICE,
    SINCE_NOT_KNOWN,
    needs_field,
    take_over,
)
from waymark.directory.models import Contact, Location, Loose, Organisation, Service
from waymark.directory.verbs.common import index
from waymark.kernel.refs import new_ref
from waymark.organisations.models import Person

Document = dict[str, Any]
Row = TypeVar("Row", Organisation, Location, Service, Contact)


@dataclass
class Count:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    organisations: int = 0


def store_batch(documents: Sequence[Document], codes: Catalogue, on: date, owner: Person | None) -> Count:
    """Write services that are right in themselves. Some twelve queries, however many services."""
    count = Count()
    mothers = [d["organization"] for d in documents if len(d.get("organization", {})) > 1]
    count.organisations = store_organisations(mothers, codes)
    mother_of = {document["id"]: _mother(document) for document in documents}
    organisations = {row.uid: row for row in Organisation.objects.filter(uid__in=set(mother_of.values()))}
    places = _locations(
        (at["location"], organisations[_mother(document)])
        for document in documents
        for at in document.get("service_at_locations", [])
        if "location" in at
    )
    fields = (*SERVICE, needs_field(codes.lexicon, codes.titles("need")))

    def make(document: Document) -> Service:
        mother = organisations[mother_of[document["id"]]]
        return Service(
            ref=new_ref("S"), uid=UUID(document["id"]), organisation=mother, owner=owner, added_on=on
        )

    def settle(service: Service) -> None:
        _settle_withdrawal(service, on)
        _settle_ages(service)
        index(service, codes, [place.town for place in _at(service, places)])

    old = Service.objects.filter(uid__in=[d["id"] for d in documents]).select_related("organisation")
    kept = [_kept_service(document) for document in documents]
    services, new, changed = _written(Service, old, kept, fields, make, settle)
    count.added, count.changed = len(new), len(changed)
    count.unchanged = len(documents) - len(new) - len(changed)
    _link([*new, *changed], places)
    _contacts(documents, services, organisations)
    return count


def store_organisations(documents: Sequence[Document], codes: Catalogue) -> int:
    """Write organisations with their places and contacts; says how many are new or changed."""
    whole: dict[str, Document] = {}
    for document in documents:
        whole[document["id"]] = {**whole.get(document["id"], {}), **document}
    old = Organisation.objects.filter(uid__in=list(whole))
    kept = [_kept_organisation(document) for document in whole.values()]
    rows, new, changed = _written(
        Organisation,
        old,
        kept,
        ORGANISATION,
        lambda document: Organisation(ref=new_ref("O"), uid=UUID(document["id"])),
        lambda row: None,
    )
    _locations((place, rows[UUID(d["id"])]) for d in whole.values() for place in d.get("locations", []))
    _contacts(list(whole.values()), {}, rows)
    _parents([*new, *changed])
    return len(new) + len(changed)


def store_loose(rows: Iterable[tuple[str, Document]]) -> None:
    """Keep rows that belong to no service; those that are known take the new words."""
    found = {
        (kind, row["id"]): Loose(kind=kind[:40], uid=UUID(row["id"]), published=row) for kind, row in rows
    }
    Loose.objects.bulk_create(
        found.values(), update_conflicts=True, unique_fields=["kind", "uid"], update_fields=["published"]
    )


def _written(
    model: type[Row],
    old: Iterable[Row],
    documents: Sequence[Document],
    fields: Sequence[Field],
    make: Callable[[Document], Row],
    settle: Callable[[Row], None],
) -> tuple[dict[UUID, Row], list[Row], list[Row]]:
    """Rows for documents: those that are known take what the document says anew, others are made."""
    rows = {row.uid: row for row in old}
    new: list[Row] = []
    changed: list[Row] = []
    for document in documents:
        row = rows.get(UUID(document["id"]))
        if row is None:
            row = make(document)
            take_over(fields, row, document, new=True)
            row.published = document
            settle(row)
            rows[row.uid] = row
            new.append(row)
        elif (whole := {**row.published, **document}) != row.published:
            take_over(fields, row, whole, new=False)
            row.published = whole
            settle(row)
            changed.append(row)
    model._default_manager.bulk_create(new)
    if changed:
        names = [*(field.name for field in fields), "published"]
        names += ["words", "pieces"] if model is Service else []
        model._default_manager.bulk_update(changed, names, batch_size=250)
    return rows, new, changed


def _kept_service(document: Document) -> Document:
    """A service without what is kept elsewhere: its organisation, and the places behind their ids."""
    kept = {name: value for name, value in document.items() if name != "organization"}
    if "service_at_locations" in kept:
        kept["service_at_locations"] = [
            {**at, "location": {"id": at["location"]["id"]}} if "location" in at else at
            for at in kept["service_at_locations"]
        ]
    return kept


def _kept_organisation(document: Document) -> Document:
    kept = {name: value for name, value in document.items() if name != "services"}
    if "locations" in kept:
        kept["locations"] = [{"id": place["id"]} for place in kept["locations"]]
    return kept


def _mother(document: Document) -> UUID:
    inside = document.get("organization", {})
    return UUID(inside.get("id") or document["organization_id"])


def _locations(found: Iterable[tuple[Document, Organisation]]) -> dict[UUID, Location]:
    """Places of a batch; the first organisation that names a place keeps it."""
    whole: dict[str, Document] = {}
    owners: dict[str, Organisation] = {}
    for document, organisation in found:
        whole[document["id"]] = {**whole.get(document["id"], {}), **document}
        owners.setdefault(document["id"], organisation)
    if not whole:
        return {}
    rows, _new, _changed = _written(
        Location,
        Location.objects.filter(uid__in=list(whole)),
        list(whole.values()),
        LOCATION,
        lambda document: Location(
            ref=new_ref("W"), uid=UUID(document["id"]), organisation=owners[document["id"]]
        ),
        lambda row: None,
    )
    return rows


def _at(service: Service, places: dict[UUID, Location]) -> list[Location]:
    found = [
        at.get("location", {}).get("id") or at.get("location_id")
        for at in service.published.get("service_at_locations", [])
    ]
    return [places[UUID(uid)] for uid in dict.fromkeys(found) if uid and UUID(uid) in places]


def _link(services: Sequence[Service], places: dict[UUID, Location]) -> None:
    """Tie services to the places their record names; places tied by our own people stay."""
    link = Service.locations.through
    link.objects.bulk_create(
        [link(service=service, location=place) for service in services for place in _at(service, places)],
        ignore_conflicts=True,
    )


def _contacts(
    documents: Sequence[Document], services: dict[UUID, Service], organisations: dict[UUID, Organisation]
) -> None:
    """People named in the records, each once; where a service names somebody, they are that service's."""
    whole: dict[str, Document] = {}
    owners: dict[str, tuple[Organisation, Service | None]] = {}
    for document in documents:
        service = services.get(UUID(document["id"]))
        mother = service.organisation if service else organisations[UUID(document["id"])]
        own = {name: value for name, value in document.items() if name != "organization"}
        for contact in contacts_in(own):
            whole[contact["id"]] = {**whole.get(contact["id"], {}), **contact}
            owners.setdefault(contact["id"], (mother, service))
    if not whole:
        return

    def make(document: Document) -> Contact:
        organisation, service = owners[document["id"]]
        return Contact(
            ref=new_ref("K"),
            uid=UUID(document["id"]),
            organisation=organisation,
            service=service,
            public=True,
        )

    _written(
        Contact,
        Contact.objects.filter(uid__in=list(whole)),
        list(whole.values()),
        CONTACT,
        make,
        lambda row: None,
    )


def contacts_in(found: Any) -> Iterator[Document]:
    """Every contact that stands anywhere in a record."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name == "contacts" and isinstance(value, list):
                yield from value
            yield from contacts_in(value)
    elif isinstance(found, list):
        for one in found:
            yield from contacts_in(one)


def _parents(rows: Sequence[Organisation]) -> None:
    """Say which organisation is part of which, where both are known."""
    wanted = {
        row.pk: row.published["parent_organization_id"]
        for row in rows
        if row.published.get("parent_organization_id")
    }
    if not wanted:
        return
    parents = {str(row.uid): row for row in Organisation.objects.filter(uid__in=list(wanted.values()))}
    moved = [row for row in rows if row.pk in wanted and wanted[row.pk] in parents]
    for row in moved:
        row.part_of = parents[wanted[row.pk]]
    Organisation.objects.bulk_update(moved, ["part_of"])


def _settle_withdrawal(service: Service, on: date) -> None:
    """A withdrawn service has a day and a reason; one that goes on has neither."""
    if service.taking == Taking.WITHDRAWN:
        service.withdrawn_on = service.withdrawn_on or on
        service.withdrawn_why = service.withdrawn_why or SINCE_NOT_KNOWN
    else:
        service.withdrawn_on, service.withdrawn_why = None, ""


def _settle_ages(service: Service) -> None:
    """Ages in the wrong order say nothing; they stay in the record."""
    if None not in (service.least_age, service.greatest_age) and service.greatest_age < service.least_age:  # type: ignore[operator]
        service.least_age, service.greatest_age = None, None
