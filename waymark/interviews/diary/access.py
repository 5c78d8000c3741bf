"""Who may change whose diary."""

from waymark.interviews.diary import queries
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Person, Post

MANAGES = frozenset({Role.ADVISER_MANAGER, Role.TEAM_LEADER})


def may_set_hours(office: Office, by: Post) -> Refused | None:
    """Hours are set by the adviser manager of the office, and by nobody from elsewhere."""
    if by.role == Role.ADVISER_MANAGER and by.team.office_id == office.pk:
        return None
    return Refused(
        "not_the_manager",
        f"The working hours at {office.name} are set by its adviser manager.",
        "Ask the adviser manager of that office.",
    )


def may_block(person: Person, by: Post) -> Refused | None:
    """People keep their own time free; managers and leaders that of people of their office."""
    if by.person_id == person.pk:
        return None
    if by.role in MANAGES and person.posts.filter(team__office=by.team.office_id).exists():
        return None
    return Refused(
        "diary_of_another",
        f"This is the diary of {person.name}.",
        "Ask them, or their adviser manager.",
    )


def may_change_appointments(office: Office, by: Post) -> Refused | None:
    """Whoever sees the diaries of an office may move and cancel in them; assessors look only."""
    if by.role != Role.ASSESSOR and queries.offices_seen_by(by).filter(pk=office.pk).exists():
        return None
    return Refused(
        "appointment_of_elsewhere",
        f"This appointment is at {office.name}.",
        "Ask that office, or the contact centre of its district.",
    )
