"""Meetings: times at which all can, those of a day, and those a customer is asked to."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch

from waymark.casework.enums import MeetingState
from waymark.casework.models import Attendee, Case, Meeting
from waymark.customers.models import Customer
from waymark.interviews.diary.queries import Together, times_together
from waymark.organisations.models import Person, Post

ATTENDEES = Prefetch(
    "attendees", Attendee.objects.select_related("post__team__office", "contact__organisation")
)


def times_for(
    case: Case,
    people: Sequence[Person],
    *,
    minutes: int,
    not_before: datetime,
    with_customer: bool,
    now: datetime,
) -> Together:
    """Times at which all of these colleagues are free, and the customer is not with us anyway."""
    customer = case.claim.customer if with_customer else None
    return times_together(people, minutes=minutes, not_before=not_before, customer=customer, now=now)


def times_to_move_to(meeting: Meeting, *, minutes: int, not_before: datetime, now: datetime) -> Together:
    """Other times for a meeting at which all the colleagues who take part are free; its own counts as free."""
    rows = list(meeting.attendees.select_related("post__person"))
    people = list({row.post.person_id: row.post.person for row in rows if row.post}.values())
    return times_together(
        people,
        minutes=minutes,
        not_before=not_before,
        customer=meeting.case.claim.customer if any(row.is_customer for row in rows) else None,
        but_not=meeting.ref,
        now=now,
    )


def meetings_on(post: Post, start: datetime, end: datetime) -> list[Meeting]:
    """The meetings a person takes part in between two moments, in order. Two queries."""
    asked = Attendee.objects.filter(meeting=OuterRef("pk"), post__person=post.person_id)
    return list(
        Meeting.objects.filter(Exists(asked), starts_at__gte=start, starts_at__lt=end)
        .exclude(state__in=[MeetingState.CANCELLED, MeetingState.NOT_HELD])
        .select_related("case__claim__customer__safe_contact", "case__claim__customer__access_needs")
        .prefetch_related(ATTENDEES)
        .order_by("starts_at", "id")
    )


def customers_meetings(customer: Customer, now: datetime) -> list[Meeting]:
    """The meetings to come that a customer is asked to, with who else is there. Two queries."""
    asked = Attendee.objects.filter(meeting=OuterRef("pk"), is_customer=True)
    return list(
        Meeting.objects.filter(
            Exists(asked),
            case__claim__customer=customer,
            state=MeetingState.PLANNED,
            starts_at__gt=now,
        )
        .select_related("case__claim__office")
        .prefetch_related(ATTENDEES)
        .order_by("starts_at", "id")
    )
