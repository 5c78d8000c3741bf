"""A version of a programme tried beside the one that holds: on every live claim, and on the decisions of some days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from waymark.customers.models import Claim
from waymark.interviews.advice import derived
from waymark.interviews.enums import Standing
from waymark.interviews.models import (
    Decision,
    Replay,
    TouchedClaim,
    TouchedDecision,
)
from waymark.interviews.publishing import access
from waymark.interviews.publishing.claims import Beside, Differs, claim_differs, live, place_of
from waymark.interviews.publishing.rules import Says
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.policy import BadFacts, Contradiction
from waymark.programme.models import PackVersion
from waymark.programme.pack import UnknownSetting
from waymark.programme.queries import Rules, versions
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

CHUNK = 1000
DAYS = 90
Progress = Callable[[int], object]


@dataclass(frozen=True)
class AdviceDiffers:
    """One decision for which the versions would advise differently."""

    decision_id: int
    before: tuple[str, str, str]
    after: tuple[str, str, str]


@dataclass
class Tried:
    """What a comparison found, before it is kept."""

    claims: int = 0
    decisions: int = 0
    unreadable: int = 0
    touched: list[Differs] = field(default_factory=list)
    advised: list[AdviceDiffers] = field(default_factory=list)


def held_beside(version: PackVersion) -> PackVersion:
    """The version that `version` is compared with: the one that holds, or the one it replaced."""
    found = versions().filter(slug=version.slug).exclude(pk=version.pk)
    published_at = version.publication.published_at
    if published_at is not None:
        found = found.filter(publication__published_at__lte=published_at)
    beside = found.first()
    if beside is None:
        raise Refused(
            "nothing_to_compare",
            f"This is the first version of {version.title}: it touches nobody yet.",
            "The first version of a programme is published when it is loaded.",
        )
    return beside


def size_of(slug: str, since: date) -> int:
    """How many claims and decisions a comparison would look at. Two queries."""
    return live(slug).count() + decided(slug, since).count()


@transaction.atomic
def try_out(
    version: PackVersion,
    *,
    on: date | None = None,
    days: int = DAYS,
    by: Post | None,
    now: datetime,
    progress: Progress | None = None,
) -> Replay:
    """Compare a version with the one that holds, and keep what differs; nothing about any claim changes.

    on: the day whose rules are compared, today unless the change begins later. days: decisions of so many days back
    are put to both. by: None when a command does it. progress: called with how many more were looked at.
    """
    if by is not None:
        insist(access.may_change_rules(by))
    beside = held_beside(version)
    on = on or day_of(now)
    if on < max(version.valid_from, beside.valid_from):
        raise Refused(
            "before_it_holds",
            f"{version.title} holds from {version.valid_from:%d %B %Y}.",
            "Compare on that day or a later one.",
        )
    found = compare(version, beside, on=on, since=day_of(now) - timedelta(days=days), progress=progress)
    replay = Replay.objects.create(
        ref=new_ref("R"),
        version=version,
        against=beside,
        on=on,
        days=days,
        claims=found.claims,
        decisions=found.decisions,
        unreadable=found.unreadable,
        made_at=now,
        made_by=by,
    )
    TouchedClaim.objects.bulk_create((_kept_claim(replay, each) for each in found.touched), batch_size=CHUNK)
    TouchedDecision.objects.bulk_create(
        (_kept_decision(replay, each) for each in found.advised), batch_size=CHUNK
    )
    note_event(
        Happened.PACK_TRIED,
        by=by,
        now=now,
        programme=version.slug,
        title=version.title,
        version=version.digest[:12],
        claims=len(found.touched),
        decisions=len(found.advised),
    )
    return replay


def compare(
    version: PackVersion,
    held: PackVersion,
    *,
    on: date,
    since: date,
    progress: Progress | None = None,
) -> Tried:
    """Every live claim and every decision since a day under both versions. Writes nothing; some queries a thousand."""
    beside = Beside(held, version, on, organisations.holidays())
    found = Tried()
    for chunk in _chunks(live(version.slug)):
        for claim in chunk:
            found.claims += 1
            differs = claim_differs(claim, beside)
            if differs is not None:
                found.touched.append(differs)
        if progress is not None:
            progress(len(chunk))
    for decisions in _decision_chunks(decided(version.slug, since)):
        for decision in decisions:
            found.decisions += 1
            _put(decision, beside, found)
        if progress is not None:
            progress(len(decisions))
    return found


def decided(slug: str, since: date) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(interview__claim__programme=slug, on__gte=since)
        .select_related("interview__claim__customer", "interview__claim__office__district")
        .order_by("pk")
    )


def _put(decision: Decision, beside: Beside, found: Tried) -> None:
    """Put the facts of a decision to both versions, by the rules of its own day."""
    place = place_of(decision.interview.claim)
    try:
        before = _advice(decision, beside.rules(beside.before, place, decision.on))
        after = _advice(decision, beside.rules(beside.after, place, decision.on))
    except (BadFacts, Contradiction, UnknownSetting, KeyError):
        found.unreadable += 1
        return
    if before[:2] != after[:2]:
        found.advised.append(AdviceDiffers(decision.pk, before, after))


def _advice(decision: Decision, rules: Rules) -> tuple[str, str, str]:
    """What a version advises on the facts of a decision, by which row, and why; "ask" where it would ask more."""
    table = rules.table(decision.trace["table"])
    known = {name: value for name, value in decision.facts.items() if name in rules.facts}
    facts = rules.facts.parse({**known, **derived(decision.interview.claim.customer, rules, decision.on)})
    answer = table.evaluate(facts, decision.on)
    if not answer.settled or answer.row is None:
        return ("ask", "", "")
    words = answer.outputs or {}
    return (str(words.get("advice") or words.get("outcome") or ""), answer.row.id, answer.row.because)


def _kept_claim(replay: Replay, each: Differs) -> TouchedClaim:
    return TouchedClaim(
        replay=replay,
        claim_id=each.claim_id,
        standing_before=_standing(each.before),
        standing_after=_standing(each.after),
        because_before=each.before.because,
        because_after=each.after.because,
        total_before=each.before.total,
        total_after=each.after.total,
        next_before=each.before.next_on,
        next_after=each.after.next_on,
    )


def _kept_decision(replay: Replay, each: AdviceDiffers) -> TouchedDecision:
    return TouchedDecision(
        replay=replay,
        decision_id=each.decision_id,
        advice_before=each.before[0],
        advice_after=each.after[0],
        row_before=each.before[1],
        row_after=each.after[1],
        because_before=each.before[2],
        because_after=each.after[2],
    )


def _standing(one: Says) -> Standing:
    return Standing.MANDATORY if one.compulsory else Standing.VOLUNTARY


def _chunks(claims: QuerySet[Claim]) -> Iterator[list[Claim]]:
    rows = claims.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _decision_chunks(decisions: QuerySet[Decision]) -> Iterator[list[Decision]]:
    rows = decisions.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
