"""Tables of referrals."""

from waymark.referrals.models.consent import Consent, Item, Sent
from waymark.referrals.models.help import (
    Attendance,
    Dispatch,
    Feedback,
    Pass,
    Question,
    ServiceNews,
    ToRead,
)
from waymark.referrals.models.referral import Alternative, Fit, Paper, Referral, WatchedTask

__all__ = [
    "Alternative",
    "Attendance",
    "Consent",
    "Dispatch",
    "Feedback",
    "Fit",
    "Item",
    "Paper",
    "Pass",
    "Question",
    "Referral",
    "Sent",
    "ServiceNews",
    "ToRead",
    "WatchedTask",
]
