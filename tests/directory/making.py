"""Entries for tests: each gives something valid, and takes what the test is about."""

import io
import json
from uuid import NAMESPACE_URL, uuid5

from tests.factories import NOW, TODAY
from waymark.directory import hsds, verbs
from waymark.directory.models import Location, Organisation, Service
from waymark.kernel.refs import new_ref


def organisation(name: str = "Calder Trust", **fields) -> Organisation:
    known = Organisation.objects.filter(name=name).first()
    return known or Organisation.objects.create(ref=new_ref("O"), name=name, **fields)


def location(at: Organisation, postcode: str, lat: float | None = None, lon: float | None = None) -> Location:
    return Location.objects.create(
        ref=new_ref("W"), organisation=at, town="Calder", postcode=postcode, latitude=lat, longitude=lon
    )


def service(
    codes, *, name: str = "Walking group", at=None, where=(), districts=(), owner=None, **fields
) -> Service:
    """An entry, by the verb; `where`: postcodes with or without latitude and longitude."""
    mother = at or organisation()
    spots = [location(mother, *([one] if isinstance(one, str) else one)) for one in where]
    return verbs.add(
        mother,
        fields={"name": name, **fields},
        locations=spots,
        districts=districts,
        owner=owner,
        codes=codes,
        by=None,
        now=NOW,
    )


def bring_in(document, codes, **more):
    """Import a document as a file; says the report and what was refused, with its problems."""
    refused = []
    report = hsds.import_services(
        io.StringIO(json.dumps(document)),
        codes=codes,
        on=TODAY,
        now=NOW,
        reject=lambda record, problems: refused.append((record, problems)),
        **more,
    )
    return report, refused


def uid(text: str) -> str:
    return str(uuid5(NAMESPACE_URL, text))


def record(name: str = "Walking group", organisation: str = "Calder Trust", **fields) -> dict:
    """A service as published."""
    return {
        "id": uid(f"service {name}"),
        "name": name,
        "status": "active",
        "organization": {"id": uid(organisation), "name": organisation, "description": "A made-up charity"},
        **fields,
    }
