"""The time of a meeting in the diaries of the colleagues who take part."""

from datetime import datetime

from waymark.casework.enums import MeetingState
from waymark.casework.models import Case, Meeting
from waymark.customers.models import Customer
from waymark.interviews.diary import verbs as diary
from waymark.organisations.models import Person, Post


def keep_time(meeting: Meeting, people: list[Person], *, now: datetime) -> None:
    """The same stretch in each of their diaries, or a refusal that names who has it filled."""
    diary.keep_together(
        people, (meeting.starts_at, meeting.ends_at), diary_words(meeting), meeting=meeting.ref, now=now
    )


def move_time(meeting: Meeting, *, now: datetime) -> None:
    diary.move_together(meeting.ref, (meeting.starts_at, meeting.ends_at), now=now)


def free_time(meeting: Meeting) -> None:
    diary.free_together(meeting.ref)


def diary_words(meeting: Meeting) -> str:
    """What stands in diaries and their copies in calendar programs: never the customer's name."""
    customer: Customer = meeting.case.claim.customer
    initials = "".join(word[0] for word in customer.name.split())
    return f"{meeting.get_kind_display()}: {initials} {customer.ref}, {meeting.place}"[:100]


def colleagues_of(meeting: Meeting) -> list[Person]:
    """The colleagues who are asked to a meeting, each once."""
    rows = meeting.attendees.filter(post__isnull=False).select_related("post__person").order_by("id")
    return list({row.post.person_id: row.post.person for row in rows if row.post}.values())


def no_meetings_any_more(case: Case, why: str, *, by: Post | None, now: datetime) -> None:
    """The case is closed: what was planned is cancelled, and the time of everybody is free again.

    Its task ends with those of the case.
    """
    for meeting in case.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now):
        free_time(meeting)
        meeting.state, meeting.not_held_why = MeetingState.CANCELLED, why[:300]
        meeting.settled_at, meeting.settled_by = now, by
        meeting.save(update_fields=["state", "not_held_why", "settled_at", "settled_by"])
