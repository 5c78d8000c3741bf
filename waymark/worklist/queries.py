"""Reading the worklist. The rows a person sees start from their post."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from waymark.customers.access import SEES_CUSTOMERS
from waymark.kernel.composed import composed
from waymark.organisations.enums import OfficeKind
from waymark.organisations.models import Absence, Office, Person, Post, Team
from waymark.worklist.models import DayRun, Task
from waymark.worklist.rules import TO_MANAGER


def open_tasks() -> QuerySet[Task]:
    """Every open task with what a list shows of it: one query."""
    return Task.objects.filter(closed_at=None).select_related(
        "claim__customer__safe_contact", "claim__office", "team__office", "person"
    )


# The kind of tasks, and two counts of them.
Counted = tuple[str, int, int]


class Whose(NamedTuple):
    """Whose tasks a post has to do, by keys: those taken by `people`, and those of `team` that are free.

    A colleague's task is free while the colleague is away and nobody covers: `uncovered`.
    """

    people: list[int]
    team: int
    uncovered: list[int]


def whose(post: Post, on: date) -> Whose:
    """Their own tasks, those of whom they cover today, and what is free in their team. One query."""
    absent = _absent(post.person_id, on)
    covered = [person for person, cover in absent if cover is not None]
    uncovered = [person for person, cover in absent if cover is None]
    return Whose([post.person_id, *covered], post.team_id, uncovered)


@composed
def _absent(person: int, on: date) -> QuerySet[Absence, tuple[int, int | None]]:
    away = Absence.objects.filter(first_day__lte=on, last_day__gte=on)
    return away.filter(Q(cover=person) | Q(cover=None)).values_list("person", "cover")


def to_do(mine: Whose) -> QuerySet[Task]:
    """The open tasks of `whose`. Its parts may be stand-ins (`kernel.composed`)."""
    # Numbers, not a subquery: inside OR it would keep the database from using its indexes.
    free = Q(team=mine.team) & (Q(person=None) | Q(person__one_of=mine.uncovered))
    return open_tasks().filter(Q(person__one_of=mine.people) | free)


def tasks_of(post: Post, on: date) -> QuerySet[Task]:
    """What this post has to do: taken by the person, by somebody they cover today, or free in their team."""
    return to_do(whose(post, on))


def tasks_seen_by(post: Post) -> QuerySet[Task]:
    """Every open task this post may look at: a centre those of its district, an office those of its claims."""
    return within_reach(open_tasks(), post)


def within_reach(tasks: QuerySet[Task], post: Post) -> QuerySet[Task]:
    """Of tasks: those whose claim the post reaches."""
    return tasks.filter(office__in=offices_reached(post))


def offices_reached(post: Post) -> list[int]:
    """The offices whose claims a post reaches, by key. At most one query.

    Read first and put in as numbers, so that tasks are found and counted in the index of offices.
    """
    place = post.team.office
    if post.role not in SEES_CUSTOMERS:
        return []
    return _offices_of(place.district_id) if post.works_for_district else [place.pk]


@composed
def _offices_of(district: int) -> QuerySet[Office, int]:
    return Office.objects.filter(district=district, kind=OfficeKind.OFFICE).values_list("pk", flat=True)


def get_task(post: Post, ref: str) -> Task:
    """One task, open or closed. Raises Task.DoesNotExist for strangers."""
    return any_task(post).get(ref=ref)


def any_task(post: Post) -> QuerySet[Task]:
    """The tasks, open and closed, this post may look at."""
    tasks = Task.objects.select_related(
        "claim__customer__safe_contact", "claim__office", "team__office", "person", "closed_by__person"
    )
    return within_reach(tasks, post)


def late_in(office: int, on: date) -> QuerySet[Task]:
    """Late work owned by the teams of an office, raised or not, the latest first."""
    return open_tasks().filter(team__office=office, due_on__lt=on).order_by("due_on", "id")


def untaken_in(office: int, on: date) -> QuerySet[Task]:
    """Work of an office that is due and that nobody has taken."""
    return open_tasks().filter(team__office=office, due_on__lte=on, person=None).order_by("due_on", "id")


def escalated_in(office: int, level: int) -> QuerySet[Task]:
    """Late work that the leader or manager of an office should see, the latest first."""
    return open_tasks().filter(escalation__gte=level, team__office=office).order_by("due_on", "id")


def late_counts(office: int, on: date) -> QuerySet[Task, Counted]:
    """Of the late work of an office: how much there is, and how much was raised. One row, of no kind."""
    late = Task.objects.filter(closed_at=None, team__office=office, due_on__lt=on)
    return _in_all(late, Count("due_on"), Count("due_on", filter=Q(escalation__gt=0)))


def manager_counts(office: int, on: date) -> QuerySet[Task, Counted]:
    """Of the due work of an office: how much was raised to the manager, and how much nobody has taken. One row."""
    due = Task.objects.filter(closed_at=None, team__office=office, due_on__lte=on)
    raised = Count("due_on", filter=Q(escalation__gte=TO_MANAGER))
    return _in_all(due, raised, Count("due_on", filter=Q(person=None)))


def _in_all(tasks: QuerySet[Task], first: Count, second: Count) -> QuerySet[Task, Counted]:
    """Two counts over all of the tasks as one row: by a group that is the same for each of them."""
    return tasks.order_by().values_list(Value("")).annotate(first=first, second=second)


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


def teams_seen_by(post: Post) -> list[Team]:
    """The open teams whose tasks the post may look at."""
    return _teams_of(post.team.office.district_id)


@composed
def _teams_of(district: int) -> QuerySet[Team]:
    teams = Team.objects.filter(closed_on=None, office__district=district).select_related("office")
    return teams.order_by("office__name", "name")


def takers_in(post: Post) -> list[Person]:
    """The people of the post's district who have taken work that is open."""
    return _takers_of(post.team.office.district_id)


@composed
def _takers_of(district: int) -> QuerySet[Person]:
    taken = Task.objects.filter(closed_at=None, person=OuterRef("pk"))
    here = Post.objects.filter(person=OuterRef("pk"), team__office__district=district)
    return Person.objects.filter(Exists(taken), Exists(here)).only("ref", "name").order_by("name")


def next_step_of(claim_id: int) -> Task | None:
    """The open task that comes first."""
    return open_tasks().filter(claim=claim_id).order_by("due_on", "window_from", "id").first()


@composed
def _finished_runs() -> QuerySet[DayRun]:
    return DayRun.objects.exclude(finished_at=None)[:1]


def last_day_run() -> DayRun | None:
    """The last daily run that came to its end."""
    return _finished_runs.first()
