"""What services see: their own referrals, what they were told, the link and the slip that open the way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from waymark.directory.models import Organisation
from waymark.organisations.models import Post
from waymark.referrals.access import referrals_within_reach
from waymark.referrals.enums import ReferralState
from waymark.referrals.models import Consent, Pass, Referral, Sent
from waymark.referrals.queries.finding import seen_by

GROUPS: dict[str, list[ReferralState]] = {
    "new": [ReferralState.SENT],
    "waiting": sorted(ReferralState.waiting() - {ReferralState.SENT}),
    "under_way": sorted(ReferralState.under_way()),
    "report": [ReferralState.ENDED],
    "open": sorted(ReferralState.with_the_service()),
    "over": sorted(ReferralState.over() | {ReferralState.RETURNED}),
}
"""What a service’s list can be narrowed to."""


@dataclass(frozen=True)
class Told:
    """An item as a service may read it now: nothing once the customer has taken the yes back."""

    item: str
    value: str
    withdrawn_at: datetime | None


def told_to_service(referral: Referral) -> list[Told]:
    """What was sent, in the order it was; what the customer has taken back stands without its words. Two queries."""
    rows = list(Sent.objects.filter(referral=referral).order_by("id"))
    consents = Consent.objects.filter(claim=referral.claim_id, service=referral.service_id)
    still, gone = set(), {}
    for one in consents:
        if one.withdrawn_at is None:
            still.add(one.item)
        else:
            gone[one.item] = one.withdrawn_at
    return [
        Told(
            row.item,
            row.value if row.item in still else "",
            None if row.item in still else gone.get(row.item),
        )
        for row in rows
    ]


def get_pass(ref: str, now: datetime) -> Pass | None:
    """The link of a visit that is open; None once it has ended or what it opens is no longer with the service."""
    found = (
        Pass.objects.select_related(
            "referral__claim__customer",
            "referral__claim__office__district",
            "referral__service__organisation",
            "referral__made_by__person",
            "organisation",
        )
        .filter(ref=ref, ended_at=None, expires_at__gt=now)
        .first()
    )
    open_states = ReferralState.with_the_service() | {ReferralState.ENDED}
    return found if found is not None and found.referral.state in open_states else None


def pass_exists(digest: str, now: datetime) -> Pass | None:
    return (
        Pass.objects.select_related("organisation", "referral__service")
        .filter(digest=digest, ended_at=None, expires_at__gt=now)
        .first()
    )


def by_slip(code: str) -> Referral | None:
    """The signpost of a slip that somebody may still come with."""
    return (
        Referral.objects.filter(slip_code=code, state=ReferralState.TOLD)
        .select_related("service__organisation", "claim")
        .first()
    )


def organisation_of(post: Post) -> Organisation | None:
    """The organisation whose people sign in where this post is."""
    return Organisation.objects.filter(office=post.team.office_id).first()


def to_service(post: Post, *, state: str = "open") -> QuerySet[Referral]:
    """What has been sent to the organisation of this post, for its own list."""
    rows = seen_by(post)
    rows = rows.filter(state__in=GROUPS.get(state, GROUPS["open"]))
    if state == "report":
        rows = rows.filter(reported_at=None)
    return rows.order_by("sent_at", "id")


def counts_for_service(post: Post) -> dict[str, int]:
    """How many referrals to the organisation of a post are new, wait, are under way, lack the report. One query."""
    return Referral.objects.filter(referrals_within_reach(post)).aggregate(
        new=Count("pk", filter=Q(state__in=GROUPS["new"])),
        waiting=Count("pk", filter=Q(state__in=GROUPS["waiting"])),
        under_way=Count("pk", filter=Q(state__in=GROUPS["under_way"])),
        report=Count("pk", filter=Q(state=ReferralState.ENDED, reported_at=None)),
    )


def names_told(referrals: Collection[Referral]) -> dict[int, str]:
    """The customer’s name of each, while they agree that the service knows it. One query."""
    stands = Consent.objects.filter(
        claim=OuterRef("referral__claim"),
        service=OuterRef("referral__service"),
        item="name",
        withdrawn_at=None,
    )
    rows = Sent.objects.filter(Exists(stands), referral__in=[row.pk for row in referrals], item="name")
    return dict(rows.order_by("id").values_list("referral", "value"))
