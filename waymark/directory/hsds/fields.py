"""One column as one published field, both ways; the kinds of field there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from waymark.directory.models import Service

Document = dict[str, Any]
TAXONOMY = "Waymark"
NAMES = uuid5(UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "waymark")


@dataclass(frozen=True)
class Field:
    """One column: `read(document)` gives its value, `write(document, value)` sets it; `inner` is not open data."""

    name: str
    read: Callable[[Document], Any]
    write: Callable[[Document, Any], None]
    inner: bool = False


def text(name: str, key: str, longest: int = 100_000, *others: str) -> Field:
    """A text under one key, or under the first of other keys that holds one."""

    def read(document: Document) -> str:
        found = next((document[k] for k in (key, *others) if document.get(k)), "")
        return str(found)[:longest]

    return Field(name, read, lambda document, value: put(document, key, value))


def inside(name: str, group: str, key: str, longest: int, **always: Any) -> Field:
    """A text in the first of a group, such as the number of the first telephone."""

    def read(document: Document) -> str:
        first: Document = next(iter(document.get(group, [])), {})
        return str(first.get(key, "")).strip().strip('"')[:longest]

    def write(document: Document, value: str) -> None:
        rows = [dict(row) for row in document.get(group, [])]
        if not rows:
            rows = [{"id": own_id(document, group), **always}]
        rows[0][key] = value
        document[group] = rows

    return Field(name, read, write)


def number(
    name: str, key: str, kind: type[int] | type[float] = int, least: float = 0, most: float = 32767
) -> Field:
    """A number; one out of bounds is left in the record and not in the column."""

    def read(document: Document) -> int | float | None:
        found = document.get(key)
        if isinstance(found, bool) or not isinstance(found, int | float) or not least <= found <= most:
            return None
        return kind(found)

    return Field(name, read, lambda document, value: put(document, key, value))


def attribute(
    name: str, parse: Callable[[str], Any], show: Callable[[Any], str], *, inner: bool = False
) -> Field:
    """A column that the standard has no field for, as an attribute of our own taxonomy."""

    def read(document: Document) -> Any:
        row = next((row for row in document.get("attributes", []) if _is_ours(row, name)), None)
        return parse(str(row.get("value", ""))) if row else parse("")

    def write(document: Document, value: Any) -> None:
        others = [row for row in document.get("attributes", []) if not _is_ours(row, name)]
        shown = show(value)
        document["attributes"] = [*others, _ours(document, name, shown)] if shown else others
        if not document["attributes"]:
            del document["attributes"]

    return Field(name, read, write, inner)


def words(name: str, *, inner: bool = False, longest: int = 300) -> Field:
    return attribute(name, lambda said: said[:longest], str, inner=inner)


def codes(name: str, *, inner: bool = False) -> Field:
    return attribute(name, lambda said: [one for one in said.split(";") if one], ";".join, inner=inner)


def choice(name: str, otherwise: str, *, inner: bool = False) -> Field:
    known = {value for value, _label in getattr(Service._meta.get_field(name), "choices", None) or ()}
    return attribute(name, lambda said: said if said in known else otherwise, str, inner=inner)


def whole(name: str) -> Field:
    return attribute(
        name,
        lambda said: int(said) if said.isdigit() else None,
        lambda value: "" if value is None else str(value),
    )


def day(name: str, *, inner: bool = False) -> Field:
    return attribute(name, as_day, lambda value: value.isoformat() if value else "", inner=inner)


def as_day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None


def put(document: Document, key: str, value: Any) -> None:
    if value in (None, ""):
        document.pop(key, None)
    else:
        document[key] = value


def own_id(document: Document, name: str) -> str:
    return str(uuid5(NAMES, f"{document['id']} {name}"))


def _is_ours(row: Mapping[str, Any], name: str, taxonomy: str = TAXONOMY) -> bool:
    term = row.get("taxonomy_term", {})
    return term.get("taxonomy") == taxonomy and term.get("code") == name


def _ours(document: Document, name: str, value: str) -> Document:
    said = name.replace("_", " ")
    return {
        "id": own_id(document, f"attribute {name}"),
        "link_id": document["id"],
        "link_type": "waymark",
        "value": value,
        "taxonomy_term": {
            "id": str(uuid5(NAMES, f"term {name}")),
            "code": name,
            "name": said,
            "description": f"What the entry says of: {said}",
            "taxonomy": TAXONOMY,
            "taxonomy_id": str(uuid5(NAMES, TAXONOMY)),
        },
    }
