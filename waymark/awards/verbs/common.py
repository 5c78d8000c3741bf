"""What the verbs of awards share: the rows held, a reason by its code, a letter, a task."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from waymark.awards.enums import AwardKind
from waymark.awards.models import Award, Known
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.interviews.verbs.common import owner_after, rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import next_working_day
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.rules import NO_WAY
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task, open_task

__all__ = ["Rules", "lock_award", "lock_claim", "note", "reason_named", "rules_for", "task", "tell"]

WHOLE = (
    "claim__customer",
    "claim__office__district",
    "decided_by__person",
    "decided_by__team__office",
    "pack",
)


def lock_claim(claim: Claim) -> Claim:
    """The claim, held against others until the transaction ends."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )


def lock_award(award: Award) -> Award:
    """The award with its claim, both held."""
    Claim.objects.select_for_update().get(pk=award.claim_id)
    return (
        Award.objects.select_for_update(of=("self",))
        .select_related(*WHOLE)
        .defer("pack__files")
        .get(pk=award.pk)
    )


def answers_of(claim: Claim) -> dict[str, str]:
    """The newest answer to each fact of a claim."""
    rows = Known.objects.filter(claim=claim).order_by("fact", "-said_at", "-id").distinct("fact")
    return dict(rows.values_list("fact", "value"))


def keep_answers(
    claim: Claim, given: Mapping[str, str], *, job_ref: str = "", by: Post | None, now: datetime
) -> int:
    """Keep the answers that are new or other than before. Says how many."""
    before = answers_of(claim)
    fresh = {fact: value for fact, value in given.items() if value and before.get(fact) != value}
    Known.objects.bulk_create(
        Known(claim=claim, fact=fact, value=value, job_ref=job_ref, said_at=now, noted_by=by)
        for fact, value in fresh.items()
    )
    return len(fresh)


def reason_named(rules: Rules, listed: str, code: str, kind: str = "", role: str = "") -> Reason:
    """The row of a list that holds today, for this kind where the list names kinds."""
    found = rules.reasons(listed, role).get(code)
    if found is None or (kind and found.words("kinds") and kind not in found.words("kinds")):
        raise Refused("no_such_reason", "That is none of the reasons.", "Choose one from the list.")
    return found


def insist_on_words(said: str, message: str, cure: str) -> str:
    if not said.strip():
        raise Refused("no_words", message, cure)
    return said.strip()


def note(kind: Happened, award: Award, *, by: Post | None, now: datetime, why: str = "", **more: Any) -> None:
    """One event of an award."""
    note_event(
        kind,
        by=by,
        now=now,
        why=why,
        customer=award.claim.customer.ref,
        claim=award.claim.ref,
        award=award.ref,
        award_kind=award.kind,
        **more,
    )


def tell(
    claim: Claim, kind: NoticeKind, said: Mapping[str, Any], *, by: Post | None, now: datetime
) -> Notice | None:
    """Write to the customer; nothing where no way is safe, or where the claim ended so that nobody is written to.

    A letter with a gap is an error, as everywhere.
    """
    named = {"contact_phone": claim.office.telephone, **said}
    if by is not None:
        named["contact_name"] = by.person.name
    rules = rules_for(claim, day_of(now))
    if ends_all_help(claim, rules):
        return None
    try:
        return notices.queue_notice(claim, kind, words=named, rules=rules, by=by, now=now)
    except Refused as refused:
        if refused.code in NO_WAY:
            return None
        raise


def ends_all_help(claim: Claim, rules: Rules) -> bool:
    """Whether a claim has ended in such a way that nothing goes on after it, and nobody is written to."""
    row = rules.pack.reasons("claim_end").get(claim.end_code) if claim.end_code else None
    return row is not None and row.yes("ends_help")


def owner(claim: Claim, post: Post) -> tuple[Team, Person | None]:
    """Who goes on with what `post` began, as far as they still work here."""
    return owner_after(post, claim.office, TeamKind.ADVISERS)


def task(
    claim: Claim,
    kind: TaskKind,
    *,
    whose: tuple[Team, Person | None],
    due_on: date,
    words: str,
    origin: Happened,
    by: Post | None,
    now: datetime,
) -> Task:
    """A next step of an award. It outlives the claim, as the award may."""
    team, person = whose
    return open_task(
        claim,
        kind,
        team=team,
        person=person,
        due_on=due_on,
        origin=origin,
        words=words[:300],
        by=by,
        now=now,
    )


def others_open(asked: Task) -> bool:
    """Whether a task may be closed without losing anybody: an ended claim needs no next step."""
    if asked.claim.status != ClaimStatus.LIVE:
        return True
    return Task.objects.filter(claim=asked.claim_id, closed_at=None).exclude(pk=asked.pk).exists()


def finish(award: Award, kind: TaskKind, *, origin: Happened, by: Post | None, now: datetime) -> None:
    """What was asked about an award is answered. Where it was all a live claim had, agreeing what is next follows."""
    for asked in Task.objects.filter(claim=award.claim_id, kind=kind, closed_at=None).select_related("claim"):
        if not others_open(asked):
            task(
                award.claim,
                TaskKind.NEXT_STEP,
                whose=owner(award.claim, award.decided_by),
                due_on=next_working_day(day_of(now), organisations.holidays()),
                words=f"{AwardKind(award.kind).label.capitalize()}: answered. What is next?",
                origin=origin,
                by=by,
                now=now,
            )
        close_task(asked, outcome=Outcome.DONE, by=by, now=now)
