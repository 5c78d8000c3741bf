"""A service says by the code of a slip that somebody came. It learns nothing in return (R:L637)."""

from datetime import date, datetime

from waymark.kernel.refusal import Refused
from waymark.portal.models import WrongTry
from waymark.portal.rules import MOST_FROM_ONE_PLACE, WHILE
from waymark.portal.secrets import place_of
from waymark.referrals.access import Receiver
from waymark.referrals.enums import Through
from waymark.referrals.models import Referral
from waymark.referrals.queries import by_slip
from waymark.referrals.verbs.helping import arrived


def report_arrival(code: str, *, said_by: str, on: date, came_from: str, now: datetime) -> Referral:
    """The signpost of a code begins. came_from: the network address, counted so that a machine cannot guess."""
    place = place_of(came_from)
    if WrongTry.objects.filter(came_from=place, at__gt=now - WHILE).count() >= MOST_FROM_ONE_PLACE:
        raise Refused(
            "too_many_tries", "There were too many wrong tries from here.", "Wait 15 minutes, or ring us."
        )
    found = by_slip(code)
    if found is None:
        WrongTry.objects.create(came_from=place, at=now)
        raise Refused("no_such_slip", "Nobody is waited for with this code.", "Look at the slip once more.")
    by = Receiver(said_by, Through.LINK, None, found.service.organisation)
    return arrived(found, on=on, by=by, now=now)
