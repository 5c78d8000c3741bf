"""Which of our columns is which published field, both ways.

`read` takes what a record says; `write` makes it say something else. What the standard has no field for stands among
the attributes, under a taxonomy of our own.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any
from uuid import uuid5

from waymark.directory.enums import Taking
from waymark.directory.hsds.fields import (
    NAMES,
    Document,
    Field,
    as_day,
    attribute,
    choice,
    codes,
    day,
    inside,
    number,
    own_id,
    put,
    text,
    whole,
    words,
)
from waymark.directory.models import Contact, Location, Organisation, Service
from waymark.directory.rules import needs_meant, weeks_in

NEEDS = "Waymark: needs"
STATUS_OF = {Taking.STOPPED.value: "temporarily closed", Taking.WITHDRAWN.value: "inactive"}
TAKING_OF = {
    "active": Taking.UNKNOWN.value,
    "temporarily closed": Taking.STOPPED.value,
    "inactive": Taking.WITHDRAWN.value,
    "defunct": Taking.WITHDRAWN.value,
}
SINCE_NOT_KNOWN = "It is published as no longer offered."


def status(document: Document) -> str:
    """Whether it takes people: our own word where there is one and the status allows it, else the status."""
    by_status = TAKING_OF.get(document.get("status", ""), Taking.UNKNOWN.value)
    own = TAKES.read(document)
    return own if own and STATUS_OF.get(own, "active") == STATUS_OF.get(by_status, "active") else by_status


def _write_status(document: Document, value: str) -> None:
    wanted = STATUS_OF.get(value, "active")
    if (
        STATUS_OF.get(TAKING_OF.get(document.get("status", ""), ""), "active") != wanted
        or "status" not in document
    ):
        document["status"] = wanted
    TAKES.write(document, "" if TAKING_OF[document["status"]] == value else value)


TAKES = attribute("taking", lambda said: said if said in Taking.values else "", str)


def needs_field(lexicon: Mapping[str, str], titles: Mapping[str, str]) -> Field:
    """The needs a service meets: terms of ours, else terms of others that mean the same."""

    def read(document: Document) -> list[str]:
        terms = [row.get("taxonomy_term", {}) for row in document.get("attributes", [])]
        own = [term.get("code", "") for term in terms if term.get("taxonomy") == NEEDS]
        return own or needs_meant([str(term.get("name", "")) for term in terms], lexicon)

    def write(document: Document, value: Sequence[str]) -> None:
        others = [
            row
            for row in document.get("attributes", [])
            if row.get("taxonomy_term", {}).get("taxonomy") != NEEDS
        ]
        document["attributes"] = [*others, *(_need(document, code, titles.get(code, code)) for code in value)]
        if not document["attributes"]:
            del document["attributes"]

    return Field("needs", read, write)


def _need(document: Document, code: str, title: str) -> Document:
    return {
        "id": own_id(document, f"need {code}"),
        "link_id": document["id"],
        "link_type": "need",
        "taxonomy_term": term_of_need(code, title),
    }


def term_of_need(code: str, title: str) -> Document:
    return {
        "id": str(uuid5(NAMES, f"need {code}")),
        "code": code,
        "name": title,
        "description": f"Help with: {title}",
        "taxonomy": NEEDS,
        "taxonomy_id": str(uuid5(NAMES, NEEDS)),
    }


def _only_withdrawn(name: str, own: Field, otherwise: Callable[[Document], Any], never: Any) -> Field:
    """What is known of a withdrawal: our own word, else what can be told from the record; nothing while it goes on."""

    def read(document: Document) -> Any:
        if status(document) != Taking.WITHDRAWN:
            return never
        return own.read(document) or otherwise(document)

    return Field(name, read, lambda document, value: own.write(document, value or ""))


def truth(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


ORGANISATION: tuple[Field, ...] = (
    text("name", "name", 200),
    text("about", "description"),
    text("website", "website", 300, "url"),
    text("email", "email", 254),
    inside("telephone", "phones", "number", 40),
    attribute("sector", lambda said: said if said in {"public", "private", "voluntary"} else "other", str),
)
LOCATION: tuple[Field, ...] = (
    text("name", "name", 200),
    inside(
        "address",
        "addresses",
        "address_1",
        300,
        city="",
        state_province="",
        postal_code="",
        country="GB",
        address_type="physical",
    ),
    inside(
        "town",
        "addresses",
        "city",
        100,
        address_1="",
        state_province="",
        postal_code="",
        country="GB",
        address_type="physical",
    ),
    inside(
        "postcode",
        "addresses",
        "postal_code",
        10,
        address_1="",
        city="",
        state_province="",
        country="GB",
        address_type="physical",
    ),
    number("latitude", "latitude", float, -90, 90),
    number("longitude", "longitude", float, -180, 180),
    text("travel", "transportation", 300),
    attribute("step_free", truth, lambda value: "" if value is None else "yes" if value else "no"),
)
CONTACT: tuple[Field, ...] = (
    text("name", "name", 100, "title"),
    text("job", "title", 100),
    text("email", "email", 254),
    inside("telephone", "phones", "number", 40),
    attribute("link_worker", lambda said: said == "yes", lambda value: "yes" if value else ""),
)
SERVICE: tuple[Field, ...] = (
    text("name", "name", 200),
    text("about", "description"),
    text("website", "url", 300),
    text("email", "email", 254),
    inside("telephone", "phones", "number", 40),
    text("for_whom", "eligibility_description", 300),
    text("how", "application_process"),
    text("fees", "fees_description", 300, "fees"),
    number("least_age", "minimum_age"),
    number("greatest_age", "maximum_age"),
    inside("funder", "funding", "source", 200),
    inside("hours", "schedules", "description", 300),
    inside("area_words", "service_areas", "name", 300),
    Field(
        "wait_weeks",
        lambda document: weeks_in(str(document.get("wait_time", ""))),
        lambda document, value: put(document, "wait_time", "" if value is None else f"{value} weeks"),
    ),
    Field(
        "confirmed_on",
        lambda document: as_day(document.get("assured_date", "")),
        lambda document, value: put(document, "assured_date", value.isoformat() if value else ""),
    ),
    Field("taking", status, _write_status),
    _only_withdrawn(
        "withdrawn_on", day("withdrawn_on"), lambda document: as_day(document.get("last_modified", "")), None
    ),
    _only_withdrawn("withdrawn_why", words("withdrawn_why"), lambda document: SINCE_NOT_KNOWN, ""),
    words("provision", longest=40),
    choice("funding", "not_contracted"),
    day("funded_until", inner=True),
    codes("postcodes"),
    words("not_for"),
    codes("excludes"),
    codes("benefits"),
    words("level", longest=20),
    codes("referred_by"),
    choice("route", "informal"),
    codes("channels"),
    words("form_name", longest=100),
    codes("documents"),
    codes("information"),
    codes("paid_when_referred_by", inner=True),
    whole("places"),
    whole("lasts_weeks"),
    choice("cost", "none", inner=True),
    choice("benefit_effect", "unknown"),
    words("benefit_words"),
    choice("contact_during", "as_usual"),
    words("approach"),
    words("employer_links"),
    words("feedback_points"),
)

Kept = Organisation | Location | Service | Contact


def over(fields: Sequence[Field], row: Kept, *, open_only: bool = False) -> Document:
    """What a row published, with its columns written over it where they say something else by now."""
    document = {"id": str(row.uid), **deepcopy(row.published)}
    for one in fields:
        if one.inner and open_only:
            one.write(document, "")
        elif one.read(document) != getattr(row, one.name):
            one.write(document, getattr(row, one.name))
    return document


def changed_since(fields: Sequence[Field], row: Kept) -> list[Field]:
    """The columns that say something else than the record the row came with."""
    return [
        one for one in fields if one.read({"id": str(row.uid), **row.published}) != getattr(row, one.name)
    ]


def take_over(fields: Sequence[Field], row: Kept, document: Document, *, new: bool) -> list[str]:
    """Set the columns about which the record says something new; what was written here since stays. Says which."""
    before = {"id": str(row.uid), **row.published}
    taken = []
    for one in fields:
        said = one.read(document)
        if (new or said != one.read(before)) and getattr(row, one.name) != said:
            setattr(row, one.name, said)
            taken.append(one.name)
    return taken
