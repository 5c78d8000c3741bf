"""Makers of rows for the tests of diaries."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from tests import factories as make
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import Interview, WorkingPattern
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Person, Post, Room

LONDON = ZoneInfo("Europe/London")
TUESDAY = date(2004, 5, 4)
NOW = datetime(2004, 5, 4, 8, 0, tzinfo=LONDON)


def at(hour: int, minute: int = 0, day: int = 4, month: int = 5) -> datetime:
    """A moment of May 2004 (the 4th is a Tuesday), in the time of the place."""
    return datetime(2004, month, day, hour, minute, tzinfo=LONDON)


@transaction.atomic
def interview(office: Office | None = None, **fields) -> Interview:
    """An interview to be settled; its claim and the claim's next step come in one transaction."""
    claim = fields.pop("claim", None) or make.claim(office=office or make.office())
    return Interview.objects.create(
        **{"ref": new_ref("I"), "claim": claim, "number": 1, "due_by": date(2004, 5, 8), **fields}
    )


def hours(
    person: Person, office: Office, *, weekdays=range(5), start: int = 9, end: int = 17, **fields
) -> None:
    for weekday in weekdays:
        WorkingPattern.objects.create(
            **{
                "person": person,
                "office": office,
                "weekday": weekday,
                "starts": time(start),
                "ends": time(end),
                "valid_from": date(2002, 1, 1),
                **fields,
            }
        )


def adviser(office: Office, name: str = "", *, role: Role = Role.ADVISER, **pattern) -> Post:
    """Somebody in post at an office, who takes appointments from nine to five on weekdays."""
    who = make.person(name=name) if name else make.person()
    post = make.post(role, office=office, person=who)
    hours(who, office, **pattern)
    return post


def room(office: Office, name: str = "Room 1", **fields) -> Room:
    return Room.objects.create(**{"office": office, "name": name, **fields})


def slot(
    post: Post, starts_at: datetime, *, minutes: int = 45, assessor: Post | None = None, **fields
) -> Slot:
    return Slot(
        **{
            "office_id": post.team.office_id,
            "kind": "adviser_interview",
            "mode": "office",
            "starts_at": starts_at,
            "minutes": minutes,
            "adviser_id": post.person_id,
            "adviser_name": post.person.name,
            "assessor_minutes": 30 if assessor else 0,
            "assessor_id": assessor.person_id if assessor else None,
            "assessor_name": assessor.person.name if assessor else "",
            **fields,
        }
    )
