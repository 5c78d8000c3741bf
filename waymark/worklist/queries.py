"""Reading the worklist. The rows a person sees start from their post."""

from datetime import date

from django.db.models import Q, QuerySet

from waymark.organisations.models import Absence, Post
from waymark.worklist.models import DayRun, Task


def open_tasks() -> QuerySet[Task]:
    """Every open task with what a list shows of it: one query."""
    return Task.objects.filter(closed_at=None).select_related(
        "claim__customer__safe_contact", "claim__office", "team__office", "person"
    )


def tasks_of(post: Post, on: date) -> QuerySet[Task]:
    """What this post has to do: taken by the person, by somebody they cover today, or free in their team.

    A colleague's task shows as free while the colleague is away and nobody covers.
    """
    away = Absence.objects.filter(first_day__lte=on, last_day__gte=on)
    covered = away.filter(cover=post.person_id).values("person")
    uncovered = away.filter(cover=None).values("person")
    return open_tasks().filter(
        Q(person=post.person_id)
        | Q(person__in=covered)
        | (Q(team=post.team_id) & (Q(person=None) | Q(person__in=uncovered)))
    )


def escalated_in(post: Post, level: int) -> QuerySet[Task]:
    """Late work that this leader or manager should see: that of their office, the latest first."""
    return open_tasks().filter(escalation__gte=level, team__office=post.team.office_id).order_by("due_on", "id")


def next_step_of(claim_id: int) -> Task | None:
    """The open task that comes first."""
    return open_tasks().filter(claim=claim_id).order_by("due_on", "window_from", "id").first()


def last_day_run() -> DayRun | None:
    return DayRun.objects.exclude(finished_at=None).first()
