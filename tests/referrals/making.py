"""Plain makers for tests of referrals: a service, a referral in any state, somebody of the service."""

from datetime import datetime, timedelta
from itertools import count

from tests import factories
from waymark.customers.models import Claim
from waymark.directory.enums import Channel, Taking
from waymark.directory.models import Contact, Location, Organisation, Service
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import Post
from waymark.referrals import verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import FeedbackKind, FixedBy, Given, ReferralKind, Through
from waymark.referrals.models import Referral

numbers = count(1)
SALLY = "Sally Webb"


def organisation(**fields) -> Organisation:
    n = next(numbers)
    defaults = {
        "ref": new_ref("O"),
        "name": f"Pathfinders {n}",
        "email": f"office{n}@pathfinders.example",
        "telephone": "01632 960500",
    }
    return Organisation.objects.create(**{**defaults, **fields})


def service(**fields) -> Service:
    n = next(numbers)
    defaults = {
        "ref": new_ref("V"),
        "organisation": fields.pop("organisation", None) or organisation(),
        "name": f"Starting again {n}",
        "about": "Ten mornings in a small group.",
        "taking": Taking.PLACES,
        "information": ["health"],
    }
    made = Service.objects.create(**{**defaults, **fields})
    place = Location.objects.create(
        ref=new_ref("X"),
        organisation=made.organisation,
        name="The Old School",
        address="Mill Road",
        town="Calder",
        travel="Bus 12",
    )
    made.locations.add(place)
    return made


def link_worker(of: Organisation, **fields) -> Contact:
    defaults = {
        "ref": new_ref("Y"),
        "organisation": of,
        "name": SALLY,
        "email": "sally@pathfinders.example",
        "telephone": "01632 960501",
        "link_worker": True,
    }
    return Contact.objects.create(**{**defaults, **fields})


def provider(of: Organisation, **fields) -> Post:
    """Somebody of an organisation with an account."""
    if of.office is None:
        of.office = factories.office(kind=OfficeKind.PROVIDER, name=of.name)
        of.save()
    return factories.post(Role.PROVIDER, team=factories.team(TeamKind.PROVIDER, office=of.office), **fields)


def by_link(referral: Referral, name: str = SALLY) -> Receiver:
    return Receiver(name, Through.LINK, None, referral.service.organisation)


def by_account(post: Post) -> Receiver:
    return Receiver(post.person.name, Through.ACCOUNT, post)


def told_us(post: Post, name: str = SALLY) -> Receiver:
    return Receiver(name, Through.TOLD_US, post)


def proposed(claim: Claim, by: Post, now: datetime, to: Service | None = None, **fields) -> Referral:
    wanted = {
        "kind": ReferralKind.FORMAL,
        "purpose": "To get out of the house and see whether I can do mornings.",
        "chosen_because": ["need"],
        **fields,
    }
    return verbs.propose(claim, to or service(), **wanted, by=by, now=now)


def consented(claim: Claim, by: Post, now: datetime, to: Service | None = None, **fields) -> Referral:
    """With a yes to everything the service needs, and to hearing how it goes."""
    said = fields.pop("said", {})
    referral = proposed(claim, by, now, to, **fields)
    every = {item.code: True for item in referral.items.all()} | {"feedback": True} | said
    values = {"health": "A painful back; sitting for half an hour is all right."}
    return verbs.consent(referral, every, values=values, how=Given.IN_PERSON, by=by, now=now)


def sent(claim: Claim, by: Post, now: datetime, to: Service | None = None, **fields) -> Referral:
    wanted = {
        "channel": fields.pop("channel", Channel.LINK),
        "fixed_by": fields.pop("fixed_by", FixedBy.SERVICE),
        "contact_by": fields.pop("contact_by", day_of(now) + timedelta(days=10)),
        "first": fields.pop("first", None),
    }
    referral = consented(claim, by, now, to, **fields)
    return verbs.send(referral, **wanted, by=by, now=now)


def with_time(claim: Claim, by: Post, now: datetime, to: Service | None = None, days: int = 7) -> Referral:
    referral = sent(claim, by, now, to)
    at = now + timedelta(days=days)
    return verbs.make_time(referral, at=at, where="The Old School", by=by_link(referral), now=now)


def started(claim: Claim, by: Post, now: datetime, to: Service | None = None, **fields) -> Referral:
    referral = sent(claim, by, now, to, **fields)
    return verbs.attend(referral, day_of(now), came=True, minutes=90, by=by_link(referral), now=now)


def ended(claim: Claim, by: Post, now: datetime, report: str = "Ten mornings, all of them.") -> Referral:
    referral = started(claim, by, now)
    return verbs.end_help(referral, "completed", on=day_of(now), report=report, by=by_link(referral), now=now)


__all__ = ["FeedbackKind"]
