"""All the money one customer could have: what is advised, why, what is to ask, what was offered, what runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from waymark.awards.advice import Advised, Had, advise, fund_of, had_of
from waymark.awards.enums import OPEN, AwardKind
from waymark.awards.models import Award, Instalment, Known, Offer
from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim, Customer
from waymark.interviews.holding import rules_for
from waymark.organisations.models import Post
from waymark.policy import Fact
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

WHOLE = (
    "claim__customer",
    "claim__office__district",
    "decided_by__person",
    "authorised_by__person",
    "stopped_by__person",
)


@dataclass(frozen=True)
class KindOfMoney:
    """One kind: what the tables say, whether it was offered, and the award there is, the open one first."""

    kind: AwardKind
    advised: Advised
    offer: Offer | None
    award: Award | None

    @property
    def open(self) -> bool:
        return self.award is not None and self.award.state in OPEN


@dataclass(frozen=True)
class Money:
    """What the money page of a claim shows. `fund_left`: pence in the office's fund; None where there is none."""

    claim: Claim
    rules: Rules
    kinds: list[KindOfMoney]
    elsewhere: list[KindOfMoney]
    answers: Mapping[str, str]
    awards: list[Award]
    had: Had
    fund_left: int | None

    @property
    def to_ask(self) -> list[Fact]:
        """Every question that could still change some advice, the first of each kind first."""
        asked: dict[str, Fact] = {}
        for one in self.kinds:
            if not one.open:
                asked.update({fact.name: fact for fact in one.advised.to_ask if fact.name not in asked})
        return list(asked.values())

    @property
    def questions(self) -> list[Fact]:
        """Every question of the tables that is asked of a person, in the order of the facts."""
        names: set[str] = set()
        for one in self.kinds:
            names |= set(one.advised.trace.facts)
        return [fact for name, fact in self.rules.facts.items() if name in names and not fact.derived]


def awards_of(claim: Claim) -> list[Award]:
    """Every award of the claim's customer, newest first, with its instalments. Two statements."""
    rows = (
        Award.objects.filter(claim__customer=claim.customer_id)
        .select_related(*WHOLE)
        .defer("trace")
        .prefetch_related(Prefetch("instalments", Instalment.objects.order_by("number")))
    )
    return list(rows)


def money_of(claim: Claim, on: date) -> Money:
    """Everything of the money page. Some seven statements, however many awards there are."""
    rules = rules_for(claim, on)
    awards = awards_of(claim)
    had = had_of(claim.customer_id, awards)
    answers = newest_answers(claim)
    offers = newest_offers(claim)
    fund = fund_of(claim, on)
    left = fund.left_pence if fund else None
    kinds = [
        KindOfMoney(
            kind,
            advise(kind, claim, answers, had, rules, on, fund_left=left),
            offers.get(kind),
            _of_kind(awards, kind),
        )
        for kind in AwardKind
    ]
    paid_here = rules.value("awards.kinds")
    return Money(
        claim,
        rules,
        [one for one in kinds if one.kind in paid_here or one.award],
        [one for one in kinds if one.kind not in paid_here and not one.award],
        answers,
        awards,
        had,
        left,
    )


def newest_answers(claim: Claim) -> dict[str, str]:
    rows = Known.objects.filter(claim=claim).order_by("fact", "-said_at", "-id").distinct("fact")
    return dict(rows.values_list("fact", "value"))


def newest_offers(claim: Claim) -> dict[str, Offer]:
    """The last word on each kind."""
    rows = (
        Offer.objects.filter(claim=claim)
        .select_related("by__person")
        .order_by("kind", "-made_at", "-id")
        .distinct("kind")
    )
    return {offer.kind: offer for offer in rows}


def _of_kind(awards: list[Award], kind: AwardKind) -> Award | None:
    """The open one; else the newest."""
    own = [award for award in awards if award.kind == kind]
    return next((award for award in own if award.state in OPEN), own[0] if own else None)


def own_awards(customer: Customer) -> QuerySet[Award]:
    """For the customer's own page: newest first, with their instalments."""
    return (
        Award.objects.filter(claim__customer=customer)
        .select_related("claim__customer")
        .defer("trace", "facts")
        .prefetch_related("instalments")
    )


def awards_seen_by(post: Post) -> QuerySet[Award]:
    """Awards of the claims this post reaches."""
    claims = Claim.objects.filter(claims_within_reach(post))
    return Award.objects.filter(claim__in=claims.values("pk")).select_related(*WHOLE, "pack")


def get_award(post: Post, ref: str) -> Award:
    """One award with all that its page shows. Raises Award.DoesNotExist for strangers."""
    return (
        awards_seen_by(post)
        .defer("pack__files")
        .prefetch_related(
            "instalments__batch",
            "instalments__released_by__person",
            "evidence__seen_by__person",
            "changes__noted_by__person",
        )
        .get(ref=ref)
    )


def is_asked(award: Award) -> bool:
    """Whether the customer is being asked if what an award is for goes on. One statement."""
    return Task.objects.filter(claim=award.claim_id, kind=TaskKind.AWARD_EVIDENCE, closed_at=None).exists()
