"""Letters that come back: the address is in doubt, somebody asks where the customer lives, the letter goes again."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from waymark.customers import access as customers_access
from waymark.customers import verbs as customers
from waymark.customers.models import Claim, Customer
from waymark.customers.rules import Identity
from waymark.interviews.announcing import Said, announce
from waymark.interviews.verbs.common import rules_for, team
from waymark.interviews.verbs.stopping import live_claims
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.notices import returning
from waymark.notices.bounces import read_bounce, reason_for
from waymark.notices.enums import Channel, NoticeKind, NoticeState
from waymark.notices.models import Notice
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_tasks, open_task

ASKERS = (TeamKind.DEFERRALS, TeamKind.ADVISERS, TeamKind.MANAGERS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT)
# Letters that name a time: of no use once the time is over or is another one.
NAMES_A_TIME = frozenset(
    {
        NoticeKind.BOOKED,
        NoticeKind.BOOKED_BY_LETTER,
        NoticeKind.CANCELLED_BY_US,
        NoticeKind.FIRST_INTERVIEW,
        NoticeKind.NEXT_INTERVIEW,
        NoticeKind.VOLUNTARY_INTERVIEW,
        NoticeKind.REMINDER,
    }
)


@transaction.atomic
def letter_came_back(
    notice: Notice, reason: str, *, on: date, words: str = "", by: Post | None, now: datetime
) -> Notice:
    """A letter or an e-mail came back on a day: it is no proof of anything, and what rested on it stops (P:L1229).

    reason: a code of reasons/letter_returned.csv; where it puts the address in doubt nothing more goes there.
    by: None where the mail server said so.
    Somebody of the customer's office asks where they live, by a safe way, within the time of the pack.
    """
    notice, found = returning.note_return(notice, reason, on=on, words=words, by=by, now=now)
    customer = notice.claim.customer
    if found.yes("doubts_address"):
        doubt = customers.doubt_email if notice.channel == Channel.EMAIL else customers.doubt_address
        doubt(customer, on=day_of(now))
    for claim in live_claims(customer):
        _ask_where(claim, f"{notice.get_kind_display()} {notice.ref}: {found.title}", by=by, now=now)
    if notice.claim.status == "live":
        announce(notice.claim, Said.LETTER_CAME_BACK, by=by, now=now)
    return notice


@transaction.atomic
def email_bounced(raw: bytes, *, now: datetime) -> Notice | None:
    """A mail server reports that an e-mail of ours could not be delivered: the same as a letter that came back.

    raw: the report as it came. None where it is about no letter of ours, about a delay, or was reported already.
    """
    bounce = read_bounce(raw)
    if bounce is None:
        return None
    notice = (
        Notice.objects.filter(
            ref=bounce.ref, channel=Channel.EMAIL, state=NoticeState.SENT, came_back_on=None
        )
        .select_related("claim__customer", "claim__office__district")
        .first()
    )
    if notice is None:
        return None
    reason = reason_for(bounce.status, rules_for(notice.claim, day_of(now)).reasons("letter_returned"))
    if not reason:
        return None
    words = f"{bounce.status} {bounce.words}".strip()
    return letter_came_back(notice, reason, on=day_of(now), words=words, by=None, now=now)


@transaction.atomic
def send_letter_again(notice: Notice, *, by: Post, now: datetime) -> Notice:
    """A new letter with the same words. Refused where it would tell of a time that is over or has changed."""
    if notice.kind in NAMES_A_TIME and not _still_booked(notice, now):
        raise Refused(
            "time_is_over",
            "This letter tells of a time that is over or is another one now.",
            "When the interview is booked again, a letter about the new time goes by itself.",
        )
    fresh = returning.send_again(notice, by=by, now=now)
    announce(fresh.claim, Said.LETTER_SENT_AGAIN, by=by, now=now)
    _asked(fresh.claim.customer, by=by, now=now)
    return fresh


@transaction.atomic
def amend_customer(customer: Customer, identity: Identity, *, why: str, by: Post, now: datetime) -> Customer:
    """Correct who a customer is; with another address, nobody has to ask for it any more."""
    doubted = customer.address_doubtful_since is not None or customer.email_doubtful_since is not None
    customer = customers.amend_customer(customer, identity, why=why, by=by, now=now)
    if doubted:
        _asked(customer, by=by, now=now)
    return customer


@transaction.atomic
def address_is_right(customer: Customer, *, why: str, by: Post, now: datetime) -> Customer:
    """Asked, and the address is the right one: letters may go there again."""
    insist(customers_access.may_work_on(customer, by))
    if customer.address_doubtful_since is not None:
        customer = customers.confirm_address(customer, why=why, by=by, now=now)
    _asked(customer, by=by, now=now)
    return customer


@transaction.atomic
def email_is_right(customer: Customer, *, why: str, by: Post, now: datetime) -> Customer:
    """Asked, and the e-mail address is the right one: e-mails may go there again."""
    insist(customers_access.may_work_on(customer, by))
    if Customer.objects.filter(pk=customer.pk, email_doubtful_since__isnull=False).exists():
        customer = customers.confirm_email(customer, why=why, by=by, now=now)
    _asked(customer, by=by, now=now)
    return customer


def _ask_where(claim: Claim, words: str, *, by: Post | None, now: datetime) -> None:
    if Task.objects.filter(claim=claim, kind=TaskKind.FIND_ADDRESS, closed_at=None).exists():
        return
    days = rules_for(claim, day_of(now)).value("timings.find_address_within_working_days")
    open_task(
        claim,
        TaskKind.FIND_ADDRESS,
        team=team(claim.office, *ASKERS),
        due_on=add_working_days(day_of(now), days, organisations.holidays()),
        origin=Happened.NOTICE_CAME_BACK,
        words=words[:300],
        by=by,
        now=now,
    )


def _asked(customer: Customer, *, by: Post, now: datetime) -> None:
    """The address is settled: the step is done, and another one goes on where it was the only one."""
    in_doubt = Q(address_doubtful_since__isnull=False) | Q(email_doubtful_since__isnull=False)
    if Customer.objects.filter(in_doubt, pk=customer.pk).exists():
        return
    for claim in live_claims(customer):
        if (
            close_tasks(claim, TaskKind.FIND_ADDRESS, by=by, now=now)
            and not claim.tasks.filter(closed_at=None).exists()
        ):
            open_task(
                claim,
                TaskKind.NEXT_STEP,
                team=team(claim.office, *ASKERS),
                due_on=add_working_days(day_of(now), 1, organisations.holidays()),
                origin=Happened.ADDRESS_CONFIRMED,
                by=by,
                now=now,
            )


def _still_booked(notice: Notice, now: datetime) -> bool:
    """The time the letter tells of is the one that is booked, and it is still to come."""
    return notice.claim.interviews.filter(
        appointments__state="booked",
        appointments__starts_at__gt=now,
        appointments__made_at__lte=notice.queued_at,
    ).exists()
