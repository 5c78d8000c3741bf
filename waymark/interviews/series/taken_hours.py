"""The customer says in which hours of the week they cannot come; whoever books may set them aside with a word."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.interviews import access
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import TakenHours
from waymark.interviews.taken_hours import Taken, taken_of
from waymark.interviews.verbs.common import refs
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

MOST = 10


def insist_hours_are_free(claim: Claim, slot: Slot, despite: str) -> None:
    """Nobody is booked into hours that are taken, unless whoever books says why all the same."""
    lies_in = next((one for one in taken_of(claim.pk) if one.touches(slot)), None)
    if lies_in is not None and not despite.strip():
        raise Refused(
            "hours_are_taken",
            f"The customer cannot come then: {lies_in}.",
            "Choose another time, or write why this one all the same.",
        )


@transaction.atomic
def set_taken_hours(
    claim: Claim, hours: Iterable[Taken], *, by: Post | None, now: datetime
) -> tuple[Taken, ...]:
    """The hours of the week in which the customer cannot come, in place of those before; none takes all away.

    by: None where the customer said it on their own page.
    """
    claim = (
        Claim.objects.select_for_update(of=("self",)).select_related("customer", "office").get(pk=claim.pk)
    )
    if by is not None:
        insist(access.may_work_on(claim, by))
    wanted = tuple(sorted(set(hours)))
    if len(wanted) > MOST:
        raise Refused("too_many_hours", f"At most {MOST} stretches are kept.", "Leave out the shorter ones.")
    if any(one.ends <= one.starts for one in wanted):
        raise Refused("hours_end_first", "These hours end before they begin.", "Look at the times once more.")
    if len({(one.weekday, one.starts) for one in wanted}) < len(wanted):
        raise Refused("hours_twice", "The same hours stand there twice.", "Leave one of them out.")
    TakenHours.objects.filter(claim=claim).delete()
    TakenHours.objects.bulk_create(
        TakenHours(
            claim=claim, weekday=one.weekday, starts=one.starts, ends=one.ends, words=one.words.strip()[:100]
        )
        for one in wanted
    )
    note_event(Happened.TAKEN_HOURS_SET, by=by, now=now, hours=[str(one) for one in wanted], **refs(claim))
    return wanted
