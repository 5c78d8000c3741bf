"""Who may change the diaries and caseloads of others."""

from datetime import date

from django.db.models import Q

from waymark.interviews.diary.access import MANAGES
from waymark.interviews.models import Caseload
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Person, Post


def may_manage(person: Person, by: Post) -> Refused | None:
    """A manager or leader of an office at which the person works, has worked, or has customers."""
    here = by.team.office_id
    if by.role in MANAGES and (
        person.posts.filter(team__office=here).exists()
        or Caseload.objects.filter(adviser=person, until=None, claim__office=here).exists()
    ):
        return None
    return Refused(
        "not_the_manager",
        f"The diary of {person.name} is managed at their own office.",
        "Ask the adviser manager there.",
    )


def may_take_customers(person: Person, office_id: int, on: date) -> Refused | None:
    """Customers are with somebody who is an adviser at their office, on the day and after it."""
    posts = person.posts.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, team__office=office_id
    )
    if person.left_on is None and posts.filter(role=Role.ADVISER).exists():
        return None
    return Refused(
        "no_adviser_here",
        f"{person.name} is not an adviser at this office.",
        "Choose one of its advisers.",
    )
