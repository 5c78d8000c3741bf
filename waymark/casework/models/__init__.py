"""Who is responsible for a customer, who works on a part, and what they agree."""

from waymark.casework.models.cases import Case, CaseManager, CaseWorker, Party, WatchedClaim
from waymark.casework.models.contacts import ContactMade, Enquiry, KeptWhy
from waymark.casework.models.meetings import AgreedStep, Attendee, Meeting, MovedMeeting
from waymark.casework.models.news import CaseNews
from waymark.casework.models.transfers import Transfer

__all__ = [
    "AgreedStep",
    "Attendee",
    "Case",
    "CaseManager",
    "CaseNews",
    "CaseWorker",
    "ContactMade",
    "Enquiry",
    "KeptWhy",
    "Meeting",
    "MovedMeeting",
    "Party",
    "Transfer",
    "WatchedClaim",
]
