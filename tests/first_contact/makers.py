"""Makers of rows for the tests of the first contact. Every person is synthetic."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.test import Client

from tests import factories as make
from waymark.customers.enums import Route
from waymark.customers.models import Claim, Customer
from waymark.interviews.models import Interview, WorkingPattern
from waymark.interviews.verbs import open_claim
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Post


@dataclass(frozen=True)
class Places:
    """A contact centre and an office of one district, with somebody in every team a first contact needs."""

    centre: Office
    office: Office
    agent: Post
    colleague: Post
    leader: Post
    adviser: Post
    assessor: Post


def places() -> Places:
    centre = make.contact_centre(name="Calder contact centre")
    office = make.office(name="Calder office", district=centre.district)
    return Places(
        centre,
        office,
        agent=make.post(Role.AGENT, office=centre, person=make.person(name="Ana Reid")),
        colleague=make.post(Role.AGENT, office=centre, person=make.person(name="Lee Grant")),
        leader=make.post(Role.TEAM_LEADER, office=centre, person=make.person(name="Mina Shah")),
        adviser=with_hours(make.post(Role.ADVISER, office=office, person=make.person(name="Tom Walsh"))),
        assessor=with_hours(make.post(Role.ASSESSOR, office=office, person=make.person(name="Ida Bell"))),
    )


def with_hours(post: Post) -> Post:
    """Takes appointments from nine to five on every day of the week, so that tests hold on any day."""
    for weekday in range(7):
        WorkingPattern.objects.create(
            person=post.person,
            office=post.team.office,
            weekday=weekday,
            starts=time(9),
            ends=time(17),
            at_home=True,
            valid_from=post.starts_on,
        )
    return post


@transaction.atomic
def claim(where: Places, now: datetime, *, customer: Customer | None = None, **fields) -> Claim:
    """A claim of today with its interview and its first call."""
    values = {"benefit": "ib", "group": "sick_or_disabled", **fields}
    return open_claim(
        customer or make.customer(added_by=where.agent, born_on=date(1990, 3, 12)),
        programme="jobcentre-plus-2002",
        office=where.office,
        claimed_on=day_of(now),
        period_from=day_of(now),
        route=Route.CALL,
        by=where.agent,
        now=now,
        **values,
    )


def interview_of(claim: Claim) -> Interview:
    return claim.interviews.get()


def signed_in(post: Post) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(post.person, backend="waymark.web.signin.Backend")
    return client


@dataclass
class Call:
    """A conversation as an agent goes through it in the browser."""

    client: Client
    url: str

    @property
    def ref(self) -> str:
        return self.url.rstrip("/").rsplit("/", 1)[-1]

    def page(self, step: str = ""):
        """A page of the conversation; it must be there."""
        response = self.client.get(f"{self.url}{step}")
        assert response.status_code == 200, (step, response.status_code)
        return response

    def post(self, step: str = "", **data):
        return self.client.post(f"{self.url}{step}", data)

    def answer(self, page: str, **data):
        """Answer one page; it must be taken."""
        response = self.post(page=page, **data)
        assert response.status_code == 302, response.context["form"].errors
        return response

    def ask_until_settled(self, **known) -> None:
        """Answer each question in turn as `known` says, everything else with no or not known."""
        for _turn in range(40):
            shown = self.page().context
            if shown["question"] is None:
                return
            self.answer(shown["question"].id, rest_no="1", **answers_for(shown["form"], known))
        raise AssertionError("The questions never end.")

    def up_to_the_decision(self, *, wanted: str, **known) -> None:
        """Everything that comes before the decision."""
        self.ask_until_settled(**known)
        assert self.post("support/", items=["personal_adviser", "training"]).status_code == 302
        assert self.post("offer/", wanted=wanted).status_code == 302
        self.ask_until_settled(**known)
        if wanted != "yes":
            assert self.post("view/", **VIEW).status_code == 302


VIEW = {
    "appropriate_now": "Not at the moment.",
    "when": "Once I am home.",
    "return_circumstances": "If my hip is better.",
    "support_wanted": "Perhaps a course.",
}


def answers_for(form, known: dict) -> dict:
    """What to send for the fields of a question: what is known, and that the rest is not."""
    data = {}
    for name in form.names:
        if name in known:
            data |= as_typed(form, name, known[name])
        elif f"{name}_unknown" in form.fields:
            data[f"{name}_unknown"] = "on"
        elif form.book[name].type != "yes_no":
            data[name] = "not known"
    return data


def as_typed(form, name: str, value) -> dict:
    """A value as somebody types it."""
    if isinstance(value, bool):
        return {name: "yes" if value else "no"}
    if isinstance(value, date):
        return in_parts(name, value)
    return {name: value}


def in_parts(name: str, day: date) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def begin(client: Client, claim: Claim, direction: str = "out") -> Call:
    """Start the conversation about a claim."""
    response = client.post(f"/customers/{claim.ref}/call/", {"direction": direction})
    assert response.status_code == 302, response.content.decode()
    return Call(client, response.url)
