"""Who could have had money and was never asked: neither offered, nor declined, nor awarded (rules 7, E:L2688-2698)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from waymark.awards.advice import advise, had_from
from waymark.awards.enums import ANSWERED, Answer, AwardKind
from waymark.awards.models import Award, Entry, Fund, Known, Offer
from waymark.awards.rules import financial_year
from waymark.customers.access import claims_within_reach
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.interviews.holding import rules_for
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules


@dataclass(frozen=True)
class Chance:
    """A customer whose facts would allow an award of a kind. `not_mentioned`: why it was not spoken of, if noted."""

    claim: Claim
    kind: AwardKind
    because: str
    since: date
    not_mentioned: str


def could_have(post: Post, on: date, *, kind: str = "") -> list[Chance]:
    """Everybody within reach who could have money and was not offered it, the longest known first.

    Only settled advice counts. As many statements for one customer as for a thousand.
    """
    claims = list(
        Claim.objects.filter(
            claims_within_reach(post),
            Exists(Known.objects.filter(claim=OuterRef("pk"))),
            status=ClaimStatus.LIVE,
        ).select_related("customer", "office__district")
    )
    ids = [claim.pk for claim in claims]
    answers, since = _answers(ids)
    awards, promised, offers = _awards(claims), _promised(claims), _offers(ids)
    funds = dict(
        Fund.objects.filter(year=financial_year(on), office__in={c.office_id for c in claims}).values_list(
            "office", "left_pence"
        )
    )
    rules: dict[tuple[str, int], Rules] = {}
    found: list[Chance] = []
    for claim in claims:
        where = (claim.programme, claim.office_id)
        if where not in rules:
            rules[where] = rules_for(claim, on)
        holding = rules[where]
        had = had_from(awards[claim.customer_id], promised.get(claim.customer_id, 0))
        for one in AwardKind:
            if (kind and one != kind) or one in {award.kind for award in awards[claim.customer_id]}:
                continue
            offer = offers.get((claim.pk, one))
            if offer is not None and offer.answer in ANSWERED:
                continue
            advised = advise(
                one, claim, answers[claim.pk], had, holding, on, fund_left=funds.get(claim.office_id)
            )
            if advised.can_be_had:
                found.append(
                    Chance(claim, one, advised.because, since[claim.pk], _not_mentioned(offer, holding))
                )
    return sorted(found, key=lambda chance: (chance.since, chance.claim.pk, chance.kind))


def _answers(ids: list[int]) -> tuple[dict[int, dict[str, str]], dict[int, date]]:
    """The newest answers of each claim, and since when something has been known."""
    answers: dict[int, dict[str, str]] = defaultdict(dict)
    since: dict[int, date] = {}
    rows = Known.objects.filter(claim__in=ids).order_by("said_at", "id")
    for claim, fact, value, said_at in rows.values_list("claim", "fact", "value", "said_at"):
        answers[claim][fact] = value
        since[claim] = said_at.date()
    return answers, since


def _awards(claims: list[Claim]) -> dict[int, list[Award]]:
    found: dict[int, list[Award]] = defaultdict(list)
    rows = Award.objects.filter(claim__customer__in={claim.customer_id for claim in claims})
    for award in rows.select_related("claim").only("kind", "state", "weeks", "claim__customer"):
        found[award.claim.customer_id].append(award)
    return found


def _promised(claims: list[Claim]) -> dict[int, int]:
    """What each customer has had from the fund, in pence."""
    found: dict[int, int] = defaultdict(int)
    rows = Entry.objects.filter(award__claim__customer__in={claim.customer_id for claim in claims})
    for customer, pence in rows.values_list("award__claim__customer", "pence"):
        found[customer] -= pence
    return found


def _offers(ids: list[int]) -> dict[tuple[int, str], Offer]:
    rows = Offer.objects.filter(claim__in=ids).order_by("claim_id", "kind", "-made_at", "-id")
    return {(offer.claim_id, offer.kind): offer for offer in rows.distinct("claim_id", "kind")}


def _not_mentioned(offer: Offer | None, rules: Rules) -> str:
    if offer is None or offer.answer != Answer.NOT_MENTIONED:
        return ""
    reason: Reason | None = rules.pack.reasons("award_not_mentioned").get(offer.not_mentioned_because)
    return reason.title if reason else offer.not_mentioned_because
