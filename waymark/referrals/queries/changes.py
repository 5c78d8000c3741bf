"""What has changed for a service on our side since somebody of it last looked: answers, consent, what was taken back.

A service with many referrals should not have to open each to find out. By link no other customer is named: a link
opens one referral, and of the others it says only which service and when it was sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from waymark.directory.models import Organisation
from waymark.kernel.clock import LONDON
from waymark.organisations.models import Person
from waymark.referrals.enums import NotThere, ReferralState, Through
from waymark.referrals.models import Attendance, ChangesRead, Consent, Question, Referral, Sent

LOOKS_BACK = timedelta(days=60)
MOST = 100


class Changed(StrEnum):
    ANSWERED = "answered"
    YES_TAKEN_BACK = "yes_taken_back"
    MORE_TOLD = "more_told"
    TAKEN_BACK = "taken_back"
    ENDED = "ended"


@dataclass(frozen=True)
class Change:
    """at: when, or the end of the day where only the day is known. words: the answer, or the items it is about."""

    what: Changed
    at: datetime
    referral: Referral
    words: str
    new: bool


def read_at(organisation: Organisation, person: Person | None) -> datetime | None:
    """When the changes were last read: by this person with their account, or by anybody with a link."""
    rows = ChangesRead.objects.filter(organisation=organisation)
    rows = rows.filter(noted_by__person=person) if person else rows.filter(through=Through.LINK)
    return rows.values_list("at", flat=True).first()


def changes(organisation: Organisation, now: datetime, *, person: Person | None = None) -> list[Change]:
    """The changes of two months, the newest first; `new` are those since the last reading. Six statements."""
    since, last = now - LOOKS_BACK, read_at(organisation, person)
    found = [one for part in PARTS for one in part(organisation, since)]
    found.sort(key=lambda one: (one[1], one[2].pk), reverse=True)
    return [Change(*one, new=last is None or one[1] > last) for one in found[:MOST]]


Found = tuple[Changed, datetime, Referral, str]


def _answered(organisation: Organisation, since: datetime) -> list[Found]:
    rows = Question.objects.filter(
        referral__service__organisation=organisation, from_service=True, answered_at__gte=since
    ).select_related("referral__service")
    return [
        (Changed.ANSWERED, row.answered_at, row.referral, row.answer)
        for row in rows
        if row.answered_at is not None
    ]


def _yes_taken_back(organisation: Organisation, since: datetime) -> list[Found]:
    """Only of what the service had been told, once each referral and moment."""
    told = Sent.objects.filter(
        referral__claim=OuterRef("claim"), referral__service=OuterRef("service"), item=OuterRef("item")
    )
    rows = Consent.objects.filter(
        Exists(told), service__organisation=organisation, withdrawn_at__gte=since
    ).order_by("id")
    gone: dict[tuple[int, int], dict[datetime, list[str]]] = {}
    for claim, service, item, at in rows.values_list("claim", "service", "item", "withdrawn_at"):
        if at is not None:
            gone.setdefault((claim, service), {}).setdefault(at, []).append(item)
    return [
        (Changed.YES_TAKEN_BACK, at, referral, " ".join(items))
        for referral in _sent_to(organisation).filter(
            claim__in={claim for claim, _s in gone}, service__in={service for _c, service in gone}
        )
        for at, items in gone.get((referral.claim_id, referral.service_id), {}).items()
    ]


def _more_told(organisation: Organisation, since: datetime) -> list[Found]:
    rows = Sent.objects.filter(referral__service__organisation=organisation, sent_at__gte=since).exclude(
        sent_at=F("referral__sent_at")
    )
    more: dict[tuple[int, datetime], tuple[Referral, list[str]]] = {}
    for row in rows.select_related("referral__service").order_by("id"):
        more.setdefault((row.referral_id, row.sent_at), (row.referral, []))[1].append(row.item)
    return [
        (Changed.MORE_TOLD, at, referral, " ".join(items)) for (_key, at), (referral, items) in more.items()
    ]


def _taken_back(organisation: Organisation, since: datetime) -> list[Found]:
    rows = _sent_to(organisation).filter(state=ReferralState.WITHDRAWN, ended_on__gte=since.date())
    return [(Changed.TAKEN_BACK, _whole_day(row.ended_on), row, "") for row in rows if row.ended_on]


def _ended(organisation: Organisation, since: datetime) -> list[Found]:
    """The customer told us that they go no longer; what a service ended itself is no change to it."""
    rows = Attendance.objects.filter(
        Q(agreed=NotThere.STOPS) | Q(agreed=NotThere.ALTERNATIVE),
        referral__service__organisation=organisation,
        referral__started_on__isnull=False,
        referral__ended_on__isnull=False,
        asked_at__gte=since,
    ).select_related("referral__service")
    return [(Changed.ENDED, row.asked_at, row.referral, "") for row in rows if row.asked_at is not None]


PARTS: tuple[Callable[[Organisation, datetime], list[Found]], ...] = (
    _answered,
    _yes_taken_back,
    _more_told,
    _taken_back,
    _ended,
)


def _sent_to(organisation: Organisation) -> QuerySet[Referral]:
    return Referral.objects.filter(service__organisation=organisation, sent_at__isnull=False).select_related(
        "service"
    )


def _whole_day(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=LONDON)
