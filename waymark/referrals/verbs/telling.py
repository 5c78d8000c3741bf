"""What an organisation tells us of itself, and what that means for the customers who are with it (R:L680, R:L431)."""

from datetime import date, datetime

from django.db import transaction

from waymark.directory.models import Organisation, Service
from waymark.kernel.refusal import Refused
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.referrals.access import Receiver
from waymark.referrals.common import in_working_days, lock, owner_of
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import ChangesRead, Referral, ServiceNews
from waymark.referrals.verbs.answering import said
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import open_task

WITHIN = 2


@transaction.atomic
def tell_news(
    organisation: Organisation,
    words: str,
    *,
    service: Service | None = None,
    until: date | None = None,
    by: Receiver,
    now: datetime,
) -> ServiceNews:
    """Somebody there is away, a service closes: each customer who is with it has somebody who looks after that.

    service: the one it is about; None for all of the organisation. until: when it is over, where that is known.
    """
    if not by.name.strip():
        raise Refused("no_name", "It is not said who you are.", "Write your name.")
    if not words.strip():
        raise Refused("no_words", "Nothing is written.", "Write what has changed.")
    rows = Referral.objects.filter(
        service__organisation=organisation,
        state__in=sorted(ReferralState.with_the_service()),
    )
    if service is not None:
        rows = rows.filter(service=service)
    touched = [lock(row) for row in rows.order_by("pk")]
    for referral in touched:
        team, person = owner_of(referral, now)
        open_task(
            referral.claim,
            TaskKind.REFERRAL_NEWS,
            team=team,
            person=person,
            due_on=in_working_days(now, WITHIN),
            origin=Happened.SERVICE_NEWS_TOLD,
            words=f"{referral.service.name}: {words.strip()}"[:300],
            by=by.post,
            now=now,
        )
    made = ServiceNews.objects.create(
        organisation=organisation,
        service=service,
        words=words.strip(),
        until=until,
        touches=len(touched),
        noted_by=by.post,
        at=now,
        said_by=by.name.strip()[:100],
        through=by.through,
    )
    note_event(
        Happened.SERVICE_NEWS_TOLD,
        by=by.post,
        now=now,
        why=made.words,
        organisation=organisation.name,
        service=service.name if service else "",
        touches=made.touches,
        **said(by),
    )
    return made


@transaction.atomic
def read_changes(organisation: Organisation, *, by: Receiver, now: datetime) -> ChangesRead:
    """Somebody of a service has read what changed on our side; what comes later is new to them."""
    if not by.name.strip():
        raise Refused("no_name", "It is not said who you are.", "Write your name.")
    made = ChangesRead.objects.create(
        organisation=organisation,
        noted_by=by.post,
        at=now,
        said_by=by.name.strip()[:100],
        through=by.through,
    )
    note_event(Happened.SERVICE_READ_CHANGES, by=by.post, now=now, organisation=organisation.name, **said(by))
    return made
