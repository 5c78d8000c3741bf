"""What a customer is told in writing about work and about a benefit that ends. None of it asks for anything."""

from datetime import date, datetime
from typing import Any

from waymark.customers.models import Claim
from waymark.employment.models import Job, TransitionPlan
from waymark.interviews.notice_words import advisers_of, of_adviser
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.rules import NO_WAY
from waymark.notices.verbs import queue_notice
from waymark.organisations.models import Post
from waymark.programme.queries import Rules


def tell_of_start(job: Job, rules: Rules, *, by: Post | None, now: datetime) -> bool:
    """What can be had beside a job, and who rings when: told at every start (M:L3100-3110). Says whether it goes."""
    call = job.calls.order_by("due_on", "id").first()
    offers = [row.title for row in rules.reasons("in_work_support").values() if row.yes("in_letter")]
    words = {
        **_sender(job, by),
        "employer": job.employer,
        "start_date": job.starts_on,
        "support_list": offers,
        "call_on": call.due_on if call is not None else None,
    }
    return _queue(job.claim, NoticeKind.JOB_STARTED, words, rules, by, now) is not None


def tell_of_end(
    job: Job, *, kind_words: str, next_words: str, next_on: date, rules: Rules, by: Post, now: datetime
) -> bool:
    """Kind words when a job has ended, and what comes next. Says whether the letter goes."""
    words = {
        **_sender(job, by),
        "employer": job.employer,
        "reason": kind_words,
        "next_words": next_words.rstrip(".") + ".",
        "next_on": next_on,
    }
    return _queue(job.claim, NoticeKind.JOB_ENDED, words, rules, by, now) is not None


def tell_of_transition(
    plan: TransitionPlan, words: dict[str, Any], *, rules: Rules, by: Post, now: datetime
) -> Notice | None:
    return _queue(plan.claim, NoticeKind.TRANSITION, words, rules, by, now)


def _sender(job: Job, by: Post | None) -> dict[str, Any]:
    return of_adviser(by, job.claim.office) if by is not None else advisers_of(job.claim.office)


def _queue(
    claim: Claim, kind: NoticeKind, words: dict[str, Any], rules: Rules, by: Post | None, now: datetime
) -> Notice | None:
    """None where there is no safe way to write: what the letter tells happens all the same."""
    try:
        return queue_notice(claim, kind, words=words, rules=rules, by=by, now=now)
    except Refused as refused:
        if refused.code not in NO_WAY:
            raise
        return None
