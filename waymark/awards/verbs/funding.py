"""The fund of an office: what is put in and taken out. What awards take is written when they are agreed."""

from datetime import datetime

from django.db import transaction

from waymark.awards import access
from waymark.awards.enums import EntryKind
from waymark.awards.models import Entry, Fund
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Office, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def change_fund(office: Office, year: int, pence: int, *, why: str, by: Post, now: datetime) -> Fund:
    """Put money into an office's fund of a financial year, or take some out again (below nothing).

    year: the one in which it begins, 2004 for April 2004 to March 2005. Refused where more would be taken out
    than is left, and without a reason.
    """
    insist(access.may_look_after(office, by))
    if not pence:
        raise Refused("no_sum", "The sum is missing.", "Give the sum in pounds and pence.")
    if not why.strip():
        raise Refused("no_reason", "It is not said why.", "Say where the money comes from, or where it goes.")
    fund, _made = Fund.objects.get_or_create(office=office, year=year)
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    if fund.left_pence + pence < 0:
        raise Refused(
            "fund_has_not_enough",
            "That is more than the fund has left.",
            "What is promised to customers cannot be taken out.",
        )
    Entry.objects.create(
        fund=fund,
        kind=EntryKind.PUT_IN if pence > 0 else EntryKind.TAKEN_OUT,
        pence=pence,
        why=why.strip()[:300],
        by=by,
        at=now,
    )
    note_event(
        Happened.FUND_CHANGED, by=by, now=now, why=why.strip(), office=office.name, year=year, pence=pence
    )
    fund.refresh_from_db()
    return fund
