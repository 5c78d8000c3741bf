"""The customer says that the plan is right, or what is not; and both look at it again on a day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from waymark.actionplans import access
from waymark.actionplans.enums import AgreedHow
from waymark.actionplans.models import Agreement, Plan, Version
from waymark.actionplans.wording import lines_of
from waymark.customers.models import Claim
from waymark.employment.common import case_task, day_past, in_working_days, lock, refs, rules_of
from waymark.interviews.notice_words import advisers_of, of_adviser
from waymark.kernel.clock import day_of
from waymark.kernel.clock import words as long_day
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.rules import NO_WAY
from waymark.notices.verbs import queue_notice
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_task


@transaction.atomic
def agree(
    version: Version,
    *,
    agreed: bool,
    on: date,
    how: AgreedHow,
    who: str = "",
    words: str = "",
    send: bool = True,
    by: Post | None,
    now: datetime,
) -> Agreement:
    """What the customer said to the newest version, on a day not to come. Agreed, it goes to them in writing.

    who: who spoke for the customer, if somebody did; words: what they said, needed where they do not agree;
    send: no where they have it on paper already; by: None where the customer said it on their own page. Where
    there is no safe way to write the plan is agreed all the same.
    Not agreed, it stays a draft, and the day of looking at it again comes near.
    """
    plan, rules = _held(version.plan, by, now)
    newest = plan.versions.last()
    if newest is None or newest.pk != version.pk:
        raise Refused(
            "newer_version",
            "The plan has changed meanwhile.",
            "Go through the newest version with the customer.",
        )
    if version.agreements.filter(agreed=True).exists():
        raise Refused("agreed_already", "This version is agreed already.", "A change makes a new version.")
    if on > day_of(now):
        raise Refused(
            "day_to_come", "That day has not come yet.", "Give the day on which the customer said it."
        )
    if not agreed and not words.strip():
        raise Refused("no_words", "What is not right?", "Write what the customer would like otherwise.")
    if how == AgreedHow.REPRESENTATIVE and not who.strip():
        raise Refused("no_name", "Who spoke for the customer?", "Give the name.")
    notice = _written(version, rules, by, now) if agreed and send else None
    agreement = Agreement.objects.create(
        version=version,
        agreed=agreed,
        on=on,
        how=how,
        who=who.strip(),
        words=words.strip(),
        noted_at=now,
        noted_by=by,
        notice=notice,
    )
    if not agreed:
        _look_again(plan, rules, words, by, now)
    note_event(
        Happened.PLAN_AGREED if agreed else Happened.PLAN_NOT_AGREED,
        by=by,
        now=now,
        why=words.strip(),
        version=version.number,
        how=how,
        on=on.isoformat(),
        written=notice is not None,
        **refs(plan.claim),
    )
    return agreement


@transaction.atomic
def review(plan: Plan, *, words: str, next_on: date, by: Post, now: datetime) -> Plan:
    """Customer and adviser have looked at the plan together: what was found, and the day of the next time."""
    plan, _rules = _held(plan, by, now)
    if not words.strip():
        raise Refused("no_words", "What did you find?", "Write in a sentence what was done and what is next.")
    insist(day_past(next_on, now, "The day of the next look"))
    _move_review(plan, next_on, "Look at the plan together: what was done, what has changed.", by, now)
    note_event(
        Happened.PLAN_REVIEWED,
        by=by,
        now=now,
        why=words.strip(),
        next_on=long_day(plan.review_on),
        **refs(plan.claim),
    )
    return plan


def letter_words(version: Version, rules: Rules, by: Post | None) -> dict[str, object]:
    """What the letter with the plan says."""
    claim = version.plan.claim
    sender = of_adviser(by, claim.office) if by is not None else advisers_of(claim.office)
    return {
        **sender,
        **lines_of(version.content),
        "plan_change": _since_agreed(version),
        "review_on": date.fromisoformat(version.content["review_on"]),
    }


def _since_agreed(version: Version) -> str:
    """What has changed since the customer agreed last, in sentences; nothing where they never did."""
    versions = version.plan.versions.filter(number__lte=version.number).exclude(pk=version.pk)
    agreed = versions.filter(agreements__agreed=True).aggregate(last=Max("number"))["last"]
    if agreed is None:
        return ""
    return " ".join([*versions.filter(number__gt=agreed).values_list("changed", flat=True), version.changed])


def _written(version: Version, rules: Rules, by: Post | None, now: datetime) -> Notice | None:
    try:
        return queue_notice(
            version.plan.claim,
            NoticeKind.ACTION_PLAN,
            words=letter_words(version, rules, by),
            rules=rules,
            by=by,
            now=now,
        )
    except Refused as refused:
        if refused.code not in NO_WAY:
            raise
        return None


def _look_again(plan: Plan, rules: Rules, words: str, by: Post | None, now: datetime) -> None:
    soon = in_working_days(now, rules.value("plans.put_right_working_days"))
    _move_review(plan, min(plan.review_on, soon), f"The customer does not agree: {words.strip()}", by, now)


def _move_review(plan: Plan, on: date, words: str, by: Post | None, now: datetime) -> None:
    old = plan.review_task
    plan.review_task = case_task(
        plan.claim,
        TaskKind.PLAN_REVIEW,
        due_on=on,
        origin=Happened.PLAN_REVIEWED,
        words=words,
        by=by,
        now=now,
    )
    plan.review_on = plan.review_task.due_on
    plan.save(update_fields=["review_on", "review_task"])
    if old is not None:
        close_task(old, outcome=Outcome.DONE, by=by, now=now)


def _held(plan: Plan, by: Post | None, now: datetime) -> tuple[Plan, Rules]:
    claim = lock(Claim.objects.get(plan=plan.pk))
    insist(access.may_help(claim, by))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("review_task").get(pk=plan.pk)
    plan.claim = claim
    return plan, rules_of(claim, now)
