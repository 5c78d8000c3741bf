"""A stop holds every queued letter and call of a customer, until somebody looks again (D:L288-290, L1563)."""

from datetime import date, datetime

from django.db import transaction

from waymark.customers import verbs as customers
from waymark.customers.enums import StopReason
from waymark.customers.models import Claim, Customer, Stop
from waymark.interviews.verbs.common import team
from waymark.notices import verbs as notices
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks, open_task


@transaction.atomic
def stop_contact(
    customer: Customer, *, reason: StopReason, words: str, look_again_on: date, by: Post, now: datetime
) -> Stop:
    """Stop contact: waiting letters are held, calls show the stop first, and looking again is a dated task."""
    stop = customers.stop_contact(
        customer, reason=reason, words=words, look_again_on=look_again_on, by=by, now=now
    )
    notices.hold_for(customer, by=by, now=now)
    for claim in live_claims(customer):
        open_task(
            claim,
            TaskKind.STOPPED,
            team=team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS),
            due_on=look_again_on,
            origin=Happened.STOPPED,
            words=stop.get_reason_display(),
            by=by,
            now=now,
        )
    return stop


@transaction.atomic
def lift_stop(stop: Stop, *, why: str, by: Post, now: datetime) -> Stop:
    """Contact may go on: held letters wait to go out again, and the look-again task is done."""
    stop = customers.lift_stop(stop, why=why, by=by, now=now)
    notices.release_for(stop.customer, by=by, now=now)
    for claim in live_claims(stop.customer):
        close_tasks(claim, TaskKind.STOPPED, by=by, now=now)
    return stop


def live_claims(customer: Customer) -> list[Claim]:
    return list(customer.claims.filter(status="live").select_related("office__district", "customer"))
