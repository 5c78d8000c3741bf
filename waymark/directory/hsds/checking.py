"""Whether a record can come in: all that is wrong with it, with where it stands and what would be right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

SHOWN = 60


@dataclass(frozen=True)
class Node:
    """What a part of a record must have and may have. `one`, `many`: parts inside, by the kind of node they are."""

    required: tuple[str, ...] = ("id",)
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, str] = field(default_factory=dict)


PLACES = ("physical", "postal", "virtual")
COMMON = {"attributes": "attribute", "metadata": "part"}
NODES: Mapping[str, Node] = {
    "part": Node(),
    "attribute": Node(texts=("link_type", "link_entity", "value"), one={"taxonomy_term": "term"}),
    "term": Node(("id", "name", "description"), ("name", "description", "code", "taxonomy")),
    "language": Node(texts=("name", "code", "note")),
    "phone": Node(
        ("id", "number"), ("number", "type", "description"), ("extension",), many={"languages": "language"}
    ),
    "contact": Node(
        texts=("name", "title", "department"), emails=("email",), many={"phones": "phone", **COMMON}
    ),
    "address": Node(
        ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
        ("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code", "country"),
        choices={"address_type": PLACES},
        many=COMMON,
    ),
    "schedule": Node(
        texts=("byday", "description", "opens_at", "closes_at", "attending_type", "notes"),
        numbers=("timezone", "count", "interval"),
        choices={"freq": ("WEEKLY", "MONTHLY"), "wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU")},
        many=COMMON,
    ),
    "area": Node(texts=("name", "description", "extent", "extent_type", "service_area"), many=COMMON),
    "cost": Node(texts=("option", "currency", "amount_description"), numbers=("amount",), many=COMMON),
    "document": Node(texts=("document",), many=COMMON),
    "funding": Node(texts=("source",), many=COMMON),
    "program": Node(("id", "name", "description"), ("name", "alternate_name", "description"), many=COMMON),
    "identifier": Node(
        ("id", "identifier_type", "identifier"), ("identifier_scheme", "identifier_type", "identifier")
    ),
    "location": Node(
        ("id", "location_type"),
        ("name", "alternate_name", "description", "transportation", "external_identifier"),
        ("latitude", "longitude"),
        choices={"location_type": PLACES},
        many={
            "addresses": "address",
            "contacts": "contact",
            "phones": "phone",
            "schedules": "schedule",
            "languages": "language",
            "accessibility": "part",
            **COMMON,
        },
    ),
    "at_location": Node(
        texts=("description",),
        one={"location": "location"},
        many={"contacts": "contact", "phones": "phone", "schedules": "schedule", **COMMON},
    ),
    "organization": Node(
        ("id", "name", "description"),
        ("name", "alternate_name", "description", "website", "tax_status", "tax_id", "legal_status"),
        ("year_incorporated",),
        emails=("email",),
        many={
            "contacts": "contact",
            "phones": "phone",
            "locations": "location",
            "funding": "funding",
            "programs": "program",
            "organization_identifiers": "identifier",
            **COMMON,
        },
    ),
    "service": Node(
        ("id", "name", "status"),
        (
            "name",
            "alternate_name",
            "description",
            "url",
            "interpretation_services",
            "application_process",
            "fees_description",
            "wait_time",
            "fees",
            "accreditations",
            "eligibility_description",
            "licenses",
            "alert",
        ),
        ("minimum_age", "maximum_age"),
        emails=("email", "assurer_email"),
        days=("assured_date",),
        choices={"status": ("active", "inactive", "defunct", "temporarily closed")},
        one={"organization": "organization", "program": "program"},
        many={
            "service_at_locations": "at_location",
            "contacts": "contact",
            "phones": "phone",
            "schedules": "schedule",
            "service_areas": "area",
            "languages": "language",
            "funding": "funding",
            "cost_options": "cost",
            "required_documents": "document",
            **COMMON,
        },
    ),
}


def problems_of(kind: str, found: Any, path: str = "", *, known: frozenset[str] = frozenset()) -> list[str]:
    """Everything wrong with a record, one sentence each; `known`: organisations that may be named by id alone."""
    if kind == "service" and isinstance(found, dict) and "organization" not in found:
        uid = found.get("organization_id")
        if not isinstance(uid, str) or uid not in known:
            what = f"“{uid}” is nobody known" if uid else "nobody offers this service"
            return [
                *_problems(kind, found, path),
                f"{_at(path, 'organization')}: {what}. Give the organisation with id, name and description.",
            ]
    if kind == "service" and isinstance(found, dict) and isinstance(found.get("organization"), dict):
        mother = found["organization"]
        if set(mother) == {"id"} and mother["id"] in known:
            found = {name: value for name, value in found.items() if name != "organization"}
    return list(_problems(kind, found, path))


def _problems(kind: str, found: Any, path: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{path or 'the record'}: is {_shown(found)}. It must be an object with its fields in {{ }}."
        return
    node = NODES[kind]
    for name in node.required:
        if name not in found:
            yield f"{_at(path, name)}: is missing. {_right(kind, name)}"
    if "id" in found and not _is_uuid(found["id"]):
        yield f"{_at(path, 'id')}: {_shown(found['id'])} is no UUID. Write one like ac148810-d857-441c-9679-408f346de14b."
    for name in node.texts:
        if name in found and not isinstance(found[name], str):
            yield f"{_at(path, name)}: {_shown(found[name])} is no text. Put it in quotation marks."
    for name in node.numbers:
        if name in found and (isinstance(found[name], bool) or not isinstance(found[name], int | float)):
            yield f"{_at(path, name)}: {_shown(found[name])} is no number. Write one like 16, without quotation marks."
    for name in node.emails:
        if name in found and not _is_email(found[name]):
            yield f"{_at(path, name)}: {_shown(found[name])} is no e-mail address. Write one like name@place.example."
    for name in node.days:
        if name in found and not _is_day(found[name]):
            yield f"{_at(path, name)}: {_shown(found[name])} is no day. Write one like 2004-05-04."
    for name, choices in node.choices.items():
        if name in found and found[name] not in choices:
            yield f"{_at(path, name)}: {_shown(found[name])} is not known. It can be: {', '.join(choices)}."
    for name, inside in node.one.items():
        if name in found:
            yield from _problems(inside, found[name], _at(path, name))
    for name, inside in node.many.items():
        if name in found and not isinstance(found[name], list):
            yield f"{_at(path, name)}: is no list. Put what stands in it in [ ]."
            continue
        for number, part in enumerate(found.get(name, [])):
            yield from _problems(inside, part, f"{_at(path, name)}[{number}]")


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _right(kind: str, name: str) -> str:
    choices = NODES[kind].choices.get(name)
    if choices:
        return f"It can be: {', '.join(choices)}."
    return "Give a UUID that is its own." if name == "id" else "Write it as text; it may be empty."


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”"


def _is_uuid(value: Any) -> bool:
    try:
        return str(UUID(value)) == str(value).lower()
    except (ValueError, AttributeError, TypeError):
        return False


def _is_email(value: Any) -> bool:
    try:
        validate_email(value)
    except (ValidationError, TypeError):
        return False
    return True


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (ValueError, TypeError):
        return False
    return True
