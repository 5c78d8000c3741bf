"""Organisations, their services, where they are, whom to ring; and what colleagues know of them."""

from waymark.directory.models.entries import Contact, Location, Organisation, Service
from waymark.directory.models.knowing import (
    Change,
    CustomerView,
    Experience,
    Knowing,
    Liaison,
    Loose,
    UnmetNeed,
)

__all__ = [
    "Change",
    "Contact",
    "CustomerView",
    "Experience",
    "Knowing",
    "Liaison",
    "Location",
    "Loose",
    "Organisation",
    "Service",
    "UnmetNeed",
]
