"""What tests of letters share: a pack, the words of a deferral and of a booking, a claim with a letter."""

from datetime import date, time
from functools import cache

from django.conf import settings
from django.db import transaction

from tests import factories
from waymark.customers.models import Claim, SafeContact
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.verbs import queue_notice
from waymark.programme.pack import Pack, read_pack
from waymark.programme.queries import Rules, holding
from waymark.programme.verbs import load_pack

SLUG = "jobcentre-plus-2002"
DEFERRED = {
    "reason": "You told us that you have an operation on 18 May.",
    "until": date(2004, 6, 30),
    "likely_when": "in the first week of July 2004",
    "recontact_on": date(2004, 6, 23),
    "contact_name": "Tom Walsh",
}
BOOKED = {
    "appointment_date": date(2004, 5, 6),
    "appointment_time": time(11, 0),
    "total_minutes": 75,
    "mode_words": "a visit to our office",
    "who_with": "Tom Walsh",
    "contact_name": "Tom Walsh",
}


@cache
def pack() -> Pack:
    return read_pack(settings.PROGRAMMES / SLUG)


def rules() -> Rules:
    """The pack as kept in this test's database, and what it says on the day of the tests."""
    found = pack()
    load_pack(found, now=factories.NOW)
    return holding(SLUG, factories.TODAY)


def claim(*, safe: dict[str, bool] | None = None, office=None, **customer) -> Claim:
    """A claim kept whole with its task; `safe` are the answers about safe contact."""
    with transaction.atomic():
        whose = factories.customer(**customer)
        if safe is not None:
            SafeContact.objects.create(customer=whose, **safe)
        return factories.claim(customer=whose, **({"office": office} if office else {}))


def queued(whose: Claim | None = None, kind: NoticeKind = NoticeKind.DEFERRED, **words) -> Notice:
    """A letter in the outbox."""
    known = {**(BOOKED if kind == NoticeKind.BOOKED else DEFERRED), **words}
    return queue_notice(whose or claim(), kind, words=known, rules=rules(), by=None, now=factories.NOW)
