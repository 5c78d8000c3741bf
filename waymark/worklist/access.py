"""Who may do what with a task."""

from waymark.kernel.refusal import Refused
from waymark.organisations.enums import OfficeKind, Role
from waymark.organisations.models import Person, Post, Team
from waymark.worklist.models import Task


def may_work(task: Task, by: Post) -> Refused | None:
    """Staff of the task's district work on it: the centre for all offices, an office for its own claims."""
    same_district = task.team.office.district_id == by.team.office.district_id
    if same_district and (
        by.team.office.kind == OfficeKind.CONTACT_CENTRE
        or by.team.office_id in {task.team.office_id, task.claim.office_id}
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
        return Refused("team_of_elsewhere", f"{team.name} is in another district.", "Choose a team of this district.")
    if by.role not in {Role.TEAM_LEADER, Role.ADVISER_MANAGER} and task.person_id not in {None, by.person_id}:
        return Refused("taken_by_another", "A colleague has taken this task.", "A team leader can give it to you.")
    return None
