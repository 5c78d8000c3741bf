"""What a referral tells the parts below it: the case and the plan."""

from datetime import datetime

from waymark.actionplans.verbs.steps import step_reached
from waymark.casework import queries as casework
from waymark.casework import verbs as cases
from waymark.customers.enums import ClaimStatus
from waymark.directory.queries import contact_of
from waymark.kernel.clock import day_of
from waymark.organisations.models import Person, Post
from waymark.referrals.models import Referral


def take_on(referral: Referral, *, by: Post, now: datetime) -> None:
    """The first referral gives a claim its case manager (R:L1120)."""
    cases.take_on(referral.claim, by=by, now=now)


def help_begins(referral: Referral, *, by: Post | None, now: datetime) -> None:
    """The service is a case worker from now on, and the step of the plan has come about."""
    if referral.claim.status == ClaimStatus.LIVE:
        cases.add_worker(
            referral.claim,
            organisation=referral.service.organisation,
            contact=contact_of(referral.service, day_of(now)),
            part=referral.service.name,
            until=referral.ends_expected,
            origin_ref=referral.ref,
            service=referral.service,
            by=by,
            now=now,
        )
        step_reached(referral.ref, by=by, now=now)


def help_ends(referral: Referral, *, why: str, by: Post | None, now: datetime) -> None:
    """The service is a case worker no longer. The meeting that follows is the referral’s own task."""
    cases.end_worker(referral.claim, origin_ref=referral.ref, by=by, now=now, why=why, meeting=False)


def interested_in(referral: Referral, now: datetime) -> list[tuple[Person, str]]:
    """Colleagues for whom feedback is, each once: the case manager and the parties, and whoever made it (R:L412)."""
    found: dict[int, tuple[Person, str]] = {}
    for one in casework.interested(referral.claim, day_of(now)):
        if one.post is not None:
            found.setdefault(one.post.person_id, (one.post.person, one.part or "case manager"))
    maker = referral.made_by.person
    if maker.left_on is None:
        found.setdefault(maker.pk, (maker, "made the referral"))
    return list(found.values())


def outside_interest(referral: Referral, now: datetime) -> list[str]:
    """People of other services whom the customer agrees to tell: they are told by word, since we hold no page for them."""
    return [
        one.name
        for one in casework.interested(referral.claim, day_of(now))
        if one.contact is not None and one.contact.organisation_id != referral.service.organisation_id
    ]
