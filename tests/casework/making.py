"""A case in a few lines: a customer taken on, somebody of a service, a disability adviser, a transfer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from tests import factories
from tests.place import Place
from waymark.casework import verbs
from waymark.casework.enums import TransferKind
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.casework.verbs import Wanted
from waymark.customers.models import Claim
from waymark.directory.models import Contact, Organisation, Service
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.worklist.models import Task

TODAY = factories.TODAY  # Tuesday 4 May 2004


def moment(day: int = 0, hour: int = 10) -> datetime:
    """So many days after Tuesday 4 May 2004."""
    return at(TODAY + timedelta(days=day), time(hour))


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


def claim_with(place: Place, adviser: Post | None = None) -> Claim:
    """A live claim that is with an adviser."""
    claim = place.claim().claim
    give_caseload(claim, (adviser or place.adviser).person, by=place.manager, now=moment())
    return claim


def taken_on(place: Place, adviser: Post | None = None) -> Case:
    """A case; its claim is with the adviser, who is the case manager."""
    manager = verbs.take_on(claim_with(place, adviser), by=adviser or place.adviser, now=moment())
    return manager.case


@dataclass
class Helpers:
    """An organisation with a service and somebody to ring."""

    organisation: Organisation
    service: Service
    contact: Contact


def helpers(name: str = "Calder Steps", **service) -> Helpers:
    organisation = Organisation.objects.create(ref=new_ref("O"), name=name, telephone="01632 960700")
    made = Service.objects.create(
        ref=new_ref("S"), organisation=organisation, name=f"{name} course", **service
    )
    contact = Contact.objects.create(
        ref=new_ref("E"),
        organisation=organisation,
        name=f"Lee of {name}",
        telephone="01632 960701",
        link_worker=True,
    )
    return Helpers(organisation, made, contact)


def disability_adviser(place: Place) -> Post:
    return factories.post(Role.DISABILITY_ADVISER, office=place.office)


def wanted(to: Post | Contact, **fields) -> Wanted:
    """A transfer for good to which everybody agrees, unless it is said otherwise."""
    kind = fields.pop("kind", TransferKind.PERMANENT)
    usual = {
        "kind": kind,
        "reason": "trusted_more",
        "customer_agreed": True,
        "why": "They have known each other for years.",
    }
    if kind == TransferKind.PERMANENT:
        usual["can_provide"] = "They see her every week and can find the rest."
    else:
        usual["returns_on"] = day(28)
    return Wanted(to=to, **{**usual, **fields})


def lend(case: Case, to: Post | Contact, by: Post, now: datetime | None = None, **fields) -> Transfer:
    wish = wanted(to, kind=TransferKind.TEMPORARY, **{"reason": "away", **fields})
    return verbs.propose_transfer(case, wish, by=by, now=now or moment())


def manager_of(case: Case) -> CaseManager:
    """Who is responsible, straight from the table."""
    return CaseManager.objects.select_related("post__person", "contact").get(case=case, until=None)


def open_tasks(case: Case, kind: str) -> list[Task]:
    return list(Task.objects.filter(claim=case.claim, kind=kind, closed_at=None).order_by("id"))


def check_now() -> None:
    """Ask the deferred constraints now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
