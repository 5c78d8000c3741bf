"""Better-off calculations that were kept, and the rates they may use."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from waymark.awards.better_off import Household, Job, Outcome, RateSet, rate_sets
from waymark.awards.better_off.shapes import inputs_of, outcome_of
from waymark.awards.models import Calculation
from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim, Customer
from waymark.interviews.holding import rules_for
from waymark.organisations.models import Post
from waymark.programme.queries import Rules, pack_of


def rules_of(claim: Claim, on: date) -> Rules:
    return rules_for(claim, on)


def calculations_of(claim: Claim) -> QuerySet[Calculation]:
    """Those of a claim's customer, newest first."""
    return Calculation.objects.filter(claim__customer=claim.customer_id).select_related("made_by__person")


def get_calculation(post: Post, ref: str) -> Calculation:
    """Raises Calculation.DoesNotExist for strangers."""
    claims = Claim.objects.filter(claims_within_reach(post))
    return _whole().filter(claim__in=claims.values("pk")).get(ref=ref)


def own_calculations(customer: Customer) -> QuerySet[Calculation]:
    """For the customer's own page: newest first."""
    return _whole().filter(claim__customer=customer)


def _whole() -> QuerySet[Calculation]:
    return Calculation.objects.select_related(
        "claim__customer", "claim__office", "made_by__person", "pack"
    ).defer("pack__files")


def outcome(calculation: Calculation) -> Outcome:
    return outcome_of(calculation.outcome)


def inputs(calculation: Calculation) -> tuple[Household, Job]:
    return inputs_of(calculation.inputs)


def schemes(rules: Rules) -> Mapping[str, str]:
    """The sets of rates of a pack that had begun by the day of the rules: scheme and title."""
    return {one.scheme: one.title for one in rate_sets(rules.pack.files) if one.holds_from <= rules.on}


def rates_of(calculation: Calculation) -> RateSet:
    """The rates a calculation used, out of the version of the pack it was made with."""
    return _rates(calculation.pack_id, calculation.scheme, calculation.rates_from)


@lru_cache(maxsize=64)
def _rates(pack: int, scheme: str, holds_from: date) -> RateSet:
    sets = rate_sets(pack_of(pack).files)
    return next(one for one in sets if one.scheme == scheme and one.holds_from == holds_from)
