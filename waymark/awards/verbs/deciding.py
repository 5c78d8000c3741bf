"""Deciding about an award: the tables advise, a person decides, a second one agrees where the table says so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from waymark.awards import access
from waymark.awards.advice import (
    POUNDS_KEY,
    WEEKS_KEY,
    Advised,
    Had,
    advise,
    authority_for,
    fund_of,
    had_of,
)
from waymark.awards.enums import AWARD_LIFE, WEEKLY, AwardKind, AwardState
from waymark.awards.models import Award, AwardEvidence, Fund
from waymark.awards.rules import PENCE, last_day, whole_pounds_up
from waymark.awards.verbs.beginning import put_into_effect, tell_refused
from waymark.awards.verbs.common import (
    answers_of,
    insist_on_words,
    lock_award,
    lock_claim,
    note,
    reason_named,
    rules_for,
    task,
)
from waymark.customers.models import Claim
from waymark.interviews.verbs.common import team
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_task

PURPOSES = {
    AwardKind.DISCRETION_FUND: "fund_purpose",
    AwardKind.JOB_PREPARATION_PREMIUM: "premium_activity",
}


@dataclass(frozen=True)
class Seen:
    """Evidence: a code of `reasons/award_evidence.csv`, the day it was seen, and a word about it."""

    kind: str
    on: date
    words: str = ""


@dataclass(frozen=True)
class Wish:
    """What a person decides. Sums in pence.

    give: whether it is given. why_other, why: needed where that is not what the tables advise; `why` also where
    it is refused. weeks: 0 means as many as there are. amount: from the fund. above_usual_because: where the
    fund's local limit is more than the usual one and this goes above the usual.
    """

    give: bool
    starts_on: date | None = None
    weeks: int = 0
    amount: int = 0
    above_usual_because: str = ""
    purpose: str = ""
    purpose_words: str = ""
    job_ref: str = ""
    employer: str = ""
    refused_code: str = ""
    why_other: str = ""
    why: str = ""
    seen: Sequence[Seen] = field(default_factory=tuple)


@transaction.atomic
def decide(claim: Claim, kind: AwardKind, wish: Wish, *, by: Post, now: datetime) -> Award:
    """Give an award or refuse it.

    Raises Refused where the programme has none, where limits or the fund would be passed, where nothing was
    seen for it, and where a decision other than advised lacks its reason. It holds at once, or waits for a
    second person as `tables/award-authority.csv` says.
    """
    claim = lock_claim(claim)
    on = day_of(now)
    rules = rules_for(claim, on)
    insist(access.may_decide(claim, by))
    had = had_of(claim.customer_id, list(Award.objects.filter(claim__customer=claim.customer_id)))
    fund = fund_of(claim, on) if kind == AwardKind.DISCRETION_FUND else None
    advised = advise(
        kind,
        claim,
        answers_of(claim),
        had,
        rules,
        on,
        fund_left=fund.left_pence if fund else None,
        asked_pence=wish.amount,
    )
    _insist_on_reason_for_otherwise(advised, wish, rules, by)
    if not wish.give:
        return _refuse(claim, advised, wish, rules, by, now)
    return _give(claim, advised, wish, had, fund, rules, by, now)


@transaction.atomic
def agree(award: Award, *, by: Post, now: datetime) -> Award:
    """The second person agrees; from now on it holds."""
    award = lock_award(award)
    rules = rules_for(award.claim, day_of(now))
    insist(access.may_agree(award, by, who_may_agree(award, rules)))
    insist(access.may_begin(award.claim, AwardKind(award.kind)))
    award.authorised_by, award.authorised_at = by, now
    _close(award, by, now)
    put_into_effect(award, rules, by=by, now=now)
    note(Happened.AWARD_AGREED, award, by=by, now=now, second=True)
    return award


@transaction.atomic
def decline(award: Award, *, refused_code: str, why: str, by: Post, now: datetime) -> Award:
    """The second person does not agree, with a reason the customer is told."""
    award = lock_award(award)
    rules = rules_for(award.claim, day_of(now))
    insist(access.may_agree(award, by, who_may_agree(award, rules)))
    reason = reason_named(rules, "award_refused", refused_code)
    said = insist_on_words(why, "It is not said why.", "Write it so that the adviser can explain it.")
    AWARD_LIFE.insist(award.state, AwardState.REFUSED)
    award.state, award.refused_code, award.why = AwardState.REFUSED, reason.code, said
    award.authorised_by, award.authorised_at = by, now
    award.save(update_fields=["state", "refused_code", "why", "authorised_by", "authorised_at"])
    _close(award, by, now)
    tell_refused(award, reason, by=award.decided_by, now=now)
    note(Happened.AWARD_REFUSED, award, by=by, now=now, why=said, reason=reason.title)
    return award


def who_may_agree(award: Award, rules: Rules) -> tuple[str, ...]:
    """The roles that may agree to an award that waits."""
    return _authority(award, rules, award.decided_by, day_of(award.decided_at))[2]


def _authority(award: Award, rules: Rules, by: Post, on: date) -> tuple[str, str, tuple[str, ...]]:
    total = award.amount_pence or award.weekly_pence * award.weeks
    return authority_for(
        rules,
        AwardKind(award.kind),
        pounds=whole_pounds_up(total),
        as_advised=not award.why_other,
        after_the_fact=award.after_the_fact,
        role=by.role,
        on=on,
    )


def _insist_on_reason_for_otherwise(advised: Advised, wish: Wish, rules: Rules, by: Post) -> None:
    """Another decision than the tables advise needs its reason, as a code and in words."""
    if wish.give == advised.can_be_had:
        return
    if not wish.give and not advised.settled:
        return
    found = rules.reasons("other_than_advised", by.role)
    if wish.why_other not in found or not wish.why.strip():
        raise Refused(
            "other_than_advised",
            f"The rules advise otherwise: {advised.because}",
            "Choose why this customer is another case, and say it in words.",
        )


def _refuse(claim: Claim, advised: Advised, wish: Wish, rules: Rules, by: Post, now: datetime) -> Award:
    reason = reason_named(rules, "award_refused", wish.refused_code)
    said = insist_on_words(wish.why, "It is not said why.", "Write it the way the customer heard it.")
    award = Award(
        **_decision(claim, advised, wish, rules, by, now),
        state=AwardState.REFUSED,
        refused_code=reason.code,
        authority="none",
    )
    award.why = said
    award.save(force_insert=True)
    tell_refused(award, reason, by=by, now=now)
    note(Happened.AWARD_REFUSED, award, by=by, now=now, why=said, reason=reason.title)
    return award


def _give(
    claim: Claim,
    advised: Advised,
    wish: Wish,
    had: Had,
    fund: Fund | None,
    rules: Rules,
    by: Post,
    now: datetime,
) -> Award:
    kind, on = advised.kind, day_of(now)
    _insist_it_can_begin(claim, kind, had, rules)
    if wish.starts_on is None:
        raise Refused("no_first_day", "The first day is missing.", "Give the day from which it holds.")
    if not wish.seen:
        raise Refused(
            "no_evidence",
            "Nothing was seen for it.",
            "Say what you have seen or heard; the customer's own word is enough where there is nothing else.",
        )
    award = Award(
        **_decision(claim, advised, wish, rules, by, now),
        state=AwardState.PROPOSED,
        starts_on=wish.starts_on,
        after_the_fact=wish.starts_on < on,
        job_ref=wish.job_ref,
        employer=wish.employer.strip(),
    )
    _fill(award, advised, wish, had, fund, rules)
    award.authority, because, roles = _authority(award, rules, by, on)
    award.save(force_insert=True)
    _keep_evidence(award, wish.seen, rules, by)
    if award.authority == "none":
        put_into_effect(award, rules, by=by, now=now)
        note(Happened.AWARD_AGREED, award, by=by, now=now, why=award.why)
    else:
        _ask_second_person(award, because, roles, rules, by, now)
        note(Happened.AWARD_PROPOSED, award, by=by, now=now, why=award.why, because=because)
    return award


def _decision(
    claim: Claim, advised: Advised, wish: Wish, rules: Rules, by: Post, now: datetime
) -> dict[str, object]:
    """What every decision keeps: the advice with its facts and rows, and who decided."""
    trace = advised.trace.to_json()
    otherwise = wish.give != advised.can_be_had and (wish.give or advised.settled)
    return {
        "ref": new_ref("W"),
        "claim": claim,
        "kind": advised.kind,
        "pack": rules.version,
        "advised": advised.advice if advised.settled else "",
        "row": advised.row,
        "because": advised.because,
        "facts": trace["facts"],
        "trace": trace,
        "why_other": wish.why_other if otherwise else "",
        "why": wish.why.strip(),
        "decided_by": by,
        "decided_at": now,
    }


def _insist_it_can_begin(claim: Claim, kind: AwardKind, had: Had, rules: Rules) -> None:
    """What no reason can get round."""
    insist(access.may_begin(claim, kind))
    if kind not in rules.value("awards.kinds"):
        raise Refused(
            "not_in_programme",
            f"This programme does not pay it: {kind.label}.",
            "Look what else there is for the customer.",
        )
    if kind in had.running:
        raise Refused(
            "runs_already", f"One runs already, or waits: {kind.label}.", "Open it on the money page."
        )


def _fill(award: Award, advised: Advised, wish: Wish, had: Had, fund: Fund | None, rules: Rules) -> None:
    """The rate, the weeks and the limits of the day, frozen into the award."""
    kind = advised.kind
    _fill_purpose(award, wish, rules)
    if kind in WEEKLY:
        _fill_weekly(award, wish, had, rules)
    elif kind == AwardKind.DISCRETION_FUND:
        _fill_from_fund(award, wish, had, fund, rules)
    elif advised.ends and wish.starts_on is not None:
        award.most_weeks = rules.value("awards.permitted_most_weeks")
        award.weeks = wish.weeks or award.most_weeks
        _insist_weeks(award.weeks, award.most_weeks)
        award.until = last_day(wish.starts_on, award.weeks)


def _fill_purpose(award: Award, wish: Wish, rules: Rules) -> None:
    listed = PURPOSES.get(AwardKind(award.kind))
    if listed is None:
        return
    reason = reason_named(rules, listed, wish.purpose)
    award.purpose, award.purpose_words = reason.code, wish.purpose_words.strip()
    if reason.code == "other":
        insist_on_words(wish.purpose_words, "It is not said what for.", "Say in a few words what it is for.")


def _fill_weekly(award: Award, wish: Wish, had: Had, rules: Rules) -> None:
    kind = AwardKind(award.kind)
    award.weekly_pence = rules.value(POUNDS_KEY[kind]) * PENCE
    award.most_weeks = rules.value(WEEKS_KEY[kind])
    left = award.most_weeks - had.weeks.get(kind, 0)
    award.weeks = wish.weeks or left
    _insist_weeks(award.weeks, left)
    if award.starts_on is not None:
        award.until = last_day(award.starts_on, award.weeks)


def _insist_weeks(weeks: int, left: int) -> None:
    if weeks < 1 or weeks > left:
        raise Refused(
            "too_many_weeks",
            f"{weeks} weeks are more than there are: {max(left, 0)} are left for this customer.",
            f"Give {left} weeks at most." if left > 0 else "Nothing more can be paid of it.",
        )


def _fill_from_fund(award: Award, wish: Wish, had: Had, fund: Fund | None, rules: Rules) -> None:
    award.amount_pence = wish.amount
    if wish.amount <= 0:
        raise Refused("no_sum", "The sum is missing.", "Give the sum in pounds and pence.")
    award.limit_pence = rules.value("awards.fund_limit_pounds") * PENCE
    usual = rules.pack.setting("awards.fund_limit_pounds", rules.on).value * PENCE
    award.usual_limit_pence = min(usual, award.limit_pence)
    total = had.from_fund + wish.amount
    if total > award.limit_pence:
        left = max(0, award.limit_pence - had.from_fund)
        raise Refused(
            "over_the_limit",
            "That is more than one customer can have from the fund.",
            f"{left / PENCE:.2f} pounds are left for this customer.",
        )
    if total > award.usual_limit_pence:
        award.above_usual_because = insist_on_words(
            wish.above_usual_because,
            f"That is more than the usual {award.usual_limit_pence // PENCE} pounds for one customer.",
            "Say why this customer needs more; the district allows it.",
        )
    if fund is None or fund.left_pence < wish.amount:
        raise Refused(
            "fund_has_not_enough",
            "The office's fund has not enough left for it.",
            "The adviser manager can put more into it.",
        )


def _keep_evidence(award: Award, seen: Sequence[Seen], rules: Rules, by: Post) -> None:
    for one in seen:
        reason_named(rules, "award_evidence", one.kind, award.kind)
    AwardEvidence.objects.bulk_create(
        AwardEvidence(award=award, kind=one.kind, seen_on=one.on, words=one.words[:300], seen_by=by)
        for one in seen
    )


def _ask_second_person(
    award: Award, because: str, roles: tuple[str, ...], rules: Rules, by: Post, now: datetime
) -> None:
    days = rules.value("awards.agree_within_working_days")
    kinds = (TeamKind.MANAGERS, TeamKind.LEADERS)
    first = kinds if roles[:1] == ("adviser_manager",) else kinds[::-1]
    award.authorise_task = task(
        award.claim,
        TaskKind.AGREE_AWARD,
        whose=(team(award.claim.office, *first), None),
        due_on=add_working_days(day_of(now), days, organisations.holidays()),
        words=f"{AwardKind(award.kind).label.capitalize()}. {because}",
        origin=Happened.AWARD_PROPOSED,
        by=by,
        now=now,
    )
    award.save(update_fields=["authorise_task"])


def _close(award: Award, by: Post, now: datetime) -> None:
    if award.authorise_task is not None:
        close_task(award.authorise_task, outcome=Outcome.DONE, by=by, now=now)
