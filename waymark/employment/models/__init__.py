"""A customer's way in work and out of it."""

from waymark.employment.models.disclosure import Disclosure
from waymark.employment.models.jobs import (
    InWorkCall,
    Job,
    JobEvidence,
    JobWishes,
    SupportOffer,
    SustainedCheck,
    Terms,
)
from waymark.employment.models.transition import HelpAfter, TaskOfATransition, TransitionPlan

__all__ = [
    "Disclosure",
    "HelpAfter",
    "InWorkCall",
    "Job",
    "JobEvidence",
    "JobWishes",
    "SupportOffer",
    "SustainedCheck",
    "TaskOfATransition",
    "Terms",
    "TransitionPlan",
]
