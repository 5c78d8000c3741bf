"""Who may do what with a task."""

from datetime import date

from django.db.models import Q

from waymark.customers.access import CASEWORK
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence, Person, Post, Team
from waymark.worklist.models import Task


def may_work(task: Task, by: Post) -> Refused | None:
    """Caseworkers of the task's district work on it: the centre for all offices, an office for its own claims."""
    if by.role not in CASEWORK:
        return _not_a_caseworker(by)
    same_district = task.team.office.district_id == by.team.office.district_id
    if same_district and (
        by.works_for_district or by.team.office_id in {task.team.office_id, task.claim.office_id}
    ):
        return None
    return Refused(
        "task_of_elsewhere",
        f"This task belongs to {task.team.office.name}.",
        "Ask them, or ask for the claim to be moved to your office.",
    )


def may_give(task: Task, person: Person | None, team: Team, by: Post) -> Refused | None:
    if team.closed_on is not None:
        return Refused("team_closed", f"{team.name} is closed.", "Choose a team that is open.")
    if team.office.district_id != task.team.office.district_id:
        return Refused(
            "team_of_elsewhere", f"{team.name} is in another district.", "Choose a team of this district."
        )
    if by.role not in {Role.TEAM_LEADER, Role.ADVISER_MANAGER} and task.person_id not in {None, by.person_id}:
        return Refused(
            "taken_by_another", "A colleague has taken this task.", "A team leader can give it to you."
        )
    return None


def may_promise(claim: Claim, by: Post) -> Refused | None:
    """Caseworkers promise something to the customers they reach, while the claim is live."""
    if by.role not in CASEWORK:
        return _not_a_caseworker(by)
    if claim.status != ClaimStatus.LIVE:
        return Refused("claim_ended", "This claim has ended.", "Write a note about what was said.")
    place = by.team.office
    reached = (
        claim.office.district_id == place.district_id
        if by.works_for_district
        else claim.office_id == place.pk
    )
    if reached:
        return None
    return Refused(
        "claim_of_elsewhere", "This claim belongs to another place.", "Its own office works on it."
    )


def is_open(task: Task) -> Refused | None:
    if task.closed_at is None:
        return None
    return Refused("task_closed", "This task is closed already.", "Go back to Today for the next one.")


def stands_in(person: Person, by: Post, on: date) -> bool:
    """Whether `by` may pick up what `person` had taken: the person is away, and `by` covers or nobody does."""
    away = Absence.objects.filter(person=person, first_day__lte=on, last_day__gte=on)
    return away.filter(Q(cover=None) | Q(cover=by.person_id)).exists()


def works_in(person: Person, team: Team, on: date) -> bool:
    posts = person.posts.filter(team=team, starts_on__lte=on)
    return posts.filter(Q(ends_on=None) | Q(ends_on__gte=on)).exists()


def _not_a_caseworker(by: Post) -> Refused:
    return Refused(
        "not_a_caseworker",
        f"As {by.get_role_display()} you do not work on tasks.",
        "Ask an adviser, an agent or a team leader.",
    )
