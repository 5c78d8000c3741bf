"""Tables side by side, as in a data package: each row is put where it belongs."""

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
# Which column of a table points at which other table, and under which word the row stands there.
BELONGS: tuple[tuple[str, str, str, str], ...] = (
    ("programs", "organization_id", "organizations", "programs"),
    ("locations", "organization_id", "organizations", "locations"),
    ("organization_identifiers", "organization_id", "organizations", "organization_identifiers"),
    ("service_at_location", "service_id", "services", "service_at_locations"),
    ("addresses", "location_id", "locations", "addresses"),
    ("accessibility", "location_id", "locations", "accessibility"),
    ("service_areas", "service_id", "services", "service_areas"),
    ("required_documents", "service_id", "services", "required_documents"),
    ("cost_options", "service_id", "services", "cost_options"),
    ("funding", "organization_id", "organizations", "funding"),
    ("funding", "service_id", "services", "funding"),
    *(
        (table, column, parent, table)
        for table in ("contacts", "phones", "schedules", "languages")
        for column, parent in (
            ("organization_id", "organizations"),
            ("service_id", "services"),
            ("location_id", "locations"),
            ("service_at_location_id", "service_at_location"),
            ("contact_id", "contacts"),
            ("phone_id", "phones"),
        )
    ),
)
# Which column of a row names the one other row that stands inside it.
HOLDS: tuple[tuple[str, str, str, str], ...] = (
    ("services", "organization_id", "organizations", "organization"),
    ("services", "program_id", "programs", "program"),
    ("service_at_location", "location_id", "locations", "location"),
    ("attributes", "taxonomy_term_id", "taxonomy_terms", "taxonomy_term"),
    ("taxonomy_terms", "taxonomy_id", "taxonomies", "taxonomy_detail"),
)
ANYWHERE = (("attributes", "link_id", "attributes"), ("metadata", "resource_id", "metadata"))
NUMBERS = frozenset(
    {
        "latitude",
        "longitude",
        "minimum_age",
        "maximum_age",
        "extension",
        "timezone",
        "count",
        "interval",
        "amount",
        "year_incorporated",
    }
)


def is_tabular(found: dict[str, Any]) -> bool:
    return any(name.endswith(".csv") for name in found)


def nested(found: dict[str, Any]) -> tuple[list[Row], list[Row], list[tuple[str, Row]]]:
    """Services with all that is theirs, organisations without a service, and rows that belong to nothing there."""
    tables = {name.removesuffix(".csv"): [_as_text(row) for row in rows] for name, rows in found.items()}
    by_id = {name: {row.get("id"): row for row in rows} for name, rows in tables.items()}
    everything = {uid: row for rows in by_id.values() for uid, row in rows.items()}
    placed: set[int] = set()
    for table, column, parent, word in BELONGS:
        for row in tables.get(table, []):
            mother = by_id.get(parent, {}).get(row.get(column))
            if mother is not None and mother is not row:
                mother.setdefault(word, []).append(row)
                placed.add(id(row))
    for table, column, word in ANYWHERE:
        for row in tables.get(table, []):
            mother = everything.get(row.get(column))
            if mother is not None and mother is not row:
                mother.setdefault(word, []).append(row)
                placed.add(id(row))
    for table, column, other, word in HOLDS:
        for row in tables.get(table, []):
            inside = by_id.get(other, {}).get(row.get(column))
            if inside is not None:
                row[word] = inside
                placed.add(id(inside))
    services = tables.get("services", [])
    alone = [row for row in tables.get("organizations", []) if id(row) not in placed]
    return services, alone, list(_rest(tables, placed))


def _rest(tables: dict[str, list[Row]], placed: set[int]) -> Iterable[tuple[str, Row]]:
    """What belongs to nothing in the file; taxonomies and terms always, since they stand for themselves too."""
    for name, rows in tables.items():
        if name in ("services", "organizations"):
            continue
        for row in rows:
            if (id(row) not in placed or name in ("taxonomies", "taxonomy_terms")) and "id" in row:
                yield name, row


def _as_text(row: Row) -> Row:
    """Numbers that a table program made of texts, such as a company's number, are texts again."""
    return {
        name: str(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and name not in NUMBERS
        else value
        for name, value in row.items()
    }
