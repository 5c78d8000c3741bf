"""Who helps with a part, from when until when; and who may hear how it goes."""

from datetime import date, datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import NewsKind, Told
from waymark.casework.models import Case, CaseWorker, Party
from waymark.casework.verbs.cases import take_on
from waymark.casework.verbs.common import (
    Holder,
    lock,
    manager_now,
    plan_contact,
    refs,
    rules_for,
    task_for,
    working_day,
)
from waymark.casework.verbs.news import tell_interested
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.directory.models import Contact, Organisation, Service
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind


@transaction.atomic
def add_worker(
    claim: Claim,
    *,
    organisation: Organisation,
    contact: Contact | None,
    part: str,
    until: date | None,
    origin_ref: str,
    service: Service | None = None,
    by: Post | None,
    now: datetime,
) -> CaseWorker:
    """A service begins to help with one part: its case worker stands beside the case manager (R:L849, R:L1040).

    part: what they help with, in words for the customer; until: the day on which it should be over, if known;
    origin_ref: the referral that brought it, at most once while it is open: asked again, the first is returned.
    service: the entry it is, whose rule says how we keep in touch meanwhile. The claim is taken on if it is not.
    """
    case = lock(take_on(claim, by=by, now=now).case)
    found = case.workers.filter(origin_ref=origin_ref, ended_on=None).first() if origin_ref else None
    if found is not None:
        return found
    if not part.strip():
        raise Refused("no_part", "It is not said what they help with.", "Say it in the customer's words.")
    worker = CaseWorker.objects.create(
        ref=new_ref("W"),
        case=case,
        organisation=organisation,
        contact=contact,
        service=service,
        part=part.strip()[:200],
        since=day_of(now),
        expected_until=until,
        origin_ref=origin_ref,
    )
    plan_contact(case, since=day_of(now), rules=rules_for(case.claim, day_of(now)))
    note_event(Happened.CASE_WORKER_ADDED, by=by, now=now, **_about(worker), **refs(case.claim))
    return worker


@transaction.atomic
def end_worker(
    claim: Claim, *, origin_ref: str, by: Post | None, now: datetime, why: str, meeting: bool = True
) -> CaseWorker | None:
    """A service's help is over. Meeting the customer about what is next, best with the service, is a dated task.

    None where no help of that origin is open: ended twice is ended once. The help is not handed back without a word
    from person to person (R:L849, R:L964); the task is the case manager's, by casework.meeting_after_days.
    meeting: no where whoever calls sees to that meeting, as a referral does with its own task.
    """
    worker = (
        CaseWorker.objects.filter(case__claim=claim, origin_ref=origin_ref, ended_on=None)
        .select_related("organisation", "contact", "post__person", "case")
        .order_by("-pk")
        .first()
    )
    if worker is None:
        return None
    case = lock(worker.case)
    worker.ended_on, worker.ended_why = max(day_of(now), worker.since), (why.strip() or "It has ended.")[:300]
    worker.save(update_fields=["ended_on", "ended_why"])
    if case.closed_at is None and case.claim.status == ClaimStatus.LIVE:
        rules = rules_for(case.claim, day_of(now))
        plan_contact(case, since=day_of(now), rules=rules)
        if meeting:
            _ask_to_meet(worker, case, rules, by, now)
    note_event(
        Happened.CASE_WORKER_ENDED, by=by, now=now, why=worker.ended_why, **_about(worker), **refs(case.claim)
    )
    if case.closed_at is None:
        said = f"The help of {worker.name} has ended: {worker.part}."
        tell_interested(case, NewsKind.HELP_ENDED, said, by=by, now=now)
    return worker


def _ask_to_meet(worker: CaseWorker, case: Case, rules: Rules, by: Post | None, now: datetime) -> None:
    task_for(
        case.claim,
        TaskKind.AFTER_SERVICE,
        manager_now(case),
        due_on=working_day(rules.value("casework.meeting_after_days"), now),
        origin=Happened.CASE_WORKER_ENDED,
        words=f"{worker.name}: {worker.part}. Meet with the customer, and with {worker.name} if you can.",
        by=by,
        now=now,
    )


@transaction.atomic
def set_party(
    case: Case, who: Holder, *, part: str, may_be_told: Told, by: Post | None, now: datetime
) -> Party:
    """Somebody has an interest in the case; `may_be_told` is what the customer said of it, today (R:L412, R:L861)."""
    case = lock(case)
    insist(access.is_open(case))
    insist(access.may_help(case.claim, by))
    if not part.strip():
        raise Refused("no_part", "It is not said what their interest is.", "Say it in a few words.")
    party = keep_party(case, who, part=part, may_be_told=may_be_told, by=by, now=now)
    note_event(
        Happened.CASE_PARTY_SET,
        by=by,
        now=now,
        who=party.name,
        part=party.part,
        told=party.may_be_told,
        case=case.ref,
        **refs(case.claim),
    )
    return party


def keep_party(
    case: Case, who: Holder, *, part: str, may_be_told: Told, by: Post | None, now: datetime
) -> Party:
    """The row of somebody's interest, new or as it was, with what the customer said."""
    post, contact = (who, None) if isinstance(who, Post) else (None, who)
    party = case.parties.filter(post=post, contact=contact, until=None).first()
    asked = may_be_told != Told.NOT_ASKED
    if party is None:
        return Party.objects.create(
            ref=new_ref("Y"),
            case=case,
            post=post,
            contact=contact,
            part=part.strip()[:200],
            may_be_told=may_be_told,
            asked_on=day_of(now) if asked else None,
            asked_by=by if asked else None,
            since=day_of(now),
        )
    party.part = part.strip()[:200]
    if asked:
        party.may_be_told, party.asked_on, party.asked_by = may_be_told, day_of(now), by
    party.save(update_fields=["part", "may_be_told", "asked_on", "asked_by"])
    return party


def _about(worker: CaseWorker) -> dict[str, str]:
    return {
        "who": worker.name,
        "place": worker.place,
        "part": worker.part,
        "until": worker.expected_until.isoformat() if worker.expected_until else "",
    }
