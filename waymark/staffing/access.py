"""Who may change people and places. `by=None` is Waymark itself, or a command at the machine."""

from django.db.models import QuerySet

from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import District, Office, Person, Post

NOTES_ABSENCES = frozenset({Role.ADMINISTRATOR, Role.ADVISER_MANAGER, Role.TEAM_LEADER})


def may_administer(by: Post | None, district: District | None = None) -> Refused | None:
    """Administrators see to the people and places of their own district."""
    if by is None:
        return None
    if by.role != Role.ADMINISTRATOR:
        return Refused(
            "not_administrator",
            "Only an administrator changes people and places.",
            "Ask an administrator of your district.",
        )
    if district is not None and by.office.district_id != district.pk:
        return Refused(
            "district_of_others",
            f"{district.name} has administrators of its own.",
            "Ask one of them.",
        )
    return None


def may_change_person(by: Post | None, person: Person) -> Refused | None:
    """Administrators change those who work in their district, or do not work anywhere yet."""
    refusal = may_administer(by)
    if refusal is not None or by is None or works_in_district(person, by.office.district):
        return refusal
    return Refused(
        "person_of_elsewhere",
        f"{person.name} works in another district.",
        "Ask an administrator there.",
    )


def may_note_absence(by: Post | None, person: Person) -> Refused | None:
    """Administrators for their district, managers and team leaders for their own office."""
    if by is None or by.role == Role.ADMINISTRATOR:
        return may_change_person(by, person)
    if by.role not in NOTES_ABSENCES:
        return Refused(
            "not_a_manager",
            "Absences are noted by team leaders, adviser managers and administrators.",
            "Ask one of them.",
        )
    if not posts_at(person, by.office).exists():
        return Refused(
            "person_of_elsewhere",
            f"{person.name} does not work in {by.office.name}.",
            "Ask a manager there.",
        )
    return None


def works_in_district(person: Person, district: District) -> bool:
    """Somebody without any post belongs to nobody yet, so whoever gives the first one may."""
    return person.posts.filter(team__office__district=district).exists() or not person.posts.exists()


def posts_at(person: Person, office: Office) -> QuerySet[Post]:
    return person.posts.filter(team__office=office)
