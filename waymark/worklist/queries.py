"""Reading the worklist. The rows a person sees start from their post."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from waymark.customers.access import SEES_CUSTOMERS
from waymark.organisations.enums import OfficeKind
from waymark.organisations.models import Absence, Office, Person, Post, Team
from waymark.worklist.models import DayRun, Task
from waymark.worklist.rules import TO_MANAGER


def open_tasks() -> QuerySet[Task]:
    """Every open task with what a list shows of it: one query."""
    return Task.objects.filter(closed_at=None).select_related(
        "claim__customer__safe_contact", "claim__office", "team__office", "person"
    )


def tasks_of(post: Post, on: date) -> QuerySet[Task]:
    """What this post has to do: taken by the person, by somebody they cover today, or free in their team.

    A colleague's task shows as free while the colleague is away and nobody covers.
    """
    # Read first and put in as numbers: a subquery inside OR would keep the database from using its indexes.
    away = Absence.objects.filter(first_day__lte=on, last_day__gte=on).filter(
        Q(cover=post.person_id) | Q(cover=None)
    )
    absent = list(away.values_list("person", "cover"))
    covered = [person for person, cover in absent if cover is not None]
    uncovered = [person for person, cover in absent if cover is None]
    return open_tasks().filter(
        Q(person__in=[post.person_id, *covered])
        | (Q(team=post.team_id) & (Q(person=None) | Q(person__in=uncovered)))
    )


def tasks_seen_by(post: Post) -> QuerySet[Task]:
    """Every open task this post may look at: a centre those of its district, an office those of its claims."""
    return within_reach(open_tasks(), post)


def within_reach(tasks: QuerySet[Task], post: Post) -> QuerySet[Task]:
    """Of tasks: those whose claim the post reaches."""
    place = post.team.office
    if post.role not in SEES_CUSTOMERS:
        return tasks.none()
    if post.works_for_district:
        # Read first and put in as numbers, so that the rows are found and counted in the index of offices.
        here = Office.objects.filter(district=place.district_id, kind=OfficeKind.OFFICE)
        return tasks.filter(office__in=list(here.values_list("pk", flat=True)))
    return tasks.filter(office=place.pk)


def get_task(post: Post, ref: str) -> Task:
    """One task, open or closed. Raises Task.DoesNotExist for strangers."""
    return any_task(post).get(ref=ref)


def any_task(post: Post) -> QuerySet[Task]:
    """The tasks, open and closed, this post may look at."""
    tasks = Task.objects.select_related(
        "claim__customer__safe_contact", "claim__office", "team__office", "person", "closed_by__person"
    )
    return within_reach(tasks, post)


def late_in(post: Post, on: date) -> QuerySet[Task]:
    """Late work owned by the teams of the post's office, raised or not, the latest first."""
    return open_tasks().filter(team__office=post.team.office_id, due_on__lt=on).order_by("due_on", "id")


def untaken_in(post: Post, on: date) -> QuerySet[Task]:
    """Work of the office that is due and that nobody has taken."""
    return (
        open_tasks()
        .filter(team__office=post.team.office_id, due_on__lte=on, person=None)
        .order_by("due_on", "id")
    )


def late_counts(late: QuerySet[Task]) -> tuple[int, int]:
    """Of late tasks: how many there are, and how many were raised. One query."""
    found = late.order_by().aggregate(all=Count("due_on"), raised=Count("due_on", filter=Q(escalation__gt=0)))
    return found["all"], found["raised"]


def manager_counts(post: Post, on: date) -> tuple[int, int]:
    """Of the office: how many tasks were raised to the manager, and how many are due and taken by nobody. One query."""
    found = Task.objects.filter(closed_at=None, team__office=post.team.office_id, due_on__lte=on).aggregate(
        raised=Count("due_on", filter=Q(escalation__gte=TO_MANAGER)),
        untaken=Count("due_on", filter=Q(person=None)),
    )
    return found["raised"], found["untaken"]


def may_take_over(task: Task, on: date) -> QuerySet[Person]:
    """The people of the task's team today."""
    posts = Q(posts__starts_on__lte=on) & (Q(posts__ends_on=None) | Q(posts__ends_on__gte=on))
    return Person.objects.filter(posts, posts__team=task.team_id, is_active=True).distinct().order_by("name")


def teams_for(task: Task) -> QuerySet[Team]:
    """The open teams of the task's district."""
    district = task.team.office.district_id
    return (
        Team.objects.filter(closed_on=None, office__district=district)
        .select_related("office")
        .order_by("office__name", "name")
    )


def teams_seen_by(post: Post) -> QuerySet[Team]:
    """The open teams whose tasks the post may look at."""
    place = post.team.office
    teams = Team.objects.filter(closed_on=None, office__district=place.district_id).select_related("office")
    return teams.order_by("office__name", "name")


def takers_in(post: Post) -> QuerySet[Person]:
    """The people of the post's district who have taken work that is open."""
    taken = Task.objects.filter(closed_at=None, person=OuterRef("pk"))
    here = Post.objects.filter(person=OuterRef("pk"), team__office__district=post.team.office.district_id)
    return Person.objects.filter(Exists(taken), Exists(here)).only("ref", "name").order_by("name")


def escalated_in(post: Post, level: int) -> QuerySet[Task]:
    """Late work that this leader or manager should see: that of their office, the latest first."""
    return (
        open_tasks().filter(escalation__gte=level, team__office=post.team.office_id).order_by("due_on", "id")
    )


def next_step_of(claim_id: int) -> Task | None:
    """The open task that comes first."""
    return open_tasks().filter(claim=claim_id).order_by("due_on", "window_from", "id").first()


def last_day_run() -> DayRun | None:
    return DayRun.objects.exclude(finished_at=None).first()
