"""Finding services: need by place by who may use it by wait. The best fit first, never what was used most (C23).

The database judges each service by each criterion (`yes`, `no`, or `ask` where the entry or the question leaves it
open), orders by it and gives only the page that is shown.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Avg, Q

from waymark.directory.models import Location, Service
from waymark.directory.queries.judging import LEAST_SHARED, MOST_PIECES, constants, statement
from waymark.directory.rules import Point, area_of, district_of, pieces
from waymark.organisations.models import Post

YES, NO, ASK = "yes", "no", "ask"
NEAR, FAR, OUTSIDE = "near", "far", "outside"
A_PAGE = 20
CRITERIA = ("need", "area", "travel", "role", "benefit", "age", "excludes", "level", "wait", "effect")


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Empty parts are not judged.

    needs, exclusions: codes of the pack; need_words: what the needs are called, for entries that name none.
    exclusions: what is known of the customer. postcode: whole or its first part. travel: near, far (within so many
    `miles`), or outside their own neighbourhood (R:L504). roles: the capacities in which a referral may be made
    here, `self` for customers themselves. max_wait: weeks.
    """

    on: date
    needs: tuple[str, ...] = ()
    need_words: str = ""
    words: str = ""
    postcode: str = ""
    travel: str = ""
    miles: float = 0
    district: int | None = None
    roles: tuple[str, ...] = ()
    benefit: str = ""
    age: int | None = None
    exclusions: tuple[str, ...] = ()
    level: str = ""
    max_wait: int | None = None
    keep_benefits: bool = False
    provision: str = ""
    only_new_to_me: bool = False


@dataclass(frozen=True)
class Found:
    """A page of services. `slip`: nothing has these words, so near ones are shown. Each service carries
    `fit_<criterion>`, `misses`, `asks`, `miles` (None: not known) and `my_level` (None: never said)."""

    services: list[Service]
    total: int
    page: int
    slip: bool = False
    origin: Point | None = None
    judged: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def search(wanted: Wanted, *, by: Post | None, page: int = 1) -> Found:
    """The services that meet the need or the words, the best fit first. At most five queries."""
    origin = origin_of(wanted.postcode)
    limits = {"limit": A_PAGE, "offset": (page - 1) * A_PAGE}
    rows, slip = _rows(wanted, origin, by, limits), False
    if not rows and page == 1 and pieces(wanted.words):
        rows, slip = _rows(wanted, origin, by, limits, slips=True), True
    total = rows[0]["total"] if rows else 0
    return Found(_whole(rows), total, page, slip and bool(rows), origin, judged(wanted))


def judge(refs: list[str], wanted: Wanted, *, by: Post | None) -> list[Service]:
    """Chosen services, withdrawn ones too, judged in the same way, in the order they were chosen. Four queries."""
    limits = {"limit": len(refs), "offset": 0}
    found = _whole(_rows(wanted, origin_of(wanted.postcode), by, limits, refs=refs))
    known = {service.ref: service for service in found}
    return [known[ref] for ref in dict.fromkeys(refs) if ref in known]


def judged(wanted: Wanted) -> tuple[str, ...]:
    """Which criteria the question is about: the others say nothing."""
    asked = {
        "need": bool(wanted.needs),
        "area": bool(wanted.postcode or wanted.district),
        "travel": bool(wanted.travel and wanted.postcode),
        "role": bool(wanted.roles),
        "benefit": bool(wanted.benefit),
        "age": wanted.age is not None,
        "excludes": True,
        "level": bool(wanted.level),
        "wait": True,
        "effect": wanted.keep_benefits,
    }
    return tuple(name for name in CRITERIA if asked[name])


def origin_of(postcode: str) -> Point | None:
    """Where a postcode is: in the middle of what the directory knows in its first part. One query."""
    first = district_of(postcode)
    if not first:
        return None
    found = Location.objects.filter(
        Q(postcode__startswith=f"{first} ") | Q(postcode=first),
        latitude__isnull=False,
        longitude__isnull=False,
    ).aggregate(lat=Avg("latitude"), lon=Avg("longitude"))
    return (found["lat"], found["lon"]) if found["lat"] is not None else None


def _rows(
    wanted: Wanted,
    origin: Point | None,
    by: Post | None,
    limits: dict[str, int],
    *,
    slips: bool = False,
    refs: list[str] | None = None,
) -> list[dict[str, Any]]:
    """The verdicts of a page. One query."""
    verdict = {"travel": "outside" if wanted.travel == OUTSIDE else "near"}
    criteria = {f"fit_{name}": verdict.get(name, name) for name in judged(wanted)}
    conditions = ["refs"] if refs is not None else _conditions(wanted, slips)
    rank = "words" if wanted.words and refs is None else ""
    values = {**_values(wanted, origin, by), **limits, "refs": refs or []}
    typed = values["pieces"] if slips else []
    values |= {f"piece_{place}": piece for place, piece in enumerate(typed)}
    with connection.cursor() as cursor:
        cursor.execute(statement(criteria, conditions, rank, len(typed)), values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _conditions(wanted: Wanted, slips: bool) -> list[str]:
    """What a service must be to be shown at all. Withdrawn ones are never offered."""
    asked = {
        "offered": True,
        "slips": bool(wanted.words) and slips,
        "words": bool(wanted.words) and not slips,
        "needs": bool(wanted.needs),
        "provision": bool(wanted.provision),
        "new": wanted.only_new_to_me,
    }
    return [name for name, holds in asked.items() if holds]


def _values(wanted: Wanted, origin: Point | None, by: Post | None) -> dict[str, Any]:
    first, typed = district_of(wanted.postcode), pieces(wanted.words)[:MOST_PIECES]
    return {
        **constants(),
        "lat": origin[0] if origin else None,
        "lon": origin[1] if origin else None,
        "person": by.person_id if by else None,
        "district": wanted.district,
        "needs": list(wanted.needs),
        "need_words": wanted.need_words or " ",
        "first": first,
        "first_like": f"{first} %",
        "around_like": f"{area_of(first)}%",
        "miles": wanted.miles,
        "roles": list(wanted.roles),
        "benefit": wanted.benefit,
        "age": wanted.age,
        "exclusions": list(wanted.exclusions),
        "level": wanted.level,
        "max_wait": wanted.max_wait,
        "provision": wanted.provision,
        "words": wanted.words,
        "pieces": typed,
        "least_shared": max(1, round(len(typed) * LEAST_SHARED)),
    }


def _whole(rows: list[dict[str, Any]]) -> list[Service]:
    """The services of the rows, in their order, each with its verdicts. Two queries."""
    found = (
        Service.objects.filter(pk__in=[row["id"] for row in rows])
        .select_related("organisation", "owner")
        .prefetch_related("locations")
        .defer("published", "words", "pieces", "search", "organisation__published")
    )
    services = {service.pk: service for service in found}
    for row in rows:
        services[row["id"]].__dict__.update({name: row[name] for name in row if name not in ("id", "named")})
        for name in row:
            if name.startswith("fit_") and row[name] is None:
                setattr(services[row["id"]], name, NO)
    return [services[row["id"]] for row in rows]
