"""The directory as a whole: what is missing, what covers which need where, who knows what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    DateField,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from waymark.directory.enums import Taking
from waymark.directory.models import (
    Knowing,
    Service,
    UnmetNeed,
)
from waymark.organisations.models import District, Office, Post


def unmet(district: District, since: date) -> QuerySet[UnmetNeed]:
    """What could not be met in a district since a day, newest first, without whose need it was."""
    return (
        UnmetNeed.objects.filter(district=district, noted_on__gte=since)
        .select_related("by__person")
        .defer("claim")
    )


@dataclass(frozen=True)
class Missing:
    """A need and how often it could not be met."""

    need: str
    times: int
    customers: int
    last_on: date
    offered: int


def ranked_unmet(district: District, since: date) -> list[Missing]:
    """Unmet needs, those met with most often first, with how many services there are for each. Two queries."""
    rows = (
        UnmetNeed.objects.filter(district=district, noted_on__gte=since)
        .values("need")
        .annotate(times=Count("id"), customers=Count("claim__customer", distinct=True), last=Max("noted_on"))
        .order_by("-times", "need")
    )
    offered = _offered_for({row["need"] for row in rows}, district)
    return [
        Missing(row["need"], row["times"], row["customers"], row["last"], offered.get(row["need"], 0))
        for row in rows
    ]


def _offered_for(needs: Iterable[str], district: District) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = set(needs)
    for codes in _offered_in(district).values_list("needs", flat=True):
        for code in wanted.intersection(codes):
            found[code] = found.get(code, 0) + 1
    return found


def _offered_in(district: District) -> QuerySet[Service]:
    """What is offered in a district: services for it, or for everywhere."""
    within = Service.districts.through.objects.filter(service=OuterRef("pk"))
    return Service.objects.filter(withdrawn_on=None).filter(
        Exists(within.filter(district=district)) | ~Exists(within)
    )


@dataclass(frozen=True)
class Covered:
    """How a need is covered in an area: services, organisations, free places (None: nobody knows any)."""

    services: int
    organisations: int
    places: int | None
    full: int


def coverage(district: District, areas: Collection[str]) -> dict[tuple[str, str], Covered]:
    """Needs by areas (first parts of postcodes): what is there, and how many places are free (R1, R:L220-224).

    A service counts in every area it takes people from. One query.
    """
    rows = _offered_in(district).values_list("needs", "postcodes", "organisation", "taking", "places")
    gathered: dict[tuple[str, str], list[tuple[int, str, int | None]]] = {}
    for needs, postcodes, organisation, taking, places in rows:
        for area in areas:
            if postcodes and area not in postcodes:
                continue
            for need in needs:
                gathered.setdefault((need, area), []).append((organisation, taking, places))
    return {key: _covered(found) for key, found in gathered.items()}


def _covered(found: list[tuple[int, str, int | None]]) -> Covered:
    free = [places for _org, taking, places in found if taking == Taking.PLACES and places is not None]
    full = sum(1 for _org, taking, _places in found if taking in {Taking.FULL, Taking.STOPPED})
    return Covered(
        len(found), len({org for org, _taking, _places in found}), sum(free) if free else None, full
    )


def areas_of(district: District) -> list[str]:
    """The first parts of postcodes that services of a district are tied to or work in."""
    named = {code for codes in _offered_in(district).values_list("postcodes", flat=True) for code in codes}
    return sorted(named, key=lambda code: (len(code), code))


@dataclass(frozen=True)
class Grid:
    """How a person, or a whole office, knows and uses the services on offer."""

    cells: dict[str, list[Knowing]]
    never_said: int
    total: int


def knowledge_of(post: Post) -> list[Service]:
    """Every service on offer in the district, with `my_level` and `my_often` of who asks. Two queries."""
    mine = Knowing.objects.filter(person=post.person_id, service=OuterRef("pk"))
    rows = _offered_in(post.team.office.district).annotate(
        my_level=Subquery(mine.values("level")[:1]),
        my_often=Subquery(mine.values("often")[:1]),
        my_said_on=Subquery(mine.values("said_on")[:1], output_field=DateField()),
    )
    return list(rows.select_related("organisation").defer("published").order_by("organisation__name", "name"))


def knowledge_in(office: Office, on: date) -> list[Service]:
    """Services on offer with how many people of an office know them (1 or 2), have heard, and use them much."""
    people = (
        Post.objects.filter(team__office=office, starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gte=on))
        .values("person")
    )
    here = Q(known_by__person__in=people)
    return list(
        _offered_in(office.district)
        .annotate(
            known=Count("known_by", filter=here & Q(known_by__level__in=["1", "2"])),
            heard=Count("known_by", filter=here & Q(known_by__level="3")),
            not_heard=Count("known_by", filter=here & Q(known_by__level="4")),
            often=Count("known_by", filter=here & Q(known_by__often=True)),
        )
        .select_related("organisation")
        .defer("published")
        .order_by("known", "organisation__name", "name")
    )


def free_places(district: District) -> int:
    """Free places that are known in a district."""
    found = _offered_in(district).filter(taking=Taking.PLACES)
    total: int = found.aggregate(sum=Coalesce(Sum("places"), 0, output_field=IntegerField()))["sum"]
    return total
