"""Questions to a service before a referral, and cases that seem to be for a disability adviser (R:L384, R:L581)."""

from datetime import date, datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import ContactChannel, LedTo
from waymark.casework.models import Case, Enquiry, KeptWhy
from waymark.casework.verbs.common import (
    close_task,
    lock,
    manager_now,
    reason_in,
    refs,
    rules_for,
    task_for,
)
from waymark.customers.enums import ClaimStatus
from waymark.directory.models import Contact, Service
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind

USUAL_DAYS = 5  # working days for an answer to a question about no customer at all (local)


@transaction.atomic
def enquire(
    service: Service,
    *,
    question: str,
    channel: ContactChannel,
    case: Case | None = None,
    contact: Contact | None = None,
    named: bool = False,
    consented_on: date | None = None,
    answer: str = "",
    answered_name: str = "",
    by: Post,
    now: datetime,
) -> Enquiry:
    """Ask a service whether it is right for somebody. Asked about a case, hearing the answer is a dated task.

    named: the service was told who it is; only with the customer's yes, given on `consented_on`. answer: where they
    answered at once, as on the telephone.
    """
    if not question.strip():
        raise Refused("no_question", "It is not said what was asked.", "Write the question.")
    if named and (case is None or consented_on is None):
        raise Refused(
            "named_without_consent",
            "Nobody is named to a service without their yes.",
            "Ask without the name, or ask the customer first.",
        )
    days = USUAL_DAYS
    if case is not None:
        case = lock(case)
        insist(access.is_open(case))
        insist(access.may_help(case.claim, by))
        days = rules_for(case.claim, day_of(now)).value("casework.enquiry_answer_days")
    enquiry = Enquiry.objects.create(
        ref=new_ref("V"),
        service=service,
        contact=contact,
        case=case,
        named=named,
        consented_on=consented_on if named else None,
        question=question.strip(),
        channel=channel,
        asked_at=now,
        asked_by=by,
        answer_by=add_working_days(day_of(now), days, organisations.holidays()),
    )
    if case is not None and not answer.strip():
        enquiry.task = task_for(
            case.claim,
            TaskKind.ENQUIRY,
            by,
            due_on=enquiry.answer_by,
            origin=Happened.ENQUIRY_MADE,
            words=f"{service.name}: {question.strip()}",
            by=by,
            now=now,
        )
        enquiry.save(update_fields=["task"])
    note_event(Happened.ENQUIRY_MADE, by=by, now=now, why=enquiry.question, named=named, **_about(enquiry))
    if answer.strip():
        return answer_enquiry(enquiry, answer=answer, answered_name=answered_name, by=by, now=now)
    return enquiry


@transaction.atomic
def answer_enquiry(
    enquiry: Enquiry, *, answer: str, answered_name: str = "", by: Post, now: datetime
) -> Enquiry:
    """Keep what the service answered, and who there said it."""
    enquiry = _locked(enquiry, by)
    if enquiry.answered_at is not None:
        raise Refused("enquiry_answered", "This question has been answered already.", "Ask another one.")
    if not answer.strip():
        raise Refused("no_answer", "It is not said what they answered.", "Write it in their words.")
    enquiry.answer, enquiry.answered_name, enquiry.answered_at = answer.strip(), answered_name.strip(), now
    enquiry.save(update_fields=["answer", "answered_name", "answered_at"])
    if enquiry.task is not None:
        _insist_on_a_next_step(enquiry)
        close_task(enquiry.task, by=by, now=now)
    note_event(
        Happened.ENQUIRY_ANSWERED,
        by=by,
        now=now,
        why=enquiry.answer,
        who=enquiry.answered_name,
        **_about(enquiry),
    )
    return enquiry


@transaction.atomic
def settle_enquiry(
    enquiry: Enquiry,
    *,
    led_to: LedTo,
    why: str = "",
    referral_ref: str = "",
    by: Post,
    now: datetime,
) -> Enquiry:
    """What became of it: a referral, or none and why."""
    enquiry = _locked(enquiry, by)
    if led_to == LedTo.OPEN:
        raise Refused("not_decided", "It is not said what became of it.", "Choose one.")
    if led_to == LedTo.NOT_REFERRED and not why.strip():
        raise Refused("no_reason", "It is not said why there is no referral.", "Write it in a few words.")
    enquiry.led_to, enquiry.led_to_why, enquiry.referral_ref = led_to, why.strip()[:300], referral_ref
    enquiry.save(update_fields=["led_to", "led_to_why", "referral_ref"])
    if enquiry.task is not None and enquiry.answered_at is None:
        _insist_on_a_next_step(enquiry)
        close_task(enquiry.task, by=by, now=now)
    note_event(
        Happened.ENQUIRY_SETTLED,
        by=by,
        now=now,
        why=enquiry.led_to_why,
        referred=led_to == LedTo.REFERRED,
        **_about(enquiry),
    )
    return enquiry


@transaction.atomic
def keep_case(case: Case, *, reason: str, words: str = "", by: Post, now: datetime) -> KeptWhy:
    """Say why a case that seems to be one for a disability adviser stays: a reason whose `for_keeping` is yes."""
    case = lock(case)
    insist(access.is_open(case))
    insist(access.may_help(case.claim, by))
    row = reason_in(rules_for(case.claim, day_of(now)), "disability_adviser", reason, column="for_keeping")
    kept = KeptWhy.objects.create(case=case, reason=reason, words=words.strip(), on=day_of(now), by=by)
    note_event(
        Happened.CASE_KEPT,
        by=by,
        now=now,
        why=words.strip() or row.title,
        reason=row.title,
        manager=manager_now(case).name,
        case=case.ref,
        **refs(case.claim),
    )
    return kept


def _locked(enquiry: Enquiry, by: Post) -> Enquiry:
    held = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("service__organisation", "task", "case")
        .get(pk=enquiry.pk)
    )
    if held.case is not None:
        held.case = lock(held.case)
        insist(access.may_help(held.case.claim, by))
    elif held.asked_by_id != by.pk and by.role not in access.HELPS:
        raise Refused("role_cannot", "Advisers ask services about their offers.", "Ask an adviser.")
    return held


def _insist_on_a_next_step(enquiry: Enquiry) -> None:
    if enquiry.case is None or enquiry.task is None or enquiry.case.claim.status != ClaimStatus.LIVE:
        return
    if not enquiry.case.claim.tasks.filter(closed_at=None).exclude(pk=enquiry.task.pk).exists():
        raise Refused(
            "only_next_step",
            "This question is the only next step of the claim; without it the customer would be lost.",
            "Say what comes next first, then come back.",
        )


def _about(enquiry: Enquiry) -> dict[str, str]:
    about = {"service": enquiry.service.name, "enquiry": enquiry.ref}
    return {**about, **refs(enquiry.case.claim)} if enquiry.case else about
