"""The made-up district: its offices and advisers, its services, and a customer with a claim for each referral."""

from datetime import time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from waymark.customers.models import Claim, Customer
from waymark.customers.rules import name_keys
from waymark.demo.half_year.world import FIRST_DAY, TEMPERS, Size, Temper
from waymark.directory.enums import Channel, Taking
from waymark.directory.models import Contact, Organisation, Service
from waymark.interviews.enums import Standing
from waymark.interviews.models import Requirement
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import District, Office, Person, Post, Team
from waymark.programme.queries import holding_now
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

CODE, PROGRAMME = "sim-help", "jobcentre-plus-2002"
OFFICES, ADVISERS = 4, 6
AT_ONCE = 2000


@transaction.atomic
def settle(size: Size) -> tuple[list[int], list[tuple[int, Temper]]]:
    """Build it. Gives the keys of the claims, and those of the services with how each behaves."""
    district = District.objects.create(code=CODE, name="Made-up district (simulation)")
    offices = [_office(district, number) for number in range(OFFICES)]
    _team(offices[0], TeamKind.FIRST_CONTACT)
    for office in offices:
        team = _team(office, TeamKind.ADVISERS)
        managers = _team(office, TeamKind.MANAGERS)
        for number in range(ADVISERS):
            _post(f"Adviser {office.code} {number}", Role.ADVISER, team)
        _post(f"Manager {office.code}", Role.ADVISER_MANAGER, managers)
    tempers = [TEMPERS[number * len(TEMPERS) // size.services] for number in range(size.services)]
    services = [(_service_of(number, temper).pk, temper) for number, temper in enumerate(tempers)]
    return _claims(size, offices), services


def advisers() -> dict[int, list[Post]]:
    """Those of each office, with their team and person."""
    found: dict[int, list[Post]] = {}
    posts: QuerySet[Post] = Post.objects.filter(role=Role.ADVISER, team__office__district__code=CODE)
    for post in posts.select_related("person", "team__office__district").order_by("pk"):
        found.setdefault(post.team.office_id, []).append(post)
    return found


def _office(district: District, number: int) -> Office:
    return Office.objects.create(
        code=f"sim-help-{number}",
        name=f"Office {number} (simulation)",
        kind=OfficeKind.OFFICE,
        district=district,
        address="1 High Street",
        telephone="01632 960001",
    )


def _team(office: Office, kind: TeamKind) -> Team:
    return Team.objects.create(code=f"{office.code}-{kind}", name=f"{kind.label}", kind=kind, office=office)


def _post(name: str, role: Role, team: Team) -> Post:
    person = Person.objects.create(
        ref=new_ref("P"),
        email=f"{name.lower().replace(' ', '-')}@sim.invalid",
        name=name,
        password="!",
        started_on=FIRST_DAY,
        calendar_key=new_ref("K"),
    )
    return Post.objects.create(person=person, role=role, team=team, starts_on=FIRST_DAY)


def _service_of(number: int, temper: Temper) -> Service:
    office = None
    if temper.channel == Channel.ACCOUNT:
        district = District.objects.get(code=CODE)
        office = Office.objects.create(
            code=f"sim-service-{number}",
            name=f"Service {number}",
            kind=OfficeKind.PROVIDER,
            district=district,
            address="2 Mill Lane",
            telephone="01632 960002",
        )
    organisation = Organisation.objects.create(
        ref=new_ref("O"),
        name=f"Organisation {number} (simulation)",
        email=f"service{number}@sim.invalid",
        telephone="01632 960003",
        office=office,
    )
    Contact.objects.create(
        ref=new_ref("Y"),
        organisation=organisation,
        name=f"Link worker {number}",
        email=f"link{number}@sim.invalid",
        link_worker=True,
    )
    return Service.objects.create(
        ref=new_ref("V"),
        organisation=organisation,
        name=f"Help {number} ({temper.name})",
        taking=Taking.PLACES,
        channels=[temper.channel],
    )


def _claims(size: Size, offices: list[Office]) -> list[int]:
    """One customer by choice and one live claim for each referral, each with its next step, in bulk."""
    now = at(FIRST_DAY, time(8))
    people = Customer.objects.bulk_create(
        [
            Customer(
                ref=new_ref("C"),
                given_names="Synthetic",
                family_name=f"Person{number}",
                ni_unknown_because="made up",
                address="2 Mill Lane",
                postcode="ZZ1 1ZZ",
                telephone="+441632960004",
                added_at=now,
                name_keys=sorted(name_keys(f"Synthetic Person{number}")),
            )
            for number in range(size.referrals)
        ],
        batch_size=AT_ONCE,
    )
    claims = Claim.objects.bulk_create(
        [
            Claim(
                ref=new_ref("L"),
                customer=person,
                programme=PROGRAMME,
                benefit="ib",
                group="sick_or_disabled",
                office=offices[number % OFFICES],
                claimed_on=FIRST_DAY,
                period_from=FIRST_DAY,
                route="call",
                added_at=now,
            )
            for number, person in enumerate(people)
        ],
        batch_size=AT_ONCE,
    )
    version = holding_now(PROGRAMME)
    assert version is not None
    Requirement.objects.bulk_create(
        [
            Requirement(
                claim=claim,
                standing=Standing.VOLUNTARY,
                because="own_choice",
                pack=version,
                since=FIRST_DAY,
            )
            for claim in claims
        ],
        batch_size=AT_ONCE,
    )
    teams = {team.office_id: team for team in Team.objects.filter(kind=TeamKind.ADVISERS)}
    Task.objects.bulk_create(
        [
            Task(
                ref=new_ref("T"),
                claim=claim,
                office=claim.office,
                kind=TaskKind.FOLLOW_UP,
                team=teams[claim.office_id],
                due_on=FIRST_DAY + timedelta(days=2 * size.days),
                origin=Happened.CLAIM_MADE,
                opened_at=now,
            )
            for claim in claims
        ],
        batch_size=AT_ONCE,
    )
    return [claim.pk for claim in claims]
