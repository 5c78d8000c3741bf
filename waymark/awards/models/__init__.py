"""Tables of the money a customer can have."""

from waymark.awards.models.award import Award, AwardEvidence, Change
from waymark.awards.models.calculation import Calculation
from waymark.awards.models.fund import Entry, Fund
from waymark.awards.models.known import Known, Offer
from waymark.awards.models.payment import Batch, Instalment

__all__ = [
    "Award",
    "AwardEvidence",
    "Batch",
    "Calculation",
    "Change",
    "Entry",
    "Fund",
    "Instalment",
    "Known",
    "Offer",
]
