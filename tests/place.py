"""A whole district for tests: who works where, and when they take appointments."""

from dataclasses import dataclass
from datetime import date, time

from tests import factories
from waymark.customers.models import Customer
from waymark.interviews import verbs
from waymark.interviews.models import Interview, WorkingPattern
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import District, Office, Post, Room


@dataclass
class Place:
    """`office` belongs to `centre`'s district; `elsewhere` is an agent of another district."""

    district: District
    centre: Office
    office: Office
    agent: Post
    leader: Post
    adviser: Post
    second_adviser: Post
    assessor: Post
    manager: Post
    administrator: Post
    elsewhere: Post

    def claim(self, *, now=factories.NOW, customer: Customer | None = None, **fields) -> Interview:
        """A claim made today by telephone; says its interview."""
        wanted = {
            "benefit": "ib",
            "group": "sick_or_disabled",
            "programme": "jobcentre-plus-2002",
            "office": self.office,
            "claimed_on": factories.TODAY,
            "period_from": factories.TODAY,
            "route": "call",
            "by": self.agent,
            "now": now,
            **fields,
        }
        made = verbs.open_claim(customer or factories.customer(added_by=self.agent), **wanted)
        return Interview.objects.select_related("claim__customer", "claim__office__district").get(claim=made)


def make_place() -> Place:
    district = factories.district(code="calder", name="Calder district")
    centre = factories.contact_centre(district=district, code="calder-centre", name="Calder contact centre")
    office = factories.office(district=district, code="calder-office", name="Calder office")
    factories.team(TeamKind.DEFERRALS, office=office, name="Deferrals")
    place = Place(
        district=district,
        centre=centre,
        office=office,
        agent=factories.post(Role.AGENT, office=centre),
        leader=factories.post(Role.TEAM_LEADER, office=centre),
        adviser=factories.post(Role.ADVISER, office=office),
        second_adviser=factories.post(Role.ADVISER, office=office),
        assessor=factories.post(Role.ASSESSOR, office=office),
        manager=factories.post(Role.ADVISER_MANAGER, office=office),
        administrator=factories.post(Role.ADMINISTRATOR, office=centre),
        elsewhere=factories.post(Role.AGENT, office=factories.contact_centre()),
    )
    Room.objects.create(office=office, name="Room 1", private=True)
    for post in (place.adviser, place.second_adviser, place.assessor):
        for weekday in range(5):
            WorkingPattern.objects.create(
                person=post.person,
                office=office,
                weekday=weekday,
                starts=time(9),
                ends=time(17),
                at_home=True,
                valid_from=date(2002, 1, 1),
            )
    return place
