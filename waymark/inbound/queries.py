"""Reading what customers tell us. What a person sees starts from their post; a customer sees their own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim, Customer
from waymark.inbound.models import Message
from waymark.kernel.clock import LONDON
from waymark.organisations.models import Post

MOST_SHOWN = 20


def unanswered(claim: Claim) -> QuerySet[Message]:
    """What waits for its answer: while there is any, nobody acts against the customer. The oldest first."""
    return Message.objects.filter(claim=claim, answered_at=None).order_by("received_at", "id")


def messages_seen_by(post: Post) -> QuerySet[Message]:
    """Messages of the claims this post reaches, with what a list shows of them. One query."""
    return Message.objects.filter(
        claim__in=Claim.objects.filter(claims_within_reach(post)).values("pk")
    ).select_related(
        "claim__customer",
        "claim__office",
        "logged_by__person",
        "read_by__person",
        "answered_by__person",
        "task__person",
        "task__team",
    )


def get_message(post: Post, ref: str) -> Message:
    """One message with its customer. Raises Message.DoesNotExist for strangers."""
    return messages_seen_by(post).get(ref=ref)


def waiting_for(customer: Customer, post: Post) -> list[Message]:
    """What this customer told us and nobody has answered, the oldest first. One query."""
    rows = messages_seen_by(post).filter(claim__customer=customer, answered_at=None)
    return list(rows.order_by("received_at", "id")[:MOST_SHOWN])


def from_customer(customer: Customer) -> QuerySet[Message]:
    """What a customer told us, newest first, with our answers: for their own page."""
    return Message.objects.filter(claim__customer=customer).select_related("answered_by__person")


@dataclass(frozen=True)
class Figures:
    """How messages of some days were answered. As at `at`; `share` is None where nothing came."""

    since: date
    until: date
    at: datetime
    came: int
    in_time: int
    late: int
    waiting: int
    overdue: int

    @property
    def share(self) -> int | None:
        """Answered by their day, of those that were answered or whose day is over, in hundredths."""
        settled = self.in_time + self.late + self.overdue
        return round(100 * self.in_time / settled) if settled else None


def figures(post: Post, since: date, until: date, now: datetime) -> Figures:
    """Messages that came from one day to another (both counted): answered by their day, later, or waiting."""
    start, end = _start_of(since), _start_of(until + timedelta(days=1))
    rows = Message.objects.filter(
        claim__in=Claim.objects.filter(claims_within_reach(post)).values("pk"),
        received_at__gte=start,
        received_at__lt=end,
    )
    in_time = Q(answered_at__isnull=False, answered_at__date__lte=F("answer_by"))
    today = now.astimezone(LONDON).date()
    found = rows.aggregate(
        came=Count("pk"),
        in_time=Count("pk", filter=in_time),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        waiting=Count("pk", filter=Q(answered_at=None)),
        overdue=Count("pk", filter=Q(answered_at=None, answer_by__lt=today)),
    )
    return Figures(
        since=since,
        until=until,
        at=now,
        came=found["came"],
        in_time=found["in_time"],
        late=found["answered"] - found["in_time"],
        waiting=found["waiting"],
        overdue=found["overdue"],
    )


def refs_of_tasks(task_ids: Collection[int]) -> dict[int, str]:
    """The reference of the message behind each task, by the task's id. One query."""
    return dict(Message.objects.filter(task__in=task_ids).values_list("task_id", "ref"))


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)
