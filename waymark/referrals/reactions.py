"""What referrals do when a claim ends: what has not begun is taken back, what has begun may go on (P:L559, P:L1153).

What goes on is not forgotten: it has an owner and a day, until it ends or somebody ends it with the customer.
"""

from datetime import datetime

from waymark.actionplans import announcing as plans
from waymark.customers.models import Claim
from waymark.interviews import announcing, elsewhere
from waymark.interviews.announcing import Said
from waymark.kernel.clock import LONDON, day_of
from waymark.kernel.clock import words as day_words
from waymark.notices.rules.wording import clock
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Question, Referral
from waymark.referrals.verbs.closing import AFTER_CLAIM, go_on_after_claim, take_back_with_claim
from waymark.referrals.verbs.following import look_sooner
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import open_task

NOT_BEGUN = sorted(
    ReferralState.open() - ReferralState.under_way() - {ReferralState.RETURNED, ReferralState.ENDED}
)
GOES_ON = sorted(AFTER_CLAIM)


def listen() -> None:
    announcing.listen(interviews_said)
    plans.listen(something_new_in_the_way)
    elsewhere.listen(times_with_services)


def interviews_said(claim: Claim, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened. The claim's tasks are closed by then."""
    if said != Said.CLAIM_ENDED:
        return
    for referral in Referral.objects.filter(claim=claim, state__in=NOT_BEGUN).order_by("pk"):
        take_back_with_claim(referral, by=by, now=now)
    for referral in Referral.objects.filter(claim=claim, state__in=GOES_ON).order_by("pk"):
        go_on_after_claim(referral, by=by, now=now)
    _questions_go_on(claim, by, now)


def _questions_go_on(claim: Claim, by: Post | None, now: datetime) -> None:
    """A service that goes on and has asked something is answered as before, by the same people."""
    rows = Question.objects.filter(
        referral__claim=claim, referral__state__in=GOES_ON, answered_at=None, task__closed_at=now
    )
    for question in rows.select_related("task__team", "task__person"):
        old = question.task
        if old is None:
            continue
        question.task = open_task(
            claim,
            TaskKind(old.kind),
            team=old.team,
            person=old.person,
            due_on=old.due_on,
            origin=Happened(old.origin),
            words=old.words,
            by=by,
            now=now,
        )
        question.save(update_fields=["task"])


def something_new_in_the_way(claim: Claim, fresh: list[str], by: Post | None, now: datetime) -> None:
    """Help that was chosen before is looked at soon: it may no longer be what is needed first (E:L809-812)."""
    running = sorted(ReferralState.waiting() | ReferralState.under_way())
    for referral in Referral.objects.filter(claim=claim, state__in=running).order_by("pk"):
        look_sooner(referral, f"new in the way: {', '.join(fresh)}. Is this still right?", by=by, now=now)


def times_with_services(claim: Claim, now: datetime) -> list[str]:
    """First appointments with services, and who rings by when, in words for the customer (E:L2822-2825)."""
    waits = sorted(ReferralState.waiting())
    rows = Referral.objects.filter(claim=claim, state__in=waits).select_related("service").order_by("pk")
    return [line for referral in rows if (line := _time_to_come(referral, now))]


def _time_to_come(referral: Referral, now: datetime) -> str:
    name = referral.service.name
    if referral.appointment_at is not None:
        if referral.appointment_at <= now:
            return ""
        where = ", ".join(one for one in (referral.appointment_where, referral.appointment_with) if one)
        return f"{in_words(referral.appointment_at)}: {name}{f', {where}' if where else ''}"
    if referral.contact_by is not None and referral.contact_by >= day_of(now):
        return f"{name} gets in touch with you by {day_words(referral.contact_by)}"
    return ""


def in_words(moment: datetime) -> str:
    """A moment as letters write it: Tuesday 4 May 2004 at 9:30am."""
    local = moment.astimezone(LONDON)
    return f"{day_words(local.date())} at {clock(local.time())}"
