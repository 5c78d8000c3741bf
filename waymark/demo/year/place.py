"""The district of the simulation: the demonstration's, with enough advisers, and a delivery centre that decides."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from waymark.demo.district import build
from waymark.kernel.clock import day_of
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import Absence, District, Office, Person, Post, Team
from waymark.programme.models import LocalSetting
from waymark.staffing import verbs as staffing

CODE = "demo-calder"
PATHWAYS, EXISTING, ONE_INTERVIEW = "pathways-2003", "pathways-existing-2005", "jobcentre-plus-2002"
# Three areas began in October 2003, four more in April 2004 (E:L326-337).
AREAS = ("first_areas", "second_areas", "first_areas")
DECIDERS = ("Dora Pell", "Gil Brandt", "Hana Voss")
# A caseload that leaves room in the diary for it (local).
CUSTOMERS_AN_ADVISER = 450
FEWEST = 3


@dataclass
class Place:
    """Who works where, by role; the posts come with their person, team and office."""

    district: District
    offices: list[Office]
    centre: Office
    posts: dict[Role, list[Post]] = field(default_factory=dict)
    advisers: dict[int, list[Post]] = field(default_factory=dict)
    managers: dict[int, Post] = field(default_factory=dict)
    by_person: dict[tuple[int, int], Post] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)

    def there(self, posts: list[Post]) -> list[Post]:
        """Those who are not away today; when all are, whoever it is stays on."""
        return [post for post in posts if post.person_id not in self.away] or posts


def make(customers: int, now: datetime) -> Place:
    """Build the district in an empty database, for a caseload of so many."""
    wanted = max(FEWEST, round(customers / CUSTOMERS_AN_ADVISER / 3))
    demo = build(now, more_advisers=wanted - FEWEST)
    centre = Office.objects.create(
        code="demo-delivery",
        name="Calder benefit delivery centre",
        kind=OfficeKind.DELIVERY_CENTRE,
        district=demo.district,
        address="9 Wharf Road, Calder, ZZ1 3CC",
        telephone="01632 960900",
    )
    team = Team.objects.create(
        code=f"{centre.code}-decisions",
        name="Decision makers",
        kind=TeamKind.DECISION_MAKERS,
        office=centre,
    )
    for name in DECIDERS:
        staffing.add_person(
            name=name,
            email=f"{name.lower().replace(' ', '.')}@demo.waymark.example",
            role=Role.DECISION_MAKER,
            team=team,
            started_on=demo.leaders[0].starts_on,
            by=None,
            now=now,
        )
    for office, area in zip(demo.offices, AREAS, strict=True):
        LocalSetting.objects.create(
            slug=EXISTING,
            key="regime.area",
            value=area,
            office_code=office.code,
            valid_from=date(2005, 2, 7),
            because="The areas in which the programme began (E:L326-337).",
            set_by="Rosa Finch",
            set_at=now,
        )
    return load(day_of(now))


def load(on: date) -> Place:
    """The district as it is in the database on a day."""
    district = District.objects.get(code=CODE)
    offices = list(Office.objects.filter(district=district).select_related("district").order_by("id"))
    place = Place(
        district=district,
        offices=[office for office in offices if office.kind == OfficeKind.OFFICE],
        centre=next(office for office in offices if office.kind == OfficeKind.CONTACT_CENTRE),
    )
    by_role: dict[Role, list[Post]] = defaultdict(list)
    for post in posts_on(district, on):
        by_role[Role(post.role)].append(post)
        place.by_person.setdefault((post.person_id, post.team.office_id), post)
        if post.role == Role.ADVISER and post.team.kind == TeamKind.ADVISERS:
            place.advisers.setdefault(post.team.office_id, []).append(post)
        if post.role == Role.ADVISER_MANAGER:
            place.managers[post.team.office_id] = post
    place.posts = dict(by_role)
    place.away = away_on(on)
    return place


def posts_on(district: District, on: date) -> QuerySet[Post]:
    held = Post.objects.filter(team__office__district=district, starts_on__lte=on, ends_on=None)
    return held.select_related("person", "team__office__district").order_by("id")


def away_on(on: date) -> set[int]:
    rows = Absence.objects.filter(first_day__lte=on, last_day__gte=on)
    return set(rows.values_list("person_id", flat=True))


def somebody_is_away(person: Person, *, on: date, days: int, by: Post, now: datetime) -> Absence:
    """Ill for some days; nobody covers, so that what they had taken is free in their team."""
    return staffing.note_absence(
        person,
        first_day=on,
        last_day=on + timedelta(days=days - 1),
        reason="ill",
        cover=None,
        by=by,
        now=now,
    )
