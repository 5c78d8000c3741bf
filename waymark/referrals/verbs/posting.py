"""The way to a service: secure links, and the messages that carry them. They name no customer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.directory.enums import Channel
from waymark.directory.queries import contact_of
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.portal.secrets import digest_of, secret_of
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.common import clocks_of, lock, note, rules_on
from waymark.referrals.enums import DispatchState, ReferralState
from waymark.referrals.models import Dispatch, Pass, Referral

KIND = "pass"
TAKEN_BACK = "taken_back"
BY_MAIL = frozenset({Channel.LINK, Channel.EMAIL})


@dataclass(frozen=True)
class Made:
    """A new link and its secret: shown, printed or sent, and kept nowhere."""

    made: Pass
    secret: str


@transaction.atomic
def make_pass(referral: Referral, *, by: Post | None, now: datetime) -> Made:
    """A secure link to print, or to give to somebody of the service. Those made before go on until they are over."""
    referral = lock(referral)
    if by is not None:
        insist(access.may_work(referral.claim, by))
    insist(can_be_opened(referral))
    days = clocks_of(rules_on(referral, now)).link_days
    return _make(referral, days, by, now)


@transaction.atomic
def end_passes(referral: Referral, *, because: str, by: Post | None, now: datetime) -> int:
    """No link opens this referral any more; says how many there were."""
    referral = lock(referral)
    if by is not None:
        insist(access.may_work(referral.claim, by))
    count = close_passes(referral, because, now)
    if count:
        note(Happened.REFERRAL_LINK_ENDED, referral, by=by, now=now, why=because)
    return count


def close_passes(referral: Referral, because: str, now: datetime) -> int:
    open_ones = Pass.objects.filter(referral=referral, ended_at=None)
    return open_ones.update(ended_at=now, ended_because=because[:100])


@transaction.atomic
def open_pass(secret: str, *, said_by: str, now: datetime) -> Pass:
    """The link that this secret is, for somebody who says their name. One answer for all that does not open."""
    found = (
        Pass.objects.select_for_update(of=("self",))
        .select_related("referral__claim__customer", "referral__service__organisation", "organisation")
        .filter(digest=digest_of(secret), ended_at=None, expires_at__gt=now)
        .first()
    )
    if found is None or can_be_opened(found.referral) is not None:
        raise Refused(
            "link_opens_nothing",
            "This link does not open anything any more.",
            "Ring the person who sent it; they can send another.",
        )
    if not said_by.strip():
        raise Refused("no_name", "It is not said who you are.", "Write your name.")
    found.last_used_at = now
    found.save(update_fields=["last_used_at"])
    note(Happened.REFERRAL_LINK_OPENED, found.referral, by=None, now=now, said_by=said_by.strip()[:100])
    return found


def can_be_opened(referral: Referral) -> Refused | None:
    """A link opens what is with the service, and for a report also what has ended."""
    if referral.state in ReferralState.with_the_service() | {ReferralState.ENDED}:
        return None
    return Refused("not_with_service", "The service does not have this referral now.", "")


def secret_part(pass_ref: str) -> str:
    """The secret of a link, the same each time."""
    return secret_of(pass_ref, KIND)


def dispatch(referral: Referral, about: str, *, days: int, by: Post | None, now: datetime) -> Dispatch | None:
    """A message to the service in the way the referral went, with a fresh link where one can be used.

    None where nothing is written: on the telephone and in person it is said, and an account shows it by itself.
    What was taken back (`TAKEN_BACK`) has no link: it opens nothing any more.
    """
    channel = Channel(referral.channel) if referral.channel else Channel.PHONE
    if channel in {Channel.PHONE, Channel.IN_PERSON, Channel.ACCOUNT}:
        return None
    address = mail_of(referral, day_of(now)) if channel in BY_MAIL else postal_of(referral)
    if not address and channel in BY_MAIL:
        raise Refused(
            "no_address",
            f"There is no e-mail address for {referral.service.name}.",
            "Add it to the entry in the directory, or print the referral and post it.",
        )
    made = _make(referral, days, by, now).made if about != TAKEN_BACK else None
    by_hand = channel == Channel.PAPER
    return Dispatch.objects.create(
        ref=new_ref("D"),
        referral=referral,
        channel=channel,
        address=(address or referral.service.organisation.name)[:300],
        about=about,
        made_pass=made,
        state=DispatchState.SENT if by_hand else DispatchState.WAITING,
        queued_at=now,
        queued_by=by,
        try_at=now,
        sent_at=now if by_hand else None,
    )


def mail_of(referral: Referral, on: date) -> str:
    """Where mail to the service goes: the link worker, the service, the organisation."""
    contact = contact_of(referral.service, on)
    own = contact.email if contact else ""
    return own or referral.service.email or referral.service.organisation.email


def postal_of(referral: Referral) -> str:
    place = referral.service.locations.order_by("id").first()
    return ", ".join(part for part in (referral.service.organisation.name, str(place or "")) if part)


def _make(referral: Referral, days: int, by: Post | None, now: datetime) -> Made:
    ref = new_ref("S")
    secret = secret_part(ref)
    made = Pass.objects.create(
        ref=ref,
        referral=referral,
        organisation=referral.service.organisation,
        digest=digest_of(secret),
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days),
    )
    note(Happened.REFERRAL_LINK_MADE, referral, by=by, now=now, until=made.expires_at.isoformat())
    return Made(made, secret)
