"""Being in touch between interviews: how often, what was said, and what is planned next (R:L780, R:L958, R:L1116)."""

from datetime import date, datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import BegunBy, ContactChannel, Purpose, With
from waymark.casework.models import Case, ContactMade
from waymark.casework.verbs.common import (
    close_task,
    keep_a_next_step,
    lock,
    manager_now,
    plan_contact,
    refs,
    rules_for,
    task_for,
)
from waymark.customers.enums import ClaimStatus
from waymark.directory.models import Contact
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind

LONGEST_MINUTES = 480
SHORTEST, LONGEST = 1, 365
LONGEST_WISH = 200


@transaction.atomic
def log_contact(
    case: Case,
    *,
    channel: ContactChannel,
    purpose: Purpose,
    whom: With = With.CUSTOMER,
    contact: Contact | None = None,
    begun_by: BegunBy = BegunBy.US,
    minutes: int = 0,
    reached: bool = True,
    words: str = "",
    next_on: date | None = None,
    at: datetime | None = None,
    by: Post,
    now: datetime,
) -> ContactMade:
    """Keep a contact: with whom, how, who began it, how long, what for. With the customer it plans the next one.

    at: when it was, if not now. next_on: the day agreed for the next one; else by the rules. A call nobody answered
    is kept and counts as no contact: it is tried again the next working day.
    """
    case = lock(case)
    insist(access.is_open(case))
    insist(access.may_help(case.claim, by))
    moment = at or now
    if moment > now:
        raise Refused(
            "contact_to_come", "A contact is written down when it has been.", "Choose an earlier time."
        )
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise Refused("too_long", "That is no number of minutes of a day.", "Give how long it took.")
    if next_on is not None and next_on <= day_of(now):
        raise Refused("next_in_past", "The next contact is on a day to come.", "Choose a later day.")
    made = ContactMade.objects.create(
        ref=new_ref("L"),
        case=case,
        at=moment,
        by=by,
        whom=whom,
        contact=contact,
        channel=channel,
        begun_by=begun_by,
        purpose=purpose,
        minutes=minutes,
        reached=reached,
        words=words.strip(),
    )
    if whom == With.CUSTOMER and reached:
        _plan_next(case, day_of(moment), next_on, by=by, now=now)
    note_event(
        Happened.CONTACT_MADE,
        by=by,
        now=now,
        why=made.words,
        whom=made.whom,
        who=contact.name if contact else "",
        channel=made.channel,
        begun_by=made.begun_by,
        minutes=minutes,
        reached=reached,
        next=case.next_contact_on.isoformat() if case.next_contact_on else "",
        case=case.ref,
        **refs(case.claim),
    )
    return made


def _plan_next(case: Case, last: date, next_on: date | None, *, by: Post, now: datetime) -> None:
    rules = rules_for(case.claim, day_of(now))
    if next_on is None:
        plan_contact(case, since=last, rules=rules)
    else:
        case.next_contact_on = next_on
        case.save(update_fields=["next_contact_on"])
    others = case.claim.tasks.filter(closed_at=None).exclude(kind=TaskKind.CASE_CONTACT).exists()
    if case.claim.status == ClaimStatus.LIVE and (next_on is not None or not others):
        keep_a_next_step_with_contact(case, by=by, now=now)
        return
    keep_a_next_step(
        case.claim,
        TaskKind.CASE_CONTACT,
        words="",
        origin=Happened.CONTACT_MADE,
        by=by,
        now=now,
    )


def keep_a_next_step_with_contact(case: Case, *, by: Post | None, now: datetime) -> None:
    """The next contact is the next step: the one before it is over."""
    open_before = list(case.claim.tasks.filter(closed_at=None, kind=TaskKind.CASE_CONTACT))
    open_contact(case, words="", by=by, now=now)
    for task in open_before:
        close_task(task, by=by, now=now)


def open_contact(case: Case, *, words: str, by: Post | None, now: datetime) -> None:
    """Being in touch is a dated task of the case manager."""
    manager = manager_now(case)
    said = words or _words_of(case)
    task_for(
        case.claim,
        TaskKind.CASE_CONTACT,
        manager,
        due_on=case.next_contact_on or day_of(now),
        origin=Happened.CONTACT_MADE,
        words=said,
        by=by,
        now=now,
    )


def _words_of(case: Case) -> str:
    if case.contact_via is not None:
        return f"The customer would rather hear from {case.contact_via.name} than from us: ask them."
    return "How does it go? What would help?"


@transaction.atomic
def note_wish(case: Case, *, whom: str, by: Post, now: datetime) -> Case:
    """Whom the customer would like to be responsible (R:L934); empty: no wish any more. The same again is nothing.

    A wish changes nobody: who goes by it hands the customer over, with everybody's agreement.
    """
    case = lock(case)
    insist(access.is_open(case))
    insist(access.may_help(case.claim, by))
    whom = " ".join(whom.split())
    if len(whom) > LONGEST_WISH:
        raise Refused(
            "too_long",
            "That is more than a name and where they work.",
            f"Use at most {LONGEST_WISH} letters.",
        )
    if whom == case.preferred_manager:
        return case
    case.preferred_manager = whom
    case.save(update_fields=["preferred_manager"])
    note_event(Happened.CASE_WISH_NOTED, by=by, now=now, whom=whom, case=case.ref, **refs(case.claim))
    return case


@transaction.atomic
def set_rhythm(
    case: Case,
    *,
    every_days: int | None,
    because: str,
    via: Contact | None = None,
    by: Post,
    now: datetime,
) -> Case:
    """How often we are in touch with this customer, and why; None: as usual. Never as a target for anybody.

    The need of the customer is a reason, the time of the adviser is none (R:L1116). via: somebody of a service
    through whom the customer would rather hear from us (R:L893).
    """
    case = lock(case)
    insist(access.is_open(case))
    insist(access.may_help(case.claim, by))
    if every_days is not None:
        if not SHORTEST <= every_days <= LONGEST:
            raise Refused("no_such_rhythm", "That is no time between two contacts.", "Give 1 to 365 days.")
        if not because.strip():
            raise Refused("no_reason", "Another rhythm needs a reason.", "Say what the customer needs.")
    case.contact_days = every_days
    case.contact_because = because.strip()[:300] if every_days is not None else ""
    case.contact_via = via
    case.save(update_fields=["contact_days", "contact_because", "contact_via"])
    last = case.contacts_made.filter(whom=With.CUSTOMER, reached=True).values_list("at", flat=True).first()
    found = plan_contact(case, since=day_of(last or case.opened_at), rules=rules_for(case.claim, day_of(now)))
    if found.on < day_of(now):
        case.next_contact_on = day_of(now)
        case.save(update_fields=["next_contact_on"])
    note_event(
        Happened.CONTACT_RHYTHM_SET,
        by=by,
        now=now,
        why=case.contact_because,
        days=every_days,
        via=via.name if via else "",
        next=case.next_contact_on.isoformat() if case.next_contact_on else "",
        case=case.ref,
        **refs(case.claim),
    )
    return case
