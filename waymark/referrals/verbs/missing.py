"""Help that is not there, counted where it shows: no other option, or a referral that comes back for want of a place."""

from datetime import datetime

from waymark.directory import verbs as directory
from waymark.directory.catalogue import catalogue
from waymark.directory.enums import NeedOrigin
from waymark.directory.models import Service
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.referrals.models import Referral

ORIGIN = "unmet_origin"


def the_need_of(service: Service) -> str:
    """The need a service meets where it meets one only; empty where one has to say which."""
    return service.needs[0] if len(service.needs) == 1 else ""


def note_missing(referral: Referral, reason: Reason, *, words: str = "", by: Post, now: datetime) -> None:
    """Where a reason says that something is missing, the need is kept as unmet (R:L633, R:L1032).

    The reason's column `unmet_origin` says how it came to light. A referral made for want of another option has to
    say for which need; of one that comes back the first need of its service counts where none was said.
    """
    origin = reason.columns.get(ORIGIN, "")
    came_back = referral.returned_at is not None
    need = referral.need or (next(iter(referral.service.needs), "") if came_back else "")
    if not origin or (came_back and not need):
        return
    if not need:
        raise Refused(
            "no_need",
            "There is nothing else, but it is not said for what.",
            "Choose what the customer needs help with: it is counted as missing here.",
        )
    said = ": ".join(part for part in (referral.service.name, reason.title, words.strip()) if part)
    directory.note_unmet(
        need,
        district=referral.claim.office.district,
        postcode=referral.claim.customer.postcode,
        origin=NeedOrigin(origin),
        words=said,
        claim=referral.claim,
        codes=catalogue(day_of(now), referral.claim.office),
        by=by,
        now=now,
    )
