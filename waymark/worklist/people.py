"""People leave, posts end, teams close: their tasks stay. Staffing notes it, the worklist keeps the work."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import OfficeKind, TeamKind
from waymark.organisations.models import District, Person, Post, Team
from waymark.staffing import access as staffing_access
from waymark.staffing import verbs as staffing
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_team, release_work


@dataclass(frozen=True)
class Pile:
    """How many open tasks of a kind somebody has taken, and the team that goes on owning them."""

    kind: TaskKind
    team: str
    tasks: int
    late: int


@dataclass(frozen=True)
class Load:
    """The open tasks of a team, and how many of them are late or belong to nobody yet."""

    open: int
    late: int
    free: int


def work_of(person: Person, on: date) -> list[Pile]:
    """What a person has taken, by kind and team: what goes back to the teams when they leave. One query."""
    piles = (
        Task.objects.filter(person=person, closed_at=None)
        .values("kind", "team__name")
        .annotate(tasks=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
        .order_by("team__name", "kind")
    )
    return [Pile(TaskKind(p["kind"]), p["team__name"], p["tasks"], p["late"]) for p in piles]


def load_of_teams(district: District, on: date) -> dict[int, Load]:
    """The open tasks of every team of a district, by the team's key. One query."""
    loads = (
        Task.objects.filter(closed_at=None, team__office__district=district)
        .values("team")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=on)),
            free=Count("pk", filter=Q(person=None)),
        )
        .order_by("team")
    )
    return {load["team"]: Load(load["open"], load["late"], load["free"]) for load in loads}


@transaction.atomic
def person_leaves(person: Person, *, on: date, by: Post | None, now: datetime) -> int:
    """The person has left; every task they had taken goes back to its team. Says how many."""
    left = staffing.leave(person, on=on, by=by, now=now)
    return release_work(left, by=by, now=now)


@transaction.atomic
def post_ends(post: Post, *, ends_on: date, by: Post | None, now: datetime) -> int:
    """The post ends; when it is over today, tasks taken in its team go back to the team. Says how many.

    A post that ends on a day to come gives its tasks back in the daily run after that day (`release_ended`).
    """
    ended = staffing.end_post(post, ends_on=ends_on, by=by, now=now)
    today = timezone.localdate(now)
    if ends_on >= today or holders(ended.team, today).filter(person=ended.person_id).exists():
        return 0
    return release_work(ended.person, by=by, now=now, teams=[ended.team])


@transaction.atomic
def team_closes(team: Team, *, successor: Team, on: date, by: Post, now: datetime) -> int:
    """A team closes; its tasks and its people go on in `successor` from `on`. Says how many tasks went."""
    insist(staffing_access.may_administer(by, team.office.district))
    if team.closed_on is not None:
        raise Refused("team_closed", f"{team.name} is closed already.")
    if on > timezone.localdate(now):
        raise Refused("closes_later", "That day has not come yet.", "Close the team when it has.")
    if successor.office.district_id != team.office.district_id:
        raise Refused(
            "team_of_elsewhere", f"{successor.name} is in another district.", "Choose a team of this one."
        )
    insist(may_close(team, successor))
    moved = close_team(team, successor=successor, on=on, by=by, now=now)
    staffing.move_posts(team, successor, on=on, now=now)
    return moved


def may_close(team: Team, successor: Team) -> Refused | None:
    """Every district keeps a team that makes first calls: without one its new claims would have no owner."""
    others = Team.objects.filter(kind=team.kind, closed_on=None, office__district=team.office.district_id)
    last = team.kind == TeamKind.FIRST_CONTACT and not others.exclude(pk=team.pk).exists()
    if last and successor.kind != team.kind:
        return Refused(
            "nobody_to_call",
            f"{team.name} is the district's last team for first contact.",
            "Open another one first, and let it take over.",
        )
    return None


def release_ended(on: date, now: datetime) -> dict[str, int]:
    """What the passing of a day does: tasks of people without a post that may work on them go back.

    The posts are those of `worklist.access.may_work`. Running it twice changes nothing.
    """
    may_work = held_on(on).filter(
        Q(team__office__kind=OfficeKind.CONTACT_CENTRE)
        | Q(team__office=OuterRef("team__office"))
        | Q(team__office=OuterRef("claim__office")),
        person=OuterRef("person"),
        team__office__district=OuterRef("team__office__district"),
    )
    orphaned = Task.objects.filter(~Exists(may_work), closed_at=None, person__isnull=False)
    people = Person.objects.filter(pk__in=orphaned.values("person"))
    return {"tasks_handed_back": sum(hand_back(person, orphaned, now) for person in people)}


@transaction.atomic
def hand_back(person: Person, orphaned: QuerySet[Task], now: datetime) -> int:
    teams = Team.objects.filter(pk__in=orphaned.filter(person=person).values("team"))
    return release_work(person, by=None, now=now, teams=list(teams))


def holders(team: Team, on: date) -> QuerySet[Post]:
    return held_on(on).filter(team=team)


def held_on(on: date) -> QuerySet[Post]:
    return Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
