"""Which rules hold for a claim."""

from datetime import date

from waymark.customers.models import Claim
from waymark.programme.queries import Place, Rules, holding


def rules_for(claim: Claim, on: date) -> Rules:
    """What the claim's programme says on a day, with the local values of its office and district."""
    return holding(claim.programme, on, Place(claim.office.district.code, claim.office.code))
