"""Plain makers of rows for tests: each gives something valid, and takes what the test is about."""

from datetime import date, datetime, time
from itertools import count

from waymark.customers.models import Claim, Customer
from waymark.customers.rules import name_keys
from waymark.kernel.clock import at as wall
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import District, Office, Person, Post, Team
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

numbers = count(1)
TODAY = date(2004, 5, 4)  # a Tuesday
NOW = wall(TODAY, time(10))


def at(day: date, clock: time) -> datetime:
    """A moment on the office's wall."""
    return wall(day, clock)


def district(**fields) -> District:
    n = next(numbers)
    return District.objects.create(**{"code": f"D{n}", "name": f"District {n}", **fields})


def office(**fields) -> Office:
    n = next(numbers)
    fields.setdefault("district", None)
    fields["district"] = fields["district"] or district()
    defaults = {
        "code": f"O{n}",
        "name": f"Office {n}",
        "kind": OfficeKind.OFFICE,
        "address": "1 High Street, Calder, CA1 1AA",
        "telephone": "01632 960001",
    }
    return Office.objects.create(**{**defaults, **fields})


def contact_centre(**fields) -> Office:
    return office(kind=OfficeKind.CONTACT_CENTRE, **fields)


def delivery_centre(**fields) -> Office:
    return office(kind=OfficeKind.DELIVERY_CENTRE, **fields)


def team(kind: TeamKind = TeamKind.FIRST_CONTACT, **fields) -> Team:
    n = next(numbers)
    place = fields.pop("office", None) or office()
    found = Team.objects.filter(office=place, kind=kind, closed_on=None).first()
    return found or Team.objects.create(
        **{"code": f"T{n}", "name": f"Team {n}", "kind": kind, "office": place, **fields}
    )


def person(**fields) -> Person:
    n = next(numbers)
    defaults = {
        "ref": new_ref("P"),
        "email": f"person{n}@waymark.example",
        "name": f"Person {n}",
        "started_on": date(2002, 1, 1),
        "calendar_key": f"key-{n}",
        "password": "!",
    }
    return Person.objects.create(**{**defaults, **fields})


TEAM_OF_ROLE = {
    Role.AGENT: TeamKind.FIRST_CONTACT,
    Role.TEAM_LEADER: TeamKind.LEADERS,
    Role.ADVISER: TeamKind.ADVISERS,
    Role.ASSESSOR: TeamKind.ASSESSORS,
    Role.ADVISER_MANAGER: TeamKind.MANAGERS,
    Role.DECISION_MAKER: TeamKind.DECISION_MAKERS,
    Role.DISABILITY_ADVISER: TeamKind.DISABILITY_ADVISERS,
    Role.PROVIDER: TeamKind.PROVIDER,
    Role.ADMINISTRATOR: TeamKind.ADMINISTRATION,
    Role.POLICY_OWNER: TeamKind.ADMINISTRATION,
}


def post(role: Role = Role.AGENT, *, office: Office | None = None, **fields) -> Post:
    """A person in a role in the team of that role at `office`."""
    its_team = fields.pop("team", None) or team(TEAM_OF_ROLE[role], office=office)
    who = fields.pop("person", None) or person()
    return Post.objects.create(
        **{"person": who, "role": role, "team": its_team, "starts_on": date(2002, 1, 1), **fields}
    )


def customer(**fields) -> Customer:
    n = next(numbers)
    defaults = {
        "ref": new_ref("C"),
        "given_names": "Joan",
        "family_name": f"Price{n}",
        "born_on": date(1961, 3, 12),
        "ni_number": f"QQ{n:06d}C".replace("QQ", "AB"),
        "address": "2 Mill Lane, Calder",
        "postcode": "CA1 1AB",
        "telephone": "+441632960123",
        "added_at": NOW,
    }
    values = {**defaults, **fields}
    values.setdefault("name_keys", sorted(name_keys(f"{values['given_names']} {values['family_name']}")))
    return Customer.objects.create(**values)


def claim(*, task: TaskKind | None = TaskKind.FIRST_CALL, **fields) -> Claim:
    """A live claim, with an open first-call task (or another kind; None makes a claim that is lost)."""
    place = fields.pop("office", None) or office()
    defaults = {
        "ref": new_ref("L"),
        "programme": "jobcentre-plus-2002",
        "benefit": "ib",
        "group": "sick_or_disabled",
        "claimed_on": TODAY,
        "period_from": TODAY,
        "route": "call",
        "added_at": NOW,
    }
    whose = fields.pop("customer", None) or customer()
    made = Claim.objects.create(**{**defaults, "customer": whose, "office": place, **fields})
    if task is not None:
        open_task(made, kind=task)
    return made


def open_task(claim: Claim, **fields) -> Task:
    defaults = {
        "ref": new_ref("T"),
        "kind": TaskKind.FIRST_CALL,
        "due_on": TODAY,
        "origin": Happened.CLAIM_MADE,
        "opened_at": NOW,
    }
    fields.setdefault("team", None)
    fields["team"] = fields["team"] or team(office=claim.office)
    return Task.objects.create(**{**defaults, "claim": claim, **fields})
