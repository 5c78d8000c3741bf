"""Reading notices. What a person sees starts from their post."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from waymark.customers.models import Customer
from waymark.customers.queries import claims_visible_to
from waymark.notices import rendering
from waymark.notices.enums import Channel, NoticeState
from waymark.notices.models import Notice
from waymark.organisations.models import Post

# Not yet gone, and not given up by a person: what the outbox shows.
PENDING = (NoticeState.WAITING, NoticeState.HELD, NoticeState.FAILED)


def _rows() -> QuerySet[Notice]:
    """Notices with what a list shows of them, without the letters themselves: one query."""
    return Notice.objects.select_related("claim__customer", "claim__office", "queued_by__person").defer(
        "content", "html", "pdf"
    )


def visible_to(post: Post) -> QuerySet[Notice]:
    """The notices of the claims this post may look at."""
    return _rows().filter(claim__in=claims_visible_to(post).values("pk"))


def notices_of(customer: Customer, post: Post) -> QuerySet[Notice]:
    """What a customer was told in writing, newest first."""
    return visible_to(post).filter(claim__customer=customer)


def get_notice(post: Post, ref: str) -> Notice:
    """One notice with its letter. Raises Notice.DoesNotExist for strangers."""
    return visible_to(post).defer(None).defer("pdf").get(ref=ref)


def pdf_of(post: Post, ref: str) -> bytes:
    """The letter as it was sent, or as it would be while it has not gone. Raises Notice.DoesNotExist."""
    notice = visible_to(post).defer(None).get(ref=ref)
    return bytes(notice.pdf) if notice.pdf else rendering.pdf(notice.content)


def get_to_mend(post: Post, ref: str) -> Notice:
    """One notice of the post's district, to be mended. Raises Notice.DoesNotExist for strangers."""
    return _rows().filter(claim__office__district=post.team.office.district_id).get(ref=ref)


def outbox(post: Post) -> QuerySet[Notice]:
    """What waits, is held or has failed in the post's district, the longest due first.

    For people who look after the sending and may see no customer: show no name from it to them.
    """
    return (
        _rows()
        .filter(state__in=PENDING, claim__office__district=post.team.office.district_id)
        .order_by("try_at", "id")
    )


def pending(limit: int = 1000) -> QuerySet[Notice]:
    """What waits, is held or has failed everywhere, for the command line."""
    return _rows().filter(state__in=PENDING).order_by("try_at", "id")[:limit]


def counts(post: Post | None = None) -> dict[str, int]:
    """How many wait, are held and have failed: in the post's district, or everywhere."""
    rows = Notice.objects.filter(state__in=PENDING)
    if post is not None:
        rows = rows.filter(claim__office__district=post.team.office.district_id)
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): found.get(state, 0) for state in PENDING}


def failed_since(moment: datetime, post: Post | None = None) -> QuerySet[Notice]:
    """Letters given up that were last due at or after a moment: in the post's district, or everywhere."""
    rows = _rows().filter(state=NoticeState.FAILED, try_at__gte=moment)
    return rows.filter(claim__office__district=post.team.office.district_id) if post else rows


def printed_on(post: Post, day: date) -> QuerySet[Notice]:
    """Letters of the post's district that were laid in the print queue on a day, in the order they were."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return (
        _rows()
        .filter(
            state=NoticeState.SENT,
            channel=Channel.POST,
            sent_at__gte=start,
            sent_at__lt=end,
            claim__office__district=post.team.office.district_id,
        )
        .order_by("sent_at", "id")
    )


@dataclass(frozen=True)
class Delivery:
    """Where a letter is on its way: the state, the moment that matters for it, and what went wrong."""

    state: str
    channel: str
    address: str
    at: datetime
    tries: int
    error: str


def delivery(notice: Notice) -> Delivery:
    moment = notice.sent_at or (notice.try_at if notice.state == NoticeState.WAITING else notice.queued_at)
    return Delivery(notice.state, notice.channel, notice.address, moment, notice.tries, notice.last_error)
