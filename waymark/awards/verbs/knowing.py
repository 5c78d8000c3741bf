"""What the customer tells for the money they could have, and what became of offering it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from waymark.awards import access
from waymark.awards.advice import typed
from waymark.awards.enums import Answer, AwardKind
from waymark.awards.models import Offer
from waymark.awards.verbs.common import keep_answers, lock_claim, reason_named, rules_for
from waymark.customers.models import Claim
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.policy import BadFacts
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def note_answers(claim: Claim, given: Mapping[str, str], *, by: Post, now: datetime) -> int:
    """Keep answers to the questions of the money page: fact to value, as the facts are written.

    Says how many were new. Refused where a value is not one of its fact's.
    """
    claim = lock_claim(claim)
    insist(access.may_decide(claim, by))
    rules = rules_for(claim, day_of(now))
    _insist_readable(given, rules)
    kept = keep_answers(claim, given, by=by, now=now)
    note_event(
        Happened.AWARD_FACTS_NOTED,
        by=by,
        now=now,
        customer=claim.customer.ref,
        claim=claim.ref,
        facts=sorted(given),
        answers=kept,
    )
    return kept


@transaction.atomic
def note_offer(
    claim: Claim,
    kind: AwardKind,
    answer: Answer,
    *,
    not_mentioned_because: str = "",
    words: str = "",
    by: Post,
    now: datetime,
) -> Offer:
    """Whether it was offered, and what the customer said. Declining has no consequence (E:L379-381).

    Not mentioned needs its reason (E:L2688-2698); then it goes on standing in the list of what could be offered.
    """
    claim = lock_claim(claim)
    insist(access.may_decide(claim, by))
    if answer == Answer.NOT_MENTIONED:
        reason_named(rules_for(claim, day_of(now)), "award_not_mentioned", not_mentioned_because, kind)
    elif not_mentioned_because:
        raise Refused(
            "mentioned", "It was mentioned, so there is nothing to explain.", "Leave the reason out."
        )
    offer = Offer.objects.create(
        claim=claim,
        kind=kind,
        answer=answer,
        not_mentioned_because=not_mentioned_because,
        words=words.strip()[:300],
        on=day_of(now),
        by=by,
        made_at=now,
    )
    note_event(
        Happened.AWARD_OFFERED,
        by=by,
        now=now,
        customer=claim.customer.ref,
        claim=claim.ref,
        why=offer.words,
        award_kind=kind.value,
        answer=answer.value,
    )
    return offer


def _insist_readable(given: Mapping[str, str], rules: Rules) -> None:
    """Every answer is one of its fact's; the sentence says which is not."""
    for name, value in given.items():
        if name not in rules.facts or rules.facts[name].derived:
            raise Refused("no_such_fact", f"{name} is not asked here.", "Choose one of the questions.")
        try:
            rules.facts.parse({name: typed(rules.facts[name], value)})
        except BadFacts as bad:
            problem = bad.problems[0]
            raise Refused("answer_not_read", problem.message, problem.would_be_right) from None
