"""An award takes effect: its instalments, its line in the fund's ledger, and the letter. Also the letter of a no."""

from datetime import datetime
from typing import Any

from waymark.awards.advice import fund_of
from waymark.awards.enums import AWARD_LIFE, WEEKLY, AwardKind, AwardState, EntryKind
from waymark.awards.models import Award, Entry, Instalment
from waymark.awards.rules import pounds, weekly_parts
from waymark.awards.verbs.common import tell
from waymark.kernel.clock import day_of, words
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules


def put_into_effect(award: Award, rules: Rules, *, by: Post, now: datetime) -> None:
    """The award holds: agreed, and running where its first day has come. The fund is taken here, or not at all."""
    AWARD_LIFE.insist(award.state, AwardState.AGREED)
    award.state = AwardState.AGREED
    on = day_of(now)
    if award.kind != AwardKind.DISCRETION_FUND and award.starts_on is not None and award.starts_on <= on:
        AWARD_LIFE.insist(award.state, AwardState.RUNNING)
        award.state = AwardState.RUNNING
    award.save(update_fields=["state", "authorised_by", "authorised_at"])
    if award.kind in WEEKLY:
        _weekly(award, rules)
    elif award.kind == AwardKind.DISCRETION_FUND:
        _from_fund(award, by, now)
    tell(
        award.claim,
        NoticeKind.AWARD_AGREED,
        {"award_name": AwardKind(award.kind).label, "award_list": facts_for_letter(award, rules)},
        by=award.decided_by,
        now=now,
    )


def _weekly(award: Award, rules: Rules) -> None:
    every = rules.value("awards.pay_every_weeks")
    if award.starts_on is None:
        raise ValueError(f"{award.ref} has no first day")
    Instalment.objects.bulk_create(
        Instalment(
            award=award,
            number=part.number,
            covers_from=part.covers_from,
            covers_until=part.covers_until,
            due_on=part.due_on,
            pence=part.pence,
        )
        for part in weekly_parts(award.starts_on, award.weeks, award.weekly_pence, every)
    )


def _from_fund(award: Award, by: Post, now: datetime) -> None:
    on = day_of(now)
    fund = fund_of(award.claim, on)
    if fund is None or fund.left_pence < award.amount_pence:
        raise Refused(
            "fund_has_not_enough",
            "The office's fund has not enough left for it.",
            "The adviser manager can put more into it.",
        )
    Entry.objects.create(
        fund=fund, kind=EntryKind.PROMISED, pence=-award.amount_pence, award=award, by=by, at=now
    )
    first = award.starts_on or on
    Instalment.objects.create(
        award=award,
        number=1,
        covers_from=first,
        covers_until=first,
        due_on=max(first, on),
        pence=award.amount_pence,
    )


def facts_for_letter(award: Award, rules: Rules) -> list[tuple[str, str]]:
    """What is agreed, as label and text."""
    name = str(AwardKind(award.kind).label).capitalize()
    facts: list[tuple[str, str]] = [("What", _what(award, name, rules))]
    if award.weekly_pence:
        every = rules.value("awards.pay_every_weeks")
        how_often = "every week" if every == 1 else f"every {every} weeks"
        facts.append(("How much", f"{pounds(award.weekly_pence)} a week, paid {how_often}"))
    if award.amount_pence:
        facts.append(("How much", f"{pounds(award.amount_pence)}, once"))
    if award.kind == AwardKind.PERMITTED_WORK:
        facts.append(("How much", "less than 16 hours a week; your benefit goes on"))
    if award.starts_on is not None:
        facts.append(("From", words(award.starts_on)))
    if award.until is not None:
        facts.append(("Until", f"{words(award.until)}, as long as what it is for goes on"))
    elif award.kind == AwardKind.PERMITTED_WORK:
        facts.append(("Until", "no end is set"))
    return facts


def _what(award: Award, name: str, rules: Rules) -> str:
    if award.employer:
        return f"{name}, for your job with {award.employer}"
    if award.purpose:
        return f"{name}: {purpose_words(award, rules)}"
    return name


def purpose_words(award: Award, rules: Rules) -> str:
    """What it is for: the code's title, or the words where it is something else."""
    listed = "fund_purpose" if award.kind == AwardKind.DISCRETION_FUND else "premium_activity"
    found = rules.pack.reasons(listed).get(award.purpose)
    if found is None or (award.purpose == "other" and award.purpose_words):
        return award.purpose_words
    title = found.title[:1].lower() + found.title[1:]
    return f"{title} ({award.purpose_words})" if award.purpose_words else title


def tell_refused(award: Award, reason: Reason, *, by: Post, now: datetime) -> None:
    """The letter of a no: why, and how to ask again."""
    said: dict[str, Any] = {
        "award_name": AwardKind(award.kind).label,
        "reason": reason.columns["letter_words"],
        "ask_again_words": reason.columns["ask_again"],
    }
    tell(award.claim, NoticeKind.AWARD_REFUSED, said, by=by, now=now)
