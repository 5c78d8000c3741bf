"""Whom services ask us to see: ours to answer, and what a service reads of its own."""

from django.db.models import Q, QuerySet

from waymark.organisations.enums import OfficeKind
from waymark.organisations.models import Office, Post
from waymark.referrals.access import sent_within_reach
from waymark.referrals.enums import SentAnswer
from waymark.referrals.models import Pass, Referral, SentToUs


def sent_to_us(post: Post, *, waiting: bool = True) -> QuerySet[SentToUs]:
    """Whom services ask this post’s office to see: those who wait, the first due first; else those answered, newest first."""
    rows = SentToUs.objects.filter(sent_within_reach(post)).select_related(
        "office", "claim__customer", "answered_by__person"
    )
    if waiting:
        return rows.filter(state=SentAnswer.WAITING).order_by("answer_by", "id")
    return rows.exclude(state=SentAnswer.WAITING).order_by("-answered_at", "-id")


def get_sent_to_us(post: Post, ref: str) -> SentToUs:
    """One of them. Raises SentToUs.DoesNotExist for strangers."""
    return (
        SentToUs.objects.filter(sent_within_reach(post))
        .select_related("office", "claim__customer", "answered_by__person")
        .get(ref=ref)
    )


def asked_by_service(post: Post) -> QuerySet[SentToUs]:
    """Whom a service with an account asked us to see, newest first."""
    return SentToUs.objects.filter(
        organisation__office=post.team.office_id, organisation__office__isnull=False
    ).order_by("-at", "-id")


def asked_by_link(opened: Pass) -> QuerySet[SentToUs]:
    """Whom a service asked us to see by this link, newest first."""
    return SentToUs.objects.filter(made_pass=opened).order_by("-at", "-id")


def offices_to_ask(post: Post) -> list[Office]:
    """The offices that a service, or a colleague for it, may ask: of the district, and those that sent it somebody."""
    near = Q(district=post.team.office.district_id)
    known = Referral.objects.filter(service__organisation__office=post.team.office_id).values("claim__office")
    return list(Office.objects.filter(near | Q(pk__in=known), kind=OfficeKind.OFFICE).order_by("name"))
