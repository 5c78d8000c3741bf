"""The records of a file: whole services, organisations with theirs, pages of an API, or tables side by side."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from waymark.directory.hsds.tabular import is_tabular, nested

Document = dict[str, Any]
PROBLEM = "problem"  # the extra key of refused records; passed over when they come back mended
LISTS = ("contents", "services", "organizations")


class Unreadable(Exception):
    """The file is not one of services; the message says why and what would be right."""


@dataclass
class Records:
    """What a file holds: services and organisations with where they stood, and rows that belong to neither."""

    services: list[tuple[str, Document]] = field(default_factory=list)
    organisations: list[tuple[str, Document]] = field(default_factory=list)
    loose: list[tuple[str, Document]] = field(default_factory=list)


def read_file(file: TextIO) -> Records:
    """The records of an open JSON file. Raises Unreadable."""
    try:
        found = json.load(file)
    except UnicodeDecodeError as problem:
        raise Unreadable("The file is not written in UTF-8. Save it as UTF-8 and try again.") from problem
    except json.JSONDecodeError as problem:
        raise Unreadable(
            f"The file is no proper JSON: line {problem.lineno}, column {problem.colno}: {problem.msg}."
        ) from problem
    return records_of(without_nulls(found))


def records_of(found: Any) -> Records:
    """Records by what they look like. Raises Unreadable where nothing looks like a service or an organisation."""
    records = Records()
    if isinstance(found, dict) and is_tabular(found):
        services, organisations, loose = nested(found)
        records.services = [(f"services[{n}]", one) for n, one in enumerate(services)]
        records.organisations = [(f"organizations[{n}]", one) for n, one in enumerate(organisations)]
        records.loose = loose
    else:
        for path, one in _each(found):
            _put(records, path, one)
        if isinstance(found, dict):
            records.loose = [
                (kind, row) for kind, rows in found.get("loose", {}).items() for row in rows if "id" in row
            ]
    if not (records.services or records.organisations or records.loose):
        raise Unreadable(
            "There is no service in the file. It can be one service, a list of them, or a page with “contents”."
        )
    return records


def _each(found: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(found, list):
        yield from ((f"[{n}]", one) for n, one in enumerate(found))
    elif isinstance(found, dict) and "id" not in found and any(name in found for name in LISTS):
        for name in LISTS:
            yield from ((f"{name}[{n}]", one) for n, one in enumerate(found.get(name, [])))
    else:
        yield "", found


def _put(records: Records, path: str, one: Any) -> None:
    """A service has a status; an organisation has none. What is neither is taken for a service, and refused."""
    if isinstance(one, dict) and ("services" in one or ("status" not in one and "description" in one)):
        organisation = {name: value for name, value in one.items() if name not in ("services", PROBLEM)}
        records.organisations.append((path, organisation))
        for n, service in enumerate(one.get("services", [])):
            named = (
                {"organization": {"id": one.get("id")}, **service} if isinstance(service, dict) else service
            )
            records.services.append((f"{path}.services[{n}]".lstrip("."), named))
        return
    if isinstance(one, dict):
        one = {name: value for name, value in one.items() if name != PROBLEM}
    records.services.append((path, one))


def without_nulls(found: Any) -> Any:
    """null means the same as not being there; the published schemas know no null."""
    if isinstance(found, dict):
        return {name: without_nulls(value) for name, value in found.items() if value is not None}
    if isinstance(found, list):
        return [without_nulls(value) for value in found if value is not None]
    return found
