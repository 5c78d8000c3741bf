"""What the passing of a day does to referrals: a service that is silent is reminded, then a manager takes it up."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from waymark.interviews.holding import rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.organisations import queries as organisations
from waymark.record.enums import Happened
from waymark.referrals.common import clocks_of, keep, lock, next_task, note
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Referral
from waymark.referrals.rules import Clocks, working_day_after
from waymark.referrals.verbs.closing import AFTER_CLAIM, go_on_after_claim
from waymark.referrals.verbs.posting import dispatch
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

GOES_ON = sorted(AFTER_CLAIM)


def run(on: date, now: datetime) -> dict[str, int]:
    """Remind and raise, each referral once. Run again for the same day it changes nothing."""
    holidays = organisations.holidays()
    reminded = raised = 0
    for referral, clocks in _silent():
        assert referral.sent_at is not None
        sent_on = day_of(referral.sent_at)
        if referral.raised_at is None and on >= working_day_after(sent_on, clocks.raise_, holidays):
            _raise(referral, on, now)
            raised += 1
        elif referral.reminded_at is None and on >= working_day_after(sent_on, clocks.remind, holidays):
            _remind(referral, clocks, now)
            reminded += 1
    return {
        "services_reminded": reminded,
        "silent_services_raised": raised,
        "referrals_taken_up_again": _take_up_again(now),
    }


def _take_up_again(now: datetime) -> int:
    """Help that goes on and has lost its next step, as from before it had one after its claim: somebody has it again."""
    open_task = Task.objects.filter(pk=OuterRef("task"), closed_at=None)
    rows = Referral.objects.filter(~Exists(open_task), state__in=GOES_ON, claim__status="ended")
    found = list(rows.order_by("pk"))
    for referral in found:
        with transaction.atomic():
            go_on_after_claim(referral, by=None, now=now)
    return len(found)


def _silent() -> Iterator[tuple[Referral, Clocks]]:
    """Referrals that nobody has answered and that may still be reminded or raised, with the clocks of their place."""
    rows = (
        Referral.objects.filter(
            state=ReferralState.SENT, raised_at=None, claim__status="live", sent_at__isnull=False
        )
        .select_related("claim__office__district", "service__organisation")
        .order_by("sent_at", "pk")
    )
    known: dict[tuple[str, int], Clocks] = {}
    for referral in rows.iterator(chunk_size=500):
        where = (referral.claim.programme, referral.claim.office_id)
        if where not in known:
            # The rules of the programme as they stand on the day it was sent would differ for each; clocks are today's.
            known[where] = clocks_of(rules_for(referral.claim, day_of(referral.sent_at or referral.made_at)))
        yield referral, known[where]


@transaction.atomic
def _remind(found: Referral, clocks: Clocks, now: datetime) -> None:
    referral = lock(found)
    if referral.state != ReferralState.SENT or referral.reminded_at is not None:
        return
    try:
        written = dispatch(referral, "reminder", days=clocks.link_days, by=None, now=now) is not None
    except Refused:
        # There is no address any more: the orphan list says so, and a person rings.
        written = False
    keep(referral, reminded_at=now)
    note(Happened.REFERRAL_REMINDED, referral, by=None, now=now, written=written)


@transaction.atomic
def _raise(found: Referral, on: date, now: datetime) -> None:
    referral = lock(found)
    if referral.state != ReferralState.SENT or referral.raised_at is not None:
        return
    keep(referral, raised_at=now)
    next_task(
        referral,
        TaskKind.REFERRAL_ANSWER,
        working_day_after(on, 0, organisations.holidays()),
        origin=Happened.REFERRAL_RAISED,
        words="has not answered for weeks. Ring its manager, or find something else with the customer.",
        raised=True,
        by=None,
        now=now,
    )
    note(Happened.REFERRAL_RAISED, referral, by=None, now=now)
