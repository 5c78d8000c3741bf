"""Calder: three offices, a contact centre, and some twenty-five people who work there."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from waymark.interviews.models import WorkingPattern
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import Absence, District, Office, Person, Post, Room, Team
from waymark.programme.models import LocalSetting

PROGRAMME = "jobcentre-plus-2002"
SAME = make_password(None)


@dataclass
class Demo:
    """The district and who works in it."""

    district: District
    centre: Office
    offices: list[Office]
    agents: list[Post] = field(default_factory=list)
    leaders: list[Post] = field(default_factory=list)
    advisers: dict[int, list[Post]] = field(default_factory=dict)
    assessors: dict[int, Post] = field(default_factory=dict)
    managers: dict[int, Post] = field(default_factory=dict)
    teams: dict[tuple[int, str], Team] = field(default_factory=dict)

    def team(self, office: Office, *kinds: TeamKind) -> Team:
        """The team of an office, or of the contact centre where the office has none of the kind."""
        for kind in kinds:
            for place in (office, self.centre):
                if (place.pk, kind) in self.teams:
                    return self.teams[place.pk, kind]
        raise LookupError(kinds)


PAYMENTS = (
    "calder-payments",
    "Calder benefit delivery centre",
    "Weaver House, Canal Street, Calder, ZZ1 9PQ",
    "01632 960400",
)
DECISION_MAKERS = ["Edith Lorne", "Hugh Sandal"]
CENTRE = ("calder-centre", "Calder contact centre", "2 Exchange Street, Calder, ZZ1 1AA", "01632 960000")
OFFICES = [
    ("calder", "Calder office", "14 Bridge Street, Calder, ZZ1 2BB", "01632 960100"),
    ("hebden", "Hebden Moor office", "3 Market Place, Hebden Moor, ZZ2 4CD", "01632 960200"),
    ("luddfoot", "Luddfoot office", "The Old Dye Works, Luddfoot, ZZ3 7EF", "01632 960300"),
]
AGENTS = ["Ana Reid", "Ben Okoro", "Carys Lloyd", "Dev Anand", "Ellie Shaw", "Femi Ade"]
LEADERS = ["Lee Grant", "Maya Stott"]
ADVISERS = [
    ["Tom Walsh", "Nadia Karim", "Ruth Bell"],
    ["Owen Parry", "Grace Holt", "Imran Saleem"],
    ["Joy Marsh", "Piotr Zielinski", "Kate Lumb"],
]
ASSESSORS = ["Sam Firth", "Una Doyle", "Vik Rao"]
MANAGERS = ["Helen Crowe", "Ian Baxter", "Wyn Morris"]


def build(now: datetime, more_advisers: int = 0) -> Demo:
    """Make the district, its people, their hours. `more_advisers` an office, for a larger caseload."""
    district = District.objects.create(code="demo-calder", name="Calder (demonstration)")
    centre = _office(district, OfficeKind.CONTACT_CENTRE, *CENTRE)
    offices = [_office(district, OfficeKind.OFFICE, *row) for row in OFFICES]
    demo = Demo(district, centre, offices)
    _teams(demo)
    _centre_people(demo, now)
    _decision_makers(demo, now)
    for index, office in enumerate(offices):
        _office_people(demo, index, office, now, more_advisers)
    _local_rules(demo, now)
    _absences(demo, day_of(now))
    return demo


def _office(
    district: District, kind: OfficeKind, code: str, name: str, address: str, telephone: str
) -> Office:
    office = Office.objects.create(
        code=f"demo-{code}", name=name, kind=kind, district=district, address=address, telephone=telephone
    )
    if kind == OfficeKind.OFFICE:
        for number in (1, 2, 3):
            Room.objects.create(office=office, name=f"Room {number}", private=True, step_free=number < 3)
    return office


def _teams(demo: Demo) -> None:
    centre = [TeamKind.FIRST_CONTACT, TeamKind.LEADERS, TeamKind.ADMINISTRATION]
    wanted = [(demo.centre, kind) for kind in centre]
    wanted += [
        (office, kind)
        for office in demo.offices
        for kind in (TeamKind.ADVISERS, TeamKind.ASSESSORS, TeamKind.MANAGERS)
    ]
    # Calder has a deferrals team of its own, elsewhere advisers re-contact: both ways are in the reports (D:L842-850).
    wanted.append((demo.offices[0], TeamKind.DEFERRALS))
    for office, kind in wanted:
        demo.teams[office.pk, kind] = Team.objects.create(
            code=f"{office.code}-{kind}",
            name=f"{kind.label.capitalize()}, {office.name}",
            kind=kind,
            office=office,
        )


def _centre_people(demo: Demo, now: datetime) -> None:
    first_contact = demo.teams[demo.centre.pk, TeamKind.FIRST_CONTACT]
    leaders = demo.teams[demo.centre.pk, TeamKind.LEADERS]
    administration = demo.teams[demo.centre.pk, TeamKind.ADMINISTRATION]
    demo.agents = [_post(name, Role.AGENT, first_contact, now, years=i % 3) for i, name in enumerate(AGENTS)]
    demo.leaders = [_post(name, Role.TEAM_LEADER, leaders, now, years=4) for name in LEADERS]
    _post("Rosa Finch", Role.ADMINISTRATOR, administration, now, years=6)
    # Two, because a changed programme is published by another person than who proposed it.
    for name in ("Neil Hartley", "Zoe Abbot"):
        _post(name, Role.POLICY_OWNER, administration, now, years=5)


def _decision_makers(demo: Demo, now: datetime) -> None:
    """Two people, so that one can look again at what the other decided (P:L645)."""
    office = _office(demo.district, OfficeKind.DELIVERY_CENTRE, *PAYMENTS)
    kind = TeamKind.DECISION_MAKERS
    team = Team.objects.create(
        code=f"{office.code}-{kind}",
        name=f"{kind.label.capitalize()}, {office.name}",
        kind=kind,
        office=office,
    )
    demo.teams[office.pk, kind] = team
    for name in DECISION_MAKERS:
        _post(name, Role.DECISION_MAKER, team, now, years=5)


def _office_people(demo: Demo, index: int, office: Office, now: datetime, more: int) -> None:
    advisers = demo.teams[office.pk, TeamKind.ADVISERS]
    names = ADVISERS[index] + [f"Adviser {office.name.split()[0]} {n}" for n in range(1, more + 1)]
    demo.advisers[office.pk] = [_post(name, Role.ADVISER, advisers, now, years=2) for name in names]
    demo.assessors[office.pk] = _post(
        ASSESSORS[index], Role.ASSESSOR, demo.teams[office.pk, TeamKind.ASSESSORS], now, years=3
    )
    demo.managers[office.pk] = _post(
        MANAGERS[index], Role.ADVISER_MANAGER, demo.teams[office.pk, TeamKind.MANAGERS], now, years=7
    )
    if (office.pk, TeamKind.DEFERRALS) in demo.teams:
        also = demo.advisers[office.pk][1]
        Post.objects.create(
            person=also.person,
            role=Role.ADVISER,
            team=demo.teams[office.pk, TeamKind.DEFERRALS],
            starts_on=also.starts_on,
        )
    for post in [*demo.advisers[office.pk], demo.assessors[office.pk]]:
        _hours(post, office)


def _post(name: str, role: Role, team: Team, now: datetime, years: int) -> Post:
    started = day_of(now) - timedelta(days=365 * years + 45)
    person = Person.objects.create(
        ref=new_ref("P"),
        email=f"{name.lower().replace(' ', '.')}@demo.waymark.example",
        name=name,
        password=SAME,
        started_on=started,
        calendar_key=secrets.token_urlsafe(24),
    )
    return Post.objects.create(person=person, role=role, team=team, starts_on=started)


def _hours(post: Post, office: Office) -> None:
    home = post.role == Role.ADVISER
    WorkingPattern.objects.bulk_create(
        WorkingPattern(
            person=post.person,
            office=office,
            weekday=weekday,
            starts=starts,
            ends=ends,
            at_home=home and starts.hour > 12,
            valid_from=post.starts_on,
        )
        for weekday in range(5)
        for starts, ends in ((time(9), time(12, 30)), (time(13, 15), time(17)))
    )


def _local_rules(demo: Demo, now: datetime) -> None:
    """One office has its leader agree before a deferral holds; the others check after (D:L610-622)."""
    LocalSetting.objects.create(
        slug=PROGRAMME,
        key="authority.defer",
        value="authorise_before",
        office_code=demo.offices[2].code,
        valid_from=date(2002, 4, 22),
        because="New advisers: a team leader agrees first for a while.",
        set_by="Rosa Finch",
        set_at=now,
    )


def _absences(demo: Demo, on: date) -> None:
    calder, hebden = (demo.advisers[office.pk] for office in demo.offices[:2])
    Absence.objects.create(
        person=calder[2].person,
        first_day=on + timedelta(days=7),
        last_day=on + timedelta(days=18),
        reason="leave",
        cover=calder[1].person,
    )
    Absence.objects.create(
        person=hebden[2].person, first_day=on, last_day=on + timedelta(days=2), reason="ill"
    )
