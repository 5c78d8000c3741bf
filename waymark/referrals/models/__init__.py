"""Tables of referrals."""

from waymark.referrals.models.consent import Consent, Item, Sent
from waymark.referrals.models.help import (
    Attendance,
    ChangesRead,
    Dispatch,
    Feedback,
    Pass,
    Question,
    ServiceNews,
    ToRead,
)
from waymark.referrals.models.referral import Alternative, Fit, Paper, Referral, WatchedTask
from waymark.referrals.models.sent_to_us import SentToUs
from waymark.referrals.models.way import WayOffer

__all__ = [
    "Alternative",
    "Attendance",
    "ChangesRead",
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
    "SentToUs",
    "ServiceNews",
    "ToRead",
    "WatchedTask",
    "WayOffer",
]
