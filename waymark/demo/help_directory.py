"""Made-up organisations and services for the demonstration district, and what its people know of them."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from waymark.demo.district import Demo
from waymark.directory import verbs
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.enums import ChangeKind, Knowledge, LiaisonKind, NeedOrigin, Source, Useful
from waymark.directory.models import Contact, Location, Organisation, Service
from waymark.directory.verbs.common import index
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.organisations.models import Post

HERE = Path(__file__).parent
LABEL = "Synthetic: made up for the demonstration."
# Where the made-up towns lie: latitude and longitude of their middle.
MIDDLES = {"ZZ1": (53.720, -1.990), "ZZ2": (53.742, -2.055), "ZZ3": (53.706, -1.915), "ZZ8": (53.95, -1.60)}
NAMES = (
    "Amina Shah",
    "Bob Tate",
    "Cath Quinn",
    "Derek Moss",
    "Esi Mensah",
    "Fay Ogden",
    "Gita Rai",
    "Hal Brook",
)


def make_directory(demo: Demo, now: datetime, random_seed: int = 555) -> int:
    """Some sixty services of forty organisations, with all that an entry can say; says how many services."""
    codes, random = catalogue(day_of(now), demo.offices[0]), Random(random_seed)
    advisers = [post for posts in demo.advisers.values() for post in posts]
    mothers = _organisations(random)
    services = _services(demo, mothers, advisers, codes, now, random)
    _contacts(mothers, services, random, day_of(now))
    _knowledge(demo, services, advisers, codes, now, random)
    return len(services)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _organisations(random: Random) -> dict[str, Organisation]:
    rows = _rows("providers.csv")
    made = Organisation.objects.bulk_create(
        Organisation(
            ref=new_ref("O"),
            name=row["name"],
            sector=row["sector"],
            about=f"{row['about']}. {LABEL}",
            telephone=row["telephone"],
        )
        for row in rows
    )
    mothers = {one.name: one for one in made}
    Location.objects.bulk_create(_location(mothers[row["name"]], row, random) for row in rows)
    return mothers


def _location(mother: Organisation, row: dict[str, str], random: Random) -> Location:
    lat, lon = MIDDLES[row["postcode"].split(" ")[0]]
    return Location(
        ref=new_ref("W"),
        organisation=mother,
        address=row["address"],
        town=row["town"],
        postcode=row["postcode"],
        latitude=round(lat + random.uniform(-0.012, 0.012), 5),
        longitude=round(lon + random.uniform(-0.02, 0.02), 5),
        travel=random.choice(["Bus 5 and 12 stop outside", "Ten minutes on foot from the station", ""]),
        step_free=random.choice([True, True, False, None]),
    )


def _services(
    demo: Demo,
    mothers: dict[str, Organisation],
    advisers: list[Post],
    codes: Catalogue,
    now: datetime,
    random: Random,
) -> list[Service]:
    on = day_of(now)
    places = {
        place.organisation_id: place for place in Location.objects.filter(organisation__in=mothers.values())
    }
    services = []
    for number, row in enumerate(_rows("services.csv")):
        mother = mothers[row["provider"]]
        owner = None if number % 11 == 10 else advisers[number % len(advisers)].person
        # Of the first adviser's entries some are due to be looked at again.
        age = 130 if number % 18 == 9 else random.choice([3, 20, 45, 70, 88])
        confirmed = None if number % 13 == 12 else on - timedelta(days=age)
        service = Service(
            ref=new_ref("S"),
            organisation=mother,
            owner=owner,
            added_on=on - timedelta(days=400),
            confirmed_on=confirmed,
            confirmed_by=owner if confirmed else None,
            **_columns(row),
        )
        index(service, codes, [places[mother.pk].town])
        services.append(service)
    Service.objects.bulk_create(services)
    at, within = Service.locations.through, Service.districts.through
    at.objects.bulk_create(at(service=one, location=places[one.organisation_id]) for one in services)
    within.objects.bulk_create(within(service=one, district=demo.district) for one in services)
    return services


def _columns(row: dict[str, str]) -> dict[str, Any]:
    """A line of the file as columns of an entry."""
    return {
        "name": row["name"],
        "about": f"{row['about']}. {LABEL}",
        "provision": row["provision"],
        "needs": row["needs"].split(),
        "level": row["level"],
        "taking": row["taking"],
        "places": _number(row["places"]),
        "wait_weeks": _number(row["wait"]),
        "lasts_weeks": _number(row["lasts"]),
        "route": row["route"],
        "channels": ["paper"] if "sl2" in row["documents"] else [],
        "form_name": "SL2" if "sl2" in row["documents"] else "",
        "referred_by": row["referred_by"].split(),
        "paid_when_referred_by": ["adviser"] if row["provision"] in ("cmp", "job_broker") else [],
        "excludes": row["excludes"].split(),
        "documents": row["documents"].split(),
        "information": row["information"].split(),
        "benefit_effect": row["effect"],
        "cost": row["cost"],
        "funding": row["funding"],
        "contact_during": row["during"],
        "postcodes": row["postcodes"].split(),
        "hours": "Monday to Friday, 9:30 to 16:00",
        "fees": "Nothing",
    }


def _number(text: str) -> int | None:
    return int(text) if text else None


def _contacts(mothers: dict[str, Organisation], services: list[Service], random: Random, on: date) -> None:
    """A link worker at every second organisation, somebody to ring about every third service."""
    people = [
        Contact(
            ref=new_ref("K"),
            organisation=mother,
            name=random.choice(NAMES),
            job="Link worker",
            telephone=mother.telephone,
            link_worker=True,
            since=on - timedelta(days=200),
        )
        for number, mother in enumerate(mothers.values())
        if number % 2 == 0
    ]
    people += [
        Contact(
            ref=new_ref("K"),
            organisation=service.organisation,
            service=service,
            name=random.choice(NAMES),
            job="Team leader",
            telephone=service.organisation.telephone,
            since=on - timedelta(days=90),
            public=number % 6 == 0,
        )
        for number, service in enumerate(services)
        if number % 3 == 0
    ]
    Contact.objects.bulk_create(people)


def _knowledge(
    demo: Demo,
    services: list[Service],
    advisers: list[Post],
    codes: Catalogue,
    now: datetime,
    random: Random,
) -> None:
    """What people here know, by the same verbs as on the screens."""
    for post in advisers[:3]:
        for service in services[:: 3 if post is advisers[0] else 7]:
            level, often = random.choice(list(Knowledge)), random.random() < 0.3
            verbs.say_knowledge(service, level=level, often=often, by=post, now=now)
    writer, manager = advisers[0], next(iter(demo.managers.values()))
    on = day_of(now)
    first, second = services[0], services[3]
    verbs.note_experience(
        first,
        source=Source.USED,
        words="People come back with more energy. They ring if somebody does not turn up.",
        by=writer,
        now=now,
    )
    verbs.note_experience(
        first,
        source=Source.THEIR_VISIT,
        words="They now also take people who are very tired after an illness.",
        by=advisers[1],
        now=now,
    )
    verbs.note_experience(
        second.organisation,
        source=Source.COLLEAGUE,
        words="Hard to reach by telephone on Fridays.",
        by=writer,
        now=now,
    )
    verbs.note_change(
        first,
        kind=ChangeKind.STAFF,
        words="The physiotherapist is away; groups go on with the nurse.",
        on=on - timedelta(days=5),
        until=on + timedelta(days=20),
        by=writer,
        now=now,
    )
    verbs.note_change(
        second,
        kind=ChangeKind.CAPACITY,
        words="Full until somebody leaves in the spring.",
        on=on - timedelta(days=12),
        by=writer,
        now=now,
    )
    verbs.note_liaison(
        first.organisation,
        kind=LiaisonKind.PRESENTATION,
        on=on - timedelta(days=30),
        who="The whole team of advisers",
        place="Calder office",
        words="What they do in the seven meetings, and whom it suits.",
        by=manager,
        now=now,
    )
    verbs.note_liaison(
        second.organisation,
        kind=LiaisonKind.OPEN_DAY,
        on=on + timedelta(days=14),
        place="Mill Lane Centre",
        by=manager,
        now=now,
    )
    for useful, words in (
        (Useful.YES, "I learned to plan my day. The group was kind."),
        (Useful.PARTLY, "Good, but the room was cold."),
        (Useful.YES, ""),
    ):
        verbs.note_view(first, useful=useful, words=words, claim=None, by=writer, now=now)
    for need, origin, postcode in (
        ("alcohol", NeedOrigin.WAIT, "ZZ2"),
        ("alcohol", NeedOrigin.NO_OPTION, "ZZ3"),
        ("home_working", NeedOrigin.SEARCH, "ZZ2"),
        ("bereavement", NeedOrigin.ELIGIBILITY, "ZZ1"),
    ):
        verbs.note_unmet(
            need, district=demo.district, postcode=postcode, origin=origin, codes=codes, by=writer, now=now
        )
    closed = services[25]
    verbs.withdraw(closed, why="The funding ended.", on=on - timedelta(days=40), by=None, now=now)
